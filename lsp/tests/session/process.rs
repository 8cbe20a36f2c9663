//! The server as a process: how it ends.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The example beside the test binary, which cargo builds with it.
fn start() -> Child {
    let test = std::env::current_exe().unwrap();
    let profile: PathBuf = test
        .parent()
        .and_then(|deps| deps.parent())
        .unwrap()
        .to_owned();
    let example = profile.join("examples/hjemmel-lsp");
    if !example.exists() {
        // `cargo test --test session` alone does not build it.
        let mut build = Command::new(env!("CARGO"));
        let status = build
            .args(["build", "--quiet", "--example", "hjemmel-lsp"])
            .status();
        assert!(status.unwrap().success());
    }
    let mut command = Command::new(example);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().expect("the example is built")
}

fn send(child: &mut Child, body: &str) {
    let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let input = child.stdin.as_mut().unwrap();
    input.write_all(frame.as_bytes()).unwrap();
    input.flush().unwrap();
}

/// Waits for the first frame, so that the server is surely up.
fn hear(child: &mut Child) {
    let mut start = [0; 16];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut start)
        .unwrap();
    assert_eq!(&start, b"Content-Length: ");
}

/// The exit code, if the process ends within two seconds.
fn code(mut child: Child) -> Option<i32> {
    let deadline = Instant::now() + Duration::from_secs(2);
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    None
}

const INITIALIZE: &str =
    r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;

#[test]
fn exit_after_shutdown_is_success_even_if_the_input_stays_open() {
    let mut child = start();
    send(&mut child, INITIALIZE);
    hear(&mut child);
    send(
        &mut child,
        r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
    );
    send(&mut child, r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let _input = child.stdin.take();
    assert_eq!(code(child), Some(0));
}

#[test]
fn a_client_that_is_gone_ends_the_server_in_time() {
    let mut child = start();
    send(&mut child, INITIALIZE);
    hear(&mut child);
    drop(child.stdin.take());
    assert_eq!(code(child), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_parent_that_is_gone_ends_the_server_even_if_the_input_stays_open() {
    let mut parent = Command::new("sleep").arg("60").spawn().unwrap();
    let mut child = start();
    let id = parent.id();
    send(
        &mut child,
        &format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"processId":{id},"capabilities":{{}}}}}}"#
        ),
    );
    hear(&mut child);
    std::thread::sleep(Duration::from_millis(700));
    parent.kill().unwrap();
    parent.wait().unwrap();
    let _input = child.stdin.take();
    assert_eq!(code(child), Some(1));
}
