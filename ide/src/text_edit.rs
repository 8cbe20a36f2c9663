//! Edits of texts, and the edits between two texts.

use crate::tokens::{index, span};
use hjemmel_grammar::span::{FileId, Span};
use std::collections::BTreeMap;

/// A stretch of a file and the text that should stand instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// The stretch; empty to insert.
    pub span: Span,
    /// The text.
    pub text: String,
}

/// The edits of one file, in order of place and without overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file.
    pub file: FileId,
    /// The edits.
    pub edits: Vec<TextEdit>,
}

impl FileEdits {
    /// Edits with their files, file by file.
    pub(crate) fn collect(edits: impl IntoIterator<Item = (FileId, TextEdit)>) -> Vec<Self> {
        let mut files: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
        for (file, edit) in edits {
            files.entry(file).or_default().push(edit);
        }
        let files = files.into_iter().map(|(file, mut edits)| {
            edits.sort();
            edits.dedup();
            Self { file, edits }
        });
        files.collect()
    }
}

/// The text after the edits, which are in order of place and do not overlap.
#[must_use]
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let start = index(text, edit.span.start);
        out.push_str(text.get(done..start).unwrap_or(""));
        out.push_str(&edit.text);
        done = index(text, edit.span.end).max(done);
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// How many lines ahead two texts are searched for a line that they share.
const LOOK_AHEAD: usize = 40;

/// Edits, line by line, that make `new` of `old`.
pub(crate) fn between(old: &str, new: &str) -> Vec<TextEdit> {
    let (before, after) = (lines(old), lines(new));
    let (mut i, mut j, mut at) = (0, 0, 0);
    let mut edits = Vec::new();
    while i < before.len() || j < after.len() {
        let (skip, take) = to_shared_line(
            before.get(i..).unwrap_or(&[]),
            after.get(j..).unwrap_or(&[]),
        );
        let old_len: usize = length(&before, i, skip);
        if skip + take > 0 {
            let text = after.get(j..j + take).unwrap_or(&[]).concat();
            edits.push(TextEdit {
                span: span(at, at + old_len),
                text,
            });
        }
        // The shared line itself stays as it is.
        at += length(&before, i, skip + 1);
        i += skip + 1;
        j += take + 1;
    }
    edits
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn length(lines: &[&str], from: usize, count: usize) -> usize {
    let lines = lines.iter().skip(from).take(count);
    lines.map(|line| line.len()).sum()
}

/// How many lines of each text to pass before both have the same line; all of them if none is near.
fn to_shared_line(before: &[&str], after: &[&str]) -> (usize, usize) {
    for both in 0..LOOK_AHEAD {
        for skip in 0..=both {
            let take = both - skip;
            let (old, new) = (before.get(skip), after.get(take));
            if old.is_some() && old == new {
                return (skip, take);
            }
        }
    }
    (before.len(), after.len())
}

#[cfg(test)]
mod tests {
    use super::{apply, between};

    #[track_caller]
    fn check(old: &str, new: &str, edits: usize) {
        let found = between(old, new);
        assert_eq!(apply(old, &found), new);
        assert_eq!(found.len(), edits, "{found:?}");
    }

    #[test]
    fn only_changed_lines_are_edited() {
        check("a\nb\nc\n", "a\nb\nc\n", 0);
        check("a\nb\nc\n", "a\nB\nc\n", 1);
        check("a\nb\nc\nd\n", "x\na\nb\nd\n", 2);
        check("a\n\n\n\nb\n", "a\n\nb\n", 1);
        check("a", "a\n", 1);
        check("", "a\n", 1);
        check("a\n", "", 1);
        check("æ\r\nø\r\n", "æ\nø\n", 1);
    }
}
