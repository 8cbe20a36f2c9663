//! The canonical form of a file, as edits of only the lines that change.

use crate::rule_set::RuleSet;
use crate::text_edit::{TextEdit, between};
use crate::tokens::{index, line_start, span};
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::{format, format_within};

/// The edits that bring a file into its canonical form; declarations that cannot be read stay, and
/// so do the ends of lines: an editor has its own idea of them.
pub(crate) fn formatting(set: &RuleSet, file: FileId) -> Vec<TextEdit> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let formatted = format_within(memo.limits, &memo.text).text;
    between(&memo.text, &with_ends_of(&memo.text, formatted))
}

/// The edits of [`formatting`] that lie on the lines of a stretch.
pub(crate) fn range(set: &RuleSet, file: FileId, at: Span) -> Vec<TextEdit> {
    let text = set.memo(file).map_or("", |memo| &memo.text);
    let start = line_start(text, index(text, at.start));
    let end = index(text, at.end);
    let rest = text.get(end..).and_then(|rest| rest.find('\n'));
    let end = rest.map_or(text.len(), |n| end + n + 1);
    let mut edits = formatting(set, file);
    edits.retain(|edit| {
        let (from, to) = (index(text, edit.span.start), index(text, edit.span.end));
        start <= from && to <= end
    });
    edits
}

/// What the line above an offset should look like, once the offset's line has been begun.
pub(crate) fn on_type(set: &RuleSet, file: FileId, offset: u32) -> Vec<TextEdit> {
    let text = set.memo(file).map_or("", |memo| &memo.text);
    let here = line_start(text, index(text, offset));
    let Some(above) = here.checked_sub(1) else {
        return Vec::new();
    };
    let start = line_start(text, above);
    let first = declaration_start(text, start);
    let written = text.get(first..here).unwrap_or("");
    let formatted = format(written).text;
    let mut edits = between(written, &with_ends_of(text, formatted));
    for edit in &mut edits {
        let (from, to) = (
            index(written, edit.span.start),
            index(written, edit.span.end),
        );
        edit.span = span(first + from, first + to);
    }
    // Lines are neither made nor taken away while the author writes.
    edits.retain(|edit| {
        let old = slice(text, edit.span).matches('\n').count();
        start <= index(text, edit.span.start) && old == edit.text.matches('\n').count()
    });
    edits
}

/// Where the declaration begins that a line belongs to.
fn declaration_start(text: &str, line: usize) -> usize {
    let mut start = line;
    loop {
        let begins = text.get(start..).and_then(|rest| rest.chars().next());
        let begins = begins.is_some_and(|c| !c.is_whitespace() && c != '#' && c != '>');
        match start.checked_sub(1).filter(|_| !begins) {
            Some(before) => start = line_start(text, before),
            None => return start,
        }
    }
}

/// The formatted text with the ends of lines of the text it was made from.
pub(crate) fn with_ends_of(text: &str, formatted: String) -> String {
    if text.contains("\r\n") {
        formatted.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        formatted
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use crate::text_edit::apply;

    #[track_caller]
    fn check(text: &str, expected: &str, edits: usize) {
        let fixture = Fixture::new(text);
        let found = fixture.analysis.formatting(fixture.file);
        let text = fixture.analysis.text(fixture.file);
        assert_eq!(apply(text, &found), expected);
        assert_eq!(found.len(), edits, "{found:?}");
    }

    #[test]
    fn only_lines_that_change_are_edited() {
        check(
            "begreb a\n     når b\n\n\n\nbegreb c\n  når d\n",
            "begreb a\n  når b\n\nbegreb c\n  når d\n",
            2,
        );
        check("begreb a\n  når b\n", "begreb a\n  når b\n", 0);
    }

    #[test]
    fn ends_of_lines_stay() {
        check("begreb a\r\n    når b\r\n", "begreb a\r\n  når b\r\n", 1);
    }

    #[test]
    fn a_declaration_that_cannot_be_read_stays() {
        check(
            "begreb a\n     når og\nbegreb c\n    når d\n",
            "begreb a\n     når og\n\nbegreb c\n  når d\n",
            2,
        );
    }

    #[test]
    fn only_the_lines_of_a_stretch_or_the_line_above() {
        let before = "begreb æ\n     når b\nterm c\n$0      when d\n";
        let fixture = Fixture::new(before);
        let text = fixture.analysis.text(fixture.file);
        let at = hjemmel_grammar::span::Span::new(fixture.cursor, fixture.cursor);
        let edits = fixture.analysis.range_formatting(fixture.file, at);
        assert!(apply(text, &edits).starts_with("begreb æ\n     når b\n"));
        let fixture = Fixture::new("term æ\n     when b\n$0   when  og\n");
        let text = fixture.analysis.text(fixture.file);
        let edits = fixture
            .analysis
            .on_type_formatting(fixture.file, fixture.cursor);
        assert_eq!(apply(text, &edits), "term æ\n  when b\n   when  og\n");
        let fixture = Fixture::new("begreb æ\n     når   b\n$0\n");
        let text = fixture.analysis.text(fixture.file);
        let edits = fixture
            .analysis
            .on_type_formatting(fixture.file, fixture.cursor);
        assert_eq!(apply(text, &edits), "begreb æ\n  når b\n\n");
    }
}
