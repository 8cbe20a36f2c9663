//! Conditions that a yes/no parameter settles for as long as a version is in force: what stands beside
//! it then makes no difference, and no example can notice that it is changed.

use super::making::{Making, Place};
use crate::model::{ConditionId, ConditionKind, ParameterId, ParameterValue};
use crate::time::Period;
use hjemmel_grammar::diagnostic::Text;

/// What a condition always is, and the parameter that settles it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constant {
    pub(super) holds: bool,
    by: ParameterId,
}

impl Making<'_> {
    /// What a condition is on every day of a version, if a parameter settles it.
    pub(super) fn constant(&self, id: ConditionId, days: Period) -> Option<Constant> {
        match &self.model.condition(id).kind {
            ConditionKind::Parameter(by) => {
                let holds = self.always(*by, days)?;
                Some(Constant { holds, by: *by })
            }
            ConditionKind::Not(part) => {
                let part = self.constant(*part, days)?;
                Some(Constant {
                    holds: !part.holds,
                    ..part
                })
            }
            ConditionKind::All(parts) => self.decider(parts, false, days).map(|(_, it)| it),
            ConditionKind::Any(parts) => self.decider(parts, true, days).map(|(_, it)| it),
            _ => None,
        }
    }

    /// The first of some conditions that is always so.
    pub(super) fn decider(
        &self,
        parts: &[ConditionId],
        holds: bool,
        days: Period,
    ) -> Option<(usize, Constant)> {
        let constants = parts.iter().map(|part| self.constant(*part, days));
        constants
            .enumerate()
            .find_map(|(n, constant)| Some((n, constant.filter(|it| it.holds == holds)?)))
    }

    /// The one value of a yes/no parameter on all of these days.
    fn always(&self, id: ParameterId, days: Period) -> Option<bool> {
        let first = self.model.parameter_on(id, days.start)?;
        let versions = &self.model.parameters.get(id.0)?.versions;
        let values = versions.iter().flat_map(|version| {
            let values = version.body.values.iter();
            values.map(|(validity, value)| (validity.period.and(version.validity.period), *value))
        });
        let same = values.filter(|(_, value)| *value == first);
        let covered = crate::time::Days::from_periods(same.map(|(days, _)| days).collect());
        let open = covered.not().within(days);
        match first {
            ParameterValue::YesNo(yes) if open.is_empty() => Some(yes),
            _ => None,
        }
    }

    /// Makes mutants that no example can notice, because a parameter settles what they change.
    pub(super) fn beside(
        &mut self,
        constant: Option<Constant>,
        place: &Place<'_>,
        make: impl FnOnce(&mut Self),
    ) {
        let Some(constant) = constant else {
            return make(self);
        };
        let before = self.proven.clone();
        if before.is_none() {
            let rule = self.model.parameters.get(constant.by.0);
            let name = rule.map_or("", |rule| &rule.name);
            self.proven = Some(Text::new(
                format!(
                    "parameteren {name} afgør det, så længe {} gælder",
                    place.rule
                ),
                format!(
                    "the parameter {name} settles it for as long as {} is in force",
                    place.rule
                ),
            ));
        }
        make(self);
        self.proven = before;
    }
}
