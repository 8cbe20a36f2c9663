//! Days as numbers, and month arithmetic from a table.

use hjemmel_engine::time::{Day, Length, Unit};

/// The last day that is judged: the end of a period that is ongoing.
pub const ONGOING: i32 = 84_005;

/// The number of a calendar date; day 0 is 1 January 1970 (Howard Hinnant, `days_from_civil`).
#[must_use]
pub const fn day(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A function from days to days, as a table over the years in which it is asked.
#[derive(Clone, Debug)]
pub struct DayTable(Vec<i32>);

/// The first day of a table, and the day after its last.
const FIRST: i32 = day(2005, 1, 1);
const END: i32 = day(2025, 1, 1);

impl DayTable {
    /// The day so many months later, the day of the month kept or clipped to the month's end.
    #[must_use]
    pub fn months_after(months: u32) -> Self {
        let length = Length::new(months, Unit::Months);
        Self::of(|day| length.after(day))
    }

    /// The last day from which so many months back still reaches the day.
    #[must_use]
    pub fn last_reach(months: u32) -> Self {
        let length = Length::new(months, Unit::Months);
        Self::of(|day| length.last_reach(day))
    }

    fn of(value: impl Fn(Day) -> Day) -> Self {
        let days = (FIRST..END).map(Day::from_number);
        Self(days.map(|day| value(day).number()).collect())
    }

    /// The value of a day; a day after the table has none before [`ONGOING`].
    #[inline]
    #[must_use]
    pub fn of_day(&self, day: i32) -> i32 {
        let at = usize::try_from(day - FIRST).unwrap_or(0);
        self.0.get(at).copied().unwrap_or(ONGOING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_engines() {
        for (y, m, d) in [(1970, 1, 1), (2016, 2, 29), (2000, 3, 1), (1950, 12, 31)] {
            let theirs = Day::from_ymd(y, m as u32, d as u32).unwrap();
            assert_eq!(day(y, m, d), theirs.number());
        }
        assert_eq!(ONGOING, Day::END.previous().number());
    }

    #[test]
    fn the_28th_reaches_a_leap_day() {
        let table = DayTable::last_reach(12);
        assert_eq!(table.of_day(day(2015, 2, 28)), day(2016, 2, 29));
        assert_eq!(table.of_day(ONGOING), ONGOING);
    }
}
