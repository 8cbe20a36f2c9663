//! `textDocument/completion`, `completionItem/resolve`

use crate::convert::Lines;
use crate::view::View;
use hjemmel_ide::{Completion, CompletionKind, Kind, Piece, Span, slice};
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit, Documentation, InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind,
    TextDocumentIdentifier, TextEdit, Uri,
};

/// The most that is offered at once: more than anybody reads, and less than takes long to send.
const MOST: usize = 500;

/// What may stand at a position. Of very much only what fits the word begun; the client asks again
/// when more of it is written.
pub(crate) fn completion(view: &View, params: CompletionParams) -> Option<CompletionResponse> {
    let at = params.text_document_position;
    let place = view.place(&at.text_document)?;
    let lines = place.lines();
    let offset = lines.offset(at.position);
    let mut found = place.analysis.completion(place.file, offset);
    let is_incomplete = MOST < found.len();
    if is_incomplete {
        let text = place.analysis.text(place.file);
        found.retain(|it| fits(&it.label, slice(text, Span::new(it.replace.start, offset))));
        found.truncate(MOST);
    }
    let uri = &at.text_document.uri;
    let items = (0..).zip(found);
    let items = items.map(|(n, it)| {
        let data = kept(uri, &it);
        let item = item(n, it, &lines, view.abilities.snippets);
        CompletionItem { data, ..item }
    });
    let items = items.collect();
    Some(match is_incomplete {
        false => CompletionResponse::Array(items),
        true => CompletionResponse::List(CompletionList {
            is_incomplete,
            items,
        }),
    })
}

/// Whether the letters of the word begun stand in a label in this order, as editors match them.
fn fits(label: &str, begun: &str) -> bool {
    let mut letters = label.chars().flat_map(char::to_lowercase);
    let mut begun = begun.chars().flat_map(char::to_lowercase);
    begun.all(|wanted| letters.any(|letter| letter == wanted))
}

/// A completion with what is told of it, which is worked out only for the one that is looked at.
pub(crate) fn resolved(view: &View, item: CompletionItem) -> CompletionItem {
    let told = item
        .data
        .as_ref()
        .and_then(|data| told(view, &item.label, data));
    let documentation = told.map(|value| {
        Documentation::MarkupContent(MarkupContent {
            kind: MarkupKind::Markdown,
            value,
        })
    });
    CompletionItem {
        documentation: documentation.or(item.documentation),
        ..item
    }
}

fn told(view: &View, label: &str, data: &Value) -> Option<String> {
    let uri = serde_json::from_value(data.get("uri")?.clone()).ok()?;
    let place = view.place(&TextDocumentIdentifier { uri })?;
    let of = data.get("of").and_then(Value::as_str);
    let kind = match data.get("kind")?.as_str()? {
        // Which kind of name it is, its declaration tells.
        "name" => CompletionKind::Name(Kind::Term),
        "field" => CompletionKind::Field,
        "value" => CompletionKind::Value,
        "state" => CompletionKind::State,
        _ => CompletionKind::Keyword,
    };
    place.analysis.documentation(place.file, label, kind, of)
}

/// What the client keeps of a completion until it wants to know more.
fn kept(uri: &Uri, it: &Completion) -> Option<Value> {
    let kind = match it.kind {
        CompletionKind::Name(_) => "name",
        CompletionKind::Field => "field",
        CompletionKind::Value => "value",
        CompletionKind::State => "state",
        CompletionKind::Keyword => "keyword",
        CompletionKind::Snippet | CompletionKind::Date | CompletionKind::Citation => return None,
    };
    Some(json!({ "uri": uri, "kind": kind, "of": it.of }))
}

/// What a whole declaration will look like.
fn shown(it: &Completion) -> Option<Documentation> {
    (it.kind == CompletionKind::Snippet).then(|| {
        Documentation::MarkupContent(MarkupContent {
            kind: MarkupKind::Markdown,
            value: format!("```regel\n{}\n```", plain(&it.insert).trim_end()),
        })
    })
}

fn item(n: u32, it: Completion, lines: &Lines<'_>, snippets: bool) -> CompletionItem {
    let holes = it
        .insert
        .iter()
        .any(|piece| matches!(piece, Piece::Hole(_)));
    let as_snippet = snippets && holes;
    let new_text = if as_snippet {
        snippet(&it.insert)
    } else {
        plain(&it.insert)
    };
    CompletionItem {
        kind: Some(kind(it.kind)),
        documentation: shown(&it),
        detail: it.detail,
        // The order is ours: what is likeliest comes first.
        sort_text: Some(format!("{n:05}")),
        filter_text: Some(it.label.clone()),
        label: it.label,
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: lines.range(it.replace),
            new_text,
        })),
        insert_text_format: Some(if as_snippet {
            InsertTextFormat::SNIPPET
        } else {
            InsertTextFormat::PLAIN_TEXT
        }),
        insert_text_mode: Some(InsertTextMode::AS_IS),
        ..CompletionItem::default()
    }
}

fn plain(pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Hole(text) => text.as_str(),
    });
    texts.collect()
}

/// The protocol's way to write places to fill in.
fn snippet(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut number: u32 = 0;
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(&escaped(text)),
            Piece::Hole(text) => {
                number += 1;
                out.push_str(&format!("${{{number}:{}}}", escaped(text)));
            }
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Value | CompletionKind::State => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Keyword => CompletionItemKind::KEYWORD,
        CompletionKind::Date => CompletionItemKind::VALUE,
        CompletionKind::Citation => CompletionItemKind::REFERENCE,
        CompletionKind::Snippet => CompletionItemKind::SNIPPET,
        CompletionKind::Name(kind) => match kind {
            Kind::Act => CompletionItemKind::MODULE,
            Kind::Data => CompletionItemKind::STRUCT,
            Kind::Assessment => CompletionItemKind::INTERFACE,
            Kind::Parameter => CompletionItemKind::CONSTANT,
            Kind::Duty => CompletionItemKind::CLASS,
            Kind::Classification => CompletionItemKind::ENUM,
            Kind::Warning => CompletionItemKind::EVENT,
            _ => CompletionItemKind::FUNCTION,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, plain, snippet};

    #[test]
    fn places_to_fill_in_are_numbered_and_signs_escaped() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let hole = |text: &str| Piece::Hole(text.to_owned());
        let pieces = [text("a $ "), hole("b}"), text("\n"), hole("")];
        assert_eq!(snippet(&pieces), "a \\$ ${1:b\\}}\n${2:}");
        assert_eq!(plain(&pieces), "a $ b}\n");
    }
}
