//! D4: with less and less memory a run finishes, or ends with the outputs untouched.

use crate::figures::{Figures, each};
use crate::scenario::SCENARIOS;
use crate::world::{State, World};

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

#[ignore = "takes long: tests/writing/ladder runs it"]
#[test]
fn with_little_memory_a_run_finishes_or_leaves_the_outputs_as_they_were() {
    let (done, told, aborted, killed, wrong) = (
        "limits with which it finished",
        "limits with which it ended with code 5",
        "limits with which it aborted (134)",
        "limits with which the system did not start it, or ended it where its stack could not grow",
        "outputs that were touched, or other ends",
    );
    let figures = Figures::of(&["memory limits tried", done, told, aborted, killed, wrong]);
    let ready = SCENARIOS[1].ready();
    let mut peak = 32 * MIB;
    while with(&ready.world.copied(), peak, ready.scenario.command).code != 0 {
        peak += 32 * MIB;
        assert!(peak < 8192 * MIB, "it needs more than 8 GiB");
    }
    let steps = if crate::all() { 64 } else { 8 };
    let limits: Vec<u64> = (0..=steps)
        .map(|step| 32 * MIB + (peak - 32 * MIB) * step / steps)
        .collect();
    each(&limits, |_, limit| {
        let world = ready.world.copied();
        let ran = with(&world, *limit, ready.scenario.command);
        figures.add("memory limits tried");
        match (ran.code, ready.state(&world)) {
            (0, State::New) => figures.add(done),
            (5, State::Old) => figures.add(told),
            (134, State::Old) => figures.add(aborted),
            (127 | 137 | 139, State::Old) => figures.add(killed),
            (_, state) => {
                figures.add(wrong);
                figures.breach(format!("{} MiB: {state:?} {ran:?}", limit / MIB));
            }
        }
    });
    println!(
        "FIGURE;D4;least memory with which it finishes, MiB;{}",
        peak / MIB
    );
    figures.told("D4");
    assert!(figures.count(done) > 0 && figures.count(done) < figures.count("memory limits tried"));
}
