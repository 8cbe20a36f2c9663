//! What examples exercise, in pictures: rules with their examples, and what is lacking.

#![cfg(test)]

use hjemmel_engine::coverage::{Entry, Never, Status, coverage};
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::{Sources, parse_provisions};
use std::fmt::Write as _;

const SCHEMA: &str = "\
lov LAB \"Loven\"

data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data indsats
  perioder fuldstændig
  art er en af praktik, kursus, mentor
  timer er tal

";

/// The rules, what examples speak of each, and the conditions that they do not exercise.
fn picture(rules: &str) -> String {
    let mut sources = Sources::new();
    sources.add("data.regel", SCHEMA);
    let file = sources.add("regler.regel", rules);
    let checked = hjemmel_engine::check(&sources);
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|it| &it.message.da)
        .collect();
    assert!(checked.is_usable(), "{errors:?}");
    let mut out = format!("{rules}---\n");
    for rule in coverage(&checked.model, &[]).rules {
        let _ = writeln!(out, "{}: {} conditions", rule.name, rule.conditions);
        for part in rule.parts {
            let own = part.examples.iter().filter(|it| it.direct).count();
            let (from, others) = (part.days.start, part.examples.len() - own);
            let _ = writeln!(out, "  from {from}: {own} + {others} examples");
        }
        for gap in rule.gaps {
            assert_eq!(gap.site.file, file);
            let never = match gap.never {
                Never::Yes => "never yes",
                Never::No => "never no",
                Never::Either => "neither",
            };
            let _ = writeln!(out, "  {never}: {}", sources.slice(gap.site));
        }
    }
    out
}

#[test]
fn what_is_below_not_and_exceptions() {
    insta::assert_snapshot!(picture(
        "\
begreb uden_indsats
  hjemmel LAB § 1
  når ydelse og ikke indsats
    dog ikke når indsats.art er mentor
    dog også når ydelse.art er uddannelseshjælp

begreb ingen_af_dem
  hjemmel LAB § 2
  når ingen af:
    - indsats.art er kursus
    - indsats.art er praktik

eksempel \"Et kursus midt i en periode med ydelse\"
  givet
    ydelse kontanthjælp fra 2. januar 2017 til 31. marts 2017
    indsats kursus fra 1. februar 2017 til 28. februar 2017
  så
    uden_indsats er nej fra 1. februar 2017 til og med 28. februar 2017
    ingen_af_dem er nej fra 1. februar 2017 til og med 28. februar 2017
"
    ));
}

#[test]
fn links_of_conditions_on_rows() {
    insta::assert_snapshot!(picture(
        "\
begreb tilbud
  hjemmel LAB § 1
  når indsats hvor alle af:
    - mindst én af:
      - art er praktik
      - art er kursus
    - ikke timer er under 2
    - varighed er mindst 2 uger

eksempel \"Praktik i to uger og i tre dage\"
  givet
    indsats praktik, timer 37 fra 2. januar 2017 til 15. januar 2017
    indsats praktik, timer 37 fra 1. marts 2017 til 3. marts 2017
  så
    tilbud er ja fra 2. januar 2017 til og med 15. januar 2017
    tilbud er nej den 1. marts 2017
"
    ));
}

#[test]
fn only_the_days_that_an_example_is_about() {
    insta::assert_snapshot!(picture(
        "\
begreb længe
  hjemmel LAB § 1
  når ydelse i mindst 6 måneder

eksempel \"Seks måneder er ikke gået den dag, eksemplet taler om\"
  givet
    ydelse kontanthjælp fra 2. januar 2017, fortsat
  så
    længe er nej den 1. februar 2017
"
    ));
}

#[test]
fn what_is_known_of_a_day_when_a_later_one_looks_back() {
    insta::assert_snapshot!(picture(
        "\
begreb dagen_før
  hjemmel LAB § 1
  når højst 1 dag før ydelse begynder

begreb netop_begyndt
  hjemmel LAB § 2
  når dagen_før inden for de seneste 2 dage

eksempel \"Hvad der begynder, kendes først den dag\"
  givet
    ydelse kontanthjælp fra 10. januar 2017, fortsat
  så
    netop_begyndt er ja fra 10. januar 2017 til og med 11. januar 2017
"
    ));
}

#[test]
fn each_version_by_its_own_law() {
    insta::assert_snapshot!(picture(
        "\
parameter grænse
  hjemmel LAB § 1
  værdi 2 gælder fra 1. januar 2016 til 31. december 2016
  værdi 3 gælder fra 1. januar 2017 til 31. december 2018
  værdi 4 gælder fra 1. januar 2019

begreb tilbud
  hjemmel LAB § 2
  gælder fra 1. januar 2016 til 31. december 2016
  når indsats hvor timer er mindst grænse

begreb tilbud
  hjemmel LAB § 3
  gælder fra 1. januar 2017
  når indsats hvor timer er mindst grænse og art er ikke mentor

eksempel \"Tre timer over et årsskifte\"
  givet
    indsats praktik, timer 3 fra 1. november 2016 til 28. februar 2017
  så
    tilbud er ja fra 1. november 2016 til og med 28. februar 2017
"
    ));
}

