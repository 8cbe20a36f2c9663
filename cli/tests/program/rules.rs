//! `hjemmel test`, `fmt` and `completions`.

use crate::{code, fixtures, program, run, told};
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::process::Stdio;

#[test]
fn examples_that_pass() {
    insta::assert_snapshot!(told("test dansk"));
}

#[test]
fn a_failing_example_is_drawn() {
    insta::assert_snapshot!(told("test fejlet"));
}

#[test]
fn a_failing_example_in_english() {
    insta::assert_snapshot!(told("test fejlet --lang en"));
}

#[test]
fn examples_of_rules_with_errors() {
    insta::assert_snapshot!(told("test fejl"));
}

#[test]
fn files_that_are_not_canonical() {
    insta::assert_snapshot!(told("fmt --check gammel_form"));
    assert_eq!(code("fmt --check dansk"), Some(0));
}

#[test]
fn formatting_rewrites_a_file_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("regler.regel");
    fs::copy(fixtures().join("gammel_form/regler.regel"), &path).expect("copied");
    let fmt = |arguments: &[&str]| {
        let output = program()
            .arg("fmt")
            .args(arguments)
            .arg(&path)
            .output()
            .expect("runs");
        (
            output.status.code(),
            fs::read_to_string(&path).expect("read"),
        )
    };
    let (done, once) = fmt(&[]);
    assert_eq!(done, Some(0));
    insta::assert_snapshot!(once);
    assert_eq!(fmt(&["--check"]), (Some(0), once.clone()));
    let (_, english) = fmt(&["--to", "en"]);
    assert!(english.starts_with("term målgruppe"), "{english}");
    assert_eq!(fmt(&["--to", "da"]), (Some(0), once));
}

#[test]
fn what_cannot_be_read_is_not_rewritten() {
    let mut child = program()
        .args(["fmt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let text = "begreb  x\n    når ydelse er er\n";
    let mut stdin = child.stdin.take().expect("stdin");
    stdin.write_all(text.as_bytes()).expect("written");
    drop(stdin);
    let output = child.wait_with_output().expect("ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), text);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&format!("completions {shell}"));
        assert_eq!(output.status.code(), Some(0));
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("explain"),
            "{shell}"
        );
    }
    assert_eq!(code("completions tcsh"), Some(2));
}

#[test]
fn the_language_server_answers_and_ends() {
    let mut child = program()
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut stdin = child.stdin.take().expect("stdin");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout"));
    let mut say = |body: &str| {
        write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("written");
        stdin.flush().expect("flushed");
    };
    say(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#);
    assert!(answer(&mut stdout).contains("capabilities"));
    say(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    say(r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#);
    while !answer(&mut stdout).contains(r#""id":2"#) {}
    say(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(child.wait().expect("ends").code(), Some(0));
}

/// The next message of the server.
fn answer(stdout: &mut impl BufRead) -> String {
    let mut length = 0;
    loop {
        let mut line = String::new();
        assert!(
            stdout.read_line(&mut line).expect("a line") > 0,
            "the server is gone"
        );
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().expect("a length"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).expect("a message");
    String::from_utf8_lossy(&body).into_owned()
}
