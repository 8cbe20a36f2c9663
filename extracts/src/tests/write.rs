//! Result files: their bytes, and that they are whole or not there.

use crate::write::*;
use crate::{SaveOptions, WriteFault, save};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use insta::assert_snapshot;
use std::path::Path;

fn rows() -> Vec<OutcomeRow> {
    vec![
        OutcomeRow {
            case: Personal::new("a"),
            rule: "tilbudspligt".to_owned(),
            state: "overskredet".to_owned(),
            since: Day::from_ymd(2017, 7, 10),
            due: Day::from_ymd(2017, 7, 9),
            ground: "=HYPERLINK(\"x\"), og mere".to_owned(),
            basis: "LAB § 92, stk. 2".to_owned(),
            ..OutcomeRow::default()
        },
        OutcomeRow {
            case: Personal::new("-1"),
            missing: "＝1\nny linje".to_owned(),
            ..OutcomeRow::default()
        },
    ]
}

fn provenance() -> Provenance {
    Provenance {
        rule_set_hash: "r".to_owned(),
        extract_hash: "e".to_owned(),
        engine_version: "0.1.0".to_owned(),
        as_of: Day::from_ymd(2017, 7, 31),
        ..Provenance::default()
    }
}

#[test]
fn csv_is_rfc_4180_without_formulas() {
    let mut out = Vec::new();
    write_csv(&mut out, &rows()).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap().replace('\r', "␍"), @r#"
    case,rule,state,since,until,due,ground,basis,missing,override_state,override_by,override_registered␍
    a,tilbudspligt,overskredet,2017-07-10,,2017-07-09,"'=HYPERLINK(""x""), og mere","LAB § 92, stk. 2",,,,␍
    '-1,,,,,,,,"'＝1
    ny linje",,,␍
    "#);
}

#[test]
fn what_is_neutralised_is_read_back_as_it_was() {
    for cell in ["=1", "'=1", "''-", "'a", "-5", "a=1", "", "'", "＠x"] {
        let written = neutral(cell);
        assert!(!written.starts_with(['=', '-', '＠']), "{written}");
        assert_eq!(natural(&written), cell);
    }
}

#[test]
fn json_is_exact() {
    let mut out = Vec::new();
    write_json(&mut out, &provenance(), &rows()[1..]).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
    {
      "provenance": {
        "rule_set_hash": "r",
        "extract_hash": "e",
        "engine_version": "0.1.0",
        "approval": "draft",
        "as_of": "2017-07-31",
        "from": null,
        "to": null,
        "known_on": null
      },
      "rows": [
        {
          "case": "-1",
          "rule": "",
          "state": "",
          "since": null,
          "until": null,
          "due": null,
          "ground": "",
          "basis": "",
          "missing": "＝1\nny linje",
          "override_state": "",
          "override_by": "",
          "override_registered": null
        }
      ]
    }
    "#);
    let row = TimelineRow {
        from: Day::from_ymd(2017, 1, 1),
        ..TimelineRow::default()
    };
    let mut out = Vec::new();
    write_csv(&mut out, &[row]).unwrap();
    assert_eq!(
        out,
        b"case,rule,state,from,to,ground,basis,missing\r\n,,,2017-01-01,,,,\r\n"
    );
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_csv_comes_with_its_provenance_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ud.csv");
    let options = SaveOptions::default();
    save(&path, Format::Csv, &provenance(), &rows(), options).unwrap();
    assert_eq!(names(folder.path()), ["ud.csv", "ud.csv.provenance.json"]);
    let sidecar = std::fs::read_to_string(folder.path().join("ud.csv.provenance.json")).unwrap();
    assert_snapshot!(sidecar, @r#"
    {
      "provenance": {
        "rule_set_hash": "r",
        "extract_hash": "e",
        "engine_version": "0.1.0",
        "approval": "draft",
        "as_of": "2017-07-31",
        "from": null,
        "to": null,
        "known_on": null
      },
      "file": "ud.csv",
      "sha256": "ac6609dc488796d0f8197374373d4e25ee452b56d920327cbd544c9ebed5c497"
    }
    "#);
    let again = save(&path, Format::Csv, &provenance(), &rows()[1..], options);
    assert_eq!(again.unwrap_err().fault, WriteFault::Exists);
    let replace = SaveOptions {
        replace: true,
        ..options
    };
    save(&path, Format::Csv, &provenance(), &rows()[1..], replace).unwrap();
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn nothing_is_written_into_the_extract_or_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let extract = folder.path().join("udtræk");
    std::fs::create_dir_all(extract.join("under")).unwrap();
    let options = SaveOptions {
        replace: true,
        extract: Some(&extract),
        ..SaveOptions::default()
    };
    let fault = |name: &str, extract: &Path| {
        let options = SaveOptions {
            extract: Some(extract),
            ..options
        };
        let path = folder.path().join(name);
        save(&path, Format::Json, &provenance(), &rows(), options)
            .unwrap_err()
            .fault
    };
    assert_eq!(fault("udtræk/ud.json", &extract), WriteFault::InsideExtract);
    assert_eq!(
        fault("udtræk/under/../ud.json", &extract),
        WriteFault::InsideExtract
    );
    let book = folder.path().join("u.xlsx");
    std::fs::write(&book, "x").unwrap();
    assert_eq!(fault("u.xlsx", &book), WriteFault::InsideExtract);
    assert_eq!(fault("u.toml", &book), WriteFault::InsideExtract);
    assert_eq!(fault("udtræk", &book), WriteFault::NotAFile);
    assert_eq!(
        fault("mangler/ud.json", &book),
        WriteFault::Io(std::io::ErrorKind::NotFound)
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("u.xlsx", folder.path().join("link")).unwrap();
        assert_eq!(fault("link", &extract), WriteFault::NotAFile);
    }
    assert!(names(&extract) == ["under"] && std::fs::read(&book).unwrap() == b"x");
}

#[test]
fn who_approved_the_rules_is_named() {
    let approved_by = vec!["jurist".to_owned(), "leder".to_owned()];
    let approved = Provenance {
        approval: Approval::Approved { approved_by },
        ..provenance()
    };
    let json = serde_json::to_value(&approved).unwrap();
    assert_eq!(json["approval"], "approved");
    assert_eq!(json["approved_by"], serde_json::json!(["jurist", "leder"]));
    let said = approved.named();
    assert_eq!(said["approval"], "Reglerne er godkendt af jurist og leder");
    assert!(provenance().named()["approval"].starts_with("Udkast: "));
}
