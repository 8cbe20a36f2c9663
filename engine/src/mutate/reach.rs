//! Which answers can rest on a rule, and on a day's law.

use super::edit::RuleId;
use crate::check::conditions_of;
use crate::model::{
    Bound, ConditionId, ConditionKind, DeadlineException, Duty, DutyId, LengthValue, Literal,
    Model, Next, ParameterId, RowCondition, RowTest, Rule, Subject, TermId,
};
use crate::time::{Day, Period};
use std::collections::{BTreeMap, BTreeSet};

/// The rules of every kind that each answer can rest on, in any version.
pub(super) struct Reach {
    rests_on: BTreeMap<Subject, BTreeSet<RuleId>>,
    /// The days whose law a transition calls up on other days.
    called_up: Vec<Day>,
    /// The parameters that answers rest on under the law of a day: of every day on which the law
    /// changes, and of the day before.
    asked_for: BTreeMap<Day, BTreeSet<ParameterId>>,
}

impl Reach {
    pub(super) fn of(model: &Model) -> Self {
        let transitions = model.transitions.iter().flat_map(|rule| &rule.versions);
        let mut reach = Self {
            rests_on: BTreeMap::new(),
            called_up: transitions.map(|version| version.body.law_of).collect(),
            asked_for: BTreeMap::new(),
        };
        for subject in subjects(model) {
            reach.visit(model, subject);
        }
        reach
    }

    /// The same with the parameters that are asked for from one law to the next.
    pub(super) fn with_parameters(model: &Model) -> Self {
        let changes = model.law_changes().into_iter();
        let days = changes.flat_map(|day| [day.previous(), day]);
        let days: BTreeSet<Day> = days.chain([Day::FIRST]).collect();
        let of = |day| {
            let on_the_day = Self::of(&on_one_day(model, day));
            let rules = on_the_day.rests_on.into_values().flatten();
            let parameters = rules.filter_map(|rule| match rule {
                RuleId::Parameter(id) => Some(id),
                _ => None,
            });
            (day, parameters.collect())
        };
        let asked_for = days.into_iter().map(of).collect();
        Self {
            asked_for,
            ..Self::of(model)
        }
    }

    /// Works out what a rule rests on, and what it uses before that.
    fn visit(&mut self, model: &Model, subject: Subject) -> BTreeSet<RuleId> {
        if let Some(known) = self.rests_on.get(&subject) {
            return known.clone();
        }
        let mut uses = Uses::default();
        uses.of(model, subject);
        let mut rules = uses.rules;
        for used in uses.subjects {
            rules.extend(self.visit(model, used));
        }
        self.rests_on.insert(subject, rules.clone());
        rules
    }

    /// Whether the answer of a rule can rest on another.
    pub(super) fn rests_on(&self, subject: Subject, rule: RuleId) -> bool {
        let rules = self.rests_on.get(&subject);
        rules.is_some_and(|rules| rules.contains(&rule))
    }

    /// Whether some answer can rest on a rule under the law of a day. A rule that gives answers of
    /// its own gives them, or no longer does, on a day on which it comes into force or goes out.
    pub(super) fn matters(&self, model: &Model, rule: RuleId, day: Day) -> bool {
        if let RuleId::Parameter(id) = rule {
            return self.is_asked_for(id, Period::inclusive(day, day));
        }
        let resting = |(subject, rules): (&Subject, &BTreeSet<RuleId>)| {
            let own = own_rule(*subject) == rule;
            own || rules.contains(&rule) && model.days_in_force(*subject).contains(day)
        };
        let used = |rules: &BTreeSet<RuleId>| rules.contains(&rule);
        let called_up = self.called_up.contains(&day) && self.rests_on.values().any(used);
        called_up || self.rests_on.iter().any(resting)
    }

    /// Whether some answer rests on a parameter under the law of one of these days. What only a
    /// measure asks for is in no answer.
    pub(super) fn is_asked_for(&self, id: ParameterId, days: Period) -> bool {
        let mut laws = self.asked_for.iter();
        laws.any(|(day, asked_for)| days.contains(*day) && asked_for.contains(&id))
    }

    /// Whether what a day of `looked_at` says can rest on the law of a day of `changed`.
    pub(super) fn looks_at(&self, looked_at: Period, changed: Period) -> bool {
        let called_up = self.called_up.iter().any(|day| changed.contains(*day));
        called_up || !looked_at.and(changed).is_empty()
    }
}

/// The rules with the versions in force on a day alone.
fn on_one_day(model: &Model, day: Day) -> Model {
    fn keep<T: Clone>(rules: &[Rule<T>], day: Day) -> Vec<Rule<T>> {
        let kept = |rule: &Rule<T>| Rule {
            name: rule.name.clone(),
            versions: rule.on(day).cloned().into_iter().collect(),
        };
        rules.iter().map(kept).collect()
    }
    Model {
        assessments: keep(&model.assessments, day),
        terms: keep(&model.terms, day),
        duties: keep(&model.duties, day),
        exemptions: keep(&model.exemptions, day),
        suspensions: keep(&model.suspensions, day),
        classifications: keep(&model.classifications, day),
        warnings: keep(&model.warnings, day),
        conditions: model.conditions.clone(),
        ..Model::default()
    }
}

/// Every rule that gives answers.
fn subjects(model: &Model) -> Vec<Subject> {
    use crate::model::AssessmentId;
    let terms = (0..model.terms.len()).map(|n| Subject::Term(TermId(n)));
    let assessments = (0..model.assessments.len()).map(|n| Subject::Assessment(AssessmentId(n)));
    let others = crate::evaluate::subjects(model);
    others.into_iter().chain(terms).chain(assessments).collect()
}

