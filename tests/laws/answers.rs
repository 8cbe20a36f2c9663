//! What the rules say of a case, by the names of the rules, so that it can be held against what
//! other rules say of another case.

use crate::oracle::{print, say, subjects};
use hjemmel_engine::case::Case;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::model::{DutyState, Model};
use hjemmel_engine::outcome::{Due, MissingFact};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use std::collections::BTreeMap;

/// A run of days on which a rule says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) days: Period,
    pub(crate) state: String,
    pub(crate) due: Option<Due>,
    /// It is unknown since rows contradict each other.
    pub(crate) contradicted: bool,
}

impl Run {
    pub(crate) fn is_definite(&self) -> bool {
        self.state != DutyState::Unknown.name()
    }

    /// Whether the due date is what the state rests on.
    pub(crate) fn is_by_due_date(&self) -> bool {
        let states = [DutyState::DeadlineRunning, DutyState::Overdue];
        states.iter().any(|state| self.state == state.name())
    }
}

/// The runs of each rule, by its name.
pub(crate) type Answers = BTreeMap<String, Vec<Run>>;

pub(crate) fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(before)
            if before.days.end == run.days.start
                && (&before.state, before.due, before.contradicted)
                    == (&run.state, run.due, run.contradicted) =>
        {
            before.days.end = run.days.end;
        }
        _ => runs.push(run),
    }
}

/// By the evaluator that judges one case at a time.
pub(crate) fn of(model: &Model, case: &Case, question: Question) -> Answers {
    let evaluation = Evaluation::new(model, case, question.known_on);
    let contradicts = |fact: &MissingFact| matches!(fact, MissingFact::Contradiction { .. });
    let runs = |subject| {
        let mut runs = Vec::new();
        for run in evaluation.history(subject, question.window) {
            let run = Run {
                days: run.days,
                state: run.state.name().to_owned(),
                due: run.due,
                contradicted: run.missing.iter().any(contradicts),
            };
            push(&mut runs, run);
        }
        (subject_name(model, subject).to_owned(), runs)
    };
    subjects(model).into_iter().map(runs).collect()
}

/// By the evaluator that judges many: the answers of each. It does not tell what contradicts.
pub(crate) fn of_all(model: &Model, cases: &[Case], question: Question) -> Vec<Answers> {
    let subjects = subjects(model);
    let batch = Batch::from_cases(model, cases).unwrap();
    let histories = Plan::new(model, &subjects, question).answer(&batch);
    let mut all = vec![Answers::new(); cases.len()];
    for (subject, histories) in subjects.iter().zip(&histories) {
        for (case, answers) in all.iter_mut().enumerate() {
            let mut runs = Vec::new();
            for at in histories.runs_of(case) {
                let run = Run {
                    days: histories.days[at],
                    state: histories.states[usize::from(histories.state[at])]
                        .name()
                        .to_owned(),
                    due: histories.due.get(at).copied().flatten(),
                    contradicted: false,
                };
                push(&mut runs, run);
            }
            answers.insert(subject_name(model, *subject).to_owned(), runs);
        }
    }
    all
}

/// The answers on the days of `period` alone.
pub(crate) fn within(answers: &Answers, period: Period) -> Answers {
    let clip = |runs: &Vec<Run>| {
        let clipped = runs.iter().cloned().map(|run| Run {
            days: run.days.and(period),
            ..run
        });
        clipped.filter(|run| !run.days.is_empty()).collect()
    };
    answers
        .iter()
        .map(|(rule, runs)| (rule.clone(), clip(runs)))
        .collect()
}

/// What the answers with a fact less say that those with it do not: an answer that is definite and
/// was not, or was another; or a due date within narrower bounds. Where rows contradict each other
/// there was no answer that could have been lost.
pub(crate) fn gained(with: &Answers, without: &Answers) -> Option<String> {
    for (rule, runs) in without {
        for less in runs.iter().filter(|run| run.is_definite()) {
            let mut covered = 0;
            for more in with.get(rule).into_iter().flatten() {
                let days = more.days.and(less.days);
                if days.is_empty() {
                    continue;
                }
                covered += days.end.since(days.start);
                if more.contradicted || more.state == less.state && bounds(more, less) {
                    continue;
                }
                return Some(format!(
                    "{rule} on {}: {more:?}, and without {less:?}",
                    days.start
                ));
            }
            if covered != less.days.end.since(less.days.start) {
                return Some(format!("{rule} says nothing on a day of {less:?}"));
            }
        }
    }
    None
}

/// Whether the bounds of the due date with the fact lie within those without it.
fn bounds(more: &Run, less: &Run) -> bool {
    match (more.due, less.due) {
        (Some(more), Some(less_due)) if less.is_by_due_date() => {
            less_due.earliest <= more.earliest && more.latest <= less_due.latest
        }
        _ => true,
    }
}

/// How many days of a rule are answered, and on how many of them definitely.
pub(crate) fn definite_days(answers: &Answers) -> (u64, u64) {
    let days = |run: &Run| u64::try_from(run.days.end.since(run.days.start)).unwrap();
    let runs = || answers.values().flatten();
    let definite = runs().filter(|run| run.is_definite()).map(days).sum();
    (runs().map(days).sum(), definite)
}

/// Every day on which an answer changes, and the due dates.
pub(crate) fn edges(answers: &Answers) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for run in answers.values().flatten() {
        days.extend([run.days.start, run.days.end]);
        days.extend(
            run.due
                .into_iter()
                .flat_map(|due| [due.earliest, due.latest]),
        );
    }
    days.sort();
    days.dedup();
    days
}

/// The rule set and the rows, for a message about them.
pub(crate) fn shown(model: &Model, case: &Case) -> String {
    format!("{}\nrows:\n{}", print::rules(model), say::case(model, case))
}
