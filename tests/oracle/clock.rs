//! The duty clock, day by day, as the section of that name in LANGUAGE.md says it.

use super::days::{Marks, Run};
use super::picture::{Picture, View};
use super::world::Fault;
use hjemmel_engine::model::{
    Deadline, DeadlineException, Duty, DutyId, DutyState, LengthValue, Next, RowCondition,
};
use hjemmel_engine::time::{Day, Length};
use hjemmel_grammar::syntax::{Edge, Side};
use std::rc::Rc;

/// What a duty says of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DutyDay {
    pub(crate) state: DutyState,
    /// The last timely day, if the clock gives one.
    pub(crate) due: Option<Day>,
    /// A fulfilling spell ends today: the due date may be shown as it was, or as it will be.
    pub(crate) turning: bool,
}

/// The base: where it stands, and the day it was set on.
#[derive(Clone, Copy, Debug)]
struct Base {
    set_on: Day,
    /// `None`: no due date yet.
    on: Option<Day>,
    discharged: bool,
}

/// An exemption and the grace after it; the second timeline is what it would be if no decision
/// expired.
struct Exemption {
    holds: Rc<Marks>,
    runs: Vec<Run>,
    lenient: Rc<Marks>,
    grace: Length,
}

impl Exemption {
    fn new(holds: Rc<Marks>, lenient: Rc<Marks>, grace: Length) -> Self {
        let runs = holds.runs();
        Self {
            holds,
            runs,
            lenient,
            grace,
        }
    }
}

/// The timelines of a duty.
struct Clock<'p, 'a> {
    picture: &'p Picture<'a>,
    view: View,
    duty: &'p Duty,
    scope: Rc<Marks>,
    /// The first day of each run of the scope.
    entries: Vec<Day>,
    exemptions: Vec<Exemption>,
    suspended: Marks,
    suspensions: Vec<Run>,
    fulfilments: Vec<(Rc<Marks>, &'p Next)>,
    /// The spells that are followed by `straks`.
    at_once: Vec<Run>,
}

/// The duty on every day of the window.
pub(crate) fn run(picture: &Picture, id: DutyId, duty: &Duty, view: View) -> Vec<DutyDay> {
    let scope = picture.marks(duty.scope, view);
    let suspended = suspended(picture, id, view);
    let fulfilments = duty
        .fulfilments
        .iter()
        .map(|f| (picture.marks(f.by, view), &f.next));
    let fulfilments: Vec<_> = fulfilments.collect();
    let at_once = fulfilments
        .iter()
        .filter(|(_, next)| **next == Next::AtOnce);
    let clock = Clock {
        picture,
        view,
        duty,
        entries: scope.runs().iter().map(|run| run.first).collect(),
        scope,
        exemptions: exemptions(picture, id, view),
        suspensions: suspended.runs(),
        suspended,
        at_once: at_once.flat_map(|(spells, _)| spells.runs()).collect(),
        fulfilments,
    };
    let not_covered = DutyDay {
        state: DutyState::NotCovered,
        due: None,
        turning: false,
    };
    let mut days = vec![not_covered; picture.window.days().count()];
    let needs = clock.needs();
    for run in clock.runs() {
        let bases = clock.bases(run);
        for day in super::days::days(run.first, run.last) {
            let base = bases.iter().rev().find(|base| base.set_on <= day);
            let base = base.expect("a base is set on the first day of the run");
            let due = clock.due(run, base, day);
            let state = clock.state(day, base, due, &needs);
            days[day.since(picture.window.first) as usize] = DutyDay {
                state,
                due,
                turning: base.set_on == day,
            };
        }
    }
    days
}

fn exemptions(picture: &Picture, id: DutyId, view: View) -> Vec<Exemption> {
    let mut all = Vec::new();
    for (i, rule) in picture.model.exemptions.iter().enumerate() {
        let grace =
            |grace: Option<LengthValue>| grace.map_or(Length::ZERO, |d| picture.length(d, view));
        if let Some(version) = rule.on(view.law) {
            if version.body.duties.contains(&id) {
                let holds = picture.marks(version.body.when, view);
                let lenient = picture.marks(
                    version.body.when,
                    View {
                        lenient: true,
                        ..view
                    },
                );
                all.push(Exemption::new(holds, lenient, grace(version.body.grace)));
            }
        } else if rule.spans(view.law) {
            let mut versions = rule.versions.iter();
            if let Some(version) = versions.find(|version| version.body.duties.contains(&id)) {
                let holds = Rc::new(picture.hole(i));
                let lenient = Rc::clone(&holds);
                all.push(Exemption::new(holds, lenient, grace(version.body.grace)));
            }
        }
    }
    all
}

fn suspended(picture: &Picture, id: DutyId, view: View) -> Marks {
    let mut all: Vec<Rc<Marks>> = Vec::new();
    for (i, rule) in picture.model.suspensions.iter().enumerate() {
        match rule.on(view.law) {
            Some(version) if version.body.duties.contains(&id) => {
                all.push(picture.marks(version.body.when, view));
            }
            None if rule.spans(view.law)
                && rule.versions.iter().any(|v| v.body.duties.contains(&id)) =>
            {
                all.push(Rc::new(picture.hole(i)));
            }
            _ => {}
        }
    }
    Marks::by(picture.window, |day| all.iter().any(|one| one.on(day)))
}

/// For each `kræver skøn`: where it is required, where a decision covers the day in time, and
/// where one past its reassessment date does.
struct Need {
    required: Option<Rc<Marks>>,
    decided: Marks,
    expired: Marks,
}

impl Clock<'_, '_> {
    /// The runs of K, cut on the first day of each run of what is counted anew from.
    fn runs(&self) -> Vec<Run> {
        let restarts = self.duty.restarts.iter();
        let anew: Vec<Day> = restarts
            .filter(|_| self.picture.fault != Some(Fault::Restart))
            .flat_map(|restart| self.picture.marks(restart.begins, self.view).runs())
            .map(|run| run.first)
            .collect();
        let mut runs: Vec<Run> = Vec::new();
        for run in self.picture.marks(self.duty.counted, self.view).runs() {
            let mut rest = run;
            for day in super::days::days(run.first.next(), run.last) {
                if anew.contains(&day) {
                    runs.push(Run {
                        first: rest.first,
                        last: day.previous(),
                        ends: true,
                    });
                    rest.first = day;
                }
            }
            runs.push(rest);
        }
        runs
    }

