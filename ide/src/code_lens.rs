//! What came of each example: a line of text above it.

use crate::examples::contradicted;
use crate::rule_set::{CONTRADICTION, RuleSet};
use crate::words::pick;
use hjemmel_grammar::diagnostic::{Diagnostic, Language};
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::{ClauseKind, Declaration, Kind};

/// How many characters tell of a failure: what else can be done is shown after them.
const MOST_TOLD: usize = 140;

/// A line of text above a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The declaration's first word.
    pub span: Span,
    /// The text.
    pub title: String,
    /// Whether the example passes; `None` if it could not be run.
    pub passes: Option<bool>,
}

/// One line of text for each example of a file.
pub(crate) fn code_lens(set: &RuleSet, file: FileId) -> Vec<Lens> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let examples = memo.tree().declarations.iter();
    let mut examples = examples.filter(|it| it.kind == Kind::Example).peekable();
    if examples.peek().is_none() {
        return Vec::new();
    }
    let diagnostics = set.diagnostics();
    let runs = set.is_usable();
    let language = memo.language();
    let lens = |example: &Declaration| {
        let failed: Vec<&Diagnostic> = diagnostics
            .iter()
            .filter(|it| is_in(it, file, example.span))
            .collect();
        let lines = lines_of(example);
        let (title, passes) = match (runs, failed.first()) {
            (false, _) => {
                let why = pick(
                    language,
                    "○ kan først prøves når reglerne er uden fejl",
                    "○ can be tried when the rules have no errors",
                );
                (why.to_owned(), None)
            }
            (true, None) => {
                let word = pick(language, "✓ holder", "✓ passes");
                (format!("{word} ({lines})"), Some(true))
            }
            (true, Some(_)) => {
                let of = pick(language, "af", "of");
                let told = told(set, file, example, language);
                (
                    format!("✗ {} {of} {lines}: {told}", failed.len()),
                    Some(false),
                )
            }
        };
        Lens {
            span: example.keyword,
            title,
            passes,
        }
    };
    examples.map(lens).collect()
}

/// What came of an example and what was expected, in few words: in this order, for where there is
/// no room for both, the expectation stands below.
fn told(set: &RuleSet, file: FileId, example: &Declaration, language: Language) -> String {
    let Some(line) = contradicted(set, file, example, language) else {
        return String::new();
    };
    let (wanted, got) = (
        pick(language, "ventet", "expected"),
        pick(language, "fik", "got"),
    );
    let actual = line.actual.unwrap_or_default();
    let mut told = format!("{got} {actual}, {wanted} {}", line.expected);
    // The whole of it stands in the diagnostic of the line.
    if let Some((end, _)) = told.char_indices().nth(MOST_TOLD) {
        told.truncate(end);
        told.push('…');
    }
    told
}

fn is_in(it: &Diagnostic, file: FileId, span: Span) -> bool {
    let here = it.site().is_some_and(|site| {
        site.file == file && span.start <= site.span.start && site.span.end <= span.end
    });
    here && it.code.0 == CONTRADICTION
}

/// How many lines an example expects.
fn lines_of(example: &Declaration) -> usize {
    let clauses = example.clauses.iter();
    clauses
        .map(|clause| match &clause.kind {
            ClauseKind::Expect(lines) => lines.len(),
            _ => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use crate::fixture::{Fixture, picture};

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let lenses = fixture.analysis.code_lens(fixture.file);
        let marks: Vec<_> = lenses
            .into_iter()
            .map(|lens| {
                assert_eq!(lens.passes == Some(false), lens.title.starts_with('✗'));
                (lens.span, lens.title)
            })
            .collect();
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start());
    }

    const RULES: &str = "
data ydelse
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse
";

    #[test]
    fn an_example_passes_or_fails() {
        let example = |day: &str, title: &str| {
            format!(
                "eksempel \"{title}\"\n  givet\n    ydelse fra 1. maj 2017 til 31. maj 2017\n  så\n    hjælp er ja fra 1. maj 2017\n    hjælp er ja til og med {day}\n"
            )
        };
        check(
            &format!(
                "{RULES}{}{}",
                example("31. maj 2017", "a"),
                example("1. juni 2017", "b")
            ),
            "
eksempel \"a\"
^^^^^^^^ ✓ holder (2)
eksempel \"b\"
^^^^^^^^ ✗ 1 af 2: fik ja fra 1. maj 2017 til og med 31. maj 2017, nej fra 1. juni 2017, ventet ja til og med 1. juni 2017
",
        );
    }

    #[test]
    fn no_example_runs_while_a_rule_is_broken() {
        check(
            &format!(
                "{RULES}begreb x\n  når og\neksempel \"a\"\n  så\n    hjælp er nej den 1. maj 2017\n"
            ),
            "
eksempel \"a\"
^^^^^^^^ ○ kan først prøves når reglerne er uden fejl
",
        );
    }
}
