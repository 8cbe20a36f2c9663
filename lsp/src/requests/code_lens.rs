//! `textDocument/codeLens`

use crate::view::View;
use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command};

/// What came of each example. The line is only to be read: its command is none.
pub(crate) fn code_lens(view: &View, params: CodeLensParams) -> Option<Vec<CodeLens>> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let found = place.analysis.code_lens(place.file);
    let lenses = found.into_iter().map(|lens| CodeLens {
        range: lines.range(lens.span),
        command: Some(Command {
            title: lens.title,
            command: String::new(),
            arguments: None,
        }),
        data: None,
    });
    Some(lenses.collect())
}
