//! Relations between rows.

use super::super::answers::{self, within};
use super::{carried, differs, each_rule_set, read, text};
use crate::oracle::Random;
use hjemmel_engine::case::{Case, End, Row, Source, Start, TableRows, Value};
use hjemmel_engine::model::Model;
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_grammar::syntax::Shape;

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for i in (1..items.len()).rev() {
        items.swap(i, random.below(i + 1));
    }
}

#[test]
fn r01_rows_in_another_order() {
    each_rule_set("1 rows in another order", |mut posed| {
        posed.same_with(|_, case, random| {
            for table in &mut case.tables {
                shuffle(&mut table.rows, random);
            }
        })
    });
}

#[test]
fn r02_an_unrelated_person() {
    each_rule_set("2 an unrelated person", |posed| {
        let alone = posed.cases.iter().flat_map(|case| {
            answers::of_all(&posed.model, std::slice::from_ref(case), posed.question)
        });
        posed.same(&posed.cases, alone.collect())
    });
}

#[test]
fn r03_a_row_twice() {
    each_rule_set("3 a row twice", |mut posed| {
        posed.same_with(|_, case, random| {
            for table in &mut case.tables {
                for row in table.rows.clone() {
                    if random.one_in(2) {
                        table.rows.insert(random.below(table.rows.len() + 1), row);
                    }
                }
            }
        })
    });
}

/// A period that may be cut: where its register is one of periods, and not of decisions, each of which
/// has a first day of its own.
fn cut(model: &Model, case: &Case, random: &mut Random) -> Option<(Case, Day)> {
    let mut found = Vec::new();
    for (at, table) in model.tables.iter().enumerate() {
        if table.shape != Shape::Periods || table.assessment {
            continue;
        }
        for (line, row) in case.tables[at].rows.iter().enumerate() {
            let (Start::On(first), last) = (row.from, row.to) else {
                continue;
            };
            let last = match last {
                End::On(last) => last,
                // An end that is not known may lie before the cut.
                End::Unknown => continue,
                End::Ongoing => first.plus(100),
            };
            if first < last {
                found.push((at, line, first, last));
            }
        }
    }
    if found.is_empty() {
        return None;
    }
    let (at, line, first, last) = random.pick(&found);
    let second = first.plus(random.between(1, last.since(first)));
    let mut case = case.clone();
    let rows = &mut case.tables[at].rows;
    let mut rest = rows[line].clone();
    rows[line].to = End::On(second.previous());
    rest.from = Start::On(second);
    rows.insert(random.below(rows.len() + 1), rest);
    Some((case, second))
}

/// A period is what its parts are, once the last of them has begun: on the days before, the rest is
/// not known yet.
fn parts(relation: &str, in_parts_first: bool) {
    each_rule_set(relation, |mut posed| {
        let mut tried = 0;
        let cases = posed.cases.clone();
        let cut = cases.iter().filter_map(|case| {
            let (parted, second) = cut(&posed.model, case, &mut posed.random)?;
            Some((case.clone(), parted, second))
        });
        let cut: Vec<_> = cut.collect();
        let (whole, parted): (Vec<_>, Vec<_>) = cut
            .iter()
            .map(|(whole, parted, _)| (whole.clone(), parted.clone()))
            .unzip();
        let of = |cases: &[Case]| answers::of_all(&posed.model, cases, posed.question);
        let (of_whole, of_parted) = (of(&whole), of(&parted));
        for (at, (case, _, second)) in cut.iter().enumerate() {
            let days = Period::new(*second, posed.question.window.end);
            let (whole, parted) = (within(&of_whole[at], days), within(&of_parted[at], days));
            let (before, after) = if in_parts_first {
                (parted, whole)
            } else {
                (whole, parted)
            };
            differs(&before, &after).map_err(|rule| {
                let shown = answers::shown(&posed.model, case);
                format!("cut on {second}: {rule}{shown}")
            })?;
            tried += u64::from(days.start < days.end);
        }
        Ok(tried)
    });
}

#[test]
fn r04_a_period_as_two_that_are_adjacent() {
    parts("4 a period cut in two", false);
}

#[test]
fn r05_two_adjacent_periods_as_one() {
    parts("5 two periods joined", true);
}

#[test]
fn r06_an_extract_in_two_parts() {
    each_rule_set("6 an extract in two parts", |mut posed| {
        let half = posed.random.between(1, posed.cases.len() as i32 - 1) as usize;
        let (one, two) = posed.cases.split_at(half);
        let of = |cases| answers::of_all(&posed.model, cases, posed.question);
        let both = of(one).into_iter().chain(of(two)).collect();
        posed.same(&posed.cases, both)
    });
}

#[test]
fn r09_another_key() {
    each_rule_set("9 another key", |mut posed| {
        posed.same_with(|_, case, random| {
            case.id = Personal::new(format!("nøgle {}", random.number()))
        })
    });
}

#[test]
fn r10_a_fact_that_no_rule_asks_for() {
    each_rule_set("10 a fact that no rule asks for", |mut posed| {
        let more =
            "\ndata uvedkommende\n  perioder fuldstændig\n  slags er en af den_ene, den_anden\n";
        let model = read(&(text(&posed.model) + more));
        let at = model.table_named("uvedkommende").unwrap().0;
        let same = |name: &str| name.to_owned();
        let mut others = Vec::new();
        for case in &posed.cases {
            let mut case = carried(&posed.model, &model, case, same);
            let mut rows = TableRows {
                rows: Vec::new(),
                complete: Days::all(),
                dated: false,
            };
            for line in 0..posed.random.below(4) as u32 {
                let first = crate::oracle::day(2016, 1, 1).plus(posed.random.between(-200, 300));
                rows.rows.push(Row {
                    from: Start::On(first),
                    to: posed
                        .random
                        .pick(&[End::Ongoing, End::Unknown, End::On(first.plus(40))]),
                    values: vec![
                        posed
                            .random
                            .pick(&[0_usize, 1, 2])
                            .checked_sub(1)
                            .map(Value::Choice),
                    ],
                    registered: None,
                    source: Source { file: 99, line },
                });
            }
            case.tables[at.0] = rows;
            others.push(case);
        }
        let after = answers::of_all(&model, &others, posed.question);
        posed.same(&posed.cases, after)
    });
}
