//! D4: with less and less memory a run finishes, or ends with the outputs untouched.

use crate::figures::{Figures, each};
use crate::scenario::SCENARIOS;
use crate::world::{State, World, state};

const MIB: u64 = 1024 * 1024;

fn with(world: &World, bytes: u64, line: &str) -> crate::world::Ran {
    let by = [
        "prlimit".to_owned(),
        format!("--as={bytes}"),
        "--core=0".to_owned(),
        "--".to_owned(),
    ];
    world.run_by(&by, line)
}

/// The persons of the extract many times over, so that there is something to hold in memory.
fn grow(world: &World) {
    for entry in std::fs::read_dir(world.path("udtræk")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (heading, rows) = text.split_once('\n').unwrap();
        let mut grown = format!("{heading}\n");
        let copies = if crate::all() { 1_000 } else { 100 };
        for copy in 0..copies {
            for row in rows.lines().filter(|row| !row.is_empty()) {
                let (key, rest) = row.split_once(';').unwrap();
                grown += &format!("{key}x{copy};{rest}\n");
            }
        }
        std::fs::write(path, grown).unwrap();
    }
}

/// The least number of MiB with which something goes well.
fn least(mut goes: impl FnMut(u64) -> bool) -> u64 {
    let (mut not, mut enough) = (32, 64);
    while !goes(enough) {
        (not, enough) = (enough, enough * 2);
        assert!(enough < 8192, "it needs more than 8 GiB");
    }
    while enough - not > 1 {
        let middle = not.midpoint(enough);
        match goes(middle) {
            true => enough = middle,
            false => not = middle,
        }
    }
    enough
}

#[ignore = "takes long: tests/writing/ladder runs it"]
#[test]
fn with_little_memory_a_run_finishes_or_leaves_the_outputs_as_they_were() {
    let (done, told, aborted, killed, wrong) = (
        "limits with which it finished",
        "limits with which it ended with code 5 or 70",
        "limits with which it aborted (134)",
        "limits with which the system did not start it, or ended it where its stack could not grow",
        "outputs that were touched, or other ends",
    );
    let figures = Figures::of(&["memory limits tried", done, told, aborted, killed, wrong]);
    let ready = SCENARIOS[1].ready();
    grow(&ready.world);
    let line = ready.scenario.command;
    let whole = ready.world.copied();
    assert_eq!(whole.run(line).code, 0);
    let new = whole.picture(ready.scenario);
    let starts = least(|mib| with(&ready.world, mib * MIB, "--version").code == 0);
    let peak = least(|mib| with(&ready.world.copied(), mib * MIB, line).code == 0);
    let steps = if crate::all() { 64 } else { 8 };
    // A few from 32 MiB on, most of them where it starts and may not finish.
    let below = (0..=steps / 8).map(|step| 32 * MIB + (starts - 32) * MIB * step * 8 / steps);
    let above = (0..=steps).map(|step| (starts * MIB) + (peak - starts) * MIB * step / steps);
    // What is just enough once may be too little when its threads run otherwise: each takes 64 MiB of addresses and more
    // for an allocator of its own, if it comes before another has ended.
    let plenty = std::iter::once((peak + 1024) * MIB);
    let limits: Vec<u64> = below.chain(above).chain(plenty).collect();
    each(&limits, |_, limit| {
        let world = ready.world.copied();
        let ran = with(&world, *limit, line);
        figures.add("memory limits tried");
        match (
            ran.code,
            state(&world.picture(ready.scenario), &ready.old, &new),
        ) {
            (0, State::New) => figures.add(done),
            (5 | 70, State::Old) => figures.add(told),
            (134, State::Old) => figures.add(aborted),
            (127 | 137 | 139, State::Old) => figures.add(killed),
            (_, state) => {
                figures.add(wrong);
                figures.breach(format!("{} KiB: {state:?} {ran:?}", limit / 1024));
            }
        }
    });
    println!("FIGURE;D4;least memory with which it starts, MiB;{starts}");
    println!("FIGURE;D4;least memory with which it finishes, MiB;{peak}");
    figures.told("D4");
    assert!(figures.count(done) > 0, "it never finished");
    let stopped = figures.count(told) + figures.count(aborted);
    assert!(stopped > 0, "it never ran out of memory");
}
