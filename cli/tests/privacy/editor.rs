//! A session with the language server that has been told of the extract: the editor is told numbers, never a
//! person.

use crate::process;
use crate::world::World;
use hjemmel_tests::tokens::{Kind, Search, word};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The editor's end.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Every byte that the server said.
    heard: Vec<u8>,
    id: u64,
}

impl Editor {
    /// Starts the server, as it is or under another program.
    pub(crate) fn start(mut command: Command) -> Self {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().expect("an output")),
            child,
            heard: Vec::new(),
            id: 0,
        }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let input = self.input.as_mut().expect("an input");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        input.flush().expect("sent");
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and gives the answer; what the server asks meanwhile is answered with nothing.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.hear();
            if message["method"].is_string() && !message["id"].is_null() {
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
            } else if message["id"] == id {
                return message;
            }
        }
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(
                0 < self.output.read_line(&mut line).expect("a header"),
                "the server is gone"
            );
            self.heard.extend_from_slice(line.as_bytes());
            if line == "\r\n" {
                break;
            }
            if let Some(number) = line.strip_prefix("Content-Length: ") {
                length = number.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        self.heard.extend_from_slice(&body);
        serde_json::from_slice(&body).expect("JSON")
    }

    /// Ends the session; gives all that was said, on stdout and stderr.
    fn end(mut self) -> Vec<u8> {
        self.ask("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        drop(self.input.take());
        self.output.read_to_end(&mut self.heard).expect("the rest");
        let mut errors = self.child.stderr.take().expect("an output");
        errors.read_to_end(&mut self.heard).expect("the rest");
        assert!(self.child.wait().expect("ended").success());
        self.heard
    }
}

/// A session over the rules of a world: everything that an editor asks of a place, at every word, and after an
/// edit. Gives all that the server said, and how often it was asked.
pub(crate) fn session(world: &World, mut editor: Editor, step: usize) -> (Vec<u8>, u64) {
    let extract = world.path("udtræk");
    let uri = |name: &str| format!("file://{}", world.path(name).display());
    let start = json!({
        "processId": null, "trace": "verbose", "locale": "da",
        "capabilities": { "textDocument": { "publishDiagnostics": { "relatedInformation": true } } },
        "workspaceFolders": [{ "uri": uri("regler"), "name": "regler" }],
        "initializationOptions": { "extract": extract, "language": "da" },
    });
    let ready = editor.ask("initialize", &start);
    assert!(ready["result"].is_object(), "{ready}");
    editor.notify("initialized", &json!({}));
    editor.notify("$/setTrace", &json!({ "value": "verbose" }));
    for name in [
        "regler/data.regel",
        "regler/tilbud.regel",
        "regler/personligt.regel",
    ] {
        let text = std::fs::read_to_string(world.path(name)).expect("rules");
        let document =
            json!({ "uri": uri(name), "languageId": "hjemmel", "version": 1, "text": text });
        editor.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }
    let counted = count(&mut editor, &uri("regler/tilbud.regel"));
    assert!(
        counted,
        "no lens tells how many cases a rule covers: the extract is not read"
    );
    for name in ["regler/tilbud.regel", "regler/personligt.regel"] {
        ask_of_file(&mut editor, &uri(name));
        let text = std::fs::read_to_string(world.path(name)).expect("rules");
        for (line, column) in places(&text).into_iter().step_by(step) {
            ask_of_place(&mut editor, &uri(name), line, column);
        }
    }
    let edit = json!({
        "textDocument": { "uri": uri("regler/tilbud.regel"), "version": 2 },
        "contentChanges": [{ "range": { "start": { "line": 0, "character": 0 },
            "end": { "line": 0, "character": 3 } }, "text": "lovv" }],
    });
    editor.notify("textDocument/didChange", &edit);
    ask_of_file(&mut editor, &uri("regler/tilbud.regel"));
    // An extract of another shape, and one that is not there.
    for extract in [world.path("regler"), world.path("findes_ikke")] {
        let settings = json!({ "settings": { "hjemmel": { "extract": extract } } });
        editor.notify("workspace/didChangeConfiguration", &settings);
        ask_of_file(&mut editor, &uri("regler/tilbud.regel"));
    }
    let asked = editor.id;
    (editor.end(), asked)
}

/// Waits until a lens tells of cases.
fn count(editor: &mut Editor, uri: &str) -> bool {
    for _ in 0..100 {
        let lenses = editor.ask(
            "textDocument/codeLens",
            &json!({ "textDocument": { "uri": uri } }),
        );
        if lenses.to_string().contains("omfatter ") {
            return true;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    false
}

fn ask_of_file(editor: &mut Editor, uri: &str) {
    let document = json!({ "textDocument": { "uri": uri } });
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 500, "character": 0 } });
    let ranged =
        json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    for method in [
        "textDocument/documentSymbol",
        "textDocument/semanticTokens/full",
        "textDocument/foldingRange",
        "textDocument/codeLens",
        "textDocument/documentLink",
        "textDocument/diagnostic",
    ] {
        editor.ask(method, &document);
    }
    editor.ask("textDocument/inlayHint", &ranged);
    editor.ask("textDocument/codeAction", &ranged);
    for query in ["", "navn", "zqv"] {
        editor.ask("workspace/symbol", &json!({ "query": query }));
    }
}

fn ask_of_place(editor: &mut Editor, uri: &str, line: usize, column: usize) {
    let position = json!({ "line": line, "character": column });
    let place = json!({ "textDocument": { "uri": uri }, "position": position,
        "context": { "includeDeclaration": true, "triggerKind": 1 } });
    for method in [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/signatureHelp",
        "textDocument/definition",
        "textDocument/references",
        "textDocument/documentHighlight",
        "textDocument/prepareRename",
    ] {
        editor.ask(method, &place);
    }
    for command in [
        "hjemmel.explain",
        "hjemmel.timelines",
        "hjemmel.compare",
        "hjemmel.runExamples",
    ] {
        let arguments = json!([{ "textDocument": { "uri": uri }, "position": position }]);
        editor.ask(
            "workspace/executeCommand",
            &json!({ "command": command, "arguments": arguments }),
        );
    }
}

/// Where each word of a text begins, by line and column; the rules have letters of one unit only.
fn places(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut before = ' ';
        for (column, c) in line.chars().enumerate() {
            if c.is_alphanumeric() && !before.is_alphanumeric() {
                places.push((number, column));
            }
            before = c;
        }
    }
    places
}

#[test]
fn an_editor_is_told_numbers_and_never_a_person() {
    let persons = 1300;
    let world = World::new(persons);
    let search = Search::new(persons);
    let mut command = process::program(&world);
    command.arg("lsp");
    let (heard, asked) = session(&world, Editor::start(command), 9);
    let found = search.in_bytes(&heard);
    println!("FIGURE;F2;requests to the language server with the extract in its settings;{asked}");
    println!(
        "FIGURE;F2;bytes of the language server searched;{}",
        heard.len()
    );
    println!("FIGURE;F2;tokens told to an editor;{}", found.len());
    assert!(found.is_empty(), "{found:?}");
    assert!(search.in_bytes(word(Kind::Name, 3).as_bytes()).len() == 1);
}
