//! Rows, and operators of time that are applied to them at once: one pass instead of several.
//!
//! `inden for de seneste`, `afbrudt højst` and `i mindst`, in this order, each perhaps not there.

use super::lists::{Lists, Value};
use super::rows::{Asked, Each};
use crate::plan::{Node, NodeId, Plan, RowsOf};
use crate::time::{Day, Length, Period, StepTable, Steps, Truth};
use std::sync::Arc;

/// Rows with what is done to their days.
pub(super) struct Fused<'p> {
    pub(super) rows: &'p RowsOf,
    within: Option<Length>,
    bridged: Option<Length>,
    held: Option<Length>,
}

impl<'p> Fused<'p> {
    /// A node as such, if it is.
    pub(super) fn of(plan: &'p Plan, id: NodeId) -> Option<Self> {
        Some(match plan.node(id) {
            Node::Rows(rows) => Self {
                rows,
                within: None,
                bridged: None,
                held: None,
            },
            Node::Within(part, length) => match Self::of(plan, *part)? {
                Self {
                    rows,
                    within: None,
                    bridged: None,
                    held: None,
                } => Self {
                    rows,
                    within: Some(*length),
                    bridged: None,
                    held: None,
                },
                _ => return None,
            },
            Node::Bridged(part, length) => match Self::of(plan, *part)? {
                inner @ Self {
                    bridged: None,
                    held: None,
                    ..
                } => Self {
                    bridged: Some(*length),
                    ..inner
                },
                _ => return None,
            },
            Node::HeldFor(part, length) => match Self::of(plan, *part)? {
                inner @ Self { held: None, .. } => Self {
                    held: Some(*length),
                    ..inner
                },
                _ => return None,
            },
            _ => return None,
        })
    }

    fn steps(&self) -> Stages {
        let table = |length: Option<Length>| length.map(StepTable::of);
        Stages {
            within: table(self.within),
            bridged: table(self.bridged),
            held: table(self.held),
        }
    }

    /// The days that come out; of plain rows only.
    pub(super) fn days(&self, asked: &Asked<'_>, begun_by: Day) -> Value {
        struct All<'s> {
            stages: &'s Stages,
            lists: Lists,
        }
        impl Each for All<'_> {
            #[inline]
            fn case(&mut self, rows: impl Iterator<Item = Period>) {
                let Self { stages, lists } = self;
                lists.lane(|out| {
                    stages.runs(rows, |run| {
                        let run = stages.held(run);
                        if !run.is_empty() {
                            out.push(run);
                        }
                    });
                });
            }
        }
        let stages = self.steps();
        let mut all = All {
            stages: &stages,
            lists: Lists::with_capacity(asked.cases.len(), 1),
        };
        asked.each_plain(begun_by, &mut all);
        Value::known(all.lists)
    }

    /// Whether a day comes out, of plain rows that have begun by it.
    pub(super) fn on(&self, asked: &Asked<'_>, day: Day) -> Vec<Truth> {
        struct On<'s> {
            stages: &'s Stages,
            day: Day,
            truths: Vec<Truth>,
        }
        impl Each for On<'_> {
            #[inline]
            fn case(&mut self, rows: impl Iterator<Item = Period>) {
                // Every run begins by the day, so only the last can hold it.
                let mut last = None;
                self.stages.runs(rows, |run| last = Some(run));
                let holds = last.is_some_and(|run| {
                    self.day < run.end && self.stages.held(run).contains(self.day)
                });
                self.truths.push(Truth::from(holds));
            }
        }
        let stages = self.steps();
        let mut on = On {
            stages: &stages,
            day,
            truths: Vec::with_capacity(asked.cases.len()),
        };
        asked.each_plain(day, &mut on);
        on.truths
    }
}

/// The steps of what is done.
struct Stages {
    within: Option<Arc<StepTable>>,
    bridged: Option<Arc<StepTable>>,
    held: Option<Arc<StepTable>>,
}

impl Stages {
    /// The runs that the days of rows make, in order, each when it is over.
    #[inline]
    fn runs(&self, rows: impl Iterator<Item = Period>, mut over: impl FnMut(Period)) {
        let mut run: Option<Period> = None;
        for mut days in rows {
            if let Some(steps) = &self.within
                && days.end < Day::END
            {
                let last = days.last();
                days.end = steps.last_reach(last).max(last).next().min(Day::END);
            }
            match &mut run {
                Some(run) if self.joins(run.end, days.start) => run.end = run.end.max(days.end),
                _ => {
                    if let Some(run) = run.replace(days) {
                        over(run);
                    }
                }
            }
        }
        if let Some(run) = run {
            over(run);
        }
    }

    /// Whether days that begin on `next` belong to a run that has ended before `end`.
    #[inline]
    fn joins(&self, end: Day, next: Day) -> bool {
        next <= end
            || self
                .bridged
                .as_ref()
                .is_some_and(|steps| next <= steps.after(end))
    }

    #[inline]
    fn held(&self, run: Period) -> Period {
        match &self.held {
            Some(steps) => Period::new(steps.after(run.start).max(run.start), run.end),
            None => run,
        }
    }
}
