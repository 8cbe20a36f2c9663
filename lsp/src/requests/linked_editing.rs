//! `textDocument/linkedEditingRange`

use crate::view::View;
use tower_lsp::ls_types::{LinkedEditingRangeParams, LinkedEditingRanges};

/// The places that change together with the name at a position. What a word is, the client's own
/// settings for the language say.
pub(crate) fn linked_editing(
    view: &View,
    params: LinkedEditingRangeParams,
) -> Option<LinkedEditingRanges> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let lines = place.lines();
    let found = place
        .analysis
        .linked_editing(place.file, lines.offset(at.position));
    let ranges = found.into_iter().map(|span| lines.range(span));
    let ranges: Vec<_> = ranges.collect();
    (!ranges.is_empty()).then_some(LinkedEditingRanges {
        ranges,
        word_pattern: None,
    })
}
