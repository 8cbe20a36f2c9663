//! No value of an extract stands in anything that is said about it, whatever is wrong.

use super::*;
use crate::check::check;

/// Names, keys and notes, each in every place of a file, with every kind of damage.
#[test]
fn nothing_secret_stands_in_any_message() {
    let secrets = [
        "0101701234",
        "010170-1234",
        "Hemmelig Hansen-Jensen Petersen",
        "depression efter fødsel og sorg",
    ];
    let head = "sag;fra;til;grund;note\n";
    for secret in secrets {
        let rows = [
            format!("{secret};{secret};{secret};{secret};{secret}\n"),
            format!("{secret};2017-01-01;fortsat;{secret};\"{secret}\n"),
            format!("{secret};2017-01-01;fortsat;a\"{secret};{secret}\n"),
            format!("{secret};2017-01-01;fortsat\n"),
            format!("{secret};2017-01-01;fortsat;barsel;{secret};{secret}\n"),
            format!("{secret};2017-01-01;;barsel;{secret}\n"),
            format!("{secret};2017-01-01;2016-01-01;barsel;{secret}\u{0}\n"),
            format!("{secret};2017-01-01;2016-01-01;barsel;{secret}\n").repeat(2),
        ];
        for row in rows {
            said(secret, &[("fravær.csv", format!("{head}{row}"))]);
            // The same without headings: the first row is taken for them.
            said(secret, &[("fravær.csv", row.clone())]);
            said(
                secret,
                &[(
                    "fravær.csv",
                    format!("sag;fra;til;grund;note;{secret}\n{row}"),
                )],
            );
        }
        // A field that may be shown is hidden for what stands in it.
        let row = format!("sag;fra;til;art\n{secret};2017-01-01;fortsat;{secret}\n");
        said(secret, &[("ydelse.csv", row)]);
        let mapped = format!("[tabel.fravær]\nkoder.grund = {{ \"{secret}\" = \"barsel\" }}\n");
        let row = format!("{head}{secret};2017-01-01;fortsat;x;{secret}\n");
        said(secret, &[("udtræk.toml", mapped), ("fravær.csv", row)]);
    }
}

fn said(secret: &str, files: &[(&str, String)]) {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let folder = folder(&files);
    let report = check(folder.path(), &model(), &Options::default());
    let heading = |text: &str| {
        text.contains(&format!("kolonne \"{secret}\""))
            || text.contains(&format!("column \"{secret}\""))
    };
    for language in [Language::Danish, Language::English] {
        let text = report.render(language);
        // A heading that is no CPR number may be named.
        let lines = text
            .lines()
            .filter(|line| !heading(line) || crate::hide::holds_cpr(secret));
        for line in lines {
            assert!(!line.contains(secret), "{line}");
        }
    }
    let json = serde_json::to_string(&report).unwrap();
    assert!(
        !crate::hide::holds_cpr(secret) || !json.contains(secret),
        "{json}"
    );
    let draft = crate::draft(folder.path(), &model()).unwrap();
    assert!(
        !crate::hide::holds_cpr(secret) || !draft.contains(secret),
        "{draft}"
    );
}

/// Nor in what the types say of themselves that hold it on the way: a message, a log or a panic that shows one by
/// oversight shows nothing.
#[test]
fn nothing_secret_stands_in_what_types_say_of_themselves() {
    let secret = "Hemmelig";
    let mut keys = crate::Keys::default();
    keys.push(secret);
    let mut numbered = crate::numbered::Numbered::default();
    numbered.number(secret);
    let mut persons = crate::persons::Persons::default();
    persons.number(secret);
    let mut texts = crate::chunk::TextNumbers::new(true);
    texts.person(secret);
    texts.number(secret);
    let cell = crate::record::Cell {
        value: crate::record::CellValue::Text(secret),
        line: 1,
        column: 1,
    };
    let record = crate::record::Record {
        line: 1,
        cells: vec![cell],
    };
    let row = crate::write::OutcomeRow {
        case: hjemmel_engine::personal::Personal::new(secret),
        ..Default::default()
    };
    let line = crate::FilledLine {
        comment: hjemmel_engine::personal::Personal::new(secret),
        ..Default::default()
    };
    let files = [
        (
            "person.csv",
            format!("sag;født;køn\n{secret};1975-05-04;kvinde\n"),
        ),
        (
            "fravær.csv",
            format!("sag;fra;til;grund;note\n{secret};2017-01-01;fortsat;barsel;{secret}\n"),
        ),
    ];
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let extract = read_path(&model(), folder(&files).path());
    let sample = crate::sample::Sample {
        rows: vec![vec![secret.to_owned()]],
        ..Default::default()
    };
    let said = [
        format!("{keys:?} {numbered:?} {persons:?} {texts:?}"),
        format!("{cell:?} {record:#?} {sample:?}"),
        format!(
            "{row:?} {:?} {line:?}",
            crate::write::ResultRow::cells(&row)
        ),
        format!("{extract:?}"),
    ];
    for text in said {
        assert!(text.contains("‹skjult›"), "{text}");
        assert!(!text.contains(secret), "{text}");
    }
}
