//! A part of a condition gets a name, and back.

use super::{action, condition, free_name};
use crate::code_actions::{Action, ActionKind};
use crate::quick_fixes::Ground;
use crate::text_edit::TextEdit;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::{
    ClauseKind, Comparison, Condition, ConditionKind, Declaration, Kind,
};

/// The condition that is selected, or the smallest one round the cursor, as a term of its own.
pub(super) fn extract(ground: &Ground<'_>, declaration: &Declaration, at: Span) -> Option<Action> {
    let mut found = None;
    for clause in &declaration.clauses {
        if let Some(condition) = condition(clause) {
            smallest(condition, at, &mut found);
        }
    }
    let part = found?;
    if declaration.kind == Kind::Term
        && matches!(&declaration.clauses.iter().find_map(condition), Some(whole) if whole.span == part.span)
    {
        return None;
    }
    let name = free_name(ground, ground.pick("nyt_begreb", "new_term"));
    let mut lines = vec![format!("{} {name}", ground.word("begreb"))];
    lines.extend(grounds(ground, declaration));
    let written = bare(slice(ground.text(), part.span));
    lines.push(format!("  {} {written}", ground.word("når")));
    lines.push(String::new());
    let above = ground.whole(declaration).start;
    let edits = vec![
        ground.above(above, &lines),
        TextEdit {
            span: part.span,
            text: name.clone(),
        },
    ];
    let title = match ground.pick("da", "en") {
        "da" => format!("Gør betingelsen til begrebet `{name}`"),
        _ => format!("Make the condition the term `{name}`"),
    };
    Some(action(ground, title, ActionKind::Extract, edits))
}

/// The lines that say what a rule rests on and when it is in force; a part of it shares them.
pub(super) fn grounds(ground: &Ground<'_>, declaration: &Declaration) -> Vec<String> {
    let shared = declaration.clauses.iter().filter(|clause| {
        matches!(
            clause.kind,
            ClauseKind::Basis { .. } | ClauseKind::Unverified { .. } | ClauseKind::Validity { .. }
        )
    });
    let lines: Vec<String> = shared
        .map(|clause| format!("  {}", slice(ground.text(), clause.span)))
        .collect();
    if lines.is_empty() {
        return ground.basis().to_vec();
    }
    lines
}

/// Goes down to the smallest condition round a place that can stand alone and is more than a name.
fn smallest<'s>(whole: &'s Condition, at: Span, found: &mut Option<&'s Condition>) {
    if whole.span.start > at.start || at.end > whole.span.end {
        return;
    }
    match &whole.kind {
        ConditionKind::Name(_) | ConditionKind::Duration(..) | ConditionKind::Except { .. } => {}
        _ => *found = Some(whole),
    }
    for part in parts(whole) {
        smallest(part, at, found);
    }
}

/// The conditions that a condition is made of, apart from those about one row.
pub(super) fn parts(whole: &Condition) -> Vec<&Condition> {
    match &whole.kind {
        ConditionKind::Not(part)
        | ConditionKind::BridgedMonth(part)
        | ConditionKind::WholeWeeks(part)
        | ConditionKind::HeldFor(part, _)
        | ConditionKind::Within(part, _)
        | ConditionKind::Bridged(part, _)
        | ConditionKind::KnownOn(part, _) => vec![part],
        ConditionKind::All(parts)
        | ConditionKind::Any(parts)
        | ConditionKind::None(parts)
        | ConditionKind::AtLeast(_, parts) => parts.iter().collect(),
        ConditionKind::Except { base, exceptions } => {
            let exceptions = exceptions.iter().map(|it| &it.when);
            std::iter::once(base.as_ref()).chain(exceptions).collect()
        }
        ConditionKind::TotalWithin { condition, .. } => vec![condition],
        ConditionKind::Near { anchor, .. } => vec![&anchor.condition],
        ConditionKind::Is { .. }
        | ConditionKind::Age(..)
        | ConditionKind::Duration(..)
        | ConditionKind::Name(_)
        | ConditionKind::Where { .. } => Vec::new(),
    }
}

/// Without the parentheses round all of it.
fn bare(text: &str) -> &str {
    let inside = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let Some(inside) = inside else {
        return text;
    };
    let mut depth = 0_i32;
    let balanced = inside.chars().all(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        0 <= depth
    });
    if balanced { inside.trim() } else { text }
}

/// The condition of a term instead of its name, at the cursor.
pub(super) fn inline(ground: &Ground<'_>, declaration: &Declaration, at: Span) -> Option<Action> {
    let conditions = declaration.clauses.iter().filter_map(condition);
    let used = conditions
        .flat_map(|condition| names(condition))
        .find(|used| used.span.start <= at.start && at.end <= used.span.end)?;
    let ConditionKind::Name(path) = &used.kind else {
        return None;
    };
    let name = &path.head.text;
    let declarations = ground.set.declarations(name);
    let [term] = declarations.as_slice() else {
        return None;
    };
    let same_language = term.memo.language() == ground.language;
    let dated = term
        .declaration
        .clauses
        .iter()
        .any(|clause| matches!(clause.kind, ClauseKind::Validity { .. }));
    if term.declaration.kind != Kind::Term
        || term.declaration.broken
        || dated
        || !same_language
        || has_transition(ground, name)
    {
        return None;
    }
    let meaning = term.declaration.clauses.iter().find_map(condition)?;
    let written = bare(slice(&term.memo.text, meaning.span));
    if written.contains('\n') || matches!(meaning.kind, ConditionKind::Except { .. }) {
        return None;
    }
    let old = slice(ground.text(), used.span);
    let text = if is_simple(meaning) {
        written.to_owned()
    } else {
        format!("({written})")
    };
    let text = if old.starts_with('(') && !text.starts_with('(') {
        format!("({text})")
    } else {
        text
    };
    let title = match ground.pick("da", "en") {
        "da" => format!("Skriv betingelsen i stedet for `{name}`"),
        _ => format!("Write the condition instead of `{name}`"),
    };
    let edit = TextEdit {
        span: used.span,
        text,
    };
    Some(action(ground, title, ActionKind::Inline, vec![edit]))
}

/// The bare names of a condition that are not about a row.
fn names(whole: &Condition) -> Vec<&Condition> {
    if let ConditionKind::Name(path) = &whole.kind {
        return path.field.is_none().then_some(whole).into_iter().collect();
    }
    parts(whole).into_iter().flat_map(names).collect()
}

/// Whether it reads the same beside any link or operator.
fn is_simple(condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::Name(_) | ConditionKind::Age(..) => true,
        ConditionKind::Is { comparison, .. } => match comparison {
            Comparison::OneOf { values, .. } => values.len() == 1,
            Comparison::Ordered(..) => true,
        },
        _ => false,
    }
}

fn has_transition(ground: &Ground<'_>, name: &str) -> bool {
    ground.set.iter().any(|(_, memo)| {
        let declarations = memo.tree().declarations.iter();
        declarations
            .filter(|it| it.kind == Kind::Transition)
            .any(|it| it.targets.iter().any(|target| target.text == name))
    })
}
