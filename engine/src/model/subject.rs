//! What gives a case an answer, whatever kind of rule it is.

use super::{AssessmentId, ClassificationId, DutyId, Model, TermId, WarningId};
use crate::time::{Day, Days};
use hjemmel_grammar::span::Site;

/// A rule that gives a case an answer on every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A duty's state or due date.
    Duty(DutyId),
    /// A classification's state.
    Classification(ClassificationId),
    /// Whether a term holds.
    Term(TermId),
    /// Whether an assessment holds.
    Assessment(AssessmentId),
    /// Whether a warning is given.
    Warning(WarningId),
}

/// Asks the same of the rule that a subject is, whatever its kind. `None` if there is no such rule.
macro_rules! with_rule {
    ($model:expr, $subject:expr, $rule:ident => $body:expr) => {
        match $subject {
            Subject::Duty(id) => $model.duties.get(id.0).and_then(|$rule| $body),
            Subject::Classification(id) => $model.classifications.get(id.0).and_then(|$rule| $body),
            Subject::Term(id) => $model.terms.get(id.0).and_then(|$rule| $body),
            Subject::Assessment(id) => $model.assessments.get(id.0).and_then(|$rule| $body),
            Subject::Warning(id) => $model.warnings.get(id.0).and_then(|$rule| $body),
        }
    };
}

impl Model {
    /// The name of the rule; empty if there is no such rule.
    #[must_use]
    pub fn name_of(&self, subject: Subject) -> &str {
        with_rule!(self, subject, rule => Some(rule.name.as_str())).unwrap_or_default()
    }

    /// The title of its version in force on `day`.
    #[must_use]
    pub fn title_on(&self, subject: Subject, day: Day) -> Option<&str> {
        with_rule!(self, subject, rule => rule.on(day)?.title.as_deref())
    }

    /// The days on which some version of it is in force.
    #[must_use]
    pub fn days_in_force(&self, subject: Subject) -> Days {
        let days = with_rule!(self, subject, rule => {
            let versions = rule.versions.iter();
            Some(Days::from_periods(versions.map(|version| version.validity.period).collect()))
        });
        days.unwrap_or_default()
    }

    /// Whether `day` lies between its first and its last version in force, holes included.
    #[must_use]
    pub fn spans(&self, subject: Subject, day: Day) -> bool {
        with_rule!(self, subject, rule => Some(rule.spans(day))).unwrap_or(false)
    }

    /// The place of its name in its first version.
    #[must_use]
    pub fn site_of(&self, subject: Subject) -> Option<Site> {
        with_rule!(self, subject, rule => Some(rule.versions.first()?.name_site))
    }
}
