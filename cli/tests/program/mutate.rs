//! `hjemmel test --mutate`.

use crate::{code, fixtures, program, run, told};
use std::fs;

#[test]
fn mutants_that_no_example_notices() {
    insta::assert_snapshot!(told("test mutanter --mutate"));
}

#[test]
fn mutants_in_english() {
    insta::assert_snapshot!(told("test mutanter --mutate --limit 1 --lang en"));
}

#[test]
fn mutants_for_programs() {
    insta::assert_snapshot!(told("test mutanter --mutate --format json"));
}

#[test]
fn mutants_of_one_rule() {
    assert_eq!(code("test mutanter --mutate --rule aldersgruppe"), Some(0));
    assert_eq!(code("test mutanter --mutate --rule samtale"), Some(1));
    insta::assert_snapshot!(told("test mutanter --mutate --rule findes_ikke"));
}

#[test]
fn without_a_good_example_a_mistake_survives() {
    let rules = fs::read_to_string(fixtures().join("mutanter/regler.regel")).expect("read");
    let survivors_of = |rules: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("regler.regel"), rules).expect("written");
        let output = program()
            .args([
                "test",
                "--mutate",
                "--rule",
                "fraværende",
                "--format",
                "json",
            ])
            .arg(folder.path())
            .output()
            .expect("runs");
        let report: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("the program speaks JSON");
        let survivors = report["survivors"].as_array().expect("a list").clone();
        let ids = survivors.iter().filter_map(|it| it["id"].as_str());
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(survivors_of(&rules).is_empty());
    let start = rules
        .find("eksempel \"Den, der er fraværende")
        .expect("there");
    let length = rules[start..].find("\n\n").expect("its end");
    let poorer = format!("{}{}", &rules[..start], &rules[start + length..]);
    insta::assert_snapshot!(survivors_of(&poorer).join("\n"));
}

#[test]
fn a_list_of_equivalent_mutants_that_is_out_of_date() {
    insta::assert_snapshot!(told("test mutanter_forældet --mutate"));
}

#[test]
fn an_example_that_fails_notices_nothing() {
    insta::assert_snapshot!(told("test fejlet --mutate"));
}

#[test]
fn every_mistake_that_is_made() {
    let output = run("test mutanter_alle --mutate --format json");
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("the program speaks JSON");
    let survivors = report["survivors"].as_array().expect("a list");
    let line = |survivor: &serde_json::Value| {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let (id, change) = (text(&survivor["id"]), text(&survivor["change"]["en"]));
        format!("{id}: {change}\n")
    };
    insta::assert_snapshot!(survivors.iter().map(line).collect::<String>());
}
