//! The 28: an offer that was given within the year, and how it came to be missing from the list.
//!
//! The correct row always stands there too, entered between the list and the memo. The extract
//! keeps the wrong one beside it, as registers do. Of most that were entered too late there is a
//! trace: the plan, which was made before the offer was put off, and which nobody took up again.
//! Others leave such a plan too without anything having come of it ([`plan`]).

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
    if slip == Slip::Late {
        planned_before(history, right, kind, hours);
    }
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

/// Of three in four that were entered too late: the plan, of some weeks earlier.
fn planned_before(history: &mut History, right: Days, kind: &str, hours: &str) {
    // Chance of its own, so that the trace moves nothing else in the story.
    let mut random = history.random.clone().fork(PLANS);
    if !random.chance(75) {
        return;
    }
    let earlier = -7 * random.between(1, 6);
    let (from, to) = (plus(right.0, earlier), plus(right.1, earlier));
    let entered = plus(from, -random.between(3, 12));
    let values = [kind, "planlagt", hours];
    history.put(Table::Effort, (from, Some(to)), &values, entered);
}

/// The stream of chance that plans are drawn from.
const PLANS: usize = 1;

/// A plan within the year that came to nothing and that nobody cancelled: of two in a hundred.
pub(crate) fn plan(history: &mut History) {
    let mut random = history.random.clone().fork(PLANS);
    let story = history.member.story;
    if !matches!(story, Story::Left(_) | Story::Active(_)) || !random.chance(2) {
        return;
    }
    let mut dreamt = history.clone();
    dreamt.random = random;
    let from = dreamt.random.day(day(2016, 9, 5), day(2017, 6, 5));
    let (kind, (from, to)) = offer(&mut dreamt, from);
    let hours = hours(&mut dreamt, kind);
    let entered = plus(from, -dreamt.random.between(3, 12));
    let values = [kind, "planlagt", hours];
    if !history.in_a_gap(from, to) && from > history.person.first {
        history.put(Table::Effort, (from, Some(to)), &values, entered);
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
