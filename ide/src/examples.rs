//! The examples of a file and what came of them, line by line.

use crate::days::{actual_words, expected_days, expected_words};
use crate::rule_set::RuleSet;
use crate::words::pick;
use hjemmel_engine::examples::{ExpectationResult, run};
use hjemmel_engine::model::{Example, Model};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::{ClauseKind, Declaration, Expectation, Kind};

/// An example and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// Its title.
    pub title: String,
    /// The line of its header.
    pub span: Span,
    /// Whether all its lines hold; `None` if it cannot be run because a rule has an error.
    pub passed: Option<bool>,
    /// Its lines; none if it cannot be run.
    pub lines: Vec<LineOutcome>,
}

/// A line of an example and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOutcome {
    /// The line.
    pub span: Span,
    /// Whether the rules say so.
    pub passed: bool,
    /// What it expects, without the name of the rule.
    pub expected: String,
    /// What the rules say, if it is something else.
    pub actual: Option<String>,
}

/// The example of the model that a declaration is.
pub(crate) fn meant<'m>(
    model: &'m Model,
    file: FileId,
    declaration: &Declaration,
) -> Option<&'m Example> {
    let mut all = model.examples.iter();
    all.find(|it| {
        it.site.file == file
            && declaration.span.start <= it.site.span.start
            && it.site.span.start <= declaration.span.end
    })
}

/// The example that is declared around an offset.
pub(crate) fn around(set: &RuleSet, file: FileId, offset: u32) -> Option<&Declaration> {
    let mut all = set.memo(file)?.tree().declarations.iter();
    all.find(|it| it.kind == Kind::Example && it.span.touches(offset))
}

/// The lines of an example after `så`.
pub(crate) fn expectations(example: &Declaration) -> impl Iterator<Item = &Expectation> {
    let clauses = example.clauses.iter();
    clauses.flat_map(|clause| match &clause.kind {
        ClauseKind::Expect(lines) => lines.as_slice(),
        _ => &[],
    })
}

/// The examples of a file, in order of place.
pub(crate) fn examples(set: &RuleSet, file: FileId) -> Vec<ExampleOutcome> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let declared = memo.tree().declarations.iter();
    let declared = declared.filter(|it| it.kind == Kind::Example);
    let model = set.model();
    let outcome = |example: &Declaration| {
        let run = model.and_then(|model| Some(run(model, meant(model, file, example)?)));
        let lines = run.map(|results| of_lines(&results, memo.language()));
        let title = example.title.as_ref();
        ExampleOutcome {
            title: title.map_or_else(String::new, |title| title.text.clone()),
            span: header(example),
            passed: lines.as_ref().map(|all| all.iter().all(|line| line.passed)),
            lines: lines.unwrap_or_default(),
        }
    };
    declared.map(outcome).collect()
}

/// The first line of an example that the rules contradict.
pub(crate) fn contradicted(
    set: &RuleSet,
    file: FileId,
    example: &Declaration,
    language: Language,
) -> Option<LineOutcome> {
    let model = set.model()?;
    let results = run(model, meant(model, file, example)?);
    let mut lines = of_lines(&results, language).into_iter();
    lines.find(|line| !line.passed)
}

/// From the keyword to the end of the title.
pub(crate) fn header(declaration: &Declaration) -> Span {
    let title = declaration.title.as_ref().map(|title| title.span);
    title.map_or(declaration.keyword, |title| declaration.keyword.to(title))
}

fn of_lines(results: &[ExpectationResult<'_>], language: Language) -> Vec<LineOutcome> {
    let line = |result: &ExpectationResult<'_>| LineOutcome {
        span: result.expectation.site.span,
        passed: result.passed,
        expected: expected_words(result.expectation, language),
        actual: (!result.passed).then(|| actual(result, language)),
    };
    results.iter().map(line).collect()
}

/// What the rules say on the days of a line; of days around them nothing is said if these suffice.
fn actual(result: &ExpectationResult<'_>, language: Language) -> String {
    let days = expected_days(result.expectation);
    let (inside, around): (Vec<_>, Vec<_>) = result
        .actual
        .iter()
        .partition(|run| !run.days.and(days).is_empty());
    let runs = if inside.is_empty() { around } else { inside };
    let words = |run| actual_words(run, &result.expectation.expected, language);
    let all: Vec<String> = runs.into_iter().map(words).collect();
    if all.is_empty() {
        let none = pick(
            language,
            "reglen er ikke en del af loven de dage",
            "the rule is not part of the law on those days",
        );
        return none.to_owned();
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::fixture::{Fixture, picture};

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let mut marks = Vec::new();
        for example in fixture.analysis.examples(fixture.file) {
            marks.push((example.span, format!("{:?}", example.passed)));
            for line in example.lines {
                let told = line
                    .actual
                    .map_or_else(String::new, |it| format!(" ≠ {it}"));
                marks.push((line.span, format!("{}{told}", line.expected)));
            }
        }
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start());
    }

    #[test]
    fn lines_that_hold_and_lines_that_do_not() {
        check(
            "
data ydelse
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse
eksempel \"æøå 😀\"
  givet
    ydelse fra 1. maj 2017 til 31. maj 2017
  så
    hjælp er ja fra 1. maj 2017
    hjælp er ja til og med 1. juni 2017
",
            "
eksempel \"æøå 😀\"
^^^^^^^^^^^^^^^^ Some(false)
    hjælp er ja fra 1. maj 2017
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ ja fra 1. maj 2017
    hjælp er ja til og med 1. juni 2017
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ja til og med 1. juni 2017 ≠ ja fra 1. maj 2017 til og med 31. maj 2017, nej fra 1. juni 2017
",
        );
    }

    #[test]
    fn in_english_and_with_an_error_in_a_rule() {
        let rules = "
data benefit
  periods complete
term help
  basis source \"Test\"
  when benefit
example \"a\"
  given
    benefit from 1 May 2017 to 31 May 2017
  then
    help is no on 2 May 2017
";
        check(
            rules,
            "
example \"a\"
^^^^^^^^^^^ Some(false)
    help is no on 2 May 2017
    ^^^^^^^^^^^^^^^^^^^^^^^^ no on 2 May 2017 ≠ yes from 1 May 2017 through 31 May 2017
",
        );
        check(
            &format!("{rules}\nterm x\n  when and\n"),
            "
example \"a\"
^^^^^^^^^^^ None
",
        );
    }
}
