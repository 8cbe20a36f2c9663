//! H02xx and H04xx: names that are missing, or taken; a basis that is missing.

use super::ground::{Ground, in_backticks, is_blank, replace};
use super::{Fix, HOLE};
use crate::diagnostics::Diagnostic;
use crate::tokens::{index, span};
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{ClauseKind, FieldType, Kind};

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let fix = match it.code {
        "H0201" => declared(ground, it, wanted(it)),
        "H0203" => new_field(ground, it),
        "H0204" => new_value(ground, it),
        "H0206" => declared(ground, it, Kind::Act),
        "H0208" => declared(ground, it, Kind::Duty),
        "H0209" => once(ground, it),
        "H0401" => basis(ground, it),
        _ => None,
    };
    fix.into_iter().collect()
}

/// What the hint says could be declared; a term, if it says something else.
fn wanted(it: &Diagnostic) -> Kind {
    let hint = it.hint.as_deref().map(in_backticks).unwrap_or_default();
    let keyword = hint.first().and_then(|it| it.split_once(' '));
    match keyword.map(|(keyword, _)| keyword) {
        Some("data") => Kind::Data,
        Some("skøn" | "assessment") => Kind::Assessment,
        Some("parameter") => Kind::Parameter,
        Some("pligt" | "duty") => Kind::Duty,
        Some("opdeling" | "classification") => Kind::Classification,
        _ => Kind::Term,
    }
}

/// A declaration at the end of the file, with holes for what only the author knows.
fn declared(ground: &Ground<'_>, it: &Diagnostic, kind: Kind) -> Option<Fix> {
    let name = *in_backticks(&it.message).iter().find(|name| {
        // H0208 names the kind first.
        slice(ground.text(), it.span).contains(**name)
    })?;
    let keyword = crate::words::keyword_of(kind, ground.language);
    let [basis, unverified] = ground.basis();
    let clause = |danish: &'static str| format!("  {} {HOLE}", ground.word(danish));
    let mut lines = vec![format!("{keyword} {name}")];
    match kind {
        Kind::Act => {
            lines = vec![format!(
                "{keyword} {name} \"{}\"",
                ground.pick("udfyld titlen", "fill in the title")
            )]
        }
        Kind::Data => lines.push(format!("  {}", ground.word("perioder"))),
        Kind::Assessment => lines.extend([basis, unverified, clause("afgøres af")]),
        Kind::Parameter => lines.extend([basis, unverified, clause("værdi")]),
        Kind::Duty => lines.extend([
            basis,
            unverified,
            clause("for"),
            clause("regnet fra"),
            clause("frist"),
            clause("opfyldes af"),
        ]),
        Kind::Classification => lines.extend([
            basis,
            unverified,
            format!("  {HOLE} {}", ground.word("ellers")),
        ]),
        _ => lines.extend([basis, unverified, clause("når")]),
    }
    let title = format!("{} `{keyword} {name}`", ground.pick("Opret", "Create"));
    Some(Fix::new(title, vec![ground.at_end(&lines)]))
}

/// A field in the table's declaration, if that is in the same file.
fn new_field(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let name = slice(ground.text(), it.span);
    let table = ground.declaration(ground.related(it)?)?;
    let last = table.clauses.last().map_or(table.span, |it| it.span);
    let line = format!("  {name} {} {HOLE}", ground.word("er"));
    let title = format!("{} `{name}`", ground.pick("Tilføj feltet", "Add the field"));
    Some(Fix::new(title, vec![ground.below(last.end, &[line])]))
}

/// A value in the field's declaration, if that is in the same file.
fn new_value(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let value = slice(ground.text(), it.span);
    let (_, clause) = ground.clause(ground.related(it)?)?;
    let ClauseKind::Field {
        ty: FieldType::OneOf(values),
        ..
    } = &clause.kind
    else {
        return None;
    };
    let end = index(ground.text(), values.last()?.span.end);
    let title = format!(
        "{} `{value}`",
        ground.pick("Tilføj værdien", "Add the value")
    );
    let edit = replace(span(end, end), format!(", {value}"));
    Some(Fix::new(title, vec![edit]))
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

/// A line with a basis to be filled in, below the header.
fn basis(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let declaration = ground.declaration(it.span)?;
    let doubted = declaration
        .clauses
        .iter()
        .any(|clause| matches!(clause.kind, ClauseKind::Unverified(_)));
    let [basis, unverified] = ground.basis();
    let mut lines = vec![basis];
    lines.extend((!doubted).then_some(unverified));
    let title = ground.pick("Tilføj hjemmel", "Add a basis");
    Some(Fix::new(title, vec![ground.below(it.span.start, &lines)]))
}
