//! A server with a text open in it, and how it is asked.

use crate::Outcome;
use crate::client::{Arrival, Client};
use crate::texts::{self, Edited, Layout, Tongue};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The code of a file that has more lines than our server takes.
const TOO_LONG: &str = "H0114";
/// How many lines of a window are shown, for what is asked of the lines shown.
const SHOWN: usize = 50;

/// Which server.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    pub(crate) name: String,
    program: PathBuf,
    arguments: &'static [&'static str],
    tongue: Tongue,
}

impl Kind {
    /// Ours: the example beside this program.
    pub(crate) fn ours() -> Outcome<Self> {
        Ok(Self {
            name: "hjemmel".to_owned(),
            program: std::env::current_exe()?.with_file_name("hjemmel-lsp"),
            // The largest text has more lines and bytes than are usual.
            arguments: &["100000", "16777216"],
            tongue: Tongue::Rules,
        })
    }

    /// Another one, of Python.
    pub(crate) fn peer(name: &str, program: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            program,
            arguments: &["server"],
            tongue: Tongue::Python,
        }
    }

    /// Its name and version, and how diagnostics come from it.
    pub(crate) fn introduction(&self) -> Outcome<String> {
        let server = Server::start(self, Layout::OneFile, 1_000)?;
        let way = if server.pulls {
            "asked for with `textDocument/diagnostic` right after the edit"
        } else {
            "as `textDocument/publishDiagnostics` with the version of the edit"
        };
        let told = format!("{} {}: diagnostics {way}", self.name, server.version_told);
        server.client.stop()?;
        Ok(told)
    }
}

/// A server that has a text open.
pub(crate) struct Server {
    client: Client,
    edited: Edited,
    uri: String,
    version: i32,
    capabilities: Value,
    version_told: String,
    /// Diagnostics are asked for; else they come.
    pulls: bool,
    /// Goes when the server goes.
    _folder: TempDir,
}

impl Server {
    /// Starts a server in a folder with texts, and opens the one that is edited.
    pub(crate) fn start(kind: &Kind, layout: Layout, lines: usize) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let edited = texts::written(folder.path(), kind.tongue, layout, lines)?;
        let mut client = Client::start(&kind.program, kind.arguments, folder.path())?;
        // Ours is measured as it is when it tells by itself.
        let can_pull = kind.tongue == Tongue::Python;
        let told = client.ask("initialize", &start(folder.path(), can_pull))?;
        client.tell("initialized", &json!({}))?;
        let result = told.message.get("result").cloned().unwrap_or_default();
        let capabilities = result.get("capabilities").cloned().unwrap_or_default();
        let told = result.pointer("/serverInfo/version");
        let mut server = Self {
            uri: uri_of(&edited.path),
            edited,
            client,
            version: 1,
            pulls: can_pull && offers(&capabilities, "diagnosticProvider"),
            capabilities,
            version_told: told.and_then(Value::as_str).unwrap_or("").to_owned(),
            _folder: folder,
        };
        server.open(kind.tongue)?;
        Ok(server)
    }

    fn open(&mut self, tongue: Tongue) -> Outcome<()> {
        let document = json!({
            "uri": self.uri,
            "languageId": tongue.id(),
            "version": self.version,
            "text": self.edited.text,
        });
        let params = json!({ "textDocument": document });
        self.client.tell("textDocument/didOpen", &params)?;
        let first = self.diagnostics()?.message;
        let told = first.pointer("/params/diagnostics");
        let mut told = told.and_then(Value::as_array).into_iter().flatten();
        if told.any(|it| it["code"] == TOO_LONG) {
            return Err("the text is longer than the server takes".into());
        }
        Ok(())
    }

    /// Changes the digit; how long until the diagnostics of exactly this version are here.
    pub(crate) fn edit(&mut self) -> Outcome<Duration> {
        self.version += 1;
        let place = |character: usize| json!({ "line": self.edited.line, "character": character });
        let digit = self.edited.digit;
        let params = json!({
            "textDocument": { "uri": self.uri, "version": self.version },
            "contentChanges": [{
                "range": { "start": place(digit), "end": place(digit + 1) },
                "text": (self.version % 9 + 1).to_string(),
            }],
        });
        let started = Instant::now();
        self.client.tell("textDocument/didChange", &params)?;
        Ok(self.diagnostics()?.at - started)
    }

    fn diagnostics(&mut self) -> Outcome<Arrival> {
        if self.pulls {
            let params = json!({ "textDocument": { "uri": self.uri } });
            return self.client.ask("textDocument/diagnostic", &params);
        }
        let version = self.version;
        self.client.wait(|it| {
            it["method"] == "textDocument/publishDiagnostics"
                && it.pointer("/params/version") == Some(&version.into())
        })
    }

    /// Asks one thing; how long until the answer is here, and whether it says anything. `None` if
    /// the server does not offer it.
    pub(crate) fn ask(&mut self, question: &Question) -> Outcome<Option<(Duration, bool)>> {
        if !offers(&self.capabilities, question.capability) {
            return Ok(None);
        }
        let params = self.params();
        let started = Instant::now();
        let arrival = self.client.ask(question.method, &params)?;
        let says = match arrival.message.get("result") {
            None | Some(Value::Null) => false,
            Some(Value::Array(all)) => !all.is_empty(),
            Some(_) => true,
        };
        Ok(Some((arrival.at - started, says)))
    }

    /// What any question needs: the document, the name used in the edited line, the lines around.
    fn params(&self) -> Value {
        let line = self.edited.line;
        let first = line.saturating_sub(SHOWN / 2);
        json!({
            "textDocument": { "uri": self.uri },
            "position": { "line": line, "character": self.edited.name },
            "range": {
                "start": { "line": first, "character": 0 },
                "end": { "line": first + SHOWN, "character": 0 },
            },
            "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1 },
            "options": { "tabSize": 4, "insertSpaces": true },
        })
    }

    /// Ends it.
    pub(crate) fn stop(self) -> Outcome<()> {
        self.client.stop()
    }
}

