//! How a rule set is checked, as pictures: a source with all that is said of it drawn into it.
//! What every single diagnostic looks like is on the pages of `engine/diagnostics/`.

#![cfg(test)]

mod drawing;

use drawing::{draw, marks, undrawn};
use hjemmel_engine::{Checked, check};
use hjemmel_grammar::{FileId, Sources};

const SCHEMA: &str = r#"
data person
  stamdata
  født er fødselsdato

data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data visitation
  perioder fuldstændig, uden overlap
  kategori er en af jobparat, aktivitetsparat, uddannelsesparat

data indsats
  perioder fuldstændig
  art er en af vejledning, virksomhedspraktik, mentor
  timer_pr_uge er tal
  bevilget er dato

pligt tilbudspligt
  hjemmel kilde "Loven"
  for visitation
  regnet fra ydelse
  frist 6 måneder
  opfyldes af indsats, derefter 12 måneder
"#;

fn sources(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("regler.regel", text);
    sources.add("skema.regel", SCHEMA);
    sources
}

fn checked(text: &str) -> Checked {
    check(&sources(text))
}

/// Checks a picture against what is really said. A picture without a drawing is free of errors.
#[track_caller]
fn picture(expected: &str) -> Checked {
    let expected = expected.trim_start();
    let text = undrawn(expected);
    let checked = checked(&text);
    let actual = draw(&text, &marks(&checked.diagnostics, FileId(0)));
    assert!(
        expected == actual,
        "\n--- expected\n{expected}\n--- actual\n{actual}"
    );
    checked
}

/// The Danish messages of the picture, in order.
#[track_caller]
fn messages(expected: &str) -> Vec<String> {
    let found = picture(expected).diagnostics;
    found.into_iter().map(|it| it.message.da).collect()
}

/// All that is said of a source: code and the words of its first place.
fn said(text: &str) -> Vec<(&'static str, String)> {
    let sources = sources(text);
    let found = check(&sources).diagnostics;
    let place = |it: &hjemmel_grammar::Diagnostic| {
        it.site().map_or("", |site| sources.slice(site)).to_owned()
    };
    found.iter().map(|it| (it.code.0, place(it))).collect()
}

mod isolation {
    use super::picture;

    #[test]
    fn neighbours_of_a_broken_rule_keep_their_meaning_and_their_examples() {
        picture(
            r#"
begreb i_mentorforløb
  hjemmel kilde "Loven"
  når indsats.art er (
#                    ^ H0101 her ventes en værdi

begreb i_praktik
#      --------- reglen står her
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

eksempel "En praktik"
  givet
    indsats virksomhedspraktik fra 2. januar 2017 til 13. januar 2017
  så
    i_praktik er ja den 2. januar 2017
    i_praktik er ja den 14. januar 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger `nej` til og med 2017-01-01, `ja` fra 2017-01-02 til og med 2017-01-13, `nej` fra 2017-01-14
"#,
        );
    }

    #[test]
    fn what_rests_on_a_broken_rule_is_not_judged() {
        picture(
            r#"
begreb i_mentorforløb
  hjemmel kilde "Loven"
  når indsats.art er mentr
#                    ^^^^^ H0204 ukendt værdi

begreb i_gang
  hjemmel kilde "Loven"
  når i_mentorforløb eller indsats.art er virksomhedspraktik

eksempel "En mentor"
  givet
    indsats mentor fra 2. januar 2017, fortsat
  så
    i_mentorforløb er ja fra 2. januar 2017
    i_gang er ja fra 2. januar 2017
"#,
        );
    }

    #[test]
    fn a_broken_table_may_reach_every_rule() {
        picture(
            r#"
data fravær
  perioder
  grund er en af sygdom, sygdom
#                        ^^^^^^ H0209 anden gang
#                ------ første gang

begreb i_praktik
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

eksempel "Ingen praktik"
  så
    i_praktik er ja den 2. januar 2017
"#,
        );
    }

    #[test]
    fn what_could_not_be_read_is_not_called_unused_or_unknown() {
        picture(
            r#"
begreb i_praktik
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

opdeling forløb
  hjemmel kilde "Loven"
  i rækkefølge
  praktik når i_praktik og
#                         ^ H0119 her ventes en betingelse
  uden    ellers

måling andel_i_praktik
  hjemmel kilde "Loven"
  tæl forløb er praktik
  ud af ydelse
"#,
        );
    }
}

mod assessments {
    use super::messages;

