//! Columns read whole arrays at a time say the same as rows read one by one.

use super::kinds::{batch, days, file_bytes, other_types, parquet_bytes, shared, texts, typed};
use super::*;
use crate::chunk::Chunk;
use crate::mapping::{Mapping, TableMapping};
use crate::settings::Settings;
use crate::typed_stream::{TypedNotes, TypedStream};
use arrow_array::{ArrayRef, Decimal128Array, Float64Array, Int64Array, RecordBatch};
use hjemmel_engine::columns::Batch;
use hjemmel_engine::model::TableId;
use std::sync::Arc;

/// The rows of chunks, as the rows of cases are written by [`rows_of_cases`].
fn rows_of(chunk: &Chunk) -> Vec<String> {
    let mut rows = Vec::new();
    let keys = chunk.persons.iter();
    let keys = keys.flat_map(|(key, rows)| std::iter::repeat_n(key.to_owned(), rows));
    for (row, key) in keys.enumerate() {
        let (from, to) = (chunk.from[row].number(), chunk.to[row].number());
        let mut text = format!("{key} {from} {to}");
        if let Some(registered) = &chunk.registered {
            write!(text, " {}", registered[row].number()).unwrap();
        }
        for column in &chunk.fields {
            write!(text, " {}", value(column, row)).unwrap();
        }
        rows.push(text);
    }
    rows
}

fn value(column: &hjemmel_engine::columns::Column, row: usize) -> i64 {
    use hjemmel_engine::columns::Column;
    match column {
        Column::Absent => 0,
        Column::Choice(values) => values[row].into(),
        Column::Number(values) => values[row],
        Column::Date(values) => values[row].number().into(),
        Column::YesNo(values) => values[row].into(),
    }
}

fn rows_of_cases(model: &Model, extract: &Extract, at: usize) -> Vec<String> {
    let batch = Batch::from_cases(model, &extract.cases).unwrap();
    let table = &batch.tables()[at];
    let mut rows = Vec::new();
    for (case, number) in extract.cases.iter().zip(0..) {
        for row in table.rows_of(number) {
            let (from, to) = (table.from()[row].number(), table.to()[row].number());
            let mut text = format!("{} {from} {to}", case.id);
            if let Some(registered) = table.registered() {
                write!(text, " {}", registered[row].number()).unwrap();
            }
            for field in 0..model.tables[at].fields.len() {
                write!(text, " {}", value(table.field(field), row)).unwrap();
            }
            rows.push(text);
        }
    }
    rows
}

/// Reads a table both ways, and compares rows and remarks.
#[track_caller]
fn both(table: &str, toml: &str, name: &str, bytes: &[u8]) -> String {
    let model = model();
    let folder = folder(&[(name, bytes), ("udtræk.toml", toml.as_bytes())]);
    let by_rows = read_path(&model, folder.path());
    let at = model.tables.iter().position(|it| it.name == table).unwrap();
    let streamed = stream(&model, TableId(at), toml, folder.path());
    match (by_rows, streamed) {
        (Ok(extract), Ok((mut rows, problems, read))) => {
            let mut expected = rows_of_cases(&model, &extract, at);
            expected.sort();
            rows.sort();
            assert_eq!(rows, expected, "{name}");
            assert_eq!(problems, extract.problems, "{name}");
            assert_eq!(read, extract.rows[at].read);
            rows.join("\n")
        }
        (Err(refused), Err(problem)) => {
            assert_eq!(refused.problems, [*problem.clone()]);
            problem.render(Language::Danish)
        }
        (rows, columns) => panic!("{:?}\n{:?}", rows.err(), columns.err()),
    }
}

type Streamed = (Vec<String>, Vec<crate::Problem>, u64);

fn stream(
    model: &Model,
    at: TableId,
    toml: &str,
    path: &Path,
) -> Result<Streamed, Box<crate::Problem>> {
    let mapping: Mapping = crate::mapping_file::parse(toml, "udtræk.toml", model).unwrap();
    let (table, default) = (&model.tables[at.0], TableMapping::default());
    let settings = Settings::new(&mapping, table, &default);
    let found = crate::source::list(path, "").unwrap();
    let found = crate::kinds::find(&found, table, settings.mapping)?.unwrap();
    let wanted = vec![true; table.fields.len()];
    let mut notes = TypedNotes::default();
    let files: Vec<u32> = (0..).take(found.parts.len()).collect();
    let mut stream = TypedStream::open(table, &settings, &found, (0, &files), &wanted, &mut notes);
    let mut rows = Vec::new();
    while let Some(chunk) = stream.next()? {
        rows.extend(rows_of(&chunk));
    }
    let (read, digests) = stream.finish(false)?;
    assert_eq!(digests.len(), found.parts.len());
    Ok((rows, notes.problems.finish(), read.read))
}

const TOML: &str = "blank_slutdato = \"fortsat\"\n";

