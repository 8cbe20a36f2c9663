//! What approval shows: drafts in every form, what a change does, and what data the rules use.

use crate::account::{PRODUCTION, Place, RUN, copy};
use crate::fixtures;
use std::fs;

/// In every form that answers are given in: said by words on paper and terminal, by `approval` to programs.
#[test]
fn every_output_says_whether_its_rules_were_approved() {
    let place = Place::new();
    let (first, second) = (place.key("jurist.nøgle"), place.key("leder.nøgle"));
    place.approvers(&[("jurist", &first), ("leder", &second)]);
    place.sign("jurist.nøgle", "jurist");
    place.sign("leder.nøgle", "leder");
    let lines = [
        "run dansk --data udtræk --as-of 2017-07-31",
        "run dansk --data udtræk --as-of 2017-07-31 --out svar.csv",
        "run dansk --data udtræk --as-of 2017-07-31 --out svar.json",
        "run dansk --data udtræk --as-of 2017-07-31 --out svar.parquet",
        "run dansk --data udtræk --as-of 2017-07-31 --out svar.arrow",
        "run dansk --data udtræk --timeline --from 2017-06-01 --to 2017-07-31",
        "count dansk --data udtræk --as-of 2017-07-31",
        "count dansk --data udtræk --as-of 2017-07-31 --format csv",
        "count dansk --data udtræk --as-of 2017-07-31 --format json",
        "worklist dansk --data udtræk --as-of 2017-07-31",
        "compare dansk dansk --data udtræk --as-of 2017-07-31",
        "compare dansk dansk --data udtræk --as-of 2017-07-31 --format csv",
        "compare dansk dansk --data udtræk --as-of 2017-07-31 --format json",
        "compare dansk dansk --data udtræk --as-of 2017-07-31 --format github",
        "explain dansk --data udtræk --as-of 2017-07-31 --case S1",
    ];
    let (mut draft, mut approved) = (0, 0);
    for line in lines {
        for (profile, words, value, other) in [
            ("", "Udkast: ", "\"draft\"", "godkendt af"),
            (
                PRODUCTION,
                "godkendt af jurist og leder",
                "\"jurist\"",
                "Udkast",
            ),
        ] {
            let overwrite = if line.contains("--out") {
                "--overwrite"
            } else {
                ""
            };
            let told = place.told(
                format!("{line} {profile} {overwrite}")
                    .replace("  ", " ")
                    .trim(),
            );
            assert!(told.ends_with("--- 0\n"), "{told}");
            let machine = line.ends_with("csv") && line.contains("--format");
            let json = line.ends_with("--format json");
            let said = told.contains(if json { value } else { words });
            // A table on stdout has no place for it: a draft is told beside it, on stderr.
            assert!(said || machine && !profile.is_empty(), "{told}");
            assert!(!told.contains(other), "{told}");
            let file = line.split(' ').find(|word| word.starts_with("svar."));
            if let Some(file) = file {
                let holder = if file.ends_with("csv") {
                    "svar.csv.provenance.json"
                } else {
                    file
                };
                let bytes = fs::read(place.path(holder)).expect("the answers");
                assert!(String::from_utf8_lossy(&bytes).contains(value), "{holder}");
            }
            if profile.is_empty() {
                draft += 1
            } else {
                approved += 1
            }
        }
    }
    assert_eq!((draft, approved), (lines.len(), lines.len()));
}

