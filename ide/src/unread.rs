//! Names in text that could not be read: any word there may be a name, and the word after a full
//! stop a field.

use crate::memo::Memo;
use crate::occurrence::{Occurrence, Role, Symbol};
use crate::tokens::{Token, TokenKind};
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{Span, slice};

/// The words outside `read` and the keywords of the file.
pub(crate) fn occurrences(memo: &Memo, read: &[Span]) -> Vec<Occurrence> {
    if memo.parse().is_ok() {
        return Vec::new();
    }
    let known = merged(read, memo);
    let tokens = memo.tokens();
    let mut found = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let word = slice(&memo.text, token.span);
        let skip = token.kind != TokenKind::Word || covers(&known, token.span);
        if skip || keyword::reserved_word(word).is_some() {
            continue;
        }
        let symbol = match n.checked_sub(2).and_then(|from| tokens.get(from..n)) {
            Some([head, stop]) if is_path(memo, head, stop, token) => Symbol::Field {
                table: slice(&memo.text, head.span).to_owned(),
                field: word.to_owned(),
            },
            _ => Symbol::Name(word.to_owned()),
        };
        found.push(Occurrence {
            span: token.span,
            symbol,
            role: Role::Uses,
        });
    }
    found
}

/// `head.field`, without blanks.
fn is_path(memo: &Memo, head: &Token, stop: &Token, field: &Token) -> bool {
    head.kind == TokenKind::Word
        && slice(&memo.text, stop.span) == "."
        && head.span.end == stop.span.start
        && stop.span.end == field.span.start
}

/// The stretches in order of place, without overlap.
fn merged(read: &[Span], memo: &Memo) -> Vec<Span> {
    let words = memo.parse().words.iter().map(|word| word.span);
    let mut all: Vec<Span> = read.iter().copied().chain(words).collect();
    all.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => merged.push(span),
        }
    }
    merged
}

fn covers(sorted: &[Span], span: Span) -> bool {
    let after = sorted.partition_point(|each| each.start <= span.start);
    let before = after.checked_sub(1).and_then(|n| sorted.get(n));
    before.is_some_and(|each| span.end <= each.end)
}
