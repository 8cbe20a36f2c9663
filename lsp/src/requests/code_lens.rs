//! `textDocument/codeLens`

use crate::lenses::lenses;
use crate::view::View;
use tower_lsp::ls_types::{CodeLens, CodeLensParams};

/// What came of each example, what can be done, and how many cases each rule covers.
pub(crate) fn code_lens(view: &View, params: CodeLensParams) -> Option<Vec<CodeLens>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let lenses = lenses(&place).into_iter().map(|lens| {
        let range = lines.range(lens.span);
        CodeLens {
            range,
            command: lens.command(&place, range.start),
            data: None,
        }
    });
    Some(lenses.collect())
}
