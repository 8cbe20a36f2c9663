//! What a rule says of many cases, in columns: dated states.

use crate::model::{MeasureId, Subject};
use crate::outcome::{Due, State};
use crate::time::{Period, Truth};
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

/// What the cases of a batch add to a measure. The runs of a case are in order; on days in none of
/// them the case is not counted, or the measure is not in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureHistories {
    /// The measure.
    pub measure: MeasureId,
    /// The groups, as in [`crate::measure::Contribution::group`].
    pub groups: Vec<Vec<String>>,
    /// Where the runs of each case begin, and at last how many there are: one more than cases.
    pub offsets: Vec<u32>,
    /// The days of each run.
    pub days: Vec<Period>,
    /// What the case adds on each day of it.
    pub added: Vec<Added>,
}

/// What a case adds to a measure on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// Whether it is in the denominator: it is, or may be.
    pub out_of: Truth,
    /// Whether it is in the numerator.
    pub counted: Truth,
    /// The group: a position in [`MeasureHistories::groups`].
    pub group: u32,
}

impl MeasureHistories {
    /// What no case adds.
    pub(crate) fn none(measure: MeasureId) -> Self {
        Self {
            measure,
            groups: Vec::new(),
            offsets: vec![0],
            days: Vec::new(),
            added: Vec::new(),
        }
    }

    /// The positions of the runs of a case.
    #[must_use]
    pub fn runs_of(&self, case: usize) -> Range<usize> {
        match self.offsets.get(case..case.saturating_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// The position of a group.
    pub(crate) fn group(&mut self, words: Vec<String>) -> u32 {
        let found = self.groups.iter().position(|group| *group == words);
        let at = found.unwrap_or_else(|| {
            self.groups.push(words);
            self.groups.len().saturating_sub(1)
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Adds a run to the case whose runs begin at `start`; one with its neighbour if they are alike.
    pub(crate) fn push(&mut self, start: usize, days: Period, added: Added) {
        if start < self.days.len()
            && self.added.last() == Some(&added)
            && let Some(last) = self.days.last_mut()
            && last.end == days.start
        {
            last.end = days.end;
            return;
        }
        self.days.push(days);
        self.added.push(added);
    }
}
