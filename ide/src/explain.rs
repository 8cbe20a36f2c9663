//! The reasons for what the rules say of an example, as a document to be read.

use crate::days::{dated, day_words, days_words, expected_words, run_state};
use crate::examples::{around, meant};
use crate::rule_set::RuleSet;
use crate::timelines::first_day;
use crate::words::pick;
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::explain::{Explanation, Reason, explain as reasons, missing_fact};
use hjemmel_engine::model::{DayExpectation, Example, Expectation, Model, Subject};
use hjemmel_engine::time::{Day, Truth};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::FileId;

/// How deep a tree of reasons is told; a rule set that goes deeper is not read by people.
const LEVELS: usize = 24;

/// A document to be read, in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// The reasons for each line of the example around an offset; of one line, if the offset is in it.
pub(crate) fn explain(
    set: &RuleSet,
    file: FileId,
    offset: u32,
    language: Language,
) -> Option<Document> {
    let model = set.model()?;
    let example = meant(model, file, around(set, file, offset)?)?;
    let here = example.expectations.iter();
    let here: Vec<&Expectation> = here.filter(|line| line.site.span.touches(offset)).collect();
    let lines = if here.is_empty() {
        example.expectations.iter().collect()
    } else {
        here
    };
    let evaluation = Evaluation::new(model, &example.case, example.known_on);
    let page = Page { model, language };
    let mut text = format!("# {}\n", escaped(&example.title));
    let mut told: Vec<(Subject, Day)> = Vec::new();
    for line in lines {
        let day = day_of(line, example);
        if told.contains(&(line.subject, day)) {
            continue;
        }
        told.push((line.subject, day));
        let found = reasons(model, &evaluation, line.subject, day);
        text += &page.section(line, day, found.as_ref());
    }
    let word = pick(language, "Begrundelse", "Reasons");
    Some(Document {
        title: format!("{word}: {}", example.title),
        text,
    })
}

/// The day that a line is about: the first, if it is about several.
fn day_of(line: &Expectation, example: &Example) -> Day {
    match line.days {
        DayExpectation::On(day) => day,
        DayExpectation::Run { from, to } => from.or(to).unwrap_or_else(|| first_day(example)),
    }
}

/// What the sections of a document are made from.
struct Page<'m> {
    model: &'m Model,
    language: Language,
}

impl Page<'_> {
    fn section(&self, line: &Expectation, day: Day, found: Option<&Explanation>) -> String {
        let language = self.language;
        let name = subject_name(self.model, line.subject);
        let day = day_words(day, language);
        let Some(found) = found else {
            let outside = pick(
                language,
                "Reglen er ikke en del af loven den dag.",
                "The rule is not part of the law on that day.",
            );
            return format!("\n## `{name}` · {day}\n\n{outside}\n");
        };
        let run = &found.outcome.run;
        let state = run_state(&run.state, language);
        let expects = pick(language, "Eksemplet siger", "The example says");
        let expected = expected_words(line, language);
        let mut out = format!(
            "\n## `{name}` · {day}: {}\n\n{expects}: {}\n\n",
            escaped(&state),
            escaped(&expected)
        );
        self.tree(&found.reason, 0, &mut out);
        if !found.missing.is_empty() {
            let word = pick(language, "Det mangler", "What is missing");
            out += &format!("\n**{word}**\n\n");
            let row = pick(language, "række", "row");
            for fact in &found.missing {
                let fact = missing_fact(self.model, fact, |at| format!("{row} {}", at.line));
                out += &format!("- {}\n", escaped(fact.get(language)));
            }
        }
        out
    }

    /// A step and what it follows from, as bullets below each other.
    fn tree(&self, reason: &Reason, level: usize, out: &mut String) {
        let mark = match reason.truth {
            Some(Truth::Yes) => "✓ ",
            Some(Truth::No) => "✗ ",
            Some(Truth::Unknown) => "? ",
            None => "",
        };
        let text = dated(reason.text.get(self.language), self.language);
        let mut line = format!("{}- {mark}{}", "  ".repeat(level), escaped(&text));
        let basis = reason.basis.as_ref().map(ToString::to_string);
        // The answer's own day stands in the heading.
        let days = reason.days.filter(|_| 0 < level);
        let days = days.map(|days| days_words(days, self.language));
        let facts: Vec<String> = basis.into_iter().chain(days).collect();
        if !facts.is_empty() {
            line += &format!(" — *{}*", escaped(&facts.join(" · ")));
        }
        out.push_str(&line);
        out.push('\n');
        if level < LEVELS {
            for below in &reason.because {
                self.tree(below, level + 1, out);
            }
        }
    }
}

/// A text in which no sign is Markdown's.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '[' | ']' | '<' | '>' | '#') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::Language;
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(fixture: &str, language: Language, expected: &[&str]) -> String {
        let fixture = Fixture::new(fixture);
        let found = fixture
            .analysis
            .explain(fixture.file, fixture.cursor, language);
        let text = found.map_or_else(String::new, |found| found.text);
        for part in expected {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        text
    }

    const RULES: &str = "
lov LAB \"Lov\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900
data ydelse
  perioder fuldstændig
data fravær
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse
pligt tilbud
  hjemmel LAB § 92, stk. 2
  for hjælp
  regnet fra hjælp
  frist 2 uger
  opfyldes af hjælp i mindst 1 år
fritagelse ved_fravær fra tilbud
  hjemmel LAB § 93
  når fravær
eksempel \"æ * 😀\"
  givet
    ydelse fra 1. maj 2017 til 31. maj 2017
  så
    tilbud er overskredet fra 16. maj 2017 til og med 31. maj 2017
    hjælp er ja $0fra 1. maj 2017
";

    #[test]
    fn of_one_line() {
        let text = check(
            RULES,
            Language::Danish,
            &["# æ \\* 😀", "## `hjælp` · 1. maj 2017: ja", "✓ ydelse: ja"],
        );
        assert!(!text.contains("## `tilbud`"), "{text}");
    }

    #[test]
    fn of_all_lines_with_the_exceptions_that_did_not_apply() {
        let rules = RULES.replace("$0", "").replace("  givet\n", "  giv$0et\n");
        check(
            &rules,
            Language::Danish,
            &[
                "## `tilbud` · 16. maj 2017: overskredet",
                "Eksemplet siger: overskredet fra 16. maj 2017",
                "LAB § 92, stk. 2",
                "✗ ",
                "*LAB § 93",
                "## `hjælp` · 1. maj 2017: ja",
            ],
        );
        check(
            &rules,
            Language::English,
            &["## `tilbud` · 16 May 2017: overdue", "The example says: "],
        );
    }

    #[test]
    fn nothing_of_what_is_no_example_or_cannot_be_run() {
        let broken = RULES.replace("når fravær", "når og");
        assert_eq!(check(&broken, Language::Danish, &[]), "");
        assert_eq!(check("begreb $0a\n", Language::Danish, &[]), "");
    }
}
