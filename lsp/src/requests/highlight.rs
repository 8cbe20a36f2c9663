//! `textDocument/documentHighlight`

use crate::view::View;
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

/// The places of a document that name what stands at a position.
pub(crate) fn highlight(
    view: &View,
    params: DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let lines = place.lines();
    let found = place
        .analysis
        .highlight(place.file, lines.offset(at.position));
    let found = found.iter().map(|it| DocumentHighlight {
        range: lines.range(it.span),
        kind: Some(if it.declares {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        }),
    });
    Some(found.collect())
}
