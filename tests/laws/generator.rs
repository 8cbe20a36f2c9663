//! The generator's health: what it draws reaches every state and every clause of the language, has
//! dates on and around the limits, and is mostly answered.

use super::answers::{self, definite_days};
use super::{counted, times};
use crate::oracle::{Random, cases, day, generate};
use hjemmel_engine::case::{Case, End, Start, Value};
use hjemmel_engine::model::{
    Anchor, Bound, ConditionKind, Duty, DutyState, Literal, Model, Next, ParameterValue,
    RowCondition, RowTest,
};
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::{Day, Days, Length, Period, Unit};
use hjemmel_grammar::syntax::{Edge, Order, Side};
use std::collections::{BTreeMap, BTreeSet};

const RULE_SETS: u64 = 120;

fn year() -> Period {
    Period::inclusive(day(2015, 12, 28), day(2016, 11, 15))
}

/// Draws as the comparison with the oracle does: of four cases one has unknown facts.
fn draws() -> impl Iterator<Item = (Model, Case, Question)> {
    (1..=RULE_SETS * times().min(10)).flat_map(|seed| {
        (0..4).map(move |number| {
            let model = generate::model(seed);
            let mut random = Random::new(seed * 1000 + number);
            let doubt = cases::Doubt(if number == 3 { 8 } else { 0 });
            let case = cases::case(&model, &mut random, doubt);
            let known_on = cases::known_on(&mut random);
            let window = year();
            (model, case, Question { window, known_on })
        })
    })
}

#[test]
fn every_state_is_drawn_and_most_answers_are_definite() {
    let (mut cases, mut histories, mut near) = (0_u64, 0_u64, 0_u64);
    let (mut days, mut definite) = (0, 0);
    let mut states: BTreeMap<String, u64> = BTreeMap::new();
    for (model, case, question) in draws() {
        let answers = answers::of(&model, &case, question);
        let of_case = definite_days(&answers);
        (days, definite) = (days + of_case.0, definite + of_case.1);
        cases += 1;
        near += u64::from(is_near_a_limit(&model, &case, question, &answers));
        for rule in &model.duties {
            let seen: BTreeSet<_> = answers[&rule.name].iter().map(|run| &run.state).collect();
            histories += u64::from(!seen.is_empty());
            for state in seen {
                *states.entry(state.clone()).or_default() += 1;
            }
        }
    }
    let share = |what: &str, of: u64, all: u64| {
        println!(
            "FIGURE;A2;{what}, percent;{:.1}",
            100.0 * of as f64 / all as f64
        );
    };
    share("answers that are definite", definite, days);
    share("cases with a date on or a day from a limit", near, cases);
    for state in DutyState::ALL {
        let seen = states.get(state.name()).copied().unwrap_or_default();
        share(&format!("histories with {}", state.name()), seen, histories);
        assert!(
            20 * seen >= histories,
            "{} is in {seen} of {histories}",
            state.name()
        );
    }
    assert!(
        10 * definite >= 6 * days,
        "{definite} of {days} answers are definite"
    );
    assert!(
        5 * near >= cases,
        "{near} of {cases} cases have a date near a limit"
    );
    counted("A2 draws of the generator", cases);
}

/// Whether some date of the case lies at most a day from a limit that the rules set: a due date, the
/// day of knowledge, or a day so long after a date that rules of the set ask for.
fn is_near_a_limit(
    model: &Model,
    case: &Case,
    question: Question,
    answers: &answers::Answers,
) -> bool {
    let dues = model.duties.iter().flat_map(|rule| &answers[&rule.name]);
    let dues = dues.filter_map(|run| run.due.map(|due| due.earliest));
    let limits: BTreeSet<Day> = dues.filter(|due| year().contains(*due)).collect();
    let mut tables = model
        .tables
        .iter()
        .zip(&case.tables)
        .filter(|(table, _)| table.name != "person");
    let near = |day: Day| (-1..=1).any(|i| limits.contains(&day.plus(i)));
    tables.any(|(_, table)| {
        table.rows.iter().any(|row| {
            let first = matches!(row.from, Start::On(day) if near(day));
            let last = matches!(row.to, End::On(day) if near(day));
            let known = row.registered.zip(question.known_on);
            let known = known.is_some_and(|(day, known_on)| day.since(known_on).abs() <= 1);
            first || last || known
        })
    })
}

