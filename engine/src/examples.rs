//! Examples: whether the rules say what each example expects.

use crate::diagnostics::examples as errors;
use crate::evaluate::{Evaluation, Occasions, subject_name};
use crate::model::{DayExpectation, Example, Expectation, Expected, Model, Subject};
use crate::outcome::StateRun;
use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::{Diagnostic, Text};
use std::panic::resume_unwind;

/// What came of one line of an example.
#[derive(Clone, Debug)]
pub struct ExpectationResult<'m> {
    /// The line.
    pub expectation: &'m Expectation,
    /// Whether the rules say so.
    pub passed: bool,
    /// What they say, over the days the line is about and a month on either side: the runs that
    /// are shown beside the expected one.
    pub actual: Vec<StateRun>,
}

/// Runs one example.
#[must_use]
pub fn run<'m>(model: &'m Model, example: &'m Example) -> Vec<ExpectationResult<'m>> {
    run_on(&Occasions::of(model), model, example)
}

/// Runs one of many examples.
fn run_on<'m>(
    occasions: &Occasions,
    model: &'m Model,
    example: &'m Example,
) -> Vec<ExpectationResult<'m>> {
    let evaluation = Evaluation::with(occasions, model, &example.case, example.known_on);
    let each = example.expectations.iter().map(|expectation| {
        let history = evaluation.history(expectation.subject, Period::ALL);
        let passed = meets(&history, expectation);
        let window = window(expectation);
        let near = history
            .into_iter()
            .filter(|run| !run.days.and(window).is_empty());
        ExpectationResult {
            expectation,
            passed,
            actual: near.collect(),
        }
    });
    each.collect()
}

/// How many examples are worth a thread of their own.
const PER_THREAD: usize = 16;

/// The expectations of sound rules that the rules contradict, as diagnostics, in the order of the
/// examples. Many examples are run on all cores.
pub(crate) fn contradictions(
    model: &Model,
    sound: impl Fn(Subject) -> bool + Sync,
) -> Vec<Diagnostic> {
    let speaks = |example: &&Example| example.expectations.iter().any(|it| sound(it.subject));
    let examples: Vec<&Example> = model.examples.iter().filter(speaks).collect();
    let occasions = Occasions::of(model);
    let of = |examples: &[&Example]| -> Vec<Diagnostic> {
        let results = examples
            .iter()
            .flat_map(|example| run_on(&occasions, model, example));
        let failed = results.filter(|it| !it.passed && sound(it.expectation.subject));
        failed.map(|it| contradiction(model, &it)).collect()
    };
    let share = hjemmel_grammar::share(examples.len(), PER_THREAD);
    let mut shares = examples.chunks(share);
    let own = shares.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = shares.map(|share| scope.spawn(|| of(share))).collect();
        let mut found = of(own);
        for other in others {
            found.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        found
    })
}

fn contradiction(model: &Model, result: &ExpectationResult<'_>) -> Diagnostic {
    let expectation = result.expectation;
    let name = subject_name(model, expectation.subject);
    let due = matches!(expectation.expected, Expected::Due(_));
    let said = |run: &StateRun| {
        let what = match run.due {
            Some(days) if due => errors::due(days.earliest, days.latest),
            _ => errors::state(run.state.name()),
        };
        errors::on_days(&what, run.days)
    };
    let actual: Vec<Text> = result.actual.iter().map(said).collect();
    let expected = match &expectation.expected {
        Expected::State(state) => errors::state(state),
        Expected::Due(day) => errors::due(*day, *day),
    };
    let expected = match expectation.days {
        DayExpectation::On(day) => errors::on_days(&expected, Period::inclusive(day, day)),
        DayExpectation::Run { from, to } => {
            let end = to.map_or(Day::END, Day::next);
            errors::on_days(&expected, Period::new(from.unwrap_or(Day::FIRST), end))
        }
    };
    let rule = model.site_of(expectation.subject);
    errors::contradicts(expectation.site, name, &expected, &actual, rule)
}

/// Whether an evaluation of the example's case says what is expected. Only the days that can tell
/// are looked at.
pub(crate) fn holds(evaluation: &Evaluation<'_>, expectation: &Expectation) -> bool {
    let history = evaluation.states(expectation.subject, telling_days(expectation));
    meets(&history, expectation)
}

/// The days that an expectation is about: where it names the edge of a run, the day beyond it too.
pub(crate) fn telling_days(expectation: &Expectation) -> Period {
    let (first, last) = match expectation.days {
        DayExpectation::On(day) => (day, day),
        DayExpectation::Run { from, to } => {
            let first = from.map(Day::previous).or(to).unwrap_or(Day::FIRST);
            let last = to.map(Day::next).or(from).unwrap_or(Day::FIRST);
            (first, last)
        }
    };
    Period::inclusive(first, last)
}

/// Whether a history says what is expected.
fn meets(history: &[StateRun], expectation: &Expectation) -> bool {
    let says = |day: Day| {
        let run = history.iter().find(|run| run.days.contains(day));
        run.is_some_and(|run| match &expectation.expected {
            Expected::State(state) => run.state.name() == state,
            Expected::Due(due) => run.due.and_then(super::outcome::Due::certain) == Some(*due),
        })
    };
    match expectation.days {
        DayExpectation::On(day) => says(day),
        DayExpectation::Run { from, to } => {
            let begins = from.is_none_or(|day| says(day) && !says(day.previous()));
            let ends = to.is_none_or(|day| says(day) && !says(day.next()));
            let throughout = match (from, to) {
                (Some(from), Some(to)) => {
                    let days = Period::inclusive(from, to);
                    let inside = history.iter().filter(|run| !run.days.and(days).is_empty());
                    let covered: i32 = inside
                        .clone()
                        .map(|run| {
                            let both = run.days.and(days);
                            both.end.since(both.start)
                        })
                        .sum();
                    covered == days.end.since(days.start)
                        && inside.into_iter().all(|run| says(run.days.and(days).start))
                }
                _ => true,
            };
            begins && ends && throughout
        }
    }
}

/// The days that are shown: those the line is about and a month on either side.
fn window(expectation: &Expectation) -> Period {
    let (first, last) = match expectation.days {
        DayExpectation::On(day) => (day, day),
        DayExpectation::Run { from, to } => {
            let first = from.or(to).unwrap_or(Day::FIRST);
            (first, to.unwrap_or(first))
        }
    };
    Period::inclusive(first.plus(-31), last.plus(31))
}
