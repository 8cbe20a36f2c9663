//! Days, and steps between them.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

/// A calendar date.
#[must_use]
pub const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// So many days later.
#[must_use]
pub fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(TimeDelta::days(days))
        .unwrap_or(date)
}

/// So many months later; the day of the month is kept, or clipped to the month's end.
#[must_use]
pub fn plus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(date)
}

/// So many months earlier, by the same rule.
#[must_use]
pub fn minus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(date)
}

/// How many days from the one to the other.
#[must_use]
pub fn days_between(first: NaiveDate, last: NaiveDate) -> i64 {
    (last - first).num_days()
}

/// That day, or the first working day after it. (Public holidays are not kept.)
#[must_use]
pub fn working_day(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => plus(date, 2),
        Weekday::Sun => plus(date, 1),
        _ => date,
    }
}

/// The Monday of its week.
#[must_use]
pub fn monday(date: NaiveDate) -> NaiveDate {
    plus(date, -i64::from(date.weekday().num_days_from_monday()))
}

/// The Friday of its week.
#[must_use]
pub fn friday(date: NaiveDate) -> NaiveDate {
    plus(monday(date), 4)
}