    #[test]
    fn the_columns_of_a_decision_are_not_fields() {
        let said = messages(
            r#"
skøn særligt_tilfælde
  hjemmel kilde "Loven"
  afgørelse er en af bevilget, afslået
# ^^^^^^^^^ H0210 navnet er optaget

fritagelse særlig fra tilbudspligt
  hjemmel kilde "Loven"
  når særligt_tilfælde hvor varighed er mindst 2 uger
#     ^^^^^^^^^^^^^^^^ H0306 ikke her
"#,
        );
        assert_eq!(said[0], "`afgørelse` er en kolonne som alle skøn har");
    }
}

mod versions {
    use super::messages;

    #[test]
    fn an_overlap_is_told_with_its_first_and_last_day() {
        let said = messages(
            r#"
begreb ung
#      --- den anden version
  hjemmel kilde "Loven"
  gælder fra 1. januar 2015 til 30. juni 2017
  når alder er under 30

begreb ung
#      ^^^ H0501 den ene version
  hjemmel kilde "Loven"
  gælder fra 1. juni 2017
  når alder er under 25

måling andel_unge
  hjemmel kilde "Loven"
  gælder fra 1. januar 2015
  tæl ung
  ud af ydelse
"#,
        );
        assert_eq!(
            said,
            ["to versioner af `ung` gælder samtidig fra 2017-06-01 til og med 2017-06-30"]
        );
    }

    #[test]
    fn a_hole_is_told_with_its_first_and_last_day() {
        let said = messages(
            r#"
begreb ung
#      --- forrige version
  hjemmel kilde "Loven"
  gælder til 30. maj 2017
  når alder er under 30

begreb ung
#      ^^^ H0502 næste version
  hjemmel kilde "Loven"
  gælder fra 1. juni 2017
  når alder er under 25

måling andel_unge
  hjemmel kilde "Loven"
  tæl ung
  ud af ydelse
"#,
        );
        assert_eq!(said, ["ingen version af `ung` gælder den 2017-05-31"]);
    }

    /// Two rules of one name and no days in force are in force together always (R19).
    #[test]
    fn the_same_rule_twice() {
        let said = messages(
            r#"
begreb ung
#      --- den anden version
  hjemmel kilde "Loven"
  når alder er under 30

begreb ung
#      ^^^ H0501 den ene version
  hjemmel kilde "Loven"
  når alder er under 25

måling andel_unge
  hjemmel kilde "Loven"
  tæl ung
  ud af ydelse
"#,
        );
        assert_eq!(said, ["to versioner af `ung` gælder samtidig på alle dage"]);
    }

    #[test]
    fn a_version_inside_another_hides_no_overlap_and_makes_no_hole() {
        let said = messages(
            r#"
parameter pause
  hjemmel kilde "Loven"
  værdi 4 uger gælder fra 1. januar 2010 til 31. december 2030
# ------------------------------------------------------------ den anden version
# ------------------------------------------------------------ den anden version
  værdi 5 uger gælder fra 1. januar 2012 til 31. december 2012
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0501 den ene version
  værdi 6 uger gælder fra 1. januar 2015 til 31. december 2015
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0501 den ene version

måling andel_i_gang
  hjemmel kilde "Loven"
  tæl indsats afbrudt højst pause
  ud af ydelse
"#,
        );
        assert_eq!(said.len(), 2);
    }
}

mod rings {
    use super::{messages, picture};

