//! Ways to fill in the unknown facts of a case.

use super::days::{Window, days};
use super::random::Random;
use super::world::{Fact, World, may_be_blank};
use hjemmel_engine::case::{Case, End, Row, Start, TableRows, Value};
use hjemmel_engine::model::{FieldType, Model, Table};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;

/// Which of the possible values a completion prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaning {
    /// Ends at once, first values, no further rows.
    Least,
    /// Never ends, last values, further rows everywhere.
    Most,
    Any,
}

/// `count` completions: the least, the most, and random ones.
pub(crate) fn completions(
    model: &Model,
    case: &Case,
    window: Window,
    random: &mut Random,
    count: usize,
) -> Vec<World> {
    let leaning = |i| match i {
        0 => Leaning::Least,
        1 => Leaning::Most,
        _ => Leaning::Any,
    };
    (0..count)
        .map(|i| completion(model, case, window, random, leaning(i)))
        .collect()
}

fn completion(
    model: &Model,
    case: &Case,
    window: Window,
    random: &mut Random,
    leaning: Leaning,
) -> World {
    let tables = model.tables.iter().zip(&case.tables).map(|(table, rows)| {
        let mut facts: Vec<_> = rows
            .rows
            .iter()
            .map(|row| fact(table, row, window, random, leaning))
            .collect();
        facts.extend(further_rows(table, rows, &facts, window, random, leaning));
        facts
    });
    World {
        tables: tables.collect(),
    }
}

fn fact(table: &Table, row: &Row, window: Window, random: &mut Random, leaning: Leaning) -> Fact {
    let latest = match row.to {
        End::On(day) => day,
        End::Ongoing | End::Unknown => window.last,
    };
    let first = match (row.from, leaning) {
        (Start::On(day), _) => day,
        (Start::Unknown, Leaning::Least) => latest,
        (Start::Unknown, Leaning::Most) => window.first,
        (Start::Unknown, Leaning::Any) => some_day(random, window.first, latest),
    };
    let last = match (row.to, leaning) {
        (End::On(day), _) => Some(day),
        (End::Ongoing, _) | (End::Unknown, Leaning::Most) => None,
        (End::Unknown, Leaning::Least) => Some(first),
        (End::Unknown, Leaning::Any) => {
            (!random.one_in(5)).then(|| some_day(random, first, window.last))
        }
    };
    let values = row.values.iter().enumerate().map(|(i, value)| match value {
        None if !may_be_blank(table, i) => Some(some_value(&table.fields[i].ty, random, leaning)),
        known => known.clone(),
    });
    Fact {
        first,
        last,
        values: values.collect(),
        registered: row.registered,
    }
}

/// Near the beginning as often as anywhere.
fn some_day(random: &mut Random, first: Day, last: Day) -> Day {
    let span = last.since(first).max(0);
    let reach = if random.one_in(2) {
        span.min(40)
    } else {
        span.min(400)
    };
    if random.one_in(2) {
        first.plus(random.between(0, reach))
    } else {
        last.plus(-random.between(0, reach))
    }
}

fn some_value(ty: &FieldType, random: &mut Random, leaning: Leaning) -> Value {
    let at = |count: usize, random: &mut Random| match leaning {
        Leaning::Least => 0,
        Leaning::Most => count - 1,
        Leaning::Any => random.below(count),
    };
    match ty {
        FieldType::Choice(words) => Value::Choice(at(words.len(), random)),
        FieldType::Number => {
            let numbers = [-1000, 0, 1000, 1500, 2000, 20_000, 25_000, 37_000, 99_000];
            Value::Number(numbers[at(numbers.len(), random)])
        }
        FieldType::YesNo => Value::YesNo(at(2, random) == 1),
        FieldType::Date => Value::Date(Day::from_number(
            16_801 + [-900, 0, 40, 100, 200, 300, 900][at(7, random)],
        )),
        FieldType::BirthDate => {
            // From 1956 on, in steps that pass every age that rules ask for.
            Value::Date(Day::from_number(-5_113 + 1_000 * at(19, random) as i32))
        }
        FieldType::Text => Value::Text(Personal::default()),
    }
}

/// Rows that an incomplete register may lack: only on days that are not complete and that no row
/// covers.
fn further_rows(
    table: &Table,
    rows: &TableRows,
    known: &[Fact],
    window: Window,
    random: &mut Random,
    leaning: Leaning,
) -> Vec<Fact> {
    let free =
        |day: &Day| !rows.complete.contains(*day) && !known.iter().any(|row| row.covers(*day));
    if table.assessment || leaning == Leaning::Least || !window.days().any(|day| free(&day)) {
        return Vec::new();
    }
    let mut further: Vec<Fact> = Vec::new();
    let spans = if leaning == Leaning::Most {
        1
    } else {
        random.between(0, 2)
    };
    for _ in 0..spans {
        let (first, last) = match leaning {
            Leaning::Most => (window.first, window.last),
            _ => {
                let first = some_day(random, window.first, window.last);
                (first, some_day(random, first, window.last))
            }
        };
        let values: Vec<_> = table
            .fields
            .iter()
            .map(|field| Some(some_value(&field.ty, random, leaning)))
            .collect();
        for day in days(first, last).filter(free) {
            if further.iter().any(|row| row.covers(day)) {
                continue;
            }
            match further.last_mut() {
                Some(row)
                    if table.shape != Shape::Events
                        && row.values == values
                        && row.last == Some(day.previous()) =>
                {
                    row.last = Some(day);
                }
                _ => further.push(Fact {
                    first: day,
                    last: Some(day),
                    values: values.clone(),
                    registered: None,
                }),
            }
        }
    }
    for row in &mut further {
        // What reaches the end of the window goes on.
        row.last = row.last.filter(|last| *last < window.last);
    }
    further
}
