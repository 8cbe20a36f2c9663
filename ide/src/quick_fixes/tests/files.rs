//! Fixes of what stands in another file than the mistake, or in both.

use super::check;

/// A rule in English, and the tables in Danish.
fn over_there(condition: &str, field: &str) -> String {
    format!(
        "//- /regler/a.regel\nterm a\n  basis source \"😀\"\n  when {condition}\n//- /regler/skéma.regel\ndata ydelse \"😀\"\r\n  perioder fuldstændig\r\n  {field}\r\n"
    )
}

#[test]
fn a_value_a_field_and_a_state_where_they_belong() {
    check(
        "H0204",
        "Add the value `xyz` in `skéma.regel`",
        &over_there("ydelse.art is $0xyz", "art er en af æ, ø"),
        &over_there("ydelse.art is xyz", "art er en af æ, ø, xyz"),
    );
    check(
        "H0203",
        "Add the field `sats` in `skéma.regel`",
        &over_there("ydelse.sa$0ts is 3", "art er en af æ, ø"),
        &over_there("ydelse.sats is 3", "art er en af æ, ø\r\n  sats er …"),
    );
    let classes = |condition: &str, branches: &str| {
        format!(
            "//- /a.regel\nbegreb a\n  hjemmel kilde \"a\"\n  når {condition}\n//- /b.regel\nopdeling o\n  hjemmel kilde \"b\"\n  unge når alder er under 30\n{branches}"
        )
    };
    check(
        "H0205",
        "Tilføj grenen `ældre` i `b.regel`",
        &classes("o er $0ældre", "  voksne ellers\n"),
        &classes("o er ældre", "  ældre når …\n  voksne ellers\n"),
    );
}

#[test]
fn what_is_missing_is_created_beside_what_is_alike() {
    let rules = |act: &str, acts: &str| {
        format!(
            "//- /a.regel\nbegreb a\n  hjemmel {act} § 2\n  når alder er over 3\n//- /love.regel\n{acts}//- /tom.regel\n"
        )
    };
    let known = "lov LAB \"Lov\"\n  udgave LBK 1342/2016 gælder fra 1. januar 1900\n";
    check(
        "H0206",
        "Opret `lov LAS` i `love.regel`",
        &rules("$0LAS", known),
        &rules("LAS", &format!("{known}\nlov LAS \"udfyld titlen\"\n")),
    );
    check(
        "H0206",
        "Opret `lov LAS`",
        "begreb a\n  hjemmel $0LAS § 2\n  når alder er over 3\n",
        "begreb a\n  hjemmel LAS § 2\n  når alder er over 3\n\nlov LAS \"udfyld titlen\"\n",
    );
}

/// Two versions of a term, each in its file.
fn versions(older: &str, newer: &str) -> String {
    format!(
        "//- /a.regel\nterm a\n{older}  basis source \"a\"\n  when age is over 3\n//- /b.regel\nbegreb a\n{newer}  hjemmel kilde \"b\"\n  når alder er over 3\n"
    )
}

#[test]
fn versions_in_two_files() {
    let newer = "  gælder fra 1. juni 2017\n";
    let asked = |older: &str, newer: &str| versions(older, newer).replace("begreb a", "begreb $0a");
    check(
        "H0501",
        "Lad den ældre slutte 31. maj 2017 i `a.regel`",
        &asked("", newer),
        &versions("  in force to 31 May 2017\n", newer),
    );
    check(
        "H0501",
        "Skriv hvornår hver af dem gælder",
        &asked("", ""),
        &versions("  in force to …\n", "  gælder fra …\n"),
    );
    check(
        "H0502",
        "Lad den ældre gælde til 31. maj 2017 i `a.regel`",
        &asked("  in force to 1 May 2017\n", newer),
        &versions("  in force to 31 May 2017\n", newer),
    );
}

#[test]
fn a_field_is_renamed_where_it_is_declared_and_used() {
    let rules = |field: &str, used: &str| {
        format!(
            "//- /a.regel\ndata samtale\n  hændelser fuldstændig\n  {field} er dato\n//- /b.regel\nbegreb a\n  hjemmel kilde \"b\"\n  når samtale.{used} er 2017-01-01\n"
        )
    };
    check(
        "H0210",
        "Omdøb til `dato_1`",
        &rules("da$0to", "dato"),
        &rules("dato_1", "dato_1"),
    );
}

#[test]
fn a_rule_keeps_to_the_days_of_what_it_rests_on() {
    let rules = |own: &str, used: &str| {
        format!(
            "//- /a.regel\nterm a\n{own}  basis source \"😀\"\n  when {used}\n//- /b.regel\nbegreb b\n  gælder fra 1. maj 2016 til 31. december 2017\n  hjemmel kilde \"b\"\n  når alder er over 3\nbegreb b\n  gælder fra 1. januar 2018 til 30. juni 2019\n  hjemmel kilde \"b\"\n  når alder er over 4\ndata person\n  stamdata fuldstændig\n  født er fødselsdato\n"
        )
    };
    for (before, after) in [
        ("", "  in force from 1 May 2016 to 30 June 2019\n"),
        (
            "  in force from 1 January 2017 # 😀\n",
            "  in force from 1 January 2017 to 30 June 2019 # 😀\n",
        ),
    ] {
        let days = after.trim().trim_end_matches(" # 😀");
        check(
            "H0504",
            &format!("Write `{days}`"),
            &rules(before, "$0b"),
            &rules(after, "b"),
        );
    }
    let act = |own: &str, at: &str| {
        format!(
            "//- /a.regel\nbegreb a\n  hjemmel {at}LAB § 2\n{own}  når ydelse\n//- /b.regel\nlov LAB \"Lov\"\n  udgave LBK 1342/2016 gælder fra 1. januar 2017\ndata ydelse\n  perioder fuldstændig\n"
        )
    };
    check(
        "H0402",
        "Skriv `gælder fra 1. januar 2017`",
        &act("  gælder fra 1. maj 2016\n", "$0"),
        &act("  gælder fra 1. januar 2017\n", ""),
    );
}
