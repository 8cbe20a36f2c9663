//! `textDocument/hover`

use crate::view::{Place, View};
use hjemmel_ide as ide;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// What stands at a position.
pub(crate) fn hover(view: &View, params: HoverParams) -> Option<Hover> {
    let at = params.text_document_position_params;
    let place = view.place(&at.text_document)?;
    let lines = place.lines();
    let hover = place
        .analysis
        .hover(place.file, lines.offset(at.position))?;
    let counted = counted(&place, &hover);
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: format!("{}{}", hover.text, counted.unwrap_or_default()),
        }),
        range: Some(lines.range(hover.span)),
    })
}

/// How many cases the rule under the cursor covers, for editors that show no lenses.
fn counted(place: &Place<'_>, hover: &ide::Hover) -> Option<String> {
    let text = place.analysis.text(place.file);
    let range = hover.span.start as usize..hover.span.end as usize;
    let count = place.counts()?.get(text.get(range)?)?;
    let language = place.analysis.language(place.file);
    Some(format!("\n\n{}", count.words(language)))
}
