//! D5: two processes with the same outputs, a reader meanwhile, and locks whose process has died.

use crate::figures::Figures;
use crate::scenario::SCENARIOS;
use crate::world::{Picture, State, World, state};
use sha2::{Digest as _, Sha256};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const A: &str =
    "run dansk --data udtræk --as-of 2017-07-31 --out ud/svar.csv --manifest ud/m.json --overwrite";
const B: &str =
    "run dansk --data udtræk --as-of 2017-07-30 --out ud/svar.csv --manifest ud/m.json --overwrite";
const ROUNDS: &str = "rounds of two processes with the same outputs";
const ONE: &str = "rounds in which one won and the other got code 5 with the number of the first";
const BOTH: &str = "rounds in which the one came when the other was done";
const MIXED: &str = "rounds that ended with a mixed set";
const READS: &str = "sets read meanwhile";
const WHOLE: &str = "sets read meanwhile that were whole by their hashes";
const BROKEN: &str = "files read meanwhile that were neither old nor new";
const KILLED: &str = "processes killed at a random time";
const TAKEN: &str = "next runs after a kill that took over, finished and left nothing";

fn rounds() -> usize {
    if crate::all() { 1_000 } else { 25 }
}

#[ignore = "takes long: tests/writing/ladder runs it"]
#[test]
fn of_two_with_the_same_outputs_one_wins() {
    let figures = Figures::of(&[ROUNDS, ONE, BOTH, MIXED, READS, WHOLE, BROKEN]);
    let ready = SCENARIOS[1].ready();
    let of = |line: &str| {
        let world = ready.world.copied();
        assert_eq!(world.run(line).code, 0);
        world.picture(ready.scenario)
    };
    let known = [ready.old.clone(), of(A), of(B)];
    let (world, done) = (ready.world.copied(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                look(&world, &known, &figures);
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for round in 0..rounds() {
            let first = world.command(&[], A).spawn().expect("it runs");
            let second = world.command(&[], B).spawn().expect("it runs");
            let numbers = [first.id(), second.id()];
            let ended = [first, second].map(|child| child.wait_with_output().expect("it ends"));
            figures.add(ROUNDS);
            judge(round, &world, numbers, &ended, &known, &figures);
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(world.left(ready.scenario).is_empty());
    figures.told("D5");
    assert!(figures.count(ONE) > 0, "no two were ever at it at once");
}

/// One wins, and the set is wholly of one that did.
fn judge(
    round: usize,
    world: &World,
    numbers: [u32; 2],
    ended: &[Output; 2],
    known: &[Picture; 3],
    figures: &Figures,
) {
    let codes = [0, 1].map(|at: usize| ended[at].status.code());
    let said = [0, 1].map(|at: usize| String::from_utf8_lossy(&ended[at].stderr).into_owned());
    let refused = |at: usize| {
        let other = format!("({})", numbers[1 - at]);
        codes[at] == Some(5) && said[at].contains(&other)
    };
    let now = world.picture(&SCENARIOS[1]);
    let is = |at: usize| now == known[at + 1];
    match codes {
        [Some(0), Some(0)] => figures.add(BOTH),
        [Some(0), _] if refused(1) && is(0) => figures.add(ONE),
        [_, Some(0)] if refused(0) && is(1) => figures.add(ONE),
        _ => figures.breach(format!("round {round}: {codes:?} {said:?}, {numbers:?}")),
    }
    if !is(0) && !is(1) {
        figures.add(MIXED);
        figures.breach(format!("round {round}: mixed"));
    }
}

/// A reader that comes at any time: every file is one that was written, and a CSV that its provenance names is of
/// the same run.
fn look(world: &World, known: &[Picture; 3], figures: &Figures) {
    let now = world.picture(&SCENARIOS[1]);
    figures.add(READS);
    for (name, bytes) in &now {
        if !known.iter().any(|picture| picture[name] == *bytes) {
            figures.add(BROKEN);
            figures.breach(format!("{name} was read as {bytes:?}"));
        }
    }
    let hash = |name: &str| {
        let digest = Sha256::digest(now[name].as_deref().unwrap_or_default());
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let text =
        |name: &str| String::from_utf8_lossy(now[name].as_deref().unwrap_or_default()).into_owned();
    let whole = text("ud/svar.csv.provenance.json").contains(&hash("ud/svar.csv"))
        && text("ud/m.json").contains(&hash("ud/svar.csv"))
        && text("ud/m.json").contains(&hash("ud/svar.csv.provenance.json"));
    if whole {
        figures.add(WHOLE);
        if !known.contains(&now) {
            figures.breach("a set of two runs was taken for whole".to_owned());
        }
    }
}

#[ignore = "takes long: tests/writing/ladder runs it"]
#[test]
fn what_a_dead_process_held_is_taken_over() {
    let figures = Figures::of(&[KILLED, TAKEN]);
    let ready = SCENARIOS[1].ready();
    let world = ready.world.copied();
    let mut wait = 1;
    for round in 0..rounds() / 5 {
        let mut child = world.command(&[], A).spawn().expect("it runs");
        // Another time in every round, up to some more than a run takes.
        wait = wait * 37 % 101;
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
        figures.add(KILLED);
        let ran = world.run(B);
        let left = world.left(ready.scenario);
        let manifest = world.picture(ready.scenario)["ud/m.json"].is_some();
        if ran.code == 0 && left.is_empty() && manifest {
            figures.add(TAKEN);
        } else {
            figures.breach(format!("round {round}: {ran:?} {left:?}"));
        }
    }
    figures.told("D5");
}

/// A lock and a temporary file of a process that is gone are cleared away, and that is told.
#[test]
fn a_stale_lock_is_taken_over_with_a_warning() {
    let ready = SCENARIOS[0].ready();
    let world = ready.world.copied();
    for name in [
        ".hjemmel-0123456789abcdef.lock",
        ".hjemmel-0123456789abcdef-4711-0.tmp",
    ] {
        std::fs::write(world.path(&format!("ud/{name}")), "4711").unwrap();
    }
    // Not the program's own.
    std::fs::write(world.path("ud/.hjemmel-andet.tmp"), "x").unwrap();
    std::fs::write(world.path("ud/x.unfinished.json"), "{}").unwrap();
    let ran = world.run(ready.scenario.command);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("afbrudt"), "{ran:?}");
    assert_eq!(
        state(&world.picture(ready.scenario), &ready.old, &ready.new),
        State::New
    );
    let left = world.left(ready.scenario);
    assert_eq!(left.len(), 2, "{left:?}");
}

/// Whoever holds an output is named, as long as it lives.
#[test]
fn a_lock_that_is_held_is_respected() {
    let ready = SCENARIOS[1].ready();
    let world = ready.world.copied();
    let name = format!(".hjemmel-{}.lock", &hex("svar.csv")[..16]);
    let lock = std::fs::File::create_new(world.path(&format!("ud/{name}"))).unwrap();
    lock.lock().unwrap();
    std::fs::write(world.path(&format!("ud/{name}")), "4711").unwrap();
    let ran = world.run(A);
    assert_eq!((ran.code, ready.state(&world)), (5, State::Old), "{ran:?}");
    assert!(
        ran.stderr.contains("ud/svar.csv") && ran.stderr.contains("(4711)"),
        "{ran:?}"
    );
    drop(lock);
    assert_eq!(world.run(A).code, 0);
    assert!(world.left(ready.scenario).is_empty());
}

fn hex(name: &str) -> String {
    Sha256::digest(name)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
