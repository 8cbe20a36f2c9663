//! Two rule sets side by side: a picture of what is told of each pair.

#![cfg(test)]
use hjemmel_engine::check_rules;
use hjemmel_engine::compare::{Change, Difference, RuleChange, Side, Words, changes};
use hjemmel_engine::model::Model;
use hjemmel_engine::time::{Day, Period};
use hjemmel_grammar::Sources;
use std::fmt::Write as _;

/// Tables for all the rules below.
const DATA: &str = "\
data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data indsats
  perioder fuldstændig
  art er en af praktik, mentor
  timer er tal

data fravær
  perioder fuldstændig
  grund er en af sygdom, barsel

";

const RULES: &str = "\
parameter frist
  hjemmel kilde \"Loven\"
  værdi 6 måneder gælder fra 1. januar 2016

begreb hjælp
  hjemmel kilde \"Loven\"
  når ydelse.art er en af kontanthjælp, uddannelseshjælp

begreb tilbud
  hjemmel kilde \"Loven\"
  når indsats hvor art er praktik og timer er mindst 2

begreb syg
  hjemmel kilde \"Loven\"
  når fravær.grund er sygdom

pligt tilbudspligt
  hjemmel kilde \"Loven\"
  for hjælp
  regnet fra hjælp
  frist frist
    dog 3 måneder når syg
  opfyldes af tilbud, derefter 12 måneder

fritagelse sygdom fra tilbudspligt
  hjemmel kilde \"Loven\"
  når alle af:
    - syg
    - hjælp i mindst 2 uger
";

fn model(rules: &str) -> (Sources, Model) {
    let mut sources = Sources::new();
    let data = if rules.contains("data ") { "" } else { DATA };
    sources.add("regler.regel", format!("{data}{rules}"));
    let checked = check_rules(&sources);
    assert!(checked.is_usable(), "{:?}\n{rules}", checked.diagnostics);
    (sources, checked.model)
}

fn told(old: &str, new: &str) -> String {
    pinned(old, new, [None, None])
}

/// What is told of the rules that are not unchanged.
fn pinned(old: &str, new: &str, days: [Option<Day>; 2]) -> String {
    let (old, new) = (model(old), model(new));
    let pin = |model: Model, day: Option<Day>| match day {
        Some(day) => model.pinned_to(day),
        None => model,
    };
    let [was, is] = days;
    let models = (pin(old.1, was), pin(new.1, is));
    let sides = Side::both(&models.0, &models.1, Period::ALL);
    let mut out = String::new();
    for rule in changes(sides) {
        if rule.change != Change::Unchanged || rule.is_renamed() {
            out += &one(&rule, [&old.0, &new.0]);
        }
    }
    out
}

fn one(rule: &RuleChange, sources: [&Sources; 2]) -> String {
    let mut out = format!("{} {}", rule.kind.words().da, rule.name());
    if rule.is_renamed() {
        let _ = write!(out, " (før {})", rule.old.as_deref().unwrap_or_default());
    }
    match &rule.change {
        Change::Added => out += ": tilføjet\n",
        Change::Removed => out += ": fjernet\n",
        Change::Unchanged => out += ": uændret\n",
        Change::Basis => {
            let (old, new) = rule.basis.clone().expect("a basis");
            let _ = writeln!(out, ": kun hjemmel: {old:?} -> {new:?}");
        }
        Change::Affected(through) => {
            let names: Vec<&str> = through.iter().map(|(_, name)| name.as_str()).collect();
            let _ = writeln!(out, ": påvirket af {}", names.join(", "));
        }
        Change::Changed(differences) => {
            out += ": ændret\n";
            for difference in differences {
                out += &line(difference, sources);
            }
        }
    }
    out
}

fn line(difference: &Difference, [old, new]: [&Sources; 2]) -> String {
    let words = |words: &Option<Words>, sources: &Sources| match words {
        None => "–".to_owned(),
        Some(Words::Plain(text)) => text.da.clone(),
        Some(Words::Written {
            before,
            site,
            after,
        }) => {
            let text: Vec<&str> = sources.slice(*site).split_whitespace().collect();
            format!("{}{}{}", before.da, text.join(" "), after.da)
        }
    };
    let days = difference.days.filter(|days| *days != Period::ALL);
    let days = days.map(|days| format!(" [{}..{}]", days.start, days.last()));
    format!(
        "  {}{}: {} -> {}\n",
        difference.clause.da,
        days.unwrap_or_default(),
        words(&difference.old, old),
        words(&difference.new, new)
    )
}

/// The rules with something else written in one place.
fn with(from: &str, to: &str) -> String {
    assert!(RULES.contains(from), "{from}");
    RULES.replacen(from, to, 1)
}

