//! `hjemmel suspects`, and `hjemmel explain --with`.

use crate::{code, program, shown, told, without_hashes};
use std::fs;

const SUSPECTS: &str = "suspects dansk --data udtræk --as-of 2017-07-31 --slips mistanke.toml";
const EXPLAIN: &str = "explain dansk --data udtræk --case S1 --as-of 2017-07-31";

/// Runs with more words, which may hold blanks.
fn with(line: &str, words: &[&str]) -> String {
    let mut command = program();
    command.args(line.split(' ')).args(words);
    let more: String = words.iter().map(|word| format!(" {word:?}")).collect();
    shown(
        &format!("{line}{more}"),
        &command.output().expect("the program runs"),
    )
}

/// What is written to a file of that name.
fn written(line: &str, name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    let mut command = program();
    command.args(line.split(' ')).arg("--out").arg(&path);
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{line}");
    fs::read(path).expect("a file")
}

#[test]
fn behind_overdue_duties() {
    insta::assert_snapshot!(told(SUSPECTS));
}

#[test]
fn behind_the_state_of_a_classification_in_english() {
    insta::assert_snapshot!(told(&format!(
        "{SUSPECTS} --state opfølgning=uden_tilbud --lang en --top 2"
    )));
}

#[test]
fn nothing_is_suspected_where_nothing_is_bad() {
    insta::assert_snapshot!(told(&format!("{SUSPECTS} --state tilbudspligt=suspended")));
}

#[test]
fn files_have_the_keys_and_every_suspicion() {
    let csv = String::from_utf8(written(SUSPECTS, "fejl.csv")).expect("text");
    insta::assert_snapshot!(csv);
    let danish = String::from_utf8(written(&format!("{SUSPECTS} --csv da"), "fejl.csv"));
    insta::assert_snapshot!(danish.expect("text"));
    let json = String::from_utf8(written(SUSPECTS, "fejl.json")).expect("text");
    insta::assert_snapshot!(without_hashes(&json));
    assert!(written(SUSPECTS, "fejl.xlsx").starts_with(b"PK"));
}

#[test]
fn the_terminal_names_no_case() {
    let told = told(&format!("{SUSPECTS} --top 100"));
    let cases = ["S1", "S2", "S3", "S4", "S5"];
    assert!(!cases.iter().any(|case| told.contains(case)), "{told}");
}

#[test]
fn slips_that_cannot_be_used() {
    insta::assert_snapshot!(told(
        "suspects dansk --data udtræk --as-of 2017-07-31 --slips forkert_mistanke.toml"
    ));
}

#[test]
fn questions_that_cannot_be_asked() {
    let line = "suspects dansk --data udtræk --as-of 2017-07-31";
    let told = [
        told(line),
        told(&format!("{SUSPECTS} --rule tilbudsplikt")),
        told(&format!("{SUSPECTS} --rule opfølgning")),
        told(&format!("{SUSPECTS} --state opfølgning")),
        told(&format!("{SUSPECTS} --state opfølgning=uden --lang en")),
        told(&format!("{SUSPECTS} --out fejl.parquet")),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_if_there_had_been_an_offer() {
    let row = "indsats løntilskud, timer_pr_uge 20, fra 26. juni 2017, fortsat";
    insta::assert_snapshot!(with(EXPLAIN, &["--with", row]));
    let english = "indsats løntilskud, timer_pr_uge 20, from 26 June 2017, ongoing";
    let (danish, english) = (
        with(EXPLAIN, &["--with", row]),
        with(EXPLAIN, &["--with", english]),
    );
    assert!(danish.lines().skip(1).eq(english.lines().skip(1)));
}

#[test]
fn what_if_a_row_had_not_been_there() {
    insta::assert_snapshot!(with(
        EXPLAIN,
        &[
            "--without",
            "visitation.csv:2",
            "--with",
            "person født 4. maj 1995",
            "--rule",
            "tilbudspligt",
            "--lang",
            "en",
        ]
    ));
}

#[test]
fn what_makes_no_difference() {
    insta::assert_snapshot!(with(
        EXPLAIN,
        &[
            "--with",
            "indsats løntilskud fra 1. september 2017, fortsat"
        ]
    ));
}

#[test]
fn rows_that_are_none() {
    let refused = |words: &[&str]| with(EXPLAIN, words);
    let told = [
        refused(&["--with", "indsats løntilskut fra 1. maj 2017, fortsat"]),
        refused(&["--with", "indsatser løntilskud from 1 May 2017, ongoing"]),
        refused(&["--with", "indsats løntilskud fra 31. juni 2017, fortsat"]),
        refused(&[
            "--with",
            "indsats løntilskud, timer 37, fra 1. juni 2017, fortsat",
        ]),
        refused(&["--with", "indsats ikke fuldstændig"]),
        refused(&["--without", "visitation.csv:3"]),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn the_data_are_never_touched() {
    assert_eq!(code(&format!("{SUSPECTS} --out udtræk/fejl.csv")), Some(2));
}
