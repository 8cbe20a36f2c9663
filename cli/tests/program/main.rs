//! The program as its users meet it: a command line in, stdout, stderr and an exit code out.
//!
//! Every snapshot begins with the command, so that it can be read alone. `fixtures/` is the folder
//! that the commands run in; what they write goes elsewhere.

#![expect(
    clippy::expect_used,
    reason = "a test stops at what it does not expect, in its helpers too"
)]

mod account;
mod approval;
mod audit;
mod check;
mod compare;
mod compare_helsingor;
mod count;
mod coverage;
mod data;
mod determinism;
mod forecast;
#[cfg(target_os = "linux")]
mod guarded;
mod guide;
mod helsingor;
mod initiatives;
mod law;
mod mutate;
mod overrides;
mod reconcile;
mod report;
mod requirements;
mod rules;
mod series;
mod suspects;
mod usage;
mod use_log;
mod worklist;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program, ready to run among the fixtures with nothing of the surroundings.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command
        .current_dir(fixtures())
        .env_clear()
        .env("LC_ALL", "C");
    command.stdin(Stdio::null());
    command
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures")
}

/// Runs a command line whose words hold no blanks.
fn run(line: &str) -> Output {
    let words = line.split(' ').filter(|word| !word.is_empty());
    program().args(words).output().expect("the program runs")
}

/// The command and all that came of it.
fn told(line: &str) -> String {
    shown(line, &run(line))
}

fn shown(line: &str, output: &Output) -> String {
    let code = output
        .status
        .code()
        .map_or("interrupted".to_owned(), |code| code.to_string());
    let mut text = format!("$ hjemmel {line}\n");
    text += &String::from_utf8_lossy(&output.stdout);
    if !output.stderr.is_empty() {
        text += "--- stderr\n";
        text += &String::from_utf8_lossy(&output.stderr);
    }
    text += &format!("--- {code}\n");
    without_hashes(&text)
}

/// Hashes change with every comma in a fixture.
fn without_hashes(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let hidden = words.map(|word| {
        let hash = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let hex = hash.len() >= 12 && hash.chars().all(|c| c.is_ascii_hexdigit());
        if hex {
            word.replace(hash, "<hash>")
        } else {
            word.to_owned()
        }
    });
    hidden.collect()
}

fn code(line: &str) -> Option<i32> {
    run(line).status.code()
}
