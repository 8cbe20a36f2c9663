//! The readable evaluator: one case at a time, over sorted runs of days, never day by day.
//!
//! "What a day may know" is taken literally. Between two days on which a row begins or the law
//! changes, all days know the same rows and the same law: such a stretch is an *epoch*. A [`View`]
//! is the case as an epoch sees it, and answers every condition for all days, the days to come
//! included. The answer on a day is its own epoch's view on that day; the same view on later days
//! is the forecast if nothing new is registered. Views that see the same of what an answer was made of share it (`memo`).
//!
//! This evaluator is the reference: what it says is what the language means.

mod clock;
mod conditions;
mod decisions;
mod derivation;
mod duty;
mod epochs;
mod memo;
mod missing;
mod rows;
mod runs;
mod states;
#[cfg(test)]
mod testing;
mod view;

pub(crate) use clock::{Clock, Entry, Lengths, Next};
pub(crate) use decisions::{Decided, Decision, Decisions};
pub use derivation::DueStep;
pub(crate) use duty::attached;
pub use epochs::Evaluation;
pub(crate) use epochs::Occasions;
pub(crate) use rows::possibly_covered;
pub(crate) use states::{Deciders, Said, states};
pub use view::View;

use crate::case::Case;
use crate::model::{ClassificationId, DutyId, Model, Subject, WarningId};
use crate::outcome::Outcome;
use crate::time::Day;

/// The answer of a rule for a case on `day`, by the rows registered on or before `known_on` (all,
/// if `None`). `None` if the rule is not part of the law that day.
#[must_use]
pub fn judge(
    model: &Model,
    case: &Case,
    subject: Subject,
    day: Day,
    known_on: Option<Day>,
) -> Option<Outcome> {
    Evaluation::new(model, case, known_on).judge(subject, day)
}

/// The rules that give every case an answer, in the order of the rule files: duties, then
/// classifications, then warnings.
#[must_use]
pub fn subjects(model: &Model) -> Vec<Subject> {
    let duties = (0..model.duties.len()).map(|i| Subject::Duty(DutyId(i)));
    let classifications =
        (0..model.classifications.len()).map(|i| Subject::Classification(ClassificationId(i)));
    let warnings = (0..model.warnings.len()).map(|i| Subject::Warning(WarningId(i)));
    duties.chain(classifications).chain(warnings).collect()
}

/// The name of the rule that a subject is.
#[must_use]
pub fn subject_name(model: &Model, subject: Subject) -> &str {
    model.name_of(subject)
}
