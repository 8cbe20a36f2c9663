//! Cases as pictures: what is on the list, and why.

use super::*;
use hjemmel_grammar::Sources;

const RULES: &str = r#"
data ydelse
  perioder fuldstændig

data indsats
  perioder fuldstændig
  art er en af tilbud, mentor

data fravær
  perioder fuldstændig
  grund er en af sygdom, ferie

skøn kan_ikke "Kan ikke deltage"
  hjemmel kilde "Prøve"
  afgøres af kommunen
  revurderes efter 1 måned

begreb tilbud "Et tilbud"
  hjemmel kilde "Prøve"
  når indsats.art er tilbud

begreb mentor "Mentorstøtte"
  hjemmel kilde "Prøve"
  når indsats.art er mentor

begreb ferie
  hjemmel kilde "Prøve"
  når fravær.grund er ferie

begreb syg
  hjemmel kilde "Prøve"
  når fravær.grund er sygdom

pligt tilbudspligt "Tilbud"
  hjemmel kilde "Prøve"
  for ydelse
  regnet fra ydelse
  frist 2 måneder
  opfyldes af tilbud, derefter 1 måned
  opfyldes af mentor når kan_ikke, derefter straks
  opfyldes af mentor når ferie, derefter straks
  kræver skøn kan_ikke når syg

fritagelse fri "Fri ved skøn" fra tilbudspligt
  hjemmel kilde "Prøve"
  når kan_ikke og ferie
"#;

/// The items of a case given by the rows of an example, on 1 June 2017, four weeks ahead.
fn picture(rows: &str) -> String {
    let mut sources = Sources::new();
    let rows: String = rows
        .lines()
        .map(|row| format!("    {}\n", row.trim()))
        .collect();
    let example = format!(
        "\neksempel \"Sag\"\n  givet\n{rows}  så\n    tilbudspligt er ukendt den 1. juni 2017\n"
    );
    sources.add("a.regel", format!("{RULES}{example}"));
    let checked = crate::check_rules(&sources);
    assert!(checked.is_usable(), "{:?}", checked.diagnostics);
    let model = checked.model;
    let day = Day::from_ymd(2017, 6, 1).expect("a day");
    let duties: Vec<DutyId> = (0..model.duties.len()).map(DutyId).collect();
    let found = items(&model, &duties, &model.examples[0].case, (day, None), 28);
    let shown = found.iter().map(|item| {
        let ways = item.steps.iter().map(|step| match step {
            Step::Begin(ways) => ways
                .iter()
                .map(|way| {
                    let after: String =
                        way.after.iter().map(|it| format!("+{}", it.name)).collect();
                    format!("{}{after}", way.what.words())
                })
                .collect::<Vec<_>>()
                .join("|"),
            Step::Decide(what) => format!("decide {}", what[0].words()),
            Step::Reassess(what) => format!("reassess {}", what[0].words()),
            Step::Register(missing) => format!("register {}", missing.len()),
        });
        let day = |day: Option<Day>| day.map_or("–".to_owned(), |day| day.to_string());
        let change = item.change.as_ref().map_or("never".to_owned(), |change| {
            let state = change.state().map_or("no law", State::name);
            format!("{} {state}", change.on)
        });
        format!(
            "{:?} {} last {} then {change} begins {} [{}]",
            item.urgency,
            item.outcome.run.state.name(),
            day(item.last_day),
            day(item.begins),
            ways.collect::<Vec<_>>().join("; ")
        )
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_overdue_has_its_deadline_behind_it() {
    assert_eq!(
        picture("ydelse fra 1. marts 2017, fortsat"),
        "Some(Overdue) overskredet last 2017-05-01 then never begins – [Et tilbud|Mentorstøtte+kan_ikke]"
    );
}

#[test]
fn what_is_registered_to_begin_is_told() {
    assert_eq!(
        picture("ydelse fra 1. marts 2017, fortsat\nindsats tilbud fra 12. juni 2017, fortsat"),
        "Some(Overdue) overskredet last 2017-05-01 then never begins 2017-06-12 [Et tilbud|Mentorstøtte+kan_ikke]"
    );
}

#[test]
fn what_goes_on_does_not_begin() {
    let mentor = "ydelse fra 1. marts 2017, fortsat\nkan_ikke ja fra 15. maj 2017, fortsat\nindsats mentor fra 2. april 2017 til 10. juni 2017";
    let later = |row: &str| picture(&format!("{mentor}\n{row}"));
    assert!(later("fravær ferie fra 5. juni 2017 til 7. juni 2017").contains("begins –"));
    assert!(
        later("indsats tilbud fra 8. juni 2017 til 9. juli 2017").contains("begins 2017-06-11")
    );
}

#[test]
fn a_deadline_is_soon_up_to_the_last_day_looked_at() {
    assert_eq!(
        picture("ydelse fra 29. april 2017, fortsat"),
        "Some(Soon) frist_løber last 2017-06-29 then 2017-06-30 overskredet begins – [Et tilbud|Mentorstøtte+kan_ikke]"
    );
    assert_eq!(
        picture("ydelse fra 30. april 2017, fortsat"),
        "None frist_løber last – then 2017-07-01 overskredet begins – []"
    );
}

#[test]
fn an_offer_that_ends_leaves_the_day_before_it_is_too_late() {
    // A month after the offer; the benefit ends before.
    assert_eq!(
        picture(
            "ydelse fra 1. marts 2017 til 20. juni 2017\nindsats tilbud fra 2. april 2017 til 1. juni 2017"
        ),
        "None i_tilbud last – then 2017-06-02 frist_løber begins – []"
    );
    // A mentor is followed by something else at once.
    assert_eq!(
        picture(
            "ydelse fra 1. marts 2017, fortsat\nindsats mentor fra 2. april 2017 til 10. juni 2017\nkan_ikke ja fra 15. maj 2017, fortsat"
        ),
        "Some(Soon) i_tilbud last 2017-06-10 then 2017-06-11 overskredet begins – [Et tilbud|Mentorstøtte]"
    );
}

#[test]
fn decisions_are_asked_for() {
    assert_eq!(
        picture("ydelse fra 1. april 2017, fortsat\nfravær sygdom fra 2. maj 2017, fortsat"),
        "Some(Decision) afventer_skøn last 2017-06-01 then never begins – [decide Kan ikke deltage]"
    );
    assert_eq!(
        picture(
            "ydelse fra 1. marts 2017, fortsat\nfravær ferie fra 2. april 2017, fortsat\nkan_ikke ja fra 1. april 2017, fortsat"
        ),
        "Some(Decision) skal_revurderes last – then never begins – [reassess Fri ved skøn]"
    );
    assert_eq!(
        picture(
            "ydelse fra 1. marts 2017, fortsat\nfravær ferie fra 2. maj 2017, fortsat\nkan_ikke ja fra 20. maj 2017, fortsat"
        ),
        "Some(Soon) fritaget last 2017-06-20 then 2017-06-21 skal_revurderes begins – [reassess Fri ved skøn]"
    );
}

#[test]
fn what_is_unknown_names_what_is_missing() {
    assert_eq!(
        picture("ydelse fra 1. marts 2017, fortsat\nindsats art ukendt fra 2. april 2017, fortsat"),
        "Some(Unknown) ukendt last – then never begins – [register 1]"
    );
}

#[test]
fn whom_a_duty_does_not_cover_is_not_followed_up() {
    assert_eq!(picture("ydelse fra 1. marts 2017 til 31. maj 2017"), "");
}
