//! H06xx and H07xx: how declarations are put together, and what is of no use in them.

use super::ground::{Ground, in_backticks, replace};
use super::{Fix, HOLE};
use crate::diagnostics::Diagnostic;
use crate::tokens::{Token, index, line_start, span};
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{Branch, Clause, ClauseKind, Declaration};

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let fix = match it.code {
        "H0601" => missing(ground, it),
        "H0602" | "H0603" | "H0705" => without_clause(ground, it),
        "H0605" => otherwise(ground, it),
        "H0606" => in_order(ground, it),
        "H0607" => otherwise_last(ground, it),
        "H0701" => unused(ground, it),
        "H0704" => said_once(ground, it),
        _ => None,
    };
    fix.into_iter().collect()
}

/// The clauses that are whole with their keyword alone.
const WHOLE: [&str; 4] = ["perioder", "periods", "hver uge", "every week"];

fn missing(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let clause = *in_backticks(&it.message).get(1)?;
    let line = if WHOLE.contains(&clause) {
        format!("  {clause}")
    } else {
        format!("  {clause} {HOLE}")
    };
    let title = format!("{} `{clause}`", ground.pick("Tilføj", "Add"));
    let last = declaration.clauses.last().map(|it| it.span.end);
    let at = last.unwrap_or(declaration.span.start);
    Some(Fix::new(title, vec![ground.below(at, &[line])]))
}

fn without_clause(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (_, clause) = ground.clause(it.span)?;
    let first = slice(ground.text(), clause.span);
    let first = first.lines().next().unwrap_or("").trim_end();
    let title = format!("{} `{first}`", ground.pick("Slet", "Delete"));
    Some(Fix::new(title, vec![ground.without_lines(clause.span)]))
}

fn branches(declaration: &Declaration) -> impl DoubleEndedIterator<Item = (&Clause, &Branch)> {
    let clauses = declaration.clauses.iter();
    clauses.filter_map(|clause| match &clause.kind {
        ClauseKind::Branch(branch) => Some((clause, branch)),
        _ => None,
    })
}

/// A last branch for the rest. What the rest is called, the author may know better.
fn otherwise(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let taken = |name: &str| branches(declaration).any(|(_, it)| it.state.text == name);
    let state = ground.pick("øvrige", "others");
    let state = if taken(state) { HOLE } else { state };
    let otherwise = ground.word("ellers");
    let last = declaration.clauses.last().map(|it| it.span.end);
    let at = last.unwrap_or(declaration.span.start);
    let title = format!(
        "{} `{state} {otherwise}`",
        ground.pick("Tilføj grenen", "Add the branch")
    );
    let line = format!("  {state} {otherwise}");
    Some(Fix::new(title, vec![ground.below(at, &[line])]))
}

fn in_order(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let (first, _) = branches(declaration).next()?;
    let words = ground.word("i rækkefølge");
    let title = format!("{} `{words}`", ground.pick("Tilføj", "Add"));
    let edit = ground.above(first.span.start, &[format!("  {words}")]);
    Some(Fix::new(title, vec![edit]))
}

fn otherwise_last(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let (otherwise, _) = branches(declaration).find(|(_, it)| it.when.is_none())?;
    let (last, _) = branches(declaration).next_back()?;
    if last.span == otherwise.span {
        return None;
    }
    let line = slice(ground.text(), ground.lines(otherwise.span));
    let line = line.trim_end_matches(['\n', '\r']).to_owned();
    let word = ground.word("ellers");
    let title = match ground.pick("da", "en") {
        "da" => format!("Flyt `{word}` til sidst"),
        _ => format!("Move `{word}` to the end"),
    };
    let edits = vec![
        ground.without_lines(otherwise.span),
        ground.below(last.span.end, &[line]),
    ];
    Some(Fix::new(title, edits).preferred())
}

/// A declaration that nothing uses goes, unless it has versions.
fn unused(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let name = &declaration.name.as_ref()?.text;
    let once = ground.set.declarations(name).len() == 1;
    let title = format!("{} `{name}`", ground.pick("Slet", "Delete"));
    let edit = replace(ground.whole(declaration), "");
    once.then(|| Fix::new(title, vec![edit]))
}

/// The second of two conditions alike goes, with its link word or its bullet.
fn said_once(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let text = ground.text();
    let tokens = ground.memo.tokens();
    let at = tokens
        .iter()
        .position(|token| token.span.start == it.span.start)?;
    let before = at.checked_sub(1).and_then(|n| tokens.get(n))?;
    let title = ground.pick("Slet gentagelsen", "Delete the repetition");
    match slice(text, before.span) {
        "og" | "and" | "eller" | "or" => {
            let kept = at.checked_sub(2).and_then(|n| tokens.get(n))?;
            let gone = Span::new(kept.span.end, it.span.end);
            Some(Fix::new(title, vec![replace(gone, "")]).certain())
        }
        "-" if begins_line(text, before) => {
            let lines = ground.lines(Span::new(before.span.start, it.span.end));
            Some(Fix::new(title, vec![replace(lines, "")]).preferred())
        }
        _ => None,
    }
}

fn begins_line(text: &str, token: &Token) -> bool {
    let at = index(text, token.span.start);
    slice(text, span(line_start(text, at), at))
        .trim()
        .is_empty()
}
