//! Relations between rule texts: other names, another order, another century.

use super::super::answers::{self, Answers, Run};
use super::{carried, differs, each_rule_set, later, read, text, words};
use hjemmel_engine::case::{Case, End, Row, Start, Value};
use hjemmel_engine::model::{FieldType, Model};
use hjemmel_engine::outcome::Due;
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::{Day, Days, Period};
use std::collections::BTreeSet;

const BEFORE: &str = "omdøbt_";

/// The names that an extract has, but for those that every assessment has.
fn names(model: &Model) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for table in &model.tables {
        names.insert(table.name.clone());
        for field in table
            .fields
            .iter()
            .skip(if table.assessment { 2 } else { 0 })
        {
            names.insert(field.name.clone());
            if let FieldType::Choice(words) = &field.ty {
                names.extend(words.iter().cloned());
            }
        }
    }
    names
}

#[test]
fn r08_other_names_of_columns_and_codes() {
    each_rule_set("8 other names of columns and codes", |posed| {
        let names = names(&posed.model);
        let renamed = words(&text(&posed.model), |word| {
            names.contains(word).then(|| format!("{BEFORE}{word}"))
        });
        let model = read(&renamed);
        let name = |name: &str| format!("{BEFORE}{name}");
        let cases: Vec<Case> = posed
            .cases
            .iter()
            .map(|case| carried(&posed.model, &model, case, name))
            .collect();
        let after = answers::of_all(&model, &cases, posed.question).into_iter();
        let old = |(rule, runs): (String, Vec<Run>)| (rule.replace(BEFORE, ""), runs);
        let after = after.map(|answers| answers.into_iter().map(old).collect());
        posed.same(&posed.cases, after.collect())
    });
}

#[test]
fn rules_in_another_order() {
    each_rule_set("rules in another order", |mut posed| {
        let text = text(&posed.model);
        let mut declared: Vec<&str> = text.split("\n\n").collect();
        for i in (1..declared.len()).rev() {
            declared.swap(i, posed.random.below(i + 1));
        }
        let model = read(&format!("{}\n", declared.join("\n\n")));
        let same = |name: &str| name.to_owned();
        let cases: Vec<Case> = posed
            .cases
            .iter()
            .map(|case| carried(&posed.model, &model, case, same))
            .collect();
        let after = answers::of_all(&model, &cases, posed.question);
        posed.same(&posed.cases, after)
    });
}

/// Between 1901 and 2099 every 28 years have the same calendar and the same weekdays; four hundred would
/// leave the days that are judged.
const YEARS: i32 = 28;
const SHIFT: i32 = 28 * 365 + 7;

fn later_text(text: &str) -> String {
    words(text, |word| {
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let year: i32 = word.parse().ok().filter(|_| is_year)?;
        Some((year + YEARS).to_string())
    })
}

fn later_row(row: &Row) -> Row {
    Row {
        from: match row.from {
            Start::On(day) => Start::On(later(day, SHIFT)),
            Start::Unknown => Start::Unknown,
        },
        to: match row.to {
            End::On(day) => End::On(later(day, SHIFT)),
            other => other,
        },
        values: row
            .values
            .iter()
            .map(|value| match value {
                Some(Value::Date(day)) => Some(Value::Date(later(*day, SHIFT))),
                other => other.clone(),
            })
            .collect(),
        registered: row.registered.map(|day| later(day, SHIFT)),
        source: row.source,
    }
}

fn later_case(mut case: Case) -> Case {
    for table in &mut case.tables {
        table.rows = table.rows.iter().map(later_row).collect();
        let runs = table.complete.runs().iter();
        let runs = runs.map(|run| Period::new(later(run.start, SHIFT), later(run.end, SHIFT)));
        table.complete = Days::from_periods(runs.collect());
    }
    case
}

fn earlier(answers: Answers) -> Answers {
    let run = |run: Run| Run {
        days: Period::new(later(run.days.start, -SHIFT), later(run.days.end, -SHIFT)),
        due: run.due.map(|due| Due {
            earliest: later(due.earliest, -SHIFT),
            latest: later(due.latest, -SHIFT),
        }),
        ..run
    };
    let runs = |(rule, runs): (String, Vec<Run>)| (rule, runs.into_iter().map(run).collect());
    answers.into_iter().map(runs).collect()
}

/// A due date that nothing bounds lies where time begins or ends, and that is not moved: what is twenty
/// years away is taken for it. Beside a state that does not rest on it, it may be that many suspended days on.
fn bounded(answers: Answers) -> Answers {
    let near = |day: Day| (16_801 - day.number()).abs() < 20 * 365;
    let bound = |day: Day| match day {
        day if near(day) => day,
        day if day.number() < 16_801 => Day::FIRST,
        _ => Day::END,
    };
    let run = |run: Run| Run {
        due: run.due.filter(|_| run.is_by_due_date()).map(|due| Due {
            earliest: bound(due.earliest),
            latest: bound(due.latest),
        }),
        ..run
    };
    // What differed in such bounds alone is one run again.
    let runs = |(rule, runs): (String, Vec<Run>)| {
        let mut merged = Vec::new();
        runs.into_iter()
            .for_each(|it| answers::push(&mut merged, run(it)));
        (rule, merged)
    };
    answers.into_iter().map(runs).collect()
}

#[test]
fn r07_all_dates_some_years_later() {
    each_rule_set("7 all dates 28 years later", |posed| {
        let model = read(&later_text(&text(&posed.model)));
        let same = |name: &str| name.to_owned();
        let cases = posed
            .cases
            .iter()
            .map(|case| carried(&posed.model, &model, case, same));
        let cases: Vec<Case> = cases.map(later_case).collect();
        let Question { window, known_on } = posed.question;
        let question = Question {
            window: Period::new(window.start.plus(SHIFT), window.end.plus(SHIFT)),
            known_on: known_on.map(|day| day.plus(SHIFT)),
        };
        let after = answers::of_all(&model, &cases, question);
        let before = posed.answers();
        for ((before, after), case) in before.into_iter().zip(after).zip(&posed.cases) {
            differs(&bounded(before), &bounded(earlier(after)))
                .map_err(|rule| format!("{rule}{}", answers::shown(&posed.model, case)))?;
        }
        Ok(posed.cases.len() as u64)
    });
}
