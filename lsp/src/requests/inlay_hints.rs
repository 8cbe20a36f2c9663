//! `textDocument/inlayHint`

use crate::view::View;
use tower_lsp::ls_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintParams};

/// The small texts between the words of a range.
pub(crate) fn inlay_hints(view: &View, params: InlayHintParams) -> Option<Vec<InlayHint>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let span = lines.span(params.range);
    let found = place.analysis.inlay_hints(place.file, span);
    let hints = found.into_iter().map(|hint| InlayHint {
        position: lines.position(hint.offset),
        label: InlayHintLabel::String(hint.text),
        kind: Some(if hint.before {
            InlayHintKind::PARAMETER
        } else {
            InlayHintKind::TYPE
        }),
        text_edits: None,
        tooltip: None,
        padding_left: Some(!hint.before),
        padding_right: Some(hint.before),
        data: None,
    });
    Some(hints.collect())
}
