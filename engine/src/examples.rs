//! Examples: whether the rules say what each example expects.

use crate::check::site_of;
use crate::diagnostics::examples as errors;
use crate::evaluate::{Evaluation, subject_name};
use crate::model::{DayExpectation, Example, Expectation, Expected, Model};
use crate::outcome::StateRun;
use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::{Diagnostic, Text};

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
    let evaluation = Evaluation::new(model, &example.case, example.known_on);
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

/// The expectations that the rules contradict, as diagnostics.
pub(crate) fn contradictions(model: &Model) -> Vec<Diagnostic> {
    let failed = |example| {
        run(model, example)
            .into_iter()
            .filter(|result| !result.passed)
    };
    let results = model.examples.iter().flat_map(failed);
    results
        .map(|result| contradiction(model, &result))
        .collect()
}

fn contradiction(model: &Model, result: &ExpectationResult<'_>) -> Diagnostic {
    let expectation = result.expectation;
    let name = subject_name(model, expectation.subject);
    let days = match expectation.days {
        DayExpectation::On(day) => format!(" {day}"),
        DayExpectation::Run { from, to } => {
            let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
            format!(" {}..{}", day(from), day(to))
        }
    };
    let expected = match &expectation.expected {
        Expected::State(state) => format!("`{name}` {state}{days}"),
        Expected::Due(due) => format!("`{name}` frist {due}{days}"),
    };
    let actual: Vec<String> = result
        .actual
        .iter()
        .map(|run| picture(run, &expectation.expected))
        .collect();
    let actual = if actual.is_empty() {
        "-".to_owned()
    } else {
        actual.join(", ")
    };
    let site = site_of(model, expectation.subject);
    errors::contradicts(
        expectation.site,
        &Text::same(expected),
        &Text::same(actual),
        site,
    )
}

/// A run as a line of text: its state (or due date) and its days.
fn picture(run: &StateRun, expected: &Expected) -> String {
    let what = match (expected, run.due) {
        (Expected::Due(_), Some(due)) => match due.certain() {
            Some(day) => format!("frist {day}"),
            None => format!("frist {}..{}", due.earliest, due.latest),
        },
        _ => run.state.name().to_owned(),
    };
    let first = if run.days.start == Day::FIRST {
        String::new()
    } else {
        run.days.start.to_string()
    };
    let last = if run.days.end == Day::END {
        String::new()
    } else {
        run.days.last().to_string()
    };
    format!("{what} {first}..{last}")
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
