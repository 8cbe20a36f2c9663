//! H03xx: types and units.

use super::ground::{Ground, in_backticks, replace};
use super::{Fix, HOLE};
use crate::diagnostics::Diagnostic;
use hjemmel_grammar::span::slice;

/// How many values are offered one by one.
const MAX_VALUES: usize = 6;

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    match it.code {
        "H0303" => weeks(ground, it).into_iter().collect(),
        "H0305" => comparison(ground, it),
        _ => Vec::new(),
    }
}

/// As many weeks as the months make, 52 to a year.
fn weeks(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (count, unit) = slice(ground.text(), it.span).split_once(' ')?;
    let count: u32 = count.parse().ok()?;
    let years = unit.trim_start().starts_with(['å', 'y']);
    let weeks = if years { count * 52 } else { count * 52 / 12 };
    let new = match (weeks, ground.pick("da", "en")) {
        (1, "da") => "1 uge".to_owned(),
        (1, _) => "1 week".to_owned(),
        (weeks, "da") => format!("{weeks} uger"),
        (weeks, _) => format!("{weeks} weeks"),
    };
    let title = format!("{} `{new}`", ground.pick("Ret til", "Change to"));
    Some(Fix::new(title, vec![replace(it.span, new)]))
}

/// What a bare name can be compared with.
fn comparison(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let written = slice(ground.text(), it.span);
    let example = it.hint.as_deref().map(in_backticks).unwrap_or_default();
    // `tabel.felt er …` stands for a field that the author must name.
    let Some(head) = example.first().and_then(|it| it.strip_suffix(HOLE)) else {
        return Vec::new();
    };
    if head.split(' ').next() != Some(written) {
        return Vec::new();
    }
    let values = values(ground, written);
    let few = values.len() <= MAX_VALUES;
    let values = values.into_iter().filter(|_| few);
    values
        .chain([HOLE.to_owned()])
        .map(|value| {
            let new = format!("{head}{value}");
            let title = format!("{} `{new}`", ground.pick("Skriv", "Write"));
            Fix::new(title, vec![replace(it.span, new)])
        })
        .collect()
}

fn values(ground: &Ground<'_>, written: &str) -> Vec<String> {
    match written.split_once('.') {
        Some((table, field)) => {
            let field = ground.set.field(table, field);
            let values = field.iter().flat_map(|field| field.values());
            values.map(|value| value.text.clone()).collect()
        }
        None => {
            let branches = ground.set.branches(written).into_iter();
            branches
                .map(|(_, branch)| branch.state.text.clone())
                .collect()
        }
    }
}
