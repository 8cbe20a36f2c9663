//! Every question that has a place, of a document with æøå, combining marks, emoji and Windows ends
//! of lines, in both ways to count columns: the answers mean the same text.
//!
//! Places in answers are turned into bytes of the document before they are compared. What the
//! server offers must be asked for here: a new offer without its question fails.

use crate::client::Client;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const URI: &str = "untitled:regler";

/// Rules without errors; `‸` are the places that are asked about.
const SOUND: &str = "# 😀 e\u{301} æøå
lov ‸LAB \"Lov e\u{301} 😀\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900
data ydelse \"🧑🏽\"
  perioder fuldstændig
  ‸ærøart er en af å, ‸før # 😀
> Sammendrag e\u{301} 😀
> og mere
begreb øre \"😀 𝕊\" # H0201
  hjemmel kilde \"😀\"
  når ‸(ydelse.ærøart er ‸før) i mindst æbletid
parameter æbletid \"e\u{301}\"
  hjemmel LAB § 92, stk. 2
  værdi 2 uger
pligt tilbud \"Å 😀\"
  hjemmel kilde \"😀 𝕊\"
  for øre dog ikke når ydelse.ærøart er å  hjemmel LAB § 93
  regnet fra øre
  frist ‸2 uger
  opfyldes af øre i mindst 1 år
fritagelse ved_æ \"😀😀\" fra ‸tilbud
  hjemmel LAB § 93
  når ydelse.ærøart er å
eksempel \"æ 😀 e\u{301}\"
  givet
    ydelse før fra ‸1. maj 2017 til 31. maj 2017
  så
    ‸tilbud er overskredet fra 29. maj 2017 til og med 31. maj 2017
    øre er ja den ‸20. maj 2017
";

/// The same kind of rules while they are written, in English.
const BROKEN: &str = "# 😀
term ‸æ \"e\u{301} 😀\"
    when   å
