//! Judging all cases of an extract, on all cores, in the order of the cases.

use hjemmel_engine::case::Case;
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::measure::{Contribution, contribution};
use hjemmel_engine::model::{MeasureId, Model, Subject};
use hjemmel_engine::outcome::{Outcome, State};
use hjemmel_engine::time::Day;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;

/// What the rules say about one case on one day.
pub(crate) struct Answers {
    /// For each subject; none if the rule is not part of the law that day.
    pub(crate) outcomes: Vec<Option<Outcome>>,
    /// For each measure; likewise.
    pub(crate) contributions: Vec<Option<Contribution>>,
}

impl Answers {
    /// Whether any answer is unknown.
    pub(crate) fn any_unknown(&self) -> bool {
        self.outcomes
            .iter()
            .flatten()
            .any(|outcome| outcome.run.state.is_unknown())
    }
}

/// Judges every case on `day`.
pub(crate) fn judge(
    model: &Model,
    cases: &[Case],
    day: Day,
    known_on: Option<Day>,
) -> Vec<Answers> {
    let subjects = subjects(model);
    each(cases, |case| {
        let evaluation = Evaluation::new(model, case, known_on);
        Answers {
            outcomes: subjects
                .iter()
                .map(|subject| evaluation.judge(*subject, day))
                .collect(),
            contributions: measures(model)
                .map(|id| contribution(model, &evaluation, id, day))
                .collect(),
        }
    })
}

/// The measures of a model.
pub(crate) fn measures(model: &Model) -> impl Iterator<Item = MeasureId> {
    (0..model.measures.len()).map(MeasureId)
}

/// Does the same with every item (a case, or several), on all cores; the results are in their order.
pub(crate) fn each<I: Sync, T: Send>(cases: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let size = cases.len().div_ceil(cores).max(1);
    let mut chunks = cases.chunks(size);
    let first = chunks.next().unwrap_or_default();
    let all = |chunk: &[I]| chunk.iter().map(&work).collect::<Vec<T>>();
    thread::scope(|scope| {
        let all = &all;
        let others: Vec<_> = chunks
            .map(|chunk| {
                (
                    chunk,
                    thread::Builder::new().spawn_scoped(scope, move || all(chunk)),
                )
            })
            .collect();
        let mut results = all(first);
        for (chunk, thread) in others {
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(more)) => results.extend(more),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // The system has no thread to spare: it takes longer.
                Err(_) => results.extend(all(chunk)),
            }
        }
        results
    })
}

/// How many cases a rule puts in each state.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) states: BTreeMap<State, u64>,
    /// Cases without an answer, since the rule is not part of the law that day.
    pub(crate) not_in_force: u64,
}

impl Tally {
    /// Counts one case.
    pub(crate) fn add(&mut self, outcome: Option<&Outcome>) {
        let count = match outcome {
            Some(outcome) => self.states.entry(outcome.run.state.clone()).or_default(),
            None => &mut self.not_in_force,
        };
        *count = count.saturating_add(1);
    }

    /// How many cases were counted.
    pub(crate) fn sum(&self) -> u64 {
        self.states
            .values()
            .fold(self.not_in_force, |sum, count| sum.saturating_add(*count))
    }
}

/// The tally of every rule. `None` if a case was lost or counted twice, which is a bug.
pub(crate) fn tallies(
    model: &Model,
    cases: &[Case],
    answers: &[Answers],
) -> Option<Vec<(Subject, Tally)>> {
    let persons = u64::try_from(cases.len()).ok()?;
    let tallies = subjects(model).into_iter().enumerate().map(|(i, subject)| {
        let mut tally = Tally::default();
        for answer in answers {
            tally.add(answer.outcomes.get(i)?.as_ref());
        }
        (tally.sum() == persons).then_some((subject, tally))
    });
    tallies.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::not_conserved;
    use hjemmel_grammar::Sources;
    use std::process::ExitCode;

    fn model() -> Model {
        let mut sources = Sources::new();
        let rules = "data ydelse\n  perioder fuldstændig\n\nopdeling hjælp\n  hjemmel kilde \"Loven\"\n  i rækkefølge\n  med når ydelse\n  uden ellers\n";
        sources.add("regler.regel", rules);
        hjemmel_engine::check_rules(&sources).model
    }

    #[test]
    fn a_person_who_is_lost_or_counted_twice_stops_the_run_with_70() {
        let (model, day) = (model(), Day::from_number(17_000));
        let cases = ["a", "b", "c"].map(|id| Case::empty(&model, id));
        let answers = || judge(&model, &cases, day, None);
        let sums = |answers: &[Answers]| -> Option<Vec<u64>> {
            let tallies = tallies(&model, &cases, answers)?;
            Some(tallies.iter().map(|(_, tally)| tally.sum()).collect())
        };
        assert_eq!(sums(&answers()), Some(vec![3]));
        let mut lost = answers();
        lost.remove(1);
        assert_eq!(sums(&lost), None, "a person less");
        let twice: Vec<_> = answers()
            .into_iter()
            .chain(answers().into_iter().take(1))
            .collect();
        assert_eq!(sums(&twice), None, "a person twice");
        let mut unasked = answers();
        for answer in &mut unasked {
            answer.outcomes.clear();
        }
        assert_eq!(sums(&unasked), None, "a rule less");

        let failure = not_conserved();
        let code = ExitCode::from(failure.exit);
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(70)));
        assert!(failure.message.is_some());
    }
}
