//! The entries of the catalogue of bad input that concern what rules mean.

use super::{check, picture, said};
use hjemmel_grammar::Sources;
use std::fmt::Write as _;

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

/// R28: rules that name a hundred others each. Followed by every way, they would have no end.
#[test]
fn r28_many_rules_that_name_many_others() {
    let said = said(&many_rules(1000));
    assert!(said.is_empty(), "{:?}", said.first());
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
        format!("opdeling b{i}\n  hjemmel kilde \"Loven\"\n  med  når {below}\n  uden ellers\n\n")
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
