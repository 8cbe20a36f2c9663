//! `textDocument/formatting`, `textDocument/rangeFormatting`, `textDocument/onTypeFormatting`

use crate::requests::edits::text_edits;
use crate::view::View;
use tower_lsp::ls_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    TextEdit,
};

/// The edits that bring a document into its canonical form. The language has one form: the
/// client's wishes for tabs and blanks are not asked.
pub(crate) fn formatting(view: &View, params: DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let place = view.place(&params.text_document)?;
    let edits = place.analysis.formatting(place.file);
    Some(text_edits(edits, &place.lines()))
}

/// The edits of the lines of a range.
pub(crate) fn range(view: &View, params: DocumentRangeFormattingParams) -> Option<Vec<TextEdit>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let span = lines.span(params.range);
    let edits = place.analysis.range_formatting(place.file, span);
    Some(text_edits(edits, &lines))
}

/// The edits of the line above the one that was just begun.
pub(crate) fn on_type(
    view: &View,
    params: DocumentOnTypeFormattingParams,
) -> Option<Vec<TextEdit>> {
    let at = params.text_document_position;
    let place = view.place(&at.text_document)?;
    let lines = place.lines();
    let offset = lines.offset(at.position);
    let edits = place.analysis.on_type_formatting(place.file, offset);
    Some(text_edits(edits, &lines))
}
