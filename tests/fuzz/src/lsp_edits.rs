//! Edits of an open document, in any order and of any kind: the server's text is the client's.
//!
//! The client keeps a text of its own. After the edits the server is asked what is wrong in the document and
//! how it is laid out, which must be what is said of the client's text by someone who has never seen another.

use crate::dice::Dice;
use crate::frames;
use crate::lsp_frames::run;
use crate::tokens;
use hjemmel_ide::{Host, LineStarts};
use serde_json::{Value, json};
use std::cell::RefCell;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::task::JoinHandle;

const URI: &str = "untitled:a";

/// What is put in.
const PIECES: [&str; 16] = [
    "",
    "a",
    "æø",
    "😀",
    "👩‍👩‍👧",
    "e\u{301}",
    "\n",
    "\r\n",
    "\r",
    "\n  ",
    "\t",
    "begreb ",
    "når ",
    " og ",
    "\"",
    "(",
];

/// What is asked at a place, between the edits.
const ASKED: [&str; 14] = [
    "hover",
    "definition",
    "references",
    "completion",
    "documentHighlight",
    "prepareRename",
    "signatureHelp",
    "documentSymbol",
    "foldingRange",
    "semanticTokens/full",
    "codeLens",
    "linkedEditingRange",
    "selectionRange",
    "prepareCallHierarchy",
];

/// How many inputs one server is given. To begin one costs more than most inputs do; and one that has had many
/// texts must know no more than one that has had none.
const SERVED: usize = 256;

thread_local! {
    /// The servers, one for each way to count columns.
    static CLIENTS: RefCell<[Option<Client>; 2]> = const { RefCell::new([None, None]) };
}

/// The first byte says what columns count, the second how long the text is at first; the rest are edits.
pub fn edits(data: &[u8]) {
    let mut dice = Dice(data);
    let utf8 = dice.below(2) == 1;
    CLIENTS.with_borrow_mut(|clients| {
        let slot = &mut clients[usize::from(utf8)];
        run(async {
            // One whose future was dropped by a panic is not there any more.
            let mut client = match slot.take().filter(|client| client.served < SERVED) {
                Some(client) => client,
                None => Client::ready(utf8).await,
            };
            edited(&mut client, dice).await;
            client.served += 1;
            *slot = Some(client);
        });
    });
}

async fn edited(client: &mut Client, mut dice: Dice<'_>) {
    let length = dice.below(16).min(dice.0.len());
    let (first, script) = dice.0.split_at(length);
    let mut text = tokens::text(first);
    let mut dice = Dice(script);
    client.begin(&text, dice.below(16) == 15).await;
    let utf8 = client.utf8;
    for _ in 0..64 {
        if dice.is_empty() {
            break;
        }
        let mut changes = Vec::new();
        for _ in 0..1 + dice.below(3) {
            changes.push(change(&mut text, &mut dice, utf8));
        }
        client.change(changes).await;
        if dice.below(4) == 0 {
            let at = position(&text, boundary(&text, dice.below(65_536)), utf8);
            client.ask_at(dice.of(&ASKED), at).await;
        }
    }
    client.compare(&text).await;
}

