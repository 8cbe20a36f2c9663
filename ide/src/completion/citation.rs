//! What rules rest on already: whole citations, as they were written.

use super::place::Line;
use super::{CompletionKind, Offers};
use crate::memo::Memo;
use crate::tokens::{TokenKind, line_end};
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::slice;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many citations are offered.
const MOST: usize = 20;

/// After `hjemmel` whole citations; after an act the rest of those of that act. Those of the file
/// come first, and of them the most frequent.
pub(super) fn citations(offers: &mut Offers<'_>, memo: &Memo, line: &Line<'_>) {
    let act = line.before.last().filter(|_| !line.ends_with("hjemmel"));
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, other) in offers.set.iter() {
        // A citation with two provisions has a keyword between them.
        if other.language() != offers.language {
            continue;
        }
        let own = std::ptr::eq(other, memo);
        for cited in cited(other) {
            let (here, anywhere) = counts.entry(cited).or_default();
            *here += usize::from(own);
            *anywhere += 1;
        }
    }
    let mut all: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    all.sort_by_key(|(_, counts)| Reverse(*counts));
    let rests = all.iter().filter_map(|(cited, _)| match act {
        None => Some(*cited),
        Some(act) => cited.strip_prefix(act)?.strip_prefix(' '),
    });
    for cited in rests.take(MOST) {
        offers.offer(cited, CompletionKind::Citation, None);
    }
}

/// What stands behind `hjemmel` on each line; the line that is written now is not there yet.
fn cited(memo: &Memo) -> impl Iterator<Item = &str> {
    let text = &*memo.text;
    let forms = keyword::find("hjemmel").map_or(["", ""], |(it, _)| [it.da, it.en]);
    let tokens = memo.tokens();
    let begun = tokens.iter().enumerate().filter(move |(_, token)| {
        token.kind == TokenKind::Word && forms.contains(&slice(text, token.span))
    });
    begun.filter_map(move |(n, keyword)| {
        let from = usize::try_from(keyword.span.end).ok()?;
        let end = line_end(text, from);
        let inside = tokens.get(n + 1..)?.iter();
        let comment = inside
            .take_while(|it| usize::try_from(it.span.start).is_ok_and(|at| at < end))
            .find(|it| it.kind == TokenKind::Comment);
        let to = comment.and_then(|it| usize::try_from(it.span.start).ok());
        let cited = text.get(from..to.unwrap_or(end))?.trim();
        (cited.contains([' ', '"'])).then_some(cited)
    })
}
