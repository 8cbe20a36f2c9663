//! Talks, from 1 January 2016 on: four a year for kontanthjælp, every second month for the young.

use super::calendar::{EXTRACTED, day, plus, working_day};
use super::history::{History, Table};
use super::profiles::Benefit;

/// Adds the rows of `samtale`.
pub(crate) fn add(history: &mut History) {
    let steps = match history.member.benefit {
        _ if history.random.chance(6) => (95, 170),
        Benefit::Education => (42, 58),
        _ => (68, 90),
    };
    let last = history.person.last.unwrap_or(plus(EXTRACTED, -1));
    let first = history.person.first.max(day(2016, 1, 1));
    let mut date = plus(first, history.random.between(2, 6));
    if first > history.person.first {
        date = plus(first, history.random.between(3, steps.1));
    }
    while working_day(date) <= last {
        let talk = working_day(date);
        if !history.in_a_gap(talk, talk) {
            let form = match history.random.between(1, 20) {
                1..=16 => "fremmøde",
                17..=19 => "telefonisk",
                _ => "digital",
            };
            // A talk is entered within a week.
            let entered = working_day(plus(talk, history.random.between(0, 4))).min(EXTRACTED);
            history.put(Table::Talk, (talk, Some(talk)), &[form], entered);
        }
        date = plus(date, history.random.between(steps.0, steps.1));
    }
}