#[test]
fn one_basis_after_the_other() {
    insta::assert_snapshot!(picture(
        "\
begreb tilbud
  hjemmel LAB § 2 gælder til 31. december 2019
  hjemmel LAB § 3 gælder fra 1. januar 2020
  gælder fra 1. januar 2016
  ubekræftet \"Et tvivlsmærke deler ikke reglen\" gælder fra 1. juli 2017
  når indsats.art er praktik

eksempel \"Praktik fra juni til august\"
  givet
    indsats praktik fra 1. juni 2017 til 31. august 2017
  så
    tilbud er ja fra 1. juni 2017 til og med 31. august 2017
"
    ));
}

#[test]
fn transitions_reach_back() {
    insta::assert_snapshot!(picture(
        "\
begreb tilbud
  hjemmel LAB § 2
  gælder fra 1. januar 2016 til 31. december 2019
  når indsats

begreb tilbud
  hjemmel LAB § 3
  gælder fra 1. januar 2020
  når indsats.art er praktik

overgang gamle for tilbud
  hjemmel LAB § 4
  gælder fra 1. januar 2020
  perioder begyndt før 1. januar 2020 bedømmes efter reglerne 31. december 2019

eksempel \"Et kursus fra før lovændringen\"
  givet
    indsats kursus fra 1. november 2019 til 28. februar 2020
  så
    tilbud er ja den 1. februar 2020
"
    ));
}

#[test]
fn what_parameters_decide_is_not_asked_of_examples() {
    insta::assert_snapshot!(picture(
        "\
parameter kursus_tæller
  hjemmel LAB § 1
  værdi nej gælder fra 1. januar 2016

begreb kursus
  hjemmel LAB § 2
  gælder fra 1. januar 2016
  når indsats.art er kursus og kursus_tæller

begreb tilbud
  hjemmel LAB § 3
  gælder fra 1. januar 2016
  når indsats.art er praktik eller kursus

eksempel \"Praktik og kursus\"
  givet
    indsats kursus fra 2. januar 2017 til 31. januar 2017
    indsats praktik fra 1. februar 2017 til 28. februar 2017
  så
    tilbud er ja fra 1. februar 2017 til og med 28. februar 2017
"
    ));
}

#[test]
fn measures_by_what_they_count_and_what_was_known() {
    insta::assert_snapshot!(picture(
        "\
opdeling opfølgning
  hjemmel LAB § 1
  i rækkefølge
  ikke_med når ikke ydelse
  med      når indsats kendt pr. 1. marts 2017
  uden     ellers

måling andel
  hjemmel LAB § 2
  tæl opfølgning er uden
  ud af opfølgning er en af med, uden
  grænse under største_andel procent
  hver måned

parameter største_andel
  hjemmel LAB § 3
  værdi 20 gælder fra 1. januar 1900 til 31. december 2022
  værdi 30 gælder fra 1. januar 2023

eksempel \"Indsatsen er registreret for sent\"
  givet
    ydelse kontanthjælp fra 2. januar 2017 til 28. februar 2017
    indsats praktik, registreret 2. marts 2017 fra 1. februar 2017 til 28. februar 2017
  så
    opfølgning er uden fra 2. januar 2017 til og med 28. februar 2017
"
    ));
}

#[test]
fn provisions_by_place_act_and_time() {
    let mut sources = Sources::new();
    sources.add(
        "data.regel",
        SCHEMA.replace(
            "\"Loven\"\n",
            "\"Loven\"\n  udgave LBK 1342/2016 gælder fra 1. januar 2016 til 31. december 2019\n",
        ),
    );
    sources.add(
        "regler.regel",
        "begreb a\n  hjemmel LBK 1342/2016 § 7, stk. 2, og BEK 9/2016 § 3, og § 4\n  gælder fra 1. januar 2016 til 31. december 2019\n  når ydelse\n",
    );
    let model = hjemmel_engine::check(&sources).model;
    let entry = |text: &str, year: i32| Entry {
        provision: parse_provisions(text).unwrap()[0].clone(),
        days: Period::new(Day::from_ymd(year, 1, 1).unwrap(), Day::END),
        subject: String::new(),
        not_encoded: None,
    };
    let entries = [
        entry("BEK 9/2016 § 3", 2020),
        entry("BEK 10/2016 § 3", 2016),
        entry("LAB § 7, stk. 3", 2016),
        entry("LAB § 7", 2019),
    ];
    let found = coverage(&model, &entries);
    // An edition of an act is that act; the register of a document is not that of another.
    let told = found.provisions.iter().map(|it| (it.entry, it.status));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (3, Status::Covered),
            (2, Status::Missing),
            (0, Status::Missing),
            (1, Status::Missing),
        ]
    );
    let astray = found.astray.iter();
    let astray = astray.map(|it| (it.citation.provision.to_string(), it.other_days));
    assert_eq!(
        astray.collect::<Vec<_>>(),
        [
            ("BEK 9/2016 § 3".to_owned(), true),
            ("BEK 9/2016 § 4".to_owned(), false),
        ]
    );
    assert_eq!(found.without_example(), [(0, 0)]);
}
