//! Diagnostics drawn into the source they speak of, as `engine/diagnostics/README.md` describes.

use hjemmel_grammar::{Diagnostic, FileId};
use std::ops::Range;

/// A label of a diagnostic, and the bytes of the text under which it is drawn.
pub(crate) struct Mark {
    pub(crate) span: Range<usize>,
    text: String,
    sign: char,
}

/// The labels of all diagnostics that lie in `file`.
pub(crate) fn marks(diagnostics: &[Diagnostic], file: FileId) -> Vec<Mark> {
    let mut marks = Vec::new();
    for diagnostic in diagnostics {
        for (i, label) in diagnostic.labels.iter().enumerate() {
            let (code, da) = (diagnostic.code, &label.text.da);
            if label.site.file == file {
                marks.push(Mark {
                    span: label.site.span.start as usize..label.site.span.end as usize,
                    text: if i == 0 {
                        format!("{code} {da}")
                    } else {
                        da.clone()
                    },
                    sign: if i == 0 { '^' } else { '-' },
                });
            }
        }
    }
    marks
}

/// The text with every mark below the line on which it begins.
pub(crate) fn draw(text: &str, marks: &[Mark]) -> String {
    let (mut drawn, mut start) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        drawn.push_str(line);
        let last = end == text.len();
        let here = |mark: &&Mark| {
            (start..end).contains(&mark.span.start) || (last && end <= mark.span.start)
        };
        for mark in marks.iter().filter(here) {
            if !drawn.ends_with('\n') {
                drawn.push('\n');
            }
            drawn.push_str(&underline(line.trim_end(), start, mark));
        }
        start = end;
    }
    drawn
}

fn underline(line: &str, start: usize, mark: &Mark) -> String {
    let cut = |at: usize| at.saturating_sub(start).min(line.len());
    let (from, to) = (cut(mark.span.start), cut(mark.span.end));
    let before = line
        .get(..from)
        .expect("a label begins on a character")
        .chars()
        .count();
    let inside = line
        .get(from..to)
        .expect("a label ends on a character")
        .chars()
        .count();
    let goes_on = if to < mark.span.end.saturating_sub(start) {
        "…"
    } else {
        ""
    };
    let sign = mark.sign.to_string();
    // In column 0 the `#` itself is the first sign.
    let signs = match before {
        0 => format!("#{}", sign.repeat(inside.saturating_sub(1))),
        1 => panic!("a label in column 1 cannot be drawn: {line}"),
        _ => format!("#{}{}", " ".repeat(before - 1), sign.repeat(inside.max(1))),
    };
    format!("{signs}{goes_on} {}\n", mark.text)
}

/// The text without the lines that [`draw`] adds.
pub(crate) fn undrawn(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| !is_drawing(line))
        .collect()
}

fn is_drawing(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else {
        return false;
    };
    let signs = rest.trim_start_matches(' ').trim_start_matches(['^', '-']);
    let is_code = |word: &str| {
        word.strip_prefix('H').is_some_and(|number| {
            number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let drawn = rest.trim_start_matches(' ').len() > signs.len();
    let first_word = rest.trim_start().split(' ').next().unwrap_or("");
    (drawn && signs.trim_start_matches('…').starts_with(' ')) || is_code(first_word)
}