/// The boundary of a character at or before a number, which wraps around.
fn boundary(text: &str, number: usize) -> usize {
    let mut at = number % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Makes a change in the client's text, and says it in the words of the protocol.
fn change(text: &mut String, dice: &mut Dice<'_>, utf8: bool) -> Value {
    let new = match dice.below(5) {
        0 => tokens::text(&[
            dice.byte().unwrap_or_default(),
            dice.byte().unwrap_or_default(),
        ]),
        _ => dice.of(&PIECES).to_owned(),
    };
    if dice.below(16) == 15 {
        *text = new;
        return json!({ "text": text });
    }
    let from = boundary(text, dice.below(65_536));
    let to = boundary(text, (from + dice.below(24)).min(text.len()));
    let (from, to) = (
        outside_line_end(text, from),
        outside_line_end(text, to.max(from)),
    );
    let range = json!({ "start": position(text, from, utf8), "end": position(text, to, utf8) });
    text.replace_range(from..to, &new);
    json!({ "range": range, "text": new })
}

/// No position of the protocol lies between the two signs that end a line.
fn outside_line_end(text: &str, at: usize) -> usize {
    let inside = text[..at].ends_with('\r') && text[at..].starts_with('\n');
    if inside { at - 1 } else { at }
}

/// The position of an offset, counted by hand.
fn position(text: &str, at: usize, utf8: bool) -> Value {
    let before = &text[..at];
    let ends = before.replace("\r\n", " \n");
    let line = ends.matches(['\n', '\r']).count();
    let start = ends.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let column = &before[start..];
    let character = match utf8 {
        true => column.len(),
        false => column.encode_utf16().count(),
    };
    json!({ "line": line, "character": character })
}

/// The client's end of a server, and the one document in it.
struct Client {
    input: DuplexStream,
    output: DuplexStream,
    buffer: Vec<u8>,
    server: JoinHandle<bool>,
    id: i64,
    utf8: bool,
    /// The document's; none while it is not open.
    version: Option<i32>,
    /// How many inputs the server has been given.
    served: usize,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Client {
    /// A client of a server that is ready.
    async fn ready(utf8: bool) -> Self {
        let (input, server_input) = tokio::io::duplex(1 << 20);
        let (server_output, output) = tokio::io::duplex(1 << 20);
        let server = tokio::spawn(hjemmel_lsp::serve(server_input, server_output));
        let mut client = Self {
            input,
            output,
            buffer: Vec::new(),
            server,
            id: 0,
            utf8,
            version: None,
            served: 0,
        };
        let encodings = if utf8 { ["utf-8"] } else { ["utf-16"] };
        let capabilities = json!({
            "general": { "positionEncodings": encodings },
            "textDocument": { "diagnostic": {} },
        });
        client
            .request("initialize", json!({ "capabilities": capabilities }))
            .await;
        client.notify("initialized", json!({})).await;
        client
    }

    /// Gives the document this text: as another text of what is open, or closed and opened anew.
    async fn begin(&mut self, text: &str, anew: bool) {
        if self.version.is_some() && !anew {
            return self.change(vec![json!({ "text": text })]).await;
        }
        if self.version.take().is_some() {
            let closed = json!({ "textDocument": { "uri": URI } });
            self.notify("textDocument/didClose", closed).await;
        }
        self.version = Some(1);
        let document = json!({ "uri": URI, "languageId": "hjemmel", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }))
            .await;
    }

    async fn change(&mut self, changes: Vec<Value>) {
        let version = self.version.map_or(1, |version| version + 1);
        self.version = Some(version);
        let document = json!({ "uri": URI, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params).await;
    }

    async fn ask_at(&mut self, method: &str, at: Value) {
        let params = json!({
            "textDocument": { "uri": URI },
            "position": at,
            "positions": [at],
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        self.request(&format!("textDocument/{method}"), params)
            .await;
    }

    /// What the server says of its text is what is true of this one.
    async fn compare(&mut self, text: &str) {
        let utf8 = self.utf8;
        let params = json!({
            "textDocument": { "uri": URI },
            "options": { "tabSize": 2, "insertSpaces": true },
        });
        let found = self
            .request("textDocument/diagnostic", params.clone())
            .await;
        let mut host = Host::new();
        host.set_file(URI, text);
        let analysis = host.snapshot();
        let file = analysis.file(URI).unwrap();
        let expected = analysis.diagnostics(file);
        let items = found["items"].as_array().unwrap();
        let place = |at: u32| position(text, at as usize, utf8);
        let range =
            |span: hjemmel_ide::Span| json!({ "start": place(span.start), "end": place(span.end) });
        let told = items
            .iter()
            .map(|it| (it["code"].clone(), it["range"].clone()));
        let true_ones = expected.iter().map(|it| (json!(it.code), range(it.span)));
        let (told, true_ones): (Vec<_>, Vec<_>) = (told.collect(), true_ones.collect());
        assert_eq!(told, true_ones, "what is wrong in {text:?}");
        let edits = self.request("textDocument/formatting", params).await;
        let laid_out = applied(text, &edits, utf8);
        let expected = hjemmel_ide::apply(text, &analysis.formatting(file));
        assert_eq!(laid_out, expected, "{text:?}");
    }

    async fn notify(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.input
            .write_all(&frames::message(&message))
            .await
            .unwrap();
    }

    async fn request(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let message =
            json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params });
        self.input
            .write_all(&frames::message(&message))
            .await
            .unwrap();
        loop {
            while let Some(mut message) = frames::take(&mut self.buffer) {
                if message["id"] == self.id && message["method"].is_null() {
                    let code = &message["error"]["code"];
                    assert!(
                        code.is_null() || *code == -32801 || *code == -32602 || *code == -32803,
                        "{method}: {message}"
                    );
                    return message["result"].take();
                }
            }
            let count = self.output.read_buf(&mut self.buffer).await.unwrap();
            assert!(count > 0, "the server is gone");
        }
    }
}

/// The text after edits that lie apart.
fn applied(text: &str, edits: &Value, utf8: bool) -> String {
    let mut out = text.to_owned();
    let edits = edits.as_array().map_or(&[][..], Vec::as_slice);
    let mut spans: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let at = |end: &str| offset(text, &edit["range"][end], utf8);
            (at("start"), at("end"), edit["newText"].as_str().unwrap())
        })
        .collect();
    spans.sort_by_key(|(start, ..)| *start);
    for (start, end, new) in spans.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// The offset of a position, beyond a line's end its end.
fn offset(text: &str, at: &Value, utf8: bool) -> usize {
    let (line, character) = (
        at["line"].as_u64().unwrap(),
        at["character"].as_u64().unwrap(),
    );
    let starts = LineStarts::new(text);
    let Some(line) = starts.line(u32::try_from(line).unwrap()) else {
        return text.len();
    };
    let content = &text[line.start as usize..line.end as usize];
    let content = content.trim_end_matches(['\n', '\r']);
    let mut units = 0;
    let taken = content.chars().take_while(|c| {
        units += if utf8 { c.len_utf8() } else { c.len_utf16() };
        units <= character as usize
    });
    line.start as usize + taken.map(char::len_utf8).sum::<usize>()
}
