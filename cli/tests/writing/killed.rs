//! D1 and D6: a writer that is killed at any call leaves the old set or the new one, and what it leaves behind is
//! gone after the next run.

use crate::figures::{Figures, each};
use crate::scenario::{Ready, scenarios};
use crate::strace::{self, Point};
use crate::world::State;

/// The signals that end a process, and the exit codes they give.
const SIGNALS: [(&str, i32); 2] = [("SIGKILL", 137), ("SIGTERM", 143)];

/// The scenario that is also ended as a shell ends it.
const POLITE: &str = "CSV and manifest over older ones";

const TRIED: &str = "kill points tried";
const DIED: &str = "kill points at which the process died of it";
const BEYOND: &str = "points beyond the last call, where nothing came";
const OLD: &str = "kills that left the old set";
const NEW: &str = "kills that left the new set";
const MARKED: &str = "kills that left a set marked as unfinished";
const TORN: &str = "torn outputs";
const UNMARKED: &str = "mixed sets without a mark";
const RESTORED: &str = "next runs that found the old set or the new one and cleared the rest away";
const AGAIN: &str = "next runs of the same command that succeeded";
const BARE: &str = "kills that left a new report or answer without its manifest or a mark";

#[ignore = "needs strace: tests/writing/ladder runs it"]
#[test]
fn a_writer_killed_at_any_call_leaves_the_old_set_or_the_new_one() {
    let names = [
        TRIED, DIED, BEYOND, OLD, NEW, MARKED, TORN, UNMARKED, RESTORED, AGAIN,
    ];
    let (figures, manifests) = (Figures::of(&names), Figures::of(&[BARE]));
    for ready in scenarios() {
        let points = strace::points(&ready.world.copied(), ready.scenario.command);
        let chosen = points
            .into_iter()
            .filter(|point| crate::all() || point.call != "openat");
        let chosen: Vec<(Point, (&str, i32))> = chosen
            .flat_map(|point| SIGNALS.map(|signal| (point.clone(), signal)))
            // What nobody can catch everywhere; what a shell sends for one scenario.
            .filter(|(_, (_, code))| *code == 137 || ready.scenario.name == POLITE)
            .collect();
        each(&chosen, |_, (point, signal)| {
            kill(&ready, point, *signal, &figures, &manifests);
        });
    }
    figures.told("D1");
    manifests.told("D6");
    assert!(figures.count(DIED) > 50, "the ladder has hardly a step");
    assert!(figures.count(MARKED) > 0, "no kill fell between two moves");
}

fn kill(
    ready: &Ready,
    point: &Point,
    (signal, code): (&str, i32),
    figures: &Figures,
    manifests: &Figures,
) {
    let (world, scenario) = (ready.world.copied(), ready.scenario);
    let fault = format!("signal={signal}:when={}", point.number);
    let traced = strace::with(&world, scenario.command, &point.call, &fault);
    let state = ready.state(&world);
    let told = format!(
        "{}, {} {}: {state:?}",
        scenario.name, point.call, point.number
    );
    if !point.reached {
        figures.add(BEYOND);
        if traced.was_killed(signal, code) || traced.ran.code != 0 || state != State::New {
            figures.breach(format!("{told}, beyond the last call: {:?}", traced.ran));
        }
        return;
    }
    figures.add(TRIED);
    if !traced.was_killed(signal, code) {
        figures.breach(format!("{told}: it was not killed: {:?}", traced.ran));
        return;
    }
    figures.add(DIED);
    let marked = world.is_marked(scenario);
    match state {
        State::Old => figures.add(OLD),
        State::New => figures.add(NEW),
        State::Mixed if marked => figures.add(MARKED),
        State::Mixed => figures.add(UNMARKED),
        State::Torn => figures.add(TORN),
    }
    if state == State::Torn || state == State::Mixed && !marked {
        figures.breach(told.clone());
    }
    let now = world.picture(scenario);
    let manifest = scenario
        .outputs
        .iter()
        .find(|name| name.ends_with("m.json"));
    if let Some(manifest) = manifest.filter(|name| now[**name] != ready.new[**name])
        && !marked
        && now
            .iter()
            .any(|(name, bytes)| name != manifest && *bytes == ready.new[name])
    {
        manifests.add(BARE);
        manifests.breach(format!("{told}: without its manifest"));
    }
    let open = world.open_to_others(scenario);
    if !open.is_empty() && scenario.name != "rule files in place" {
        figures.breach(format!("{told}: others may read {open:?}"));
    }
    next(ready, &world, state, &told, figures);
}

/// The next run in that folder, and the next of the same command.
fn next(ready: &Ready, world: &crate::world::World, state: State, told: &str, figures: &Figures) {
    let another = ready.another(world);
    let (after, left) = (ready.state(world), world.left(ready.scenario));
    let expected = match state {
        State::New => [State::New, State::Old].as_slice(),
        _ => &[State::Old],
    };
    let mut wrong = another.code != 0 || !expected.contains(&after) || !left.is_empty();
    // A set that was whole and not marked stays.
    wrong |= state == State::New && after == State::Old && !another.stderr.contains("afbrudt");
    if wrong {
        figures.breach(format!("{told}, then {after:?} {left:?} {another:?}"));
        return;
    }
    figures.add(RESTORED);
    if after == State::New {
        return;
    }
    let again = world.run(ready.scenario.command);
    let (last, left) = (ready.state(world), world.left(ready.scenario));
    if again.code != 0 || last != State::New || !left.is_empty() {
        figures.breach(format!("{told}, again {last:?} {left:?} {again:?}"));
        return;
    }
    figures.add(AGAIN);
}

/// A ladder that has no effect is known for it: strace looks at no calls, and nothing comes.
#[ignore = "needs strace: tests/writing/ladder runs it"]
#[test]
fn a_fault_that_does_not_come_is_noticed() {
    let figures = Figures::of(&["ladders without effect that were noticed"]);
    let ready = crate::scenario::SCENARIOS[0].ready();
    for (call, fault) in [
        ("fsync", "signal=SIGKILL:when=1"),
        ("write", "error=ENOSPC:when=1"),
    ] {
        let world = ready.world.copied();
        let seen = strace::with(&world, ready.scenario.command, call, fault);
        assert!(
            seen.was_killed("SIGKILL", 137) || seen.was_injected(),
            "{call}"
        );
        let world = ready.world.copied();
        let blind = strace::blind(&world, ready.scenario.command, call, fault);
        assert!(
            !blind.was_killed("SIGKILL", 137) && !blind.was_injected(),
            "{call}"
        );
        assert_eq!((blind.ran.code, ready.state(&world)), (0, State::New));
        figures.add("ladders without effect that were noticed");
    }
    figures.told("D1");
}
