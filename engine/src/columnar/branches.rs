//! Classifications: the branch that applies, day by day.

use super::aligned::{Aligned, Sets};
use crate::time::{Day, Period};

/// The branches of a classification.
pub(super) struct Branches<T> {
    pub(super) in_order: bool,
    pub(super) branches: Vec<Branch<T>>,
}

/// A branch: what it gives, and when it applies; none is `ellers`.
pub(super) struct Branch<T> {
    pub(super) gives: T,
    pub(super) when: Option<When>,
}

/// A value, by its position among those of the branches, or its opposite.
#[derive(Clone, Copy)]
pub(super) struct When {
    pub(super) value: usize,
    pub(super) negated: bool,
}

impl<T: Copy + PartialEq> Branches<T> {
    /// Begins to walk through the values, lane by lane.
    pub(super) fn walk<'b>(&'b self, values: &'b Aligned) -> Walk<'b, T> {
        let set = |when: When, sure: bool| Set {
            rest: &[],
            negated: when.negated,
            lanes: values.each_lane(when.value, sure != when.negated),
        };
        let conditions = self.branches.iter().filter_map(|branch| {
            let when = branch.when?;
            Some(Condition {
                gives: branch.gives,
                sure: set(when, true),
                possible: set(when, false),
            })
        });
        let otherwise = self.branches.iter().find(|branch| branch.when.is_none());
        Walk {
            in_order: self.in_order,
            unknown: values.any_unknown(),
            conditions: conditions.collect(),
            otherwise: otherwise.map(|branch| branch.gives),
        }
    }
}

/// A set of days of each lane, walked through from day to later day.
struct Set<'a> {
    rest: &'a [Period],
    negated: bool,
    lanes: Sets<'a>,
}

impl Set<'_> {
    /// Goes to the next lane.
    #[inline]
    fn next_lane(&mut self) {
        self.rest = self.lanes.next_lane().runs();
    }

    /// Whether the day is in it, and the next day on which that changes.
    #[inline]
    fn at(&mut self, day: Day) -> (bool, Day) {
        while let [first, rest @ ..] = self.rest {
            if day < first.end {
                let holds = first.start <= day;
                let change = if holds { first.end } else { first.start };
                return (holds != self.negated, change);
            }
            self.rest = rest;
        }
        (self.negated, Day::END)
    }
}

/// The condition of a branch, and what the branch gives.
struct Condition<'a, T> {
    gives: T,
    sure: Set<'a>,
    possible: Set<'a>,
}

/// A walk through the lanes.
pub(super) struct Walk<'a, T> {
    in_order: bool,
    unknown: bool,
    conditions: Vec<Condition<'a, T>>,
    otherwise: Option<T>,
}

impl<T: Copy + PartialEq> Walk<'_, T> {
    /// Says of the next lane what every branch that may apply gives, on the days of `window` in
    /// order; `None` where they differ, or none can.
    #[inline]
    pub(super) fn lane(&mut self, window: Period, mut say: impl FnMut(Period, Option<T>)) {
        for condition in &mut self.conditions {
            condition.sure.next_lane();
            if self.unknown {
                condition.possible.next_lane();
            }
        }
        let mut day = window.start;
        while day < window.end {
            let (given, until) = self.on(day);
            let until = until.min(window.end);
            say(Period::new(day, until), given);
            day = until;
        }
    }

    /// What is given on a day, and a day until which that surely stays so.
    #[inline]
    fn on(&mut self, day: Day) -> (Option<T>, Day) {
        let mut until = Day::END;
        let mut given = Given::default();
        for condition in &mut self.conditions {
            let (holds, change) = condition.sure.at(day);
            until = until.min(change);
            if holds {
                // Unless the order decides, the branches exclude each other.
                if !self.in_order {
                    given = Given::default();
                }
                given.may(condition.gives);
                return (given.only(), until);
            }
            if self.unknown {
                let (may_hold, change) = condition.possible.at(day);
                until = until.min(change);
                if may_hold {
                    given.may(condition.gives);
                }
            }
        }
        if let Some(gives) = self.otherwise {
            given.may(gives);
        }
        (given.only(), until)
    }
}

/// What the branches that may apply give, as far as they agree.
pub(super) struct Given<T> {
    first: Option<T>,
    differ: bool,
}

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self {
            first: None,
            differ: false,
        }
    }
}

impl<T: Copy + PartialEq> Given<T> {
    #[inline]
    pub(super) fn may(&mut self, gives: T) {
        match self.first {
            None => self.first = Some(gives),
            Some(first) => self.differ |= first != gives,
        }
    }

    #[inline]
    pub(super) fn only(&self) -> Option<T> {
        self.first.filter(|_| !self.differ)
    }
}
