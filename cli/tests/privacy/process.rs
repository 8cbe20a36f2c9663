//! The program as a process, with every switch on that could make it talk.

use crate::world::World;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// The program in a world, ready to run.
pub(crate) fn program(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    surroundings(&mut command, world);
    command
}

/// The surroundings: a world, and nothing of those that the tests run in.
pub(crate) fn surroundings(command: &mut Command, world: &World) {
    command
        .current_dir(world.path(""))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C")
        .env("TMPDIR", world.path("tmp"))
        .env("HOME", world.path("hjem"))
        .env("XDG_CACHE_HOME", world.path("hjem"))
        .env("XDG_STATE_HOME", world.path("hjem"))
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .stdin(Stdio::null());
}

/// Runs a command line whose words hold no blanks; `~` stands for one.
pub(crate) fn run(world: &World, line: &str, stdin: Option<&str>) -> Output {
    let mut command = program(world);
    command.args(words(line));
    let Some(text) = stdin else {
        return command.output().expect("the program runs");
    };
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut input = child.stdin.take().expect("an input");
    // One that wants no input may have gone.
    let _ = input.write_all(text.as_bytes());
    drop(input);
    child.wait_with_output().expect("the program ends")
}

/// The words of a command line.
pub(crate) fn words(line: &str) -> impl Iterator<Item = String> + '_ {
    let words = line.split(' ').filter(|word| !word.is_empty());
    words.map(|word| word.replace('~', " "))
}
