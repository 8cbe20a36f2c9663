//! Rules made ready to be asked of many cases.
//!
//! ```text
//! Model + what is asked -compile-> Plan (nodes, each once) -columnar-> Histories of a Batch
//! ```

mod compile;
mod node;

use crate::columnar;
use crate::columns::{Batch, ColumnsError, Reads};
use crate::evaluate::law_changes;
use crate::histories::Histories;
use crate::model::{DutyState, Model, Subject, Table};
use crate::outcome::State;
use crate::time::{Day, Period, Truth};
use compile::{Compiler, Context, Made};
use std::sync::Arc;

pub(crate) use compile::{duty_code, truth_code};
pub(crate) use node::{
    DutyPlan, Filter, LengthsPlan, NextPlan, Node, NodeId, Reassessed, RowsOf, States, StatesId,
};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The days that are judged: of one day, that day.
    pub window: Period,
    /// Only what was registered by this day counts; all, if `None`.
    pub known_on: Option<Day>,
}

/// The rules that answer a question. Made once, then asked of batch after batch, on any thread.
#[derive(Debug)]
pub struct Plan {
    pub(crate) question: Question,
    pub(crate) tables: Vec<Table>,
    pub(crate) rules: Vec<Asked>,
    made: Made,
    reads: Reads,
}

/// A rule that is asked.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) subject: Subject,
    pub(crate) states: Arc<[State]>,
    /// What it is under each law, on days that follow each other; none where it is not part of it.
    pub(crate) stretches: Vec<(Period, StatesId)>,
}

impl Plan {
    /// Makes rules ready.
    #[must_use]
    pub fn new(model: &Model, subjects: &[Subject], question: Question) -> Self {
        let window = question.window.and(Period::ALL);
        let mut plan = Self {
            question: Question { window, ..question },
            tables: model.tables.clone(),
            rules: Vec::new(),
            made: Made::default(),
            reads: Reads::none(model),
        };
        plan.add(model, subjects);
        plan
    }

    /// Asks rules of another rule set about the same tables beside these: what both say is worked
    /// out once. Its answers follow the others.
    ///
    /// # Errors
    ///
    /// The other rule set declares other tables.
    pub fn beside(mut self, model: &Model, subjects: &[Subject]) -> Result<Self, ColumnsError> {
        let pairs = || self.tables.iter().zip(&model.tables);
        let same = self.tables.len() == model.tables.len();
        if !same || !pairs().all(|(ours, theirs)| ours.reads_as(theirs)) {
            let said = "two rule sets that are asked together must declare the same tables";
            return Err(ColumnsError(said.to_owned()));
        }
        self.add(model, subjects);
        Ok(self)
    }

    fn add(&mut self, model: &Model, subjects: &[Subject]) {
        let mut compiler = Compiler::new(model, &mut self.made, &mut self.reads);
        let laws = laws(model, self.question.window);
        for subject in subjects {
            let mut stretches: Vec<(Period, StatesId)> = Vec::new();
            for days in &laws {
                let context = Context {
                    law: days.start,
                    known_on: self.question.known_on,
                    expired_counts: false,
                };
                let Some(states) = compiler.subject(*subject, context) else {
                    continue;
                };
                match stretches.last_mut() {
                    // Under both laws it says the same.
                    Some((before, same)) if *same == states && before.end == days.start => {
                        before.end = days.end;
                    }
                    _ => stretches.push((*days, states)),
                }
            }
            self.rules.push(Asked {
                subject: *subject,
                states: states_of(model, *subject),
                stretches,
            });
        }
    }

    /// The columns that it reads; others may be [`crate::columns::Column::Absent`].
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The answer of each rule for every case of the batch.
    #[must_use]
    pub fn answer(&self, batch: &Batch) -> Vec<Histories> {
        columnar::answer(self, batch)
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.made.nodes
    }

    pub(crate) fn states(&self) -> &[States] {
        &self.made.states
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        static UNKNOWN: Node = Node::Constant(Truth::Unknown);
        self.made.nodes.get(id.0).unwrap_or(&UNKNOWN)
    }
}

/// The days of the window, cut where the law changes.
fn laws(model: &Model, window: Period) -> Vec<Period> {
    let mut starts = law_changes(model);
    starts.retain(|day| window.start < *day && *day < window.end);
    starts.push(window.start);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([window.end]);
    let laws = starts.iter().zip(ends);
    laws.map(|(start, end)| Period::new(*start, end))
        .filter(|days| !days.is_empty())
        .collect()
}

/// The states that the codes of a rule stand for.
fn states_of(model: &Model, subject: Subject) -> Arc<[State]> {
    match subject {
        Subject::Duty(_) => DutyState::ALL.into_iter().map(State::Duty).collect(),
        Subject::Classification(id) => {
            let names = compile::branch_names(model, id).into_iter();
            let branches = names.map(|name| State::Branch(name.to_owned()));
            branches.chain([State::UnknownBranch]).collect()
        }
        Subject::Term(_) | Subject::Assessment(_) | Subject::Warning(_) => {
            [Truth::No, Truth::Unknown, Truth::Yes]
                .into_iter()
                .map(State::Truth)
                .collect()
        }
    }
}
