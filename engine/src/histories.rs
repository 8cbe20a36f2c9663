//! What a rule says of many cases, in columns: dated states.

use crate::model::Subject;
use crate::outcome::{Due, State};
use crate::time::Period;
use std::ops::Range;
use std::sync::Arc;

/// The dated states that one rule gives the cases of a batch. The runs of a case are in order, and
/// cover the days asked about on which the rule is part of the law; two neighbours differ in state
/// or due date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histories {
    /// The rule.
    pub subject: Subject,
    /// The states that codes stand for.
    pub states: Arc<[State]>,
    /// Where the runs of each case begin, and at last how many there are: one more than cases.
    pub offsets: Vec<u32>,
    /// The days of each run.
    pub days: Vec<Period>,
    /// The state of each run: a position in `states`.
    pub state: Vec<u16>,
    /// The due date of each run, as in [`crate::outcome::StateRun::due`]; empty for rules that are
    /// not duties.
    pub due: Vec<Option<Due>>,
}

impl Histories {
    /// The positions of the runs of a case.
    #[must_use]
    pub fn runs_of(&self, case: usize) -> Range<usize> {
        match self.offsets.get(case..case.saturating_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }
}
