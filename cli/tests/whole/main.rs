//! The engine as a whole survives: hours in an editor, and extracts of a size no municipality has.
//!
//! What is run here is the share of it that fits in every change; `tests/whole/` has the commands
//! for the sizes of a night. Every figure is measured by the run and printed:
//! `FIGURE;goal;what was counted;number`.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod cold;
mod crowd;
mod desk;
mod dice;
mod editor;
mod edits;
mod ends;
mod jams;
mod many;
mod memory;
mod million;
mod places;
mod questions;
mod soak;
mod stale;
mod units;
mod wire;

/// Says a figure.
fn figure(goal: &str, what: &str, number: impl std::fmt::Display) {
    println!("FIGURE;{goal};{what};{number}");
}

/// A number that the environment sets, for longer runs than the usual.
fn setting(name: &str, usual: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(usual, |set| set.parse().expect("a whole number"))
}

/// Whether this is a night's run, and not the share of it that is in every change.
fn is_night() -> bool {
    std::env::var_os("HJEMMEL_WHOLE").is_some_and(|it| it == "night")
}

/// The program: the one that cargo has built with this test, or the one to try instead.
fn program() -> std::path::PathBuf {
    let other = std::env::var_os("HJEMMEL");
    other.map_or_else(|| env!("CARGO_BIN_EXE_hjemmel").into(), Into::into)
}

/// A folder of the project.
fn folder(name: &str) -> std::path::PathBuf {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.join(name).canonicalize().expect("a folder of ours")
}
