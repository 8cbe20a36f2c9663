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
