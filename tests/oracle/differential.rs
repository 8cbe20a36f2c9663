//! The engine against the oracle on random rule sets and random cases.

use super::differ::{Mismatch, Scope, Tally, Trial, report};
use super::generate::cases::{self, Doubt};
use super::generate::{self};
use super::random::Random;
use super::shrink;
use super::world::Fault;
use hjemmel_engine::model::Model;

/// How many rule sets a run tries: `HJEMMEL_ROUNDS` for a long one.
fn rounds(usual: u64) -> u64 {
    let wanted = std::env::var("HJEMMEL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    wanted.unwrap_or(usual)
}

/// One rule set, some cases; every other one has unknown facts.
fn round(seed: u64, fault: Option<Fault>) -> Result<[Tally; 2], (u64, Box<Mismatch>)> {
    let drawn = generate::model(seed);
    let read = read(&drawn);
    let mut tallies = [Tally::default(), Tally::default()];
    for number in 0..4 {
        let seed = seed * 1000 + number;
        let mut random = Random::new(seed);
        let doubt = Doubt(if number == 30 { 8 } else { 0 });
        let case = cases::case(&drawn, &mut random, doubt);
        let known_on = cases::known_on(&mut random);
        let trial = Trial { drawn: &drawn, read: &read, case: &case, known_on, fault };
        let started = std::time::Instant::now();
        match trial.run(Scope::around_2016(), &mut random) {
            Ok(tally) => { eprintln!("{seed} {:?} {}", started.elapsed(), tally.answers); tallies[usize::from(number == 3)].add(tally)},
            Err(mismatch) => return Err((seed, mismatch)),
        }
    }
    Ok(tallies)
}

fn read(drawn: &Model) -> Model {
    drawn.clone()
}

/// Shrinks the mismatch of a seed and says everything needed to take it up.
fn explain(seed: u64, fault: Option<Fault>) -> String {
    let drawn = generate::model(seed / 1000);
    let mut random = Random::new(seed);
    let doubt = Doubt(if seed % 1000 == 3 { 8 } else { 0 });
    let case = cases::case(&drawn, &mut random, doubt);
    let known_on = cases::known_on(&mut random);
    let found = shrink::shrink(drawn, case, |drawn, case| {
        let read = read(drawn);
        let trial = Trial { drawn, read: &read, case, known_on, fault };
        let mismatch = trial.run(Scope::around_2016(), &mut Random::new(seed)).err()?;
        Some(report(&trial, seed, &mismatch))
    });
    found.unwrap_or_else(|| format!("seed {seed}: gone when looked at again"))
}

#[test]
fn the_engine_says_what_the_oracle_says() {
    let mut known = Tally::default();
    let mut unknown = Tally::default();
    let first = std::env::var("HJEMMEL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    for seed in first..first + rounds(100) {
        match round(seed, None) {
            Ok([of_known, of_unknown]) => {
                known.add(of_known);
                unknown.add(of_unknown);
            }
            Err((seed, m)) => { eprintln!("{seed} {} {} {} {}", m.subject, m.day, m.engine, m.oracle); panic!("{}", explain(seed, None)) }
        }
    }
    println!("known: {known:?}\nunknown: {unknown:?}");
}
