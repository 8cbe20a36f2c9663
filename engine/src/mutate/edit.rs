//! Changes of a model that are made, and taken back, by exchanging a part.

use crate::model::{
    Assessment, AssessmentId, Classification, ClassificationId, Condition, ConditionId,
    ConditionKind, Duty, DutyId, Exemption, ExemptionId, Model, NOWHERE, Parameter, ParameterId,
    Rule, Suspension, SuspensionId, TermId, Transition, Validity, WarningId,
};
use std::mem::swap;

/// A part of a model and what takes its place. After an exchange it holds the part itself, so that
/// a second one restores the model.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Condition(ConditionId, ConditionKind),
    /// A condition that the rules do not have, for another to rest on: a position among the spare.
    Spare(usize, ConditionKind),
    Duty(DutyId, usize, Box<Duty>),
    Exemption(ExemptionId, usize, Exemption),
    Suspension(SuspensionId, usize, Suspension),
    Assessment(AssessmentId, usize, Assessment),
    Classification(ClassificationId, usize, Classification),
    Parameter(ParameterId, usize, Parameter),
    Transition(usize, usize, Transition),
    /// The validity that it takes the place of is told beside it.
    Validity {
        rule: RuleId,
        version: usize,
        own: Validity,
        other: Validity,
    },
}

/// A rule of any kind that has versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum RuleId {
    Parameter(ParameterId),
    Assessment(AssessmentId),
    Term(TermId),
    Duty(DutyId),
    Exemption(ExemptionId),
    Suspension(SuspensionId),
    Classification(ClassificationId),
    Warning(WarningId),
    Transition(usize),
}

/// How many conditions a mutant may have that the rules do not have.
pub(super) const SPARES: usize = 3;

/// The id of a spare condition in a model that has so many of its own.
pub(super) fn spare(own: usize, which: usize) -> ConditionId {
    ConditionId(own.saturating_add(which))
}

/// Makes room for the spare conditions.
pub(super) fn with_spares(model: &mut Model) {
    let spare = || Condition {
        kind: ConditionKind::Unreadable,
        site: NOWHERE,
    };
    model
        .conditions
        .extend(std::iter::repeat_with(spare).take(SPARES));
}

impl Edit {
    /// Exchanges the part of a model that has spare conditions.
    pub(super) fn exchange(&mut self, model: &mut Model) {
        match self {
            Self::Condition(id, kind) => exchange_condition(model, *id, kind),
            Self::Spare(which, kind) => {
                let own = model.conditions.len().saturating_sub(SPARES);
                exchange_condition(model, spare(own, *which), kind);
            }
            Self::Duty(id, at, body) => in_version(&mut model.duties, id.0, *at, body.as_mut()),
            Self::Exemption(id, at, body) => in_version(&mut model.exemptions, id.0, *at, body),
            Self::Suspension(id, at, body) => in_version(&mut model.suspensions, id.0, *at, body),
            Self::Assessment(id, at, body) => in_version(&mut model.assessments, id.0, *at, body),
            Self::Classification(id, at, body) => {
                in_version(&mut model.classifications, id.0, *at, body);
            }
            Self::Parameter(id, at, body) => in_version(&mut model.parameters, id.0, *at, body),
            Self::Transition(id, at, body) => in_version(&mut model.transitions, *id, *at, body),
            Self::Validity {
                rule,
                version,
                other,
                ..
            } => exchange_validity(model, *rule, *version, other),
        }
    }

    /// The same change of another version of the rule, if it changes what one version says.
    pub(super) fn in_version(&self, at: usize) -> Option<Self> {
        Some(match self.clone() {
            Self::Duty(id, _, body) => Self::Duty(id, at, body),
            Self::Exemption(id, _, body) => Self::Exemption(id, at, body),
            Self::Suspension(id, _, body) => Self::Suspension(id, at, body),
            Self::Assessment(id, _, body) => Self::Assessment(id, at, body),
            Self::Classification(id, _, body) => Self::Classification(id, at, body),
            Self::Parameter(id, _, body) => Self::Parameter(id, at, body),
            Self::Transition(id, _, body) => Self::Transition(id, at, body),
            Self::Condition(..) | Self::Spare(..) | Self::Validity { .. } => return None,
        })
    }

    /// Whether the days on which the law changes may be others afterwards.
    pub(super) fn moves_the_law(&self) -> bool {
        matches!(self, Self::Parameter(..) | Self::Validity { .. })
    }
}

fn exchange_condition(model: &mut Model, id: ConditionId, kind: &mut ConditionKind) {
    if let Some(condition) = model.conditions.get_mut(id.0) {
        swap(&mut condition.kind, kind);
    }
}

fn in_version<T>(rules: &mut [Rule<T>], rule: usize, at: usize, body: &mut T) {
    let version = rules
        .get_mut(rule)
        .and_then(|rule| rule.versions.get_mut(at));
    if let Some(version) = version {
        swap(&mut version.body, body);
    }
}

fn exchange_validity(model: &mut Model, rule: RuleId, at: usize, validity: &mut Validity) {
    if let Some(found) = validity_of(model, rule, at) {
        swap(found, validity);
    }
}

/// When a version of a rule is in force.
fn validity_of(model: &mut Model, rule: RuleId, at: usize) -> Option<&mut Validity> {
    fn of<T>(rules: &mut [Rule<T>], rule: usize, at: usize) -> Option<&mut Validity> {
        let version = rules.get_mut(rule)?.versions.get_mut(at)?;
        Some(&mut version.validity)
    }
    match rule {
        RuleId::Parameter(id) => of(&mut model.parameters, id.0, at),
        RuleId::Assessment(id) => of(&mut model.assessments, id.0, at),
        RuleId::Term(id) => of(&mut model.terms, id.0, at),
        RuleId::Duty(id) => of(&mut model.duties, id.0, at),
        RuleId::Exemption(id) => of(&mut model.exemptions, id.0, at),
        RuleId::Suspension(id) => of(&mut model.suspensions, id.0, at),
        RuleId::Classification(id) => of(&mut model.classifications, id.0, at),
        RuleId::Warning(id) => of(&mut model.warnings, id.0, at),
        RuleId::Transition(id) => of(&mut model.transitions, id, at),
    }
}
