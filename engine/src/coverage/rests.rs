//! What an answer rests on: the rules that a rule uses under the law of a day, and those that they
//! use.

use super::versions::RuleId;
use crate::model::{
    AssessmentId, ClassificationId, ConditionId, ConditionKind, DeadlineException, DurationTest,
    Duty, DutyId, LengthValue, Literal, Measure, Model, Next, ParameterId, RowCondition, RowTest,
    Subject, TermId, WarningId,
};
use crate::time::Day;
use hjemmel_grammar::syntax::Kind;
use std::collections::BTreeSet;

/// The rules that the answer of `subject` on a day with this law rests on, itself included, each
/// with the day whose law is meant: transitional provisions reach back.
pub(super) fn rests_on(model: &Model, subject: Subject, law: Day) -> BTreeSet<(RuleId, Day)> {
    below(model, rule_of(subject), law)
}

/// The same of a rule of any kind.
pub(super) fn below(model: &Model, rule: RuleId, law: Day) -> BTreeSet<(RuleId, Day)> {
    let mut walk = Walk {
        model,
        law,
        found: BTreeSet::new(),
        todo: vec![(rule, law)],
    };
    while let Some((rule, law)) = walk.todo.pop() {
        if walk.found.insert((rule, law)) {
            walk.law = law;
            walk.rule(rule);
        }
    }
    walk.found
}

/// The rules that a measure uses at once.
pub(super) fn used_by_measure(model: &Model, index: usize, law: Day) -> Vec<RuleId> {
    let mut walk = Walk {
        model,
        law,
        found: BTreeSet::new(),
        todo: Vec::new(),
    };
    let version = model.measures.get(index).and_then(|rule| rule.on(law));
    if let Some(Measure {
        count,
        out_of,
        limit,
        ..
    }) = version.map(|version| &version.body)
    {
        walk.condition(*count);
        walk.condition(*out_of);
        if let Some(limit) = limit {
            walk.literal(limit.percent);
        }
    }
    walk.todo.into_iter().map(|(rule, _)| rule).collect()
}

/// The rule that a subject is.
pub(super) fn rule_of(subject: Subject) -> RuleId {
    match subject {
        Subject::Duty(DutyId(index)) => (Kind::Duty, index),
        Subject::Classification(ClassificationId(index)) => (Kind::Classification, index),
        Subject::Term(TermId(index)) => (Kind::Term, index),
        Subject::Assessment(AssessmentId(index)) => (Kind::Assessment, index),
        Subject::Warning(WarningId(index)) => (Kind::Warning, index),
    }
}

struct Walk<'m> {
    model: &'m Model,
    law: Day,
    found: BTreeSet<(RuleId, Day)>,
    todo: Vec<(RuleId, Day)>,
}

impl<'m> Walk<'m> {
    fn uses(&mut self, kind: Kind, index: usize) {
        self.todo.push(((kind, index), self.law));
    }

    /// What a rule uses by its version in force.
    fn rule(&mut self, (kind, index): RuleId) {
        let (model, law) = (self.model, self.law);
        macro_rules! body {
            ($list:ident, $body:ident => $then:expr) => {
                if let Some(version) = model.$list.get(index).and_then(|rule| rule.on(law)) {
                    let $body = &version.body;
                    $then
                }
            };
        }
        match kind {
            Kind::Term => {
                body!(terms, term => self.condition(term.when));
                self.pinned(TermId(index));
            }
            Kind::Duty => body!(duties, duty => self.duty(DutyId(index), duty)),
            Kind::Exemption => body!(exemptions, exemption => {
                self.condition(exemption.when);
                self.length(exemption.grace);
            }),
            Kind::Suspension => body!(suspensions, it => self.condition(it.when)),
            Kind::Warning => body!(warnings, it => self.condition(it.when)),
            Kind::Assessment => body!(assessments, it => self.length(it.reassessed_after)),
            Kind::Classification => body!(classifications, it => {
                for branch in &it.branches {
                    branch.when.into_iter().for_each(|when| self.condition(when));
                }
            }),
            _ => {}
        }
    }

