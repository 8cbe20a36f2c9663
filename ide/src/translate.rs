//! The keywords of a file in another language.

use crate::formatting::with_ends_of;
use crate::rule_set::RuleSet;
use crate::text_edit::{TextEdit, between};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::FileId;
use hjemmel_grammar::translate as translated;

/// The edits that give a file the keywords of a language; none if it cannot be read without errors.
pub(crate) fn translate(set: &RuleSet, file: FileId, to: Language) -> Option<Vec<TextEdit>> {
    let memo = set.memo(file)?;
    if !memo.parse().is_ok() {
        return None;
    }
    let done = translated(&memo.text, to);
    let whole = done.kept.is_empty();
    whole.then(|| between(&memo.text, &with_ends_of(&memo.text, done.text)))
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use crate::{Language, apply};

    #[track_caller]
    fn check(text: &str, to: Language, expected: Option<&str>) {
        let fixture = Fixture::new(text);
        let edits = fixture.analysis.translate(fixture.file, to);
        let text = fixture.analysis.text(fixture.file);
        let done = edits.map(|edits| apply(text, &edits));
        assert_eq!(done.as_deref(), expected);
    }

    #[test]
    fn keywords_there_and_back_with_the_ends_of_lines() {
        let danish = "begreb æøå \"😀\"\r\n  når b i mindst 2 uger\r\n";
        let english = "term æøå \"😀\"\r\n  when b for at least 2 weeks\r\n";
        check(danish, Language::English, Some(english));
        check(english, Language::Danish, Some(danish));
        check(danish, Language::Danish, Some(danish));
    }

    #[test]
    fn a_file_that_cannot_be_read_stays() {
        check("begreb a\n  når og\n", Language::English, None);
    }
}
