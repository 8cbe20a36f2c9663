//! D1: what is moved to its place was on the disk before, and the folder is afterwards. A kill does not show it, since
//! the system remembers what a process that was killed had written; a power cut does.

use crate::figures::Figures;
use crate::scenario::scenarios;
use crate::strace::{Step, steps};

const BEFORE: &str = "files on the disk before they were moved to their places";
const AFTER: &str = "moves whose folder was put on the disk afterwards";

#[ignore = "needs strace: tests/writing/ladder runs it"]
#[test]
fn what_is_moved_to_its_place_is_on_the_disk() {
    let figures = Figures::of(&[BEFORE, AFTER]);
    for ready in scenarios() {
        let (name, world) = (ready.scenario.name, ready.world.copied());
        let steps = steps(&world, ready.scenario.command);
        for (at, step) in steps.iter().enumerate() {
            let Step::Moved(from, to) = step else {
                continue;
            };
            let synced = |steps: &[Step], path: &std::path::Path| {
                steps.contains(&Step::Synced(path.to_owned()))
            };
            match synced(&steps[..at], from) {
                true => figures.add(BEFORE),
                false => figures.breach(format!("{name}: {from:?} was moved and not on the disk")),
            }
            match synced(&steps[at..], to.parent().unwrap()) {
                true => figures.add(AFTER),
                false => figures.breach(format!(
                    "{name}: {to:?} was moved, its folder was not synced"
                )),
            }
        }
    }
    figures.told("D1");
    assert!(figures.count(BEFORE) > 5, "hardly a file was moved");
}
