//! Sets of days as sorted, disjoint, non-adjacent periods; the Boolean algebra on them.

use super::Day;

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

/// A set of days.
///
/// INVARIANT: periods are non-empty, sorted, lie within [`Period::ALL`], and between two of them
/// there is at least one day (so each is a *run*, as long as it can be).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Days {
    runs: Vec<Period>,
}

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
            runs: vec![Period::ALL],
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
        let mut runs: Vec<Period> = Vec::new();
        for period in periods {
            let period = period.and(Period::ALL);
            if period.is_empty() {
                continue;
            }
            match runs.last_mut() {
                Some(last) if period.start <= last.end => last.end = last.end.max(period.end),
                _ => runs.push(period),
            }
        }
        Self { runs }
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
        self.run_at(day).is_some()
    }

    /// The run that holds `day`.
    #[must_use]
    pub fn run_at(&self, day: Day) -> Option<Period> {
        let after = self.runs.partition_point(|run| run.start <= day);
        let run = *self.runs.get(after.checked_sub(1)?)?;
        run.contains(day).then_some(run)
    }

    /// The days in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (mut runs, mut i, mut j) = (Vec::new(), 0_usize, 0_usize);
        while let (Some(a), Some(b)) = (self.runs.get(i), other.runs.get(j)) {
            let both = a.and(*b);
            if !both.is_empty() {
                runs.push(both);
            }
            if a.end <= b.end {
                i = i.saturating_add(1);
            } else {
                j = j.saturating_add(1);
            }
        }
        // Runs of an intersection cannot touch: one of the two sets has a gap between them.
        Self { runs }
    }

    /// The days in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        let mut periods = Vec::with_capacity(self.runs.len().saturating_add(other.runs.len()));
        let (mut mine, mut theirs) = (self.runs.iter().peekable(), other.runs.iter().peekable());
        loop {
            let next = match (mine.peek(), theirs.peek()) {
                (Some(a), Some(b)) if a.start <= b.start => mine.next(),
                (_, Some(_)) => theirs.next(),
                (Some(_), None) => mine.next(),
                (None, None) => break,
            };
            periods.extend(next);
        }
        Self::from_sorted(periods)
    }

    /// All other days.
    #[must_use]
    pub fn not(&self) -> Self {
        let mut runs = Vec::with_capacity(self.runs.len().saturating_add(1));
        let mut start = Day::FIRST;
        for run in &self.runs {
            if start < run.start {
                runs.push(Period::new(start, run.start));
            }
            start = run.end;
        }
        if start < Day::END {
            runs.push(Period::new(start, Day::END));
        }
        Self { runs }
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
        self.runs.iter().fold(0, |sum, run| {
            let both = run.and(period);
            if both.is_empty() {
                sum
            } else {
                sum.saturating_add(both.end.since(both.start))
            }
        })
    }
}
