//! How a due date came about, step by step, where nothing unknown can move it.

use super::View;
use super::clock::{Clock, Next};
use crate::model::{Duty, DutyId};
use crate::time::{Day, Length, Timeline};
use std::rc::Rc;

/// A step from what is counted to the last timely day. Each step that gives a day gives one that
/// is not before the days given so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueStep {
    /// The clock began on the first day of the run of what is counted.
    Counted {
        /// That day.
        from: Day,
        /// The due date it gives.
        due: Day,
    },
    /// A fulfilling spell ended and set the next due date.
    Fulfilled {
        /// Which `opfyldes af` it was, in the order written.
        fulfilment: usize,
        /// The spell's last day.
        last: Day,
        /// The due date it gives.
        due: Day,
    },
    /// The clock stood still.
    Suspended {
        /// So many days.
        days: i32,
        /// The due date it gives.
        due: Day,
    },
    /// An exemption ended, and its grace runs later than that.
    Exempt {
        /// The exemption's name.
        name: String,
        /// Its last day.
        last: Day,
        /// The due date it gives.
        due: Day,
    },
    /// A spell that is followed by `straks` ended later than that.
    AtOnce {
        /// Which `opfyldes af` it was, in the order written.
        fulfilment: usize,
        /// Its last day, which is the due date it gives.
        due: Day,
    },
    /// The person came into scope later.
    Entered {
        /// On this day.
        entry: Day,
        /// The due date it gives.
        due: Day,
    },
    /// The due date is moved to the Sunday of its week.
    Week {
        /// That Sunday.
        due: Day,
    },
}

impl DueStep {
    /// The due date after the step.
    #[must_use]
    pub fn due(&self) -> Day {
        match self {
            Self::Counted { due, .. }
            | Self::Fulfilled { due, .. }
            | Self::Suspended { due, .. }
            | Self::Exempt { due, .. }
            | Self::AtOnce { due, .. }
            | Self::Entered { due, .. }
            | Self::Week { due } => *due,
        }
    }
}

impl View<'_> {
    /// The first day of the period that is counted on `day`, if it is certain.
    pub(crate) fn counted_since(&self, id: DutyId, duty: &Duty, day: Day) -> Option<Day> {
        self.clock(id, duty).start(day)?.certain()
    }

    /// The steps that lead to a duty's due date on `day`; none where it is not certain.
    pub(crate) fn due_steps(&self, id: DutyId, duty: &Duty, day: Day) -> Vec<DueStep> {
        let names = self
            .exemptions(id)
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>();
        self.clock(id, duty).steps(&names, day).unwrap_or_default()
    }
}

impl Clock<Rc<Timeline>> {
    /// The steps that lead to the due date on `day`. `exemptions` are the names of X, in order.
    fn steps(&self, exemptions: &[&str], day: Day) -> Option<Vec<DueStep>> {
        let certain = self.read(day)?.due?.certain()?;
        let start = self.start(day)?;
        let base = self.base(start, day);
        let (from, due) = (base.set.certain()?, base.base?.certain()?);
        let mut steps = vec![match base.by {
            Some(fulfilment) => DueStep::Fulfilled {
                fulfilment,
                last: from,
                due,
            },
            None => DueStep::Counted { from, due },
        }];
        let running = self.suspended_for(base.set, base.base?, day).certain()?;
        if due < running {
            steps.push(DueStep::Suspended {
                days: running.since(due),
                due: running,
            });
        }
        let mut due = running;
        let entry = self.scope.sure().run_at(day)?.start;
        let entered = (start.certain()?.max(from) < entry).then(|| DueStep::Entered {
            entry,
            due: self.entry_due(entry, from, entry, entry),
        });
        for step in self.later(exemptions, from, day).into_iter().chain(entered) {
            if due < step.due() {
                due = step.due();
                steps.push(step);
            }
        }
        if self.week && due < certain {
            steps.push(DueStep::Week { due: certain });
        }
        Some(steps)
    }

    /// What can put the due date later than the base: exemptions and spells followed by `straks`.
    fn later(&self, exemptions: &[&str], set: Day, day: Day) -> Vec<DueStep> {
        let last = |timeline: &Timeline| {
            let runs = timeline.sure().runs().iter();
            let ended = runs.filter(|run| run.start <= day && set < run.end && run.end < Day::END);
            ended.map(|run| run.last()).max()
        };
        let exempt =
            self.exemptions
                .iter()
                .zip(exemptions)
                .filter_map(|((timeline, grace), name)| {
                    let last = last(timeline)?;
                    let due = grace.unwrap_or(Length::ZERO).after(last);
                    Some(DueStep::Exempt {
                        name: (*name).to_owned(),
                        last,
                        due,
                    })
                });
        let at_once =
            self.fulfilments
                .iter()
                .enumerate()
                .filter_map(|(fulfilment, (timeline, next))| {
                    matches!(next, Next::AtOnce).then_some(())?;
                    Some(DueStep::AtOnce {
                        fulfilment,
                        due: last(timeline)?,
                    })
                });
        exempt.chain(at_once).collect()
    }
}
