//! What holds whatever the rules and the rows say: of months and of sets of days, of missing facts, of
//! the order and the names of things, of exemptions, and of the generator that the laws are tried by.
//!
//! A law's name begins with the goal that it serves (`tests/trust/goals.toml`); it tells how much it tried on
//! a line of its own. `HJEMMEL_LAWS` is how many times as much a long run tries (`tests/nightly`).

mod answers;
mod completion;
mod decided;
mod generator;
mod holes;
mod intervals;
mod longer;
mod metamorphic;
mod missing;
mod months;
mod others;
mod ranges;
mod reasons;
mod shipped;
mod sql;
mod storage;

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How many times as much as in the usual run of the tests.
fn times() -> u64 {
    number("HJEMMEL_LAWS").unwrap_or(1).max(1)
}

/// Says how much was tried.
fn counted(law: &str, count: u64) {
    let (goal, what) = law.split_once(' ').unwrap();
    println!("FIGURE;{goal};{what};{count}");
}

/// Tries a law on so many seeds, on all cores, and says how many cases that were. `work` gives the
/// number of cases, or what breaks the law.
fn hold(law: &str, seeds: u64, work: impl Fn(u64) -> Result<u64, String> + Sync) {
    let first = number("HJEMMEL_SEED").unwrap_or(1);
    let (next, tried) = (AtomicU64::new(first), AtomicU64::new(0));
    let breaches = Mutex::new(Vec::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if first + seeds <= seed {
                return;
            }
            match work(seed) {
                Ok(cases) => {
                    tried.fetch_add(cases, Ordering::Relaxed);
                }
                Err(breach) => breaches.lock().unwrap().push((seed, breach)),
            }
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        (0..threads).for_each(|_| {
            scope.spawn(work);
        });
    });
    let mut breaches = breaches.into_inner().unwrap();
    breaches.sort();
    let seeds: Vec<u64> = breaches.iter().map(|(seed, _)| *seed).collect();
    assert!(
        breaches.is_empty(),
        "{law} is broken by seeds {seeds:?}; the first:\n{}",
        breaches[0].1
    );
    let tried = tried.into_inner();
    assert!(tried > 0, "{law}: nothing was tried");
    counted(law, tried);
}
