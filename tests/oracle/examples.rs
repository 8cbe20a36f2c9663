//! The oracle against the examples of the language reference: that it has understood the text.

use super::days::Window;
use super::generate::day;
use super::judge::Oracle;
use super::world::World;
use hjemmel_engine::check;
use hjemmel_engine::model::{DayExpectation, Expectation, Expected, Model};
use hjemmel_grammar::Sources;

const REFERENCE: &str = include_str!("../../dsl-grammar/LANGUAGE.md");

/// The blocks of the reference that must check without a message, as one rule set.
fn reference() -> Model {
    let mut sources = Sources::new();
    let mut blocks = REFERENCE.split("\n```");
    blocks.next();
    for (i, block) in blocks.enumerate() {
        if let Some((info, text)) = block.split_once('\n')
            && ["regel", "regel skema"].contains(&info.trim())
        {
            sources.add(format!("{i}.regel"), text);
        }
    }
    check(&sources).model
}

/// What the oracle says against it; `None` where it agrees.
fn differs(oracle: &Oracle, expectation: &Expectation) -> Option<String> {
    let (first, last) = match expectation.days {
        DayExpectation::On(day) => (Some(day), Some(day)),
        DayExpectation::Run { from, to } => (from, to),
    };
    let says = |day| {
        let answer = oracle.judge(expectation.subject, day)?;
        Some(match &expectation.expected {
            Expected::State(state) => answer.state.name() == state,
            Expected::Due(due) => answer.due == Some(*due),
        })
    };
    let run = matches!(expectation.days, DayExpectation::Run { .. });
    let edges = [
        (first, true),
        (last, true),
        (first.filter(|_| run).map(|day| day.previous()), false),
        (last.filter(|_| run).map(|day| day.next()), false),
    ];
    let wrong = edges
        .into_iter()
        .find(|(day, expected)| day.is_some_and(|day| says(day).unwrap_or(false) != *expected));
    let day = wrong?.0?;
    let answer = oracle.judge(expectation.subject, day);
    Some(format!("on {day} {answer:?}, not as {expectation:?}"))
}

#[test]
fn the_oracle_passes_the_examples_of_the_reference() {
    let model = reference();
    let window = Window {
        first: day(2012, 1, 1),
        last: day(2024, 12, 31),
    };
    let mut tried = 0;
    for example in &model.examples {
        // Where something is unknown the oracle has no say.
        let unknown = |it: &Expectation| it.expected == Expected::State("ukendt".into());
        let known = !example.expectations.iter().any(unknown);
        let Some(world) = World::known(&model, &example.case).filter(|_| known) else {
            continue;
        };
        let oracle = Oracle::new(&model, &world, window, example.known_on);
        for expectation in &example.expectations {
            let differs = differs(&oracle, expectation);
            assert_eq!(differs, None, "{}", example.title);
            tried += 1;
        }
    }
    println!("{tried} expectations of the reference");
    assert!(tried > 0, "the reference has examples");
}