    fn needs(&self) -> Vec<Need> {
        let need = |required: &hjemmel_engine::model::Required| {
            let all = RowCondition::All(Vec::new());
            // `ja` and `nej` are decisions, `afventer` is none.
            let (decided, expired) =
                self.picture
                    .decided(required.assessment, &all, self.view, |d| d < 2);
            let required = required
                .when
                .map(|when| self.picture.marks(when, self.view));
            Need {
                required,
                decided,
                expired,
            }
        };
        self.duty.required.iter().map(need).collect()
    }

    /// 1 and 2. The bases of a run of K, in the order in which they are set.
    fn bases(&self, run: Run) -> Vec<Base> {
        let mut base = Base {
            set_on: run.first,
            on: self.first_base(run),
            discharged: false,
        };
        let mut bases = vec![base];
        for (last, next) in self.spells(run) {
            let on = match next {
                _ if base.discharged => break,
                Next::Discharged if self.picture.fault == Some(Fault::Discharge) => continue,
                Next::Discharged => {
                    base.discharged = true;
                    base.on
                }
                Next::AtOnce => continue,
                Next::After(length, exceptions) => {
                    Some(self.decided_length(*length, exceptions, last).after(last))
                }
            };
            base = Base {
                set_on: last,
                on,
                ..base
            };
            bases.push(base);
        }
        bases
    }

    fn first_base(&self, run: Run) -> Option<Day> {
        let Deadline {
            length,
            anchor,
            exceptions,
        } = &self.duty.deadline;
        let length = self.decided_length(*length, exceptions, run.first);
        let slip = self.picture.slip(Fault::Deadline);
        let Some(anchor) = anchor else {
            return Some(length.after(run.first).plus(slip));
        };
        let runs = self.picture.marks(anchor.condition, self.view).runs();
        let of = runs
            .into_iter()
            .find(|of| !of.ends || of.last >= run.first)?;
        let day = match anchor.edge {
            Edge::Begins => of.first,
            Edge::Ends => of.ends.then_some(of.last)?,
        };
        Some(match anchor.side {
            Side::After => length.after(day),
            Side::Before => length.before(day),
        })
    }

