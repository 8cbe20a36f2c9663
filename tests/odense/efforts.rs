//! Offers and mentors: the older ones, what counts in the autumn, and what looks like it and does
//! not.

use super::flows::{Fate, Group, monday_of};
use super::life::{EXTRACTED, Life, Table};
use chrono::NaiveDate;
use hjemmel_tests::days::{day, friday, monday, plus, plus_months};

/// First and last day.
type Days = (NaiveDate, NaiveDate);

const GUIDANCE: &str = "vejledning_opkvalificering";
const PRACTICE: &str = "virksomhedspraktik";
const WAGE_SUBSIDY: &str = "løntilskud";
const MENTOR: &str = "mentor";

/// The last Friday that is more than a year before the first Monday of the series.
const LONG_AGO: NaiveDate = day(2016, 9, 2);
/// An effort that ends so late counts on every Monday of it.
const RECENTLY: NaiveDate = day(2016, 12, 9);

/// Adds the rows of `indsats`.
pub(crate) fn add(life: &mut Life) {
    match life.member.fate {
        Fate::With | Fate::LeavesWith(_) | Fate::EntersWith(_) => with(life),
        Fate::Without | Fate::LeavesWithout(_) => {
            older(life, LONG_AGO);
            seemingly(life);
        }
        Fate::Starts(week) => {
            older(life, LONG_AGO);
            started(life, week);
        }
        Fate::Lapses(week) => lapsed(life, week),
        Fate::EntersWithout(_) => seemingly(life),
        Fate::Outside(_) => {
            let last = life.last.unwrap_or(plus(EXTRACTED, -30));
            older(life, last);
        }
    }
}

/// One row; the status is what a register says on the day of the extract.
fn put(life: &mut Life, kind: &str, (from, to): Days) {
    let status = match to < EXTRACTED {
        true if life.random.chance(8) => "afbrudt",
        true => "gennemført",
        false => "igang",
    };
    put_as(life, kind, (from, to), status);
}

fn put_as(life: &mut Life, kind: &str, (from, to): Days, status: &str) {
    let random = &mut life.random;
    let hours = match kind {
        MENTOR => random.pick(&["2", "2,5", "3"]),
        WAGE_SUBSIDY => random.pick(&["25", "32", "37"]),
        _ => random.pick(&["4", "6", "7,5", "10", "12", "15", "20", "25"]),
    };
    life.add(Table::Effort, (from, Some(to)), &[kind, status, hours]);
}

/// A kind of effort, and for how many days it is given, up to a Friday.
fn kind(life: &mut Life) -> (&'static str, i64) {
    let random = &mut life.random;
    match random.between(1, 100) {
        1..=22 => (MENTOR, 182),
        23..=62 => (GUIDANCE, random.between(28, 182)),
        63..=88 => (PRACTICE, random.between(28, 91)),
        89..=96 => ("nytteindsats", random.between(21, 91)),
        _ => (WAGE_SUBSIDY, random.between(91, 182)),
    }
}

/// From a Monday to a Friday, so many days.
fn from_monday(from: NaiveDate, days: i64) -> Days {
    let from = monday(from);
    (from, friday(plus(from, days - 7)))
}

/// Efforts of earlier years, the last of them over on `last`; a third had none.
fn older(life: &mut Life, last: NaiveDate) {
    if life.random.chance(35) {
        return;
    }
    let (wait, pause) = match life.member.group {
        Group::Education => ((10, 120), (120, 320)),
        Group::Cash => ((60, 330), (200, 600)),
    };
    let mut from = plus(life.first, life.random.between(wait.0, wait.1));
    loop {
        let (kind, days) = kind(life);
        let days = from_monday(plus(from, 7), days);
        if last < days.1 {
            return;
        }
        put(life, kind, days);
        from = plus(days.1, life.random.between(pause.0, pause.1));
    }
}

/// Something that counts on every Monday: it runs, or it ended within the year.
fn with(life: &mut Life) {
    older(life, LONG_AGO);
    let (kind, length) = kind(life);
    let earliest = plus(monday(life.first), 14);
    let days = match life.random.chance(45) {
        true => from_monday(life.random.day(day(2017, 5, 1), day(2017, 8, 28)), length),
        false => {
            let to = friday(life.random.day(RECENTLY, day(2017, 8, 18)));
            let from = monday(plus(to, -length)).max(earliest);
            // Who has been on benefit for a few months only had something short.
            (from, to.max(plus(from, 11)))
        }
    };
    put(life, kind, days);
}

/// The first for a year: mostly from a Monday on.
fn started(life: &mut Life, week: usize) {
    let (kind, length) = kind(life);
    let monday = monday_of(week);
    let from = match life.random.chance(75) {
        true => monday,
        false => plus(monday, life.random.between(-6, -3)),
    };
    put(life, kind, (from, friday(plus(from, length - 7))));
}

/// The last effort ended on the Friday whose year runs out in the week before the Monday.
fn lapsed(life: &mut Life, week: usize) {
    let to = plus(monday_of(week), -7 + 5 - 365);
    let (kind, length) = kind(life);
    let from = monday(plus(to, -length)).max(plus(monday(life.first), 7));
    put(life, kind, (from.min(plus(to, -11)), to));
}

/// A cancelled offer within the year, or one that is agreed and has not begun.
fn seemingly(life: &mut Life) {
    match life.random.between(1, 100) {
        1..=6 => {
            let (kind, length) = kind(life);
            let from = life.random.day(day(2017, 1, 9), day(2017, 9, 25));
            put_as(life, kind, from_monday(from, length), "annulleret");
        }
        7..=12 => {
            let from = monday(life.random.day(day(2017, 12, 18), day(2018, 2, 5)));
            let to = friday(plus_months(from, 3));
            let values = [GUIDANCE, "planlagt", "12"];
            let entered = plus(EXTRACTED, -life.random.between(3, 20));
            life.put(Table::Effort, (from, Some(to)), &values, entered);
        }
        13..=16 => {
            let from = monday(life.random.day(day(2017, 1, 9), day(2017, 8, 28)));
            put(life, "læse_skrive_regnekursus", (from, plus(from, 53)));
        }
        _ => {}
    }
}
