//! The cause that a caseworker has registered. It says why nothing was given; it decides nothing,
//! so others than those on the list have one too.

use super::calendar::{MEASURED, day, plus, working_day};
use super::history::{History, Row, Table};
use super::profiles::{Cause, Ground, Story};
use chrono::NaiveDate;

/// Adds the rows of `årsag`.
pub(crate) fn add(history: &mut History) {
    match history.member.story {
        Story::Left(cause) => reviewed(history, cause),
        Story::Exempt(Ground::Admitted | Ground::MedicalHarm) => {
            earlier(history, "psykiatrisk", None)
        }
        Story::Exempt(Ground::PensionCase) => earlier(history, "somatisk_udredning", None),
        Story::Misregistered(_) => sometimes(history, 40),
        Story::Active(_) => sometimes(history, 18),
        Story::Outside(_) | Story::Departed(_) => sometimes(history, 10),
    }
}

/// One cause on the measured day, entered when the case was reviewed; some had another before.
fn reviewed(history: &mut History, cause: Cause) {
    let from = begins(history, cause);
    let entered = working_day(history.random.day(day(2017, 8, 14), day(2017, 8, 19)));
    history.put(Table::Cause, (from, None), &[word(cause)], entered);
    if from > plus(history.person.first, 400) && history.random.chance(25) {
        let before = any(history);
        earlier(history, before, Some(plus(from, -1)));
    }
}

/// When the cause set in.
fn begins(history: &mut History, cause: Cause) -> NaiveDate {
    let leave =
        |row: &&Row| row.table == Table::Absence && row.values.iter().any(|v| v == "barsel");
    let leave = history.rows.iter().find(leave).map(|row| row.from);
    let first = plus(history.person.first, 21).max(day(2015, 1, 5));
    match (cause, leave) {
        (Cause::ParentalLeave, Some(from)) => from,
        (Cause::AboutToStart, _) => history.random.day(day(2017, 7, 10), day(2017, 7, 21)),
        _ => history.random.day(first, day(2017, 7, 14)),
    }
}

/// A cause from some day on, until a day or still.
fn earlier(history: &mut History, cause: &str, to: Option<NaiveDate>) {
    let first = plus(history.person.first, 14);
    let last = to.map_or(day(2017, 7, 3), |to| plus(to, -7));
    let from = history
        .random
        .day(first.max(day(2014, 1, 6)).min(last), last);
    history.add(Table::Cause, (from, to), &[cause]);
}

fn sometimes(history: &mut History, percent: i64) {
    let begun = plus(history.person.first, 30) < day(2017, 6, 1);
    if begun && history.random.chance(percent) {
        let over = history.random.chance(30);
        let first = plus(history.person.first, 30).max(day(2016, 1, 4));
        let to = history.person.last.unwrap_or(plus(MEASURED, -3));
        let to = history.random.day(first.min(to), to);
        let to = if over { Some(to) } else { history.person.last };
        let cause = any(history);
        earlier(history, cause, to);
    }
}

fn any(history: &mut History) -> &'static str {
    history.random.pick(&[
        "psykiatrisk",
        "somatisk_udredning",
        "rusmiddel",
        "social",
        "afventer_afklaring",
    ])
}

fn word(cause: Cause) -> &'static str {
    match cause {
        Cause::Psychiatric => "psykiatrisk",
        Cause::Somatic => "somatisk_udredning",
        Cause::Substance => "rusmiddel",
        Cause::Social => "social",
        Cause::ParentalLeave => "barsel",
        Cause::Awaiting => "afventer_afklaring",
        Cause::AboutToStart => "på_vej_i_tilbud",
        Cause::MentorDue => "mentor_bør_tilbydes",
        Cause::MentorMeaningless => "mentor_meningsløs",
        Cause::MentorInadvisable => "mentor_frarådes",
    }
}
