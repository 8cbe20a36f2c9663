//! `dog ikke når` in the scope of a duty becomes an exemption, and back.
//!
//! Both free the person from the duty on the same days, but the answer has another name on those
//! days (`ikke_omfattet`, `fritaget`), and an exemption moves the due date. The titles say so.

use super::{action, free_name};
use crate::code_actions::{Action, ActionKind};
use crate::quick_fixes::Ground;
use crate::text_edit::{FileEdits, TextEdit};
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::{Clause, ClauseKind, Condition, ConditionKind, Declaration, Kind};

/// The last `dog ikke når` of a duty's scope as an exemption of its own.
pub(super) fn to_exemption(ground: &Ground<'_>, duty: &Declaration, at: Span) -> Option<Action> {
    let name = duty.name.as_ref().filter(|_| duty.kind == Kind::Duty)?;
    let scope = scope(duty)?;
    let ConditionKind::Except { base, exceptions } = &scope.kind else {
        return None;
    };
    let (last, before) = exceptions.split_last()?;
    let from = before.last().map_or(base.span.end, |it| {
        it.basis.as_ref().map_or(it.when.span.end, |it| it.span.end)
    });
    let to = last
        .basis
        .as_ref()
        .map_or(last.when.span.end, |it| it.span.end);
    let gone = Span::new(from, to);
    let text = ground.text();
    let here = gone.start <= at.start && at.end <= gone.end;
    if last.holds || !here || slice(text, gone).contains('#') {
        return None;
    }
    let exemption = free_name(ground, ground.pick("ny_fritagelse", "new_exemption"));
    let of = &name.text;
    let mut lines = vec![
        String::new(),
        format!(
            "{} {exemption} {} {of}",
            ground.word("fritagelse"),
            ground.word("fra")
        ),
    ];
    match &last.basis {
        Some(basis) => lines.push(format!(
            "  {} {}",
            ground.word("hjemmel"),
            slice(text, basis.span)
        )),
        None => lines.extend(
            super::terms::grounds(ground, duty)
                .into_iter()
                .filter(|line| !line.trim_start().starts_with(ground.word("gælder fra"))),
        ),
    }
    let when = slice(text, last.when.span);
    lines.push(format!("  {} {when}", ground.word("når")));
    let edits = vec![
        TextEdit {
            span: gone,
            text: String::new(),
        },
        ground.below(duty.span.end, &lines),
    ];
    let title = ground.pick(
        "Gør undtagelsen til en fritagelse (dagene bliver `fritaget`)",
        "Make the exception an exemption (the days become `exempt`)",
    );
    Some(action(ground, title.to_owned(), ActionKind::Rewrite, edits))
}

fn scope(duty: &Declaration) -> Option<&Condition> {
    duty.clauses.iter().find_map(|clause| match &clause.kind {
        ClauseKind::Scope(condition) => Some(condition),
        _ => None,
    })
}

/// An exemption of one duty in any file of its language, which nothing else uses, as `dog ikke når`
/// there.
pub(super) fn from_exemption(ground: &Ground<'_>, it: &Declaration, at: Span) -> Option<Action> {
    let header = super::on_header(ground, it, at) && it.kind == Kind::Exemption;
    let ([target], true) = (it.targets.as_slice(), header) else {
        return None;
    };
    let name = &it.name.as_ref()?.text;
    let (home, duty) = only(ground, &target.text).filter(|(_, duty)| duty.kind == Kind::Duty)?;
    only(ground, name)?;
    let (when, basis) = plain(it)?;
    let text = ground.text();
    let when = slice(text, when.span);
    let scope_end = scope(duty)?.span.end;
    let line_end = home.lines(Span::new(scope_end, scope_end)).end;
    let rest = slice(home.text(), Span::new(scope_end, line_end));
    let plain = !when.contains('\n') && rest.trim().is_empty();
    if used(ground, name) || !plain || home.language != ground.language {
        return None;
    }
    let however = home.word("dog ikke når");
    let basis = basis.map(|clause| format!("  {}", slice(text, clause.span)));
    let line = format!("    {however} {when}{}", basis.unwrap_or_default());
    let gone = TextEdit {
        span: ground.whole(it),
        text: String::new(),
    };
    let edits = [
        (home.file, home.below(scope_end, &[line])),
        (ground.file, gone),
    ];
    let title = ground.pick(
        "Gør fritagelsen til en undtagelse (dagene bliver `ikke_omfattet`)",
        "Make the exemption an exception (the days become `not_covered`)",
    );
    Some(Action {
        title: title.to_owned(),
        kind: ActionKind::Rewrite,
        preferred: false,
        edits: FileEdits::collect(edits),
    })
}

/// The declaration of a name and its file, if it has no other.
fn only<'s>(ground: &Ground<'s>, name: &str) -> Option<(Ground<'s>, &'s Declaration)> {
    let all = ground.set.declarations(name);
    let [one] = all.as_slice() else {
        return None;
    };
    let file = ground.set.file(&one.memo.path)?;
    (!one.declaration.broken).then_some((Ground::new(ground.set, file)?, one.declaration))
}

/// The condition and the basis of an exemption that says nothing else.
fn plain(it: &Declaration) -> Option<(&Condition, Option<&Clause>)> {
    let (mut when, mut basis) = (None, None);
    for clause in &it.clauses {
        match &clause.kind {
            ClauseKind::When(condition) => when = Some(condition),
            ClauseKind::Basis { .. } => basis = Some(clause),
            _ => return None,
        }
    }
    let when = when.filter(|it| !matches!(it.kind, ConditionKind::Except { .. }))?;
    Some((when, basis))
}

fn used(ground: &Ground<'_>, name: &str) -> bool {
    use crate::occurrence::{Role, Symbol};
    let symbol = Symbol::Name(name.to_owned());
    let sites: Vec<(FileId, _)> = ground.set.places(&symbol);
    sites.iter().any(|(_, it)| it.role == Role::Uses)
}
