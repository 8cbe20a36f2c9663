//! Days that a file has named already, where a day stands.

use super::clause::is;
use super::place::Line;
use super::{CompletionKind, Offers};
use crate::memo::Memo;
use crate::quick_fixes::dates::from_iso;
use crate::tokens::Token;
use crate::words;
use hjemmel_grammar::keyword::MONTHS;
use hjemmel_grammar::span::slice;
use hjemmel_grammar::syntax::Date;

/// How many days are offered.
const MOST: usize = 8;

/// What a day follows in a clause.
const IN_CLAUSES: [&str; 5] = [
    "gælder fra",
    "gælder til",
    "kendt pr.",
    "perioder begyndt før",
    "bedømmes efter reglerne",
];

/// Whether a day stands next in a clause.
pub(super) fn stands_in_clause(line: &Line<'_>) -> bool {
    let dated = line
        .before
        .windows(2)
        .any(|two| matches!(two, ["gælder", _] | ["in", "force"]));
    let until = line.before.last().is_some_and(|last| is(last, "til"));
    IN_CLAUSES.iter().any(|it| line.ends_with(it)) || (dated && until)
}

/// Whether a day stands next in a row of an example, or in a line that it expects.
pub(super) fn stands_in_row(line: &Line<'_>) -> bool {
    let phrases = [
        "fra",
        "til",
        "den",
        "registreret",
        "til og med",
        "har frist",
    ];
    1 < line.before.len() && phrases.iter().any(|it| line.ends_with(it))
}

/// The days of the file, those nearest above first.
pub(super) fn dates(offers: &mut Offers<'_>, memo: &Memo) {
    let at = offers.replace.start;
    let (above, below): (Vec<_>, Vec<_>) =
        named(memo).into_iter().partition(|(from, _)| *from < at);
    let nearest = above.into_iter().rev().chain(below);
    let mut written: Vec<String> = Vec::new();
    for (_, date) in nearest {
        let date = words::date(date, offers.language);
        if !written.contains(&date) {
            written.push(date);
        }
    }
    for date in written.iter().take(MOST) {
        offers.offer(date, CompletionKind::Date, None);
    }
}

/// Each day that is written somewhere, and where.
fn named(memo: &Memo) -> Vec<(u32, Date)> {
    let text = &*memo.text;
    let all = memo.tokens();
    let days = (0..all.len()).filter_map(|n| {
        let here = all.get(n..)?;
        let date = date_at(text, here)?;
        Some((here.first()?.span.start, date))
    });
    days.collect()
}

/// `4. januar 2017`, `4 January 2017`, `2017-01-04`.
fn date_at(text: &str, tokens: &[Token]) -> Option<Date> {
    let words: Vec<&str> = tokens
        .iter()
        .take(5)
        .map(|it| slice(text, it.span))
        .collect();
    let (day, month, year) = match words.as_slice() {
        [year, "-", month, "-", day, ..] => return from_iso(&format!("{year}-{month}-{day}")),
        [day, ".", month, year, ..] | [day, month, year, ..] => (day, month, year),
        _ => return None,
    };
    let month = MONTHS
        .iter()
        .position(|(da, en)| da == month || en == month)?;
    let number = |text: &str| text.parse::<u32>().ok();
    from_iso(&format!("{year}-{:02}-{:02}", month + 1, number(day)?))
}
