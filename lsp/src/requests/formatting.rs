//! `textDocument/formatting`

use crate::requests::edits::text_edits;
use crate::view::View;
use tower_lsp::ls_types::{DocumentFormattingParams, TextEdit};

/// The edits that bring a document into its canonical form. The language has one form: the
/// client's wishes for tabs and blanks are not asked.
pub(crate) fn formatting(view: &View, params: DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let place = view.place(&params.text_document)?;
    let edits = place.analysis.formatting(place.file);
    Some(text_edits(edits, &place.lines()))
}