    #[test]
    fn a_ring_is_printed_with_every_step() {
        let said = messages(
            r#"
begreb a
  hjemmel kilde "Loven"
  når ydelse og b
#               ^ H0604 bruger den næste

begreb b
  hjemmel kilde "Loven"
  når mindst én af:
    - c inden for de seneste 2 uger
#     - bruger den næste
    - ydelse

begreb c
  hjemmel kilde "Loven"
  når ydelse dog ikke når a
#                         - bruger den næste
"#,
        );
        assert_eq!(
            said,
            ["reglerne afhænger af hinanden i ring: a → b → c → a"]
        );
    }

    #[test]
    fn a_duty_may_not_rest_on_its_own_exemption() {
        picture(
            r#"
fritagelse overskredet_én_gang fra tilbudspligt
  hjemmel kilde "Loven"
  når tilbudspligt er overskredet
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0604 bruger den næste
"#,
        );
    }
}

mod nearest_name {
    use super::{check, sources};

    /// What is offered instead of the first place of the only error.
    #[track_caller]
    fn offered(text: &str) -> (String, String) {
        let text = format!("måling m\n  hjemmel kilde \"Loven\"\n  {text}\n  ud af ydelse\n");
        let sources = sources(&text);
        let found = check(&sources).diagnostics;
        assert_eq!(found.len(), 1, "{found:#?}");
        let site = found[0].site().expect("a diagnostic has a place");
        let offered = found[0].replacement.clone().unwrap_or_default();
        (sources.slice(site).to_owned(), offered)
    }

    #[test]
    fn of_tables_fields_values_and_states() {
        let pair = |wrong: &str, right: &str| (wrong.to_owned(), right.to_owned());
        assert_eq!(offered("tæl indsat"), pair("indsat", "indsats"));
        assert_eq!(offered("tæl ydelse.at er kontanthjælp"), pair("at", "art"));
        assert_eq!(
            offered("tæl ydelse.art er kontanthjælpen"),
            pair("kontanthjælpen", "kontanthjælp")
        );
        assert_eq!(
            offered("tæl tilbudspligt er overskreden"),
            pair("overskreden", "overskredet")
        );
    }

    #[test]
    fn nothing_is_offered_that_is_not_near() {
        assert_eq!(offered("tæl ferielov").1, "");
    }
}

mod branches {
    use super::{checked, picture};

    /// Branches that exclude each other are accepted without an order.
    #[track_caller]
    fn exclude(one: &str, two: &str) {
        let text = format!(
            "opdeling o\n  hjemmel kilde \"Loven\"\n  a når {one}\n  b når {two}\n  c ellers\n"
        );
        let found = checked(&text).diagnostics;
        assert!(found.is_empty(), "{one} / {two}: {found:#?}");
    }

    #[test]
    fn values_of_a_table_without_overlap() {
        exclude(
            "visitation.kategori er jobparat",
            "visitation.kategori er en af aktivitetsparat, uddannelsesparat",
        );
        exclude(
            "visitation.kategori er jobparat",
            "ydelse og visitation.kategori er ikke jobparat",
        );
    }

    #[test]
    fn ages() {
        exclude("alder er under 30", "alder er mindst 30");
        exclude("alder er højst 24", "alder er over 24 og alder er under 30");
    }

    #[test]
    fn a_condition_and_its_opposite() {
        exclude("indsats", "ydelse og ikke indsats");
        exclude(
            "(indsats i mindst 2 uger)",
            "ikke (indsats i mindst 2 uger)",
        );
    }

    #[test]
    fn states_of_a_duty() {
        exclude(
            "tilbudspligt er overskredet",
            "tilbudspligt er en af frist_løber, fritaget",
        );
    }

    #[test]
    fn values_of_a_table_with_overlap_do_not_exclude_each_other() {
        picture(
            r#"
opdeling støtte
  hjemmel kilde "Loven"
  mentor  når indsats.art er mentor
# ------ den anden gren
  praktik når indsats.art er virksomhedspraktik
# ^^^^^^^ H0606 den ene gren
  ingen   ellers
"#,
        );
    }

