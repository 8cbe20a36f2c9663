//! H05xx to H08xx, and everything that is certain at once.

use super::{SCHEMA, check};
use crate::ActionKind;
use crate::fixture::Fixture;
use hjemmel_grammar::span::Span;

#[test]
fn versions() {
    let rules = |first: &str, second: &str| {
        let version = |validity: &str, title: &str| {
            format!("begreb {title}\n{validity}  hjemmel kilde \"a\"\n  når alder er over 3\n")
        };
        format!("{}{}", version(first, "a"), version(second, "$0a"))
    };
    let after = |first: &str, second: &str| rules(first, second).replace("$0", "");
    let newer = "  gælder fra 1. juni 2017\n";
    check(
        "H0501",
        "Lad den ældre slutte 31. maj 2017",
        &rules("", newer),
        &after("  gælder til 31. maj 2017\n", newer),
    );
    check(
        "H0501",
        "Lad den ældre slutte 31. maj 2017",
        &rules("  gælder fra 1. maj 2016\n", newer),
        &after("  gælder fra 1. maj 2016 til 31. maj 2017\n", newer),
    );
    check(
        "H0502",
        "Lad den ældre gælde til 31. maj 2017",
        &rules("  gælder til 1. maj 2017\n", newer),
        &after("  gælder til 31. maj 2017\n", newer),
    );
    check(
        "H0502",
        "Lad den nyere gælde fra 2. maj 2017",
        &rules("  gælder til 1. maj 2017\n", newer),
        &after("  gælder til 1. maj 2017\n", "  gælder fra 2. maj 2017\n"),
    );
    check(
        "H0503",
        "Swap the dates",
        "term a\n  in force from $02 May 2017 to 2017-05-01\n  basis source \"a\"\n  when age is over 3\n",
        "term a\n  in force from 2017-05-01 to 2 May 2017\n  basis source \"a\"\n  when age is over 3\n",
    );
}

#[test]
fn classifications_and_missing_clauses() {
    let rule = |branches: &str| format!("opdeling $0o\n  hjemmel kilde \"a\"\n{branches}{SCHEMA}");
    let after = |branches: &str| rule(branches).replace("$0", "");
    check(
        "H0605",
        "Tilføj grenen `øvrige ellers`",
        &rule("  med når ydelse\n"),
        &after("  med når ydelse\n  øvrige ellers\n"),
    );
    let overlapping = "  med når ydelse\n  gammel når alder er over 60\n  uden ellers\n";
    check(
        "H0606",
        "Tilføj `i rækkefølge`",
        &rule(&overlapping.replace("gammel", "$0gammel")).replacen("$0", "", 1),
        &after(&format!("  i rækkefølge\n{overlapping}")),
    );
    check(
        "H0607",
        "Flyt `ellers` til sidst",
        &rule("  uden ellers\n  med når ydelse\n")
            .replacen("$0", "", 1)
            .replace("  med", "  $0med"),
        &after("  med når ydelse\n  uden ellers\n"),
    );
    check(
        "H0601",
        "Add `when`",
        "term $0a\n  basis source \"a\"\n",
        "term a\n  basis source \"a\"\n  when …\n",
    );
}

#[test]
fn examples() {
    let example = |lines: &str| {
        format!(
            "begreb a\n  hjemmel kilde \"a\"\n  når ydelse\neksempel \"x\"\n  givet\n{lines}{SCHEMA}"
        )
    };
    let row = "    ydelse kontanthjælp, sygdom fra 1. maj 2017 til 31. maj 2017\n";
    check(
        "H0801",
        "Vent det som reglerne siger",
        &example(&format!("{row}  så\n    $0a er nej den 2. maj 2017\n")),
        &example(&format!("{row}  så\n    a er ja den 2. maj 2017\n")),
    );
    check(
        "H0801",
        "Vent det som reglerne siger",
        &example(&format!("{row}  så\n    $0a er ja fra 2. maj 2017\n")),
        &example(&format!(
            "{row}  så\n    a er ja fra 1. maj 2017 til og med 31. maj 2017\n"
        )),
    );
    let swapped = row.replace("1. maj 2017 til 31. maj", "31. maj 2017 til 1. maj");
    check(
        "H0804",
        "Byt om på datoerne",
        &example(&format!(
            "{}  så\n    a er ja den 2. maj 2017\n",
            swapped.replace("ydelse", "yde$0lse")
        )),
        &example(&format!("{row}  så\n    a er ja den 2. maj 2017\n")),
    );
    let table = "data d\n  perioder\n  f er en af x, y\n  g er en af x, z\n";
    let rows = |row: &str| {
        format!(
            "{table}eksempel \"x\"\n  givet\n    d {row} fra 1. maj 2017, fortsat\n  så\n    b er ja den 1. maj 2017\n"
        )
    };
    check("H0802", "Skriv `g x`", &rows("$0x"), &rows("g x"));
}

#[test]
fn rows_and_days_that_do_not_fit() {
    let rules = |row: &str, then: &str| {
        format!(
            "data samtale\n  hændelser fuldstændig\n  form er en af x, y\nbegreb a\n  hjemmel kilde \"a\"\n  når samtale\neksempel \"😀\"\n  givet\n    {row}\n{then}"
        )
    };
    let then = "  så\n    a er ja den 2. maj 2017\n";
    check(
        "H0803",
        "Skriv `den 2. maj 2017`",
        &rules("samtale x fra 2. $0maj 2017, fortsat", then),
        &rules("samtale x den 2. maj 2017", then),
    );
    check(
        "H0807",
        "Slet `form y`",
        &rules("samtale x, f$0orm y den 2. maj 2017", then),
        &rules("samtale x den 2. maj 2017", then),
    );
    let nothing = rules("samtale x den 2. maj 2017", "");
    check(
        "H0805",
        "Tilføj `så`",
        &nothing.replace("eksempel", "eks$0empel"),
        &format!("{nothing}  så\n    …\n"),
    );
    let end = |days: &str| {
        format!(
            "term a\n  in force from 1 May 2017{days}\n  basis source \"a\"\n  when age is over 3\n"
        )
    };
    check(
        "H0505",
        "Leave out the last day",
        &end(" to 31 Dec$0ember 9999"),
        &end(""),
    );
}

#[test]
fn all_that_is_certain() {
    let fixture = Fixture::new(&format!(
        "begreb a\n\thjemmel kilde \"a\"\n\tnår ydelse og ydelse\nbegreb b\n  når og\n{SCHEMA}"
    ));
    let actions = fixture
        .analysis
        .code_actions(fixture.file, Span::new(20, 20));
    let all = actions.iter().find(|it| it.kind == ActionKind::FixAll);
    assert_eq!(
        fixture.after(&all.unwrap().edits, fixture.file),
        "begreb a\n  hjemmel kilde \"a\"\n  når ydelse\nbegreb b\n  når og\n"
    );
}
