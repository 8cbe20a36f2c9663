//! H0201 to H0208: what is not declared is declared, where it belongs: a field, a value or a state
//! in its rule, in whichever file that stands; anything else beside what is alike.

use super::ground::{Ground, in_backticks, replace};
use super::{Fix, HOLE};
use crate::diagnostics::Diagnostic;
use crate::tokens::{index, span};
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::slice;
use hjemmel_grammar::syntax::{ClauseKind, FieldType, Kind};
use std::cmp::Reverse;

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let fix = match it.code {
        "H0201" => return declarations(ground, it, wanted(it)),
        "H0206" => return declarations(ground, it, Kind::Act),
        "H0208" => return declarations(ground, it, Kind::Duty),
        "H0203" => new_field(ground, it),
        "H0204" => new_value(ground, it),
        "H0205" => new_state(ground, it),
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

/// A declaration where others of its kind stand, and in this file.
fn declarations(ground: &Ground<'_>, it: &Diagnostic, kind: Kind) -> Vec<Fix> {
    let mut names = in_backticks(&it.message).into_iter();
    // H0208 names the kind first.
    let Some(name) = names.find(|name| slice(ground.text(), it.span).contains(*name)) else {
        return Vec::new();
    };
    let keyword = keyword::declares(kind, ground.language);
    let fix = |home: &Ground<'_>| {
        let title = format!("{} `{keyword} {name}`", ground.pick("Opret", "Create"));
        let edit = home.at_end(&declaration(home, kind, name));
        Fix::across(ground, ground.title_in(home, title), [(home.file, edit)])
    };
    let home = home(ground, kind);
    home.iter().chain([ground]).map(fix).collect()
}

/// The other file with most declarations of a kind that this file has none of.
fn home<'s>(ground: &Ground<'s>, kind: Kind) -> Option<Ground<'s>> {
    if kind == Kind::Term {
        return None;
    }
    let count = |ground: &Ground<'_>| {
        let declarations = ground.memo.tree().declarations.iter();
        declarations.filter(|it| it.kind == kind).count()
    };
    if 0 < count(ground) {
        return None;
    }
    let files = ground.set.iter();
    let grounds = files.filter_map(|(file, _)| Ground::new(ground.set, file));
    let alike = grounds.filter(|other| 0 < count(other));
    // Of several with as many, the first by path.
    alike.min_by_key(|other| Reverse(count(other)))
}

/// A declaration with holes for what only the author knows.
fn declaration(ground: &Ground<'_>, kind: Kind, name: &str) -> Vec<String> {
    let keyword = keyword::declares(kind, ground.language);
    let [basis, unverified] = ground.basis();
    let clause = |danish: &'static str| format!("  {} {HOLE}", ground.word(danish));
    let mut lines = vec![format!("{keyword} {name}")];
    match kind {
        Kind::Act => {
            let title = ground.pick("udfyld titlen", "fill in the title");
            lines = vec![format!("{keyword} {name} \"{title}\"")];
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
    lines
}

/// A field in the table's declaration.
fn new_field(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let name = slice(ground.text(), it.span);
    let (home, place) = ground.beside(it)?;
    let table = home.declaration(place)?;
    let last = table.clauses.last().map_or(table.span, |it| it.span);
    let line = format!("  {name} {} {HOLE}", home.word("er"));
    let title = format!("{} `{name}`", ground.pick("Tilføj feltet", "Add the field"));
    let edit = home.below(last.end, &[line]);
    let title = ground.title_in(&home, title);
    Some(Fix::across(ground, title, [(home.file, edit)]))
}

/// A value in the field's declaration.
fn new_value(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let value = slice(ground.text(), it.span);
    let (home, place) = ground.beside(it)?;
    let (_, clause) = home.clause(place)?;
    let ClauseKind::Field {
        ty: FieldType::OneOf(values),
        ..
    } = &clause.kind
    else {
        return None;
    };
    let end = index(home.text(), values.last()?.span.end);
    let title = format!(
        "{} `{value}`",
        ground.pick("Tilføj værdien", "Add the value")
    );
    let edit = replace(span(end, end), format!(", {value}"));
    let title = ground.title_in(&home, title);
    Some(Fix::across(ground, title, [(home.file, edit)]))
}

/// A branch in the classification's declaration, before the one for the rest.
fn new_state(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let state = slice(ground.text(), it.span);
    let (home, place) = ground.beside(it)?;
    let classification = home.declaration(place)?;
    if classification.kind != Kind::Classification {
        return None;
    }
    let line = format!("  {state} {} {HOLE}", home.word("når"));
    let otherwise = classification
        .clauses
        .iter()
        .find(|clause| matches!(&clause.kind, ClauseKind::Branch(branch) if branch.when.is_none()));
    let last = classification.clauses.last();
    let edit = match (otherwise, last) {
        (Some(otherwise), _) => home.above(otherwise.span.start, &[line]),
        (None, last) => {
            let end = last.map_or(classification.span.end, |it| it.span.end);
            home.below(end, &[line])
        }
    };
    let title = format!(
        "{} `{state}`",
        ground.pick("Tilføj grenen", "Add the branch")
    );
    let title = ground.title_in(&home, title);
    Some(Fix::across(ground, title, [(home.file, edit)]))
}
