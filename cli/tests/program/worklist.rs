//! `hjemmel worklist`: on the terminal, as a workbook, as CSV and JSON, and against an earlier one.

use crate::{code, fixtures, program, shown, told};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use std::fs;
use std::path::Path;
use std::process::Command;

const LIST: &str = "worklist dansk --data udtræk --as-of 2017-07-31";
const HELSINGOR: &str = "worklist rules tests/helsingor/gennemgang.regel --data tests/helsingor/udtræk --as-of 2017-07-31 --known-on 2017-08-22 --cause årsag_til_manglende_indsats";

/// The program in the project's folder, as the README has it.
fn at_home() -> Command {
    let mut command = program();
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    command
}

/// Runs with `--out`, and what was written.
fn written(mut command: Command, line: &str, path: &Path) -> String {
    command.args(line.split(' ')).arg("--out").arg(path);
    let output = command.output().expect("the program runs");
    let text = shown(line, &output);
    assert!(output.status.success(), "{text}");
    text
}

/// The words of a line that hold no blanks but may name a path.
fn run_with(line: &str, flag: &str, path: &Path) -> String {
    let mut command = program();
    command.args(line.split(' ')).arg(flag).arg(path);
    let output = command.output().expect("the program runs");
    shown(&format!("{line} {flag} …"), &output)
}

#[test]
fn on_a_terminal() {
    insta::assert_snapshot!(told(LIST));
}

#[test]
fn in_english() {
    insta::assert_snapshot!(told(&format!(
        "{LIST} --weeks 30 --cause opfølgning --lang en"
    )));
}

#[test]
fn of_the_duties_that_are_named() {
    let home = |arguments: &str| {
        let mut command = at_home();
        let line = format!("worklist rules --data vejledning/øvelse/udtræk {arguments}");
        command.args(line.split(' '));
        let output = command.output().expect("the program runs");
        crate::without_hashes(&shown(&line, &output))
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("alle.json");
    let out = path.to_str().expect("a path");
    home(&format!("--as-of 2017-07-31 --out {out}"));
    let since = home(&format!(
        "--as-of 2017-08-28 --rule tilbud_aktivitetsparat --since {out}"
    ));
    let told = [
        home("--as-of 2017-07-31 --rule tilbud_til_unge --rule første_tilbud_jobparat"),
        since.replace(out, "alle.json"),
        home("--as-of 2017-07-31 --rule tilbud_for_unge"),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn as_csv_for_danish_excel_and_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("liste.csv");
    let people = format!("{LIST} --csv da --cause opfølgning");
    written(program(), &people, &path);
    let text = fs::read_to_string(&path).expect("the list");
    assert!(text.starts_with('\u{feff}'), "Excel wants the mark");
    insta::assert_snapshot!(text.trim_start_matches('\u{feff}'));
    written(program(), &format!("{LIST} --overwrite"), &path);
    insta::assert_snapshot!(fs::read_to_string(&path).expect("the list"));
}

#[test]
fn as_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("liste.json");
    written(program(), LIST, &path);
    let text = fs::read_to_string(&path).expect("the list");
    insta::assert_snapshot!(crate::without_hashes(&text));
}

/// The extract of the fixtures, and beside it who works with whom, declared in a rule file of its own.
fn with_teams(folder: &Path, sensitive: &str) {
    for entry in fs::read_dir(fixtures().join("udtræk")).expect("the extract") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_owned();
        fs::copy(&path, folder.join(name)).expect("a copy");
    }
    let mapping = folder.join("udtræk.toml");
    let text = fs::read_to_string(&mapping).expect("the mapping");
    let columns = "[arbejdsliste]\nkolonner = [\"ansvarlig.team\", \"ansvarlig.sagsbehandler\"]\n";
    fs::write(mapping, format!("{text}\n{columns}")).expect("the mapping");
    let rows = "sag;fra;til;team;sagsbehandler\nS1;2017-01-01;2017-06-30;unge;AA\nS1;2017-07-01;fortsat;voksne;=BB\n";
    fs::write(folder.join("ansvarlig.csv"), rows).expect("the rows");
    let rules = format!(
        "data ansvarlig \"Ansvarlig\"\n  perioder\n  team er en af unge, voksne\n  sagsbehandler er tekst{sensitive}\n"
    );
    fs::write(folder.join("ansvarlig.regel"), rules).expect("the rules");
}

