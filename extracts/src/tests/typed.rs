//! Columns read whole arrays at a time say the same as rows read one by one.

use super::kinds::{batch, days, file_bytes, other_types, parquet_bytes, shared, texts, typed};
use super::*;
use arrow_array::{ArrayRef, Decimal128Array, Float64Array, Int64Array, RecordBatch};
use std::sync::Arc;

/// Reads a table, which is done both ways: see [`super::columnar`].
#[track_caller]
fn both(toml: &str, name: &str, bytes: &[u8]) -> String {
    read_with(&model(), &[(name, bytes), ("udtræk.toml", toml.as_bytes())])
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
        both(TOML, name, &bytes);
        // A blank end that means nothing refuses the extract.
        both("", name, &bytes);
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
        both(toml, "ydelse.parquet", &parquet_bytes(&table));
        both(toml, "ydelse.arrow", &file_bytes(&table));
    }
}

#[test]
fn what_refuses_the_extract_does_so_both_ways() {
    for (name, array) in [
        ("til", days(&[Some("2017-02-01"), Some("2099-12-31")])),
        ("til", texts(&[Some("2017-02-01"), Some("9999-12-31")])),
        ("sag", texts(&[Some("a"), Some("Total")])),
        ("sag", texts(&[Some("a"), None])),
        ("sag", shared(&[None, Some("a")])),
        ("sag", texts(&[Some("a"), Some("1,01E+09")])),
    ] {
        let table = ydelse(name, array);
        both(TOML, "ydelse.parquet", &parquet_bytes(&table));
        both(TOML, "ydelse.arrow", &file_bytes(&table));
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
    let shown = both(toml, "særligt.parquet", &parquet_bytes(&table));
    insta::assert_snapshot!(shown, @r#"
    a
      særligt 2017-01-04–2017-02-04 afgørelse=ja revurderes=2017-01-31 (særligt.parquet:1)
    b
      særligt 2017-01-04–… afgørelse=ja revurderes=NotGiven (særligt.parquet:2)
    advarsel[E3107] særligt.parquet:2 kolonne "afgørelse": læst som ja, skrevet med andre store og små bogstaver
    "#);
}
