//! `textDocument/formatting`

use crate::convert::Lines;
use crate::view::View;
use hjemmel_ide as ide;
use tower_lsp::ls_types::{DocumentFormattingParams, TextEdit};

/// The edits that bring a document into its canonical form. The language has one form: the
/// client's wishes for tabs and blanks are not asked.
pub(crate) fn formatting(view: &View, params: DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let edits = place.analysis.formatting(place.file);
    Some(to_protocol(edits, &lines))
}

/// Edits as the protocol writes them.
pub(crate) fn to_protocol(edits: Vec<ide::TextEdit>, lines: &Lines<'_>) -> Vec<TextEdit> {
    let edits = edits.into_iter().map(|edit| TextEdit {
        range: lines.range(edit.span),
        new_text: edit.text,
    });
    edits.collect()
}
