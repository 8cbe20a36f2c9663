//! Why a piece of text could not be read, in the words of the one who wrote it.
//!
//! pest tells how far it came and which rules it tried there; here that becomes a sentence.

use std::ops::Range;

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::diagnostic::{Diagnostic, nearest};
use crate::dispatch;
use crate::grammar::Rule;
use crate::keyword::{self, Group};
use crate::layout::flat::{BEGIN, Flat};
use crate::span::{FileId, Site};
use crate::syntax_errors as errors;

mod expected;

/// A piece that could not be read: which rule was tried, how far it came, what it could go on with.
pub(crate) struct Failure {
    rule: Rule,
    at: usize,
    expected: Vec<Rule>,
}

impl Failure {
    /// What pest says.
    pub(crate) fn new(rule: Rule, error: Error<Rule>) -> Self {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let expected = match error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives,
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        Self { rule, at, expected }
    }
}

/// The message for a piece that could not be read.
pub(crate) fn explain(
    file: FileId,
    flat: &Flat,
    piece: &Range<usize>,
    failure: &Failure,
) -> Diagnostic {
    let text = flat.piece(piece);
    let place = Place { file, flat, piece };
    let special = match failure.rule {
        Rule::header => unknown_declaration(&place, text),
        Rule::field | Rule::branch => misspelt_clause(&place, text),
        _ => None,
    };
    special.unwrap_or_else(|| unexpected(&place, text, failure))
}

/// The message for a clause that begins with nothing known.
pub(crate) fn explain_unknown(file: FileId, flat: &Flat, piece: &Range<usize>) -> Diagnostic {
    let text = flat.piece(piece);
    let place = Place { file, flat, piece };
    misspelt_clause(&place, text).unwrap_or_else(|| {
        let word = token(text);
        errors::unknown_clause(place.site(0, word.len()), word)
    })
}

/// Where a piece stands.
struct Place<'a> {
    file: FileId,
    flat: &'a Flat,
    piece: &'a Range<usize>,
}

impl Place<'_> {
    fn site(&self, at: usize, len: usize) -> Site {
        let start = self.piece.start + at;
        Site {
            file: self.file,
            span: self.flat.original(start, start + len),
        }
    }
}

fn unknown_declaration(place: &Place<'_>, text: &str) -> Option<Diagnostic> {
    let word = token(text);
    let known = |keyword: &&keyword::Keyword| keyword.group == Group::Declaration;
    let words = keyword::ALL
        .iter()
        .filter(known)
        .flat_map(|keyword| [keyword.da, keyword.en]);
    if words.clone().any(|known| known == word) {
        return None;
    }
    Some(errors::unknown_declaration(
        place.site(0, word.len()),
        word,
        nearest(word, words),
    ))
}

fn misspelt_clause(place: &Place<'_>, text: &str) -> Option<Diagnostic> {
    if dispatch::named(text).is_some() {
        return None;
    }
    let (word, known) = dispatch::nearest_clause(text)?;
    Some(errors::misspelt_clause(
        place.site(0, word.len()),
        word,
        known,
    ))
}

fn unexpected(place: &Place<'_>, text: &str, failure: &Failure) -> Diagnostic {
    let (_, rest) = text.split_at_checked(failure.at).unwrap_or((text, ""));
    let at = text.len() - rest.trim_start_matches([' ', '\n']).len();
    let rest = rest.trim_start_matches([' ', '\n']);
    let found = token(rest);
    let site = place.site(at, found.len());
    let any = |is: fn(Rule) -> bool| failure.expected.iter().any(|rule| is(*rule));
    let expects_name = any(|rule| rule == Rule::name);
    if let Some(keyword) = keyword::reserved_word(found) {
        let state = keyword.group == Group::State && any(expected::is_condition);
        if expects_name || state {
            return errors::reserved_as_name(site, found, keyword);
        }
        if keyword.da == "hjemmel" {
            return errors::basis_out_of_place(site, found);
        }
    }
    let found = (!found.is_empty()).then_some(found);
    if any(expected::is_citation) && !expects_name {
        return errors::unreadable_citation(site, found);
    }
    let bullets = any(|rule| rule == Rule::begin);
    let bare = found.is_none() && !rest.starts_with(BEGIN);
    if bullets || (bare && any(expected::is_condition)) {
        return errors::missing_condition(site, bullets);
    }
    errors::unexpected(site, found, &expected::words(&failure.expected))
}

/// The word, the number, or else the one character that a text begins with; empty at a mark.
fn token(text: &str) -> &str {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let word = text.len() - text.trim_start_matches(is_word).len();
    let len = match text.chars().next() {
        Some('"') => text
            .get(1..)
            .and_then(|rest| rest.find('"'))
            .map_or(text.len(), |end| end + 2),
        Some(c) if c.is_control() => 0,
        Some(c) if word == 0 => c.len_utf8(),
        _ => word,
    };
    text.get(..len).unwrap_or("")
}
