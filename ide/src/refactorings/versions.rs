//! A new version of a rule from a day; the older gets its last day.

use super::{action, on_header};
use crate::code_actions::{Action, ActionKind};
use crate::quick_fixes::Ground;
use crate::quick_fixes::dates::{after, before};
use crate::quick_fixes::versions::{Dated, day};
use crate::text_edit::{TextEdit, apply};
use crate::words;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{ClauseKind, Date, Declaration, Kind};

/// The rule at the cursor again, from the first of January after every date that the rules know
/// (or from the day after its own last day). It is not verified until the author says so.
pub(super) fn new_version(
    ground: &Ground<'_>,
    declaration: &Declaration,
    at: Span,
) -> Option<Action> {
    let versions = !matches!(
        declaration.kind,
        Kind::Act | Kind::Data | Kind::Assessment | Kind::Parameter | Kind::Example
    );
    let name = declaration.name.as_ref()?;
    let newest = is_newest(ground, declaration, &name.text);
    if !versions || !newest || !on_header(ground, declaration, at) {
        return None;
    }
    let old = Dated::of(declaration);
    let from = match old.last() {
        Some(last) => after(last),
        None => next_year(ground)?,
    };
    let mut edits = vec![copy(ground, declaration, &old, from)];
    if old.last().is_none() {
        edits.push(old.ends(ground, before(from)));
    }
    let title = match ground.pick("da", "en") {
        "da" => format!(
            "Ny version af `{}` fra {}",
            name.text,
            words::date(from, ground.language)
        ),
        _ => format!(
            "New version of `{}` from {}",
            name.text,
            words::date(from, ground.language)
        ),
    };
    Some(action(ground, title, ActionKind::Rewrite, edits))
}

/// Whether no version begins later.
fn is_newest(ground: &Ground<'_>, declaration: &Declaration, name: &str) -> bool {
    let own = Dated::of(declaration).first().map(day);
    let all = ground.set.declarations(name).into_iter();
    let firsts = all.filter_map(|it| Dated::of(it.declaration).first().map(day));
    firsts.max() <= own
}

/// The first of January after every date of the rules.
fn next_year(ground: &Ground<'_>) -> Option<Date> {
    let clauses = ground.set.iter().flat_map(|(_, memo)| {
        let declarations = memo.tree().declarations.iter();
        declarations.flat_map(|it| &it.clauses)
    });
    let dates = clauses.flat_map(|clause| match &clause.kind {
        ClauseKind::Validity { from, to }
        | ClauseKind::Value { from, to, .. }
        | ClauseKind::Edition { from, to, .. } => [*from, *to],
        _ => [None, None],
    });
    let latest = dates.flatten().max_by_key(|date| day(*date))?;
    (latest.year < 2199).then_some(Date {
        year: latest.year + 1,
        month: 1,
        day: 1,
        span: latest.span,
    })
}

/// The declaration again, in force from a day and not verified.
fn copy(ground: &Ground<'_>, it: &Declaration, old: &Dated<'_>, from: Date) -> TextEdit {
    let whole = ground.whole(it);
    let text = slice(ground.text(), Span::new(whole.start, it.span.end));
    let says = format!(
        "{} {}",
        ground.word("gælder fra"),
        words::date(from, ground.language)
    );
    let doubted = it
        .clauses
        .iter()
        .any(|clause| matches!(clause.kind, ClauseKind::Unverified { .. }));
    let doubt = format!(
        "  {} \"{}\"",
        ground.word("ubekræftet"),
        ground.pick(
            "Ikrafttrædelsesdatoen er ikke set",
            "The date of entry into force has not been seen"
        )
    );
    let end_of_line = ground.end_of_line();
    let moved = |span: Span| {
        Span::new(
            span.start.saturating_sub(whole.start),
            span.end.saturating_sub(whole.start),
        )
    };
    let mut lines = String::new();
    let mut edits = Vec::new();
    match old.clause() {
        Some(clause) => edits.push(TextEdit {
            span: moved(clause),
            text: says,
        }),
        None => lines.push_str(&format!("{end_of_line}  {says}")),
    }
    if !doubted {
        lines.push_str(&format!("{end_of_line}{doubt}"));
    }
    let head = ground.below(it.span.start, &[]).span;
    edits.push(TextEdit {
        span: moved(head),
        text: lines,
    });
    edits.sort();
    let new = apply(text, &edits);
    let mut edit = ground.below(it.span.end, &[]);
    edit.text = format!("{end_of_line}{end_of_line}{new}");
    edit
}
