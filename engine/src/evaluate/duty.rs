//! A duty's state on every day of a view.

use super::View;
use super::clock::{Clock, Entry, Lengths, Next};
use super::decisions::Decided;
use super::memo::changes;
use super::states::{Deciders, Said, states};
use crate::model::{
    self, Basis, ConditionId, DeadlineException, Duty, DutyId, LengthValue, RowCondition, Rule,
    Version,
};
use crate::outcome::{Ground, State, StateRun};
use crate::time::{Day, Length, OfDays, Period, Timeline, TimelineRuns, Truth};
use std::rc::Rc;

/// Something beside the clock that can decide the state.
struct Decider<'m> {
    timeline: Rc<Timeline>,
    name: &'m str,
    title: Option<&'m str>,
    basis: Option<&'m Basis>,
}

impl OfDays for Decider<'_> {
    fn timeline(&self) -> TimelineRuns<'_> {
        self.timeline.as_runs()
    }
}

impl<'a> View<'a> {
    /// The states of a duty by its version in force.
    pub(super) fn duty_runs(&self, id: DutyId, version: &'a Version<Duty>) -> Vec<StateRun> {
        let deciders = self.deciders(id, &version.body);
        let clock = self.clock(id, &version.body);
        let mut runs = Vec::new();
        states(
            Period::ALL,
            &deciders,
            &clock,
            &mut Vec::new(),
            |said: Said| {
                runs.push(StateRun {
                    days: said.days,
                    state: State::Duty(said.state),
                    due: said.due,
                    grounds: grounds_on(deciders.of(said.state), said.days.start),
                    basis: version.basis.clone(),
                    missing: Vec::new(),
                });
            },
        );
        runs
    }

    pub(super) fn clock(&self, id: DutyId, duty: &Duty) -> Clock<Rc<Timeline>> {
        let suspensions = self.suspensions(id).into_iter();
        let suspended = suspensions.fold(Timeline::never(), |sum, (_, version)| {
            sum.or(&self.when(version.map(|version| version.body.when)))
        });
        let exemptions = self.exemptions(id).into_iter().map(|(_, version)| {
            let grace = version.map_or(Some(Length::ZERO), |it| self.grace(it.body.grace));
            (self.when(version.map(|it| it.body.when)), grace)
        });
        let fulfilments = duty
            .fulfilments
            .iter()
            .map(|fulfilment| (self.timeline(fulfilment.by), self.next(&fulfilment.next)));
        let entry = duty.entry.as_ref();
        let restarts = duty.restarts.iter();
        Clock {
            scope: self.timeline(duty.scope),
            counted: self.timeline(duty.counted),
            restarts: restarts.map(|it| self.timeline(it.begins)).collect(),
            deadline: self.lengths(duty.deadline.length, &duty.deadline.exceptions),
            anchor: duty
                .deadline
                .anchor
                .map(|anchor| (self.timeline(anchor.condition), anchor.edge, anchor.side)),
            fulfilments: fulfilments.collect(),
            exemptions: exemptions.collect(),
            suspended: Rc::new(suspended),
            entry: Entry {
                grace: self.grace(entry.map(|entry| entry.length)),
                cap: entry
                    .and_then(|entry| entry.at_most)
                    .map(|cap| self.length(cap)),
            },
            week: duty.timely_in_week.is_some(),
        }
    }

    /// A grace that may be left out (none at all); `None` if its parameter has no value in force.
    fn grace(&self, value: Option<LengthValue>) -> Option<Length> {
        value.map_or(Some(Length::ZERO), |value| self.length(value))
    }

    fn next(&self, next: &model::Next) -> Next<Rc<Timeline>> {
        match next {
            model::Next::Discharged => Next::Discharged,
            model::Next::AtOnce => Next::AtOnce,
            model::Next::After(length, exceptions) => {
                Next::After(self.lengths(*length, exceptions))
            }
        }
    }

    fn lengths(
        &self,
        base: LengthValue,
        exceptions: &[DeadlineException],
    ) -> Lengths<Rc<Timeline>> {
        let exceptions = exceptions
            .iter()
            .map(|exception| (self.timeline(exception.when), self.length(exception.length)));
        Lengths {
            base: self.length(base),
            exceptions: exceptions.collect(),
        }
    }

