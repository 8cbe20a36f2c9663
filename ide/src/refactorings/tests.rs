//! The file before, the title, the file after.

use crate::fixture::Fixture;
use hjemmel_grammar::span::Span;

const DATA: &str = "data ydelse\n  perioder\n  art er en af a, b\n";

#[track_caller]
fn titles(before: &str) -> Vec<String> {
    let fixture = Fixture::new(before);
    let at = Span::new(fixture.cursor, fixture.cursor);
    let actions = fixture.analysis.code_actions(fixture.file, at);
    actions.into_iter().map(|action| action.title).collect()
}

#[track_caller]
fn check(title: &str, before: &str, after: &str) {
    let before = format!("{before}{DATA}");
    let fixture = Fixture::new(&before);
    let at = Span::new(fixture.cursor, fixture.cursor);
    let actions = fixture.analysis.code_actions(fixture.file, at);
    let Some(action) = actions.iter().find(|action| action.title == title) else {
        panic!("{:#?}", titles(&before));
    };
    let mended = fixture.after(&action.edits, fixture.file);
    assert_eq!(mended, format!("{after}{DATA}"));
}

#[test]
fn a_part_of_a_condition_becomes_a_term() {
    check(
        "Gør betingelsen til begrebet `nyt_begreb`",
        "> Kort\nbegreb æ\n  hjemmel kilde \"x\"\n  når ydelse og (ydelse.art er a $0i mindst 2 uger)\n",
        "begreb nyt_begreb\n  hjemmel kilde \"x\"\n  når ydelse.art er a i mindst 2 uger\n\n> Kort\nbegreb æ\n  hjemmel kilde \"x\"\n  når ydelse og nyt_begreb\n",
    );
    check(
        "Make the condition the term `new_term_2`",
        "duty new_term\n  for age is$0 over 3 or ydelse\n",
        "term new_term_2\n  basis source \"fill in the source\"\n  unverified \"The basis is not found yet\"\n  when age is over 3\n\nduty new_term\n  for new_term_2 or ydelse\n",
    );
    assert!(
        !titles("begreb a\n  når og $0b er c\n")
            .concat()
            .contains("begrebet")
    );
}

#[test]
fn a_condition_instead_of_a_name() {
    check(
        "Skriv betingelsen i stedet for `b`",
        "begreb b\n  når ydelse eller alder er over 3\nbegreb c\n  når $0b i mindst 2 uger\n",
        "begreb b\n  når ydelse eller alder er over 3\nbegreb c\n  når (ydelse eller alder er over 3) i mindst 2 uger\n",
    );
    check(
        "Write the condition instead of `b`",
        "term b\n  when age is over 3\nterm c\n  when (not b$0)\n",
        "term b\n  when age is over 3\nterm c\n  when (not age is over 3)\n",
    );
    // One with versions means another thing on other days.
    let dated = "begreb b\n  gælder fra 1. maj 2017\n  når ydelse\nbegreb c\n  når $0b\n";
    assert!(!titles(dated).concat().contains("stedet for"));
}

#[test]
fn an_exception_becomes_an_exemption_and_back() {
    let exception = "pligt p\n  hjemmel kilde \"x\"\n  for ydelse\n    dog ikke $0når ydelse.art er a  hjemmel kilde \"y\"\n  frist 2 uger\n";
    let exemption = "pligt p\n  hjemmel kilde \"x\"\n  for ydelse\n  frist 2 uger\n\nfritagelse ny_fritagelse fra p\n  hjemmel kilde \"y\"\n  når ydelse.art er a\n";
    check(
        "Gør undtagelsen til en fritagelse (dagene bliver `fritaget`)",
        exception,
        exemption,
    );
    check(
        "Gør fritagelsen til en undtagelse (dagene bliver `ikke_omfattet`)",
        &exemption.replace("fritagelse ny", "fritagelse $0ny"),
        &format!("{}\n", exception.replace("$0", "")),
    );
}

#[test]
fn an_exemption_becomes_an_exception_of_a_duty_in_another_file() {
    let fixture = Fixture::new(
        "//- /a.regel\nfritagelse $0f fra p\n  hjemmel kilde \"😀\"\n  når å\n//- /b.regel\npligt p\r\n  for ydelse\r\n  frist 2 uger\r\n",
    );
    let at = Span::new(fixture.cursor, fixture.cursor);
    let actions = fixture.analysis.code_actions(fixture.file, at);
    let title = "Gør fritagelsen til en undtagelse (dagene bliver `ikke_omfattet`)";
    let action = actions.iter().find(|it| it.title == title).unwrap();
    let after = |path: &str| fixture.after(&action.edits, fixture.analysis.file(path).unwrap());
    assert_eq!(after("/a.regel"), "");
    assert_eq!(
        after("/b.regel"),
        "pligt p\r\n  for ydelse\r\n    dog ikke når å  hjemmel kilde \"😀\"\r\n  frist 2 uger\r\n"
    );
}

#[test]
fn a_new_version() {
    check(
        "Ny version af `a` fra 1. januar 2019",
        "> Kort\nbegreb $0a\n  gælder fra 1. maj 2018\n  hjemmel kilde \"x\"\n  når ydelse\n\n",
        "> Kort\nbegreb a\n  gælder fra 1. maj 2018 til 31. december 2018\n  hjemmel kilde \"x\"\n  når ydelse\n\n> Kort\nbegreb a\n  ubekræftet \"Ikrafttrædelsesdatoen er ikke set\"\n  gælder fra 1. januar 2019\n  hjemmel kilde \"x\"\n  når ydelse\n\n",
    );
    check(
        "New version of `a` from 1 June 2018",
        "term $0a\n  in force to 31 May 2018\n  unverified \"x\"\n  when ydelse\n\n",
        "term a\n  in force to 31 May 2018\n  unverified \"x\"\n  when ydelse\n\nterm a\n  in force from 1 June 2018\n  unverified \"x\"\n  when ydelse\n\n",
    );
}

#[test]
fn an_example_for_a_rule() {
    check(
        "Tilføj et eksempel for `b`",
        "begreb a\n  når ydelse\nbegreb $0b\n  når ikke a\n",
        "begreb a\n  når ydelse\nbegreb b\n  når ikke a\n\neksempel \"udfyld titlen\"\n  givet\n    ydelse …\n  så\n    b er … den …\n",
    );
}
