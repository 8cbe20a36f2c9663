//! Three-valued timelines: for every day *yes*, *no* or *unknown*.

use super::{Building, Day, Days, Period, Runs};

/// What is known of a condition on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// Some way to fill in the unknown facts makes it hold, another does not (or it was not
    /// possible to tell).
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// The opposite; unknown stays unknown.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "`not` beside `and` and `or` of timelines"
    )]
    pub fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// For every day whether a condition surely holds, and whether it possibly does.
///
/// INVARIANT: `sure` is a subset of `possible`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timeline {
    sure: Days,
    possible: Days,
}

impl Timeline {
    /// A condition that surely holds on `sure`, and may hold on `possible` (to which `sure` is added).
    #[must_use]
    pub fn new(sure: Days, possible: &Days) -> Self {
        let possible = possible.or(&sure);
        Self { sure, possible }
    }

    /// A condition about which nothing is unknown.
    #[must_use]
    pub fn known(days: Days) -> Self {
        Self {
            possible: days.clone(),
            sure: days,
        }
    }

    /// Holds on every day.
    #[must_use]
    pub fn always() -> Self {
        Self::known(Days::all())
    }

    /// Holds on no day.
    #[must_use]
    pub fn never() -> Self {
        Self::known(Days::none())
    }

    /// Unknown on every day.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            sure: Days::none(),
            possible: Days::all(),
        }
    }

    /// The days on which it surely holds.
    #[must_use]
    pub fn sure(&self) -> &Days {
        &self.sure
    }

    /// The days on which it possibly holds.
    #[must_use]
    pub fn possible(&self) -> &Days {
        &self.possible
    }

    /// The days on which it is unknown.
    #[must_use]
    pub fn unknown_days(&self) -> Days {
        self.possible.without(&self.sure)
    }

    /// Whether nothing is unknown.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.sure == self.possible
    }

    /// What is known of it on `day`.
    #[must_use]
    pub fn at(&self, day: Day) -> Truth {
        self.as_runs().at(day)
    }

    /// The timeline, as one that is held elsewhere.
    #[must_use]
    pub fn as_runs(&self) -> TimelineRuns<'_> {
        TimelineRuns {
            sure: self.sure.as_runs(),
            possible: self.possible.as_runs(),
        }
    }

    /// Both hold (Kleene).
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            sure: self.sure.and(&other.sure),
            possible: self.possible.and(&other.possible),
        }
    }

    /// One of them holds (Kleene).
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            sure: self.sure.or(&other.sure),
            possible: self.possible.or(&other.possible),
        }
    }

    /// It does not hold (Kleene).
    #[must_use]
    pub fn not(&self) -> Self {
        Self {
            sure: self.possible.not(),
            possible: self.sure.not(),
        }
    }

    /// Applies an operator that can only gain days when its operand gains days; for such operators
    /// working on the sure and the possible days apart is exact.
    #[must_use]
    pub fn monotone(&self, operator: impl Fn(Runs<'_>, &mut Building<'_>)) -> Self {
        let made = |days: &Days| Days::build(|out| operator(days.as_runs(), out));
        if self.is_known() {
            return Self::known(made(&self.sure));
        }
        Self {
            sure: made(&self.sure),
            possible: made(&self.possible),
        }
    }

    /// The same timeline on the days of `period`, never outside.
    #[must_use]
    pub fn within(&self, period: Period) -> Self {
        Self {
            sure: self.sure.within(period),
            possible: self.possible.within(period),
        }
    }

    /// Every day on which the truth may change, in order, each once.
    #[must_use]
    pub fn changes(&self) -> Vec<Day> {
        let runs = self.sure.runs().iter().chain(self.possible.runs());
        let mut days: Vec<Day> = runs.flat_map(|run| [run.start, run.end]).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// A timeline that is held elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimelineRuns<'a> {
    /// The days on which it surely holds.
    pub sure: Runs<'a>,
    /// The days on which it possibly holds, the sure ones among them.
    pub possible: Runs<'a>,
}

impl<'a> TimelineRuns<'a> {
    /// What is known of it on `day`.
    #[must_use]
    pub fn at(self, day: Day) -> Truth {
        if self.sure.contains(day) {
            Truth::Yes
        } else if self.possible.contains(day) {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    /// Whether nothing is unknown.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.sure == self.possible
    }

    /// Adds the days of `period` on which the truth may change, its first day aside, in no order.
    pub fn edges_in(self, period: Period, edges: &mut Vec<Day>) {
        let mut add = |days: Runs<'_>| {
            for run in days.runs() {
                if period.end <= run.start {
                    break;
                }
                let inside = |day: &Day| period.start < *day && *day < period.end;
                edges.extend([run.start, run.end].iter().filter(|day| inside(day)));
            }
        };
        add(self.sure);
        if self.sure != self.possible {
            add(self.possible);
        }
    }
}

/// Something that says on which days a condition holds, however it holds them.
pub trait OfDays {
    /// The timeline.
    fn timeline(&self) -> TimelineRuns<'_>;
}

impl OfDays for &std::cell::Cell<TimelineRuns<'_>> {
    fn timeline(&self) -> TimelineRuns<'_> {
        self.get()
    }
}

impl OfDays for Timeline {
    fn timeline(&self) -> TimelineRuns<'_> {
        self.as_runs()
    }
}

impl<T: OfDays> OfDays for std::rc::Rc<T> {
    fn timeline(&self) -> TimelineRuns<'_> {
        (**self).timeline()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_lie_within_a_period() {
        let days = |start, end| {
            Days::from_sorted([Period::new(Day::from_number(start), Day::from_number(end))])
        };
        let timeline = Timeline::new(days(3, 5), &days(2, 8));
        let edges = |start, end| {
            let mut edges = Vec::new();
            let period = Period::new(Day::from_number(start), Day::from_number(end));
            timeline.as_runs().edges_in(period, &mut edges);
            edges.iter().map(|day| day.number()).collect::<Vec<_>>()
        };
        assert_eq!(edges(0, 10), [3, 5, 2, 8]);
        // Where a period begins something may change anyway; where it ends it is over.
        assert_eq!(edges(2, 8), [3, 5]);
        assert_eq!(edges(3, 5), []);
    }
}
