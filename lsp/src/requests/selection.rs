//! `textDocument/selectionRange`

use crate::view::View;
use tower_lsp::ls_types::{Range, SelectionRange, SelectionRangeParams};

/// Wider and wider ranges round each position.
pub(crate) fn selection(view: &View, params: SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let ranges = params.positions.iter().map(|position| {
        let spans = place
            .analysis
            .selection(place.file, lines.offset(*position));
        let mut found: Option<SelectionRange> = None;
        for span in spans.iter().rev() {
            found = Some(SelectionRange {
                range: lines.range(*span),
                parent: found.map(Box::new),
            });
        }
        // There is one answer for each position.
        found.unwrap_or_else(|| SelectionRange {
            range: Range::new(*position, *position),
            parent: None,
        })
    });
    Some(ranges.collect())
}