    #[test]
    fn a_state_inside_an_earlier_one_is_never_reached() {
        picture(
            r#"
opdeling status
  hjemmel kilde "Loven"
  i rækkefølge
  i_orden    når tilbudspligt er en af frist_løber, i_tilbud, indfriet
# ------- afgør det allerede her
  med_tilbud når tilbudspligt er i_tilbud
# ^^^^^^^^^^ H0705 nås ikke
  andet      ellers
"#,
        );
    }
}

mod conditions {
    use super::picture;

    #[test]
    fn a_row_cannot_have_two_values() {
        picture(
            r#"
måling m
  hjemmel kilde "Loven"
  tæl indsats hvor art er mentor og art er vejledning
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0702 modsiger sig selv
  ud af ydelse
"#,
        );
    }

    /// Two rows may: the two conditions need not be met by the same one.
    #[test]
    fn a_person_can_have_two_rows() {
        picture(
            r#"
måling m
  hjemmel kilde "Loven"
  tæl indsats.art er mentor og indsats.art er vejledning
  ud af ydelse
"#,
        );
    }

    #[test]
    fn a_contradiction_is_told_once() {
        picture(
            r#"
begreb umulig
  hjemmel kilde "Loven"
  når ydelse og ikke ydelse
#               ^^^^^^^^^^^ H0702 modsiger sig selv
#     ------ er uforenelig med denne

måling m
  hjemmel kilde "Loven"
  tæl indsats og umulig
  ud af ydelse
"#,
        );
    }

    #[test]
    fn a_tautology_through_a_term() {
        picture(
            r#"
begreb ung
  hjemmel kilde "Loven"
  når alder er under 30

måling m
  hjemmel kilde "Loven"
  tæl indsats og (ung eller alder er mindst 25)
#                           ^^^^^^^^^^^^^^^^^^ H0703 afgør ingenting
#                 --- sammen med denne
  ud af ydelse
"#,
        );
    }

    /// What could not be resolved is not compared with anything.
    #[test]
    fn two_unknown_values_are_not_the_same_condition() {
        picture(
            r#"
måling m
  hjemmel kilde "Loven"
  tæl ydelse.art er a eller ydelse.art er b
#                   ^ H0204 ukendt værdi
#                                         ^ H0204 ukendt værdi
  ud af ydelse
"#,
        );
    }
}

mod examples {
    use super::messages;

    #[test]
    fn a_contradiction_shows_expected_and_actual_days() {
        let said = messages(
            r#"
pligt mentorpligt
#     ----------- reglen står her
#     ----------- reglen står her
  hjemmel kilde "Loven"
  for visitation
  regnet fra ydelse
  frist 6 måneder
  opfyldes af indsats.art er mentor

eksempel "Et halvt år uden mentor"
  givet
    ydelse kontanthjælp fra 4. januar 2017, fortsat
    visitation aktivitetsparat fra 4. januar 2017, fortsat
  så
    mentorpligt er frist_løber fra 4. januar 2017 til og med 3. juli 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger `ikke_omfattet` til og med 2017-01-03, `frist_løber` fra 2017-01-04 til og med 2017-07-04, `overskredet` fra 2017-07-05
    mentorpligt har frist 3. juli 2017 den 1. juni 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger frist 2017-07-04 fra 2017-01-04 til og med 2017-07-04
"#,
        );
        assert_eq!(
            said,
            [
                "eksemplet venter `frist_løber` fra 2017-01-04 til og med 2017-07-03 for `mentorpligt`, men reglerne siger noget andet",
                "eksemplet venter frist 2017-07-03 den 2017-06-01 for `mentorpligt`, men reglerne siger noget andet",
            ]
        );
    }
}

/// The entries of the catalogue of bad input that concern what rules mean.
mod catalogue {
    use super::{check, picture, said};
    use hjemmel_grammar::Sources;
    use std::fmt::Write as _;
    use std::time::{Duration, Instant};

