//! What may be changed about rules and rows without changing an answer. Nobody needs to know the
//! right answer to hold two against each other.

mod relations;
mod renamed;

use super::answers::{self, Answers};
use super::{hold, times};
use crate::oracle::{Random, cases, day, generate, print};
use hjemmel_engine::case::{Case, TableRows};
use hjemmel_engine::check;
use hjemmel_engine::model::Model;
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Severity;

/// Rule sets of a usual run, and cases under each: ten thousand in ten minutes' share, and a hundred
/// thousand in a long run.
const RULE_SETS: u64 = 10;
const CASES: u64 = 50;

/// A rule set, some cases, and what is asked.
struct Posed {
    model: Model,
    cases: Vec<Case>,
    question: Question,
    random: Random,
}

impl Posed {
    fn drawn(seed: u64) -> Self {
        let model = generate::model(seed);
        let mut random = Random::new(seed);
        let cases = (0..CASES).map(|number| {
            let mut random = Random::new(seed * 7_000 + number);
            let doubt = random.pick(&[0, 0, 8, 20]);
            cases::case(&model, &mut random, cases::Doubt(doubt))
        });
        let cases = cases.collect();
        let question = Question {
            window: Period::inclusive(day(2015, 12, 28), day(2016, 11, 15)),
            known_on: cases::known_on(&mut random),
        };
        Self {
            model,
            cases,
            question,
            random,
        }
    }

    fn answers(&self) -> Vec<Answers> {
        answers::of_all(&self.model, &self.cases, self.question)
    }

    /// Holds what is said of the cases after a change against what was said before.
    fn same(&self, others: &[Case], after: Vec<Answers>) -> Result<u64, String> {
        let before = self.answers();
        assert_eq!(before.len(), after.len());
        for (at, (before, after)) in before.iter().zip(&after).enumerate() {
            differs(before, after).map_err(|rule| {
                let known_on = self.question.known_on.map(|day| day.to_string());
                let shown = answers::shown(&self.model, &self.cases[at]);
                let other = crate::oracle::say::case(&self.model, &others[at]);
                format!("{rule} of case {at}, known on {known_on:?}{shown}and then\n{other}")
            })?;
        }
        Ok(before.len() as u64)
    }

    /// The same with each case changed by itself.
    fn same_with(
        &mut self,
        change: impl Fn(&Model, &mut Case, &mut Random),
    ) -> Result<u64, String> {
        let mut others = self.cases.clone();
        for case in &mut others {
            change(&self.model, case, &mut self.random);
        }
        let after = answers::of_all(&self.model, &others, self.question);
        self.same(&others, after)
    }
}

fn differs(before: &Answers, after: &Answers) -> Result<(), String> {
    let rules: Vec<_> = before.keys().collect();
    assert_eq!(rules, after.keys().collect::<Vec<_>>());
    let mut both = before.iter().zip(after);
    match both.find(|((_, before), (_, after))| before != after) {
        Some(((rule, before), (_, after))) => {
            Err(format!("{rule}:\n before: {before:?}\n after: {after:?}\n"))
        }
        None => Ok(()),
    }
}

/// What the engine reads from a text, which has no error.
fn read(text: &str) -> Model {
    let mut sources = Sources::new();
    sources.add("tilfældig.regel", text);
    let checked = check(&sources);
    let mut errors = checked
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    if let Some(error) = errors.next() {
        panic!(
            "{text}\n{} {} {:?}",
            error.code, error.message.da, error.labels
        );
    }
    checked.model
}

/// A case under a rule set that calls its tables otherwise, or has them in another order.
fn carried(from: &Model, to: &Model, case: &Case, name: impl Fn(&str) -> String) -> Case {
    let table = |wanted: &str| {
        let mut tables = from.tables.iter().zip(&case.tables);
        let found = tables.find(|(table, _)| name(&table.name) == wanted);
        found.map_or_else(TableRows::default, |(_, rows)| rows.clone())
    };
    Case {
        id: case.id.clone(),
        tables: to.tables.iter().map(|it| table(&it.name)).collect(),
    }
}

fn each_rule_set(relation: &str, work: impl Fn(Posed) -> Result<u64, String> + Sync) {
    let law = format!("A7 relation {relation}");
    hold(&law, RULE_SETS * times(), |seed| work(Posed::drawn(seed)));
}

/// Every word of a text, changed. A word is letters, digits and `_`.
fn words(text: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        out += &change(&word).unwrap_or_else(|| word.clone());
        word.clear();
        out.push(c);
    }
    out
}

/// A text with the schema in front, as the engine reads it.
fn text(model: &Model) -> String {
    print::text(model)
}

/// A day as many days on, except where it stands for the beginning or the end of time.
fn later(day: Day, days: i32) -> Day {
    match day {
        Day::FIRST | Day::END => day,
        _ => day.plus(days),
    }
}
