//! Command lines that cannot be used, and help.

use crate::{run, told};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// All of these end with 2 and say nothing on stdout.
fn refused(lines: &[&str]) -> String {
    let told = lines.iter().map(|line| {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(output.stdout.is_empty(), "{line}");
        assert!(
            output.stderr.split(|byte| *byte == b'\n').count() <= 34,
            "{line}"
        );
        told(line)
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn help() {
    insta::assert_snapshot!(told("--help"));
    insta::assert_snapshot!(told("run --help"));
    insta::assert_snapshot!(told("run --help --lang en"));
    insta::assert_snapshot!(told("compare --help --lang en"));
}

/// Another lock file, another commit or another language is another program, and it says so.
#[test]
fn the_version_names_what_the_program_was_built_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let lock = std::fs::read(root.join("Cargo.lock")).expect("a lock file");
    let page = std::fs::read_to_string(root.join("dsl-grammar/LANGUAGE.md")).expect("a page");
    let language = page
        .split_once("This page describes version ")
        .and_then(|(_, rest)| rest.split_once(" of the language"))
        .expect("the version of the language")
        .0;
    let mut facts = 0;
    for (words, last) in [
        ("--version", "regelsprog"),
        ("-V --lang en", "rule language"),
    ] {
        let output = run(words);
        assert_eq!(output.status.code(), Some(0), "{words}");
        let told = String::from_utf8(output.stdout).expect("text");
        let lines: Vec<&str> = told.lines().collect();
        let digest: String = Sha256::digest(&lock)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(lines[0], concat!("hjemmel ", env!("CARGO_PKG_VERSION")));
        assert!(lines[1].starts_with("commit: "), "{told}");
        assert_eq!(lines[2], format!("Cargo.lock: sha256:{digest}"));
        assert_eq!(lines[3], format!("{last}: {language}"));
        assert_eq!(lines.len(), 4, "{told}");
        facts = lines.len();
    }
    println!("FIGURE;G7;facts of its build that the program tells;{facts}");
}

#[test]
fn without_a_command() {
    insta::assert_snapshot!(refused(&[""]));
}

#[test]
fn flags_that_are_unknown_missing_or_doubled() {
    insta::assert_snapshot!(refused(&[
        "chek dansk",
        "check",
        "check dansk --formt json",
        "check dansk --format xml",
        "run dansk --as-of 2017-07-31",
        "run dansk --data udtræk --as-of",
        "run dansk --data udtræk --as-of 2017-07-31 --as-of 2017-08-31",
        "run dansk --data udtræk --as-of 2017-07-31 --overwrite",
        "run dansk --data udtræk --as-of 2017-07-31 --timeline --from 2017-01-01 --to 2017-02-01",
        "run dansk --data udtræk --timeline --from 2017-01-01",
        "explain dansk --data udtræk --as-of 2017-07-31",
        "--lang sv check dansk",
    ]));
}

#[test]
fn the_same_in_english() {
    insta::assert_snapshot!(refused(&[
        "chek dansk --lang en",
        "check dansk --formt json --lang en",
        "run dansk --lang=en --data udtræk",
    ]));
}

#[test]
fn no_evaluation_date_no_answer() {
    insta::assert_snapshot!(refused(&[
        "run dansk --data udtræk",
        "explain dansk --data udtræk --case S1"
    ]));
}

#[test]
fn days_that_are_not_days() {
    let run = |day: &str| format!("run dansk --data udtræk --as-of {day}");
    let days = [
        "2026-13-01",
        "2026-02-30",
        "31-12-2026",
        "17-07-31",
        "2017-7-31",
        "0000-01-01",
        "10000-01-01",
        "1899-12-31",
        "i_dag",
    ];
    let lines: Vec<String> = days.into_iter().map(run).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    insta::assert_snapshot!(refused(&lines));
}

#[test]
fn windows_that_are_not_windows() {
    insta::assert_snapshot!(refused(&[
        "run dansk --data udtræk --timeline --from 2017-02-01 --to 2017-01-01",
    ]));
}

#[test]
fn a_cpr_number_is_refused_and_never_repeated() {
    for line in [
        "explain dansk --data udtræk --as-of 2017-07-31 --case 0101701234",
        "explain dansk --data udtræk --as-of 2017-07-31 --case=010170-1234",
        "explain dansk --data udtræk --as-of 2017-07-31 010170-1234",
        "0101701234",
    ] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.contains("--case-file") && !told.contains("1234"),
            "{told}"
        );
    }
}

#[test]
fn rules_that_are_not_there() {
    insta::assert_snapshot!(refused(&[
        "check findes_ikke",
        "check tom",
        "check dansk dansk/data.regel"
    ]));
}
