//! Everything that an editor may ask, about any place.

use crate::desk::{Desk, about};
use crate::dice::Dice;
use crate::editor::Editor;
use crate::places::{cursor, told};
use serde_json::{Value, json};

/// About a place.
pub(crate) const PLACES: [&str; 15] = [
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/typeDefinition",
    "textDocument/implementation",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/linkedEditingRange",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/selectionRange",
    "textDocument/prepareCallHierarchy",
    "textDocument/onTypeFormatting",
    "hjemmel/explain",
];
/// About a stretch.
pub(crate) const STRETCHES: [&str; 4] = [
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "textDocument/rangeFormatting",
    "textDocument/semanticTokens/range",
];
/// About a document, or all.
const DOCUMENTS: [&str; 14] = [
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/formatting",
    "textDocument/codeLens",
    "textDocument/diagnostic",
    "textDocument/semanticTokens/full",
    "workspace/symbol",
    "workspace/diagnostic",
    "hjemmel/examples",
    "hjemmel/translate",
    "hjemmel/timelines",
    "hjemmel/compare",
    "hjemmel/fileText",
];

/// How many kinds of question there are, those that build on another's answer included.
pub(crate) const KINDS: usize = PLACES.len() + STRETCHES.len() + DOCUMENTS.len() + 6;

/// Asks something, and may take it back at once.
pub(crate) fn any(dice: &mut Dice, desk: &Desk, editor: &mut Editor) {
    let (path, text) = desk.asked(dice);
    let at = cursor(text, dice.roll(text.len() + 1));
    let place = match dice.chance(3) {
        // Where nothing is.
        true => json!({ "line": dice.roll(100_000), "character": dice.roll(100_000) }),
        false => told(text, at),
    };
    let end = told(text, cursor(text, at + dice.roll(2_000)).max(at));
    let params = self::at(&path, place.clone(), end);
    let id = match dice.weighted(&[6, 2, 4, 2]) {
        0 => editor.wonder(dice.word(&PLACES), params),
        1 => editor.wonder(dice.word(&STRETCHES), params),
        2 => editor.wonder(dice.word(&DOCUMENTS), params),
        _ => match built_on(dice, &path, &place, editor) {
            Some((method, params)) => editor.wonder(method, params),
            None => return,
        },
    };
    if dice.chance(5) {
        editor.cancel(id);
    }
}

/// Asks all that there is to ask about a document as a whole, and about its beginning.
pub(crate) fn all_about(path: &str, editor: &mut Editor) {
    for method in PLACES.iter().chain(&DOCUMENTS) {
        editor.wonder(
            method,
            at(
                path,
                json!({ "line": 6, "character": 8 }),
                json!({ "line": 30, "character": 0 }),
            ),
        );
    }
}

/// The parameters that any question needs.
pub(crate) fn at(path: &str, place: Value, end: Value) -> Value {
    let mut params = about(path);
    let fields = params.as_object_mut().unwrap();
    fields.insert("positions".to_owned(), json!([place]));
    fields.insert("range".to_owned(), json!({ "start": place, "end": end }));
    fields.insert("position".to_owned(), place);
    let context = json!({ "includeDeclaration": true, "triggerKind": 1, "diagnostics": [] });
    fields.insert("context".to_owned(), context);
    for (key, value) in [
        ("ch", "\n"),
        ("newName", "nyt_navn_æ"),
        ("query", "ø"),
        ("language", "en"),
    ] {
        fields.insert(key.to_owned(), json!(value));
    }
    fields.insert("previousResultIds".to_owned(), json!([]));
    params
}

/// A question that takes up an answer.
fn built_on(
    dice: &mut Dice,
    path: &str,
    place: &Value,
    editor: &Editor,
) -> Option<(&'static str, Value)> {
    let last = |method: &str| editor.last.get(method).cloned().unwrap_or_default();
    let first = |list: &Value| list.as_array()?.first().cloned();
    let text_document = about(path)["textDocument"].take();
    Some(match dice.roll(6) {
        0 => (
            "callHierarchy/incomingCalls",
            json!({ "item": first(&last("textDocument/prepareCallHierarchy"))? }),
        ),
        1 => (
            "callHierarchy/outgoingCalls",
            json!({ "item": first(&last("textDocument/prepareCallHierarchy"))? }),
        ),
        2 => {
            let list = last("textDocument/completion");
            let items = list.get("items").unwrap_or(&list).as_array()?;
            (
                "completionItem/resolve",
                items.get(dice.roll(items.len()))?.clone(),
            )
        }
        3 => {
            let id = last("textDocument/semanticTokens/full")["resultId"]
                .as_str()
                .unwrap_or("0")
                .to_owned();
            let params = json!({ "textDocument": text_document, "previousResultId": id });
            ("textDocument/semanticTokens/full/delta", params)
        }
        4 => {
            let command = *dice.pick(&["hjemmel.explain", "hjemmel.timelines", "hjemmel.compare"]);
            let argument = json!({ "textDocument": text_document, "position": place });
            (
                "workspace/executeCommand",
                json!({ "command": command, "arguments": [argument] }),
            )
        }
        _ => ("hjemmel/lawDate", json!({ "date": "2017-07-01" })),
    })
}
