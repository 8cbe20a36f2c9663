//! The loop, the engine and a statement of the workload day by day give the same answers.
#![cfg(test)]

use hjemmel_bench::answer::{Answer, crossed};
use hjemmel_bench::columnar::Columnar;
use hjemmel_bench::columns::{AKTIVITETSPARAT, BARSEL, Columns, Rows};
use hjemmel_bench::generate::generate;
use hjemmel_bench::hand_loop::Tables;
use hjemmel_bench::reference::{self, Reference};
use hjemmel_bench::workload::{
    AS_OF, CELLS, COMPLIANT, EXEMPTED, MISSING, NO_BENEFIT, OUT_OF_SCOPE, PAUSED, PRESENT,
    Parameters, Question, REFORM, TIMELINE, cell,
};
use hjemmel_bench::{csv, hand_loop};
use hjemmel_engine::time::{Day, Length, Unit};

const CASES: usize = 300;
const SEED: u64 = 41;
/// A run that began so many days ago has lasted twelve months, whenever it began.
const LONG_AGO: i32 = 400;

fn months(count: u32, day: i32, step: fn(Length, Day) -> Day) -> i32 {
    step(Length::new(count, Unit::Months), Day::from_number(day)).number()
}

/// The kind of a row that covers a day.
fn covering(rows: &Rows, case: usize, day: i32) -> Option<u8> {
    let mut rows = rows.of(case).iter();
    rows.find(|(start, end, _)| *start <= day && day <= *end)
        .map(|(.., kind)| kind)
}

/// The first day of the run on benefit that a day on benefit lies in: day by day backwards, over
/// gaps that are short enough, no further than matters.
fn run_begins(columns: &Columns, case: usize, day: i32, bridged: i32) -> i32 {
    let (mut first, mut gap, mut back) = (day, 0, day);
    while day - back < LONG_AGO + bridged && gap <= bridged {
        back -= 1;
        if covering(&columns.benefits, case, back).is_some() {
            (first, gap) = (back, 0);
        } else {
            gap += 1;
        }
    }
    first
}

/// The outcome of a case on a day, as the workload says it.
fn outcome(columns: &Columns, case: usize, day: i32, parameters: Parameters) -> u8 {
    let on_benefit = covering(&columns.benefits, case, day).is_some();
    let status = covering(&columns.statuses, case, day);
    if !on_benefit || status != Some(AKTIVITETSPARAT) {
        return OUT_OF_SCOPE;
    }
    let begins = run_begins(columns, case, day, parameters.bridged);
    if day < months(12, begins, Length::after) {
        return OUT_OF_SCOPE;
    }
    let on = |barsel: bool| {
        let mut rows = columns.exemptions.of(case).iter();
        rows.any(|(start, end, kind)| start <= day && day <= end && (kind == BARSEL) == barsel)
    };
    let back = months(parameters.look_back, day, Length::before);
    let mut activities = columns.activities.of(case).iter();
    if on(false) {
        EXEMPTED
    } else if on(true) {
        PAUSED
    } else if activities.any(|(start, end, _)| start <= day && back <= end) {
        COMPLIANT
    } else {
        MISSING
    }
}

fn benefit(columns: &Columns, case: usize, day: i32) -> u8 {
    covering(&columns.benefits, case, day).unwrap_or(NO_BENEFIT)
}

fn day_by_day(columns: &Columns, question: Question) -> Answer {
    let cases = 0..columns.cases();
    match question {
        Question::AsOf => {
            let outcomes: Vec<u8> = cases
                .clone()
                .map(|case| outcome(columns, case, AS_OF, PRESENT))
                .collect();
            let since = cases.clone().zip(&outcomes).map(|(case, kind)| {
                let mut day = AS_OF;
                while *kind == MISSING && outcome(columns, case, day - 1, PRESENT) == MISSING {
                    day -= 1;
                }
                if *kind == MISSING { day } else { 0 }
            });
            Answer::AsOf(outcomes.clone(), since.collect(), counts(columns, AS_OF))
        }
        Question::Series(mondays) => {
            let counts = mondays.days().map(|day| counts(columns, day));
            Answer::Series(mondays, counts.collect())
        }
        Question::Compare => {
            let under = |parameters| {
                let outcomes = cases
                    .clone()
                    .map(|case| outcome(columns, case, AS_OF, parameters));
                outcomes.collect::<Vec<u8>>()
            };
            let (one, other) = (under(PRESENT), under(REFORM));
            let mut cross = [0; 25];
            for (one, other) in one.iter().zip(&other) {
                cross[crossed(*one, *other)] += 1;
            }
            Answer::Compare(one, other, cross)
        }
        Question::Timelines => Answer::Timelines(runs(columns)),
    }
}

fn counts(columns: &Columns, day: i32) -> [u32; CELLS] {
    let mut counts = [0; CELLS];
    for case in 0..columns.cases() {
        let outcome = outcome(columns, case, day, PRESENT);
        counts[cell(benefit(columns, case, day), outcome)] += 1;
    }
    counts
}

fn runs(columns: &Columns) -> Rows {
    let mut rows = Rows::default();
    let (first, last) = TIMELINE;
    for case in 0..columns.cases() {
        let (mut start, mut today) = (first, outcome(columns, case, first, PRESENT));
        for day in first..=last {
            let tomorrow = outcome(columns, case, day + 1, PRESENT);
            if day == last || tomorrow != today {
                rows.push(start, day, today);
                (start, today) = (day + 1, tomorrow);
            }
        }
        rows.end_case();
    }
    rows
}

#[test]
fn three_statements_of_the_workload_agree() {
    let columns = generate(CASES, SEED);
    let folder = tempfile::tempdir().unwrap();
    csv::write(&columns, folder.path()).unwrap();
    let engine = Reference::new().expect("the rules check without a remark");
    let cases = reference::read(folder.path(), engine.model()).unwrap();
    let columnar = Columnar::new(3).expect("the rules check without a remark");
    let batch = columnar.read(folder.path()).unwrap();
    let tables = Tables::default();
    for question in Question::ALL {
        let by_hand = hand_loop::answer(&columns, &tables, question);
        let on_three = hand_loop::answer_on(3, &columns, &tables, question);
        assert_eq!(on_three, Some(by_hand.clone()));
        let by_hand = by_hand.text();
        let by_hand = String::from_utf8(by_hand).unwrap();
        let engine = engine.answer(&cases, question).unwrap().text();
        assert_eq!(by_hand, String::from_utf8(engine).unwrap());
        let columnar = columnar.answer(&batch, question).unwrap().text();
        assert_eq!(by_hand, String::from_utf8(columnar).unwrap());
        let slowly = day_by_day(&columns, question).text();
        assert_eq!(by_hand, String::from_utf8(slowly).unwrap());
    }
}

#[test]
fn the_cases_show_every_outcome_under_both_parameter_sets() {
    let columns = generate(2000, SEED);
    let answer = hand_loop::answer(&columns, &Tables::default(), Question::Compare);
    let Answer::Compare(one, other, cross) = answer else {
        panic!("another answer");
    };
    for outcome in [OUT_OF_SCOPE, EXEMPTED, PAUSED, COMPLIANT, MISSING] {
        assert!(one.contains(&outcome) && other.contains(&outcome));
    }
    assert!(0 < cross[crossed(COMPLIANT, MISSING)]);
    assert!(0 < cross[crossed(OUT_OF_SCOPE, MISSING)]);
}
