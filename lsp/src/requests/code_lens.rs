//! `textDocument/codeLens`

use crate::commands::of_lens;
use crate::view::View;
use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command};

/// What came of each example, and what can be done. A line that is only to be read has no command.
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
    let mut lenses: Vec<CodeLens> = lenses.collect();
    let uri = place.uri_of(place.file)?;
    for lens in place.analysis.action_lenses(place.file) {
        let range = lines.range(lens.span);
        lenses.push(CodeLens {
            range,
            command: Some(of_lens(lens.title, lens.action, uri.clone(), range.start)),
            data: None,
        });
    }
    let language = place.analysis.language(place.file);
    for (span, rule) in place.analysis.countable(place.file) {
        if let Some(count) = place.counts().and_then(|all| all.get(&rule)) {
            lenses.push(CodeLens {
                range: lines.range(span),
                command: Some(Command {
                    title: count.words(language),
                    command: String::new(),
                    arguments: None,
                }),
                data: None,
            });
        }
    }
    Some(lenses)
}
