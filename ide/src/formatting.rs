//! The canonical form of a file, as edits of only the lines that change.

use crate::rule_set::RuleSet;
use crate::text_edit::{TextEdit, between};
use hjemmel_grammar::format;
use hjemmel_grammar::span::FileId;

/// The edits that bring a file into its canonical form; declarations that cannot be read stay, and
/// so do the ends of lines: an editor has its own idea of them.
pub(crate) fn formatting(set: &RuleSet, file: FileId) -> Vec<TextEdit> {
    let text = set.memo(file).map_or("", |memo| &memo.text);
    between(text, &with_ends_of(text, format(text).text))
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
}
