//! Steps of one length from any day, worked out or looked up.

use super::{Day, Length};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Where a step of some length leads.
pub trait Steps: Copy {
    /// The length itself.
    fn length(self) -> Length;
    /// As [`Length::after`].
    fn after(self, day: Day) -> Day;
    /// As [`Length::last_reach`].
    fn last_reach(self, day: Day) -> Day;
}

impl Steps for Length {
    #[inline]
    fn length(self) -> Length {
        self
    }

    #[inline]
    fn after(self, day: Day) -> Day {
        self.after(day)
    }

    #[inline]
    fn last_reach(self, day: Day) -> Day {
        self.last_reach(day)
    }
}

/// The steps of one length from the days of living memory, looked up; from others worked out.
#[derive(Debug)]
pub(crate) struct StepTable {
    length: Length,
    after: Vec<Day>,
    last_reach: Vec<Day>,
}

/// 1 January 1985, and 1 January 2045.
const FIRST: i32 = 5_479;
const END: i32 = 27_394;

impl StepTable {
    /// The table of a length: made once, and kept for as long as the program runs.
    pub(crate) fn of(length: Length) -> Arc<Self> {
        static MADE: Mutex<BTreeMap<Length, Arc<StepTable>>> = Mutex::new(BTreeMap::new());
        let make = || {
            let days = (FIRST..END).map(Day::from_number);
            Arc::new(Self {
                length,
                after: days.clone().map(|day| length.after(day)).collect(),
                last_reach: days.map(|day| length.last_reach(day)).collect(),
            })
        };
        match MADE.lock() {
            Ok(mut made) => Arc::clone(made.entry(length).or_insert_with(make)),
            Err(_) => make(),
        }
    }

    #[inline]
    fn step(table: &[Day], day: Day) -> Option<Day> {
        // A day before the table is far behind its end.
        table
            .get(day.number().wrapping_sub(FIRST) as u32 as usize)
            .copied()
    }
}

impl Steps for &StepTable {
    #[inline]
    fn length(self) -> Length {
        self.length
    }

    #[inline]
    fn after(self, day: Day) -> Day {
        StepTable::step(&self.after, day).unwrap_or_else(|| self.length.after(day))
    }

    #[inline]
    fn last_reach(self, day: Day) -> Day {
        StepTable::step(&self.last_reach, day).unwrap_or_else(|| self.length.last_reach(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Unit;

    #[test]
    fn what_is_looked_up_is_what_is_worked_out() {
        for length in [Length::new(12, Unit::Months), Length::new(28, Unit::Days)] {
            let table = StepTable::of(length);
            let mut day = Day::FIRST;
            while day < Day::END {
                assert_eq!(Steps::after(&*table, day), length.after(day));
                assert_eq!(Steps::last_reach(&*table, day), length.last_reach(day));
                day = day.plus(13);
            }
        }
        assert_eq!(Day::from_ymd(1985, 1, 1), Some(Day::from_number(FIRST)));
        assert_eq!(Day::from_ymd(2045, 1, 1), Some(Day::from_number(END)));
    }
}
