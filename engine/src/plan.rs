//! Rules made ready to be asked of many cases.

use crate::columns::{Batch, Reads};
use crate::histories::Histories;
use crate::model::{Model, Subject};
use crate::time::{Day, Period};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The days that are judged: of one day, that day.
    pub window: Period,
    /// Only what was registered by this day counts; all, if `None`.
    pub known_on: Option<Day>,
}

/// The rules that answer a question. Made once, then asked of batch after batch, on any thread.
#[derive(Clone, Debug)]
pub struct Plan {
    reads: Reads,
}

impl Plan {
    /// Makes the rules ready.
    #[must_use]
    pub fn new(model: &Model, _subjects: &[Subject], _question: Question) -> Self {
        Self {
            reads: Reads::all(model),
        }
    }

    /// The columns that it reads; others may be [`crate::columns::Column::Absent`].
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The answer of each rule for every case of the batch.
    #[must_use]
    pub fn answer(&self, _batch: &Batch) -> Vec<Histories> {
        Vec::new()
    }
}
