//! Reports about extracts.

use super::*;
use crate::check::check;
use insta::assert_snapshot;

fn report(files: &[(&str, &str)]) -> crate::check::Report {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let folder = folder(&files);
    check(folder.path(), &model(), &Options::default())
}

#[test]
fn a_report_says_what_is_there_and_what_is_missing() {
    let report = report(&[
        ("udtræk.toml", "udtræksdato = 2017-07-31\n"),
        (
            "person.csv",
            "sag;født;køn\na;1990-01-01;\nb;1980-01-01;mand\n",
        ),
        (
            "ydelse.csv",
            "sag;fra;til;art;timer;registreret\n\
            a;2016-01-01;2016-06-30;kontanthjælp;;2016-01-01\n\
            a;2016-06-30;fortsat;uddannelseshjælp;;\n\
            a;2016-07-01;2016-08-01;uddannelseshjælp;;2016-01-01\n\
            b;2017-08-01;ukendt;ZZ;;2016-01-01\n\
            b;2017-08-01;ukendt;ZZ;;2016-01-01\n",
        ),
        ("samtale.csv", "sag;dato;fremmøde\nb;;ja\n"),
    ]);
    assert_snapshot!(report.render(Language::Danish), @r#"
    advarsel[E3109] samtale.csv:2:3 kolonne "dato": datoen er blank: rækkens første dag er ukendt
    fejl[E3101] ydelse.csv:5:21 kolonne "art": ukendt kode "ZZ"
      hjælp: forventet kontanthjælp, uddannelseshjælp; andre koder skrives under koder i udtræk.toml
    fejl[E3101] ydelse.csv:6:21 kolonne "art": ukendt kode "ZZ"
      hjælp: forventet kontanthjælp, uddannelseshjælp; andre koder skrives under koder i udtræk.toml
    personer: 2, heraf med oplysninger, der ikke kan læses: 1; udtrukket 2017-07-31; sha256 07ee6ef2d59a…
    person (person.csv): rækker 2, personer 2
      mangler: køn 1
    ydelse (ydelse.csv): rækker 5, personer 2, 2016-01-01 til 2017-08-01
      rækker, der overlapper en anden med andre værdier, trods uden overlap: 1
      rækker, der begynder efter udtræksdatoen: 2
      mangler: art 2, registreret 1, til 2, timer 5
      ukendt kode i art: "ZZ" 2
    samtale (samtale.csv): rækker 1, personer 1
      mangler: dato 1
    fravær: ingen fil, ukendt
    særligt: ingen fil, ingen afgørelser
    "#);
    assert_snapshot!(report.render(Language::English), @r#"
    warning[E3109] samtale.csv:2:3 column "dato": the date is blank: the first day of the row is unknown
    error[E3101] ydelse.csv:5:21 column "art": unknown code "ZZ"
      help: expected kontanthjælp, uddannelseshjælp; other codes are written below koder in udtræk.toml
    error[E3101] ydelse.csv:6:21 column "art": unknown code "ZZ"
      help: expected kontanthjælp, uddannelseshjælp; other codes are written below koder in udtræk.toml
    persons: 2, of them with data that cannot be read: 1; extracted 2017-07-31; sha256 07ee6ef2d59a…
    person (person.csv): rows 2, persons 2
      missing: køn 1
    ydelse (ydelse.csv): rows 5, persons 2, 2016-01-01 to 2017-08-01
      rows that overlap another with other values, in spite of uden overlap: 1
      rows that begin after the extract was made: 2
      missing: art 2, registreret 1, til 2, timer 5
      unknown code in art: "ZZ" 2
    samtale (samtale.csv): rows 1, persons 1
      missing: dato 1
    fravær: no file, unknown
    særligt: no file, no decisions
    "#);
    assert_snapshot!(serde_json::to_string_pretty(&report.tables[1]).unwrap(), @r#"
    {
      "table": "ydelse",
      "file": "ydelse.csv",
      "assessment": false,
      "read": 5,
      "used": 5,
      "refused": 0,
      "persons": 2,
      "first": "2016-01-01",
      "last": "2017-08-01",
      "overlaps": 1,
      "after_date": 2,
      "missing": {
        "art": 2,
        "registreret": 1,
        "til": 2,
        "timer": 5
      },
      "unknown_codes": [
        {
          "field": "art",
          "code": "ZZ",
          "count": 2
        }
      ]
    }
    "#);
    assert_snapshot!(serde_json::to_string_pretty(&report.problems[0]).unwrap(), @r#"
    {
      "code": "E3109",
      "severity": "warning",
      "place": "samtale.csv:2:3",
      "file": "samtale.csv",
      "line": 2,
      "column": 3,
      "column_name": "dato",
      "message": {
        "da": "datoen er blank: rækkens første dag er ukendt",
        "en": "the date is blank: the first day of the row is unknown"
      },
      "hint": null
    }
    "#);
}

#[test]
fn a_report_on_a_refused_extract_says_why() {
    assert_snapshot!(report(&[("ydelse.csv", "")]).render(Language::Danish), @r"
    fejl[E3003] ydelse.csv:1:1: tom fil
      hjælp: et tomt udtræk er oftest et mislykket udtræk: lav det igen, eller fjern filen
    Udtrækket kan ikke bruges.
    ");
}

#[test]
fn any_row_that_shares_a_day_with_another_value_is_counted() {
    // The second row ends last and says what the third says; the first still reaches the third.
    let report = report(&[(
        "ydelse.csv",
        "sag;fra;til;art;timer\n\
        a;2017-01-01;2017-01-10;kontanthjælp;\n\
        a;2017-01-02;2017-01-20;uddannelseshjælp;\n\
        a;2017-01-08;2017-01-09;uddannelseshjælp;\n\
        a;2017-01-15;2017-01-16;uddannelseshjælp;\n",
    )]);
    assert_eq!(report.tables[1].overlaps, 2);
}
