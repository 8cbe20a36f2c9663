//! `hjemmel reconcile`: the municipality's list of Helsingør against the register's twin.

use crate::{program, shown};
use std::fs;

const RULES: &str = "--rules rules tests/helsingor/register.regel --as-of 2017-07-31";
const OWN: &str = "tests/helsingor/udtræk";
const REGISTER: &str = "tests/helsingor/register";

fn told(line: &str) -> String {
    let mut command = program();
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(line.split(' '));
    shown(line, &command.output().expect("the program runs"))
}

/// 268 on the municipality's list, 281 on the register's statement, and the persons between.
#[test]
fn the_list_against_the_register() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("afstemning.csv");
    let line = format!(
        "reconcile {OWN} {REGISTER} {RULES} --measure andel_uden_indsats \
         --measure-b andel_uden_i_registret --known-on 2017-08-22 --out {}",
        out.display()
    );
    let text = told(&line).replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!(text);
    let rows = fs::read_to_string(&out).expect("the rows");
    insta::assert_snapshot!(rows.replace('\r', ""));
    assert!(!text.contains("H0"), "keys stand in the file alone");
}

/// By one and the same measure, and the other way around; in a workbook in English.
#[test]
fn the_register_against_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("afstemning.xlsx");
    let line = format!(
        "reconcile {REGISTER} {OWN} {RULES} --measure andel_uden_indsats --known-on-b 2017-08-22 \
         --lang en --out {}",
        out.display()
    );
    let text = told(&line).replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!(text);
    assert!(fs::metadata(&out).expect("the workbook").len() > 1000);
}

#[test]
fn an_extract_agrees_with_itself() {
    let text = told(&format!(
        "reconcile {OWN} {OWN} {RULES} --measure andel_uden_indsats"
    ));
    assert!(text.contains("0 personer står forskelligt"), "{text}");
    assert!(text.ends_with("--- 0\n"), "{text}");
}

#[test]
fn reconciling_needs_a_measure_that_is_in_force() {
    for (line, expected) in [
        (format!("reconcile {OWN} {REGISTER} {RULES}"), "--- 2\n"),
        (
            format!("reconcile {OWN} {REGISTER} {RULES} --measure findes_ikke"),
            "--- 2\n",
        ),
        (
            format!("reconcile {OWN} findes_ikke {RULES} --measure andel_uden_indsats"),
            "--- 5\n",
        ),
        (
            format!(
                "reconcile {OWN} {REGISTER} --rules rules --as-of 1950-01-01 --measure andel_uden_indsats"
            ),
            "--- 2\n",
        ),
    ] {
        let text = told(&line);
        assert!(text.ends_with(expected), "{text}");
    }
}
