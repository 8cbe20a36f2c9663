//! D7: places where nothing may be written, and who may read what is.

use crate::figures::Figures;
use crate::scenario::SCENARIOS;
use crate::world::World;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::process::Command;

/// Every place is refused, and nothing in the folder is another than before.
#[test]
fn links_pipes_devices_folders_and_what_is_read_are_refused() {
    let figures = Figures::of(&["places that are no place for an output: refused and untouched"]);
    let world = World::new();
    std::fs::write(world.path("ark/hemmelig.csv"), "gammelt").unwrap();
    symlink("../ark/hemmelig.csv", world.path("ud/link.csv")).unwrap();
    symlink("/dev/full", world.path("ud/enhed.csv")).unwrap();
    symlink("mangler.csv", world.path("ud/løst.csv")).unwrap();
    std::fs::create_dir(world.path("ud/mappe.csv")).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(world.path("ud/rør.csv"))
            .status()
            .unwrap()
            .success()
    );
    std::fs::write(world.path("ark/liste.csv"), "x").unwrap();
    let run = "run dansk --data udtræk --as-of 2017-07-31 --overwrite";
    for place in [
        "--out ud/link.csv",
        "--out ud/enhed.csv",
        "--out ud/løst.csv",
        "--out ud/mappe.csv",
        "--out ud/rør.csv",
        "--out /dev/null.csv/x.csv",
        "--out udtræk/ydelse.csv",
        "--out udtræk/ny.csv",
        "--out ud/svar.csv --manifest dansk/tilbud.regel",
        "--out ud/svar.csv --manifest ud/notat.toml",
        "--out ud/svar.json --manifest ud/svar.json",
        "--out ud/svar.json --manifest ud/../ud/svar.json",
    ] {
        refused(&world, &format!("{run} {place}"), &figures);
    }
    let list = "worklist dansk --data udtræk --as-of 2017-07-31 --overwrite";
    refused(
        &world,
        &format!("{list} --since ark/liste.csv --out ark/liste.csv"),
        &figures,
    );
    let pair =
        "reconcile udtræk kladde --rules dansk --as-of 2017-07-31 --measure andel_uden --overwrite";
    refused(&world, &format!("{pair} --out kladde/ny.csv"), &figures);
    figures.told("D7");
}

fn refused(world: &World, line: &str, figures: &Figures) {
    let before = picture(world);
    let ran = world.run(line);
    assert!([2, 5].contains(&ran.code), "{line}: {ran:?}");
    assert!(!ran.stderr.is_empty(), "{line}");
    assert_eq!(picture(world), before, "{line}");
    figures.add("places that are no place for an output: refused and untouched");
}

/// Every name below the folder, with its kind, size and time.
fn picture(world: &World) -> Vec<String> {
    let mut waiting = vec![world.root().to_owned()];
    let mut all = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let found = std::fs::symlink_metadata(&path).unwrap();
            if found.is_dir() {
                waiting.push(path.clone());
            }
            let (size, time) = (found.len(), found.mtime_nsec());
            // A folder in which a lock was taken and let go of has another time.
            let seen = if found.is_dir() { (0, 0) } else { (size, time) };
            all.push(format!(
                "{} {:?} {seen:?}",
                path.display(),
                found.file_type()
            ));
        }
    }
    all.sort();
    all
}

/// Whatever the surroundings allow, only the owner may read what the program makes; what it amends stays as open as it was.
#[test]
fn only_the_owner_may_read_what_is_written() {
    let figures = Figures::of(&["outputs written under umask 000 that only their owner may read"]);
    for scenario in &SCENARIOS {
        let world = World::new();
        for line in scenario.before.iter().chain([&scenario.command]) {
            let ran = world.run(line);
            assert_eq!(ran.code, 0, "{line}: {ran:?}");
        }
        for name in scenario.outputs {
            let mode = std::fs::metadata(world.path(name)).unwrap().mode() & 0o777;
            let amended = name.ends_with(".regel");
            assert_eq!(mode, if amended { 0o644 } else { 0o600 }, "{name}");
            if !amended {
                figures.add("outputs written under umask 000 that only their owner may read");
            }
        }
    }
    figures.told("D7");
}

/// The folder in which `verify` carries a run out again.
#[ignore = "needs strace: tests/writing/ladder runs it"]
#[test]
fn only_the_owner_may_look_into_a_temporary_folder() {
    let world = World::new();
    assert_eq!(world.run(SCENARIOS[0].command).code, 0);
    let line = "run dansk --data udtræk --as-of 2017-07-31 --out ud/b.csv --manifest ud/m.json";
    assert_eq!(world.run(line).code, 0);
    let log = world.path("log");
    let by = [
        "strace",
        "-f",
        "-e",
        "trace=mkdir,mkdirat",
        "-o",
        log.to_str().unwrap(),
    ];
    let ran = world.run_by(&by.map(str::to_owned), "verify ud/m.json");
    assert_eq!(ran.code, 0, "{ran:?}");
    let log = std::fs::read_to_string(log).unwrap();
    let made: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("/hjemmel-"))
        .collect();
    let outer = made
        .iter()
        .filter(|line| line.contains(", 0700) = 0"))
        .count();
    assert!(outer > 0, "{made:?}");
    println!("FIGURE;D7;temporary folders that only their owner may look into;{outer}");
}
