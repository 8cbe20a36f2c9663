//! An editor that speaks with the server, frame by frame, as an entry says.

use crate::entry::{Send, Step};
use crate::make::hex;
use crate::world::World;
use std::io::Write;
use std::process::Child;
use std::time::{Duration, Instant};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends all that the step says. What cannot be sent any more (the server has gone) is left.
pub(crate) fn speak(world: &World, step: &Step, child: &mut Child) {
    let mut input = child.stdin.take().expect("an input");
    for send in &step.send {
        if say(world, send, &mut input, child).is_err() {
            break;
        }
    }
    if step.stays {
        // The server has to go by itself.
        child.stdin = Some(input);
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn say(
    world: &World,
    send: &Send,
    input: &mut impl Write,
    child: &mut Child,
) -> std::io::Result<()> {
    match send {
        Send::Message(message) => {
            for message in usual(message) {
                frame(input, world.filled(&message).as_bytes())?;
                input.flush()?;
                // An editor must wait for these answers before it says more.
                for id in ["start", "alive", "end"] {
                    if message.contains(&format!("\"id\":\"{id}\"")) {
                        wait(world, &format!("\"id\":\"{id}\""), child);
                    }
                }
            }
        }
        Send::Raw { raw, times } => {
            for _ in 0..*times {
                input.write_all(raw.as_bytes())?;
            }
        }
        Send::Hex { hex: text } => frame(input, &hex(text))?,
        Send::Long {
            message,
            text,
            times,
        } => {
            let message = world.filled(message).replace("TEXT", &text.repeat(*times));
            frame(input, message.as_bytes())?;
        }
        Send::Each { each, times } => {
            for n in 1..=*times {
                let message = world.filled(each).replace("{n}", &n.to_string());
                frame(input, message.as_bytes())?;
            }
        }
        Send::Wait { wait: text } => wait(world, &world.filled(text), child),
        Send::Gone { .. } => {
            let until = Instant::now() + PATIENCE;
            while Instant::now() < until && child.try_wait()?.is_none() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        Send::Pause { pause_ms } => std::thread::sleep(Duration::from_millis(*pause_ms)),
        Send::Write { write, text } => std::fs::write(world.work().join(write), text)?,
    }
    input.flush()
}

fn frame(input: &mut impl Write, body: &[u8]) -> std::io::Result<()> {
    write!(input, "Content-Length: {}\r\n\r\n", body.len())?;
    input.write_all(body)
}

/// The messages that a short word stands for.
fn usual(message: &str) -> Vec<String> {
    let request = |id: &str, method: &str, params: &str| {
        format!(r#"{{"jsonrpc":"2.0","id":"{id}","method":"{method}","params":{params}}}"#)
    };
    let (word, rest) = message.split_once(' ').unwrap_or((message, ""));
    match word {
        "@start" => {
            let folders = match rest {
                "" => "null".to_owned(),
                folder => format!(r#"[{{"uri":"file://{{work}}/{folder}","name":"a"}}]"#),
            };
            let params = format!(r#"{{"capabilities":{{}},"workspaceFolders":{folders}}}"#);
            let initialized = r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#;
            vec![
                request("start", "initialize", &params),
                initialized.to_owned(),
            ]
        }
        "@alive" => vec![request("alive", "hjemmel/alive", "{}")],
        "@end" => vec![
            r#"{"jsonrpc":"2.0","id":"end","method":"shutdown"}"#.to_owned(),
            r#"{"jsonrpc":"2.0","method":"exit"}"#.to_owned(),
        ],
        _ => vec![message.to_owned()],
    }
}

/// Waits until something is said, or the server has gone.
fn wait(world: &World, text: &str, child: &mut Child) {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until && matches!(child.try_wait(), Ok(None)) {
        let said = std::fs::read(world.said("stdout")).unwrap_or_default();
        if String::from_utf8_lossy(&said).contains(text) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
