//! `hjemmel compare`.

use crate::{code, program, shown, told, without_hashes};
use std::fs;
use std::path::Path;
use std::process::Command;

const COMPARE: &str = "compare dansk ændret --data udtræk";

#[test]
fn who_gets_another_answer_on_a_day_and_why() {
    insta::assert_snapshot!(told(&format!("{COMPARE} --as-of 2017-07-31")));
}

#[test]
fn the_same_in_english() {
    insta::assert_snapshot!(told(&format!(
        "{COMPARE} --as-of 2017-07-31 --known-on 2017-08-01 --lang en"
    )));
}

#[test]
fn over_time() {
    insta::assert_snapshot!(told(&format!(
        "{COMPARE} --from 2017-01-01 --to 2017-07-31 --rule tilbudspligt"
    )));
}

#[test]
fn of_one_case() {
    insta::assert_snapshot!(told(&format!("{COMPARE} --as-of 2017-07-31 --case S3")));
}

#[test]
fn for_programs() {
    insta::assert_snapshot!(told(&format!("{COMPARE} --as-of 2017-07-31 --format json")));
    insta::assert_snapshot!(told(&format!("{COMPARE} --as-of 2017-07-31 --format csv")));
}

/// Nobody is named, and counts under five are not told.
#[test]
fn as_a_comment_on_a_change() {
    let hidden = told(&format!("{COMPARE} --as-of 2017-07-31 --format github"));
    insta::assert_snapshot!(hidden);
    for key in ["S1", "S2", "S3", "S4", "S5"] {
        assert!(!hidden.contains(key), "{key}");
    }
    insta::assert_snapshot!(told(&format!(
        "{COMPARE} --as-of 2017-07-31 --format github --small-counts --lang en"
    )));
}

#[test]
fn the_same_rules_change_nothing_however_they_are_pinned() {
    for (old, new) in [
        ("dansk", "dansk"),
        ("dansk@2017-01-01", "dansk"),
        ("dansk", "dansk@2018-12-31"),
        ("dansk@2017-01-01", "dansk@2018-12-31"),
    ] {
        let line = format!("compare {old} {new} --data udtræk --as-of 2017-07-31 --fail-on-change");
        let told = told(&line);
        assert!(
            told.contains("0 personer får et andet svar") && told.ends_with("--- 0\n"),
            "{told}"
        );
    }
}

#[test]
fn a_row_for_each_answer_that_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("personer.csv");
    let line = format!("{COMPARE} --from 2017-01-01 --to 2017-07-31 --limit 0");
    let write = |more: &str| {
        let mut command = program();
        let words = line
            .split(' ')
            .chain(more.split(' ').filter(|word| !word.is_empty()));
        command.args(words).arg("--persons").arg(&path);
        command.output().expect("the program runs")
    };
    let output = write("");
    assert!(output.status.success(), "{}", shown(&line, &output));
    insta::assert_snapshot!(fs::read_to_string(&path).expect("the rows"));
    let beside = fs::read_to_string(folder.path().join("personer.csv.provenance.json"));
    insta::assert_snapshot!(without_hashes(&beside.expect("the provenance")));
    assert_eq!(
        write("").status.code(),
        Some(2),
        "a file is not replaced unasked"
    );
    assert_eq!(write("--overwrite").status.code(), Some(0));
}

#[test]
fn exit_codes() {
    for (line, expected) in [
        (format!("{COMPARE} --as-of 2017-07-31"), 0),
        (format!("{COMPARE} --as-of 2017-07-31 --fail-on-change"), 1),
        // The rules differ, and no answer does.
        (
            format!("{COMPARE} --as-of 2016-01-15 --rule tilbudspligt --fail-on-change"),
            1,
        ),
        (COMPARE.to_owned(), 2),
        (
            format!("{COMPARE} --as-of 2017-07-31 --rule findes_ikke"),
            2,
        ),
        (
            format!("{COMPARE} --as-of 2017-07-31 --case findes_ikke"),
            2,
        ),
        (
            "compare dansk fejl --data udtræk --as-of 2017-07-31".to_owned(),
            2,
        ),
        (
            "compare dansk findes_ikke --data udtræk --as-of 2017-07-31".to_owned(),
            2,
        ),
        (
            "compare dansk dansk@2017-02-30 --data udtræk --as-of 2017-07-31".to_owned(),
            2,
        ),
        (
            "compare dansk@2201-01-01 ændret --data udtræk --as-of 2017-07-31".to_owned(),
            2,
        ),
        (
            "compare dansk ændret --data findes_ikke --as-of 2017-07-31".to_owned(),
            5,
        ),
    ] {
        assert_eq!(code(&line), Some(expected), "{line}");
    }
}

