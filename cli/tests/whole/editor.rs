//! An editor's end of a session with the real program: sends frames, hears all that is said, and
//! notices what no editor may be told.
//!
//! What is stale is settled without a race. Everything an editor sends is numbered. An answer to a
//! request proves that the server had then heard all that was sent before the request. Answers and
//! notifications leave the server by two queues, and an answer may overtake diagnostics that were
//! published before it: only those that come after yet another question and its answer must be of a
//! state that a document had since: its version then or later, or none if it was closed.

use crate::wire::{frames, path, uri};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A request that has not been answered.
struct Asked {
    method: String,
    at: Instant,
    cancelled: bool,
    /// How much had been sent before it, if its answer proves that it was heard.
    after: u64,
    /// How much answers had told as heard when it was asked.
    told: u64,
    /// Someone waits for the answer.
    wanted: bool,
}

/// What was counted in a session.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) answers: u64,
    pub(crate) cancelled: u64,
    pub(crate) kinds: BTreeSet<String>,
    /// Answers that took more than two seconds and were not cancelled, by the kind of request.
    pub(crate) late: BTreeMap<String, u64>,
    pub(crate) slowest: Duration,
    pub(crate) published: u64,
    pub(crate) stale: u64,
    pub(crate) without_version: u64,
}

/// A session.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<(Instant, Value)>,
    /// Nothing is read while this is set.
    deaf: Arc<AtomicBool>,
    complaints: Receiver<String>,
    next: i64,
    sent: u64,
    /// What an answer has told as heard.
    told_heard: u64,
    /// What the server had surely heard before all that it says now.
    proven: u64,
    asked: BTreeMap<i64, Asked>,
    answers: BTreeMap<i64, Value>,
    /// The last result of those methods that others build on.
    pub(crate) last: BTreeMap<String, Value>,
    /// The versions of each document, with how much had been sent when they came to be.
    versions: BTreeMap<String, Vec<(u64, Option<i64>)>>,
    /// The last diagnostics of each document: of which version, and what.
    pub(crate) told: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    pub(crate) counted: Counted,
    pub(crate) faults: Vec<String>,
    last_heard: Instant,
}

/// What is answered without a look at the documents.
const AT_ONCE: [&str; 3] = ["initialize", "shutdown", "hjemmel/lawDate"];
/// What others build on.
const BUILT_ON: [&str; 3] = [
    "textDocument/prepareCallHierarchy",
    "textDocument/completion",
    "textDocument/semanticTokens/full",
];
/// The most that a request may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// When a session is given up.
const GIVEN_UP: Duration = Duration::from_secs(120);

impl Editor {
    /// Starts the program and tells it of these folders.
    pub(crate) fn start(folders: &[&Path]) -> Self {
        let mut editor = Self::silent();
        let folders = folders
            .iter()
            .map(|it| json!({ "uri": uri(it.to_str().unwrap()), "name": "regler" }));
        let folders: Vec<Value> = folders.collect();
        let capabilities = json!({ "general": { "positionEncodings": ["utf-16"] } });
        let process = std::process::id();
        let start = json!({ "processId": process, "capabilities": capabilities, "workspaceFolders": folders });
        let id = editor.ask("initialize", start);
        editor.answer(id);
        editor.notify("initialized", json!({}));
        editor
    }

