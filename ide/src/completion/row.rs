//! The rows of examples.

use super::clause::{days_and_lengths, is};
use super::place::Line;
use super::{CompletionKind, Offers};
use hjemmel_grammar::syntax::{ClauseKind, Kind, Shape};

/// A row of `givet`: a table, its fields and values, its days.
pub(super) fn given(offers: &mut Offers<'_>, line: &Line<'_>) {
    let Some((table, rest)) = line.before.split_first() else {
        return offers.names(|kind| matches!(kind, Kind::Data | Kind::Assessment));
    };
    if days_and_lengths(offers, line) {
        return;
    }
    if let Some(field) = rest
        .last()
        .filter(|last| offers.set.field(table, last).is_some())
    {
        return offers.values(table, field);
    }
    if rest.last().is_some_and(|last| {
        ["fra", "til", "den", "registreret"]
            .iter()
            .any(|it| is(last, it))
    }) {
        return;
    }
    let set = offers.set;
    for field in set.fields(table) {
        for value in field.values() {
            let of = format!("{table}.{}", field.name.text);
            offers.offer_of(&value.text, CompletionKind::Value, &of, of.clone());
        }
    }
    offers.fields(table);
    match shape(offers, table) {
        Some(Shape::Events) => offers.keywords(&["den"]),
        Some(Shape::Facts) => {}
        _ => offers.keywords(&["fra", "til", "fortsat", "slutdato ukendt"]),
    }
    offers.keywords(&["registreret", "ikke fuldstændig"]);
}

/// What a row of a table is. Decisions are periods.
fn shape(offers: &Offers<'_>, table: &str) -> Option<Shape> {
    let declared = offers.set.declarations(table);
    let clauses = declared.iter().flat_map(|it| &it.declaration.clauses);
    let mut shapes = clauses.filter_map(|clause| match clause.kind {
        ClauseKind::Shape { shape, .. } => Some(shape),
        _ => None,
    });
    shapes.next()
}

/// A line of `så`: a rule, its state or due date, the days.
pub(super) fn expect(offers: &mut Offers<'_>, line: &Line<'_>) {
    let Some((subject, rest)) = line.before.split_first() else {
        return offers.names(|kind| {
            let judged = [
                Kind::Duty,
                Kind::Classification,
                Kind::Term,
                Kind::Assessment,
            ];
            judged.contains(&kind) || kind == Kind::Warning
        });
    };
    if days_and_lengths(offers, line) {
        return;
    }
    if rest.is_empty() {
        offers.keywords(&["er"]);
        if offers.set.kind_of(subject) == Some(Kind::Duty) {
            offers.keywords(&["har frist"]);
        }
    } else if line.ends_with("er") {
        offers.states(subject);
    } else if rest.len() == 2 || rest.last() == Some(&",") {
        offers.keywords(&["den", "fra", "til og med"]);
    }
}
