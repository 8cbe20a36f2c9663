//! The second process, which reads what libraries of others read: it ends with the first, and how it ends is told.

use crate::{fixtures, program};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program where an interruption ends it, also when these tests are run behind a shell, for which it is ignored.
fn interruptible() -> Command {
    let mut command = Command::new("env");
    command
        .arg("--default-signal=INT")
        .arg(program().get_program());
    command
        .current_dir(fixtures())
        .env_clear()
        .env("LC_ALL", "C");
    command
}

/// The program waiting for a case on its input, in front of an extract with a file in columns; and its second process.
fn waiting(extract: &tempfile::TempDir) -> (Child, u32) {
    fs::write(extract.path().join("ydelse.parquet"), "").expect("written");
    let first = interruptible()
        .args([
            "explain",
            "dansk",
            "--as-of",
            "2017-07-31",
            "--case-file",
            "-",
        ])
        .arg("--data")
        .arg(extract.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let second = soon(|| {
        let tasks = fs::read_dir(format!("/proc/{}/task", first.id())).ok()?;
        let started = |task: fs::DirEntry| fs::read_to_string(task.path().join("children")).ok();
        let started = tasks.flatten().filter_map(started).collect::<String>();
        started.split_whitespace().next()?.parse().ok()
    });
    (first, second)
}

/// What is there before long.
fn soon<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "it does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn kill(signal: &str, process: u32) {
    let sent = std::process::Command::new("kill")
        .args([signal, &process.to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
}

/// Whether a process runs the program, and is not just waited for.
fn runs(process: u32) -> bool {
    let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    !command.is_empty()
}

#[test]
fn the_second_process_ends_with_the_first() {
    let extract = tempfile::tempdir().expect("a folder");
    let (mut first, second) = waiting(&extract);
    // It has asked to be ended with the first when it runs the program, and a moment later.
    soon(|| runs(second).then_some(()));
    std::thread::sleep(Duration::from_millis(200));
    kill("-KILL", first.id());
    first.wait().expect("it ends");
    soon(|| (!runs(second)).then_some(()));
}

#[test]
fn how_the_second_process_ends_is_told_by_the_first() {
    for (signal, code, says) in [
        ("-TERM", 143, ""),
        ("-INT", 130, ""),
        ("-ABRT", 5, "systemet afbrød programmet (signal 6)"),
        ("-KILL", 5, "systemet afbrød programmet (signal 9)"),
    ] {
        let extract = tempfile::tempdir().expect("a folder");
        let (first, second) = waiting(&extract);
        soon(|| runs(second).then_some(()));
        kill(signal, second);
        let ended = first.wait_with_output().expect("it ends");
        let said = String::from_utf8(ended.stderr).expect("a text");
        assert_eq!(ended.status.code(), Some(code), "{signal}: {said}");
        assert!(said.contains(says), "{signal}: {said}");
    }
    println!("FIGURE;C7;signals to the process that reads, each told by the one that waits;4");
}

#[test]
fn the_first_process_ends_as_the_second() {
    let extract = tempfile::tempdir().expect("a folder");
    let (mut first, _) = waiting(&extract);
    use std::io::Write as _;
    let mut input = first.stdin.take().expect("an input");
    input.write_all(b"A1").expect("written");
    drop(input);
    let ended = first.wait_with_output().expect("it ends");
    let said = String::from_utf8(ended.stderr).expect("a text");
    assert!(said.contains("udtrækket kan ikke bruges"), "{said}");
    assert_eq!(ended.status.code(), Some(3), "{said}");
}
