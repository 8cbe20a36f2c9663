//! The days that the memo is about, and steps between days.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

/// The measured day.
pub(crate) const MEASURED: NaiveDate = day(2017, 7, 31);
/// The first day of the year that counts, a year before.
pub(crate) const YEAR_BEGINS: NaiveDate = day(2016, 7, 31);
/// The last working day before the list was drawn on 22 August.
pub(crate) const BEFORE_THE_LIST: NaiveDate = day(2017, 8, 21);
/// The day after the list was drawn.
pub(crate) const AFTER_THE_LIST: NaiveDate = day(2017, 8, 23);
/// The extract's own day: the day of the memo.
pub(crate) const EXTRACTED: NaiveDate = day(2017, 9, 13);
/// The reform that made uddannelseshjælp and the categories of today.
pub(crate) const REFORM: NaiveDate = day(2014, 1, 1);

/// A calendar date.
pub(crate) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// So many days later.
pub(crate) fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(TimeDelta::days(days))
        .unwrap_or(date)
}

/// So many months later; the day of the month is kept, or clipped to the month's end.
pub(crate) fn plus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(date)
}

/// So many months earlier, by the same rule.
pub(crate) fn minus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(date)
}

/// How many days from the one to the other.
pub(crate) fn days_between(first: NaiveDate, last: NaiveDate) -> i64 {
    (last - first).num_days()
}

/// That day, or the first working day after it. (Public holidays are not kept.)
pub(crate) fn working_day(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => plus(date, 2),
        Weekday::Sun => plus(date, 1),
        _ => date,
    }
}

/// The Monday of its week.
pub(crate) fn monday(date: NaiveDate) -> NaiveDate {
    plus(date, -i64::from(date.weekday().num_days_from_monday()))
}

/// The Friday of its week.
pub(crate) fn friday(date: NaiveDate) -> NaiveDate {
    plus(monday(date), 4)
}
