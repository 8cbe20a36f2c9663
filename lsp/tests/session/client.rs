//! A client for tests: speaks frames with the server in the same process.

use hjemmel_lsp::Setup;
use hjemmel_lsp::population::Population;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;

/// How long a test waits for anything.
const PATIENCE: Duration = Duration::from_secs(8);

/// The client's end.
pub(crate) struct Client {
    input: DuplexStream,
    output: DuplexStream,
    server: JoinHandle<bool>,
    buffer: Vec<u8>,
    /// Notifications and requests of the server that nobody has asked for yet.
    waiting: VecDeque<Value>,
    id: i64,
}

impl Client {
    /// A server that has heard nothing yet.
    pub(crate) fn new() -> Self {
        Self::served_by(|input, output| tokio::spawn(hjemmel_lsp::serve(input, output)))
    }

    /// The same with someone who can read extracts.
    pub(crate) fn with_population(population: Arc<dyn Population>) -> Self {
        let setup = Setup {
            population: Some(population),
            ..Setup::default()
        };
        Self::served_by(|input, output| tokio::spawn(hjemmel_lsp::serve_with(input, output, setup)))
    }

    fn served_by(serve: impl FnOnce(DuplexStream, DuplexStream) -> JoinHandle<bool>) -> Self {
        let (input, server_input) = tokio::io::duplex(1 << 16);
        let (server_output, output) = tokio::io::duplex(1 << 16);
        Self {
            input,
            output,
            server: serve(server_input, server_output),
            buffer: Vec::new(),
            waiting: VecDeque::new(),
            id: 0,
        }
    }

    /// A server that is ready, its columns counted in UTF-16.
    pub(crate) async fn ready() -> Self {
        Self::with(json!({ "capabilities": {} })).await
    }

    /// A server that is ready and works in a folder.
    pub(crate) async fn in_folder(root: &Path) -> Self {
        let folder = json!([{ "uri": uri_of(root), "name": "regler" }]);
        Self::with(json!({ "capabilities": {}, "workspaceFolders": folder })).await
    }

    /// A server that is ready after these parameters of `initialize`.
    pub(crate) async fn with(params: Value) -> Self {
        let mut client = Self::new();
        client.request("initialize", params).await;
        client.notify("initialized", json!({})).await;
        client
    }

    /// Sends bytes as they are.
    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).await.unwrap();
    }

    /// Sends a message.
    pub(crate) async fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.send_bytes(frame.as_bytes()).await;
    }

    /// Sends a notification.
    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.send(&message).await;
    }

    /// Sends a request and does not wait; gives its number.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.id += 1;
        let message =
            json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params });
        self.send(&message).await;
        self.id
    }

    /// Sends a request; the whole response.
    pub(crate) async fn response(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.wait(|message| message["id"] == id && message["method"].is_null())
            .await
    }

    /// Sends a request; its result.
    pub(crate) async fn request(&mut self, method: &str, params: Value) -> Value {
        let response = self.response(method, params).await;
        assert!(response["error"].is_null(), "{method}: {response}");
        response["result"].clone()
    }

    /// Asks about the cursor in a document: `$0` in `text`, whose rest is the document.
    pub(crate) async fn at(&mut self, method: &str, uri: &str, marked: &str) -> Value {
        let params = json!({
            "textDocument": { "uri": uri },
            "position": position(marked),
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        self.request(method, params).await
    }

    /// Asks about a document.
    pub(crate) async fn about(&mut self, method: &str, uri: &str) -> Value {
        let options = json!({ "tabSize": 4, "insertSpaces": false });
        let params = json!({ "textDocument": { "uri": uri }, "options": options });
        self.request(method, params).await
    }

    /// Opens a document in version 1.
    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "hjemmel", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }))
            .await;
    }

    /// Gives a document a new text.
    pub(crate) async fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.change(uri, version, json!({ "text": text })).await;
    }

    /// Makes one change in a document.
    pub(crate) async fn change(&mut self, uri: &str, version: i32, change: Value) {
        let params = json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [change],
        });
        self.notify("textDocument/didChange", params).await;
    }

    /// The codes of the errors among the next diagnostics of a version of a document. `None` is a closed one.
    pub(crate) async fn codes(&mut self, uri: &str, version: Option<i32>) -> Vec<String> {
        let published = self.diagnostics(uri, version).await;
        let all = published.as_array().unwrap().iter();
        let errors = all.filter(|it| it["severity"] == 1);
        errors
            .map(|it| it["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The next diagnostics of a version of a document.
    pub(crate) async fn diagnostics(&mut self, uri: &str, version: Option<i32>) -> Value {
        let published = self
            .wait(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == uri
                    && message["params"]["version"].as_i64() == version.map(i64::from)
            })
            .await;
        published["params"]["diagnostics"].clone()
    }

    /// All messages so far that nobody has asked for, and those that come while nothing happens.
    pub(crate) async fn rest(&mut self) -> Vec<Value> {
        while let Ok(message) =
            tokio::time::timeout(Duration::from_millis(150), self.receive()).await
        {
            self.waiting.push_back(message);
        }
        self.waiting.drain(..).collect()
    }

    /// The first message that is wanted; others wait.
    pub(crate) async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).unwrap();
        }
        loop {
            let message = tokio::time::timeout(PATIENCE, self.receive()).await;
            let message = message.expect("the server says nothing");
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    async fn receive(&mut self) -> Value {
        loop {
            if let Some(at) = self.buffer.windows(4).position(|it| it == b"\r\n\r\n") {
                let header = String::from_utf8_lossy(&self.buffer[..at]).into_owned();
                let length: usize = header.split(':').nth(1).unwrap().trim().parse().unwrap();
                if at + 4 + length <= self.buffer.len() {
                    let frame: Vec<u8> = self.buffer.drain(..at + 4 + length).collect();
                    return serde_json::from_slice(&frame[at + 4..]).unwrap();
                }
            }
            let read = self.output.read_buf(&mut self.buffer).await.unwrap();
            assert!(0 < read, "the server is gone");
        }
    }

    /// Goes without a word; whether the server had been asked to shut down.
    pub(crate) async fn leave(self) -> bool {
        drop(self.input);
        let ended = tokio::time::timeout(Duration::from_secs(2), self.server).await;
        ended.expect("the server ends in time").unwrap()
    }
}

/// The address of a path.
pub(crate) fn uri_of(path: &Path) -> String {
    let path = path.to_str().unwrap();
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    format!("file://{}", path.bytes().map(escape).collect::<String>())
}

/// The position of `$0` in UTF-16.
pub(crate) fn position(marked: &str) -> Value {
    let before = marked.split_once("$0").expect("a cursor").0;
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    json!({ "line": line, "character": column })
}

/// The text without the cursor.
pub(crate) fn text(marked: &str) -> String {
    marked.replacen("$0", "", 1)
}