    /// Spells that a transitional provision judges by earlier law.
    fn pinned(&mut self, term: TermId) {
        let law = self.law;
        for (index, rule) in self.model.transitions.iter().enumerate() {
            let pin = rule.on(law).filter(|pin| pin.body.term == term);
            if let Some(pin) = pin {
                self.uses(Kind::Transition, index);
                self.todo.push(((Kind::Term, term.0), pin.body.law_of));
            }
        }
    }

    fn duty(&mut self, id: DutyId, duty: &'m Duty) {
        self.condition(duty.scope);
        self.condition(duty.counted);
        for restart in &duty.restarts {
            self.condition(restart.begins);
        }
        self.length(Some(duty.deadline.length));
        if let Some(anchor) = duty.deadline.anchor {
            self.condition(anchor.condition);
        }
        self.exceptions(&duty.deadline.exceptions);
        for fulfilment in &duty.fulfilments {
            self.condition(fulfilment.by);
            if let Next::After(length, exceptions) = &fulfilment.next {
                self.length(Some(*length));
                self.exceptions(exceptions);
            }
        }
        if let Some(entry) = &duty.entry {
            self.length(Some(entry.length));
            self.length(entry.at_most);
        }
        for required in &duty.required {
            self.uses(Kind::Assessment, required.assessment.0);
            required
                .when
                .into_iter()
                .for_each(|when| self.condition(when));
        }
        self.attached(id);
    }

    /// The exemptions from a duty, and its suspensions.
    fn attached(&mut self, id: DutyId) {
        let (model, law) = (self.model, self.law);
        for (index, rule) in model.exemptions.iter().enumerate() {
            if rule.on(law).is_some_and(|it| it.body.duties.contains(&id)) {
                self.uses(Kind::Exemption, index);
            }
        }
        for (index, rule) in model.suspensions.iter().enumerate() {
            if rule.on(law).is_some_and(|it| it.body.duties.contains(&id)) {
                self.uses(Kind::Suspension, index);
            }
        }
    }

    fn exceptions(&mut self, exceptions: &[DeadlineException]) {
        for exception in exceptions {
            self.length(Some(exception.length));
            self.condition(exception.when);
        }
    }

    fn length(&mut self, length: Option<LengthValue>) {
        if let Some(length) = length {
            self.literal(length);
        }
    }

    fn literal<T>(&mut self, literal: Literal<T>) {
        if let Literal::Parameter(ParameterId(index)) = literal {
            self.uses(Kind::Parameter, index);
        }
    }

    /// The rules that a condition names, and the parameters in it.
    fn condition(&mut self, id: ConditionId) {
        let kind = &self.model.condition(id).kind;
        match kind {
            ConditionKind::Term(TermId(index)) => self.uses(Kind::Term, *index),
            ConditionKind::DutyIs(DutyId(index), _) => self.uses(Kind::Duty, *index),
            ConditionKind::ClassifiedAs(ClassificationId(index), _) => {
                self.uses(Kind::Classification, *index);
            }
            ConditionKind::Parameter(ParameterId(index)) => self.uses(Kind::Parameter, *index),
            ConditionKind::Assessed { assessment, filter } => {
                self.uses(Kind::Assessment, assessment.0);
                self.row(filter);
            }
            ConditionKind::Rows {
                filter, durations, ..
            } => {
                self.row(filter);
                self.durations(durations);
            }
            ConditionKind::HeldFor(_, length)
            | ConditionKind::Within(_, length)
            | ConditionKind::Bridged(_, length)
            | ConditionKind::Near(length, _) => self.literal(*length),
            ConditionKind::TotalWithin { total, window, .. } => {
                self.literal(*total);
                self.literal(*window);
            }
            ConditionKind::KnownOn(_, date) => self.literal(*date),
            _ => {}
        }
        for part in kind.operands() {
            self.condition(part);
        }
    }

    fn row(&mut self, condition: &RowCondition) {
        match condition {
            RowCondition::All(parts)
            | RowCondition::Any(parts)
            | RowCondition::AtLeast(_, parts) => parts.iter().for_each(|part| self.row(part)),
            RowCondition::Not(part) => self.row(part),
            RowCondition::Field(_, RowTest::Ordered(_, bound)) => self.literal(*bound),
            RowCondition::Field(_, RowTest::OneOf(_)) => {}
        }
    }

    fn durations(&mut self, tests: &[DurationTest]) {
        for test in tests {
            self.literal(test.length);
        }
    }
}
