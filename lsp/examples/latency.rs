//! How long an author waits: keystroke to diagnostics over standard input and output.
//!
//! ```text
//! cargo build --release -p hjemmel-lsp --examples
//! target/release/examples/latency
//! ```
//!
//! The server is the example beside it. For files of 1,000, 10,000 and 50,000 lines one digit in
//! the middle is changed, again and again; the median and the 99th percentile are told in
//! milliseconds, and those of a few requests asked right after an edit.

use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

const URI: &str = "untitled:latency";
/// How many edits are measured, and how many come before to warm up.
const EDITS: i32 = 60;
const WARM: i32 = 5;
/// The requests that are measured beside the diagnostics.
const ASKED: [&str; 3] = [
    "textDocument/hover",
    "textDocument/codeLens",
    "hjemmel/examples",
];

fn main() -> Outcome<()> {
    println!(
        "{:>8}  {:<24} {:>8} {:>8}",
        "lines", "what", "p50 ms", "p99 ms"
    );
    for lines in [1_000, 10_000, 50_000] {
        measure(lines)?;
    }
    Ok(())
}

/// Measures edits of a file of so many lines.
fn measure(lines: usize) -> Outcome<()> {
    let text = rules(lines);
    let at = lines / 2 / BLOCK * BLOCK + 2;
    let mut server = Server::start()?;
    server.ask("initialize", json!({ "capabilities": {} }))?;
    server.tell("initialized", &json!({}))?;
    let document = json!({ "uri": URI, "languageId": "hjemmel", "version": 0, "text": text });
    server.tell("textDocument/didOpen", &json!({ "textDocument": document }))?;
    server.diagnostics(0)?;
    let mut waits = Vec::new();
    let mut answers = vec![Vec::new(); ASKED.len()];
    for version in 1..=EDITS + WARM {
        let started = Instant::now();
        server.tell("textDocument/didChange", &edit(at, version))?;
        server.diagnostics(version)?;
        let waited = started.elapsed();
        if version <= WARM {
            continue;
        }
        waits.push(waited);
        for (method, times) in ASKED.iter().zip(&mut answers) {
            let params = json!({
                "textDocument": { "uri": URI },
                "position": { "line": at, "character": 7 },
            });
            let started = Instant::now();
            server.ask(method, params)?;
            times.push(started.elapsed());
        }
    }
    tell(lines, "diagnostics", &mut waits);
    for (method, times) in ASKED.iter().zip(&mut answers) {
        tell(lines, method, times);
    }
    server.stop()
}

/// One digit in the middle of the file.
fn edit(line: usize, version: i32) -> Value {
    let place = |character: usize| json!({ "line": line, "character": character });
    json!({
        "textDocument": { "uri": URI, "version": version },
        "contentChanges": [{
            "range": { "start": place(DIGIT), "end": place(DIGIT + 1) },
            "text": (version % 9 + 1).to_string(),
        }],
    })
}

fn tell(lines: usize, what: &str, times: &mut [std::time::Duration]) {
    times.sort();
    let of = |percent: usize| {
        let at = times.len().saturating_sub(1) * percent / 100;
        let tenths = times.get(at).map_or(0, |time| time.as_micros() / 100);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    println!("{lines:>8}  {what:<24} {:>8} {:>8}", of(50), of(99));
}

/// How many lines a block of the file has.
const BLOCK: usize = 4;
/// Where in its third line the digit stands that is changed.
const DIGIT: usize = "  når ydelse.timer er mindst ".len() - 1;

/// A file of so many lines: terms, and now and then an example of one.
fn rules(lines: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    let mut number = 0;
    while written + BLOCK < lines.saturating_sub(8) {
        text += &format!(
            "begreb b{number} \"Begreb {number}\"\n  hjemmel kilde \"Prøve\"\n  når ydelse.timer er mindst 1 og ydelse.art er løn\n\n"
        );
        written += BLOCK;
        number += 1;
    }
    text += "data ydelse\n  perioder fuldstændig\n  art er en af hjælp, løn\n  timer er tal\n\n";
    text += "eksempel \"a\"\n  givet\n    ydelse løn, timer 9 fra 1. maj 2017, fortsat\n  så\n";
    text + "    b1 er ja fra 1. maj 2017\n"
}

/// The server as a process.
struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: i64,
}

impl Server {
    fn start() -> Outcome<Self> {
        let program = std::env::current_exe()?.with_file_name("hjemmel-lsp");
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
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
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.input.flush()?)
    }

    fn tell(&mut self, method: &str, params: &Value) -> Outcome<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    fn ask(&mut self, method: &str, params: Value) -> Outcome<Value> {
        self.id += 1;
        let id = self.id;
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.send(&message)?;
        self.wait(|it| it["id"] == id && it["method"].is_null())
    }

    fn diagnostics(&mut self, version: i32) -> Outcome<Value> {
        self.wait(|it| {
            it["method"] == "textDocument/publishDiagnostics"
                && it.pointer("/params/version") == Some(&version.into())
        })
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
        loop {
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
            let message: Value = serde_json::from_slice(&body)?;
            if wanted(&message) {
                return Ok(message);
            }
        }
    }

    fn stop(mut self) -> Outcome<()> {
        self.ask("shutdown", Value::Null)?;
        self.tell("exit", &Value::Null)?;
        self.child.wait()?;
        Ok(())
    }
}
