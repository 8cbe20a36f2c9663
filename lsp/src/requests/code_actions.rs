//! `textDocument/codeAction`

use crate::requests::edits::workspace_edit;
use crate::view::View;
use hjemmel_ide::{self as ide, ActionKind};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    Diagnostic, NumberOrString, Range,
};

/// The kinds of actions there are.
pub(crate) const KINDS: [CodeActionKind; 5] = [
    CodeActionKind::QUICKFIX,
    CodeActionKind::REFACTOR_REWRITE,
    CodeActionKind::REFACTOR_EXTRACT,
    CodeActionKind::REFACTOR_INLINE,
    CodeActionKind::SOURCE_FIX_ALL,
];

/// What can be done at a range.
pub(crate) fn code_actions(view: &View, params: CodeActionParams) -> Option<CodeActionResponse> {
    let place = view.place(&params.text_document)?;
    let lines = place.lines();
    let context = params.context;
    let found = place
        .analysis
        .code_actions(place.file, lines.span(params.range));
    let mut actions = Vec::new();
    for action in found {
        let (kind, mended) = match &action.kind {
            ActionKind::Fix(it) => (
                CodeActionKind::QUICKFIX,
                same(it, lines.range(it.span), &context.diagnostics),
            ),
            ActionKind::Rewrite => (CodeActionKind::REFACTOR_REWRITE, None),
            ActionKind::Extract => (CodeActionKind::REFACTOR_EXTRACT, None),
            ActionKind::Inline => (CodeActionKind::REFACTOR_INLINE, None),
            ActionKind::FixAll => (CodeActionKind::SOURCE_FIX_ALL, None),
        };
        if !is_wanted(&kind, context.only.as_deref()) {
            continue;
        }
        actions.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: action.title,
            kind: Some(kind),
            diagnostics: mended.map(|it| vec![it]),
            edit: Some(workspace_edit(&place, action.edits)),
            is_preferred: Some(action.preferred),
            ..CodeAction::default()
        }));
    }
    Some(actions)
}

/// The client's own copy of a diagnostic, so that it can tell which one is mended.
fn same(it: &ide::Diagnostic, range: Range, told: &[Diagnostic]) -> Option<Diagnostic> {
    let code = Some(NumberOrString::String(it.code.to_owned()));
    let mut told = told.iter();
    told.find(|other| other.range == range && other.code == code)
        .cloned()
}

/// Whether the client wants actions of a kind: it may name the beginning of one.
fn is_wanted(kind: &CodeActionKind, only: Option<&[CodeActionKind]>) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|wanted| {
            let rest = kind.as_str().strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}
