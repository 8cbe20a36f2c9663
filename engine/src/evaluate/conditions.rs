//! Conditions: one arm for each kind, each a call of the operator that does the work.

use super::View;
use super::decisions::Decided;
use crate::model::{
    Anchor, ClassificationId, ConditionId, ConditionKind, DutyId, DutyState, Exception, FieldId,
    LengthValue, ParameterValue, Rule, Subject, TableId, TermId, Transition,
};
use crate::outcome::State;
use crate::time::operators::{
    at_least, bridged, bridged_month, held_for, maybe_near, pinned, total_within, whole_weeks,
    within,
};
use crate::time::{Building, Day, Days, Length, Period, Runs, Timeline, Unit};
use hjemmel_grammar::syntax::Order;

impl View<'_> {
    /// Evaluates a condition; [`View::timeline`] keeps the answer.
    pub(super) fn evaluate(&self, id: ConditionId) -> Timeline {
        match &self.model.condition(id).kind {
            ConditionKind::Unreadable => Timeline::unknown(),
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => self.row_days(*table, filter, durations),
            ConditionKind::Age {
                table,
                field,
                order,
                years,
            } => self.age(*table, *field, *order, *years),
            ConditionKind::Term(term) => self.term(*term),
            ConditionKind::Assessed { assessment, filter } => {
                let held = self.decisions(*assessment, filter, Decided::Yes, false);
                if self.expired_counts {
                    held.or(&self.decisions(*assessment, filter, Decided::Yes, true))
                } else {
                    held
                }
            }
            ConditionKind::DutyIs(duty, states) => self.duty_is(*duty, states),
            ConditionKind::ClassifiedAs(id, states) => self.classified_as(*id, states),
            ConditionKind::Parameter(id) => match self.parameter(*id) {
                Some(ParameterValue::YesNo(true)) => Timeline::always(),
                Some(ParameterValue::YesNo(false)) => Timeline::never(),
                _ => Timeline::unknown(),
            },
            ConditionKind::All(parts) => self.fold(parts, Timeline::always(), Timeline::and),
            ConditionKind::Any(parts) => self.fold(parts, Timeline::never(), Timeline::or),
            ConditionKind::AtLeast(count, parts) => self.at_least(*count, parts),
            ConditionKind::Not(part) => self.timeline(*part).not(),
            ConditionKind::Except { base, exceptions } => self.except(*base, exceptions),
            kind => self.evaluate_time(kind),
        }
    }

    /// The operators of time.
    fn evaluate_time(&self, kind: &ConditionKind) -> Timeline {
        match kind {
            ConditionKind::HeldFor(part, length) => self.timed(*part, *length, held_for),
            ConditionKind::Within(part, length) => self.timed(*part, *length, within),
            ConditionKind::Bridged(part, length) => self.timed(*part, *length, bridged),
            ConditionKind::BridgedMonth(part) => self.timeline(*part).monotone(bridged_month),
            ConditionKind::WholeWeeks(part) => self.timeline(*part).monotone(whole_weeks),
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                let total = self.length(*total).and_then(Length::fixed_days);
                match (total, self.length(*window)) {
                    (Some(total), Some(window)) => self
                        .timeline(*condition)
                        .monotone(|days, out| total_within(days, total, window, out)),
                    _ => Timeline::unknown(),
                }
            }
            ConditionKind::Near(length, anchor) => self.near(*length, *anchor),
            ConditionKind::KnownOn(part, date) => match self.date(*date) {
                Some(day) => (*self.with_known_on(day).timeline(*part)).clone(),
                None => Timeline::unknown(),
            },
            _ => Timeline::unknown(),
        }
    }

    fn fold(
        &self,
        parts: &[ConditionId],
        start: Timeline,
        combine: impl Fn(&Timeline, &Timeline) -> Timeline,
    ) -> Timeline {
        parts
            .iter()
            .fold(start, |sum, part| combine(&sum, &self.timeline(*part)))
    }

    fn timed(
        &self,
        part: ConditionId,
        length: LengthValue,
        operator: impl Fn(Runs<'_>, Length, &mut Building<'_>),
    ) -> Timeline {
        match self.length(length) {
            Some(length) => self
                .timeline(part)
                .monotone(|days, out| operator(days, length, out)),
            None => Timeline::unknown(),
        }
    }

    fn at_least(&self, count: u32, parts: &[ConditionId]) -> Timeline {
        let parts: Vec<_> = parts.iter().map(|part| self.timeline(*part)).collect();
        let sure: Vec<Runs<'_>> = parts.iter().map(|part| part.sure().as_runs()).collect();
        let possible: Vec<Runs<'_>> = parts.iter().map(|part| part.possible().as_runs()).collect();
        let of = |sets: &[Runs<'_>]| Days::build(|out| at_least(count, sets, out));
        Timeline::new(of(&sure), &of(&possible))
    }

    /// `dog`: each exception in turn turns the answer on the days that it holds.
    fn except(&self, base: ConditionId, exceptions: &[Exception]) -> Timeline {
        exceptions
            .iter()
            .fold((*self.timeline(base)).clone(), |so_far, exception| {
                let when = self.timeline(exception.when);
                if exception.holds {
                    so_far.or(&when)
                } else {
                    so_far.and(&when.not())
                }
            })
    }

    fn age(&self, table: TableId, field: FieldId, order: Order, years: u32) -> Timeline {
        let Some(born) = self.fact_date(table, field) else {
            return Timeline::unknown();
        };
        let reached = |years| {
            let birthday = Length::new(years, Unit::Years).after(born);
            Timeline::known(Days::of(Period::new(birthday, Day::END)))
        };
        match order {
            Order::AtLeast => reached(years),
            Order::Over => reached(years.saturating_add(1)),
            Order::Under => reached(years).not(),
            Order::AtMost => reached(years.saturating_add(1)).not(),
        }
    }

    /// A term by its version in force; earlier spells by their own law where a transitional
    /// provision says so.
    pub(super) fn term(&self, id: TermId) -> Timeline {
        let rule = self.model.terms.get(id.0);
        let Some(version) = self.version(rule) else {
            return Timeline::unknown();
        };
        let timeline = self.timeline(version.body.when);
        let Some(pin) = self.pin(id) else {
            return (*timeline).clone();
        };
        let before = pin.begun_before;
        let old = self.by_law_of(pin.law_of, |view| view.term(id));
        pinned(old.as_runs(), timeline.as_runs(), before)
    }

    /// The transitional provision in force by which earlier spells of a term go by their own law.
    fn pin(&self, id: TermId) -> Option<&Transition> {
        let about = |rule: &&Rule<Transition>| rule.versions.iter().any(|it| it.body.term == id);
        let rules = self.model.transitions.iter().filter(about);
        let mut pins = rules.filter_map(|rule| self.version(Some(rule)));
        pins.find(|pin| pin.body.term == id).map(|pin| &pin.body)
    }

    fn duty_is(&self, duty: DutyId, states: &[DutyState]) -> Timeline {
        let wanted = |state: &State| matches!(state, State::Duty(state) if states.contains(state));
        self.days_with(Subject::Duty(duty), wanted)
    }

    /// A classification has one of some states: surely, if every branch that may apply is one of
    /// them.
    fn classified_as(&self, id: ClassificationId, states: &[String]) -> Timeline {
        let rule = self.model.classifications.get(id.0);
        let Some(version) = self.version(rule) else {
            return Timeline::unknown();
        };
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for (days, branches) in self.possible_branches(&version.body) {
            let mut wanted = branches.iter().map(|branch| states.contains(&branch.state));
            // Where no branch can apply the state is unknown.
            if !branches.is_empty() && wanted.clone().all(|wanted| wanted) {
                sure.push(days);
            }
            if branches.is_empty() || wanted.any(|wanted| wanted) {
                possible.push(days);
            }
        }
        Timeline::new(Days::from_sorted(sure), &Days::from_sorted(possible))
    }

    fn days_with(&self, subject: Subject, wanted: impl Fn(&State) -> bool) -> Timeline {
        let Some(runs) = self.runs(subject) else {
            return Timeline::unknown();
        };
        let days = |keep: &dyn Fn(&State) -> bool| {
            Days::from_sorted(
                runs.iter()
                    .filter(|run| keep(&run.state))
                    .map(|run| run.days),
            )
        };
        Timeline::new(days(&wanted), &days(&State::is_unknown))
    }

    /// `højst D efter A begynder`
    fn near(&self, length: LengthValue, anchor: Anchor) -> Timeline {
        let Some(length) = self.length(length) else {
            return Timeline::unknown();
        };
        let timeline = self.timeline(anchor.condition);
        maybe_near(timeline.as_runs(), length, anchor.side, anchor.edge)
    }
}