/// The clauses of the language that the rule set has. Whoever adds one to the language is told here
/// by the compiler.
fn clauses(model: &Model) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for condition in &model.conditions {
        condition_clauses(&condition.kind, &mut found);
    }
    for duty in model.duties.iter().flat_map(|rule| &rule.versions) {
        duty_clauses(&duty.body, &mut found);
    }
    let graces = model.exemptions.iter().flat_map(|rule| &rule.versions);
    for version in graces {
        found.insert("fritagelse");
        found.extend(version.body.grace.map(|_| "herefter frist"));
    }
    found.extend(model.suspensions.first().map(|_| "udsættelse"));
    found.extend(model.warnings.first().map(|_| "advarsel"));
    found.extend(model.transitions.first().map(|_| "overgang"));
    found.extend(model.classifications.first().map(|_| "opdeling"));
    for (_, value) in model
        .parameters
        .iter()
        .flat_map(|rule| &rule.versions[0].body.values)
    {
        found.insert(match value {
            ParameterValue::Length(length) => unit(*length),
            ParameterValue::Number(_) => "parameter: tal",
            ParameterValue::Date(_) => "parameter: dato",
            ParameterValue::YesNo(_) => "parameter: ja eller nej",
        });
    }
    let versions = model.terms.iter().any(|rule| rule.versions.len() > 1);
    found.extend(versions.then_some("gælder fra, til"));
    found
}

fn unit(length: Length) -> &'static str {
    match length.unit {
        Unit::Days => "dage",
        Unit::Weeks => "uger",
        Unit::Months => "måneder",
        Unit::Years => "år",
    }
}

fn duty_clauses(duty: &Duty, found: &mut BTreeSet<&'static str>) {
    found.insert("pligt");
    found.extend(duty.restarts.first().map(|_| "på ny når"));
    found.extend(duty.deadline.anchor.map(|anchor| near("frist", anchor)));
    found.extend(duty.deadline.exceptions.first().map(|_| "frist, dog"));
    found.extend(
        duty.timely_in_week
            .as_ref()
            .map(|_| "rettidig i kalenderugen"),
    );
    if let Some(entry) = &duty.entry {
        found.insert("ved overgang frist");
        found.extend(entry.at_most.map(|_| "ved overgang frist, dog højst"));
    }
    for required in &duty.required {
        found.insert("kræver skøn");
        found.extend(required.when.map(|_| "kræver skøn når"));
    }
    for fulfilment in &duty.fulfilments {
        match &fulfilment.next {
            Next::Discharged => found.insert("opfyldes af"),
            Next::AtOnce => found.insert("derefter straks"),
            Next::After(_, exceptions) => {
                found.extend(exceptions.first().map(|_| "derefter, dog"));
                found.insert("derefter")
            }
        };
    }
}

fn near(what: &str, anchor: Anchor) -> &'static str {
    match (what, anchor.side, anchor.edge) {
        ("frist", Side::After, Edge::Begins) => "frist efter begynder",
        ("frist", Side::After, Edge::Ends) => "frist efter slutter",
        ("frist", Side::Before, Edge::Begins) => "frist før begynder",
        ("frist", Side::Before, Edge::Ends) => "frist før slutter",
        (_, Side::After, Edge::Begins) => "højst efter begynder",
        (_, Side::After, Edge::Ends) => "højst efter slutter",
        (_, Side::Before, Edge::Begins) => "højst før begynder",
        (_, Side::Before, Edge::Ends) => "højst før slutter",
    }
}

fn order(order: Order) -> &'static str {
    match order {
        Order::AtLeast => "er mindst",
        Order::AtMost => "er højst",
        Order::Under => "er under",
        Order::Over => "er over",
    }
}

fn condition_clauses(kind: &ConditionKind, found: &mut BTreeSet<&'static str>) {
    let name = match kind {
        ConditionKind::Unreadable => "ulæselig",
        ConditionKind::Rows {
            filter, durations, ..
        } => {
            row_clauses(filter, found);
            found.extend(durations.first().map(|_| "varighed"));
            "rækker"
        }
        ConditionKind::Age { order: by, .. } => {
            found.insert(order(*by));
            "alder"
        }
        ConditionKind::Term(_) => "begreb",
        ConditionKind::Assessed { .. } => "skøn",
        ConditionKind::DutyIs(..) => "pligt er",
        ConditionKind::ClassifiedAs(..) => "opdeling er",
        ConditionKind::Parameter(_) => "parameter",
        ConditionKind::All(_) => "og",
        ConditionKind::Any(_) => "eller",
        ConditionKind::AtLeast(..) => "mindst 2 af",
        ConditionKind::Not(_) => "ikke",
        ConditionKind::Except { exceptions, .. } => {
            let also = |holds| {
                if holds {
                    "dog også når"
                } else {
                    "dog ikke når"
                }
            };
            found.extend(exceptions.iter().map(|exception| also(exception.holds)));
            "undtagelser"
        }
        ConditionKind::HeldFor(..) => "i mindst",
        ConditionKind::Within(..) => "inden for de seneste",
        ConditionKind::TotalWithin { .. } => "i alt mindst",
        ConditionKind::Bridged(..) => "afbrudt højst",
        ConditionKind::BridgedMonth(_) => "afbrudt af en kalendermåned",
        ConditionKind::WholeWeeks(_) => "i hele uger",
        ConditionKind::Near(_, anchor) => near("", *anchor),
        ConditionKind::KnownOn(..) => "kendt pr.",
    };
    found.insert(name);
}

