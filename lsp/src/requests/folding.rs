//! `textDocument/foldingRange`

use crate::view::View;
use hjemmel_ide::FoldKind;
use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

/// What can be folded away.
pub(crate) fn folding(view: &View, params: FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let found = place.analysis.folding(place.file);
    let folds = found.into_iter().map(|fold| {
        let range = lines.range(fold.span);
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: (fold.kind == FoldKind::Comment).then_some(FoldingRangeKind::Comment),
            ..FoldingRange::default()
        }
    });
    Some(folds.collect())
}
