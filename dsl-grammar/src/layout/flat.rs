//! The text that the grammar reads, and the way back from it to the bytes of the file.
//!
//! It differs from the file: comments and indentation are gone, marks for bullets are added, and
//! names are in NFC. Every span that leaves this crate has gone through [`Flat::original`].

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::scan::is_forbidden;
use crate::span::Span;

/// The first bullet of a list follows.
pub(crate) const BEGIN: char = '\u{2}';
/// A bullet.
pub(crate) const ITEM: char = '\u{3}';
/// The list of bullets is over.
pub(crate) const END: char = '\u{4}';

/// A stretch of the flat text and the bytes of the file that it stands for.
#[derive(Clone, Debug)]
struct Segment {
    flat: usize,
    original: Range<usize>,
    /// Byte for byte the same; else the stretch can only be mapped as a whole.
    exact: bool,
}

/// The text that the grammar reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flat {
    text: String,
    segments: Vec<Segment>,
}

impl Flat {
    /// Where the next piece of text will stand.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text of a piece.
    pub(crate) fn piece(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    /// Adds a mark that stands for nothing in the file but lies at byte `at`.
    pub(crate) fn mark(&mut self, mark: char, at: usize) {
        self.segments.push(Segment {
            flat: self.text.len(),
            original: at..at,
            exact: false,
        });
        self.text.push(mark);
    }

    /// Adds text that stands at byte `at` of the file, in NFC and with every kind of blank as a
    /// plain one. Quoted texts keep their blanks; forbidden characters have been reported and go.
    pub(crate) fn push(&mut self, text: &str, at: usize) {
        if text.chars().all(is_plain) {
            return self.exact(text, at);
        }
        let mut done = 0;
        let mut quoted = false;
        for cluster in clusters(text) {
            quoted ^= cluster.text == "\"";
            let flat: String = cluster
                .text
                .nfc()
                .filter(|c| !is_forbidden(*c))
                .map(|c| if quoted { c } else { blank(c) })
                .collect();
            if flat != cluster.text {
                self.exact(text.get(done..cluster.start).unwrap_or(""), at + done);
                let end = cluster.start + cluster.text.len();
                let original = at + cluster.start..at + end;
                self.segments.push(Segment {
                    flat: self.text.len(),
                    original,
                    exact: false,
                });
                self.text.push_str(&flat);
                done = end;
            }
        }
        self.exact(text.get(done..).unwrap_or(""), at + done);
    }

    fn exact(&mut self, text: &str, at: usize) {
        if !text.is_empty() {
            let original = at..at + text.len();
            self.segments.push(Segment {
                flat: self.text.len(),
                original,
                exact: true,
            });
            self.text.push_str(text);
        }
    }

    /// The bytes of the file that `start..end` of the flat text stands for. An empty range is the
    /// place just after what comes before it.
    pub(crate) fn original(&self, start: usize, end: usize) -> Span {
        let last = self.segment(end.saturating_sub(1));
        let last = last.map_or(0, |segment| match segment.exact {
            true => segment.original.start + (end.saturating_sub(segment.flat)),
            false => segment.original.end,
        });
        let first = self.segment(start).filter(|_| start < end);
        let first = first.map_or(last, |segment| match segment.exact {
            true => segment.original.start + (start.saturating_sub(segment.flat)),
            false => segment.original.start,
        });
        span(first.min(last), last)
    }

    fn segment(&self, flat: usize) -> Option<&Segment> {
        let after = self
            .segments
            .partition_point(|segment| segment.flat <= flat);
        self.segments.get(after.checked_sub(1)?)
    }
}

/// A span from sizes; a file is at most a mebibyte, so nothing is lost.
pub(crate) fn span(start: usize, end: usize) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(byte(start), byte(end))
}

/// Below the combining marks every character is in NFC, and all but a few are read as they are.
pub(crate) fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..'\u{300}')
}

fn blank(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

/// A character with the marks that combine with it.
struct Cluster<'a> {
    start: usize,
    text: &'a str,
}

fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, mark)) = chars.next_if(|(_, c)| canonical_combining_class(*c) != 0) {
            end = at + mark.len_utf8();
        }
        Some(Cluster {
            start,
            text: text.get(start..end)?,
        })
    })
}
