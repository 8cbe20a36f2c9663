//! The next change if nothing new is registered, against the oracle that looks at every day of a
//! case without the rows that begin later.

use super::differ::Scope;
use super::differential::read;
use super::generate::cases::{self, Doubt};
use super::generate::{self};
use super::judge::{Answer, Oracle};
use super::random::Random;
use super::world::World;
use hjemmel_engine::case::{Case, Start};
use hjemmel_engine::evaluate::{Evaluation, subjects};
use hjemmel_engine::forecast::{if_nothing_new, next_change};
use hjemmel_engine::model::Model;
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Day;

/// The case without the rows that begin after a day.
fn begun(case: &Case, day: Day) -> Case {
    let mut begun = case.clone();
    for table in &mut begun.tables {
        table
            .rows
            .retain(|row| matches!(row.from, Start::On(first) if first <= day));
    }
    begun
}

/// What the oracle says of the days after a day: the first other state, as far as it looks. `None`
/// where the law or the rows leave it open.
fn by_the_day(model: &Model, case: &Case, day: Day, known_on: Option<Day>) -> Vec<Option<Found>> {
    let scope = Scope::around_2016();
    let begun = begun(case, day);
    let world = World::known(model, &begun).expect("nothing is unknown");
    let oracle = Oracle::new(model, &world, scope.window, known_on);
    let last = scope.compared.last;
    let found = subjects(model).into_iter().map(|subject| {
        let state = |answer: Option<Answer>| match answer {
            Some(answer) if answer.guessed => None,
            answer => Some(answer.map(|answer| answer.state)),
        };
        let now = state(oracle.judge(subject, day))?;
        for number in day.next().number()..=last.number() {
            let on = Day::from_number(number);
            let then = state(oracle.judge(subject, on))?;
            if then != now {
                return Some(Found::On(on, then));
            }
        }
        Some(Found::NotBefore(last.next()))
    });
    found.collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Found {
    On(Day, Option<State>),
    NotBefore(Day),
}

#[test]
fn the_next_change_is_the_first_day_that_the_oracle_sees_change() {
    let (mut changes, mut stays) = (0, 0);
    for seed in 1..=16 {
        let drawn = generate::model(seed);
        let model = read(&drawn);
        for number in 0..3 {
            let mut random = Random::new(seed * 1000 + number);
            let case = cases::case(&drawn, &mut random, Doubt(0));
            let known_on = cases::known_on(&mut random);
            let day = Scope::around_2016()
                .compared
                .first
                .plus(random.between(0, 300));
            let still = if_nothing_new(&case, day);
            let evaluation = Evaluation::new(&model, &still, known_on);
            let expected = by_the_day(&model, &case, day, known_on);
            for (subject, expected) in subjects(&model).into_iter().zip(expected) {
                let Some(expected) = expected else { continue };
                let change = next_change(&evaluation, subject, day);
                let found = match (&expected, change) {
                    (Found::NotBefore(end), Some(change)) if *end <= change.on => {
                        Found::NotBefore(*end)
                    }
                    (Found::NotBefore(end), None) => Found::NotBefore(*end),
                    (_, Some(change)) => Found::On(change.on, change.state().cloned()),
                    (Found::On(..), None) => Found::NotBefore(day),
                };
                match expected {
                    Found::On(..) => changes += 1,
                    Found::NotBefore(_) => stays += 1,
                }
                assert_eq!(
                    found, expected,
                    "seed {seed}, case {number}, {subject:?} from {day}"
                );
            }
        }
    }
    assert!(changes >= 15 && stays >= 60, "{changes} {stays}");
}
