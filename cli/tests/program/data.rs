//! `hjemmel run`, `explain` and `extract`.

use crate::{code, fixtures, program, run, shown, told, without_hashes};
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

const RUN: &str = "run dansk --data udtræk --as-of 2017-07-31";

/// Runs with `--out` in a folder of its own; what was written stands in place of stdout's path.
fn written(line: &str, name: &str) -> (String, Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = into(line, &folder.path().join(name));
    let told = shown(&format!("{line} --out {name}"), &output);
    let told = told.replace(&format!("{}/", folder.path().display()), "");
    let mut files: Vec<(String, String)> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).expect("text");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    files.sort();
    (told, files)
}

fn into(line: &str, path: &Path) -> Output {
    let mut command = program();
    command.args(line.split(' ')).arg("--out").arg(path);
    command.output().expect("the program runs")
}

#[test]
fn one_day() {
    insta::assert_snapshot!(told(RUN));
}

#[test]
fn one_day_in_english() {
    insta::assert_snapshot!(told(&format!("{RUN} --lang en --known-on 2017-08-01")));
}

#[test]
fn a_row_for_each_case_and_rule() {
    let (told, files) = written(RUN, "svar.csv");
    insta::assert_snapshot!(told);
    let [(csv, rows), (sidecar, provenance)] = files.as_slice() else {
        panic!("two files: {files:?}");
    };
    assert_eq!(
        (csv.as_str(), sidecar.as_str()),
        ("svar.csv", "svar.csv.provenance.json")
    );
    insta::assert_snapshot!(rows);
    insta::assert_snapshot!(without_hashes(provenance));
}

#[test]
fn the_rows_as_json() {
    let (_, files) = written(RUN, "svar.json");
    let [(_, json)] = files.as_slice() else {
        panic!("one file: {files:?}")
    };
    insta::assert_snapshot!(without_hashes(json));
}

#[test]
fn every_day_of_a_window() {
    let line = "run dansk --data udtræk --timeline --from 2017-06-01 --to 2017-07-31";
    let (told, files) = written(line, "forløb.csv");
    insta::assert_snapshot!(told);
    insta::assert_snapshot!(files[0].1);
}

#[test]
fn the_language_never_changes_a_file() {
    let rows = |line: &str| written(line, "svar.csv").1[0].1.clone();
    assert_eq!(rows(RUN), rows(&format!("{RUN} --lang en")));
}

#[test]
fn reasons_for_one_case() {
    insta::assert_snapshot!(told(
        "explain dansk --data udtræk --case S1 --as-of 2017-07-31"
    ));
}

#[test]
fn reasons_for_an_exemption_in_english() {
    insta::assert_snapshot!(told(
        "explain dansk --data udtræk --case S3 --as-of 2017-07-31 --rule tilbudspligt --lang en"
    ));
}

#[test]
fn reasons_for_an_unknown_answer() {
    insta::assert_snapshot!(told(
        "explain dansk --data udtræk --case-file sag.txt --as-of 2017-07-31 --rule tilbudspligt"
    ));
}

#[test]
fn sensitive_fields_are_never_shown() {
    for case in ["S1", "S2", "S3", "S4", "S5"] {
        let told = told(&format!(
            "explain dansk --data udtræk --case {case} --as-of 2017-07-31"
        ));
        assert!(!told.contains("Hemmelig"), "{told}");
    }
}

#[test]
fn an_extract_that_cannot_be_used() {
    insta::assert_snapshot!(told("run dansk --data mangler --as-of 2017-07-31"));
}

#[test]
fn an_extract_that_is_too_old() {
    insta::assert_snapshot!(told(
        "explain dansk --data udtræk --case S5 --as-of 2017-09-01 --rule få_timer"
    ));
}

#[test]
fn an_extract_examined() {
    insta::assert_snapshot!(told("extract check udtræk dansk"));
    assert_eq!(code("extract check mangler dansk"), Some(3));
    assert_eq!(code("extract check udtræk dansk --json"), Some(0));
}

#[test]
fn a_mapping_file_drafted() {
    insta::assert_snapshot!(told("extract draft udtræk dansk"));
}

#[test]
fn exit_codes() {
    assert_eq!(code(RUN), Some(0));
    assert_eq!(code(&format!("{RUN} --fail-on-unknown")), Some(1));
    assert_eq!(code("run fejl --data udtræk --as-of 2017-07-31"), Some(2));
    assert_eq!(code("run dansk --data mangler --as-of 2017-07-31"), Some(3));
    assert_eq!(
        code("run dansk --data findes_ikke --as-of 2017-07-31"),
        Some(5)
    );
    assert_eq!(
        code("explain dansk --data udtræk --case S9 --as-of 2017-07-31"),
        Some(2)
    );
    assert_eq!(
        code("explain dansk --data udtræk --case S1 --as-of 2017-07-31 --rule tilbudsplikt"),
        Some(2)
    );
}

#[test]
fn an_existing_file_is_only_replaced_on_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("svar.csv");
    fs::write(&path, "gammelt").expect("written");
    assert_eq!(into(RUN, &path).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&path).expect("read"), "gammelt");
    assert_eq!(
        into(&format!("{RUN} --overwrite"), &path).status.code(),
        Some(0)
    );
    assert!(
        fs::read_to_string(&path)
            .expect("read")
            .starts_with("case,rule")
    );
}

#[test]
fn nothing_is_written_where_it_does_not_belong() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = fixtures().join("udtræk/svar.csv");
    assert_eq!(into(RUN, &inside).status.code(), Some(2));
    assert!(!inside.exists());
    assert_eq!(
        into(RUN, &folder.path().join("mangler/svar.csv"))
            .status
            .code(),
        Some(5)
    );
    assert_eq!(
        into(RUN, &folder.path().join("svar.txt")).status.code(),
        Some(2)
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = program()
        .args(RUN.split(' '))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let output = program()
        .args(RUN.split(' '))
        .stdout(full)
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(5));
    assert!(!run(RUN).stdout.is_empty());
}

#[test]
fn the_surroundings_never_change_a_result() {
    let expected = run(RUN).stdout;
    for (name, value) in [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "en_US.UTF-8"),
        ("TZ", "Pacific/Kiritimati"),
        ("NO_COLOR", "1"),
        ("HOME", "/nowhere"),
    ] {
        let output = program()
            .args(RUN.split(' '))
            .env(name, value)
            .output()
            .expect("runs");
        assert_eq!(output.stdout, expected, "{name}={value}");
    }
}

#[cfg(unix)]
#[test]
fn odd_names_are_read_and_shown_harmlessly() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder
        .path()
        .join(OsStr::from_bytes(b"\xff\n\x1b[2Jregler"));
    fs::create_dir(&odd).expect("made");
    let rules = fixtures().join("fejl/regler.regel");
    fs::copy(rules, odd.join("a.regel")).expect("copied");
    let output = program().arg("check").arg(&odd).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stdout.contains(&0x1b));
    assert!(String::from_utf8_lossy(&output.stdout).contains("H0204"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = fixtures().join("dansk");
    std::os::unix::fs::symlink(&rules, folder.path().join("ud")).expect("a link");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("rundt")).expect("a link");
    let check = |path: &Path| {
        program()
            .arg("check")
            .arg(path)
            .output()
            .expect("runs")
            .status
            .code()
    };
    assert_eq!(check(folder.path()), Some(2));
    assert_eq!(check(&folder.path().join("ud")), Some(0));
}
