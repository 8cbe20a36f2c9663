//! One line of a file: where its code ends and its comment begins, and what must not stand in it.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::Diagnostic;
use crate::layout::flat::{self, span};
use crate::span::{FileId, Site};
use crate::syntax_errors as errors;

/// What stands in one line; all offsets are bytes of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineParts {
    /// Columns of indentation.
    pub(crate) indent: usize,
    /// The code, without indentation and blanks at its end.
    pub(crate) code: Range<usize>,
    /// The comment, from its `#`.
    pub(crate) comment: Option<Range<usize>>,
    /// A text in quotes that is not closed; the line was read as if it were closed at its end.
    pub(crate) open_text: bool,
    /// What stands in it is not what it looks like: an open text, an invisible character.
    pub(crate) unreliable: bool,
}

/// Splits a line that begins at byte `start` of the file and reports what must not stand in it.
pub(crate) fn line(
    file: FileId,
    start: usize,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> LineParts {
    let site = |at: usize, len: usize| Site {
        file,
        span: span(start + at, start + at + len),
    };
    refuse_invisible(file, start, text, diagnostics);
    let mut quote = None;
    let mut code_end = text.len();
    for (at, c) in text.char_indices() {
        match (c, quote) {
            ('"', None) => quote = Some(at),
            ('"', Some(_)) => quote = None,
            ('#', None) => {
                code_end = at;
                break;
            }
            _ => {}
        }
    }
    let (code, comment) = text.split_at_checked(code_end).unwrap_or((text, ""));
    let trimmed = code.trim_start();
    let indentation = code.get(..code.len() - trimmed.len()).unwrap_or("");
    let from = start + indentation.len();
    if let Some(at) = quote {
        diagnostics.push(errors::text_not_closed(site(
            at,
            code.trim_end().len().saturating_sub(at),
        )));
    }
    LineParts {
        indent: indentation
            .chars()
            .map(|c| if c == '\t' { 2 } else { 1 })
            .sum(),
        code: from..from + trimmed.trim_end().len(),
        comment: (!comment.is_empty()).then(|| start + code_end..start + text.trim_end().len()),
        open_text: quote.is_some(),
        unreliable: quote.is_some() || code.contains(is_forbidden),
    }
}

/// Tabs and characters that make a text look other than it is. Only the first tab of a line counts.
pub(crate) fn refuse_invisible(file: FileId, start: usize, text: &str, out: &mut Vec<Diagnostic>) {
    if text.chars().all(flat::is_plain) {
        return;
    }
    let site = |at: usize, len: usize| Site {
        file,
        span: span(start + at, start + at + len),
    };
    if let Some(at) = text.find('\t') {
        out.push(errors::tab(site(at, 1)));
    }
    for (at, c) in text.char_indices().filter(|(_, c)| is_forbidden(*c)) {
        out.push(errors::forbidden_character(site(at, c.len_utf8()), c));
    }
}

/// Control characters, characters that reorder a line, and letters of no width.
pub(crate) fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Reports words of two scripts, and words that are not in NFC, outside quoted texts.
pub(crate) fn words(file: FileId, at: usize, code: &str, out: &mut Vec<Diagnostic>) {
    if code.chars().all(flat::is_plain) {
        return;
    }
    for (start, word) in words_of(code) {
        let site = Site {
            file,
            span: span(at + start, at + start + word.len()),
        };
        if let Some((first, second)) = two_scripts(word) {
            out.push(errors::mixed_scripts(site, word, first, second));
        }
        if !is_nfc(word) {
            out.push(errors::not_composed(site, &word.nfc().collect::<String>()));
        }
    }
}

fn words_of(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut quoted = false;
    let mut start = None;
    for (at, c) in code.char_indices().chain([(code.len(), ' ')]) {
        quoted ^= c == '"';
        let inside = !quoted && (c.is_alphanumeric() || c == '_' || is_mark(c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.extend(code.get(from..at).map(|word| (from, word)));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The first letter of a word and the first that is of another script.
fn two_scripts(word: &str) -> Option<(char, char)> {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    letters
        .find(|c| script(*c) != script(first))
        .map(|other| (first, other))
}

/// The script of a letter: exact for Latin, Greek and Cyrillic, by block for all others.
fn script(c: char) -> u32 {
    match u32::from(c) {
        0..=0x2AF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFF21..=0xFF5A => 0,
        0x370..=0x3FF | 0x1F00..=0x1FFF => 1,
        0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => 2,
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => 3,
        other => 16 + (other >> 7),
    }
}
