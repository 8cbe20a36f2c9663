//! Mutants: the rules with one small mistake each, and whether an example notices it.
//!
//! A rule set whose examples let a limit slip by a day, or an exception be forgotten, is not pinned
//! by them. [`mutants`] makes every such mistake once: each limit a day off, each exception and each
//! condition left out, each comparison turned round. [`run`] tries the examples that can notice it,
//! and stops at the first that does: the mutant is *killed*. Measures are not mutated: an example
//! cannot say what a measure counts.
//!
//! A mutant is a change of the resolved [`Model`](crate::model::Model), never of the text. Its id is
//! made of the rule's name, the first day of its version, the clause and the words that are changed,
//! so that it stays the same as long as these do.

mod ages;
mod change;
mod conditions;
mod constant;
mod duties;
mod edit;
mod making;
mod reach;
mod rows;
mod rules;
mod run;
#[cfg(test)]
mod tests;
mod validity;
mod written;

pub use making::mutants;
pub use run::{Fate, run};

use edit::Edit;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Site;

/// A rule set with one mistake.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// `tilbud_aktivitetsparat@2016-01-01/frist/6 måneder/+1 dag`: rule, first day of the version (none
    /// where it has always been in force), clause, the changed words, the change.
    pub id: String,
    /// The name of the rule.
    pub rule: String,
    /// The words that are changed.
    pub site: Site,
    /// What they are changed to.
    pub change: Text,
    /// What an example must show to notice it.
    pub hint: Text,
    /// Why no example can notice it, where that can be proven from the rules alone.
    pub proven: Option<Text>,
    edits: Vec<Edit>,
}