#[test]
fn what_has_no_meaning_is_unchanged() {
    for (from, to) in [
        // Order, repetition and parentheses.
        (
            "kontanthjælp, uddannelseshjælp\n\nbegreb tilbud",
            "uddannelseshjælp, kontanthjælp\n\nbegreb tilbud",
        ),
        (
            "art er praktik og timer er mindst 2",
            "alle af:\n    - timer er mindst 2\n    - (art er praktik)",
        ),
        (
            "    - syg\n    - hjælp i mindst 2 uger",
            "    - hjælp i mindst 2 uger\n    - syg\n    - syg",
        ),
        (
            "når fravær.grund er sygdom",
            "når ikke (ikke fravær.grund er sygdom)",
        ),
        // The unit of a length.
        ("derefter 12 måneder", "derefter 1 år"),
        ("i mindst 2 uger", "i mindst 14 dage"),
        // Titles, summaries, comments, marks.
        (
            "begreb syg\n",
            "# Hvem er syg?\n> Den, der er syg.\nbegreb syg \"Syg\"\n",
        ),
        (
            "værdi 6 måneder",
            "ubekræftet \"Ikke set\"\n  værdi 6 måneder",
        ),
        // A value told by two lines.
        (
            "værdi 6 måneder gælder fra 1. januar 2016",
            "værdi 6 måneder gælder fra 1. januar 2016 til 31. december 2016\n  værdi 6 måneder gælder fra 1. januar 2017",
        ),
        // The words of another language.
        ("begreb syg\n  hjemmel", "begreb syg\n  hjemmel"),
    ] {
        assert_eq!(told(RULES, &with(from, to)), "", "{to}");
    }
}

#[test]
fn a_condition_with_a_name_of_its_own_is_the_same_condition() {
    let extracted = with("når fravær.grund er sygdom", "når sygemeldt")
        + "\nbegreb sygemeldt\n  hjemmel kilde \"Loven\"\n  når fravær.grund er sygdom\n";
    assert_eq!(told(RULES, &extracted), "begreb sygemeldt: tilføjet\n");
}

