//! `hjemmel coverage`: the registers beside the rules, and what rests on their provisions.

use crate::{code, fixtures, program, told};
use std::fs;
use std::path::Path;

#[test]
fn every_kind_of_finding() {
    insta::assert_snapshot!(told("coverage dækning"));
}

#[test]
fn every_kind_of_finding_in_english() {
    insta::assert_snapshot!(told("coverage dækning --lang en"));
}

#[test]
fn every_kind_of_finding_as_json() {
    insta::assert_snapshot!(told("coverage dækning --format json"));
}

#[test]
fn every_kind_of_finding_as_a_page() {
    insta::assert_snapshot!(told("coverage dækning --format html"));
}

#[test]
fn all_is_covered() {
    insta::assert_snapshot!(told("coverage dækning_hel"));
}

#[test]
fn a_page_needs_nothing_beside_it() {
    let page = told("coverage dækning --format html");
    for outside in [
        "http:", "https:", "src=", "<script", "<link", "@import", "url(",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn what_is_wrong_with_registers_is_told_at_once() {
    insta::assert_snapshot!(told("coverage dækning_fejl --lang da"));
}

#[test]
fn what_is_wrong_with_registers_in_english() {
    insta::assert_snapshot!(told("coverage dækning_fejl --lang en"));
}

#[test]
fn a_register_that_is_too_large_is_not_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = fixtures().join("dækning_hel/rules.regel");
    fs::copy(rules, folder.path().join("rules.regel")).expect("copied");
    let header = "retskilde;bestemmelse;gælder_fra;gælder_til;emne;ikke_skrevet\n";
    let line = "LAB;§ 2;2016-01-01;;Hvem loven gælder for;\n";
    let text = header.to_owned() + line + &"\n".repeat(1024 * 1024);
    fs::write(folder.path().join("lab.csv"), text).expect("written");
    let mut command = program();
    let output = command.arg("coverage").arg(folder.path()).output();
    let output = output.expect("runs");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("lab.csv:1: the file is larger than 1 MiB"),
        "{told}"
    );
}

#[test]
fn wrong_usage() {
    let told = [
        "coverage",
        "coverage dansk",
        "coverage dækning/regler.regel",
        "coverage dækning --format csv",
        "coverage dækning --overwrite",
        "coverage dækning --out mangler/x/rapport.html",
    ]
    .map(told);
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(code("coverage fejl"), Some(2));
}

#[test]
fn a_report_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, flags: &[&str]| {
        let path = folder.path().join(name);
        let mut command = program();
        command.args(["coverage", "dækning", "--out"]).arg(&path);
        let output = command.args(flags).output().expect("runs");
        let text = fs::read_to_string(&path).expect("read");
        let begins: String = text.chars().take(15).collect();
        (output.status.code(), begins)
    };
    assert_eq!(write("a.html", &[]), (Some(1), "<!DOCTYPE html>".into()));
    assert_eq!(write("a.json", &[]), (Some(1), "{\n  \"version\": ".into()));
    assert_eq!(write("a.txt", &[]), (Some(1), "LAB  Lov om en ".into()));
    // What is there stays, unless it is to be replaced.
    let again = ["--format", "html"];
    assert_eq!(write("a.txt", &again), (Some(2), "LAB  Lov om en ".into()));
    let again = ["--format", "html", "--overwrite"];
    assert_eq!(write("a.txt", &again), (Some(1), "<!DOCTYPE html>".into()));
    assert_eq!(left(folder.path()), ["a.html", "a.json", "a.txt"]);
}

/// What lies in a folder, by name.
fn left(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