/// Two rule sets that read different tables judge the same persons, each by its own tables.
#[test]
fn rules_that_read_other_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("uden_barsel");
    fs::create_dir(&rules).expect("a folder");
    let dansk = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures/dansk");
    let text = |name: &str| fs::read_to_string(dansk.join(name)).expect("the rules");
    let (data, duties) = (text("data.regel"), text("tilbud.regel"));
    let (data, _) = data.split_once("data fravær").expect("the table");
    let (before, after) = duties
        .split_once("fritagelse barsels")
        .expect("the exemption");
    let (_, after) = after.split_once("opdeling").expect("the classification");
    fs::write(rules.join("data.regel"), data).expect("written");
    fs::write(
        rules.join("tilbud.regel"),
        format!("{before}opdeling{after}"),
    )
    .expect("written");
    let line = "compare dansk NYE --data udtræk --as-of 2017-07-31";
    let mut command = program();
    let rules = rules.display().to_string();
    command.args(
        line.split(' ')
            .map(|word| if word == "NYE" { rules.as_str() } else { word }),
    );
    let told = shown(line, &command.output().expect("the program runs"));
    insta::assert_snapshot!(told.replace(&rules, "uden_barsel"));
}

/// A git repository with the old rules committed and the new ones in the folder.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures");
    let rules = folder.path().join("regler");
    fs::create_dir_all(rules.join(".skjult")).expect("a folder");
    let copy = |from: &str| {
        for name in ["data.regel", "tilbud.regel"] {
            let file = fixtures.join(from).join(name);
            fs::copy(file, rules.join(name)).expect("copied");
        }
    };
    copy("dansk");
    fs::write(rules.join(".skjult/andet.regel"), "dette er ingen regel").expect("written");
    let git = |line: &str| {
        let mut command = Command::new("git");
        let settings = [
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.invalid",
            "-c",
            "core.quotepath=on",
        ];
        command
            .current_dir(folder.path())
            .args(settings)
            .args(line.split(' '));
        let done = command.output().expect("git runs");
        assert!(
            done.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    git("init -q");
    git("add -A");
    git("commit -q -m regler");
    copy("ændret");
    folder
}

/// The program in a repository, with git at hand or not.
fn in_repository(folder: &Path, line: &str, path: Option<&str>) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/fixtures/udtræk");
    let mut command = program();
    let words = line.split(' ').map(|word| match word {
        "udtræk" => data.as_os_str().to_owned(),
        word => word.into(),
    });
    command.current_dir(folder).args(words);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    shown(line, &command.output().expect("the program runs"))
}

#[test]
fn revisions_of_a_git_repository() {
    let folder = repository();
    let path = std::env::var("PATH").expect("a path");
    let told = |line: &str| in_repository(folder.path(), line, Some(&path));
    let days = "--data udtræk --as-of 2017-07-31";
    let whole = told(&format!("compare HEAD:regler regler {days} --limit 0"));
    insta::assert_snapshot!(whole);
    // A revision is the same rule set as the folder that it was made of.
    let same = told(&format!(
        "compare HEAD:regler HEAD:./regler/@2019-12-31 {days} --fail-on-change"
    ));
    assert!(same.ends_with("--- 0\n"), "{same}");
    // A file alone: the rules without their tables.
    let file = told(&format!("compare HEAD:regler/tilbud.regel regler {days}"));
    assert!(file.contains("HEAD:regler/tilbud.regel"), "{file}");
    let refused: Vec<String> = [
        "compare fjern~1:regler regler",
        "compare HEAD:andet regler",
        "compare --all:regler regler",
        "compare HEAD:.git regler",
    ]
    .iter()
    .map(|line| told(&format!("{line} {days}")))
    .collect();
    insta::assert_snapshot!(refused.join("\n"));
}

#[test]
fn without_git_and_without_a_repository() {
    let folder = repository();
    let line = "compare HEAD:regler HEAD:./regler --data udtræk --as-of 2017-07-31";
    let empty = tempfile::tempdir().expect("a folder");
    let nowhere = empty.path().display().to_string();
    let without_git = in_repository(folder.path(), line, Some(&nowhere));
    let path = std::env::var("PATH").expect("a path");
    let without_repository = in_repository(empty.path(), line, Some(&path));
    insta::assert_snapshot!(format!("{without_git}\n{without_repository}"));
}
