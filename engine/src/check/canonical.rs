//! Equal conditions: a number for each condition that is the same for conditions that say the same.

use crate::model::{Anchor, ConditionId, ConditionKind, Exception, Model};
use std::collections::HashMap;

/// For each condition the first condition of the model that says the same.
pub(super) struct Canonical {
    first: Vec<ConditionId>,
}

impl Canonical {
    /// Compares all conditions, operands before what is made of them.
    pub(super) fn new(model: &Model) -> Self {
        let mut seen: HashMap<ConditionKind, ConditionId> = HashMap::new();
        let mut canonical = Self {
            first: Vec::with_capacity(model.conditions.len()),
        };
        for (i, condition) in model.conditions.iter().enumerate() {
            // What could not be resolved equals nothing, not even itself elsewhere.
            let first = if condition.kind == ConditionKind::Unreadable {
                ConditionId(i)
            } else {
                let said = canonical.renamed(&condition.kind);
                *seen.entry(said).or_insert(ConditionId(i))
            };
            canonical.first.push(first);
        }
        canonical
    }

    /// The first condition that says the same.
    pub(super) fn of(&self, id: ConditionId) -> ConditionId {
        self.first.get(id.0).copied().unwrap_or(id)
    }

    fn each(&self, parts: &[ConditionId]) -> Vec<ConditionId> {
        let mut parts: Vec<_> = parts.iter().map(|part| self.of(*part)).collect();
        parts.sort_unstable();
        parts
    }

    /// The same condition with canonical operands, in an order that does not depend on the text.
    fn renamed(&self, kind: &ConditionKind) -> ConditionKind {
        match kind {
            ConditionKind::All(parts) => ConditionKind::All(self.each(parts)),
            ConditionKind::Any(parts) => ConditionKind::Any(self.each(parts)),
            ConditionKind::AtLeast(count, parts) => {
                ConditionKind::AtLeast(*count, self.each(parts))
            }
            ConditionKind::Not(part) => ConditionKind::Not(self.of(*part)),
            ConditionKind::Except { base, exceptions } => ConditionKind::Except {
                base: self.of(*base),
                exceptions: exceptions
                    .iter()
                    .map(|it| Exception {
                        when: self.of(it.when),
                        basis: None,
                        holds: it.holds,
                    })
                    .collect(),
            },
            ConditionKind::HeldFor(part, length) => ConditionKind::HeldFor(self.of(*part), *length),
            ConditionKind::Within(part, length) => ConditionKind::Within(self.of(*part), *length),
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                let condition = self.of(*condition);
                ConditionKind::TotalWithin {
                    condition,
                    total: *total,
                    window: *window,
                }
            }
            ConditionKind::Bridged(part, length) => ConditionKind::Bridged(self.of(*part), *length),
            ConditionKind::BridgedMonth(part) => ConditionKind::BridgedMonth(self.of(*part)),
            ConditionKind::WholeWeeks(part) => ConditionKind::WholeWeeks(self.of(*part)),
            ConditionKind::Near(length, anchor) => {
                let anchor = Anchor {
                    condition: self.of(anchor.condition),
                    ..*anchor
                };
                ConditionKind::Near(*length, anchor)
            }
            ConditionKind::KnownOn(part, date) => ConditionKind::KnownOn(self.of(*part), *date),
            other => other.clone(),
        }
    }
}
