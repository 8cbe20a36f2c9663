//! The main job of the README: the case review of Helsingør, with the Danish rules.

use crate::{program, shown};

const RULES: &str = "rules tests/helsingor/gennemgang.regel --data tests/helsingor/udtræk";

/// Runs a command line in the project's folder, as the README has it.
fn told(line: &str) -> String {
    let mut command = program();
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(line.split(' '));
    shown(line, &command.output().expect("the program runs"))
}

#[test]
fn as_known_when_the_list_was_drawn() {
    insta::assert_snapshot!(told(&format!(
        "run {RULES} --as-of 2017-07-31 --known-on 2017-08-22"
    )));
}

#[test]
fn as_known_when_the_errors_were_mended() {
    let text = told(&format!(
        "run {RULES} --as-of 2017-07-31 --known-on 2017-09-13"
    ));
    let ministry = text
        .lines()
        .skip_while(|line| !line.starts_with("Andel uden aktiv indsats"));
    let counts = ministry.take(3).map(|line| {
        let numbers = line
            .split_whitespace()
            .filter(|word| word.starts_with(char::is_numeric));
        numbers.take(3).collect::<Vec<_>>().join(" ")
    });
    let counts: Vec<String> = counts.collect();
    assert_eq!(
        counts,
        ["240 781 30,7", "221 634 34,9", "19 147 12,9"],
        "{text}"
    );
}

/// The memo: 694 in July 2017, 107 fewer than the year before.
#[test]
fn the_year_month_by_month() {
    let months = "--from 2016-07-31 --to 2017-07-31 --every month";
    let measures = ["aktivitetsparate_på_kontanthjælp", "afgang_fleksjob"];
    let measures = measures.map(|name| format!(" --measure andel_{name}"));
    insta::assert_snapshot!(told(&format!(
        "series {RULES} {months}{}",
        measures.concat()
    )));
}

/// Ten persons, each with another answer: what a caseworker reads.
#[test]
fn ten_persons_explained() {
    let persons = [
        ("overdue_the_day_after_the_memos_limit", "H0029"),
        ("one_hour_in_each_of_two_weeks", "H0377"),
        ("young_and_exempt", "H0777"),
        ("registered_wrongly", "H0033"),
        ("to_be_reassessed", "H0077"),
        ("awaits_an_assessment", "H0071"),
        ("young_and_overdue", "H0127"),
        ("jobparat_and_overdue", "H0155"),
        ("jobparat_again", "H0100"),
        ("after_parental_leave", "H0381"),
    ];
    for (name, case) in persons {
        let line =
            format!("explain {RULES} --as-of 2017-07-31 --known-on 2017-08-22 --case {case}");
        insta::assert_snapshot!(name, told(&line));
    }
}

#[test]
fn the_rules_of_the_law_stand_alone_without_a_message() {
    let checked = told("check rules");
    assert!(checked.contains("Ingen fejl ("), "{checked}");
    let formatted = told("fmt --check rules tests/helsingor/gennemgang.regel");
    assert!(formatted.ends_with("--- 0\n"), "{formatted}");
}
