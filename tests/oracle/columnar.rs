//! The columnar evaluator against the readable one, on random rule sets and random cases: dated
//! states over a year, and the states of one day.

use super::generate::cases::{self, Doubt};
use super::generate::{self, day, print};
use super::judge::subjects;
use super::random::Random;
use super::say;
use hjemmel_engine::case::Case;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::{Due, StateRun};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Period};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Cases under each rule set.
const CASES: u64 = 250;

/// Rule sets of a usual run. `.ci/run` asks for 400: a rule set with a case 100,000 times; a long
/// run for 4,000.
const RULE_SETS: u64 = 4;

/// A run of days on which a rule says the same: state and due date.
type Run = (Period, String, Option<Due>);

/// A number from the environment: `HJEMMEL_COLUMNAR`, how many rule sets a long run tries, and
/// `HJEMMEL_SEED`, the first.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A random case, and now and then facts of which it is not known when they were registered.
pub(super) fn case(model: &Model, seed: u64) -> Case {
    let mut random = Random::new(seed);
    let doubt = random.pick(&[0, 0, 8, 20]);
    let mut case = cases::case(model, &mut random, Doubt(doubt));
    for table in &mut case.tables {
        table.dated = doubt == 8 && random.one_in(2);
    }
    case
}

/// The readable evaluator's answer, by state and due date alone.
fn readable(evaluation: &Evaluation<'_>, subject: Subject, window: Period) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for StateRun {
        days, state, due, ..
    } in evaluation.history(subject, window)
    {
        let state = state.name().to_owned();
        match runs.last_mut() {
            Some((before, same, same_due))
                if before.end == days.start && *same == state && *same_due == due =>
            {
                before.end = days.end;
            }
            _ => runs.push((days, state, due)),
        }
    }
    runs
}

fn columnar(histories: &Histories, case: usize) -> Vec<Run> {
    let run = |at: usize| {
        let state = &histories.states[usize::from(histories.state[at])];
        let due = histories.due.get(at).copied().flatten();
        (histories.days[at], state.name().to_owned(), due)
    };
    histories.runs_of(case).map(run).collect()
}

fn picture(runs: &[Run]) -> String {
    let line = |(days, state, due): &Run| {
        let due = due.map(|due| format!(", {}..{}", due.earliest, due.latest));
        let due = due.unwrap_or_default();
        format!("    {}..{} {state}{due}\n", days.start, days.last())
    };
    runs.iter().map(line).collect()
}

/// Holds the two against each other. What differs, as a picture.
pub(super) fn compared(model: &Model, cases: &[Case], question: Question) -> Result<(), String> {
    let subjects = subjects(model);
    let batch = Batch::from_cases(model, cases).map_err(|error| error.to_string())?;
    let answers = Plan::new(model, &subjects, question).answer(&batch);
    for (at, case) in cases.iter().enumerate() {
        let evaluation = Evaluation::new(model, case, question.known_on);
        for (subject, histories) in subjects.iter().zip(&answers) {
            let expected = readable(&evaluation, *subject, question.window);
            let found = columnar(histories, at);
            if expected != found {
                return Err(format!(
                    "{} of case {at}, known on {:?}\n  readable:\n{}  columnar:\n{}{}\nrows:\n{}",
                    subject_name(model, *subject),
                    question.known_on.map(|day| day.to_string()),
                    picture(&expected),
                    picture(&found),
                    print::rules(model),
                    say::case(model, case),
                ));
            }
        }
    }
    Ok(())
}

/// One rule set, its cases, over a year and on a day.
fn round(seed: u64, cases: u64) -> Result<(), String> {
    let model = generate::model(seed);
    let cases: Vec<Case> = (0..cases)
        .map(|number| case(&model, seed * 100_000 + number))
        .collect();
    let mut random = Random::new(seed);
    let known_on = cases::known_on(&mut random);
    let year = Period::inclusive(day(2015, 12, 28), day(2016, 11, 15));
    let one: Day = day(2016, 1, 1).plus(random.between(0, 300));
    for window in [year, Period::inclusive(one, one)] {
        compared(&model, &cases, Question { window, known_on })
            .map_err(|differs| format!("seed {seed}: {differs}"))?;
    }
    let law = day(2016, 1, 1).plus(random.between(0, 330));
    let some = cases.get(..cases.len() / 4).unwrap_or_default();
    let question = Question {
        window: year,
        known_on,
    };
    compared(&model.pinned_to(law), some, question)
        .map_err(|differs| format!("seed {seed}, by the law of {law}: {differs}"))
}

#[test]
fn the_columnar_evaluator_says_what_the_readable_one_says() {
    let first = number("HJEMMEL_SEED").unwrap_or(1);
    let rule_sets = number("HJEMMEL_COLUMNAR").unwrap_or(RULE_SETS);
    let next = AtomicU64::new(first);
    let failing = Mutex::new(Vec::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if first + rule_sets <= seed {
                return;
            }
            if let Err(differs) = round(seed, CASES) {
                failing.lock().unwrap().push((seed, differs));
            }
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        (0..threads).for_each(|_| {
            scope.spawn(work);
        });
    });
    let mut failing = failing.into_inner().unwrap();
    failing.sort();
    println!(
        "FIGURE;A1;persons by the readable and the columnar evaluator, over a year;{}",
        rule_sets * CASES
    );
    assert!(
        failing.is_empty(),
        "{} of {rule_sets} rule sets differ; the first:\n{}",
        failing.len(),
        failing[0].1
    );
}

#[test]
fn a_rule_set_in_which_the_two_differed_once() {
    // The due date of a duty with `på ny når` had another upper bound in columns.
    if let Err(differs) = round(9, CASES) {
        panic!("{differs}");
    }
}
