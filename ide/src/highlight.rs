//! The other places in a file that name the same.

use crate::occurrence::Role;
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Span};

/// A place of a file that names what is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Where.
    pub span: Span,
    /// It is declared here.
    pub declares: bool,
}

/// The places of the name at an offset in its own file, in order.
pub(crate) fn highlight(set: &RuleSet, file: FileId, offset: u32) -> Vec<Highlight> {
    let Some((_, symbol)) = set.symbol_at(file, offset) else {
        return Vec::new();
    };
    let occurrences = set.memo(file).map(|memo| memo.occurrences());
    let same = occurrences
        .into_iter()
        .flatten()
        .filter(|it| it.symbol.word() == symbol.word() && set.meaning(&it.symbol) == symbol);
    same.map(|it| Highlight {
        span: it.span,
        declares: it.role == Role::Declares,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::fixture::{Fixture, picture};

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let found = fixture.analysis.highlight(fixture.file, fixture.cursor);
        let marks: Vec<_> = found
            .iter()
            .map(|it| {
                let what = if it.declares { "declared" } else { "used" };
                (it.span, what.to_owned())
            })
            .collect();
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start_matches('\n'));
    }

    #[test]
    fn of_a_name_in_a_broken_file() {
        check(
            "
//- /a.regel
begreb $0æ
  når alder er over 3
begreb b
  når og æ
//- /b.regel
begreb c
  når æ
",
            "
begreb æ
       ^ declared
  når og æ
         ^ used
",
        );
    }

    #[test]
    fn of_a_value_in_english() {
        check(
            "data d\n  kind is one of a, b\nterm t\n  when d.kind is $0a and a\n",
            "
  kind is one of a, b
                 ^ declared
  when d.kind is a and a
                 ^ used
",
        );
    }
}
