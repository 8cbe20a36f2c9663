//! Rules made ready to be asked of many cases.
//!
//! ```text
//! Model + what is asked -compile-> Plan (nodes, each once) -columnar-> Histories of a Batch
//! ```

mod compile;
mod duties;
mod measures;
mod node;
mod parallel;

use crate::columnar::{self, Lookups};
use crate::columns::{Batch, ColumnsError, Reads};
use crate::histories::{Histories, MeasureHistories};
use crate::model::{DutyState, MeasureId, Model, Subject, Table};
use crate::outcome::State;
use crate::time::{Day, Period, Truth};
use compile::{Compiler, Context, Made};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub(crate) use compile::{duty_code, truth_code};
pub(crate) use measures::{AskedMeasure, MeasurePlan, SplitPlan};
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
    pub(crate) measures: Vec<AskedMeasure>,
    made: Made,
    reads: Reads,
    lookups: OnceLock<Lookups>,
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
            measures: Vec::new(),
            made: Made::default(),
            reads: Reads::none(model),
            lookups: OnceLock::new(),
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

    /// Asks what cases add to measures of this rule set, too.
    #[must_use]
    pub fn with_measures(mut self, model: &Model, measures: &[MeasureId]) -> Self {
        self.lookups = OnceLock::new();
        let Question { window, known_on } = self.question;
        let mut compiler = Compiler::new(model, &mut self.made, &mut self.reads);
        let asked = measures.iter();
        self.measures
            .extend(asked.map(|id| measures::ask(&mut compiler, *id, window, known_on)));
        self
    }

    fn add(&mut self, model: &Model, subjects: &[Subject]) {
        self.lookups = OnceLock::new();
        let mut compiler = Compiler::new(model, &mut self.made, &mut self.reads);
        let laws = laws(model, self.question.window);
        for subject in subjects {
            let mut stretches: Vec<(Period, StatesId)> = Vec::new();
            for days in &laws {
                let context = Context {
                    law: model.law_on(days.start),
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

    /// The answer of each rule for every case of the batch, on this thread.
    #[must_use]
    pub fn answer(&self, batch: &Batch) -> Vec<Histories> {
        let mut answers: Vec<Histories> = self.rules.iter().map(Asked::no_case).collect();
        for cases in self.stretches(batch) {
            columnar::answer(self, batch, cases, &mut answers);
        }
        answers
    }

    /// What each case of the batch adds to each measure, on this thread.
    #[must_use]
    pub fn answer_measures(&self, batch: &Batch) -> Vec<MeasureHistories> {
        let none = self.measures.iter();
        let mut answers: Vec<_> = none
            .map(|asked| MeasureHistories::none(asked.measure))
            .collect();
        for cases in self.stretches(batch) {
            columnar::answer_measures(self, batch, cases, &mut answers);
        }
        answers
    }

    /// The answer of each rule for some of the cases, by their positions in the batch, in that
    /// order.
    #[must_use]
    pub fn answer_some(&self, batch: &Batch, cases: &[usize]) -> Vec<Histories> {
        self.answer(&batch.select(cases, &self.reads))
    }

    /// Answers for some cases at a time, on so many threads, and hands each answer to `work` while
    /// it is at hand: the positions of the cases in the batch, and one answer for each rule about
    /// these cases alone. What `work` makes of them comes back in the order of the cases; how they
    /// are cut up does not depend on the number of threads.
    pub fn answer_in_parts<T: Send>(
        &self,
        batch: &Batch,
        threads: usize,
        work: impl Fn(Range<usize>, &[Histories]) -> T + Sync,
    ) -> Vec<T> {
        let stretches: Vec<Range<usize>> = self.stretches(batch).collect();
        parallel::each(&stretches, threads, |cases| {
            let mut answers: Vec<Histories> = self.rules.iter().map(Asked::no_case).collect();
            columnar::answer(self, batch, cases.clone(), &mut answers);
            work(cases.clone(), &answers)
        })
    }

    /// The cases of a batch, some at a time.
    fn stretches(&self, batch: &Batch) -> impl Iterator<Item = Range<usize>> + use<> {
        let rules = self.rules.len().max(self.measures.len()).max(1);
        let size = (ANSWERS / rules).clamp(FEWEST, MOST);
        let cases = batch.cases();
        (0..cases)
            .step_by(size)
            .map(move |start| start..cases.min(start.saturating_add(size)))
    }

    /// What its classifications say of conditions; worked out when first asked for.
    pub(crate) fn lookups(&self) -> &Lookups {
        self.lookups.get_or_init(|| Lookups::of(self))
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

/// So many answers (a rule about a case) are worked out at a time: what they need stays near the
/// processor …
const ANSWERS: usize = 8 * 1024;
/// … but of so many cases at least, since every stretch has its costs, …
const FEWEST: usize = 128;
/// … and of so many at most.
const MOST: usize = 2048;

impl Asked {
    /// What is said of no case.
    fn no_case(&self) -> Histories {
        Histories {
            subject: self.subject,
            states: Arc::clone(&self.states),
            offsets: vec![0],
            days: Vec::new(),
            state: Vec::new(),
            due: Vec::new(),
        }
    }
}

/// The days of the window, cut where the law changes.
fn laws(model: &Model, window: Period) -> Vec<Period> {
    let mut starts = model.law_changes();
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
