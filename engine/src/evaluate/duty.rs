//! A duty's state on every day of a view.

use super::View;
use super::clock::{Clock, Lengths, Next};
use crate::model::{
    self, Basis, ConditionId, DeadlineException, Duty, DutyId, DutyState, LengthValue,
    RowCondition, Version,
};
use crate::outcome::{Due, Ground};
use crate::time::{Day, Length, Period, Timeline, Truth};

/// A duty's states, in order, over all days.
pub(super) type DutyRuns = Vec<DutyRun>;

/// Days with one state, one due date, the same grounds.
#[derive(Clone, Debug)]
pub(super) struct DutyRun {
    pub(super) days: Period,
    pub(super) state: DutyState,
    pub(super) due: Option<Due>,
    pub(super) grounds: Vec<Ground>,
}

/// Something beside the clock that can decide the state.
struct Decider {
    timeline: Timeline,
    ground: Ground,
}

/// The timelines that decide the state before the clock is asked, in the order of precedence.
struct Deciders {
    exempt: Vec<Decider>,
    suspended: Vec<Decider>,
    in_offer: Vec<Decider>,
    expired: Vec<Decider>,
    awaiting: Vec<Decider>,
}

impl View<'_> {
    /// The states of a duty by its version in force.
    pub(super) fn duty_runs(&self, id: DutyId, version: &Version<Duty>) -> DutyRuns {
        let deciders = self.deciders(id, &version.body);
        let clock = self.clock(id, &version.body);
        let mut runs = Vec::new();
        let edges = edges(&deciders, &clock);
        for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
            runs.extend(state_between(Period::new(*start, *end), &deciders, &clock));
        }
        runs
    }

    fn clock(&self, id: DutyId, duty: &Duty) -> Clock {
        let known = |condition: ConditionId| (*self.timeline(condition)).clone();
        let grace = |value: Option<LengthValue>| {
            value
                .and_then(|value| self.length(value))
                .unwrap_or(Length::ZERO)
        };
        let exemptions = self
            .exemptions(id)
            .map(|(_, version)| (known(version.body.when), grace(version.body.grace)));
        let suspended = self
            .suspensions(id)
            .fold(Timeline::never(), |sum, (_, version)| {
                sum.or(&self.timeline(version.body.when))
            });
        let entry = duty.entry.as_ref().map_or((Length::ZERO, None), |entry| {
            (
                grace(Some(entry.length)),
                entry.at_most.and_then(|cap| self.length(cap)),
            )
        });
        Clock {
            scope: known(duty.scope),
            counted: known(duty.counted),
            deadline: self.lengths(duty.deadline.length, &duty.deadline.exceptions),
            anchor: duty
                .deadline
                .anchor
                .map(|anchor| (known(anchor.condition), anchor.edge, anchor.side)),
            fulfilments: duty
                .fulfilments
                .iter()
                .map(|fulfilment| (known(fulfilment.by), self.next(&fulfilment.next)))
                .collect(),
            exemptions: exemptions.collect(),
            suspended,
            entry,
            week: duty.timely_in_week.is_some(),
        }
    }

    fn next(&self, next: &model::Next) -> Next {
        match next {
            model::Next::Discharged => Next::Discharged,
            model::Next::AtOnce => Next::AtOnce,
            model::Next::After(length, exceptions) => {
                Next::After(self.lengths(*length, exceptions))
            }
        }
    }

    fn lengths(&self, base: LengthValue, exceptions: &[DeadlineException]) -> Lengths {
        let exceptions = exceptions.iter().map(|exception| {
            (
                (*self.timeline(exception.when)).clone(),
                self.length(exception.length),
            )
        });
        Lengths {
            base: self.length(base),
            exceptions: exceptions.collect(),
        }
    }

    fn deciders(&self, id: DutyId, duty: &Duty) -> Deciders {
        let mut deciders = Deciders {
            exempt: Vec::new(),
            suspended: Vec::new(),
            in_offer: Vec::new(),
            expired: Vec::new(),
            awaiting: Vec::new(),
        };
        for (name, version) in self.exemptions(id) {
            let held = self.timeline(version.body.when);
            let ground = || version_ground(name, version);
            // Days on which only a decision past its reassessment date would exempt.
            let expired = self
                .if_reassessed()
                .timeline(version.body.when)
                .and(&held.not());
            deciders.expired.push(Decider {
                timeline: expired,
                ground: ground(),
            });
            deciders.exempt.push(Decider {
                timeline: (*held).clone(),
                ground: ground(),
            });
        }
        for (name, version) in self.suspensions(id) {
            deciders.suspended.push(Decider {
                timeline: (*self.timeline(version.body.when)).clone(),
                ground: version_ground(name, version),
            });
        }
        for fulfilment in &duty.fulfilments {
            deciders.in_offer.push(Decider {
                timeline: (*self.timeline(fulfilment.by)).clone(),
                ground: Ground {
                    name: fulfilment.name.clone(),
                    title: None,
                    basis: fulfilment.basis.clone(),
                },
            });
        }
        for required in &duty.required {
            self.required(required, &mut deciders);
        }
        deciders
    }

    /// `kræver skøn X når A`: days that await a decision, and days whose decision has expired.
    fn required(&self, required: &model::Required, deciders: &mut Deciders) {
        let Some(rule) = self.model.assessments.get(required.assessment.0) else {
            return;
        };
        let when = required
            .when
            .map_or_else(Timeline::always, |when| (*self.timeline(when)).clone());
        let decided = |decision: usize| decision <= 1;
        let any = RowCondition::All(Vec::new());
        let valid = self.decisions(required.assessment, &any, decided, false);
        let expired = self.decisions(required.assessment, &any, decided, true);
        let missing = when.and(&valid.not());
        let ground = Ground {
            name: rule.name.clone(),
            title: rule
                .versions
                .first()
                .and_then(|version| version.title.clone()),
            basis: required
                .basis
                .clone()
                .or_else(|| rule.on(self.law)?.basis.clone()),
        };
        deciders.expired.push(Decider {
            timeline: missing.and(&expired),
            ground: ground.clone(),
        });
        deciders.awaiting.push(Decider {
            timeline: missing.and(&expired.not()),
            ground,
        });
    }

    /// The exemptions from a duty that are in force, by name.
    pub(super) fn exemptions(
        &self,
        id: DutyId,
    ) -> impl Iterator<Item = (&str, &Version<model::Exemption>)> {
        self.model.exemptions.iter().filter_map(move |rule| {
            let version = rule.on(self.law)?;
            version
                .body
                .duties
                .contains(&id)
                .then_some((rule.name.as_str(), version))
        })
    }

    /// The suspensions of a duty that are in force, by name.
    pub(super) fn suspensions(
        &self,
        id: DutyId,
    ) -> impl Iterator<Item = (&str, &Version<model::Suspension>)> {
        self.model.suspensions.iter().filter_map(move |rule| {
            let version = rule.on(self.law)?;
            version
                .body
                .duties
                .contains(&id)
                .then_some((rule.name.as_str(), version))
        })
    }
}