    /// R01: nothing, and nothing but comments.
    #[test]
    fn r01_no_rules() {
        for text in ["", "# kun en bemærkning\n", "\n\n"] {
            let mut sources = Sources::new();
            sources.add("regler.regel", text);
            let checked = check(&sources);
            let said: Vec<_> = checked
                .diagnostics
                .iter()
                .map(|it| it.message.da.as_str())
                .collect();
            assert_eq!(said, ["ingen regler"], "{text:?}");
            assert!(!checked.is_usable());
        }
    }

    /// R01: a folder without files.
    #[test]
    fn r01_no_files() {
        let said: Vec<_> = check(&Sources::new())
            .diagnostics
            .iter()
            .map(|it| it.code.0)
            .collect();
        assert_eq!(said, ["H0608"]);
    }

    /// R11: a date compared with a number, months where a number is needed.
    #[test]
    fn r11_values_of_another_kind() {
        picture(
            r#"
data aftale
  perioder fuldstændig
  timer er tal
# ----- erklæret her
  indgået er dato
# ------- erklæret her

måling m
  hjemmel kilde "Loven"
  tæl aftale.indgået er under 37
#                             ^^ H0301 her skal stå en dato
  ud af aftale.timer er mindst 2 måneder
#                              ^^^^^^^^^ H0301 her skal stå et tal
"#,
        );
    }

    /// R12: dates that do not exist.
    #[test]
    fn r12_impossible_dates() {
        picture(
            r#"
måling m
  hjemmel kilde "Loven"
  gælder fra 2023-02-29
#            ^^^^^^^^^^ H0106 findes ikke
  tæl indsats
  ud af ydelse

måling n
  hjemmel kilde "Loven"
  gælder fra 31-04-2024
#            ^^^^^^^^^^ H0106 ingen dato
  tæl indsats
  ud af ydelse
"#,
        );
    }

    /// R20: a rule without a legal reference.
    #[test]
    fn r20_no_basis() {
        picture(
            r#"
fritagelse syg fra tilbudspligt
#          ^^^ H0401 en fritagelse skal have en `hjemmel`
  når indsats.art er mentor
"#,
        );
    }

    /// R21: an exemption that always applies, a branch that is never reached.
    #[test]
    fn r21_always_and_never() {
        picture(
            r#"
fritagelse alle fra tilbudspligt
  hjemmel kilde "Loven"
  når alder er under 65 eller alder er mindst 60
#                             ^^^^^^^^^^^^^^^^^^ H0703 afgør ingenting
#     ----------------- sammen med denne
"#,
        );
    }

    /// R22: lengths of time that are none.
    #[test]
    fn r22_lengths() {
        for length in ["999999999999 måneder", "-1 måned", "0 dage"] {
            let text = format!(
                "måling m\n  hjemmel kilde \"Loven\"\n  tæl indsats inden for de seneste {length}\n  ud af ydelse\n"
            );
            let count = length.split(' ').next().unwrap_or("");
            assert_eq!(said(&text), [("H0116", count.to_owned())]);
        }
    }

    /// R28: rules that name a hundred others each. 10,000 of them take ten times as long.
    #[test]
    fn r28_many_rules_that_name_many_others() {
        let rules = many_rules(1000);
        let start = Instant::now();
        let said = said(&rules);
        assert!(said.is_empty(), "{:?}", said.first());
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?}");
    }

    /// Rules in hundred layers; each names a hundred of the layer below (or all, if it is small).
    fn many_rules(count: usize) -> String {
        let width = count / 100;
        let mut text = String::new();
        for i in 0..count {
            let layer = i / width;
            let named: Vec<String> = match layer {
                0 => vec![format!("indsats.timer_pr_uge er mindst {}", i + 1)],
                _ => (0..100.min(width))
                    .map(|k| format!("b{}", (layer - 1) * width + (i + k) % width))
                    .collect(),
            };
            let named = named.join("\n    og ");
            write!(
                text,
                "begreb b{i}\n  hjemmel kilde \"Loven\"\n  når {named}\n\n"
            )
            .expect("a string takes all");
        }
        for i in count - width..count {
            write!(
                text,
                "måling m{i}\n  hjemmel kilde \"Loven\"\n  tæl b{i}\n  ud af ydelse\n\n"
            )
            .expect("a string takes all");
        }
        text
    }

