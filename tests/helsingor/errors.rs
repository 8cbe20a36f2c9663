//! The 28: an offer that was given within the year, and how it came to be missing from the list.
//!
//! The correct row always stands there too, entered between the list and the memo. The extract
//! keeps the wrong one beside it, as registers do.

use super::calendar::{day, minus_months, monday, plus};
use super::efforts::{hours, offer};
use super::history::{History, Table};
use super::profiles::{Slip, Story};
use chrono::NaiveDate;

/// First and last day.
type Days = (NaiveDate, NaiveDate);

/// Adds the wrong row, if there is one, and the correct one.
pub(crate) fn add(history: &mut History) {
    let Story::Misregistered(slip) = history.member.story else {
        return;
    };
    let (kind, right) = match slip {
        Slip::DayOff => ("virksomhedspraktik", (day(2016, 5, 9), day(2016, 7, 31))),
        Slip::MonthOff => ("vejledning_opkvalificering", over_the_edge(history)),
        _ => within_the_year(history),
    };
    let hours = hours(history, kind);
    if let Some(((from, to), status)) = mistaken(slip, right) {
        // Entered when it began, whatever day it was entered with.
        let entered = history.entered(right.0);
        history.put(
            Table::Effort,
            (from, Some(to)),
            &[kind, status, hours],
            entered,
        );
    }
    let (entered, span) = (history.entered_late(), (right.0, Some(right.1)));
    history.put(Table::Effort, span, &[kind, "gennemført", hours], entered);
}

/// What the register said in place of the right days, and with which status.
fn mistaken(slip: Slip, right: Days) -> Option<(Days, &'static str)> {
    let (from, to) = right;
    match slip {
        Slip::Late => None,
        Slip::Cancelled => Some((right, "annulleret")),
        Slip::NoStatus => Some((right, "planlagt")),
        Slip::DayOff => Some(((from, plus(to, -1)), "gennemført")),
        Slip::MonthOff => Some(((from, minus_months(to, 1)), "gennemført")),
        Slip::YearOff => Some(((minus_months(from, 12), minus_months(to, 12)), "gennemført")),
    }
}

/// An offer that began and ended within the year.
fn within_the_year(history: &mut History) -> (&'static str, Days) {
    let from = history.random.day(day(2016, 9, 5), day(2017, 6, 5));
    let (kind, days) = offer(history, from);
    let longest = plus(monday(from), 53);
    (kind, (days.0, days.1.min(longest)))
}

/// An offer that ended in August 2016; a month earlier would have been before the year.
fn over_the_edge(history: &mut History) -> Days {
    let to = plus(day(2016, 8, 5), 7 * history.random.between(0, 3));
    (monday(plus(to, -84)), to)
}
