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

#[cfg(test)]
mod tests {
    use super::DueStep;
    use crate::evaluate::Evaluation;
    use crate::evaluate::testing::{self, HELP};
    use crate::model::DutyId;
    use crate::time::Day;

    /// The steps to the due date on a day of 2016, of one with these rows.
    fn steps(frist: &str, rows: &str, (month, day): (u32, u32)) -> Vec<String> {
        let model = testing::duty(frist, rows);
        let day = Day::from_ymd(2016, month, day).unwrap();
        let evaluation = Evaluation::new(&model, &model.examples[0].case, None);
        let duty = &model.duties[0].on(day).unwrap().body;
        let steps = evaluation.view(day).unwrap();
        let steps = steps.due_steps(DutyId(0), duty, day);
        let told = |step: DueStep| match step {
            DueStep::Counted { from, due } => format!("from {from}: {due}"),
            DueStep::Fulfilled {
                fulfilment,
                last,
                due,
            } => format!("{fulfilment} ended {last}: {due}"),
            DueStep::Suspended { days, due } => format!("{days} days: {due}"),
            DueStep::Exempt { name, last, due } => format!("{name} ended {last}: {due}"),
            DueStep::AtOnce { fulfilment, due } => format!("{fulfilment} at once: {due}"),
            DueStep::Entered { entry, due } => format!("entered {entry}: {due}"),
            DueStep::Week { due } => format!("week: {due}"),
        };
        steps.into_iter().map(told).collect()
    }

    const COUNTED: &str = "from 2016-01-01: 2016-04-01";

    #[track_caller]
    fn check(rows: &str, on: (u32, u32), expected: &[&str]) {
        assert_eq!(steps("3 måneder", rows, on), expected, "{rows}");
    }

    #[test]
    fn what_is_counted_and_the_week() {
        check(
            HELP.trim_end_matches("; "),
            (2, 1),
            &[COUNTED, "week: 2016-04-03"],
        );
        // 3 April is a Sunday.
        let sunday = "ydelse fra 3. januar 2016, fortsat; visitation fra 1. januar 2016, fortsat";
        check(sunday, (2, 1), &["from 2016-01-03: 2016-04-03"]);
    }

    #[test]
    fn spells_that_fulfil() {
        let rows = |rows: &str| HELP.to_owned() + rows;
        let ended = ["0 ended 2016-02-29: 2016-08-29", "week: 2016-09-04"];
        check(
            &rows("tilbud x fra 1. februar 2016 til 29. februar 2016"),
            (3, 1),
            &ended,
        );
        let at_once = [COUNTED, "1 at once: 2016-04-30", "week: 2016-05-01"];
        check(
            &rows("tilbud y fra 1. februar 2016 til 30. april 2016"),
            (5, 1),
            &at_once,
        );
        let early = "tilbud y fra 1. februar 2016 til 31. marts 2016";
        check(&rows(early), (5, 1), &[COUNTED, "week: 2016-04-03"]);
    }

    #[test]
    fn days_on_which_the_clock_stands_still() {
        let rows = HELP.to_owned() + "fravær ferie fra 10. februar 2016 til 19. februar 2016";
        let still = [COUNTED, "10 days: 2016-04-11", "week: 2016-04-17"];
        check(&rows, (3, 1), &still);
        check(&rows, (2, 1), &[COUNTED, "week: 2016-04-03"]);
    }

    #[test]
    fn exemptions_that_end() {
        let rows = |rows: &str| HELP.to_owned() + rows;
        let later = [
            COUNTED,
            "b ended 2016-03-31: 2016-04-30",
            "week: 2016-05-01",
        ];
        let counted = [COUNTED, "week: 2016-04-03"];
        let march = rows("fravær barsel fra 1. marts 2016 til 31. marts 2016");
        check(&march, (5, 1), &later);
        // Its end is planned, once it has begun.
        check(&march, (3, 1), &later);
        check(&march, (2, 29), &counted);
        // As late as without it: it moved nothing.
        let same = "fravær barsel fra 1. februar 2016 til 1. marts 2016";
        check(&rows(same), (5, 1), &counted);
        check(
            &rows("fravær barsel fra 10. januar 2016 til 20. januar 2016"),
            (2, 1),
            &counted,
        );
        check(
            &rows("fravær barsel fra 1. marts 2016, fortsat"),
            (4, 1),
            &counted,
        );
        let two = "fravær barsel fra 1. februar 2016 til 10. februar 2016; fravær barsel fra 1. marts 2016 til 31. marts 2016";
        check(&rows(two), (5, 1), &later);
    }

    #[test]
    fn an_exemption_that_ended_before_what_is_counted_began_moves_nothing() {
        let before = "fravær barsel fra 1. december 2015 til 31. december 2015";
        let rows = HELP.to_owned() + before;
        let week = ["from 2016-01-01: 2016-01-08", "week: 2016-01-10"];
        assert_eq!(steps("1 uge", &rows, (1, 5)), week);
        let rows = HELP.to_owned() + &before.replace("31. december 2015", "1. januar 2016");
        let later = [
            "from 2016-01-01: 2016-01-08",
            "b ended 2016-01-01: 2016-02-01",
            "week: 2016-02-07",
        ];
        assert_eq!(steps("1 uge", &rows, (1, 5)), later);
    }

    #[test]
    fn one_who_comes_into_scope_later() {
        let rows = "ydelse fra 1. januar 2016, fortsat; visitation fra 1. maj 2016, fortsat";
        let entered = [
            COUNTED,
            "entered 2016-05-01: 2016-06-01",
            "week: 2016-06-05",
        ];
        check(rows, (5, 15), &entered);
    }
}
