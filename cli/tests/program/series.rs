//! `hjemmel series`.

use crate::{code, program, shown, told, without_hashes};
use std::fs;

const SERIES: &str = "series dansk --data udtræk --from 2017-06-01 --to 2017-07-31";
const ODENSE: &str = "rules tests/odense/opgørelse.regel --data tests/odense/udtræk";

/// Runs a command line in the project's folder, as the README has it.
fn told_at_home(line: &str) -> String {
    let mut command = program();
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(line.split(' '));
    shown(line, &command.output().expect("the program runs"))
}

/// The three figures of the memo of 15 December 2017, and the weeks between.
#[test]
fn the_autumn_of_odense() {
    insta::assert_snapshot!(told_at_home(&format!(
        "series {ODENSE} --measure andel_med_indsats --from 2017-09-04 --to 2017-12-10"
    )));
}

#[test]
fn series_as_text_csv_and_json() {
    insta::assert_snapshot!(told(&format!("{SERIES} --every month --lang en")));
    insta::assert_snapshot!(told(&format!("{SERIES} --format csv")));
    insta::assert_snapshot!(told(&format!("{SERIES} --every month --format json")));
}

/// The counts that `run` finds one day at a time, in all and for each group.
#[test]
fn series_are_those_of_run() {
    let data = "--data tests/helsingor/udtræk --known-on 2017-08-22";
    let rules = "rules tests/odense/opgørelse.regel";
    let days = ["2017-06-26", "2017-07-17", "2017-07-31"];
    let of_run = days.map(|day| told_at_home(&format!("run {rules} {data} --as-of {day}")));
    let mut compared = 0;
    for more in ["", " --sorted", " --threads 1"] {
        let series = told_at_home(&format!(
            "series {rules} {data} --from 2017-06-26 --to 2017-07-31 --format csv{more}"
        ));
        for (day, run) in days.iter().zip(&of_run) {
            let ours = series.lines().filter_map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                (cells.get(2) == Some(day)).then(|| [cells[5], cells[6], cells[8]].join(" "))
            });
            let ours: Vec<String> = ours.collect();
            let measures = run.lines().skip_while(|line| !line.starts_with("Måling"));
            let rows = measures.skip(2).take_while(|line| !line.is_empty());
            let theirs: Vec<String> = rows
                .map(|line| {
                    let cells: Vec<&str> = line.split_whitespace().rev().collect();
                    // Count, out of, share, a per cent sign, unknown.
                    [cells[4], cells[3], cells[0]].join(" ").replace('.', "")
                })
                .collect();
            assert_eq!(ours, theirs, "{day}{more}");
            compared += ours.len();
        }
    }
    assert_eq!(
        compared,
        3 * 3 * 6,
        "two measures, in all and for two groups"
    );
}

#[test]
fn series_in_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, more: &str| {
        let path = folder.path().join(name);
        let line = format!("{SERIES} --every month{more}");
        let mut command = program();
        command.args(line.split(' ')).arg("--out").arg(&path);
        command.output().expect("the program runs").status.code()
    };
    for name in ["målinger.csv", "målinger.xlsx", "målinger.json"] {
        assert_eq!(write(name, ""), Some(0), "{name}");
        assert_eq!(write(name, ""), Some(2), "{name} is there already");
        assert_eq!(write(name, " --overwrite"), Some(0), "{name}");
    }
    assert_eq!(write("til_excel.csv", " --csv da"), Some(0));
    let text = fs::read_to_string(folder.path().join("til_excel.csv")).expect("the file");
    insta::assert_snapshot!(text.replace('\r', ""));
    let beside = fs::read_to_string(folder.path().join("målinger.csv.provenance.json"));
    insta::assert_snapshot!(without_hashes(&beside.expect("the provenance")));
}

#[test]
fn a_series_needs_days_and_a_measure() {
    for (line, expected) in [
        ("series dansk --data udtræk --from 2017-06-01", 2),
        (
            "series dansk --data udtræk --from 2017-06-02 --to 2017-06-01",
            2,
        ),
        (
            "series dansk --data udtræk --from 2017-06-06 --to 2017-06-07",
            2,
        ),
        (&format!("{SERIES} --measure findes_ikke"), 2),
        (&format!("{SERIES} --out målinger.txt"), 2),
        (&format!("{SERIES} --csv da"), 2),
        (SERIES, 0),
    ] {
        assert_eq!(code(line), Some(expected), "{line}");
    }
}
