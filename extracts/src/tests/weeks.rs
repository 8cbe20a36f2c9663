//! A column for each week: what is read, and what refuses the extract.

use super::*;
use insta::assert_snapshot;

const MAPPING: &str = r#"
[tabel.ydelse]
fil = "register.csv"
uger = { kolonner = "y_ÅÅUU", koder = "koder.csv" }
"#;
const CODES: &str = "kode;tabel;felt;værdi\n730;ydelse;art;kontanthjælp\n111;;;\n";
const REGISTER: &str = "sag;y_1552;y_1553;y_1601\na;730;730;111\n";

/// The extract with one of its files as given.
fn with(name: &str, text: &str) -> String {
    let files = [
        ("udtræk.toml", MAPPING),
        ("koder.csv", CODES),
        ("register.csv", REGISTER),
    ];
    read(&files.map(|(own, usual)| (own, if own == name { text } else { usual })))
}

#[test]
fn runs_of_weeks_over_the_turn_of_a_long_year() {
    assert_snapshot!(with("", ""), @r"
    a
      ydelse 2015-12-21–2016-01-03 art=kontanthjælp timer=? (register.csv:2)
    ");
}

#[test]
fn years_may_be_whole_and_weeks_come_first() {
    let mapping = MAPPING.replace("y_ÅÅUU", "UGE UU/ÅÅÅÅ");
    let register = "sag,UGE 53/2015,UGE 01/2016\na,730,730\n";
    let files = [
        ("udtræk.toml", mapping.as_str()),
        ("koder.csv", CODES),
        ("register.csv", register),
    ];
    assert_snapshot!(read(&files), @r"
    a
      ydelse 2015-12-28–2016-01-10 art=kontanthjælp timer=? (register.csv:2)
    ");
}

#[test]
fn what_cannot_be_trusted_is_refused() {
    let mut told = String::new();
    let all = [
        ("register.csv", "sag;y_1552;y_1601\na;730;730\n"),
        ("register.csv", "sag;y_1453;y_1501\na;730;730\n"),
        ("register.csv", "sag;y_1601;y_1602\na;731;730\n"),
        ("register.csv", "sag;y_1601;y_1602\na;010190-1234;730\n"),
        ("register.csv", "sag;y_1601;y_1602\na;730\n"),
        ("register.csv", "person;y_1601;y_1602\na;730;730\n"),
        ("register.csv", "sag;uge1;uge2\na;730;730\n"),
        ("koder.csv", "kode;tabel;felt\n730;ydelse;art\n"),
        (
            "koder.csv",
            "kode;tabel;felt;værdi\n730;ydelse;art;dagpenge\n",
        ),
        (
            "koder.csv",
            "kode;tabel;felt;værdi\n730;ydelser;art;kontanthjælp\n",
        ),
        (
            "udtræk.toml",
            "[tabel.ydelse]\nfil = \"register.csv\"\nuger = { kolonner = \"y_ÅÅ\", koder = \"koder.csv\" }\n",
        ),
        (
            "udtræk.toml",
            "[tabel.ydelse]\nfil = \"register.csv\"\nuger = { kolonner = \"y_ÅÅUU\", koder = \"findes_ikke.csv\" }\n",
        ),
    ];
    for (name, text) in all {
        let refused = with(name, text);
        assert!(refused.starts_with("REFUSED"), "{refused}");
        told += &refused;
    }
    assert!(!told.contains("0101"), "a CPR number is never shown");
    assert_snapshot!(told);
}