#[test]
fn a_rule_with_another_name_is_renamed() {
    let renamed = RULES
        .replace("begreb syg\n", "begreb sygemeldt\n")
        .replace("når syg\n", "når sygemeldt\n")
        .replace("- syg\n", "- sygemeldt\n");
    let renamed = renamed.replace("tilbudspligt", "aktiveringspligt");
    insta::assert_snapshot!(told(RULES, &renamed), @r"
    begreb sygemeldt (før syg): uændret
    pligt aktiveringspligt (før tilbudspligt): uændret
    ");
}

#[test]
fn a_number_of_its_own_is_no_name() {
    // Another parameter that happens to have the same value, of another title and on another basis.
    let other = RULES
        .replace(
            "parameter frist\n  hjemmel kilde \"Loven\"",
            "parameter anden \"Anden\"\n  hjemmel kilde \"Bogen\"",
        )
        .replace("frist frist", "frist anden");
    insta::assert_snapshot!(told(RULES, &other), @r#"
    parameter anden: tilføjet
    parameter frist: fjernet
    "#);
}

#[test]
fn a_number_and_what_rests_on_it() {
    insta::assert_snapshot!(told(RULES, &with("6 måneder", "4 måneder")), @r"
    parameter frist: ændret
      værdi [2016-01-01..2199-12-31]: 6 måneder -> 4 måneder
    pligt tilbudspligt: påvirket af frist
    ");
    let later = with(
        "værdi 6 måneder gælder fra 1. januar 2016",
        "værdi 6 måneder gælder fra 1. januar 2016 til 31. december 2019\n  værdi 4 uger gælder fra 1. januar 2020",
    );
    insta::assert_snapshot!(told(RULES, &later), @r"
    parameter frist: ændret
      værdi [2020-01-01..2199-12-31]: 6 måneder -> 4 uger
    pligt tilbudspligt: påvirket af frist
    ");
}

#[test]
fn a_term_and_what_rests_on_it() {
    insta::assert_snapshot!(told(RULES, &with("er sygdom", "er barsel")), @r"
    begreb syg: ændret
      når: fravær.grund er sygdom -> fravær.grund er barsel
    pligt tilbudspligt: påvirket af syg
    fritagelse sygdom: påvirket af syg
    ");
}

#[test]
fn every_clause_of_a_duty() {
    let new = with(
        "frist frist\n    dog 3 måneder når syg\n  opfyldes af tilbud, derefter 12 måneder",
        "frist frist\n    dog 2 måneder når syg\n  opfyldes af tilbud\n  rettidig i kalenderugen\n  ved overgang frist 1 måned",
    );
    insta::assert_snapshot!(told(RULES, &new), @r"
    pligt tilbudspligt: ændret
      frist, dog: 3 måneder når syg -> 2 måneder når syg
      opfyldes af: tilbud, derefter 12 måneder -> tilbud
      rettidig i kalenderugen: – -> ja
      ved overgang frist: – -> 1 måned
    ");
}

#[test]
fn an_exemption_that_comes_and_goes_affects_its_duty() {
    let (without, _) = RULES.split_once("fritagelse").expect("the exemption");
    insta::assert_snapshot!(told(RULES, without), @r"
    pligt tilbudspligt: påvirket af sygdom
    fritagelse sygdom: fjernet
    ");
    insta::assert_snapshot!(told(without, RULES), @r"
    pligt tilbudspligt: påvirket af sygdom
    fritagelse sygdom: tilføjet
    ");
    insta::assert_snapshot!(told(RULES, &with("    - hjælp i mindst 2 uger\n", "    - hjælp i mindst 3 uger\n  herefter frist 1 måned\n")), @r"
    pligt tilbudspligt: påvirket af sygdom
    fritagelse sygdom: ændret
      når alle af: hjælp i mindst 2 uger -> hjælp i mindst 3 uger
      herefter frist: – -> 1 måned
    ");
}

#[test]
fn another_citation_alone_is_only_the_basis() {
    let new = with(
        "fritagelse sygdom fra tilbudspligt\n  hjemmel kilde \"Loven\"",
        "fritagelse sygdom fra tilbudspligt\n  hjemmel kilde \"Bogen\"",
    );
    insta::assert_snapshot!(told(RULES, &new), @r#"fritagelse sygdom: kun hjemmel: Some("Loven") -> Some("Bogen")"#);
}

#[test]
fn a_table_and_what_rests_on_it() {
    let old = format!("{DATA}{RULES}");
    let new = old.replace(
        "data fravær\n  perioder fuldstændig",
        "data fravær\n  perioder",
    );
    insta::assert_snapshot!(told(&old, &new), @r"
    data fravær: ændret
      rækker: perioder fuldstændig -> perioder
    begreb syg: påvirket af fravær
    pligt tilbudspligt: påvirket af fravær
    fritagelse sygdom: påvirket af fravær
    ");
    // A value more to choose from changes no condition that does not name it.
    let new = old.replace("sygdom, barsel", "sygdom, barsel, ferie");
    insta::assert_snapshot!(told(&old, &new), @r"
    data fravær: ændret
      grund: en af sygdom, barsel -> en af sygdom, barsel, ferie
    ");
}

#[test]
fn exceptions_change_places_only_where_the_last_does_not_decide() {
    let rules = |lines: &str| {
        format!(
            "begreb a\n  hjemmel kilde \"Loven\"\n  når ydelse\n{lines}\nadvarsel x ved p\n  når a\n\npligt p\n  hjemmel kilde \"Loven\"\n  for ydelse\n  regnet fra ydelse\n  frist 1 måned\n  opfyldes af a\n"
        )
    };
    let (not_sick, not_training, also) = (
        "    dog ikke når fravær\n",
        "    dog ikke når indsats.art er praktik\n",
        "    dog også når indsats.art er mentor\n",
    );
    let one = rules(&format!("{not_sick}{not_training}{also}"));
    let other = rules(&format!("{not_training}{not_sick}{also}"));
    assert_eq!(told(&one, &other), "");
    let moved = rules(&format!("{also}{not_sick}{not_training}"));
    insta::assert_snapshot!(told(&one, &moved), @r"
    begreb a: ændret
      rækkefølge: dog ikke når, dog ikke når, dog også når -> dog også når, dog ikke når, dog ikke når
    pligt p: påvirket af a
    advarsel x: påvirket af a
    ");
}

#[test]
fn the_law_of_two_days() {
    let rules = "\
begreb tilbud
  hjemmel kilde \"Loven\"
  gælder fra 1. januar 2016 til 31. december 2019
  når indsats

begreb tilbud
  hjemmel kilde \"Den nye lov\"
  gælder fra 1. januar 2020
  når indsats.art er praktik

begreb hjælp
  hjemmel kilde \"Loven\"
  gælder fra 1. januar 2016 til 31. december 2019
  når ydelse

begreb hjælp
  hjemmel kilde \"Den nye lov\"
  gælder fra 1. januar 2020
  når ydelse

pligt gammel
  hjemmel kilde \"Loven\"
  gælder fra 1. januar 2016 til 31. december 2019
  for hjælp
  regnet fra hjælp
  frist 1 måned
  opfyldes af tilbud

pligt ny
  hjemmel kilde \"Den nye lov\"
  gælder fra 1. januar 2020
  for hjælp
  regnet fra hjælp
  frist 1 måned
  opfyldes af tilbud
";
    let day = |year, month, day| Day::from_ymd(year, month, day);
    let days = [day(2019, 12, 31), day(2020, 1, 1)];
    insta::assert_snapshot!(pinned(rules, rules, days), @r#"
    begreb tilbud: ændret
      når: indsats -> indsats.art er praktik
    begreb hjælp: kun hjemmel: Some("Loven") -> Some("Den nye lov")
    pligt ny: tilføjet
    pligt gammel: fjernet
    "#);
    assert_eq!(
        pinned(rules, rules, [day(2016, 1, 1), day(2019, 12, 31)]),
        ""
    );
}
