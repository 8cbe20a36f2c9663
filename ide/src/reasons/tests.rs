//! The line with the cursor, and the tree unfolded from it with the line that each step leads to.

use crate::fixture::Fixture;
use crate::{FileId, Item};

fn draw(fixture: &Fixture, file: FileId, item: &Item, depth: usize, out: &mut String) {
    let detail = item.detail.as_ref().map(|it| format!(" ({it})"));
    *out += &format!(
        "{}{}{} → {}\n",
        "  ".repeat(depth),
        item.name,
        detail.unwrap_or_default(),
        fixture.line_with(item.focus)
    );
    let place = item.reason.as_ref().unwrap();
    for below in fixture.analysis.because(file, place) {
        let step = below.reason.as_ref().unwrap();
        let above = fixture.analysis.because_of(file, step).unwrap();
        assert_eq!(&above, item, "the way back");
        draw(fixture, file, &below, depth + 1, out);
    }
}

/// The reasons at the cursor, unfolded.
fn unfolded(source: &str) -> String {
    let fixture = Fixture::new(source);
    let found = fixture
        .analysis
        .call_hierarchy(fixture.file, fixture.cursor);
    let mut out = String::new();
    for item in found.iter().filter(|it| it.reason.is_some()) {
        draw(&fixture, fixture.file, item, 0, &mut out);
    }
    out
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let out = unfolded(source);
    assert_eq!(out, expected.trim_start_matches('\n'), "{out}");
}

const DANISH: &str = "
//- /a.regel
eksempel \"æ 😀\"
  givet
    ydelse fra 1. maj 2017 til 31. maj 2017
  så
    tilbud er $0overskredet fra 16. maj 2017 til og med 31. maj 2017
//- /b.regel
lov LAB \"Lov\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900
data ydelse
  perioder fuldstændig
data fravær
  perioder fuldstændig
pligt tilbud
  hjemmel LAB § 92, stk. 2
  for ydelse dog ikke når fravær
  regnet fra ydelse
  frist 2 uger
    dog 1 uge når fravær  hjemmel LAB § 94
  opfyldes af ydelse i mindst 1 år
fritagelse ved_fravær fra tilbud
  hjemmel LAB § 93
  når fravær
";

#[test]
fn a_duty_with_the_exceptions_that_did_not_apply() {
    check(
        DANISH,
        "
pligt tilbud er overskredet siden 16. maj 2017 (LAB § 92, stk. 2) → /b.regel: pligt <tilbud>
  sidste rettidige dag var 15. maj 2017 → /b.regel: pligt <tilbud>
    fristen regnes fra 1. maj 2017 og er 15. maj 2017 → /b.regel: pligt <tilbud>
      ✗ dog 1 uge når fravær: nej (LAB § 94) → /b.regel: dog 1 uge når <fravær>  hjemmel LAB § 94
  ✗ tilbud: ingen der tæller → /b.regel: opfyldes af <ydelse i mindst 1 år>
    ✓ ydelse: ja (fra 1. maj 2017 til og med 31. maj 2017) → /b.regel: opfyldes af <ydelse> i mindst 1 år
  ✓ reglen med dens undtagelser: ja (fra 1. maj 2017 til og med 31. maj 2017) → /b.regel: for <ydelse dog ikke når fravær>
    ✓ ydelse: ja (fra 1. maj 2017 til og med 31. maj 2017) → /b.regel: for <ydelse> dog ikke når fravær
    ✗ dog ikke når fravær: nej → /b.regel: for ydelse dog ikke når <fravær>
  ✓ perioden regnes fra 1. maj 2017 og er ikke afbrudt (fra 1. maj 2017 til og med 31. maj 2017) → /b.regel: regnet fra <ydelse>
  ✗ ikke fritaget: ved_fravær (LAB § 93) → /b.regel: fritagelse <ved_fravær> fra tilbud
    ✗ fravær: nej → /b.regel: når <fravær>
",
    );
}

const ENGLISH: &str = "
data benefit
  periods
term help
  basis source \"Test\"
  when benefit
example \"one\"
  given
    benefit from 1 May 2017, end unknown
  then
    help is unknown on $01 June 2017
";

#[test]
fn in_english_with_what_is_missing() {
    check(
        ENGLISH,
        "
term help is unknown since 2 May 2017 (Test) → /a.regel: term <help>
  ? benefit: unknown (from 2 May 2017) → /a.regel: when <benefit>
  ? missing: benefit: the last day is missing (row 1) → /a.regel: <help is unknown on 1 June 2017>
",
    );
}

#[test]
fn on_the_name_of_the_rule_both_hierarchies_begin() {
    let named = DANISH
        .replace("$0", "")
        .replace("  tilbud er", "  til$0bud er");
    let fixture = Fixture::new(&named);
    let found = fixture
        .analysis
        .call_hierarchy(fixture.file, fixture.cursor);
    let told: Vec<&str> = found.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(
        told,
        ["tilbud", "pligt tilbud er overskredet siden 16. maj 2017"]
    );
    assert_eq!(fixture.analysis.uses(found[0].focus).len(), 3);
}

#[test]
fn at_the_head_of_an_example_all_results_begin() {
    let head = DANISH
        .replace("$0", "")
        .replace("eksempel", "eks$0empel")
        .replace(
            "  så\n",
            "  så\n    tilbud er frist_løber fra 1. maj 2017\n",
        );
    let fixture = Fixture::new(&head);
    let found = fixture
        .analysis
        .call_hierarchy(fixture.file, fixture.cursor);
    let told: Vec<&str> = found.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(
        told,
        [
            "pligt tilbud er frist_løber siden 1. maj 2017",
            "pligt tilbud er overskredet siden 16. maj 2017"
        ]
    );
}

#[test]
fn a_rule_that_is_not_law_on_the_day_and_rules_that_are_broken() {
    let later = ENGLISH.replace("term help\n", "term help\n  in force from 1 June 2018\n");
    check(
        &later,
        "
help: The rule is not part of the law on that day. → /a.regel: <help is unknown on 1 June 2017>
",
    );
    check(&ENGLISH.replace("when benefit", "when and"), "");
}

#[test]
fn a_step_is_found_again_after_an_edit_elsewhere() {
    let fixture = Fixture::new(DANISH);
    let found = fixture
        .analysis
        .call_hierarchy(fixture.file, fixture.cursor);
    let place = found[0].reason.clone().unwrap();
    let text = fixture.analysis.text(fixture.file);
    let edited =
        format!("eksempel \"før 😀\"\n  så\n    tilbud er ikke_omfattet den 1. maj 2017\n{text}");
    let edited = fixture.analysis.with_text(fixture.file, edited);
    let told = |analysis: &crate::Analysis| {
        let steps = analysis.because(fixture.file, &place).into_iter();
        steps.map(|step| step.name).collect::<Vec<_>>()
    };
    assert_eq!(told(&edited), told(&fixture.analysis));
    let gone = fixture
        .analysis
        .with_text(fixture.file, "eksempel \"andet\"\n");
    assert_eq!(told(&gone), Vec::<String>::new());
}
