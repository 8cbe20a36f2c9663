//! Days, lengths and rows as people read them, for rule texts and for messages about mismatches.

use hjemmel_engine::case::{Case, End, Row, Start, Value};
use hjemmel_engine::model::{FieldType, Model, Table};
use hjemmel_engine::time::{Day, Days, Length, Unit};
use std::fmt::Write as _;

/// A date, on odd days in Danish and on even days by numbers: rule files take both.
pub(crate) fn date(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let text = day.to_string();
    let parts: Vec<usize> = text
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    match parts[..] {
        [year, month, on] if on % 2 == 1 => format!("{on}. {} {year}", MONTHS[month - 1]),
        _ => text,
    }
}

pub(crate) fn length(length: Length) -> String {
    let (one, many) = match length.unit {
        Unit::Days => ("dag", "dage"),
        Unit::Weeks => ("uge", "uger"),
        Unit::Months => ("måned", "måneder"),
        Unit::Years => ("år", "år"),
    };
    format!(
        "{} {}",
        length.count,
        if length.count == 1 { one } else { many }
    )
}

/// The rows of a case, a line each.
pub(crate) fn case(model: &Model, case: &Case) -> String {
    let mut out = String::new();
    for (table, rows) in model.tables.iter().zip(&case.tables) {
        for row in &rows.rows {
            let _ = writeln!(out, "  {}", self::row(table, row));
        }
        if rows.complete != Days::all() {
            let spans = rows
                .complete
                .runs()
                .iter()
                .map(|run| format!("{}–{}", run.start, run.last()));
            let _ = writeln!(
                out,
                "  {} complete only {:?}",
                table.name,
                spans.collect::<Vec<_>>()
            );
        }
    }
    out
}

fn row(table: &Table, row: &Row) -> String {
    let from = match row.from {
        Start::On(day) => format!("fra {day}"),
        Start::Unknown => "fra ?".into(),
    };
    let to = match row.to {
        End::On(day) => format!("til {day}"),
        End::Ongoing => "fortsat".into(),
        End::Unknown => "slutdato ukendt".into(),
    };
    let value = |(field, value): (&hjemmel_engine::model::Field, &Option<Value>)| {
        let value = match (value, &field.ty) {
            (None, _) => "?".into(),
            (Some(Value::Choice(i)), FieldType::Choice(words)) => words[*i].clone(),
            (Some(Value::Number(number)), _) => format!("{},{:03}", number / 1000, number % 1000),
            (Some(Value::Date(day)), _) => day.to_string(),
            (Some(Value::YesNo(yes)), _) => if *yes { "ja" } else { "nej" }.into(),
            (Some(other), _) => format!("{other:?}"),
        };
        format!("{} {value}", field.name)
    };
    let values: Vec<_> = table.fields.iter().zip(&row.values).map(value).collect();
    let registered = row
        .registered
        .map_or(String::new(), |day| format!(" registreret {day}"));
    format!(
        "{}: {} {from} {to}{registered}",
        table.name,
        values.join(", ")
    )
}
