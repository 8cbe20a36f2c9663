//! Conditions that parameters alone decide: no example can exercise them.

use crate::model::{ConditionId, ConditionKind, Model, ParameterValue, TermId};
use crate::time::Day;
use std::collections::BTreeMap;

/// What is known of them so far.
pub(super) struct Constants<'m> {
    model: &'m Model,
    terms: BTreeMap<(TermId, Day), Option<bool>>,
}

impl<'m> Constants<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            terms: BTreeMap::new(),
        }
    }

    /// What a condition is on every day under a law, if parameters alone decide it.
    pub(super) fn of(&mut self, id: ConditionId, law: Day) -> Option<bool> {
        match &self.model.condition(id).kind {
            ConditionKind::Parameter(parameter) => match self.model.parameter_on(*parameter, law) {
                Some(ParameterValue::YesNo(value)) => Some(value),
                _ => None,
            },
            ConditionKind::Not(part) => self.of(*part, law).map(|value| !value),
            ConditionKind::All(parts) => self.decided(parts, law, false),
            ConditionKind::Any(parts) => self.decided(parts, law, true),
            ConditionKind::Term(term) => self.term(*term, law),
            // Of what never holds there is no run.
            ConditionKind::HeldFor(part, _)
            | ConditionKind::Within(part, _)
            | ConditionKind::Bridged(part, _)
            | ConditionKind::BridgedMonth(part)
            | ConditionKind::WholeWeeks(part) => self.of(*part, law).filter(|value| !value),
            _ => None,
        }
    }

    /// One part that is `by` decides, else all must be the opposite.
    fn decided(&mut self, parts: &[ConditionId], law: Day, by: bool) -> Option<bool> {
        let parts: Vec<Option<bool>> = parts.iter().map(|part| self.of(*part, law)).collect();
        if parts.contains(&Some(by)) {
            return Some(by);
        }
        let all = parts.iter().all(|part| *part == Some(!by));
        all.then_some(!by)
    }

    fn term(&mut self, term: TermId, law: Day) -> Option<bool> {
        if let Some(known) = self.terms.get(&(term, law)) {
            return *known;
        }
        let version = self.model.terms.get(term.0).and_then(|rule| rule.on(law));
        let value = version.and_then(|version| self.of(version.body.when, law));
        self.terms.insert((term, law), value);
        value
    }
}
