//! Classifications: the branch that applies, day by day.

use super::aligned::Aligned;
use crate::time::{Day, Period, Runs};

/// The branches of a classification: what each gives, and the position of its condition among the
/// values; the one without a condition is `ellers`.
pub(super) struct Branches<T> {
    pub(super) in_order: bool,
    pub(super) branches: Vec<(T, Option<usize>)>,
}

/// A set of days, walked through from day to later day.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    rest: &'a [Period],
}

impl<'a> Walk<'a> {
    fn new(days: Runs<'a>) -> Self {
        Self { rest: days.runs() }
    }

    /// Whether the set has the day, and the next day on which that changes.
    #[inline]
    fn at(&mut self, day: Day) -> (bool, Day) {
        while let [first, rest @ ..] = self.rest {
            if day < first.end {
                let holds = first.start <= day;
                return (holds, if holds { first.end } else { first.start });
            }
            self.rest = rest;
        }
        (false, Day::END)
    }
}

impl<T: Copy + PartialEq> Branches<T> {
    /// The branches in a lane of the values, to be walked through. `walks` is room to work in.
    pub(super) fn lane<'w, 'a>(
        &'w self,
        values: &'a Aligned,
        lane: usize,
        walks: &'w mut Vec<[Walk<'a>; 2]>,
    ) -> Lane<'w, 'a, T> {
        walks.clear();
        for (_, when) in &self.branches {
            let timeline = when.map(|value| values.get(value, lane));
            let timeline = timeline.unwrap_or_default();
            walks.push([Walk::new(timeline.sure), Walk::new(timeline.possible)]);
        }
        Lane {
            branches: self,
            walks,
            unknown: values.any_unknown(),
        }
    }

    /// What is given on a day, and the day until which that holds.
    #[inline]
    fn on(&self, walks: &mut [[Walk<'_>; 2]], day: Day, unknown: bool) -> (Option<T>, Day) {
        let mut until = Day::END;
        let mut given = Given::default();
        for ((gives, when), [sure, possible]) in self.branches.iter().zip(walks) {
            if when.is_none() {
                continue;
            }
            let (holds, change) = sure.at(day);
            until = until.min(change);
            if holds && self.in_order {
                given.may(*gives);
                return (given.only(), until);
            }
            if holds {
                // The branches exclude each other.
                return (Some(*gives), until);
            }
            if unknown {
                let (may_hold, change) = possible.at(day);
                until = until.min(change);
                if may_hold {
                    given.may(*gives);
                }
            }
        }
        if let Some((gives, _)) = self.branches.iter().find(|(_, when)| when.is_none()) {
            given.may(*gives);
        }
        (given.only(), until)
    }
}

/// The branches in one lane.
pub(super) struct Lane<'w, 'a, T> {
    branches: &'w Branches<T>,
    walks: &'w mut [[Walk<'a>; 2]],
    unknown: bool,
}

impl<T: Copy + PartialEq> Lane<'_, '_, T> {
    /// Says what every branch that may apply gives, on the days of `window` in order; `None` where
    /// they differ, or none can. A later window must not begin before an earlier one.
    #[inline]
    pub(super) fn walk(&mut self, window: Period, mut say: impl FnMut(Period, Option<T>)) {
        let mut day = window.start;
        while day < window.end {
            let (given, until) = self.branches.on(self.walks, day, self.unknown);
            let until = until.min(window.end);
            say(Period::new(day, until), given);
            day = until;
        }
    }
}

/// What the branches that may apply give, as far as they agree.
struct Given<T> {
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
    fn may(&mut self, gives: T) {
        match self.first {
            None => self.first = Some(gives),
            Some(first) => self.differ |= first != gives,
        }
    }

    #[inline]
    fn only(&self) -> Option<T> {
        self.first.filter(|_| !self.differ)
    }
}