    /// Starts the program and says nothing.
    pub(crate) fn silent() -> Self {
        let mut child = Command::new(crate::program())
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (say, heard) = channel();
        let output = child.stdout.take().unwrap();
        let deaf = Arc::new(AtomicBool::new(false));
        let gate = deaf.clone();
        std::thread::spawn(move || frames(output, &say, &gate));
        let (complain, complaints) = channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let _ = complain.send(line);
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            heard,
            deaf,
            complaints,
            next: 0,
            sent: 0,
            told_heard: 0,
            proven: 0,
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            last: BTreeMap::new(),
            versions: BTreeMap::new(),
            told: BTreeMap::new(),
            counted: Counted::default(),
            faults: Vec::new(),
            last_heard: Instant::now(),
        }
    }

    /// Reads nothing that the server says, or reads it again.
    pub(crate) fn be_deaf(&self, deaf: bool) {
        self.deaf.store(deaf, Ordering::SeqCst);
    }

    /// How many requests are not answered.
    pub(crate) fn open_requests(&self) -> usize {
        self.asked.len()
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let input = self.input.as_mut().expect("an open session");
        let written = input
            .write_all(frame.as_bytes())
            .and_then(|()| input.flush());
        assert!(
            written.is_ok(),
            "the server is gone: {:?} {:?}",
            self.child.try_wait(),
            self.faults
        );
        self.sent += 1;
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request whose answer will be waited for; its number.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.wonder(method, params);
        if let Some(asked) = self.asked.get_mut(&self.next) {
            asked.wanted = true;
        }
        self.next
    }

    /// Sends a request; its number.
    pub(crate) fn wonder(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let after = if AT_ONCE.contains(&method) {
            0
        } else {
            self.sent
        };
        let asked = Asked {
            method: method.to_owned(),
            at: Instant::now(),
            cancelled: false,
            after,
            told: self.told_heard,
            wanted: false,
        };
        self.asked.insert(self.next, asked);
        self.send(
            &json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }),
        );
        self.next
    }

    /// Takes a request back.
    pub(crate) fn cancel(&mut self, id: i64) {
        if let Some(asked) = self.asked.get_mut(&id) {
            asked.cancelled = true;
            self.notify("$/cancelRequest", json!({ "id": id }));
        }
    }

    /// Waits for an answer.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        let until = Instant::now() + GIVEN_UP;
        while !self.answers.contains_key(&id) {
            assert!(
                Instant::now() < until,
                "no answer to {}",
                self.asked[&id].method
            );
            self.hear(Duration::from_millis(100));
        }
        self.answers.remove(&id).unwrap()
    }

    /// The result of a request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)["result"].take()
    }

    pub(crate) fn open(&mut self, path: &str, version: i64, text: &str) {
        let document =
            json!({ "uri": uri(path), "languageId": "hjemmel", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        self.is_now(path, Some(version));
    }

    pub(crate) fn change(&mut self, path: &str, version: i64, changes: Vec<Value>) {
        let document = json!({ "uri": uri(path), "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": changes }),
        );
        self.is_now(path, Some(version));
    }

    pub(crate) fn close(&mut self, path: &str) {
        self.notify(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": uri(path) } }),
        );
        self.is_now(path, None);
    }

    /// Files on disk were made (1), changed (2) or removed (3).
    pub(crate) fn watched(&mut self, changes: &[(&str, u8)]) {
        let each = changes
            .iter()
            .map(|(path, kind)| json!({ "uri": uri(path), "type": kind }));
        let each: Vec<Value> = each.collect();
        self.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": each }),
        );
    }

    fn is_now(&mut self, path: &str, version: Option<i64>) {
        let states = self.versions.entry(path.to_owned()).or_default();
        states.push((self.sent, version));
        // What the server cannot be at any more.
        let proven = states
            .iter()
            .rposition(|(sent, _)| *sent <= self.proven)
            .unwrap_or(0);
        states.drain(..proven);
    }

    /// Hears what is said for so long.
    pub(crate) fn listen(&mut self, most: Duration) {
        let until = Instant::now() + most;
        self.hear(most);
        while Instant::now() < until {
            self.hear(until.saturating_duration_since(Instant::now()));
        }
    }

    /// Hears what has been said; waits so long for the first of it, and no longer.
    fn hear(&mut self, most: Duration) {
        match self.heard.recv_timeout(most) {
            Ok((at, message)) => self.take(at, message),
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => {
                panic!(
                    "the server is gone: {:?} {:?}",
                    self.child.try_wait(),
                    self.faults
                )
            }
        }
        while let Ok((at, message)) = self.heard.try_recv() {
            self.take(at, message);
        }
    }

    /// How long nothing has been said.
    pub(crate) fn quiet(&self) -> Duration {
        self.last_heard.elapsed()
    }

    /// Waits until every request is answered.
    pub(crate) fn settle(&mut self) {
        let until = Instant::now() + GIVEN_UP;
        while let Some(asked) = self.asked.values().next() {
            if until < Instant::now() {
                let told = format!("no answer to {}", asked.method);
                self.faults.push(told);
                return;
            }
            self.hear(Duration::from_millis(50));
        }
    }

    fn take(&mut self, at: Instant, mut message: Value) {
        self.last_heard = at;
        match (message["method"].as_str(), message["id"].as_i64()) {
            (None, Some(id)) => self.answered(at, id, message),
            (Some("textDocument/publishDiagnostics"), None) => {
                self.published(message["params"].take())
            }
            (Some(_), Some(id)) => {
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }))
            }
            _ => {}
        }
    }

    fn answered(&mut self, at: Instant, id: i64, message: Value) {
        let Some(asked) = self.asked.remove(&id) else {
            self.faults.push(format!("an answer to nothing: {id}"));
            return;
        };
        let took = at.saturating_duration_since(asked.at);
        self.counted.answers += 1;
        match message["error"]["code"].as_i64() {
            None => {
                self.told_heard = self.told_heard.max(asked.after);
                self.proven = self.proven.max(asked.told);
            }
            Some(-32800) => self.counted.cancelled += 1,
            // Refused as the protocol wants it: parameters or a name that cannot be.
            Some(-32602 | -32803) => {}
            Some(_) => self
                .faults
                .push(format!("{}: {}", asked.method, message["error"])),
        }
        if !asked.cancelled {
            if PATIENCE < took {
                let late = self.counted.late.entry(asked.method.clone());
                *late.or_default() += 1;
            }
            self.counted.slowest = self.counted.slowest.max(took);
        }
        if BUILT_ON.contains(&asked.method.as_str()) {
            self.last
                .insert(asked.method.clone(), message["result"].clone());
        }
        self.counted.kinds.insert(asked.method);
        if asked.wanted {
            self.answers.insert(id, message);
        }
    }

    fn published(&mut self, mut told: Value) {
        self.counted.published += 1;
        let path = path(told["uri"].as_str().unwrap());
        let version = told["version"].as_i64();
        if let Some(states) = self.versions.get(&path) {
            let proven = states
                .iter()
                .rposition(|(sent, _)| *sent <= self.proven)
                .unwrap_or(0);
            let possible = &states[proven..];
            if !possible.iter().any(|(_, state)| *state == version) {
                // A document that had not been opened may have been closed before its first state.
                let unopened = proven == 0 && states[0].0 > self.proven && version.is_none();
                if !unopened {
                    let none = version.is_none();
                    self.counted.without_version += u64::from(none);
                    self.counted.stale += u64::from(!none);
                    self.faults.push(format!(
                        "diagnostics of version {version:?}, where {possible:?} can be"
                    ));
                }
            }
        } else if version.is_some() {
            self.counted.stale += 1;
            self.faults.push(format!(
                "diagnostics of version {version:?} of what was never opened"
            ));
        }
        let diagnostics = told["diagnostics"]
            .as_array_mut()
            .map(std::mem::take)
            .unwrap_or_default();
        self.told.insert(path, (version, diagnostics));
    }

    /// What the program has said on stderr.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.complaints.try_iter().collect()
    }

    /// Asks for the end, and waits for it.
    pub(crate) fn end(mut self) -> (ExitStatus, Duration) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let began = Instant::now();
        let input = self.input.take();
        let status = self.ended();
        drop(input);
        (status, began.elapsed())
    }

    /// Goes without a word; how the program ended and how long it took.
    pub(crate) fn leave(mut self) -> (ExitStatus, Duration) {
        drop(self.input.take());
        let began = Instant::now();
        (self.ended(), began.elapsed())
    }

    /// Ends the program at once.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a process of ours");
        self.child.wait().expect("a process of ours");
    }

    fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.child.try_wait().expect("a process of ours") {
                return status;
            }
            assert!(Instant::now() < until, "the server does not end");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // Of a test that failed. One that has ended is left.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
