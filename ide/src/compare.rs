//! What edits change in the outcomes of examples.

use crate::days::{days_words, due_words, run_state};
use crate::explain::{Document, escaped};
use crate::population::Count;
use crate::rule_set::RuleSet;
use crate::timelines::histories;
use crate::words::{in_language, pick};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::examples::run;
use hjemmel_engine::model::{Example, Model};
use hjemmel_engine::outcome::StateRun;
use hjemmel_engine::time::Period;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::FileId;
use std::collections::BTreeMap;

/// The runs of each rule by its name.
type ByRule = BTreeMap<String, Vec<StateRun>>;

/// The examples whose outcomes differ from those before; nothing if none do.
pub(crate) fn compare(
    now: &RuleSet,
    before: &RuleSet,
    file: FileId,
    cases: &BTreeMap<String, Count>,
    language: Language,
) -> Option<Document> {
    let path = &now.memo(file)?.path;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let word = pick(
        language,
        "Ændringer siden sidst gemt",
        "Changes since the last save",
    );
    let title = format!("{word}: {name}");
    let body = match (now.model(), before.model()) {
        (Some(now), Some(before)) => of_cases(cases, language) + &changes(now, before, language),
        (None, _) => pick(
            language,
            "Reglerne har fejl og kan ikke prøves.\n",
            "The rules have errors and cannot be tried.\n",
        )
        .to_owned(),
        (_, None) => pick(
            language,
            "De gemte regler har fejl, så der er intet at sammenligne med.\n",
            "The saved rules have errors, so there is nothing to compare with.\n",
        )
        .to_owned(),
    };
    (!body.is_empty()).then(|| Document {
        text: format!("# {}\n\n{body}", escaped(&title)),
        title,
    })
}

/// How many cases have another outcome, rule by rule.
fn of_cases(cases: &BTreeMap<String, Count>, language: Language) -> String {
    let changed = cases.iter().filter(|(_, count)| 0 < count.changed);
    let lines = changed.map(|(name, count)| format!("- `{name}` {}\n", count.words(language)));
    let lines: String = lines.collect();
    if lines.is_empty() {
        return lines;
    }
    let word = pick(language, "Sager i udtrækket", "Cases in the extract");
    format!("## {word}\n\n{lines}\n")
}

fn changes(now: &Model, before: &Model, language: Language) -> String {
    let (new, old) = (by_title(now), by_title(before));
    let mut out = String::new();
    for (key, example) in &new {
        match old.get(key) {
            Some(earlier) => out += &of_example((now, example), (before, earlier), language),
            None => {
                let word = pick(language, "nyt eksempel", "new example");
                out += &format!("## {} ({word})\n\n", escaped(&example.title));
            }
        }
    }
    for (key, example) in &old {
        if !new.contains_key(key) {
            let word = pick(language, "fjernet", "removed");
            out += &format!("## {} ({word})\n\n", escaped(&example.title));
        }
    }
    out
}

/// The examples by their titles; those with one title by their order.
fn by_title(model: &Model) -> BTreeMap<(&str, usize), &Example> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let each = model.examples.iter().map(|example| {
        let count = counts.entry(example.title.as_str()).or_default();
        *count += 1;
        ((example.title.as_str(), *count), example)
    });
    each.collect()
}

fn of_example(now: (&Model, &Example), before: (&Model, &Example), language: Language) -> String {
    let (new, old) = (by_rule(now), by_rule(before));
    let mut out = String::new();
    let names = new
        .keys()
        .chain(old.keys().filter(|name| !new.contains_key(*name)));
    for name in names {
        let told = |runs: Option<&Vec<StateRun>>| told(runs, language);
        let (was, is) = (told(old.get(name)), told(new.get(name)));
        if was != is {
            let (then, after) = (pick(language, "før", "before"), pick(language, "nu", "now"));
            out += &format!("- `{name}`\n  - {then}: {was}\n  - {after}: {is}\n");
        }
    }
    let (fails, failed) = (failures(now), failures(before));
    if out.is_empty() && fails == failed {
        return out;
    }
    let verdict = match (failed == 0, fails == 0) {
        (true, false) => "✓ → ✗",
        (false, true) => "✗ → ✓",
        (true, true) => "✓",
        (false, false) => "✗",
    };
    format!("## {} {verdict}\n\n{out}\n", escaped(&now.1.title))
}

