//! No command opens a socket: every command under `strace`, which sees one that is opened on purpose. Run by
//! `tests/privacy/check`, as not every machine has strace.

use crate::commands::ALL;
use crate::editor::{Editor, session};
use crate::process;
use crate::world::World;
use std::path::Path;
use std::process::Command;

/// A command under strace, which writes every call about the network to a file.
fn traced(world: &World, log: &Path, program: &str) -> Command {
    let mut command = Command::new("strace");
    process::surroundings(&mut command, world);
    command
        .args(["-f", "-qq", "-e", "trace=%network", "-o"])
        .arg(log)
        .arg(program);
    command
}

/// The calls that could reach anybody. Pairs of sockets of a process with itself are not among them.
fn calls(log: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(log).expect("strace wrote what it saw");
    let lines = text
        .lines()
        .filter(|line| line.contains('(') && !line.contains("socketpair("));
    lines.map(str::to_owned).collect()
}

#[ignore = "asks for strace; tests/privacy/check runs it"]
#[test]
fn no_command_opens_a_socket() {
    let world = World::new(60);
    let log = world.path("hjem/kald");
    // A socket would be seen: also one of a child process.
    let script = "(: </dev/tcp/127.0.0.1/9) 2>/dev/null; exit 7";
    let mut control = traced(&world, &log, "bash");
    control.args(["-c", script]);
    let ended = control.status().expect("strace is installed");
    assert_eq!(ended.code(), Some(7), "the control did not run");
    let seen = calls(&log)
        .iter()
        .filter(|call| call.contains("socket("))
        .count();
    assert!(0 < seen, "a socket is not seen: the check says nothing");
    println!("FIGURE;F1;sockets seen in the control;{seen}");

    let mut found = Vec::new();
    for asked in ALL {
        let mut command = traced(&world, &log, env!("CARGO_BIN_EXE_hjemmel"));
        command.args(process::words(asked.line));
        let output = command.output().expect("strace runs");
        assert_eq!(
            output.status.code(),
            Some(asked.code),
            "`{}` under strace",
            asked.line
        );
        found.extend(
            calls(&log)
                .into_iter()
                .map(|call| format!("{}: {call}", asked.line)),
        );
    }
    let mut command = traced(&world, &log, env!("CARGO_BIN_EXE_hjemmel"));
    command.arg("lsp");
    let (_, asked) = session(&world, Editor::start(command), 40);
    found.extend(calls(&log).into_iter().map(|call| format!("lsp: {call}")));
    println!("FIGURE;F1;command lines run under strace;{}", ALL.len());
    println!("FIGURE;F1;requests to the language server under strace;{asked}");
    println!("FIGURE;F1;calls about the network;{}", found.len());
    assert!(found.is_empty(), "{}", found.join("\n"));
}
