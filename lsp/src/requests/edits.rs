//! Edits as the protocol writes them.

use crate::convert::Lines;
use crate::view::{Abilities, Place};
use hjemmel_ide::{self as ide, FileEdits};
use std::collections::HashMap;
use tower_lsp::ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};

/// The edits of one document.
pub(crate) fn text_edits(edits: Vec<ide::TextEdit>, lines: &Lines<'_>) -> Vec<TextEdit> {
    let edits = edits.into_iter().map(|edit| TextEdit {
        range: lines.range(edit.span),
        new_text: edit.text,
    });
    edits.collect()
}

/// The edits of several files; with the versions they were made for, if the client takes them.
pub(crate) fn workspace_edit(place: &Place<'_>, edits: Vec<FileEdits>) -> WorkspaceEdit {
    let files = edits.into_iter().filter_map(|FileEdits { file, edits }| {
        let path = place.analysis.path(file);
        let edits = text_edits(edits, &place.lines_of(file));
        Some((place.view.uri(path)?, place.view.version(path), edits))
    });
    let Abilities {
        versioned_edits, ..
    } = place.view.abilities;
    if !versioned_edits {
        let changes: HashMap<Uri, Vec<TextEdit>> =
            files.map(|(uri, _, edits)| (uri, edits)).collect();
        return WorkspaceEdit {
            changes: Some(changes),
            ..WorkspaceEdit::default()
        };
    }
    let documents = files.map(|(uri, version, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(documents.collect())),
        ..WorkspaceEdit::default()
    }
}