/// A request that is measured.
pub(crate) struct Question {
    pub(crate) method: &'static str,
    capability: &'static str,
}

const fn question(method: &'static str, capability: &'static str) -> Question {
    Question { method, capability }
}

/// The requests that are measured.
pub(crate) const QUESTIONS: [Question; 10] = [
    question("textDocument/hover", "hoverProvider"),
    question("textDocument/definition", "definitionProvider"),
    question("textDocument/completion", "completionProvider"),
    question("textDocument/references", "referencesProvider"),
    question("textDocument/documentSymbol", "documentSymbolProvider"),
    question("textDocument/semanticTokens/full", "semanticTokensProvider"),
    question("textDocument/codeLens", "codeLensProvider"),
    question("textDocument/inlayHint", "inlayHintProvider"),
    question("textDocument/formatting", "documentFormattingProvider"),
    question("textDocument/codeAction", "codeActionProvider"),
];

fn offers(capabilities: &Value, name: &str) -> bool {
    !matches!(capabilities[name], Value::Null | Value::Bool(false))
}

fn uri_of(path: &Path) -> String {
    // The folder is one of ours: its name needs no escapes.
    format!("file://{}", path.display())
}

/// The parameters of `initialize`: what an editor of today can do.
fn start(folder: &Path, can_pull: bool) -> Value {
    let uri = uri_of(folder);
    let tokens = json!({
        "requests": { "full": true }, "formats": ["relative"], "tokenTypes": [],
        "tokenModifiers": [],
    });
    let document = json!({
        "publishDiagnostics": { "versionSupport": true },
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
        "semanticTokens": tokens,
        "inlayHint": {},
        "diagnostic": can_pull.then(|| json!({})),
    });
    json!({
        "processId": std::process::id(),
        "rootUri": uri,
        "workspaceFolders": [{ "uri": uri, "name": "latency" }],
        "capabilities": { "textDocument": document, "workspace": { "workspaceFolders": true } },
    })
}
