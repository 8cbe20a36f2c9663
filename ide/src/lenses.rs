//! What can be done with a declaration: run its examples, explain one, draw its timelines.

use crate::examples::{expectations, header};
use crate::rule_set::RuleSet;
use crate::words::pick;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span};
use hjemmel_grammar::syntax::{Declaration, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Something that can be done, with the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionLens {
    /// Where it is shown: the head of a declaration.
    pub span: Span,
    /// Where it can be done: the whole declaration.
    pub whole: Span,
    /// The words.
    pub title: String,
    /// What is done.
    pub action: LensAction,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LensAction {
    /// All examples are run.
    RunExamples,
    /// The reasons are told.
    Explain,
    /// The timelines are drawn.
    Timelines,
}

/// What can be done in a file, in order of place.
pub(crate) fn action_lenses(set: &RuleSet, file: FileId) -> Vec<ActionLens> {
    let Some(memo) = set.memo(file) else {
        return Vec::new();
    };
    let counts = counts(set);
    let language = memo.language();
    let each = memo.tree().declarations.iter();
    each.flat_map(|declaration| of_declaration(declaration, &counts, language))
        .collect()
}

fn of_declaration(
    declaration: &Declaration,
    counts: &BTreeMap<&str, usize>,
    language: Language,
) -> Vec<ActionLens> {
    let lens = |title: String, action: LensAction| ActionLens {
        span: header(declaration),
        whole: declaration.span,
        title,
        action,
    };
    let name = declaration.name.as_ref();
    let count = name.and_then(|name| counts.get(name.text.as_str()).copied());
    match (declaration.kind, count) {
        (Kind::Example, _) => vec![
            lens(
                pick(language, "kør", "run").to_owned(),
                LensAction::RunExamples,
            ),
            lens(
                pick(language, "forklar", "explain").to_owned(),
                LensAction::Explain,
            ),
            lens(
                pick(language, "tidslinjer", "timelines").to_owned(),
                LensAction::Timelines,
            ),
        ],
        (Kind::Duty | Kind::Classification, None) if name.is_some() => {
            let none = pick(language, "ingen eksempler", "no examples");
            vec![lens(none.to_owned(), LensAction::RunExamples)]
        }
        (_, Some(count)) => vec![lens(counted(count, language), LensAction::RunExamples)],
        _ => Vec::new(),
    }
}

fn counted(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::Danish, 1) => "1 eksempel".to_owned(),
        (Language::Danish, _) => format!("{count} eksempler"),
        (Language::English, 1) => "1 example".to_owned(),
        (Language::English, _) => format!("{count} examples"),
    }
}

/// How many examples expect something of each name.
fn counts(set: &RuleSet) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (_, memo) in set.iter() {
        let examples = memo.tree().declarations.iter();
        for example in examples.filter(|it| it.kind == Kind::Example) {
            let names = expectations(example).map(|line| line.subject.text.as_str());
            for name in names.collect::<BTreeSet<&str>>() {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use crate::fixture::{Fixture, picture};

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let lenses = fixture.analysis.action_lenses(fixture.file);
        let marks: Vec<_> = lenses.into_iter().map(|it| (it.span, it.title)).collect();
        let drawn = picture(fixture.analysis.text(fixture.file), &marks);
        assert_eq!(drawn, expected.trim_start());
    }

    #[test]
    fn rules_tell_their_examples_and_examples_what_can_be_done() {
        check(
            "
begreb hjælp \"😀\"
  når ydelse
pligt alene
  for hjælp
begreb uden
  når og
eksempel \"a\"
  så
    hjælp er ja den 1. maj 2017
    hjælp er nej den 1. juni 2017
eksempel \"b\"
  så
    hjælp er ja den 1. maj 2017
",
            "
begreb hjælp \"😀\"
^^^^^^^^^^^^^^^^ 2 eksempler
pligt alene
^^^^^ ingen eksempler
eksempel \"a\"
^^^^^^^^^^^^ kør
^^^^^^^^^^^^ forklar
^^^^^^^^^^^^ tidslinjer
eksempel \"b\"
^^^^^^^^^^^^ kør
^^^^^^^^^^^^ forklar
^^^^^^^^^^^^ tidslinjer
",
        );
    }

    #[test]
    fn in_english_across_files() {
        check(
            "
//- /a.regel
term help
  when benefit
//- /b.regel
example \"a\"
  then
    help is yes on 1 May 2017
",
            "
term help
^^^^ 1 example
",
        );
    }
}
