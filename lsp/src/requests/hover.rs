//! `textDocument/hover`

use crate::view::View;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// What stands at a position.
pub(crate) fn hover(view: &View, params: HoverParams) -> Option<Hover> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let lines = place.lines();
    let hover = place
        .analysis
        .hover(place.file, lines.offset(at.position))?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: hover.text,
        }),
        range: Some(lines.range(hover.span)),
    })
}
