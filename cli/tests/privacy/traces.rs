//! What is left behind by a run that ends badly: no core, and nothing that others can read.

use crate::process;
use crate::world::World;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program that is killed with SIGQUIT would leave its memory in a file, with everybody in it: the limit on
/// such files is 0 in the program, whatever it was in the shell.
#[cfg(target_os = "linux")]
#[test]
fn no_memory_is_left_in_a_file() {
    let world = World::new(5);
    let mut command = Command::new("sh");
    process::surroundings(&mut command, &world);
    command.args(["-c", "ulimit -c unlimited && exec \"$@\"", "sh"]);
    command.args([env!("CARGO_BIN_EXE_hjemmel"), "lsp"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("runs");
    let limits = format!("/proc/{}/limits", child.id());
    let until = Instant::now() + Duration::from_secs(30);
    let mut limit = String::new();
    // The shell comes first, and the program needs a moment.
    while Instant::now() < until && limits_of(&limit) != ["0", "0"] {
        let text = std::fs::read_to_string(&limits).unwrap_or_default();
        let line = text
            .lines()
            .find(|line| line.starts_with("Max core file size"));
        limit = line.unwrap_or_default().to_owned();
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(child.stdin.take());
    child.wait().expect("ended");
    assert_eq!(limits_of(&limit), ["0", "0"], "{limit}");
}

/// The soft and the hard limit in a line of `/proc`.
fn limits_of(line: &str) -> Vec<&str> {
    line.split_whitespace().skip(4).take(2).collect()
}

/// A number on a command line is seen by all: it is refused, wherever it stands, and not repeated.
#[test]
fn a_number_on_a_command_line_is_refused_and_not_repeated() {
    let world = World::new(5);
    let mut tried = 0;
    for number in ["010170-1234", "0101701234", "010170~1234"] {
        for line in [
            "explain regler --data udtræk --as-of 2017-07-31 --case @",
            "explain regler --data udtræk --as-of 2017-07-31 --case=@",
            "compare regler nyere --data udtræk --as-of 2017-07-31 --case @",
            "check @",
            "run regler --data @ --as-of 2017-07-31",
            "run regler --data udtræk --as-of @",
            "run regler --data udtræk --as-of 2017-07-31 --out ud/@.csv",
            "explain regler --data udtræk --as-of 2017-07-31 --case-file @",
            "worklist regler --data udtræk --as-of 2017-07-31 --rule @",
            "lsp @",
            "@",
        ] {
            let output = process::run(&world, &line.replace('@', number), None);
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            assert_eq!(output.status.code(), Some(2), "{line}: {said}");
            assert!(!said.contains("1234"), "{line}: {said}");
            tried += 1;
        }
    }
    assert!(world.picture("ud").is_empty());
    println!("FIGURE;F6;numbers on command lines refused;{tried}");
}