‸term b \"😀\"
  basis source \"🧑‍🤝‍🧑\"
  when æ and ‸langtnavn and (not æ) in total ‸6 months within ‸
  when a\u{30A} and ø or (‸b
exemption f \"😀\" from ‸æ
\t\tbasis source \"😀\"
example \"😀\"
  given
    ‸ydelse 
  then
    b is ‸
";

/// The questions about a place, by what the server offers them under.
const AT_A_PLACE: [(&str, &str); 16] = [
    ("hoverProvider", "textDocument/hover"),
    ("definitionProvider", "textDocument/definition"),
    ("typeDefinitionProvider", "textDocument/typeDefinition"),
    ("implementationProvider", "textDocument/implementation"),
    ("referencesProvider", "textDocument/references"),
    (
        "documentHighlightProvider",
        "textDocument/documentHighlight",
    ),
    (
        "linkedEditingRangeProvider",
        "textDocument/linkedEditingRange",
    ),
    ("completionProvider", "textDocument/completion"),
    ("signatureHelpProvider", "textDocument/signatureHelp"),
    ("renameProvider", "textDocument/prepareRename"),
    ("renameProvider", "textDocument/rename"),
    ("selectionRangeProvider", "textDocument/selectionRange"),
    ("callHierarchyProvider", "textDocument/prepareCallHierarchy"),
    (
        "documentOnTypeFormattingProvider",
        "textDocument/onTypeFormatting",
    ),
    ("", "hjemmel/explain"),
    ("", "hjemmel/timelines"),
];

/// The questions about a stretch, which begins at a place and ends at the next.
const OF_A_STRETCH: [(&str, &str); 4] = [
    ("codeActionProvider", "textDocument/codeAction"),
    ("inlayHintProvider", "textDocument/inlayHint"),
    (
        "documentRangeFormattingProvider",
        "textDocument/rangeFormatting",
    ),
    (
        "semanticTokensProvider",
        "textDocument/semanticTokens/range",
    ),
];

/// The questions about the whole document.
const OF_ALL: [(&str, &str); 11] = [
    ("documentSymbolProvider", "textDocument/documentSymbol"),
    ("foldingRangeProvider", "textDocument/foldingRange"),
    ("documentLinkProvider", "textDocument/documentLink"),
    ("documentFormattingProvider", "textDocument/formatting"),
    ("codeLensProvider", "textDocument/codeLens"),
    ("diagnosticProvider", "textDocument/diagnostic"),
    ("semanticTokensProvider", "textDocument/semanticTokens/full"),
    ("workspaceSymbolProvider", "workspace/symbol"),
    ("diagnosticProvider", "workspace/diagnostic"),
    ("", "hjemmel/examples"),
    ("", "hjemmel/translate"),
];

/// What the server offers that is no question about a text.
const OTHERS: [&str; 4] = [
    "executeCommandProvider",
    "positionEncoding",
    "textDocumentSync",
    "workspace",
];

/// A document and how its columns are counted.
struct Document {
    text: String,
    /// The bytes that are asked about.
    places: Vec<usize>,
    utf8: bool,
}

impl Document {
    fn new(marked: &str, utf8: bool) -> Self {
        let marked = marked.replace('\n', "\r\n");
        let mut text = String::new();
        let mut places = Vec::new();
        for (n, part) in marked.split('‸').enumerate() {
            if 0 < n {
                places.push(text.len());
            }
            text.push_str(part);
        }
        Self { text, places, utf8 }
    }

    fn width(&self, text: &str) -> usize {
        if self.utf8 {
            text.len()
        } else {
            text.encode_utf16().count()
        }
    }

    fn position(&self, byte: usize) -> Value {
        let before = &self.text[..byte];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        json!({ "line": before.matches('\n').count(), "character": self.width(&before[start..]) })
    }

    /// The byte of a line and a column, which must lie between two characters.
    fn byte(&self, line: usize, column: usize) -> usize {
        let start: usize = self
            .text
            .split_inclusive('\n')
            .take(line)
            .map(str::len)
            .sum();
        let rest = self.text[start..].split('\n').next().unwrap();
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        let at = ends
            .into_iter()
            .find(|at| self.width(&rest[..*at]) == column);
        start + at.expect("a place between two characters of the line")
    }

    /// An answer with the bytes of the document where it had lines and columns.
    fn meant(&self, answer: &Value) -> Value {
        let number = |it: &Value| usize::try_from(it.as_u64().unwrap()).unwrap();
        match answer {
            Value::Array(all) => all.iter().map(|it| self.meant(it)).collect(),
            Value::Object(fields) if fields.contains_key("character") => {
                json!(self.byte(number(&fields["line"]), number(&fields["character"])))
            }
            Value::Object(fields) => {
                let numbers = fields.get("data").and_then(Value::as_array);
                if let Some(tokens) = numbers.filter(|all| all.iter().all(Value::is_u64)) {
                    return self.tokens(&tokens.iter().map(number).collect::<Vec<_>>());
                }
                // The numbers of answers differ from one to the next.
                let fields = fields.iter().filter(|(name, _)| *name != "resultId");
                let fields = fields.map(|(name, it)| (name.clone(), self.meant(it)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }

    /// Tokens as stretches of the document, each with its kind.
    fn tokens(&self, data: &[usize]) -> Value {
        let (mut line, mut column) = (0, 0);
        let token = |it: &[usize]| {
            column = if it[0] == 0 { column + it[1] } else { it[1] };
            line += it[0];
            let (from, to) = (self.byte(line, column), self.byte(line, column + it[2]));
            json!([from, to, self.text[from..to], it[3], it[4]])
        };
        data.chunks(5).map(token).collect()
    }
}

/// What a client asks and hears, each answer with the question before it.
struct Conversation {
    client: Client,
    document: Document,
    heard: Vec<(String, Value)>,
}

impl Conversation {
    async fn new(marked: &str, utf8: bool) -> (Self, Value) {
        let document = Document::new(marked, utf8);
        let mut client = Client::new();
        let capabilities = json!({
            "general": { "positionEncodings": [if utf8 { "utf-8" } else { "utf-16" }] },
            "textDocument": { "diagnostic": {}, "definition": { "linkSupport": true } },
        });
        let told = client
            .request("initialize", json!({ "capabilities": capabilities }))
            .await;
        client.notify("initialized", json!({})).await;
        client.open(URI, &document.text).await;
        let conversation = Self {
            client,
            document,
            heard: Vec::new(),
        };
        (conversation, told["capabilities"].clone())
    }

    /// Asks a question with the parameters that any of them needs; the answer as it came.
    async fn ask(&mut self, method: &str, at: usize, more: Value) -> Value {
        let options = json!({ "tabSize": 2, "insertSpaces": true });
        let place = self.document.position(at);
        let mut params = json!({
            "textDocument": { "uri": URI }, "position": place, "positions": [place],
            "context": { "includeDeclaration": true, "triggerKind": 1, "diagnostics": [] },
            "options": options, "ch": "\n", "newName": "nyt_navn", "query": "", "language": "en",
            "previousResultIds": [],
        });
        let fields = params.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let response = self.client.response(method, params).await;
        let answer = response["result"].clone();
        let meant = match response.get("error") {
            Some(error) => error.clone(),
            None => self.document.meant(&answer),
        };
        self.heard.push((format!("{method} {at}"), meant));
        answer
    }

    async fn ask_everything(mut self) -> Vec<(String, Value)> {
        let places = self.document.places.clone();
        for (n, at) in places.iter().enumerate() {
            for (_, method) in AT_A_PLACE {
                let answer = self.ask(method, *at, json!({})).await;
                if method == "textDocument/prepareCallHierarchy" {
                    for item in answer.as_array().unwrap() {
                        let item = json!({ "item": item });
                        self.ask("callHierarchy/outgoingCalls", *at, item.clone())
                            .await;
                        self.ask("callHierarchy/incomingCalls", *at, item).await;
                    }
                }
            }
            let end = places
                .get(n + 1)
                .copied()
                .unwrap_or(self.document.text.len());
            let ends = [*at, end].map(|at| self.document.position(at));
            let range = json!({ "range": { "start": ends[0], "end": ends[1] } });
            for (_, method) in OF_A_STRETCH {
                self.ask(method, *at, range.clone()).await;
            }
        }
        for (_, method) in OF_ALL {
            self.ask(method, 0, json!({})).await;
        }
        self.edit_behind_an_emoji().await;
        self.heard
    }

    /// A change between two places that the client counts in its own way, and what comes of it.
    async fn edit_behind_an_emoji(&mut self) {
        let from = self.document.text.rfind("😀\"").unwrap() + "😀".len();
        let at = self.document.position(from);
        let change = json!({ "range": { "start": at, "end": at }, "text": "𝕊ø" });
        self.client.change(URI, 2, change).await;
        self.document.text.insert_str(from, "𝕊ø");
        self.ask("textDocument/documentSymbol", from, json!({}))
            .await;
        let previous = json!({ "previousResultId": "1" });
        self.ask("textDocument/semanticTokens/full/delta", from, previous)
            .await;
    }
}

fn is_nothing(answer: &Value) -> bool {
    answer.is_null() || answer.as_array().is_some_and(Vec::is_empty)
}

#[tokio::test]
async fn every_answer_means_the_same_text_however_columns_are_counted() {
    let mut answered = BTreeSet::new();
    for marked in [SOUND, BROKEN] {
        let (narrow, offers) = Conversation::new(marked, true).await;
        let (wide, _) = Conversation::new(marked, false).await;
        all_is_asked(&offers);
        let (narrow, wide) = (narrow.ask_everything().await, wide.ask_everything().await);
        assert_eq!(narrow.len(), wide.len());
        for ((question, one), (_, other)) in narrow.into_iter().zip(wide) {
            assert_eq!(one, other, "{question}");
            if !is_nothing(&one) {
                answered.extend(question.split(' ').next().map(str::to_owned));
            }
        }
    }
    let all = AT_A_PLACE.iter().chain(&OF_A_STRETCH).chain(&OF_ALL);
    for (_, method) in all {
        assert!(answered.contains(*method), "{method} is never answered");
    }
}

/// Each offer of the server has its question above.
#[track_caller]
fn all_is_asked(offers: &Value) {
    let all = AT_A_PLACE.iter().chain(&OF_A_STRETCH).chain(&OF_ALL);
    let asked: BTreeSet<&str> = all.map(|(offer, _)| *offer).chain(OTHERS).collect();
    for offer in offers.as_object().unwrap().keys() {
        assert!(asked.contains(offer.as_str()), "{offer} is not asked for");
    }
}

#[tokio::test]
async fn diagnostics_that_are_pushed_mean_the_same_text() {
    let mut heard = Vec::new();
    for utf8 in [true, false] {
        let document = Document::new(BROKEN, utf8);
        let encoding = if utf8 { "utf-8" } else { "utf-16" };
        let general = json!({ "general": { "positionEncodings": [encoding] } });
        let mut client = Client::with(json!({ "capabilities": general })).await;
        client.open(URI, &document.text).await;
        let told = client.diagnostics(URI, Some(1)).await;
        heard.push(document.meant(&told));
    }
    assert!(5 < heard[0].as_array().unwrap().len());
    assert_eq!(heard[0], heard[1]);
}

#[test]
fn the_documents_hold_what_is_counted_in_different_ways() {
    for (marked, together) in [(SOUND, "🧑🏽"), (BROKEN, "🧑‍🤝‍🧑")] {
        for wanted in ["æ", "e\u{301}", "😀", together] {
            assert!(marked.contains(wanted), "{wanted}");
        }
    }
}