fn own_rule(subject: Subject) -> RuleId {
    match subject {
        Subject::Duty(id) => RuleId::Duty(id),
        Subject::Classification(id) => RuleId::Classification(id),
        Subject::Term(id) => RuleId::Term(id),
        Subject::Assessment(id) => RuleId::Assessment(id),
        Subject::Warning(id) => RuleId::Warning(id),
    }
}

/// What a rule uses directly.
#[derive(Default)]
struct Uses {
    subjects: BTreeSet<Subject>,
    rules: BTreeSet<RuleId>,
}

impl Uses {
    fn of(&mut self, model: &Model, subject: Subject) {
        self.rules.insert(own_rule(subject));
        for (condition, _) in conditions_of(model, subject) {
            self.condition(model, condition);
        }
        match subject {
            Subject::Duty(id) => self.duty(model, id),
            Subject::Term(id) => {
                let pins = model.transitions.iter().enumerate();
                let pins = pins.filter(|(_, rule)| {
                    let mut versions = rule.versions.iter();
                    versions.any(|version| version.body.term == id)
                });
                self.rules.extend(pins.map(|(n, _)| RuleId::Transition(n)));
            }
            Subject::Assessment(id) => {
                let rule = model.assessments.get(id.0);
                let versions = rule.into_iter().flat_map(|rule| &rule.versions);
                for version in versions {
                    self.maybe(version.body.reassessed_after);
                }
            }
            Subject::Classification(_) | Subject::Warning(_) => {}
        }
    }

    fn duty(&mut self, model: &Model, id: DutyId) {
        let rule = model.duties.get(id.0);
        for version in rule.into_iter().flat_map(|rule| &rule.versions) {
            self.clauses(&version.body);
        }
        for (n, rule) in attached(&model.exemptions, |body| body.duties.contains(&id)) {
            self.rules
                .insert(RuleId::Exemption(crate::model::ExemptionId(n)));
            for version in &rule.versions {
                self.maybe(version.body.grace);
            }
        }
        for (n, _) in attached(&model.suspensions, |body| body.duties.contains(&id)) {
            self.rules
                .insert(RuleId::Suspension(crate::model::SuspensionId(n)));
        }
    }

    fn clauses(&mut self, duty: &Duty) {
        self.length(duty.deadline.length);
        self.exceptions(&duty.deadline.exceptions);
        for fulfilment in &duty.fulfilments {
            if let Next::After(length, exceptions) = &fulfilment.next {
                self.length(*length);
                self.exceptions(exceptions);
            }
        }
        if let Some(entry) = &duty.entry {
            self.length(entry.length);
            self.maybe(entry.at_most);
        }
        let required = duty.required.iter();
        self.subjects
            .extend(required.map(|required| Subject::Assessment(required.assessment)));
    }

    fn exceptions(&mut self, exceptions: &[DeadlineException]) {
        for exception in exceptions {
            self.length(exception.length);
        }
    }

    fn condition(&mut self, model: &Model, id: ConditionId) {
        let kind = &model.condition(id).kind;
        match kind {
            ConditionKind::Term(id) => {
                self.subjects.insert(Subject::Term(*id));
            }
            ConditionKind::DutyIs(id, _) => {
                self.subjects.insert(Subject::Duty(*id));
            }
            ConditionKind::ClassifiedAs(id, _) => {
                self.subjects.insert(Subject::Classification(*id));
            }
            ConditionKind::Assessed { assessment, filter } => {
                self.subjects.insert(Subject::Assessment(*assessment));
                self.row(filter);
            }
            ConditionKind::Rows {
                filter, durations, ..
            } => {
                self.row(filter);
                for test in durations {
                    self.length(test.length);
                }
            }
            ConditionKind::Parameter(id) => self.parameter(*id),
            ConditionKind::HeldFor(_, length)
            | ConditionKind::Within(_, length)
            | ConditionKind::Bridged(_, length)
            | ConditionKind::Near(length, _) => self.length(*length),
            ConditionKind::TotalWithin { total, window, .. } => {
                self.length(*total);
                self.length(*window);
            }
            ConditionKind::KnownOn(_, Literal::Parameter(id)) => self.parameter(*id),
            _ => {}
        }
        for operand in kind.operands() {
            self.condition(model, operand);
        }
    }

    fn row(&mut self, condition: &RowCondition) {
        match condition {
            RowCondition::All(parts)
            | RowCondition::Any(parts)
            | RowCondition::AtLeast(_, parts) => {
                for part in parts {
                    self.row(part);
                }
            }
            RowCondition::Not(part) => self.row(part),
            RowCondition::Field(_, RowTest::Ordered(_, bound)) => self.bound(*bound),
            RowCondition::Field(_, RowTest::OneOf(_)) => {}
        }
    }

    fn bound(&mut self, bound: Literal<Bound>) {
        if let Literal::Parameter(id) = bound {
            self.parameter(id);
        }
    }

    fn maybe(&mut self, length: Option<LengthValue>) {
        if let Some(length) = length {
            self.length(length);
        }
    }

    fn length(&mut self, length: LengthValue) {
        if let Literal::Parameter(id) = length {
            self.parameter(id);
        }
    }

    fn parameter(&mut self, id: ParameterId) {
        self.rules.insert(RuleId::Parameter(id));
    }
}

/// The rules some version of which is attached to a duty.
fn attached<T>(
    rules: &[Rule<T>],
    to_duty: impl Fn(&T) -> bool,
) -> impl Iterator<Item = (usize, &Rule<T>)> {
    let rules = rules.iter().enumerate();
    rules.filter(move |(_, rule)| rule.versions.iter().any(|version| to_duty(&version.body)))
}