    fn deciders(&self, id: DutyId, duty: &'a Duty) -> Deciders<Decider<'a>> {
        let mut deciders = Deciders::default();
        for (name, version) in self.exemptions(id) {
            let when = version.map(|version| version.body.when);
            let held = self.when(when);
            // Days on which only a decision past its reassessment date would exempt.
            let expired = self.if_reassessed().when(when).and(&held.not());
            deciders
                .expired
                .push(decider(Rc::new(expired), name, version));
            deciders.exempt.push(decider(held, name, version));
        }
        for (name, version) in self.suspensions(id) {
            let timeline = self.when(version.map(|version| version.body.when));
            deciders.suspended.push(decider(timeline, name, version));
        }
        for fulfilment in &duty.fulfilments {
            deciders.in_offer.push(Decider {
                timeline: self.timeline(fulfilment.by),
                name: &fulfilment.name,
                title: None,
                basis: fulfilment.basis.as_ref(),
            });
        }
        for required in &duty.required {
            self.required(required, &mut deciders);
        }
        deciders
    }

    /// `kræver skøn X når A`: days that await a decision, and days whose decision has expired.
    fn required(&self, required: &'a model::Required, deciders: &mut Deciders<Decider<'a>>) {
        let Some(rule) = self.model.assessments.get(required.assessment.0) else {
            return;
        };
        let when = required.when.map(|when| self.timeline(when));
        let when = when.unwrap_or_else(|| Rc::new(Timeline::always()));
        let any = RowCondition::All(Vec::new());
        let valid = self.decisions(required.assessment, &any, Decided::Either, false);
        let expired = self.decisions(required.assessment, &any, Decided::Either, true);
        let missing = when.and(&valid.not());
        let version = self.version(Some(rule));
        let decider = |timeline| Decider {
            timeline: Rc::new(timeline),
            name: &rule.name,
            title: version.and_then(|version| version.title.as_deref()),
            basis: required.basis.as_ref().or_else(|| version?.basis.as_ref()),
        };
        deciders.expired.push(decider(missing.and(&expired)));
        deciders.awaiting.push(decider(missing.and(&expired.not())));
    }

    /// The exemptions from a duty.
    pub(super) fn exemptions(&self, id: DutyId) -> Vec<Attached<'a, model::Exemption>> {
        self.attached(&self.model.exemptions, |body| body.duties.contains(&id))
    }

    /// The suspensions of a duty.
    pub(super) fn suspensions(&self, id: DutyId) -> Vec<Attached<'a, model::Suspension>> {
        self.attached(&self.model.suspensions, |body| body.duties.contains(&id))
    }

    fn attached<T>(
        &self,
        rules: &'a [Rule<T>],
        to_duty: impl Fn(&T) -> bool,
    ) -> Vec<Attached<'a, T>> {
        for rule in rules {
            if rule.versions.iter().any(|version| to_duty(&version.body)) {
                self.see_law(changes(rule));
            }
        }
        attached(rules, self.law(), to_duty)
    }

    /// What a condition says; unknown for want of a rule where there is none.
    fn when(&self, condition: Option<ConditionId>) -> Rc<Timeline> {
        condition.map_or_else(|| Rc::new(Timeline::unknown()), |it| self.timeline(it))
    }
}

/// A rule that is attached to a duty: its name and its version in force. In a hole between two
/// versions there is none, and what the rule says is unknown.
pub(crate) type Attached<'a, T> = (&'a str, Option<&'a Version<T>>);

/// The rules attached to a duty under the law of a day.
pub(crate) fn attached<T>(
    rules: &[Rule<T>],
    law: Day,
    to_duty: impl Fn(&T) -> bool,
) -> Vec<Attached<'_, T>> {
    let attached = rules.iter().filter_map(|rule| {
        let version = rule.on(law);
        let applies = match version {
            Some(version) => to_duty(&version.body),
            None => rule.spans(law) && rule.versions.iter().any(|other| to_duty(&other.body)),
        };
        applies.then_some((rule.name.as_str(), version))
    });
    attached.collect()
}

fn decider<'m, T>(
    timeline: Rc<Timeline>,
    name: &'m str,
    version: Option<&'m Version<T>>,
) -> Decider<'m> {
    Decider {
        timeline,
        name,
        title: version.and_then(|version| version.title.as_deref()),
        basis: version.and_then(|version| version.basis.as_ref()),
    }
}

fn grounds_on(deciders: &[Decider<'_>], day: Day) -> Vec<Ground> {
    let holding = deciders
        .iter()
        .filter(|decider| decider.timeline.at(day) == Truth::Yes);
    let ground = |decider: &Decider<'_>| Ground {
        name: decider.name.to_owned(),
        title: decider.title.map(str::to_owned),
        basis: decider.basis.cloned(),
    };
    holding.map(ground).collect()
}

/// What a duty's state may depend on, for naming missing facts.
pub(super) fn conditions_of(view: &View<'_>, id: DutyId, duty: &Duty) -> Vec<ConditionId> {
    let mut conditions = vec![duty.scope, duty.counted];
    conditions.extend(duty.restarts.iter().map(|restart| restart.begins));
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
    let exemptions = view.exemptions(id).into_iter();
    conditions.extend(exemptions.filter_map(|(_, version)| Some(version?.body.when)));
    let suspensions = view.suspensions(id).into_iter();
    conditions.extend(suspensions.filter_map(|(_, version)| Some(version?.body.when)));
    conditions
}

/// The rules attached to a duty that are in a hole between two versions.
pub(super) fn holes(view: &View<'_>, id: DutyId) -> Vec<String> {
    let exemptions = view
        .exemptions(id)
        .into_iter()
        .map(|(name, it)| (name, it.is_none()));
    let suspensions = view
        .suspensions(id)
        .into_iter()
        .map(|(name, it)| (name, it.is_none()));
    let open = exemptions.chain(suspensions).filter(|(_, hole)| *hole);
    open.map(|(name, _)| name.to_owned()).collect()
}
