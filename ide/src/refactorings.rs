//! Other ways to write what is meant. None changes what the rules say without telling so.

mod examples;
mod exemptions;
mod terms;
mod versions;

#[cfg(test)]
mod tests;

use crate::code_actions::{Action, ActionKind, of_file};
use crate::quick_fixes::Ground;
use crate::text_edit::TextEdit;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{Clause, ClauseKind, Condition, Declaration};

/// The refactorings at a place.
pub(crate) fn refactorings(ground: &Ground<'_>, at: Span) -> Vec<Action> {
    let Some(declaration) = around(ground, at).filter(|it| !it.broken) else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    actions.extend(terms::extract(ground, declaration, at));
    actions.extend(terms::inline(ground, declaration, at));
    actions.extend(exemptions::to_exemption(ground, declaration, at));
    actions.extend(exemptions::from_exemption(ground, declaration, at));
    actions.extend(versions::new_version(ground, declaration, at));
    actions.extend(examples::new_example(ground, declaration, at));
    actions
}

/// The declaration that a place lies in.
fn around<'s>(ground: &Ground<'s>, at: Span) -> Option<&'s Declaration> {
    let mut all = ground.memo.tree().declarations.iter();
    all.find(|it| it.span.start <= at.start && at.end <= it.span.end)
}

/// Whether a place lies on the first line of a declaration.
fn on_header(ground: &Ground<'_>, declaration: &Declaration, at: Span) -> bool {
    let head = Span::new(declaration.span.start, at.start);
    !slice(ground.text(), head).contains('\n')
}

fn action(
    ground: &Ground<'_>,
    title: String,
    kind: ActionKind,
    mut edits: Vec<TextEdit>,
) -> Action {
    edits.sort();
    Action {
        title,
        kind,
        preferred: false,
        edits: of_file(ground.file, edits),
    }
}

/// The conditions round an offset within a condition.
pub(crate) fn nested(whole: &Condition, offset: u32, found: &mut Vec<Span>) {
    if whole.span.touches(offset) {
        found.push(whole.span);
        for part in terms::parts(whole) {
            nested(part, offset, found);
        }
    }
}

/// The condition of a clause.
pub(crate) fn condition(clause: &Clause) -> Option<&Condition> {
    match &clause.kind {
        ClauseKind::When(condition)
        | ClauseKind::Scope(condition)
        | ClauseKind::Count(condition)
        | ClauseKind::OutOf(condition) => Some(condition),
        ClauseKind::CountedFrom(counted) => Some(&counted.condition),
        ClauseKind::FulfilledBy(fulfilment) => Some(&fulfilment.by),
        ClauseKind::Branch(branch) => branch.when.as_ref(),
        _ => None,
    }
}

/// A name that nothing has yet.
fn free_name(ground: &Ground<'_>, wanted: &str) -> String {
    let taken = |name: &str| !ground.set.declarations(name).is_empty();
    let mut name = wanted.to_owned();
    let mut n = 1;
    while taken(&name) {
        n += 1;
        name = format!("{wanted}_{n}");
    }
    name
}
