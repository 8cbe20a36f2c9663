//! The days that the memo is about.

pub(crate) use hjemmel_tests::days::{
    day, days_between, friday, minus_months, monday, plus, plus_months, working_day,
};

use chrono::NaiveDate;

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
