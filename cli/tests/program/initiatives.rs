//! `hjemmel initiatives`: a list of initiatives, counted in an extract.

use crate::{program, shown, told};
use std::fs;
use std::process::Command;

const LISTED: &str =
    "initiatives dansk --data udtræk --list lister/initiativer.csv --as-of 2017-07-31";
const HELSINGOR: &str = "initiatives rules tests/helsingor/gennemgang.regel tests/helsingor/initiativer.regel --data tests/helsingor/udtræk --list tests/helsingor/initiativer.csv";

/// The program in the project's folder, as the README has it.
fn at_home(line: &str) -> Command {
    let mut command = program();
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    command.args(line.split(' '));
    command
}

fn helsingor(more: &str) -> String {
    let line = format!("{HELSINGOR} {more}");
    shown(&line, &at_home(&line).output().expect("runs"))
}

#[test]
fn a_target_group_those_who_take_part_and_the_others() {
    insta::assert_snapshot!(told(LISTED));
}

#[test]
fn in_english() {
    insta::assert_snapshot!(told(&format!("{LISTED} --lang en")));
}

#[test]
fn helsingor_two_weeks_after_they_began() {
    insta::assert_snapshot!(helsingor("--as-of 2017-09-13"));
}

#[test]
fn helsingor_before_they_began() {
    let told = helsingor("--as-of 2017-07-31 --known-on 2017-08-22");
    insta::assert_snapshot!(told);
    // Thirty with substance use, as the memo of Helsingør has it.
    let lines = told
        .lines()
        .skip_while(|line| !line.contains("Borgerforløb"));
    let count = lines.skip(1).find(|line| line.contains("i målgruppen"));
    assert!(count.is_some_and(|line| line.contains(" 30 ")), "{told}");
}

#[test]
fn in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("initiativer.json");
    let mut command = program();
    command.args(LISTED.split(' ')).arg("--out").arg(&path);
    let output = command.output().expect("runs");
    assert!(output.status.success(), "{}", shown(LISTED, &output));
    let text = fs::read_to_string(&path).expect("written");
    insta::assert_snapshot!(crate::without_hashes(&text));
}

#[test]
fn all_that_is_wrong_with_a_list_is_told_at_once() {
    insta::assert_snapshot!(told(
        "initiatives dansk --data udtræk --list lister/initiativer_fejl.csv --as-of 2017-07-31 --lang da"
    ));
}

#[test]
fn all_that_is_wrong_with_a_list_in_english() {
    insta::assert_snapshot!(told(
        "initiatives dansk --data udtræk --list lister/initiativer_fejl.csv --as-of 2017-07-31 --lang en"
    ));
}

#[test]
fn rules_that_are_not_in_force_that_day_count_nobody() {
    insta::assert_snapshot!(helsingor("--as-of 2015-07-31 --lang da"));
}

#[test]
fn the_rules_of_the_list_are_as_sound_as_the_others() {
    let files = "rules tests/helsingor/gennemgang.regel tests/helsingor/initiativer.regel";
    for command in ["check", "test", "fmt --check"] {
        let line = format!("{command} {files}");
        let output = at_home(&line).output().expect("runs");
        assert!(output.status.success(), "{}", shown(&line, &output));
    }
}
