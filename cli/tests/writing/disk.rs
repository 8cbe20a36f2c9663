//! D3: disks that are full or may not be written, stdout that is full or closed, and writes that are cut short.

use crate::figures::Figures;
use crate::scenario::{Ready, SCENARIOS};
use crate::world::State;
use std::process::Stdio;

/// Mounts a disk of 64 KiB over the folder of the outputs, with the old outputs on it and a file that leaves only so
/// many KiB, runs the program, and copies what is there then to where it can be seen.
const SMALL_DISK: &str = r#"
kib=$1; shift
cp -r ud vent && mount -t tmpfs -o size=64k none ud && cp -r vent/. ud/ || exit 90
used=$(df -k --output=used ud | tail -1)
fill=$((64 - used - kib))
[ "$fill" -le 0 ] || head -c "${fill}k" /dev/zero > ud/fyld
"$@"; code=$?
rm -f ud/fyld; mkdir set && cp -r ud/. set/; umount ud && rm -rf ud && mv set ud || exit 91
exit $code
"#;

/// Makes the folder of the outputs one that may only be read.
const READ_ONLY: &str = r#"
mount --bind ud ud && mount -o remount,bind,ro ud || exit 90
"$@"
"#;

fn unshared(script: &str, arguments: &[&str]) -> Vec<String> {
    let words = ["unshare", "-m", "sh", "-c", script, "sh"].into_iter();
    words
        .chain(arguments.iter().copied())
        .map(str::to_owned)
        .collect()
}

/// The scenarios that write in `ud` only, over what is there.
fn over_older() -> impl Iterator<Item = Ready> {
    let chosen = SCENARIOS.iter().filter(|scenario| {
        scenario.folders().iter().eq(["ud"].iter()) && !scenario.before.is_empty()
    });
    chosen
        .filter(|scenario| crate::all() || scenario.in_share)
        .map(|scenario| scenario.ready())
}

#[ignore = "mounts disks: tests/writing/ladder runs it"]
#[test]
fn a_disk_that_is_full_leaves_the_outputs_as_they_were() {
    let (full, fitted, wrong) = (
        "full disks that ended with code 5 and the old set",
        "disks with room enough: code 0 and the new set",
        "disks that ended in any other way",
    );
    let figures = Figures::of(&["disks of 64 KiB tried", full, fitted, wrong]);
    for ready in over_older() {
        for kib in (0..=48).step_by(4) {
            let world = ready.world.copied();
            let ran = world.run_by(
                &unshared(SMALL_DISK, &[&kib.to_string()]),
                ready.scenario.command,
            );
            figures.add("disks of 64 KiB tried");
            match (ran.code, ready.state(&world)) {
                (0, State::New) => figures.add(fitted),
                (5, State::Old) if ran.stderr.contains("ud/") => figures.add(full),
                (_, state) => {
                    figures.add(wrong);
                    figures.breach(format!(
                        "{}, {kib} KiB: {state:?} {ran:?}",
                        ready.scenario.name
                    ));
                }
            }
            let left = world.left(ready.scenario);
            if !left.is_empty() {
                figures.breach(format!("{}, {kib} KiB: left {left:?}", ready.scenario.name));
            }
        }
    }
    figures.told("D3");
    assert!(figures.count(full) > 0, "no disk was full");
    assert!(figures.count(fitted) > 0, "no disk had room");
}

#[ignore = "mounts disks: tests/writing/ladder runs it"]
#[test]
fn a_folder_that_may_only_be_read_is_told() {
    let figures = Figures::of(&["folders that may only be read: code 5 and the old set"]);
    for ready in over_older() {
        let world = ready.world.copied();
        let ran = world.run_by(&unshared(READ_ONLY, &[]), ready.scenario.command);
        assert_eq!((ran.code, ready.state(&world)), (5, State::Old), "{ran:?}");
        assert!(ran.stderr.contains("ud/"), "{ran:?}");
        figures.add("folders that may only be read: code 5 and the old set");
    }
    figures.told("D3");
}

#[test]
fn a_stdout_that_is_full_leaves_the_outputs_as_they_were() {
    let figures = Figures::of(&["commands on a full stdout: code 5 and the old set"]);
    for ready in over_older() {
        let world = ready.world.copied();
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = world.command(&[], ready.scenario.command);
        let ran = command.stdout(full).output().unwrap();
        let stderr = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(5), "{stderr}");
        assert!(stderr.contains("stdout"), "{stderr}");
        assert_eq!(ready.state(&world), State::Old);
        assert!(world.left(ready.scenario).is_empty());
        figures.add("commands on a full stdout: code 5 and the old set");
    }
    figures.told("D3");
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let figures =
        Figures::of(&["commands whose reader went away: code 0, the new set, nothing said"]);
    for ready in over_older() {
        let world = ready.world.copied();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = world.command(&[], ready.scenario.command);
        let ran = command.stdout(Stdio::from(writer)).output().unwrap();
        let stderr = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(
            (ran.status.code(), ready.state(&world)),
            (Some(0), State::New),
            "{stderr}"
        );
        assert!(
            !stderr.contains("fejl") && !stderr.contains("panic"),
            "{stderr}"
        );
        figures.add("commands whose reader went away: code 0, the new set, nothing said");
    }
    figures.told("D3");
}

/// A library that lets `write` take at most seven bytes at a time, and counts how often.
const SHORT: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>
#include <fcntl.h>
static ssize_t (*real)(int, const void *, size_t);
static unsigned cut;
ssize_t write(int file, const void *bytes, size_t count) {
    if (!real) real = dlsym(RTLD_NEXT, "write");
    if (count > 7) { cut++; count = 7; }
    return real(file, bytes, count);
}
__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("CUT");
    int file = path ? open(path, O_CREAT | O_WRONLY, 0600) : -1;
    if (file >= 0 && cut > 0 && real) real(file, "cut", 3);
}
"#;

#[ignore = "needs a C compiler: tests/writing/ladder runs it"]
#[test]
fn writes_that_are_cut_short_give_the_same_bytes() {
    let figures =
        Figures::of(&["commands whose writes were all cut to seven bytes: the same bytes"]);
    let folder = tempfile::tempdir().unwrap();
    let (source, library) = (
        folder.path().join("short.c"),
        folder.path().join("short.so"),
    );
    std::fs::write(&source, SHORT).unwrap();
    let mut compiler = std::process::Command::new("cc");
    compiler
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source)
        .arg("-ldl");
    assert!(compiler.status().expect("cc runs").success());
    for scenario in SCENARIOS
        .iter()
        .filter(|scenario| crate::all() || scenario.in_share)
    {
        let ready = scenario.ready();
        let world = ready.world.copied();
        let told = folder.path().join("told");
        let _ = std::fs::remove_file(&told);
        let mut command = world.command(&[], scenario.command);
        let ran = command
            .env("LD_PRELOAD", &library)
            .env("CUT", &told)
            .output()
            .unwrap();
        assert_eq!(
            ran.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        assert_eq!(
            std::fs::read(&told).unwrap_or_default(),
            b"cut",
            "no write was cut"
        );
        assert_eq!(ready.state(&world), State::New, "{}", scenario.name);
        figures.add("commands whose writes were all cut to seven bytes: the same bytes");
    }
    figures.told("D2");
}
