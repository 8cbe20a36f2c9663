//! Random cases for any model: rows around 2016, with the days that trip people up favoured.

use super::super::random::Random;
use super::day;
use hjemmel_engine::case::{Case, End, Row, Source, Start, TableRows, Value};
use hjemmel_engine::model::{FieldType, Model, Table};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_grammar::syntax::Shape;

/// How much of a case is unknown: one fact in so many; 0 is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Doubt(pub usize);

/// A random case.
pub(crate) fn case(model: &Model, random: &mut Random, doubt: Doubt) -> Case {
    let tables = model
        .tables
        .iter()
        .map(|table| rows(table, random, doubt))
        .collect();
    Case {
        id: Personal::new("1"),
        tables,
    }
}

/// A knowledge date: mostly none.
pub(crate) fn known_on(random: &mut Random) -> Option<Day> {
    random
        .one_in(3)
        .then(|| day(2016, 1, 1).plus(random.between(0, 330)))
}

fn rows(table: &Table, random: &mut Random, doubt: Doubt) -> TableRows {
    let count = match table.shape {
        Shape::Facts => 1,
        _ if is_long(table) => random.pick(&[1, 1, 2, 2, 3]),
        _ if table.assessment => random.pick(&[0, 1, 1, 2, 3]),
        _ => random.pick(&[0, 0, 0, 1, 1, 1, 2, 2, 4]),
    };
    let rows = (0..count)
        .map(|line| row(table, random, doubt, line))
        .collect();
    let unsure =
        doubt.0 > 0 && !table.assessment && table.shape != Shape::Facts && random.one_in(4);
    let complete = match unsure {
        false => Days::all(),
        true if random.one_in(3) => Days::none(),
        true => {
            let from = day(2016, 1, 1).plus(random.between(-40, 200));
            let span = Days::of(Period::new(from, from.plus(random.between(20, 200))));
            if random.one_in(2) { span } else { span.not() }
        }
    };
    TableRows {
        rows,
        complete,
        dated: false,
    }
}

fn row(table: &Table, random: &mut Random, doubt: Doubt, line: u32) -> Row {
    let unsure = |random: &mut Random| doubt.0 > 0 && random.one_in(doubt.0);
    let (first, last) = if is_long(table) && line == 0 {
        long_span(random)
    } else {
        span(random)
    };
    let (from, to) = match table.shape {
        Shape::Facts => (Start::On(Day::FIRST), End::Ongoing),
        Shape::Events => (Start::On(first), End::On(first)),
        Shape::Periods => (Start::On(first), last.map_or(End::Ongoing, End::On)),
    };
    let dated = table.shape == Shape::Periods;
    let from = if dated && unsure(random) && random.one_in(2) {
        Start::Unknown
    } else {
        from
    };
    let to = if dated && unsure(random) {
        End::Unknown
    } else {
        to
    };
    let mut values = Vec::new();
    for (i, field) in table.fields.iter().enumerate() {
        let optional = super::super::world::may_be_blank(table, i);
        let blank = if optional {
            random.one_in(2)
        } else {
            unsure(random)
        };
        values.push(if blank {
            optional.then_some(Value::NotGiven)
        } else {
            Some(value(&field.ty, random, first))
        });
    }
    let registered = random
        .one_in(2)
        .then(|| first.plus(random.between(-10, 60)));
    let registered = registered.filter(|_| table.shape != Shape::Facts);
    Row {
        from,
        to,
        values,
        registered,
        source: Source { file: 0, line },
    }
}

/// Benefit: what is mostly counted from.
fn is_long(table: &Table) -> bool {
    table.name == "ydelse"
}

fn long_span(random: &mut Random) -> (Day, Option<Day>) {
    let first = day(2015, 12, 10).plus(random.between(0, 60));
    (
        first,
        (!random.one_in(4)).then(|| first.plus(random.between(60, 380))),
    )
}

fn span(random: &mut Random) -> (Day, Option<Day>) {
    const FAVOURED: [(i32, u32, u32); 13] = [
        (2015, 12, 28),
        (2015, 12, 31),
        (2016, 1, 1),
        (2016, 1, 4),
        (2016, 1, 30),
        (2016, 1, 31),
        (2016, 2, 28),
        (2016, 2, 29),
        (2016, 3, 1),
        (2016, 3, 31),
        (2016, 4, 30),
        (2016, 5, 31),
        (2016, 6, 1),
    ];
    let first = match random.below(3) {
        0 => {
            let (year, month, on) = random.pick(&FAVOURED);
            day(year, month, on)
        }
        _ => day(2015, 12, 20).plus(random.between(0, 240)),
    };
    let last = match random.below(8) {
        0 => None,
        1 => Some(first),
        2 | 3 => Some(first.plus(random.between(1, 30))),
        // The last day of some month.
        4 => Some(first.plus(random.between(0, 90)).next_month().previous()),
        _ => Some(first.plus(random.between(10, 200))),
    };
    (first, last)
}

fn value(ty: &FieldType, random: &mut Random, near: Day) -> Value {
    match ty {
        FieldType::Choice(words) => Value::Choice(random.below(words.len())),
        FieldType::Number => {
            Value::Number(random.pick(&[500, 1500, 1501, 2000, 20_000, 25_000, 37_000]))
        }
        FieldType::Date => Value::Date(near.plus(random.between(-20, 120))),
        FieldType::BirthDate => Value::Date(birth(random)),
        FieldType::YesNo => Value::YesNo(random.one_in(2)),
        FieldType::Text => Value::Text(Personal::new("fritekst")),
    }
}

/// Somebody who turns an age that rules ask for around 2016.
fn birth(random: &mut Random) -> Day {
    match random.below(4) {
        0 => random.pick(&[
            day(1996, 2, 29),
            day(1988, 2, 29),
            day(1998, 2, 28),
            day(1986, 3, 1),
        ]),
        1 => day(random.between(1980, 2000), 7, 1),
        _ => day(2016 - random.pick(&[18, 20, 28, 30]), 1, 1).plus(random.between(0, 330)),
    }
}