fn version_ground<T>(name: &str, version: &Version<T>) -> Ground {
    Ground {
        name: name.to_owned(),
        title: version.title.clone(),
        basis: version.basis.clone(),
    }
}

/// Every day on which something may change.
fn edges(deciders: &Deciders, clock: &Clock) -> Vec<Day> {
    let all = [
        &deciders.exempt,
        &deciders.suspended,
        &deciders.in_offer,
        &deciders.expired,
        &deciders.awaiting,
    ];
    let mut edges = vec![Day::FIRST, Day::END];
    for timeline in all.into_iter().flatten().map(|decider| &decider.timeline) {
        edges.extend(timeline.changes());
    }
    for timeline in [&clock.scope, &clock.counted] {
        edges.extend(timeline.changes());
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The states on days between two edges: one, or one up to the due date and one after.
fn state_between(days: Period, deciders: &Deciders, clock: &Clock) -> Vec<DutyRun> {
    let day = days.start;
    let run = |state, due, grounds| {
        vec![DutyRun {
            days,
            state,
            due,
            grounds,
        }]
    };
    let covered = clock.scope.at(day).min(clock.counted.at(day));
    if covered == Truth::No {
        return run(DutyState::NotCovered, None, Vec::new());
    }
    if covered == Truth::Unknown {
        return run(DutyState::Unknown, None, Vec::new());
    }
    let Some(reading) = clock.read(day) else {
        return run(DutyState::Unknown, None, Vec::new());
    };
    let steps = [
        (&deciders.exempt, DutyState::Exempt),
        (&deciders.suspended, DutyState::Suspended),
        (&deciders.in_offer, DutyState::InOffer),
        (&deciders.expired, DutyState::MustBeReassessed),
        (&deciders.awaiting, DutyState::AwaitsAssessment),
    ];
    for (step, state) in steps {
        match strongest(step, day) {
            Truth::No => {}
            Truth::Unknown => return run(DutyState::Unknown, reading.due, Vec::new()),
            Truth::Yes => return run(state, reading.due, grounds_on(step, day)),
        }
    }
    match reading.discharged {
        Truth::Yes => run(DutyState::Discharged, None, Vec::new()),
        Truth::Unknown => run(DutyState::Unknown, reading.due, Vec::new()),
        Truth::No => by_the_clock(days, reading.due),
    }
}

fn strongest(deciders: &[Decider], day: Day) -> Truth {
    deciders
        .iter()
        .map(|decider| decider.timeline.at(day))
        .max()
        .unwrap_or(Truth::No)
}

fn grounds_on(deciders: &[Decider], day: Day) -> Vec<Ground> {
    let holding = deciders
        .iter()
        .filter(|decider| decider.timeline.at(day) == Truth::Yes);
    holding.map(|decider| decider.ground.clone()).collect()
}

/// Running until the earliest day that can be the last timely one, overdue after the latest.
fn by_the_clock(days: Period, due: Option<Due>) -> Vec<DutyRun> {
    let Some(bounds) = due else {
        let state = DutyState::DeadlineRunning;
        return vec![DutyRun {
            days,
            state,
            due,
            grounds: Vec::new(),
        }];
    };
    let (open, over) = (bounds.earliest.next(), bounds.latest.next());
    let parts = [
        (Period::new(days.start, open), DutyState::DeadlineRunning),
        (Period::new(open, over), DutyState::Unknown),
        (Period::new(over, Day::END), DutyState::Overdue),
    ];
    parts
        .into_iter()
        .map(|(part, state)| (part.and(days), state))
        .filter(|(part, _)| !part.is_empty())
        .map(|(part, state)| DutyRun {
            days: part,
            state,
            due,
            grounds: Vec::new(),
        })
        .collect()
}

/// What a duty's state may depend on, for naming missing facts and for explanations.
pub(super) fn conditions_of(view: &View<'_>, id: DutyId, duty: &Duty) -> Vec<ConditionId> {
    let mut conditions = vec![duty.scope, duty.counted];
    conditions.extend(duty.deadline.anchor.map(|anchor| anchor.condition));
    conditions.extend(
        duty.deadline
            .exceptions
            .iter()
            .map(|exception| exception.when),
    );
    for fulfilment in &duty.fulfilments {
        conditions.push(fulfilment.by);
        if let model::Next::After(_, exceptions) = &fulfilment.next {
            conditions.extend(exceptions.iter().map(|exception| exception.when));
        }
    }
    conditions.extend(duty.required.iter().filter_map(|required| required.when));
    conditions.extend(view.exemptions(id).map(|(_, version)| version.body.when));
    conditions.extend(view.suspensions(id).map(|(_, version)| version.body.when));
    conditions
}

/// The basis that a run shows: the duty's own.
pub(super) fn basis_of(version: &Version<Duty>) -> Option<Basis> {
    version.basis.clone()
}
