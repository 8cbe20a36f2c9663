//! `hjemmel/fileText`: a document as the server has it, to find out whether both have the same.

use crate::view::View;
use serde_json::{Value, json};
use tower_lsp::ls_types::TextDocumentIdentifier;

/// The text that every answer is worked out from, and the version of an open document.
pub(crate) fn file_text(view: &View, params: Value) -> Value {
    let document = params.get("textDocument").cloned().unwrap_or_default();
    let Ok(document) = serde_json::from_value::<TextDocumentIdentifier>(document) else {
        return Value::Null;
    };
    let Some(place) = view.place(&document) else {
        return Value::Null;
    };
    let version = view.version(place.analysis.path(place.file));
    json!({ "text": place.analysis.text(place.file), "version": version })
}
