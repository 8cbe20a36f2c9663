//! Why one person counts in one extract and not in another: each kind of difference, both ways.

#![cfg(test)]

use hjemmel_engine::case::{Case, End, Row, Start, Value};
use hjemmel_engine::check;
use hjemmel_engine::measure::measure_on;
use hjemmel_engine::model::{FieldType, MeasureId, Model, TableId};
use hjemmel_engine::reconcile::{Side, explain};
use hjemmel_engine::time::Day;
use hjemmel_grammar::Sources;
use std::collections::BTreeMap;

const RULES: &str = r#"
data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data indsats
  perioder fuldstændig
  art er en af praktik, mentor
  status er en af gennemført, annulleret

begreb i_gang
  hjemmel kilde "Et notat"
  når indsats.status er gennemført

måling uden
  hjemmel kilde "Et notat"
  tæl ydelse og ikke (i_gang inden for de seneste 12 måneder)
  ud af ydelse

måling uden_i_uger
  hjemmel kilde "Et notat"
  tæl ydelse og ikke (i_gang inden for de seneste 4 uger)
  ud af ydelse
"#;

fn model() -> Model {
    let mut sources = Sources::new();
    sources.add("regler.regel", RULES);
    let checked = check(&sources);
    assert!(checked.is_usable(), "{:?}", checked.diagnostics);
    checked.model
}

fn date(text: &str) -> Day {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().unwrap());
    let mut next = || parts.next().unwrap();
    Day::from_ymd(next().try_into().unwrap(), next(), next()).unwrap()
}

/// `indsats praktik gennemført 2017-01-02..2017-01-29 @2017-02-01`, a row a line.
fn case(model: &Model, text: &str) -> Case {
    let mut case = Case::empty(model, "a");
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split(' ');
        let (TableId(at), table) = model.table_named(words.next().unwrap()).unwrap();
        let values = table.fields.iter().map(|field| {
            let word = words.next().unwrap();
            let FieldType::Choice(names) = &field.ty else {
                panic!("{line}");
            };
            names
                .iter()
                .position(|name| name == word)
                .map(Value::Choice)
        });
        let values = values.collect();
        let (from, to) = words.next().unwrap().split_once("..").unwrap();
        case.tables[at].rows.push(Row {
            from: Start::On(date(from)),
            to: if to.is_empty() {
                End::Ongoing
            } else {
                End::On(date(to))
            },
            values,
            registered: words.next().map(|word| date(word.trim_start_matches('@'))),
            source: Default::default(),
        });
    }
    case
}

/// The reasons, both ways: `Shifted -91 / Shifted +91`.
fn told(first: &str, second: &str, codes: &[(&str, &str)], measures: [usize; 2]) -> String {
    let model = model();
    let day = date("2017-07-31");
    let codes: BTreeMap<Day, String> = codes
        .iter()
        .map(|(monday, code)| (date(monday), (*code).to_owned()))
        .collect();
    let cases = [first, second].map(|text| (text != "-").then(|| case(&model, text)));
    let side = |at: usize| Side {
        case: cases[at].as_ref(),
        measure: MeasureId(measures[at]),
        known_on: Some(date("2017-08-22")),
        drawn: Some(date(["2017-08-22", "2017-08-02"][at])),
        codes: (at == 1 && !codes.is_empty()).then_some(&codes),
    };
    let (one, two) = (side(0), side(1));
    assert!(measure_on(&model, one.measure, day).is_some());
    let ways = [(one, two), (two, one)].map(|(one, two)| {
        let Some(explained) = explain(&model, day, &one, &two) else {
            return "alike".to_owned();
        };
        let reasons = explained.reasons.iter().map(|reason| {
            let mut text = format!("{:?}", reason.kind);
            if let Some((_, [one, two])) = &reason.field {
                text += &format!(" {one}, {two}");
            }
            if let Some(days) = reason.shift {
                text += &format!(" {days:+}");
            }
            if let Some(code) = &reason.code {
                text += &format!(" {code}");
            }
            text
        });
        let between = if explained.each_alone {
            " or "
        } else {
            " and "
        };
        reasons.collect::<Vec<_>>().join(between)
    });
    ways.join(" / ")
}

const BENEFIT: &str = "ydelse kontanthjælp 2016-01-04..";
const WEEK: (&str, &str) = ("2017-01-09", "890");

fn with(row: &str) -> String {
    format!("{BENEFIT}\n{row}")
}

#[test]
fn each_kind_of_difference_is_named_both_ways() {
    let offer = with("indsats praktik gennemført 2017-01-02..2017-01-29");
    let plain = |first: &str, second: &str| told(first, second, &[], [0, 0]);
    assert_eq!(plain(&offer, &offer), "alike / alike");
    assert_eq!(
        plain(&offer, BENEFIT),
        "RowMissingInSecond / RowMissingInFirst"
    );
    assert_eq!(plain(&offer, "-"), "MissingInSecond / MissingInFirst");
    let cancelled = with("indsats praktik annulleret 2017-01-02..2017-01-29");
    assert_eq!(
        plain(&offer, &cancelled),
        "OtherValues gennemført, annulleret / OtherValues annulleret, gennemført"
    );
    let earlier = with("indsats praktik gennemført 2016-01-02..2016-01-29");
    assert_eq!(plain(&offer, &earlier), "Shifted -366 / Shifted +366");
    let later = with("indsats praktik gennemført 2017-01-02..2017-01-29 @2017-08-10");
    assert_eq!(plain(&later, BENEFIT), "RegisteredLater / RegisteredLater");
}

#[test]
fn a_code_that_hides_and_a_week_that_counts_whole() {
    let offer = with("indsats praktik gennemført 2017-01-09..2017-01-15");
    let hidden = "ydelse kontanthjælp 2016-01-04..2017-01-08\nydelse kontanthjælp 2017-01-16..";
    assert_eq!(
        told(&offer, hidden, &[WEEK], [0, 0]),
        "Overwritten 890 / Overwritten 890"
    );
    // The year ends on 31 July 2016, the Sunday of the week of the offer's last day.
    let friday = with("indsats praktik gennemført 2016-07-04..2016-07-29");
    let sunday = with("indsats praktik gennemført 2016-07-04..2016-07-31");
    assert_eq!(
        told(&friday, &sunday, &[WEEK], [0, 0]),
        "WholeWeeks / WholeWeeks"
    );
}

#[test]
fn another_measure_and_what_nothing_explains() {
    let offer = with("indsats praktik gennemført 2017-01-02..2017-01-29");
    assert_eq!(told(&offer, &offer, &[], [0, 1]), "Definition / Definition");
    // Nobody knows when the first's row was registered: that is no difference of rows.
    let model = model();
    let (mut mine, theirs) = (case(&model, &offer), case(&model, &offer));
    for table in &mut mine.tables {
        table.dated = true;
    }
    let side = |case| Side {
        case: Some(case),
        measure: MeasureId(0),
        known_on: Some(date("2017-08-22")),
        drawn: None,
        codes: None,
    };
    let explained = explain(&model, date("2017-07-31"), &side(&mine), &side(&theirs)).unwrap();
    assert_eq!(format!("{:?}", explained.reasons[0].kind), "Unexplained");
}
