//! Absence, and what is close at hand (LAB § 21 f). None of it takes anybody off the list.

use super::calendar::{MEASURED, day, monday, plus, plus_months};
use super::history::{History, Table};
use super::profiles::{Cause, Story, Twist};
use chrono::NaiveDate;

/// Adds the rows of `fravær` and `nært_forestående`.
pub(crate) fn add(history: &mut History) {
    if history.member.story == Story::Left(Cause::ParentalLeave) {
        parental_leave(history);
    }
    match history.member.twist {
        Some(Twist::SickUndecided) => {
            let from = history.random.day(day(2017, 3, 1), day(2017, 7, 14));
            absent(history, (from, None), "sygdom", "nej");
        }
        Some(Twist::SickDecided) => {
            let from = history.random.day(day(2017, 6, 1), day(2017, 7, 14));
            absent(history, (from, None), "sygdom", "ja");
        }
        Some(Twist::Imminent) => imminent(history),
        _ => {}
    }
    if history.ordinary() {
        now_and_then(history);
    }
}

fn absent(
    history: &mut History,
    span: (NaiveDate, Option<NaiveDate>),
    ground: &str,
    decided: &str,
) {
    history.add(Table::Absence, span, &[ground, decided]);
}

/// Leave within the year, decided, and over before the measured day.
fn parental_leave(history: &mut History) {
    let from = history.random.day(day(2016, 10, 3), day(2017, 1, 31));
    let to = plus(from, 7 * history.random.between(14, 23) - 1);
    let before = (plus(from, -28), Some(from));
    history.add(Table::Imminent, before, &["barsel", "nej"]);
    absent(history, (from, Some(to)), "barsel", "ja");
}

/// From the day a job or a pension is documented to the day it begins. The duty lapses in the last
/// six weeks only; some are known of earlier.
fn imminent(history: &mut History) {
    let starts = history.random.day(plus(MEASURED, 5), plus(MEASURED, 35));
    let older = history.person.born < day(1957, 1, 1);
    let ground = match older {
        true => "efterløn",
        false => history.random.pick(&["fleksjob", "fuldtidsjob"]),
    };
    let kept = if history.random.chance(25) {
        "ja"
    } else {
        "nej"
    };
    let span = (plus(starts, -history.random.between(30, 70)), Some(starts));
    history.add(Table::Imminent, span, &[ground, kept]);
}

/// Illness and holidays over the years.
fn now_and_then(history: &mut History) {
    let first = plus(history.person.first, 60);
    let last = history.person.last.unwrap_or(day(2017, 6, 20));
    let mut from = history.random.day(first, plus(first, 900));
    while from < last {
        let random = &mut history.random;
        let (ground, days) = match random.between(1, 10) {
            1..=6 => ("sygdom", random.between(3, 60)),
            7 => ("ikke_rimeligt_tilbud", random.between(5, 14)),
            8 => ("pasning_ikke_mulig", random.between(7, 40)),
            _ => ("ferie", 14),
        };
        let decided = if ground == "ferie" || random.chance(60) {
            "ja"
        } else {
            "nej"
        };
        // A holiday comes after a year on benefit, and begins on a Monday.
        let from_day = match ground {
            "ferie" => monday(from.max(plus(plus_months(history.person.first, 12), 7))),
            _ => from,
        };
        let to = plus(from_day, days - 1);
        if to < last && !history.in_a_gap(from_day, to) {
            absent(history, (from_day, Some(to)), ground, decided);
        }
        from = plus(from_day, history.random.between(200, 1100));
    }
}