fn failures((model, example): (&Model, &Example)) -> usize {
    let results = run(model, example);
    results.iter().filter(|result| !result.passed).count()
}

fn by_rule((model, example): (&Model, &Example)) -> ByRule {
    let all = histories(model, example, Period::ALL);
    all.into_iter()
        .map(|(subject, runs)| (subject_name(model, subject).to_owned(), runs))
        .collect()
}

/// The runs in one line.
fn told(runs: Option<&Vec<StateRun>>, language: Language) -> String {
    let runs = runs.into_iter().flatten();
    let told = runs.map(|run| {
        let due = run.due.map_or_else(String::new, |due| {
            let word = in_language("frist", language);
            format!(" ({word} {})", due_words(due, language))
        });
        let state = run_state(&run.state, language);
        format!("{state} {}{due}", days_words(run.days, language))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return "–".to_owned();
    }
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::Language;
    use crate::fixture::Fixture;
    use crate::population::Count;
    use std::collections::BTreeMap;

    const RULES: &str = "
data ydelse
  perioder fuldstændig
begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse i mindst 2 dage
eksempel \"a\"
  givet
    ydelse fra 1. maj 2017 til 31. maj 2017
  så
    hjælp er ja fra 3. maj 2017
";

    #[track_caller]
    fn check(now: &str, language: Language, expected: &str) {
        let fixture = Fixture::new(now);
        let before = fixture.analysis.with_text(fixture.file, RULES);
        let none = BTreeMap::new();
        let found = fixture
            .analysis
            .compare(&before, fixture.file, &none, language);
        let text = found.map_or_else(String::new, |found| found.text);
        assert_eq!(text, expected.trim_start());
    }

    #[test]
    fn an_edited_limit_moves_an_outcome() {
        let now = RULES.replace("2 dage", "1 uge");
        check(
            &now,
            Language::Danish,
            "
# Ændringer siden sidst gemt: a.regel

## a ✓ → ✗

- `hjælp`
  - før: nej til og med 2. maj 2017, ja fra 3. maj 2017 til og med 31. maj 2017, nej fra 1. juni 2017
  - nu: nej til og med 7. maj 2017, ja fra 8. maj 2017 til og med 31. maj 2017, nej fra 1. juni 2017

",
        );
        let renamed = RULES.replace("eksempel \"a\"", "eksempel \"b\"");
        check(
            &renamed,
            Language::English,
            "
# Changes since the last save: a.regel

## b (new example)

## a (removed)

",
        );
    }

    #[test]
    fn cases_are_told_by_their_numbers() {
        let now = Fixture::new(RULES).analysis;
        let count = |changed| Count {
            covered: 412,
            of: 10_000,
            changed,
        };
        let cases = BTreeMap::from([("a".to_owned(), count(31)), ("b".to_owned(), count(0))]);
        let found = now.compare(&now, crate::FileId(0), &cases, Language::English);
        let text = found.unwrap().text;
        let wanted = "## Cases in the extract\n\n- `a` covers 412 of 10,000; 31 changed\n\n";
        assert!(text.ends_with(wanted), "{text}");
    }

    #[test]
    fn nothing_changed_is_nothing_and_errors_are_told() {
        check(RULES, Language::Danish, "");
        check(
            &RULES.replace("ydelse i", "og i"),
            Language::English,
            "# Changes since the last save: a.regel\n\nThe rules have errors and cannot be tried.\n",
        );
    }
}
