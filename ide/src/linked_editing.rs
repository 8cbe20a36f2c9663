//! The places of a file that change together while a name is typed.
//!
//! Only where nothing else can be meant: the cursor is in the one declaration of the name, and no
//! other file says it. In a use another name may be wanted, and of two versions one may become a
//! rule of its own.

use crate::occurrence::{Occurrence, Role, Symbol};
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Span, slice};

/// The declaration at an offset and all that names it, in order; nothing if it stands alone.
pub(crate) fn linked_editing(set: &RuleSet, file: FileId, offset: u32) -> Vec<Span> {
    let Some(symbol) = declared_at(set, file, offset) else {
        return Vec::new();
    };
    let places = set.places(&symbol);
    let declared = places.iter().filter(|(_, it)| it.role == Role::Declares);
    let text = set.memo(file).map_or("", |memo| &memo.text);
    let alike = |(in_file, it): &(FileId, &Occurrence)| {
        *in_file == file && slice(text, it.span) == symbol.word()
    };
    if declared.count() != 1 || places.len() < 2 || !places.iter().all(alike) {
        return Vec::new();
    }
    let mut spans: Vec<Span> = places.iter().map(|(_, it)| it.span).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// What is declared by the word at an offset.
fn declared_at(set: &RuleSet, file: FileId, offset: u32) -> Option<Symbol> {
    let (span, symbol) = set.symbol_at(file, offset)?;
    let mut here = set.memo(file)?.occurrences().iter();
    let declares = here.any(|it| it.span == span && it.role == Role::Declares);
    declares.then_some(symbol)
}

#[cfg(test)]
mod tests {
    use crate::fixture::{Fixture, picture};

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let found = fixture
            .analysis
            .linked_editing(fixture.file, fixture.cursor);
        let marks: Vec<_> = found
            .iter()
            .map(|it| (*it, "together".to_owned()))
            .collect();
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start_matches('\n'));
    }

    #[test]
    fn a_name_and_its_uses_in_one_file_that_cannot_all_be_read() {
        check(
            "
begreb øre$0mærket \"øremærket\" # øremærket
  når alder er over 3
begreb b
  når ikke øremærket eller (øremærket i mindst 2 uger) og
eksempel \"😀\"
  så
    øremærket er ja den 1. maj 2017
",
            "
begreb øremærket \"øremærket\" # øremærket
       ^^^^^^^^^ together
  når ikke øremærket eller (øremærket i mindst 2 uger) og
           ^^^^^^^^^ together
                            ^^^^^^^^^ together
    øremærket er ja den 1. maj 2017
    ^^^^^^^^^ together
",
        );
    }

    #[test]
    fn a_value_and_a_state_in_english() {
        check(
            "data d\n  kind is one of a$0, b\nterm t\n  when d.kind is a and a\n",
            "
  kind is one of a, b
                 ^ together
  when d.kind is a and a
                 ^ together
",
        );
        check(
            "classification o\n  wi$0th when b\n  without otherwise\nterm t\n  when o is with\n",
            "
  with when b
  ^^^^ together
  when o is with
            ^^^^ together
",
        );
    }

    #[test]
    fn nothing_where_something_else_may_be_meant() {
        for alone in [
            // A use may become another name.
            "begreb a\n  når alder er over 3\nbegreb b\n  når a$0\n",
            // A version may become a rule of its own.
            "begreb a$0\n  gælder til 1. maj 2017\n  når b\nbegreb a\n  når b\nbegreb c\n  når a\n",
            // Another file says it too.
            "//- /a.regel\nbegreb a$0\n  når b\nbegreb c\n  når a\n//- /b.regel\nbegreb d\n  når a\n",
            "begreb a$0\n  når b\n",
            "begreb a\n  n$0år a\n",
        ] {
            check(alone, "");
        }
    }
}