fn row_clauses(row: &RowCondition, found: &mut BTreeSet<&'static str>) {
    match row {
        RowCondition::All(parts) => {
            found.insert("hvor og");
            parts.iter().for_each(|part| row_clauses(part, found));
        }
        RowCondition::Any(parts) => {
            found.insert("hvor eller");
            parts.iter().for_each(|part| row_clauses(part, found));
        }
        RowCondition::AtLeast(_, parts) => {
            found.insert("hvor mindst 2 af");
            parts.iter().for_each(|part| row_clauses(part, found));
        }
        RowCondition::Not(part) => {
            found.insert("hvor ikke");
            row_clauses(part, found);
        }
        RowCondition::Field(_, RowTest::OneOf(values)) => {
            found.insert(match values.first() {
                Some(Value::YesNo(_)) => "er ja",
                _ if values.len() > 1 => "er en af",
                _ => "er",
            });
        }
        RowCondition::Field(_, RowTest::Ordered(by, bound)) => {
            found.insert(match bound {
                Literal::Parameter(_) => "er mindst parameter",
                Literal::Fixed(Bound::Number(_)) => order(*by),
                Literal::Fixed(Bound::Date(_)) if *by == Order::Under => "er før",
                Literal::Fixed(Bound::Date(_)) => "er efter",
            });
        }
    }
}

/// Every clause but measures, which have a generator of their own (`oracle/measures.rs`).
const CLAUSES: &str = "advarsel, afbrudt af en kalendermåned, afbrudt højst, alder, begreb, dage, derefter, \
    derefter straks, derefter, dog, dog ikke når, dog også når, eller, er, er efter, er en af, er før, er højst, \
    er ja, er mindst, er mindst parameter, er over, er under, frist efter begynder, frist efter slutter, \
    frist før begynder, frist før slutter, frist, dog, fritagelse, gælder fra, til, herefter frist, hvor eller, \
    hvor ikke, hvor mindst 2 af, hvor og, højst efter begynder, højst efter slutter, højst før begynder, \
    højst før slutter, i alt mindst, i hele uger, i mindst, ikke, inden for de seneste, kendt pr., kræver skøn, \
    kræver skøn når, mindst 2 af, måneder, og, opdeling, opdeling er, opfyldes af, overgang, parameter, \
    parameter: dato, parameter: ja eller nej, parameter: tal, pligt, pligt er, på ny når, rettidig i kalenderugen, \
    rækker, skøn, udsættelse, uger, undtagelser, varighed, ved overgang frist, ved overgang frist, dog højst";

#[test]
fn every_clause_of_the_language_is_drawn() {
    let drawn: BTreeSet<_> = (1..=RULE_SETS)
        .flat_map(|seed| clauses(&generate::model(seed)))
        .collect();
    let drawn: Vec<_> = drawn.into_iter().collect();
    assert_eq!(drawn.join(", "), CLAUSES);
}

#[test]
fn registers_and_facts_of_every_kind_are_drawn() {
    let mut found = BTreeSet::new();
    for (_, case, question) in draws() {
        found.extend(question.known_on.map(|_| "a knowledge date"));
        for table in &case.tables {
            if table.complete != Days::all() {
                found.insert("a register that is not complete");
            }
            for row in &table.rows {
                found.insert(match (row.from, row.to) {
                    (Start::Unknown, _) => "an unknown start",
                    (_, End::Unknown) => "an unknown end",
                    (_, End::Ongoing) => "an ongoing period",
                    (_, End::On(_)) => "a known period",
                });
                found.extend(row.registered.map(|_| "a date of registration"));
                found.extend(row.values.contains(&None).then_some("a blank field"));
            }
        }
    }
    assert_eq!(found.len(), 8, "{found:?}");
}