    /// The first rule is about rows; each of the others is what `rule` makes of the one before.
    fn chain(count: usize, rule: impl Fn(&str, usize) -> String) -> String {
        let mut text = String::from("begreb b1\n  hjemmel kilde \"Loven\"\n  når ydelse\n\n");
        for i in 2..=count {
            text.push_str(&rule(&format!("b{}", i - 1), i));
        }
        text
    }

    fn term(condition: &str, i: usize) -> String {
        format!("begreb b{i}\n  hjemmel kilde \"Loven\"\n  når {condition}\n\n")
    }

    fn example(state: &str) -> String {
        format!(
            "eksempel \"Dybt\"\n  givet\n    ydelse kontanthjælp fra 2. januar 2017 til 8. januar 2017\n  \
             så\n    {state} den 4. januar 2017\n"
        )
    }

    /// Chains as long as allowed are answered, on the two megabytes that a thread has.
    #[test]
    fn the_longest_chains_are_answered() {
        let terms = chain(256, |below, i| {
            term(&format!("ikke (ikke ({below} og ydelse))"), i)
        });
        assert_eq!(said(&(terms + &example("b256 er ja"))), []);
        let classifications = chain(250, |below, i| {
            let below = if i == 2 {
                below.to_owned()
            } else {
                format!("{below} er med")
            };
            format!(
                "opdeling b{i}\n  hjemmel kilde \"Loven\"\n  med  når {below}\n  uden ellers\n\n"
            )
        });
        assert_eq!(said(&(classifications + &example("b250 er med"))), []);
        let duties = chain(250, |below, i| {
            let below = if i == 2 {
                below.to_owned()
            } else {
                format!("{below} er frist_løber")
            };
            format!(
                "pligt b{i}\n  hjemmel kilde \"Loven\"\n  for ydelse\n  regnet fra {below}\n  frist 1 måned\n  \
                 opfyldes af indsats\n\n"
            )
        });
        assert_eq!(said(&(duties + &example("b250 er frist_løber"))), []);
    }

    /// A chain is measured whichever way it is written, and with the conditions along it.
    #[test]
    fn longer_chains_are_refused() {
        let long = chain(257, term) + &example("b257 er ja");
        assert_eq!(said(&long), [("H0610", "b256".to_owned())]);
        let mut backwards: Vec<&str> = long.split_inclusive("\n\n").collect();
        backwards.reverse();
        let backwards = format!("\n\n{}", backwards.concat());
        assert_eq!(said(&backwards).len(), 1, "{:?}", said(&backwards));
        let deep = |below: &str, i| {
            term(
                &format!("{}{below}{}", "ikke (".repeat(60), ")".repeat(60)),
                i,
            )
        };
        let codes: Vec<_> = said(&chain(256, deep))
            .into_iter()
            .map(|(code, _)| code)
            .collect();
        assert!(codes.contains(&"H0610"), "{codes:?}");
    }

    /// R31: there is no way to write what a missing fact should count as.
    #[test]
    fn r31_no_value_for_the_unknown() {
        picture(
            r#"
måling m
  hjemmel kilde "Loven"
  tæl ydelse.art er ukendt
#                   ^^^^^^ H0312 `ukendt` kan kun forventes i et eksempel
  ud af tilbudspligt er ukendt
#                       ^^^^^^ H0312 `ukendt` kan kun forventes i et eksempel

parameter uden_oplysning
  hjemmel kilde "Loven"
  værdi ukendt
#       ^^^^^^ H0311 hverken længde, tal, dato eller ja/nej

måling n
  hjemmel kilde "Loven"
  tæl indsats inden for de seneste uden_oplysning
  ud af ydelse
"#,
        );
    }
}