#[test]
fn columns_say_the_same_as_rows() {
    for (name, bytes) in [
        ("ydelse.parquet", parquet_bytes(&typed())),
        ("ydelse.parquet", parquet_bytes(&other_types())),
        ("ydelse.arrow", file_bytes(&typed())),
        ("ydelse.arrow", file_bytes(&other_types())),
    ] {
        both("ydelse", TOML, name, &bytes);
        // A blank end that means nothing refuses the extract.
        both("ydelse", "", name, &bytes);
    }
}

/// A table of one column with odd values, and others that are ordinary.
fn ydelse(name: &str, array: ArrayRef) -> RecordBatch {
    let rows = array.len();
    let same = |text: &'static str| vec![Some(text); rows];
    let numbers: Vec<String> = (0..rows).map(|row| format!("p{row}")).collect();
    let keys: Vec<Option<&str>> = numbers.iter().map(|key| Some(key.as_str())).collect();
    let hours = Int64Array::from(vec![37; rows]);
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("sag", texts(&keys)),
        ("fra", days(&same("2017-01-04"))),
        ("til", days(&same("2017-02-01"))),
        ("art", shared(&same("kontanthjælp"))),
        ("timer", Arc::new(hours)),
    ];
    let slot = columns.iter_mut().find(|(other, _)| *other == name);
    slot.unwrap().1 = array;
    batch(columns)
}

#[test]
fn odd_values_are_read_one_by_one() {
    let ends = [
        "fortsat",
        "ukendt",
        "",
        "2017-02-01",
        " 2017-02-02 ",
        "2017-02-01 12:00",
        "i går",
        "9998-12-31",
        "2150-01-01",
        "1899-01-01",
    ];
    let keys = [
        "p0",
        "p 1",
        "ø2",
        " p3",
        "p4\u{a0}",
        "1,5",
        "I alt 5",
        "p",
        "0101701234",
    ];
    let hours = [1_000, 1_005, -7, 0, i128::from(i64::MAX) * 100];
    let floats = [0.5, 1.25, f64::NAN, f64::INFINITY, 1e300, 0.0005, -2.0];
    let numbers = ["1,5", "1.5", "1.234", "to", "", "37"];
    let toml = "blank_slutdato = \"ukendt\"\n[tabel.ydelse]\nslutdato_fortsat = [\"9998-12-31\"]\n";
    let hours = Decimal128Array::from(hours.to_vec());
    let some = |texts: &[&'static str]| texts.iter().map(|text| Some(*text)).collect::<Vec<_>>();
    for (name, array) in [
        ("til", texts(&some(&ends))),
        ("til", shared(&some(&ends))),
        ("fra", texts(&some(&ends[3..]))),
        ("sag", texts(&some(&keys))),
        ("sag", shared(&some(&keys))),
        (
            "timer",
            Arc::new(hours.with_precision_and_scale(38, 2).unwrap()) as ArrayRef,
        ),
        (
            "timer",
            Arc::new(Float64Array::from(floats.to_vec())) as ArrayRef,
        ),
        ("timer", texts(&some(&numbers))),
        (
            "til",
            days(&[
                Some("2017-01-03"),
                Some("2017-01-04"),
                Some("9998-12-31"),
                None,
            ]),
        ),
    ] {
        let table = ydelse(name, array);
        both("ydelse", toml, "ydelse.parquet", &parquet_bytes(&table));
        both("ydelse", toml, "ydelse.arrow", &file_bytes(&table));
    }
}

#[test]
fn what_refuses_the_extract_does_so_both_ways() {
    for (name, array) in [
        ("til", days(&[Some("2017-02-01"), Some("2099-12-31")])),
        ("til", texts(&[Some("2017-02-01"), Some("9999-12-31")])),
        ("sag", texts(&[Some("a"), Some("Total")])),
        ("sag", texts(&[Some("a"), None])),
        ("sag", texts(&[Some("a"), Some("1,01E+09")])),
    ] {
        let table = ydelse(name, array);
        both("ydelse", TOML, "ydelse.parquet", &parquet_bytes(&table));
        both("ydelse", TOML, "ydelse.arrow", &file_bytes(&table));
    }
}

#[test]
fn a_decision_without_reassessment_has_none() {
    let table = batch(vec![
        ("sag", texts(&[Some("a"), Some("b")])),
        ("fra", days(&[Some("2017-01-04"), Some("2017-01-04")])),
        ("til", days(&[Some("2017-02-04"), None])),
        ("afgørelse", texts(&[Some("ja"), Some("JA")])),
        ("revurderes", days(&[Some("2017-01-31"), None])),
    ]);
    let toml = TOML;
    let shown = both("særligt", toml, "særligt.parquet", &parquet_bytes(&table));
    insta::assert_snapshot!(shown, @r#"
    a 17170 17201 0 17197
    b 17170 2147483647 0 2147483647
    "#);
}
