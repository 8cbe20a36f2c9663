//! `textDocument/codeAction`: what a lens tells or offers, for editors that show no lenses.

use crate::lenses::lenses;
use crate::requests::code_actions;
use crate::view::View;
use tower_lsp::ls_types::{
    CodeAction, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
};

/// All that can be done at a range; the lenses last, and only if no kind is asked for.
pub(crate) fn with_lenses(view: &View, params: CodeActionParams) -> Option<CodeActionResponse> {
    let place = view.place(&params.text_document)?;
    let at = params.range.start;
    let offset = place.offset(at);
    let all = params.context.only.is_none();
    let lenses = if all { lenses(&place) } else { Vec::new() };
    let here = lenses.into_iter().filter(|lens| lens.whole.touches(offset));
    let commands = here.filter_map(|lens| lens.command(&place, at));
    let mut actions = code_actions::code_actions(view, params)?;
    actions.extend(commands.map(action));
    Some(actions)
}

fn action(command: Command) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: command.title.clone(),
        command: Some(command),
        ..CodeAction::default()
    })
}
