//! How a rule set is checked, as pictures: a source with all that is said of it drawn into it.
//! What every single diagnostic looks like is on the pages of `engine/diagnostics/`.

#![cfg(test)]

mod assessments;
mod branches;
mod catalogue;
mod conditions;
#[path = "../drawing/mod.rs"]
mod drawing;
mod examples;
mod isolation;
mod nearest_name;
mod rings;
mod versions;

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
