//! The facts of a case that can be taken away, and everything that may be put in their place.

use crate::oracle::cases::Doubt;
use crate::oracle::{Random, cases, day, generate, may_be_blank};
use hjemmel_engine::case::{Case, End, Start, Value};
use hjemmel_engine::model::{FieldType, Model};
use hjemmel_engine::plan::Question;
use hjemmel_engine::time::{Day, Length, Period, Unit};
use hjemmel_grammar::syntax::Shape;

/// A fact of a row, by its table and its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) table: usize,
    pub(crate) row: usize,
    pub(crate) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Start,
    End,
    /// The day of an event.
    Day,
    Registered,
    Value(usize),
}

/// A year of 2016, and mostly no knowledge date.
pub(crate) fn question(random: &mut Random) -> Question {
    Question {
        window: Period::inclusive(day(2015, 12, 28), day(2016, 11, 15)),
        known_on: cases::known_on(random),
    }
}

/// A random case in registers whose rows have a date of registration, or none has: a blank one is then
/// a fact that is missing.
pub(crate) fn case(model: &Model, random: &mut Random, doubt: usize) -> Case {
    let mut case = cases::case(model, random, Doubt(doubt));
    for (table, declared) in case.tables.iter_mut().zip(&model.tables) {
        if declared.shape == Shape::Facts && random.one_in(2) {
            for row in &mut table.rows {
                row.registered = Some(day(2015, 12, 28).plus(random.between(0, 300)));
            }
        }
        table.dated = table.rows.iter().any(|row| row.registered.is_some());
        for row in &mut table.rows {
            let Start::On(first) = row.from else { continue };
            row.registered = row.registered.or(table.dated.then_some(first));
        }
    }
    case
}

pub(crate) fn drawn(seed: u64, number: u64, doubt: usize) -> (Model, Case, Question, Random) {
    let model = generate::model(seed);
    let mut random = Random::new(seed * 1_000_003 + number);
    let case = case(&model, &mut random, doubt);
    let question = question(&mut random);
    (model, case, question, random)
}

/// Every fact of the case that is there.
pub(crate) fn cells(model: &Model, case: &Case) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (table, (declared, rows)) in model.tables.iter().zip(&case.tables).enumerate() {
        for (at, row) in rows.rows.iter().enumerate() {
            let mut add = |what| {
                cells.push(Cell {
                    table,
                    row: at,
                    what,
                })
            };
            match declared.shape {
                Shape::Facts => {}
                Shape::Events => add(What::Day),
                Shape::Periods => {
                    if row.from != Start::Unknown {
                        add(What::Start);
                    }
                    if row.to != End::Unknown {
                        add(What::End);
                    }
                }
            }
            if rows.dated && row.registered.is_some() {
                add(What::Registered);
            }
            for (i, value) in row.values.iter().enumerate() {
                let is_text = declared.fields[i].ty == FieldType::Text;
                let read = !is_text && (value.is_some() || may_be_blank(declared, i));
                if read && value.is_some() {
                    add(What::Value(i));
                }
            }
        }
    }
    cells
}

/// The case without the fact.
pub(crate) fn without(mut case: Case, cell: Cell) -> Case {
    let row = &mut case.tables[cell.table].rows[cell.row];
    match cell.what {
        What::Start => row.from = Start::Unknown,
        What::End => row.to = End::Unknown,
        What::Day => (row.from, row.to) = (Start::Unknown, End::Unknown),
        What::Registered => row.registered = None,
        What::Value(i) => row.values[i] = None,
    }
    case
}

/// The case with everything in turn that the fact may be: each value of a list, numbers and dates on
/// and around each limit, and eight days around each day of `edges`.
pub(crate) fn filled(model: &Model, case: &Case, cell: Cell, edges: &[Day]) -> Vec<Case> {
    let row = &case.tables[cell.table].rows[cell.row];
    let with = |change: &dyn Fn(&mut hjemmel_engine::case::Row)| {
        let mut case = case.clone();
        change(&mut case.tables[cell.table].rows[cell.row]);
        case
    };
    let mut days: Vec<Day> = edges
        .iter()
        .flat_map(|edge| (-4..4).map(|i| edge.plus(i)))
        .collect();
    days.sort();
    days.dedup();
    // Nothing begins before its register is looked at, or ends before it begins.
    let starts = |day: &Day| match row.to {
        End::On(last) => *day <= last,
        End::Ongoing | End::Unknown => true,
    };
    let ends = |day: &Day| match row.from {
        Start::On(first) => first <= *day,
        Start::Unknown => true,
    };
    match cell.what {
        What::Start => {
            let days = days.into_iter().filter(starts);
            days.map(|day| with(&|row| row.from = Start::On(day)))
                .collect()
        }
        What::End => {
            let days = days.into_iter().filter(ends).map(End::On);
            days.chain([End::Ongoing])
                .map(|end| with(&|row| row.to = end))
                .collect()
        }
        What::Day => {
            let on = |day| with(&|row| (row.from, row.to) = (Start::On(day), End::On(day)));
            days.into_iter().map(on).collect()
        }
        What::Registered => {
            let days = days
                .into_iter()
                .map(|day| with(&|row| row.registered = Some(day)));
            days.collect()
        }
        What::Value(i) => {
            let table = &model.tables[cell.table];
            let mut values: Vec<_> = possible(&table.fields[i].ty, &days);
            if may_be_blank(table, i) {
                values.push(Value::NotGiven);
            }
            let value = |value: Value| with(&|row| row.values[i] = Some(value.clone()));
            values.into_iter().map(value).collect()
        }
    }
}

fn possible(ty: &FieldType, days: &[Day]) -> Vec<Value> {
    match ty {
        FieldType::Choice(words) => (0..words.len()).map(Value::Choice).collect(),
        FieldType::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
        FieldType::Number => {
            // The numbers that rules are drawn with, and those of the shipped rules.
            let limits = [
                1_000, 1_500, 2_000, 10_000, 15_000, 20_000, 25_000, 30_000, 37_000,
            ];
            let around = limits
                .iter()
                .flat_map(|limit| [limit - 1, *limit, limit + 1]);
            around.chain([0, 99_000]).map(Value::Number).collect()
        }
        FieldType::Date => days.iter().copied().map(Value::Date).collect(),
        FieldType::BirthDate => {
            let ages = [18, 20, 25, 28, 30, 60];
            let born = |age| {
                let years = Length::new(age, Unit::Years);
                days.iter()
                    .step_by(3)
                    .map(move |day| Value::Date(years.before(*day)))
            };
            ages.into_iter().flat_map(born).collect()
        }
        FieldType::Text => Vec::new(),
    }
}
