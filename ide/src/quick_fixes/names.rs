//! H02xx and H04xx: names that stand twice or are taken; a basis that is missing.

use super::Fix;
use super::ground::{Ground, is_blank, replace};
use crate::diagnostics::Diagnostic;
use crate::occurrence::Symbol;
use crate::rename;
use crate::text_edit::FileEdits;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::ClauseKind;

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let fix = match it.code {
        "H0209" => once(ground, it),
        "H0210" => renamed(ground, it),
        "H0401" => basis(ground, it),
        _ => None,
    };
    fix.into_iter().collect()
}

/// The second of two alike goes: a value with its comma, else the whole clause.
fn once(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let tokens = ground.memo.tokens();
    let at = tokens.iter().position(|token| token.span == it.span)?;
    let before = at.checked_sub(1).and_then(|n| tokens.get(n))?;
    let text = ground.text();
    let edit = if slice(text, before.span) == "," {
        replace(Span::new(before.span.start, it.span.end), "")
    } else {
        let (_, clause) = ground.clause(it.span)?;
        ground.without_lines(clause.span)
    };
    let word = slice(text, it.span);
    let title = format!(
        "{} `{word}`",
        ground.pick("Slet gentagelsen af", "Delete the repetition of")
    );
    (!is_blank(text, it.span)).then(|| Fix::new(title, vec![edit]))
}

/// Another name for a field whose own is taken, wherever it stands.
fn renamed(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let word = slice(ground.text(), it.span);
    let table = ground.declaration(it.span)?.name.as_ref()?.text.clone();
    let field = Symbol::Field {
        table: table.clone(),
        field: word.to_owned(),
    };
    let free = (1..).map(|n| format!("{word}_{n}"));
    let new = free
        .take(9)
        .find(|new| ground.set.field(&table, new).is_none())?;
    let edits = rename::edits(ground.set, &field, &new).into_iter();
    let edits =
        edits.flat_map(|FileEdits { file, edits }| edits.into_iter().map(move |edit| (file, edit)));
    let title = format!("{} `{new}`", ground.pick("Omdøb til", "Rename to"));
    Some(Fix::across(ground, title, edits))
}

/// A line with a basis to be filled in, below the header.
fn basis(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let doubted = declaration
        .clauses
        .iter()
        .any(|clause| matches!(clause.kind, ClauseKind::Unverified { .. }));
    let [basis, unverified] = ground.basis();
    let mut lines = vec![basis];
    lines.extend((!doubted).then_some(unverified));
    let title = ground.pick("Tilføj hjemmel", "Add a basis");
    Some(Fix::new(title, vec![ground.below(it.span.start, &lines)]))
}
