//! The canonical text of a rule file, and its translation.
//!
//! The formatter moves lines and blanks and rewrites keywords; it never makes text from the tree.
//! So comments survive by construction, and a declaration that could not be read stays as it is.

use crate::diagnostic::Language;
use crate::layout::flat::span;
use crate::limits::Limits;
use crate::lower::Word;
use crate::parse::{Reading, read};
use crate::span::{FileId, Span, slice};

mod relayout;
mod spacing;

/// The formatter works on one file; its number never leaves it.
const FILE: FileId = FileId(0);

/// A formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// What could not be read and was kept as it is: declarations, or a file over a limit. Bytes
    /// of the text given.
    pub kept: Vec<Span>,
}

/// The text in its canonical form: two spaces a level, one blank line between declarations.
///
/// It means the same, and formatting it once more changes nothing.
#[must_use]
pub fn format(text: &str) -> Formatted {
    format_within(Limits::default(), text)
}

/// The same for a file that may be larger, or must be smaller, than others.
#[must_use]
pub fn format_within(limits: Limits, text: &str) -> Formatted {
    rewrite(limits, text, |word| word.language)
}

/// The text with its keywords, months, units and decimals in another language, formatted.
/// Names, titles, citations, comments and summaries stay as they are.
#[must_use]
pub fn translate(text: &str, to: Language) -> Formatted {
    rewrite(Limits::default(), text, |_| Some(to))
}

fn rewrite(limits: Limits, text: &str, choose: impl Fn(&Word) -> Option<Language>) -> Formatted {
    if limits.refuse(FILE, text).is_some() {
        return Formatted {
            text: text.to_owned(),
            kept: vec![span(0, text.len())],
        };
    }
    let reading = read(FILE, text);
    let kept = kept(&reading);
    let mut spoken = reading.words.iter().filter_map(|word| word.language);
    let own = spoken.next().unwrap_or_default();
    let is_kept = |span: Span| {
        kept.iter()
            .any(|kept| kept.start <= span.start && span.end <= kept.end)
    };
    let mut edited = String::new();
    let mut done = 0;
    for word in reading.words.iter().filter(|word| !is_kept(word.span)) {
        edited.push_str(slice(text, Span::new(done, word.span.start)));
        edited.push_str(word.get(choose(word).unwrap_or(own)));
        done = word.span.end;
    }
    edited.push_str(slice(text, Span::new(done, span(0, text.len()).end)));
    // Most files speak as they should: they need not be read again.
    let formatted = match edited == text {
        true => relayout::relayout(text, &reading),
        false => relayout::relayout(&edited, &read(FILE, &edited)),
    };
    Formatted {
        text: formatted,
        kept,
    }
}

/// The declarations that could not be read in full, from the first to the last of their lines.
fn kept(reading: &Reading) -> Vec<Span> {
    let chunks = reading.layout.chunks.iter().zip(&reading.declarations);
    let unread = chunks.filter(|(_, declared)| declared.as_ref().is_none_or(|each| each.broken));
    unread
        .filter_map(|(chunk, _)| {
            let lines = reading.layout.lines.get(chunk.lines.clone())?;
            let (first, last) = lines.first().zip(lines.last())?;
            Some(span(first.whole.start, last.whole.end))
        })
        .collect()
}
