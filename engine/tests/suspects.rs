//! The search for likely registration errors, on one rule and a few rows: what is suspected, in
//! which order, and what never is.

#![cfg(test)]

use hjemmel_engine::case::{Case, End, Start, Value};
use hjemmel_engine::check_rules;
use hjemmel_engine::model::{ClassificationId, FieldId, Model, Subject, TableId};
use hjemmel_engine::outcome::State;
use hjemmel_engine::suspects::{Change, Edge, Search, Slip, Slips, What};
use hjemmel_engine::time::Day;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Text;

const RULES: &str = "
data indsats
  perioder fuldstændig
  art er en af tilbud, mentor
  status er en af planlagt, gennemført

opdeling opfølgning
  hjemmel kilde \"Prøve\"
  i rækkefølge
  med  når (indsats hvor art er tilbud og status er gennemført og varighed er mindst 2 uger) inden for de seneste 3 måneder
  uden ellers
";

/// The model of the rules with an example of these rows, and the example's case.
fn case(rows: &[&str]) -> (Model, Case) {
    let rows: String = rows.iter().map(|row| format!("    {row}\n")).collect();
    let example = format!(
        "\neksempel \"a\"\n  givet\n{rows}  så\n    opfølgning er uden den 31. juli 2017\n"
    );
    let mut sources = Sources::new();
    sources.add("regler.regel", format!("{RULES}{example}"));
    let model = check_rules(&sources).model;
    let mut case = model.examples[0].case.clone();
    case.tables[0].dated = true;
    (model, case)
}

fn slip(name: &str, what: What, points: i32, per_day: i32) -> Slip {
    Slip {
        name: name.to_owned(),
        title: Text::same(name),
        table: TableId(0),
        what,
        points,
        per_day,
    }
}

fn slips() -> Slips {
    let status = |from, to| What::Value {
        field: FieldId(1),
        from: vec![Value::Choice(from)],
        to: Value::Choice(to),
        begun: true,
    };
    let kinds = vec![
        slip("planned", status(0, 1), 20, 0),
        slip("days", What::Days(Edge::Last, 4), 12, -3),
        slip("month", What::Month(Edge::Last), 6, 0),
        slip("year", What::Year(Edge::Both), 6, 0),
        slip("digits", What::Digits(Edge::Last), 6, 0),
        slip("no end", What::NoEnd, 12, 0),
    ];
    Slips {
        kinds,
        weekday: 0,
        length: 0,
        delay: 0,
    }
}

/// What is suspected on 31 July 2017, a line each.
fn told(rows: &[&str], slips: &Slips) -> Vec<String> {
    let day = Day::from_ymd(2017, 7, 31).unwrap();
    let (model, case) = case(rows);
    let subject = Subject::Classification(ClassificationId(0));
    let cases = [case];
    let search = Search::new(&model, slips, &cases, subject, day, Some(day));
    let bad = State::Branch("uden".to_owned());
    assert_eq!(search.answer(&cases[0]), Some(bad.clone()));
    let found = search.suspects(&cases[0], &bad).into_iter();
    let words = found.map(|it| {
        let change = match it.change {
            Change::Value { to, .. } => format!("{to:?}"),
            Change::Days {
                to: (Start::On(from), End::On(to)),
                ..
            } => format!("{from} to {to}"),
            Change::Days { to, .. } => format!("{to:?}"),
        };
        let name = &slips.kinds[it.slip].name;
        format!(
            "{:3} {name} row {}: {change}, then {}",
            it.points.total(),
            it.source.line,
            it.state.name()
        )
    });
    words.collect()
}

#[test]
fn the_smallest_edit_of_each_kind_the_most_plausible_first() {
    let rows = [
        "indsats tilbud, planlagt fra 1. maj 2017 til 31. maj 2017, registreret 1. maj 2017",
        // Two days short of two weeks.
        "indsats tilbud, gennemført fra 5. juni 2017 til 16. juni 2017, registreret 5. juni 2017",
        // Four days too early.
        "indsats tilbud, gennemført fra 1. april 2017 til 27. april 2017, registreret 1. april 2017",
        // A year too early.
        "indsats tilbud, gennemført fra 2. maj 2016 til 31. maj 2016, registreret 2. maj 2017",
    ];
    insta::assert_snapshot!(told(&rows, &slips()).join("\n"));
}

#[test]
fn what_is_not_registered_begun_or_decisive_is_not_suspected() {
    let rows = [
        // Registered after the day of knowledge.
        "indsats tilbud, planlagt fra 1. maj 2017 til 31. maj 2017, registreret 1. august 2017",
        // Not known whether it was registered: whatever it says, the answer would be unknown.
        "indsats mentor, planlagt fra 1. maj 2017 til 31. maj 2017",
        // Not begun.
        "indsats tilbud, planlagt fra 1. august 2017 til 31. august 2017, registreret 1. maj 2017",
        // No offer, whatever its days.
        "indsats mentor, gennemført fra 1. april 2017 til 27. april 2017, registreret 1. april 2017",
    ];
    assert_eq!(told(&rows, &slips()), [""; 0]);
}

#[test]
fn what_looks_usual_after_the_edit_is_more_plausible() {
    let offer = |from: &str, to: &str| {
        format!("indsats tilbud, gennemført fra {from} til {to}, registreret {from}")
    };
    // Everything ends on Sundays, but for the row in question, which ends on a Saturday.
    let mut rows: Vec<String> = (1..=9)
        .map(|month| offer(&format!("1. {} 2015", MONTHS[month]), "8. november 2015"))
        .collect();
    rows.push(offer("3. april 2017", "29. april 2017"));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let usual = Slips {
        kinds: vec![
            slip("days", What::Days(Edge::Last, 8), 12, -3),
            slip("month", What::Month(Edge::Last), 6, 0),
        ],
        weekday: 10,
        length: 10,
        delay: 10,
    };
    insta::assert_snapshot!(told(&rows, &usual).join("\n"));
}

const MONTHS: [&str; 10] = [
    "",
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
];
