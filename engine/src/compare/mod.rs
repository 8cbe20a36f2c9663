//! Two rule sets side by side: which rules mean something else, and whose answers differ and why.
//!
//! ```text
//! Model, Model -shape-> numbers of structures -pair, tell-> rules added, removed, changed, affected
//! two answers for one case -differences-> days on which they differ -deciding-> the reasons of both
//! ```
//!
//! Rules are compared by what they mean: titles, summaries, layout, names and the order of what has
//! no order make no difference.

mod answers;
mod bases;
mod conditions;
mod deciding;
mod items;
mod kinds;
mod parts;
mod said;
mod schema;
mod shape;
mod tell;

pub use answers::{Answer, Pair, Stretch, pairs, stretches};
pub use deciding::{Deciding, Named, Step, deciding};
pub use parts::Words;
pub use said::{length_words, value_words};
pub use schema::{Conflict, Projection, union};
pub use tell::{Change, Difference, RuleChange, changes};

use crate::model::{Model, Parameter, ParameterValue, Rule};
use crate::time::Period;
use hjemmel_grammar::diagnostic::Text;
use shape::Shaper;

/// A rule set, and the days whose law is compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'m> {
    /// The rules.
    pub model: &'m Model,
    /// The days whose law is compared: of a pinned rule set, that one day.
    pub window: Period,
}

impl<'m> Side<'m> {
    /// Two rule sets, to be compared on `days`: by all the law they hold, unless one is pinned; then
    /// that one by its day and the other, if it is not, by the law of `days`.
    #[must_use]
    pub fn both(old: &'m Model, new: &'m Model, days: Period) -> [Self; 2] {
        let any = old.pinned.or(new.pinned).is_some();
        let side = |model: &'m Model| Self {
            model,
            window: match model.pinned {
                Some(day) => Period::inclusive(day, day),
                None if any => days,
                None => Period::ALL,
            },
        };
        [side(old), side(new)]
    }
}

/// What a declaration declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A table of the case extract.
    Data,
    /// A dated value.
    Parameter,
    /// A slot for a decision.
    Assessment,
    /// A named condition.
    Term,
    /// A duty.
    Duty,
    /// An exemption.
    Exemption,
    /// A suspension.
    Suspension,
    /// A classification.
    Classification,
    /// A warning.
    Warning,
    /// A measure.
    Measure,
    /// A transitional provision.
    Transition,
}

impl Kind {
    /// The word that declares it.
    #[must_use]
    pub fn words(self) -> Text {
        let (da, en) = match self {
            Self::Data => ("data", "data"),
            Self::Parameter => ("parameter", "parameter"),
            Self::Assessment => ("skøn", "assessment"),
            Self::Term => ("begreb", "term"),
            Self::Duty => ("pligt", "duty"),
            Self::Exemption => ("fritagelse", "exemption"),
            Self::Suspension => ("udsættelse", "suspension"),
            Self::Classification => ("opdeling", "classification"),
            Self::Warning => ("advarsel", "warning"),
            Self::Measure => ("måling", "measure"),
            Self::Transition => ("overgang", "transition"),
        };
        Text::new(da, en)
    }

    /// Whether it gives a case an answer.
    #[must_use]
    pub fn is_judged(self) -> bool {
        matches!(self, Self::Duty | Self::Classification | Self::Warning)
    }

    /// Whether the order of some of its clauses has a meaning.
    fn is_ordered(self) -> bool {
        matches!(self, Self::Duty | Self::Measure)
    }
}

/// The values of a parameter on the days of `window` on which it has one; equal neighbours are one.
fn values(rule: &Rule<Parameter>, window: Period) -> Vec<(Period, ParameterValue)> {
    let mut values: Vec<(Period, ParameterValue)> = Vec::new();
    for (days, version) in Shaper::pieces(rule, window) {
        for (validity, value) in version.map_or(&[][..], |version| &version.body.values) {
            let days = days.and(validity.period);
            match values.last_mut() {
                _ if days.is_empty() => {}
                Some((before, same)) if *same == *value && before.end == days.start => {
                    before.end = days.end;
                }
                _ => values.push((days, *value)),
            }
        }
    }
    values
}
