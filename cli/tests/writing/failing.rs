//! D2: a call that fails ends the run with code 5, the place named and the outputs untouched, once or from then on.

use crate::figures::{Figures, each};
use crate::scenario::{Ready, scenarios};
use crate::strace::{self, Point};
use crate::world::State;

const TRIED: &str = "errors tried";
const CAME: &str = "errors that came";
const UNTOUCHED: &str = "errors that ended with code 5 and the old set";
const DONE: &str = "errors that did not matter: code 0 and the new set";
const INTERRUPTED: &str = "interrupted calls that were done again: code 0 and the new set";
const MARKED: &str =
    "errors that went on while moves were taken back: code 5 and a set marked as unfinished";
const OTHER: &str = "errors that ended in any other way";
const UNSTARTED: &str =
    "errors at what the system opens to start a program: not started, and the old set";
const NAMELESS: &str = "errors with code 5 that name no place";

/// What is tried at a call.
fn faults(call: &str) -> Vec<&'static str> {
    let mut faults = match crate::all() {
        true => vec![
            "ENOSPC:when=",
            "ENOSPC:when=+",
            "EIO:when=",
            "EIO:when=+",
            "EACCES:when=",
            "EACCES:when=+",
        ],
        false => vec!["ENOSPC:when=", "EIO:when=+"],
    };
    // These the system may interrupt; a call that always is never ends.
    if ["write", "fsync", "openat", "flock"].contains(&call) {
        faults.push("EINTR:when=");
    }
    faults
}

#[ignore = "needs strace: tests/writing/ladder runs it"]
#[test]
fn a_call_that_fails_leaves_the_outputs_as_they_were() {
    let figures = Figures::of(&[
        TRIED,
        CAME,
        UNTOUCHED,
        DONE,
        INTERRUPTED,
        MARKED,
        OTHER,
        UNSTARTED,
        NAMELESS,
    ]);
    for ready in scenarios() {
        let points = strace::points(&ready.world.copied(), ready.scenario.command);
        let reached = points.into_iter().filter(|point| {
            let chosen = crate::all() || point.call != "openat";
            point.reached && chosen
        });
        let tried: Vec<(Point, &str)> = reached
            .flat_map(|point| {
                faults(&point.call)
                    .into_iter()
                    .map(move |fault| (point.clone(), fault))
            })
            .collect();
        each(&tried, |_, (point, fault)| {
            fail(&ready, point, fault, &figures)
        });
    }
    figures.told("D2");
}

fn fail(ready: &Ready, point: &Point, fault: &str, figures: &Figures) {
    let (world, scenario) = (ready.world.copied(), ready.scenario);
    let always = fault.ends_with('+');
    let when = match fault.strip_suffix('+') {
        Some(fault) => format!("error={fault}{}+", point.number),
        None => format!("error={fault}{}", point.number),
    };
    let traced = strace::with(&world, scenario.command, &point.call, &when);
    let state = ready.state(&world);
    let told = format!("{}, {} {when}: {state:?}", scenario.name, point.call);
    figures.add(TRIED);
    if !traced.was_injected() {
        figures.breach(format!("{told}: it did not come: {:?}", traced.ran));
        return;
    }
    figures.add(CAME);
    let ran = &traced.ran;
    match (ran.code, state) {
        (0, State::New) if fault.starts_with("EINTR") => figures.add(INTERRUPTED),
        (0, State::New) => figures.add(DONE),
        // What cannot be read of an extract is a matter of the data.
        (5, State::Old) | (3, State::Old) if !must_succeed(point, fault) => figures.add(UNTOUCHED),
        // Each process counts its own calls: the first ones of a whole process are the system's.
        (127, State::Old) if point.call == "openat" => {
            return figures.add(UNSTARTED);
        }
        (5, State::Mixed | State::New) if always && world.is_marked(scenario) => {
            figures.add(MARKED);
        }
        _ => {
            figures.add(OTHER);
            figures.breach(format!("{told}: {ran:?}"));
            return;
        }
    }
    let names = [
        "ud/",
        "ark/",
        "skriv",
        "kladde",
        "dansk",
        "udtræk",
        "stdout",
        "skrives her",
    ];
    if ran.code == 5 && !traced.is_dumb() && !names.iter().any(|name| ran.stderr.contains(name)) {
        figures.add(NAMELESS);
        figures.breach(format!("{told}: no place in {:?}", ran.stderr));
    }
    let left = world.left(scenario);
    // What cannot be removed stays until the next run; so does a lock file that could not be locked, since somebody
    // else may have locked it meanwhile.
    let stays = point.call.starts_with("unlink") || point.call == "flock";
    if !always && !stays && !left.is_empty() {
        figures.breach(format!("{told}: left {left:?}"));
    }
    if !left.is_empty() {
        let another = ready.another(&world);
        let (after, left) = (ready.state(&world), world.left(scenario));
        let expected = if ran.code == 0 {
            State::New
        } else {
            State::Old
        };
        if another.code != 0 || after != expected || !left.is_empty() {
            figures.breach(format!("{told}, then {after:?} {left:?}: {another:?}"));
        }
    }
}

/// A write or a wait for the disk that is interrupted is done again.
fn must_succeed(point: &Point, fault: &str) -> bool {
    fault.starts_with("EINTR") && ["write", "fsync", "flock"].contains(&point.call.as_str())
}
