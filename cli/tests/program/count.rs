//! `hjemmel count`.

use crate::{code, program, shown, told, without_hashes};
use std::fs;

const COUNT: &str = "count dansk --data udtræk";

#[test]
fn counts_on_a_day() {
    insta::assert_snapshot!(told(&format!("{COUNT} --as-of 2017-07-31")));
}

#[test]
fn counts_on_a_day_in_english() {
    insta::assert_snapshot!(told(&format!(
        "{COUNT} --as-of 2017-07-31 --known-on 2017-08-01 --lang en"
    )));
}

#[test]
fn counts_over_time() {
    insta::assert_snapshot!(told(&format!(
        "{COUNT} --from 2017-01-01 --to 2017-07-31 --every month"
    )));
}

#[test]
fn counts_as_csv_and_json() {
    insta::assert_snapshot!(told(&format!(
        "{COUNT} --from 2017-07-01 --to 2017-07-31 --every week --format csv"
    )));
    insta::assert_snapshot!(told(&format!("{COUNT} --as-of 2017-07-31 --format json")));
}

#[test]
fn counts_are_those_of_run() {
    let persons = |text: &str| -> Vec<String> {
        let lines = text.lines().skip_while(|line| !line.starts_with("Regel"));
        let lines = lines.take_while(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    for data in [
        "dansk --data udtræk --as-of 2017-07-31",
        "../../../../rules --data ../../../../tests/helsingor/udtræk --as-of 2017-07-31 --known-on 2017-08-22",
    ] {
        let run = persons(&told(&format!("run {data}")));
        assert!(run.len() > 5, "{run:?}");
        let sorted = data.contains("helsingor").then_some(" --sorted");
        for more in ["", " --threads 1", " --threads 3"]
            .into_iter()
            .chain(sorted)
        {
            assert_eq!(
                persons(&told(&format!("count {data}{more}"))),
                run,
                "{more}"
            );
        }
    }
}

#[test]
fn the_dated_states_of_everyone() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = format!("{COUNT} --from 2017-01-01 --to 2017-12-31");
    let write = |path: &std::path::Path, more: &str| {
        let line = format!("{line}{more}");
        let mut command = program();
        command.args(line.split(' ')).arg("--out").arg(path);
        let output = command.output().expect("the program runs");
        let told = shown(&format!("{line} --out forløb.csv"), &output);
        told.replace(&format!("{}/", folder.path().display()), "")
    };
    let path = folder.path().join("forløb.csv");
    insta::assert_snapshot!(write(&path, ""));
    let rows = fs::read_to_string(&path).expect("the rows");
    insta::assert_snapshot!(rows);
    let beside = fs::read_to_string(folder.path().join("forløb.csv.provenance.json"));
    insta::assert_snapshot!(without_hashes(&beside.expect("the provenance")));

    let refused = write(&path, "");
    assert!(
        refused.contains("findes allerede") && refused.ends_with("--- 2\n"),
        "{refused}"
    );
    write(&path, " --overwrite --threads 2");
    assert_eq!(fs::read_to_string(&path).expect("the rows"), rows);
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn dated_states_as_parquet_and_arrow_hold_what_they_rest_on() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["forløb.parquet", "forløb.arrow"] {
        let path = folder.path().join(name);
        let line = format!("{COUNT} --from 2017-01-01 --to 2017-12-31");
        let mut command = program();
        command.args(line.split(' ')).arg("--out").arg(&path);
        let output = command.output().expect("the program runs");
        assert!(output.status.success(), "{name}");
        let bytes = fs::read(&path).expect("the file");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("rule_set_hash"), "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2);
}

#[test]
fn counting_needs_days_and_an_extract() {
    for (line, expected) in [
        ("count dansk --data udtræk", 2),
        (
            "count dansk --data udtræk --as-of 2017-07-31 --from 2017-07-01 --to 2017-07-31",
            2,
        ),
        (
            "count dansk --data udtræk --from 2017-07-31 --to 2017-07-01",
            2,
        ),
        (
            "count dansk --data udtræk --from 2017-07-04 --to 2017-07-05 --every week",
            2,
        ),
        (
            "count ../../../../rules --data udtræk --as-of 1950-01-01",
            2,
        ),
        ("count dansk --data udtræk --as-of 2017-07-31 --sorted", 3),
        (
            "count dansk --data udtræk --as-of 2017-07-31 --threads 0",
            2,
        ),
        (
            "count dansk --data udtræk --as-of 2017-07-31 --out svar.txt",
            2,
        ),
        ("count dansk --data findes_ikke --as-of 2017-07-31", 5),
        ("count dansk --data udtræk --as-of 2017-07-31", 0),
    ] {
        assert_eq!(code(line), Some(expected), "{line}");
    }
}
