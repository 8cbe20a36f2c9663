//! Sets of days as sorted, disjoint, non-adjacent periods; the Boolean algebra on them.

use super::Day;
use super::operators::{and, not, or};
use smallvec::{SmallVec, smallvec};
use std::cell::RefCell;

/// The days `start..end` (half-open). Never empty inside [`Days`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub start: Day,
    /// The day after the last.
    pub end: Day,
}

impl Period {
    /// All days that are judged.
    pub const ALL: Self = Self {
        start: Day::FIRST,
        end: Day::END,
    };

    /// The days `start..end`.
    #[must_use]
    pub fn new(start: Day, end: Day) -> Self {
        Self { start, end }
    }

    /// From a first to a last day, both included.
    #[must_use]
    pub fn inclusive(first: Day, last: Day) -> Self {
        Self {
            start: first,
            end: last.next(),
        }
    }

    /// The last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.end.previous()
    }

    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.start <= day && day < self.end
    }

    /// Whether it has no day.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The days in both; empty if there are none.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        }
    }
}

/// A set of days that is held elsewhere: its runs, as in [`Days`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runs<'a>(&'a [Period]);

impl<'a> Runs<'a> {
    /// The set with these runs, which must be as [`Days`] holds them.
    #[must_use]
    pub fn new(runs: &'a [Period]) -> Self {
        Self(runs)
    }

    /// The runs, in order.
    #[must_use]
    pub fn runs(self) -> &'a [Period] {
        self.0
    }

    /// A set of one's own with the same days.
    #[must_use]
    pub fn to_days(self) -> Days {
        Days {
            runs: Kept::from_slice(self.0),
        }
    }

    /// Whether there is no day.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether `day` is in the set.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.run_at(day).is_some()
    }

    /// The run that holds `day`.
    #[must_use]
    pub fn run_at(self, day: Day) -> Option<Period> {
        let after = self.0.partition_point(|run| run.start <= day);
        let run = *self.0.get(after.checked_sub(1)?)?;
        run.contains(day).then_some(run)
    }

    /// The parts of the runs that lie in `period`, in order.
    pub fn parts_in(self, period: Period) -> impl DoubleEndedIterator<Item = Period> + 'a {
        let parts = self.0.iter().map(move |run| run.and(period));
        parts.filter(|part| !part.is_empty())
    }

    /// How many days of `period` are in the set.
    #[must_use]
    pub fn count_in(self, period: Period) -> i32 {
        self.parts_in(period).fold(0, |sum, part| {
            sum.saturating_add(part.end.since(part.start))
        })
    }
}

/// A set of days that is being made at the end of a list: periods come sorted by start, and become
/// runs.
pub struct Building<'l> {
    list: &'l mut Vec<Period>,
    start: usize,
}

impl<'l> Building<'l> {
    /// Begins a set after what the list holds.
    #[must_use]
    pub fn new(list: &'l mut Vec<Period>) -> Self {
        let start = list.len();
        Self { list, start }
    }

    /// Adds the days of a period, which does not begin before the one added last. It may be empty,
    /// overlap what was added, and reach beyond [`Period::ALL`].
    #[inline]
    pub fn push(&mut self, period: Period) {
        let period = period.and(Period::ALL);
        if !period.is_empty() {
            self.push_day(period);
        }
    }

    /// The same with a period that has a day and lies within [`Period::ALL`].
    #[inline]
    pub(crate) fn push_day(&mut self, period: Period) {
        if self.start < self.list.len()
            && let Some(last) = self.list.last_mut()
            && period.start <= last.end
        {
            last.end = last.end.max(period.end);
        } else {
            self.list.push(period);
        }
    }
}

/// A set of days.
///
/// INVARIANT: periods are non-empty, sorted, lie within [`Period::ALL`], and between two of them
/// there is at least one day (so each is a *run*, as long as it can be).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Days {
    runs: Kept,
}

/// Most sets have a run or two: those need no place of their own.
type Kept = SmallVec<[Period; 2]>;

impl Days {
    /// No day.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Every day that is judged.
    #[must_use]
    pub fn all() -> Self {
        Self {
            runs: smallvec![Period::ALL],
        }
    }

    /// The days of one period.
    #[must_use]
    pub fn of(period: Period) -> Self {
        Self::from_periods(vec![period])
    }

    /// The days in any of the periods, which may overlap, be empty and come in any order.
    #[must_use]
    pub fn from_periods(mut periods: Vec<Period>) -> Self {
        periods.sort_unstable();
        Self::from_sorted(periods)
    }

    /// The same for periods sorted by start.
    #[must_use]
    pub fn from_sorted(periods: impl IntoIterator<Item = Period>) -> Self {
        Self::build(|days| {
            for period in periods {
                days.push(period);
            }
        })
    }

    /// The days that `make` adds.
    #[must_use]
    pub fn build(make: impl FnOnce(&mut Building<'_>)) -> Self {
        thread_local! {
            /// Where sets are made, one after another: its room is used again.
            static DESK: RefCell<Vec<Period>> = const { RefCell::new(Vec::new()) };
        }
        let mut made = DESK.take();
        made.clear();
        make(&mut Building::new(&mut made));
        let runs = Kept::from_slice(&made);
        DESK.set(made);
        Self { runs }
    }

    /// The set, as one that is held elsewhere.
    #[must_use]
    pub fn as_runs(&self) -> Runs<'_> {
        Runs(&self.runs)
    }

    /// The runs, in order.
    #[must_use]
    pub fn runs(&self) -> &[Period] {
        &self.runs
    }

    /// Whether there is no day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether `day` is in the set.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.as_runs().contains(day)
    }

    /// The run that holds `day`.
    #[must_use]
    pub fn run_at(&self, day: Day) -> Option<Period> {
        self.as_runs().run_at(day)
    }

    /// The days in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self::build(|days| and(self.as_runs(), other.as_runs(), days))
    }

    /// The days in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        Self::build(|days| or(self.as_runs(), other.as_runs(), days))
    }

    /// All other days.
    #[must_use]
    pub fn not(&self) -> Self {
        Self::build(|days| not(self.as_runs(), days))
    }

    /// The days of `self` that are not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        self.and(&other.not())
    }

    /// The days of the set that lie in `period`.
    #[must_use]
    pub fn within(&self, period: Period) -> Self {
        self.and(&Self::of(period))
    }

    /// How many days of `period` are in the set.
    #[must_use]
    pub fn count_in(&self, period: Period) -> i32 {
        self.as_runs().count_in(period)
    }
}
