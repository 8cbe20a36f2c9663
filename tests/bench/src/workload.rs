//! The workload: outcomes, benefits, the two parameter sets, and the days that are asked about.

use crate::calendar::{DayTable, day};

/// The outcomes, in the order in which the first that applies decides.
pub const OUTCOMES: [&str; 5] = ["out_of_scope", "exempted", "paused", "compliant", "missing"];
/// Not on the benefit, the status, or long enough.
pub const OUT_OF_SCOPE: u8 = 0;
/// A ground other than barsel.
pub const EXEMPTED: u8 = 1;
/// Barsel.
pub const PAUSED: u8 = 2;
/// Treated.
pub const COMPLIANT: u8 = 3;
/// None of these.
pub const MISSING: u8 = 4;

/// The benefit on a day; the first two are those of [`crate::columns::BENEFITS`].
pub const BENEFIT_GROUPS: [&str; 3] = ["kontanthjaelp", "uddannelseshjaelp", "none"];
/// No benefit.
pub const NO_BENEFIT: u8 = 2;

/// How many combinations of benefit and outcome there are.
pub const CELLS: usize = 15;

/// Q1 and Q3 ask about this day.
pub const AS_OF: i32 = day(2017, 7, 31);
/// Q2 asks about two years.
pub const MONDAYS: Mondays = Mondays {
    first: day(2016, 1, 4),
    count: 104,
};
/// Q2x10 asks about ten times as many: twenty years, with those of the data (2014-2020) in them.
pub const TEN_TIMES: Mondays = Mondays {
    first: day(2006, 1, 2),
    count: 1040,
};
/// Q4 asks about these days.
pub const TIMELINE: (i32, i32) = (day(2016, 1, 1), day(2019, 12, 31));

/// A Monday and those that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mondays {
    /// The first.
    pub first: i32,
    /// How many there are.
    pub count: i32,
}

impl Mondays {
    /// The Monday so many weeks after the first.
    #[inline]
    #[must_use]
    pub fn day(self, week: i32) -> i32 {
        self.first + 7 * week
    }

    /// The last of them.
    #[must_use]
    pub fn last(self) -> i32 {
        self.day(self.count - 1)
    }

    /// All.
    pub fn days(self) -> impl Iterator<Item = i32> {
        (0..self.count).map(move |week| self.day(week))
    }
}

/// The place of a combination in the counts.
#[inline]
#[must_use]
pub fn cell(benefit: u8, outcome: u8) -> usize {
    usize::from(benefit) * OUTCOMES.len() + usize::from(outcome)
}

/// What Q3 varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Months back in which an activity treats.
    pub look_back: u32,
    /// Days of the longest gap that is bridged.
    pub bridged: i32,
}

/// The rules as they are.
pub const PRESENT: Parameters = Parameters {
    look_back: 12,
    bridged: 28,
};
/// The other set of Q3.
pub const REFORM: Parameters = Parameters {
    look_back: 6,
    bridged: 56,
};

/// Parameters made ready for a loop.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The longest gap that is bridged.
    pub bridged: i32,
    /// The first day after twelve months on benefit.
    pub a_year_after: DayTable,
    /// The last day that a last day treats.
    pub treats_until: DayTable,
}

impl Limits {
    /// Tables for these parameters.
    #[must_use]
    pub fn new(parameters: Parameters) -> Self {
        Self {
            bridged: parameters.bridged,
            a_year_after: DayTable::months_after(12),
            treats_until: DayTable::last_reach(parameters.look_back),
        }
    }
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The outcome of every case on a day, and counts by benefit and outcome.
    AsOf,
    /// The counts on so many Mondays.
    Series(Mondays),
    /// The outcome of every case on a day under two parameter sets, and the cross-table.
    Compare,
    /// Every case's dated outcomes over four years.
    Timelines,
}

impl Question {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::AsOf,
        Self::Series(MONDAYS),
        Self::Compare,
        Self::Timelines,
        Self::Series(TEN_TIMES),
    ];

    /// `q1` to `q4`, and `q2x10`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AsOf => "q1",
            Self::Series(MONDAYS) => "q2",
            Self::Series(_) => "q2x10",
            Self::Compare => "q3",
            Self::Timelines => "q4",
        }
    }

    /// The question of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|question| question.name() == name)
    }
}
