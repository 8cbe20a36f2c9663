//! An example for the rule at the cursor: its tables, and holes for the case and the answer.

use super::{action, on_header};
use crate::code_actions::{Action, ActionKind};
use crate::occurrence::Symbol;
use crate::quick_fixes::{Ground, HOLE};
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::{Declaration, Kind};
use std::collections::BTreeSet;

/// An example below the rule.
pub(super) fn new_example(
    ground: &Ground<'_>,
    declaration: &Declaration,
    at: Span,
) -> Option<Action> {
    let has_state = matches!(
        declaration.kind,
        Kind::Term | Kind::Duty | Kind::Classification | Kind::Warning | Kind::Assessment
    );
    let name = &declaration.name.as_ref()?.text;
    if !has_state || !on_header(ground, declaration, at) {
        return None;
    }
    let mut lines = vec![
        String::new(),
        format!(
            "{} \"{}\"",
            ground.word("eksempel"),
            ground.pick("udfyld titlen", "fill in the title")
        ),
        format!("  {}", ground.word("givet")),
    ];
    let tables = tables(ground, name);
    if tables.is_empty() {
        lines.push(format!("    {HOLE}"));
    }
    lines.extend(tables.iter().map(|table| format!("    {table} {HOLE}")));
    lines.push(format!("  {}", ground.word("så")));
    let (is, on) = (ground.word("er"), ground.word("den"));
    lines.push(format!("    {name} {is} {HOLE} {on} {HOLE}"));
    let title = match ground.pick("da", "en") {
        "da" => format!("Tilføj et eksempel for `{name}`"),
        _ => format!("Add an example for `{name}`"),
    };
    let edit = ground.below(declaration.span.end, &lines);
    Some(action(ground, title, ActionKind::Rewrite, vec![edit]))
}

/// The tables and assessments that a rule rests on, also through other rules.
fn tables(ground: &Ground<'_>, rule: &str) -> BTreeSet<String> {
    let mut tables = BTreeSet::new();
    let mut seen = BTreeSet::from([rule.to_owned()]);
    let mut waiting = vec![rule.to_owned()];
    while let Some(name) = waiting.pop() {
        for declared in ground.set.declarations(&name) {
            match declared.declaration.kind {
                Kind::Data | Kind::Assessment => {
                    tables.insert(name.clone());
                    continue;
                }
                Kind::Act | Kind::Example => continue,
                _ => {}
            }
            let span = declared.declaration.span;
            let inside = declared
                .memo
                .occurrences()
                .iter()
                .filter(|it| span.start <= it.span.start && it.span.end <= span.end);
            for occurrence in inside {
                if let Symbol::Name(used) = &occurrence.symbol
                    && seen.insert(used.clone())
                {
                    waiting.push(used.clone());
                }
            }
        }
    }
    tables
}
