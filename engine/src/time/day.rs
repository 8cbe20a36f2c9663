//! One calendar day as a number, so that sets of days are cheap.

use chrono::{Datelike, NaiveDate};
use std::fmt;

/// A day: the number of days since 1 January 1970 (which is day 0), in the proleptic Gregorian
/// calendar. Displays as ISO 8601, `2017-07-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

/// Days from 1 January of year 1 (chrono's day 1) to 1 January 1970.
const EPOCH: i32 = 719_163;

impl Day {
    /// 1 January 1900: the first day that is judged. Nothing is known before it.
    pub const FIRST: Self = Self(-25_567);
    /// 1 January 2200: the day after the last that is judged. "For ever" ends here.
    pub const END: Self = Self(84_006);

    /// The day of a calendar date; `None` if there is no such date.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from_date)
    }

    /// The day of a chrono date.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce().saturating_sub(EPOCH))
    }

    /// The calendar date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH)).unwrap_or_default()
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `number` days after 1 January 1970.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The day `days` later (earlier, if negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// How many days later `self` is than `earlier`.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The Monday of the day's ISO week.
    #[must_use]
    pub fn monday(self) -> Self {
        // Day 0 was a Thursday.
        Self(
            self.0
                .saturating_sub((self.0.saturating_add(3)).rem_euclid(7)),
        )
    }

    /// The Sunday of the day's ISO week.
    #[must_use]
    pub fn sunday(self) -> Self {
        self.monday().plus(6)
    }

    /// The ISO year and week that the day belongs to.
    #[must_use]
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.date().iso_week();
        (week.year(), week.week())
    }

    /// The Monday of an ISO week; `None` if the year has no such week.
    #[must_use]
    pub fn of_iso_week(year: i32, week: u32) -> Option<Self> {
        NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).map(Self::from_date)
    }

    /// The first day of the calendar month after the day's own.
    #[must_use]
    pub fn next_month(self) -> Self {
        let date = self.date();
        let (year, month) = match date.month() {
            12 => (date.year().saturating_add(1), 1),
            month => (date.year(), month.saturating_add(1)),
        };
        Self::from_ymd(year, month, 1).unwrap_or(Self::END)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn the_constants_are_the_dates_they_claim() {
        assert_eq!(Day::from_ymd(1900, 1, 1), Some(Day::FIRST));
        assert_eq!(Day::from_ymd(2200, 1, 1), Some(Day::END));
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
    }

    #[test]
    fn weeks_have_iso_numbers() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        assert_eq!(day(2017, 9, 4).iso_week(), (2017, 36));
        assert_eq!(day(2016, 1, 3).iso_week(), (2015, 53));
        assert_eq!(Day::of_iso_week(2015, 53), Some(day(2015, 12, 28)));
        assert_eq!(Day::of_iso_week(2017, 53), None);
    }

    #[test]
    fn weeks_begin_on_monday() {
        let sunday = Day::from_ymd(2017, 7, 9).unwrap();
        assert_eq!(sunday.monday().to_string(), "2017-07-03");
        assert_eq!(sunday.monday().sunday(), sunday);
        assert_eq!(
            Day::from_ymd(1969, 12, 31).unwrap().monday().to_string(),
            "1969-12-29"
        );
    }
}