    /// The last `dog` line whose condition holds on `day` decides.
    fn decided_length(
        &self,
        usual: LengthValue,
        exceptions: &[DeadlineException],
        day: Day,
    ) -> Length {
        let day = day.plus(self.picture.slip(Fault::DeadlineException));
        let holds = |e: &&DeadlineException| self.picture.marks(e.when, self.view).on(day);
        let decides = match self.picture.fault {
            Some(Fault::FirstException) => exceptions.iter().find(holds),
            _ => exceptions.iter().rev().find(holds),
        };
        self.picture
            .length(decides.map_or(usual, |e| e.length), self.view)
    }

    /// The fulfilling spells that overlap the run and end in it, in the order in which they end.
    fn spells(&self, run: Run) -> Vec<(Day, &Next)> {
        let mut spells = Vec::new();
        for (marks, next) in &self.fulfilments {
            for spell in marks.runs() {
                if spell.ends && run.first <= spell.last && spell.first <= run.last {
                    spells.push((spell.last, *next));
                }
            }
        }
        spells.sort_by_key(|(last, _)| *last);
        spells
    }

    /// 3. The due date on a day.
    fn due(&self, run: Run, base: &Base, day: Day) -> Option<Day> {
        if base.discharged {
            return None;
        }
        let mut due = base.on?.plus(self.suspended_days(base.set_on, day)?);
        // That has begun, ends on a known day, and not before the base was set.
        let counts = |run: &Run| run.first <= day && run.ends && base.set_on <= run.last;
        for exemption in &self.exemptions {
            for ended in exemption.runs.iter().filter(|run| counts(run)) {
                if self.picture.fault != Some(Fault::Grace) {
                    due = due.max(exemption.grace.after(ended.last));
                }
            }
        }
        for spell in self.at_once.iter().filter(|run| counts(run)) {
            if self.picture.fault != Some(Fault::AtOnce) {
                due = due.max(spell.last);
            }
        }
        for entry in self.entries.iter().copied() {
            if run.first < entry && base.set_on < entry && entry <= day {
                due = due.max(self.grace_of_entry(base, entry));
            }
        }
        let in_week =
            self.duty.timely_in_week.is_some() && self.picture.fault != Some(Fault::CalendarWeek);
        Some(if in_week { due.sunday() } else { due })
    }

    fn grace_of_entry(&self, base: &Base, entry: Day) -> Day {
        let Some(grace) = &self.duty.entry else {
            return entry;
        };
        if self.picture.fault == Some(Fault::Entry) {
            return entry;
        }
        let length = |value| self.picture.length(value, self.view);
        let latest = length(grace.length).after(entry);
        match grace
            .at_most
            .filter(|_| self.picture.fault != Some(Fault::EntryCap))
        {
            Some(cap) => latest.min(length(cap).after(base.set_on)).max(entry),
            None => latest,
        }
    }

    /// Suspended days since the base was set, that day included, up to `day` or to the end of the suspension
    /// that is running; `None` if it never ends.
    fn suspended_days(&self, set_on: Day, day: Day) -> Option<i32> {
        let running = self
            .suspensions
            .iter()
            .find(|run| run.first <= day && day <= run.last);
        let until = match running {
            _ if self.picture.fault == Some(Fault::SuspensionRunning) => day,
            Some(run) if !run.ends => return None,
            Some(run) => run.last,
            None => day,
        };
        let count = self.suspended.count(set_on, until);
        Some(count - self.picture.slip(Fault::Suspended).min(count))
    }

    /// 4. The first state that applies.
    fn state(&self, day: Day, base: &Base, due: Option<Day>, needs: &[Need]) -> DutyState {
        let unmet = |need: &&Need| {
            need.required
                .as_ref()
                .is_none_or(|required| required.on(day))
                && !need.decided.on(day)
        };
        let expired = |need: &Need| need.expired.on(day);
        if !self.scope.on(day) {
            DutyState::NotCovered
        } else if self
            .exemptions
            .iter()
            .any(|exemption| exemption.holds.on(day))
        {
            DutyState::Exempt
        } else if self.suspended.on(day) {
            DutyState::Suspended
        } else if self.fulfilments.iter().any(|(spells, _)| spells.on(day)) {
            DutyState::InOffer
        } else if self
            .exemptions
            .iter()
            .any(|exemption| exemption.lenient.on(day))
            || needs.iter().filter(unmet).any(expired)
        {
            DutyState::MustBeReassessed
        } else if needs.iter().any(|need| unmet(&need)) {
            DutyState::AwaitsAssessment
        } else if base.discharged {
            DutyState::Discharged
        } else if due.is_none_or(|due| day <= due) {
            DutyState::DeadlineRunning
        } else {
            DutyState::Overdue
        }
    }
}
