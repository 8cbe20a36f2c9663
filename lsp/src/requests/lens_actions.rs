//! `textDocument/codeAction`: what a lens offers, for editors that show no lenses.

use crate::commands::around;
use crate::requests::code_actions;
use crate::view::View;
use tower_lsp::ls_types::{
    CodeAction, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
};

/// All that can be done at a range; the lenses last, and only if no kind is asked for.
pub(crate) fn with_lenses(view: &View, params: CodeActionParams) -> Option<CodeActionResponse> {
    let place = view.place(&params.text_document)?;
    let at = params.range.start;
    let all = params.context.only.is_none();
    let lenses = all.then(|| around(&place, place.offset(at), at));
    let mut actions = code_actions::code_actions(view, params)?;
    actions.extend(lenses.unwrap_or_default().into_iter().map(action));
    Some(actions)
}

fn action(command: Command) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: command.title.clone(),
        command: Some(command),
        ..CodeAction::default()
    })
}
