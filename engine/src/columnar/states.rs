//! Dated states of many cases, one after the other in one list.

use super::lists::{Lanes, Lists, Value};
use crate::histories::Histories;
use crate::outcome::Due;
use crate::time::Period;
use std::ops::Range;
use std::rc::Rc;

/// The states of each lane of a batch, in runs.
#[derive(Clone, Debug, Default)]
pub(super) struct StateLists {
    /// The lanes; none: one for each case.
    pub(super) lanes: Option<Rc<Lanes>>,
    /// Where the runs of each lane end.
    pub(super) ends: Vec<u32>,
    pub(super) days: Vec<Period>,
    pub(super) state: Vec<u16>,
    /// Empty for rules that are not duties.
    pub(super) due: Vec<Option<Due>>,
    /// Where the lane that is being made begins.
    start: usize,
}

impl StateLists {
    /// Lists of so many lanes to come.
    pub(super) fn with_capacity(lanes: usize) -> Self {
        Self {
            ends: Vec::with_capacity(lanes),
            days: Vec::with_capacity(lanes.saturating_mul(2)),
            state: Vec::with_capacity(lanes.saturating_mul(2)),
            ..Self::default()
        }
    }

    /// Adds days to the lane that is being made, after those it has.
    #[inline]
    pub(super) fn push(&mut self, days: Period, state: u16) {
        if self.start < self.days.len()
            && self.state.last() == Some(&state)
            && let Some(last) = self.days.last_mut()
            && last.end == days.start
        {
            last.end = days.end;
            return;
        }
        self.days.push(days);
        self.state.push(state);
    }

    /// The same for a duty.
    #[inline]
    pub(super) fn push_due(&mut self, days: Period, state: u16, due: Option<Due>) {
        let before = self.days.len();
        if self.start < before && self.due.last() != Some(&due) {
            self.days.push(days);
            self.state.push(state);
        } else {
            self.push(days, state);
        }
        if before < self.days.len() {
            self.due.push(due);
        }
    }

    /// Ends the lane that is being made.
    #[inline]
    pub(super) fn end_lane(&mut self) {
        self.start = self.days.len();
        self.ends.push(self.start as u32);
    }

    /// The positions of the runs of each lane.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0_usize;
        self.ends.iter().map(move |end| {
            let range = start..*end as usize;
            start = range.end;
            range
        })
    }

    /// Copies what some runs say of the days of `period` to the lane that `out` is making.
    pub(super) fn copy(&self, range: Range<usize>, period: Period, is_duty: bool, out: &mut Self) {
        let days = self.days.get(range.clone()).unwrap_or_default();
        let state = self.state.get(range.clone()).unwrap_or_default();
        let mut due = self.due.get(range).unwrap_or_default().iter();
        for (days, state) in days.iter().zip(state) {
            let (days, due) = (days.and(period), due.next().copied().flatten());
            match is_duty {
                _ if days.is_empty() => {}
                true => out.push_due(days, *state, due),
                false => out.push(days, *state),
            }
        }
    }

    /// Appends all to what is said of the cases before.
    pub(super) fn append_to(&self, answer: &mut Histories) {
        let before = answer.days.len();
        let ends = self.ends.iter();
        answer
            .offsets
            .extend(ends.map(|end| (before as u32).wrapping_add(*end)));
        answer.days.extend_from_slice(&self.days);
        answer.state.extend_from_slice(&self.state);
        answer.due.extend_from_slice(&self.due);
    }

    /// The days on which the state is one of some; where it is unknown, it may be.
    pub(super) fn days_in(&self, wanted: &[u16], unknown: u16) -> Value {
        let list = |keep: &dyn Fn(u16) -> bool| {
            let mut lists = Lists::with_capacity(self.ends.len(), 1);
            for range in self.ranges() {
                let days = self.days.get(range.clone()).unwrap_or_default();
                let state = self.state.get(range).unwrap_or_default();
                lists.lane(|out| {
                    for (days, state) in days.iter().zip(state) {
                        if keep(*state) {
                            out.push(*days);
                        }
                    }
                });
            }
            lists
        };
        let sure = list(&|state| wanted.contains(&state));
        let possible = list(&|state| wanted.contains(&state) || state == unknown);
        Value::new(sure, possible).in_lanes(self.lanes.clone())
    }
}

/// What each case's lanes say, each of the days from its own first to the next's.
pub(super) struct Diagonal<'l> {
    lanes: &'l Lanes,
    window: Period,
}

impl<'l> Diagonal<'l> {
    pub(super) fn new(lanes: &'l Lanes, window: Period) -> Self {
        Self { lanes, window }
    }

    /// For each case the numbers of its lanes, each with its days.
    pub(super) fn cases(&self) -> impl Iterator<Item = impl Iterator<Item = (usize, Period)>> {
        self.lanes.iter().map(|(first, from)| {
            let ends = from.iter().skip(1).copied().chain([self.window.end]);
            let days = from.iter().zip(ends);
            (first..).zip(days.map(|(start, end)| Period::new(*start, end)))
        })
    }
}
