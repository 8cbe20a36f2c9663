//! Lengths of time, and the one rule of month arithmetic.

use super::{Day, months};
use chrono::Months;

pub use hjemmel_grammar::syntax::Unit;

/// A length of time, such as 6 months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// So many days more, or fewer if negative. No rule has any: a limit of months that is shifted
    /// by a day, to see whether an example notices, is `6 months and a day`.
    pub odd_days: i8,
}

impl Length {
    /// No time at all.
    pub const ZERO: Self = Self {
        count: 0,
        unit: Unit::Days,
        odd_days: 0,
    };

    /// `count` units.
    #[must_use]
    pub fn new(count: u32, unit: Unit) -> Self {
        Self {
            count,
            unit,
            odd_days: 0,
        }
    }

    /// The length with so many days more, or fewer if negative.
    #[must_use]
    pub fn with_days(self, days: i8) -> Self {
        Self {
            odd_days: self.odd_days.saturating_add(days),
            ..self
        }
    }

    /// The length in days if it has a fixed number of them (days and weeks).
    #[must_use]
    pub fn fixed_days(self) -> Option<i32> {
        let per_unit = match self.unit {
            Unit::Days => 1,
            Unit::Weeks => 7,
            Unit::Months | Unit::Years => return None,
        };
        let days = i32::try_from(self.count.saturating_mul(per_unit)).ok()?;
        Some(days.saturating_add(i32::from(self.odd_days)))
    }

    fn months(self) -> u32 {
        match self.unit {
            Unit::Years => self.count.saturating_mul(12),
            _ => self.count,
        }
    }

    /// The day this much after `day`. Months keep the day of the month and clip to the month's end
    /// (31 January + 1 month = 28 February). Days outside 1900–2199 become the nearer bound.
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        if Day::END <= day {
            return Day::END;
        }
        let moved = match self.fixed_days() {
            Some(days) => day.plus(days),
            None => months::moved(day, i64::from(self.months()))
                .unwrap_or_else(|| {
                    day.date()
                        .checked_add_months(Months::new(self.months()))
                        .map_or(Day::END, Day::from_date)
                })
                .plus(i32::from(self.odd_days)),
        };
        moved.clamp(Day::FIRST, Day::END)
    }

    /// The day this much before `day`, by the same rule.
    #[must_use]
    pub fn before(self, day: Day) -> Day {
        let moved = match self.fixed_days() {
            Some(days) => day.plus(days.saturating_neg()),
            None => months::moved(day, -i64::from(self.months()))
                .unwrap_or_else(|| {
                    day.date()
                        .checked_sub_months(Months::new(self.months()))
                        .map_or(Day::FIRST, Day::from_date)
                })
                .plus(i32::from(self.odd_days).saturating_neg()),
        };
        moved.clamp(Day::FIRST, Day::END)
    }

    /// Bounds of how many days t − length lies before t: never fewer than the first, never more than
    /// the second.
    pub(crate) fn widths(self) -> (i32, i32) {
        if let Some(days) = self.fixed_days() {
            return (days, days);
        }
        let days = |in_year: u32, in_month: u32| {
            let years = (self.months() / 12).saturating_mul(in_year);
            let months = (self.months() % 12).saturating_mul(in_month);
            let days = i32::try_from(years.saturating_add(months)).unwrap_or(i32::MAX);
            days.saturating_add(i32::from(self.odd_days))
        };
        // Clipping leads at most three days further back.
        (days(365, 28), days(366, 31).saturating_add(3))
    }

    /// The last day t whose window [t − length, t] still reaches `day`: the greatest t with
    /// t − length ≤ `day`. Not always `day` + length: an activity that ends on 28 February 2015
    /// still lies within the 12 months before 29 February 2016.
    #[must_use]
    pub fn last_reach(self, day: Day) -> Day {
        let mut last = self.after(day);
        // With an odd day more, clipping can have led beyond it. (Before 1900 all windows begin in 1900.)
        while Day::FIRST <= day && day < self.before(last) {
            last = last.previous();
        }
        // Clipping moves the edge by at most three days.
        while last < Day::END && self.before(last.next()) <= day {
            last = last.next();
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    #[test]
    fn months_keep_the_day_and_clip_to_the_end() {
        let month = Length::new(1, Unit::Months);
        assert_eq!(month.after(day(2017, 1, 31)), day(2017, 2, 28));
        assert_eq!(month.after(day(2016, 1, 31)), day(2016, 2, 29));
        assert_eq!(month.before(day(2017, 3, 31)), day(2017, 2, 28));
        assert_eq!(
            Length::new(1, Unit::Years).after(day(2016, 2, 29)),
            day(2017, 2, 28)
        );
    }

    #[test]
    fn a_limit_can_be_shifted_by_a_day() {
        let month = Length::new(1, Unit::Months);
        assert_eq!(month.with_days(1).after(day(2017, 1, 31)), day(2017, 3, 1));
        assert_eq!(
            month.with_days(-1).before(day(2017, 3, 31)),
            day(2017, 3, 1)
        );
        let week = Length::new(1, Unit::Weeks).with_days(-1);
        assert_eq!(week.fixed_days(), Some(6));
        assert_eq!(week.after(day(2017, 1, 1)), day(2017, 1, 7));
    }

    #[test]
    fn the_reach_of_a_window_knows_leap_days() {
        let year = Length::new(12, Unit::Months);
        assert_eq!(year.last_reach(day(2015, 2, 28)), day(2016, 2, 29));
        assert_eq!(year.last_reach(day(2016, 7, 30)), day(2017, 7, 30));
        let month = Length::new(1, Unit::Months);
        assert_eq!(month.last_reach(day(2017, 2, 28)), day(2017, 3, 31));
        let one_day = Length::new(1, Unit::Days);
        assert_eq!(one_day.last_reach(Day::END), Day::END);
    }

    #[test]
    fn the_reach_is_the_greatest_day_for_every_day_of_five_years() {
        let months = [1, 6, 12].map(|count| Length::new(count, Unit::Months));
        let shifted = [-1, 1].map(|odd| months.map(|length| length.with_days(odd)));
        for length in months.into_iter().chain(shifted.into_iter().flatten()) {
            let mut d = day(2015, 1, 1);
            while d < day(2020, 1, 1) {
                let last = length.last_reach(d);
                assert!(
                    length.before(last) <= d && length.before(last.next()) > d,
                    "{d}"
                );
                d = d.next();
            }
        }
    }
}
