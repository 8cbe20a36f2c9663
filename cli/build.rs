//! Tells the program which commit it is built of, for `--version`.
//!
//! A source archive names it in `commit`; a checkout is asked. Nothing else of the machine comes in: two builds
//! of one commit are the same bytes. A debug build is handed to nobody and does not ask, so that a commit makes no one
//! wait for the tests of the program to be built anew.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The files and folders, from the root, that the program is made of.
const SOURCES: [&str; 20] = [
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
    "cli/build.rs",
    "cli/Cargo.toml",
    "cli/src",
    "cli/templates",
    "dsl-grammar/Cargo.toml",
    "dsl-grammar/src",
    "engine/Cargo.toml",
    "engine/diagnostics",
    "engine/src",
    "extracts/Cargo.toml",
    "extracts/src",
    "ide/Cargo.toml",
    "ide/src",
    "lsp/Cargo.toml",
    "lsp/src",
    "reports/Cargo.toml",
    "reports/src",
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=commit");
    let debug = std::env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    let commit = if debug {
        "debug".to_owned()
    } else {
        archived().or_else(checked_out).unwrap_or_default()
    };
    println!("cargo:rustc-env=HJEMMEL_COMMIT={commit}");
}

/// The commit that `git archive` wrote into the sources.
fn archived() -> Option<String> {
    let text = std::fs::read_to_string("commit").ok()?;
    let commit = text.trim();
    let named = 40 <= commit.len() && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    named.then(|| commit.to_owned())
}

/// The commit of the checkout, with a `+` if the sources are not as they are in it.
fn checked_out() -> Option<String> {
    let root = Path::new("..").canonicalize().ok()?;
    // The sources may have been unpacked inside a checkout of something else.
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?);
    if top.canonicalize().ok()? != root {
        return None;
    }
    let log = root.join(git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    if log.exists() {
        println!("cargo:rerun-if-changed={}", log.display());
    }
    for source in SOURCES {
        println!("cargo:rerun-if-changed=../{source}");
    }
    let commit = git(&["rev-parse", "HEAD"])?;
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(SOURCES);
    let changed = !git(&status)?.is_empty();
    Some(if changed { commit + "+" } else { commit })
}

/// What git says at the root.
fn git(words: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(["-C", ".."])
        .args(words)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