#[test]
fn what_a_change_of_rules_does_is_signed_with_them() {
    let place = Place::new();
    let (first, second) = (place.key("jurist.nøgle"), place.key("leder.nøgle"));
    place.approvers(&[("jurist", &first), ("leder", &second)]);
    copy(&fixtures().join("dansk"), &place.path("før"));
    let compared = place.run("compare før dansk --data udtræk --as-of 2017-07-31 --format json");
    fs::write(place.path("virkning.json"), &compared.stdout).expect("a comparison");
    let sign = |name: &str| {
        format!(
            "sign rules dansk --key {name}.nøgle --as {name} --day 2026-06-01 --signatures underskrifter.toml --impact"
        )
    };
    for name in ["jurist", "leder"] {
        assert_eq!(
            place.code(&format!("{} virkning.json", sign(name))),
            Some(0)
        );
    }
    let run = format!("{RUN} {PRODUCTION}");
    assert_eq!(place.code(&run), Some(0));
    let signed = fs::read_to_string(place.path("underskrifter.toml")).expect("signatures");
    // Another comparison than the one that was signed is another signature.
    let (before, after) = signed.split_once("virkning = \"").expect("an impact");
    let mut digits = after.chars();
    let other = if digits.next() == Some('0') { "1" } else { "0" };
    let forged = format!("{before}virkning = \"{other}{}", digits.as_str());
    fs::write(place.path("underskrifter.toml"), forged).expect("signatures");
    assert_eq!(place.code(&run), Some(2));
    copy(&fixtures().join("ændret"), &place.path("ændret"));
    let backwards =
        place.run("compare dansk ændret --data udtræk --as-of 2017-07-31 --format json");
    fs::write(place.path("anden.json"), &backwards.stdout).expect("a comparison");
    let mut pictures = place.told(&format!("{} anden.json", sign("jurist")));
    pictures += &place.told(&format!("{} godkendere.toml", sign("jurist")));
    insta::assert_snapshot!(pictures);
}

/// Who gets another answer by a comparison is who has another answer in two full runs.
#[test]
fn the_changes_of_a_comparison_are_the_difference_of_two_runs() {
    let place = Place::new();
    copy(&fixtures().join("ændret"), &place.path("ændret"));
    let states = |rules: &str| -> std::collections::BTreeMap<(String, String), String> {
        let line = format!("run {rules} --data udtræk --as-of 2017-07-31 --out {rules}.json");
        assert_eq!(place.code(&line), Some(0));
        let text = fs::read_to_string(place.path(&format!("{rules}.json"))).expect("answers");
        let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let text = |row: &serde_json::Value, key: &str| row[key].as_str().expect("text").to_owned();
        let rows = file["rows"].as_array().expect("rows").iter();
        rows.map(|row| ((text(row, "case"), text(row, "rule")), text(row, "state")))
            .collect()
    };
    let (old, new) = (states("dansk"), states("ændret"));
    let both = old
        .iter()
        .filter_map(|(at, state)| Some((at, state, new.get(at)?)));
    let differ: Vec<_> = both.filter(|(_, old, new)| old != new).collect();
    let line = "compare dansk ændret --data udtræk --as-of 2017-07-31 --persons ændringer.csv";
    assert_eq!(place.code(line), Some(0));
    let told = fs::read_to_string(place.path("ændringer.csv")).expect("changes");
    let mut rows = told.lines();
    let header: Vec<&str> = rows.next().expect("a header").split(',').collect();
    let column = |name: &str| header.iter().position(|it| *it == name).expect("a column");
    let (case, rule) = (column("case"), column("rule"));
    let (old_state, new_state) = (column("old_state"), column("new_state"));
    let rows = rows.map(|row| row.split(',').collect::<Vec<_>>());
    let changed = rows.filter(|row| !row[old_state].is_empty() && !row[new_state].is_empty());
    let changed = changed.filter(|row| row[old_state] != row[new_state]);
    let changed: Vec<(String, String)> = changed
        .map(|row| (row[case].to_owned(), row[rule].to_owned()))
        .collect();
    println!(
        "FIGURE;H6;answers that differ between two full runs;{}",
        differ.len()
    );
    println!(
        "FIGURE;H6;changed answers that the comparison lists;{}",
        changed.len()
    );
    let differ: Vec<_> = differ.into_iter().map(|(at, _, _)| at.clone()).collect();
    assert!(!differ.is_empty());
    assert_eq!(changed, differ);
}

#[test]
fn the_description_of_the_data_names_every_field_and_its_readers() {
    let told = crate::told("extract describe ../../../../rules");
    let rules = fixtures().join("../../../../rules/data.regel");
    let declared = fs::read_to_string(rules).expect("the tables");
    let fields = declared.lines().filter_map(|line| {
        let line = line.strip_prefix("  ")?;
        let (name, _) = line.split_once(" er ")?;
        (!name.contains(' ')).then_some(name)
    });
    let mut named = 0;
    for field in fields {
        assert!(told.contains(&format!("| {field} | ")), "{field}");
        named += 1;
    }
    println!("FIGURE;H8;declared fields in the description of the data;{named}");
    assert!(named > 20);
    assert!(told.contains("LAB § 92"));
    insta::assert_snapshot!(crate::told("extract describe dansk"));
}
