//! A client that waits for one thing at a time.

use crate::Outcome;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

/// The text has changed meanwhile, or the server was interrupted.
const AGAIN: [i64; 2] = [-32801, -32802];

/// A message of the server, and when the whole of it was here.
pub(crate) struct Arrival {
    pub(crate) at: Instant,
    pub(crate) message: Value,
}

/// A server as a process.
pub(crate) struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: i64,
}

impl Client {
    /// Starts a program in a folder.
    pub(crate) fn start(program: &Path, arguments: &[&str], folder: &Path) -> Outcome<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take().ok_or("no input")?;
        let output = BufReader::new(child.stdout.take().ok_or("no output")?);
        Ok(Self {
            child,
            input,
            output,
            id: 0,
        })
    }

    fn send(&mut self, message: &Value) -> Outcome<()> {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(frame.as_bytes())?;
        Ok(self.input.flush()?)
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: &Value) -> Outcome<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Sends a request and waits for its result. A server that says that the text has changed, or
    /// that it was interrupted, is asked again: the waiting goes on.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Outcome<Arrival> {
        loop {
            self.id += 1;
            let id = self.id;
            let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
            self.send(&request)?;
            let arrival = self.wait(|it| it["id"] == id && it["method"].is_null())?;
            match arrival.message.pointer("/error/code") {
                None => return Ok(arrival),
                Some(code) if AGAIN.contains(&code.as_i64().unwrap_or(0)) => {}
                Some(_) => return Err(format!("{method}: {}", arrival.message).into()),
            }
        }
    }

    /// The first message that is wanted. What the server asks meanwhile is answered with nothing.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Outcome<Arrival> {
        loop {
            let arrival = self.receive()?;
            let message = &arrival.message;
            if wanted(message) {
                return Ok(arrival);
            }
            if !message["method"].is_null() && !message["id"].is_null() {
                let items = message.pointer("/params/items").and_then(Value::as_array);
                let nothing = items.map_or(Value::Null, |it| vec![Value::Null; it.len()].into());
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": nothing }))?;
            }
        }
    }

    fn receive(&mut self) -> Outcome<Arrival> {
        let mut length = 0;
        loop {
            let mut header = String::new();
            if self.output.read_line(&mut header)? == 0 {
                return Err("the server is gone".into());
            }
            if header.trim().is_empty() {
                break;
            }
            if let Some(told) = header.strip_prefix("Content-Length:") {
                length = told.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        // What this client does with it is not the server's time.
        let at = Instant::now();
        let message = serde_json::from_slice(&body)?;
        Ok(Arrival { at, message })
    }

    /// Ends the server as the protocol wants it.
    pub(crate) fn stop(mut self) -> Outcome<()> {
        self.ask("shutdown", &Value::Null)?;
        self.tell("exit", &Value::Null)?;
        self.child.wait()?;
        Ok(())
    }
}
