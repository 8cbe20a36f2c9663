//! What the program is made of is allowed, vetted and known. A module for each question.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what it does not expect, in its helpers too"
)]

mod advisories;
mod allowed;
mod listed;
mod vetted;

use hjemmel_supply::{Locked, locked, root};

/// A file of the project.
fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A TOML file of the project.
fn table(path: &str) -> toml::Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every crate in the lock file.
fn lock() -> Vec<Locked> {
    let crates = locked(&read("Cargo.lock")).expect("a lock file");
    assert!(100 < crates.len(), "too few to be true: {}", crates.len());
    crates
}

/// Those that others wrote.
fn foreign() -> Vec<Locked> {
    lock()
        .into_iter()
        .filter(|found| found.source.is_some())
        .collect()
}