/// The list with the columns of [`with_teams`], as CSV for people.
fn team_list(sensitive: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let extract = folder.path().join("udtræk");
    fs::create_dir(&extract).expect("a folder");
    with_teams(&extract, sensitive);
    let list = folder.path().join("liste.csv");
    let output = program()
        .args(["worklist", "dansk"])
        .arg(extract.join("ansvarlig.regel"))
        .arg("--data")
        .arg(&extract)
        .args([
            "--as-of",
            "2017-07-31",
            "--csv",
            "da",
            "--weeks",
            "30",
            "--out",
        ])
        .arg(&list)
        .output()
        .expect("the program runs");
    if output.status.success() {
        return Ok(fs::read_to_string(list).expect("the list"));
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn who_works_with_the_case_stands_beside_it() {
    let list = team_list("").expect("a list");
    let lines = list.lines().map(|line| {
        let cells: Vec<&str> = line.trim_start_matches('\u{feff}').split(';').collect();
        cells[..3].join(";")
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_sensitive_is_no_column() {
    let refused = team_list(", følsom").expect_err("refused");
    assert!(
        refused.contains("ansvarlig.sagsbehandler er følsom"),
        "{refused}"
    );
}

#[test]
fn cpr_numbers_are_not_shown_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(fixtures().join("udtræk")).expect("the extract") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        let text = text
            .replace("S1;", "010170-1234;")
            .replace("S4;", "0202701234;");
        let name = path.file_name().expect("a name");
        fs::write(folder.path().join(name), text).expect("a copy");
    }
    let line = "worklist dansk --as-of 2017-07-31 --lang en";
    let said = run_with(line, "--data", folder.path());
    assert!(
        said.contains("2 cases; the keys look like CPR numbers"),
        "{said}"
    );
    assert!(!said.contains("1234"), "{said}");
}

#[test]
fn since_a_run_or_a_list_or_an_earlier_knowledge_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let earlier = "--as-of 2017-04-30";
    let mut said = Vec::new();
    for name in ["liste.json", "liste.csv"] {
        let path = folder.path().join(name);
        written(
            program(),
            &format!("worklist dansk --data udtræk {earlier}"),
            &path,
        );
        said.push(run_with(LIST, "--since", &path));
    }
    assert_eq!(said[0], said[1], "the two forms tell the same");
    insta::assert_snapshot!(said[0]);
    let path = folder.path().join("svar.csv");
    written(
        program(),
        &format!("run dansk --data udtræk {earlier}"),
        &path,
    );
    assert_eq!(run_with(LIST, "--since", &path), said[0], "so does a run");
}

#[test]
fn an_earlier_list_that_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("a.json", "{}"), ("a.json", "["), ("a.xlsx", "")] {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        let said = run_with(LIST, "--since", &path);
        assert!(
            said.contains("--- 2\n") && said.contains("ikke en liste"),
            "{said}"
        );
    }
}

#[test]
fn lists_that_cannot_be_made() {
    for (line, expected) in [
        ("worklist dansk --data udtræk", 2),
        (&format!("{LIST} --out liste.txt"), 2),
        (&format!("{LIST} --out liste.json --csv da"), 2),
        (&format!("{LIST} --csv da"), 2),
        (&format!("{LIST} --cause tilbudspligt"), 2),
        (&format!("{LIST} --weeks 521"), 2),
        (&format!("{LIST} --since findes_ikke.json"), 2),
        (&format!("{LIST} --since-known 2017-02-30"), 2),
        ("worklist dansk --data findes_ikke --as-of 2017-07-31", 5),
        (LIST, 0),
    ] {
        assert_eq!(code(line), Some(expected), "{line}");
    }
}

/// The cells of a sheet's row.
fn row(sheet: &calamine::Range<Data>, at: usize) -> Vec<Data> {
    sheet.rows().nth(at).expect("a row").to_vec()
}

#[test]
fn helsingor_as_a_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("liste.xlsx");
    let line = format!("{HELSINGOR} --since-known 2017-07-31");
    let told = written(at_home(), &line, &path);
    let told = told.replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!(told);
    let mut workbook: Xlsx<_> = open_workbook(&path).expect("a workbook");
    let names = [
        "Arbejdsliste",
        "Kommende ændringer",
        "Antal",
        "Siden sidst",
        "Grundlag",
    ];
    assert_eq!(workbook.sheet_names(), names);
    let list = workbook.worksheet_range("Arbejdsliste").expect("the list");
    let headings = row(&list, 0);
    let at = |heading: &str| {
        let heading = Data::String(heading.to_owned());
        headings
            .iter()
            .position(|it| *it == heading)
            .expect("a column")
    };
    let first = row(&list, 1);
    assert_eq!(
        first[at("Tilstand")],
        Data::String("overskredet".to_owned())
    );
    assert!(
        matches!(first[at("Sidste dag")], Data::DateTime(_)),
        "a date is a date"
    );
    assert!(
        matches!(first[at("Dage over")], Data::Float(_)),
        "a number is a number"
    );
    // Overdue ones first and the longest first; as many rows as the terminal counts.
    let days: Vec<f64> = list
        .rows()
        .skip(1)
        .map_while(|row| match row[at("Dage over")] {
            Data::Float(days) => Some(days),
            _ => None,
        })
        .collect();
    let counts = workbook.worksheet_range("Antal").expect("the counts");
    let overdue = counts.rows().skip(1).map(|row| match row[1] {
        Data::Float(count) => count,
        _ => panic!("a count"),
    });
    assert_eq!(days.len().to_string(), overdue.sum::<f64>().to_string());
    assert!(days.is_sorted_by(|a, b| a >= b));
    // Every sheet is a real table but the last, which is read from top to bottom.
    workbook.load_tables().expect("tables");
    assert_eq!(workbook.table_names().len(), 4);
    for name in names {
        let formulas = workbook.worksheet_formula(name).expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "{name}");
    }
}
