//! The catalogue of bad input: every folder of `tests/bad` is an entry, run as its `case.toml` says.
//!
//! Of every entry seven things are checked: the exit code; that the message names the place, what was
//! expected and what to do; that nothing is written unless the entry says so; that no temporary file
//! is left; memory and time, which the kernel limits; and that no personal data stand in what is said.
//!
//! `HJEMMEL_BAD=C0 cargo test -p hjemmel --test bad` runs the entries whose names begin so, and tells all that was
//! said; `HJEMMEL_BAD=write` writes the table of `tests/bad/README.md` anew.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it does not expect, in its helpers too"
)]

#[path = "../../../extracts/src/tests/book.rs"]
mod book;
mod columns;
mod editor;
mod entry;
mod make;
mod process;
mod readme;
mod step;
mod world;

use entry::Entry;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Those that would unpack to, or ask for, far more than they are.
const BOMBS: [&str; 17] = [
    "C18", "C29", "J01", "J10", "L01", "L03", "P02b", "P03", "P03b", "P03c", "P03d", "P11", "P11b",
    "X01", "X01b", "X01c", "X02",
];

/// The folder of the catalogue.
fn catalogue() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/bad")
}

/// The names of the entries of a group, in order.
fn names(group: &str) -> Vec<String> {
    let folders = std::fs::read_dir(catalogue()).expect("the catalogue");
    let names = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| is_entry(name, group)).collect();
    names.sort();
    names
}

/// `C01`, `R02b`: the group's letter and two digits.
fn is_entry(name: &str, group: &str) -> bool {
    let digits = name.strip_prefix(group).and_then(|rest| rest.get(..2));
    digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Runs all entries of a group; says of each that is not as written what differs.
#[track_caller]
fn as_written(group: &str, count: usize) {
    let asked = std::env::var("HJEMMEL_BAD").unwrap_or_default();
    let (mut wrong, names) = (String::new(), names(group));
    let ids: std::collections::BTreeSet<&str> = names.iter().map(|name| &name[..3]).collect();
    assert_eq!(
        ids.len(),
        count,
        "the catalogue has {count} entries {group}: {ids:?}"
    );
    let mut bombs = 0;
    for name in names
        .iter()
        .filter(|name| asked == "write" || name.starts_with(&asked))
    {
        bombs += u32::from(BOMBS.contains(&name.as_str()));
        let entry = Entry::read(&catalogue().join(name));
        for fault in step::faults(&entry, !asked.is_empty() && asked != "write") {
            writeln!(wrong, "── {name}: {fault}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    if asked.is_empty() || asked == "write" {
        println!("FIGURE;C2;entries {group} of the catalogue, as written;{count}");
    }
    if bombs > 0 {
        println!("FIGURE;C6;bombs and lying headers among {group} refused within 256 MiB;{bombs}");
    }
}

#[test]
fn csv() {
    as_written("C", 30);
}

#[test]
fn workbooks() {
    as_written("X", 25);
}

#[test]
fn parquet_and_arrow() {
    as_written("P", 13);
}

#[test]
fn json() {
    as_written("J", 10);
}

#[test]
fn rule_files() {
    as_written("R", 33);
}

#[test]
fn the_data_themselves() {
    as_written("S", 24);
}

#[test]
fn editors() {
    as_written("L", 24);
}

#[test]
fn command_line_files_and_system() {
    as_written("K", 24);
}
