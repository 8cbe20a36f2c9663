//! Registered decisions: beside the answer, never in its place.

use crate::account::{Place, RUN};
use std::fs;

const HEADER: &str = "sag;regel;fra;til;tilstand;begrundelse;besluttet_af;registreret";

fn with_list(lines: &str) -> Place {
    let place = Place::new();
    let list = place.path("tilsidesættelser.csv");
    fs::write(list, format!("{HEADER}\n{lines}")).expect("a list");
    place
}

fn read(place: &Place, file: &str) -> String {
    fs::read_to_string(place.path(file)).expect("the answers")
}

/// What comes before the file that was written.
fn counts(told: &str) -> &str {
    told.split_once("Skrevet:").expect("a file").0
}

#[test]
fn a_decision_stands_beside_the_answer_and_changes_nothing() {
    let run = format!("{RUN} --out svar.csv");
    let without = Place::new();
    let told_without = without.told(&run);
    let with = with_list(
        "S1;tilbudspligt;2017-07-01;;fritaget;Indlagt til august, lægeattest set;jobcentrets visitation;2017-07-03\n",
    );
    let told_with = with.told(&run);
    assert_eq!(counts(&told_without), counts(&told_with));
    let (without, rows) = (read(&without, "svar.csv"), read(&with, "svar.csv"));
    let columns = |row: &str| -> Vec<String> { row.split(',').map(str::to_owned).collect() };
    let mut decided = Vec::new();
    for (old, new) in without.lines().zip(rows.lines()) {
        let (old, new) = (columns(old), columns(new));
        let own = old.len() - 3;
        assert_eq!(old[..own], new[..own]);
        if old[own..] != new[own..] {
            decided.push(new.join(","));
        }
    }
    assert_eq!(without.lines().count(), rows.lines().count());
    assert!(!rows.contains("lægeattest"), "the reason stands in a list");
    let explained =
        with.told("explain dansk --data udtræk --as-of 2017-07-31 --case S1 --rule tilbudspligt");
    let listed = with.told("worklist dansk --data udtræk --as-of 2017-07-31 --out liste.csv");
    assert!(!listed.contains("lægeattest"));
    insta::assert_snapshot!(format!(
        "{}\n\n{told_with}\n{explained}\n{}",
        decided.join("\n"),
        read(&with, "liste.csv")
    ));
}

#[test]
fn a_decision_counts_on_its_days_and_from_when_it_was_registered() {
    let place =
        with_list("S1;tilbudspligt;2017-07-01;2017-07-31;fritaget;Indlagt;visitation;2017-08-05\n");
    let shown =
        |day: &str, known: &str| {
            let told = place.told(format!(
            "explain dansk --data udtræk --as-of {day} --case S1 --rule tilbudspligt {known}"
        ).trim());
            told.contains("Registreret afgørelse: fritaget")
        };
    assert!(shown("2017-07-01", "") && shown("2017-07-31", ""));
    assert!(!shown("2017-06-30", "") && !shown("2017-08-01", ""));
    assert!(!shown("2017-07-31", "--known-on 2017-08-04"));
    assert!(shown("2017-07-31", "--known-on 2017-08-05"));
}

#[test]
fn what_is_wrong_with_a_decision_is_told_with_its_place() {
    let place = with_list(
        "FINDESIKKE;tilbudspligt;2017-07-01;;fritaget;HEMMELIGT;visitation;2017-07-03\n\
         S1;tilbudspligten;2017-07-01;;fritaget;HEMMELIGT;visitation;2017-07-03\n\
         S1;tilbudspligt;2017-07-01;2017-06-30;fritaget;HEMMELIGT;visitation;2017-07-03\n\
         S1;tilbudspligt;2017-07-01;;fritagt;HEMMELIGT;visitation;2017-07-03\n\
         S1;tilbudspligt;2017-07-01;;ukendt;HEMMELIGT;visitation;2017-07-03\n\
         S1;tilbudspligt;i går;;fritaget;;;\n\
         S1;tilbudspligt;2009-07-01;2009-07-02;fritaget;HEMMELIGT;en@kommune.dk;2017-07-03\n\
         S2;tilbudspligt;2017-07-01;2017-07-10;fritaget;HEMMELIGT;visitation;2017-07-03\n\
         S2;tilbudspligt;2017-07-10;;fritaget;HEMMELIGT;visitation;2017-07-03\n\
         S2;tilbudspligt\n",
    );
    let told = place.told(&format!("{RUN} --out svar.csv"));
    assert!(!told.contains("HEMMELIGT") && !told.contains("FINDESIKKE"));
    assert!(!place.path("svar.csv").exists());
    insta::assert_snapshot!(told);
}

#[test]
fn a_run_with_decisions_can_be_verified_and_shows_if_they_change() {
    let line = "S1;tilbudspligt;2017-07-01;;fritaget;Indlagt;visitation;2017-07-03\n";
    let place = with_list(line);
    place.run(&format!("{RUN} --out svar.csv --manifest kørsel.json"));
    assert_eq!(place.code("verify kørsel.json"), Some(0));
    let other = line.replace("fritaget", "overskredet");
    fs::write(
        place.path("tilsidesættelser.csv"),
        format!("{HEADER}\n{other}"),
    )
    .expect("a list");
    assert_eq!(place.code("verify kørsel.json"), Some(1));
}
