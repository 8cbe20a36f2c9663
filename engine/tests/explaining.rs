//! Explanations drawn as trees: each step with its basis and the rows of the example it read.

#![cfg(test)]

use hjemmel_engine::check_rules;
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::explain::{Reason, explain};
use hjemmel_engine::model::{ClassificationId, DutyId, Subject};
use hjemmel_engine::outcome::Outcome;
use hjemmel_engine::time::Day;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Severity;

const RULES: &str = r#"
data tilbud
  perioder fuldstændig
  art er en af x, y, z

skøn særligt
  hjemmel kilde "Skønnet"
  afgøres af kommunen

pligt p
  hjemmel kilde "Pligten"
  for tilbud
  regnet fra tilbud
  frist 1 måned
  opfyldes af tilbud.art er x, derefter 1 måned
  kræver skøn særligt når tilbud.art er y  hjemmel kilde "Kravet"

opdeling o
  hjemmel kilde "Opdelingen"
  i rækkefølge
  i_x "Er i x" når tilbud.art er x
  i_y når tilbud.art er y  hjemmel kilde "Delen"
  i_x når tilbud.art er z
  andre ellers

opdeling e
  hjemmel kilde "Begge"
  i rækkefølge
  i_noget når tilbud.art er en af x, y  hjemmel kilde "Det ene"
  i_noget når tilbud.art er z  hjemmel kilde "Det andet"
  andre ellers

eksempel "e"
  givet
"#;

/// The explanation of the answer of a rule on 15 February 2016 in the case of these rows.
fn explained(subject: Subject, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("    {row}\n")).collect();
    let mut sources = Sources::new();
    let text = format!("{RULES}{rows}  så\n    o er andre den 1. januar 2010\n");
    sources.add("a.regel", text);
    let checked = check_rules(&sources);
    let mut found = checked.diagnostics.iter();
    assert!(
        found.all(|it| it.severity != Severity::Error),
        "{:?}",
        checked.diagnostics
    );
    let model = checked.model;
    let case = &model.examples[0].case;
    let evaluation = Evaluation::new(&model, case, None);
    let day = Day::from_ymd(2016, 2, 15).unwrap();
    let explanation = explain(&model, &evaluation, subject, day).unwrap();
    let mut drawn = format!("{}\n", told(&explanation.outcome));
    let rows = case.tables.iter().flat_map(|table| &table.rows);
    let mut lines: Vec<u32> = rows.map(|row| row.source.line).collect();
    lines.sort_unstable();
    draw(&explanation.reason, &lines, 0, &mut drawn);
    drawn
}

/// The days of the answer, and its grounds.
fn told(outcome: &Outcome) -> String {
    let run = &outcome.run;
    let grounds = run.grounds.iter().map(|ground| {
        let (title, basis) = (ground.title.as_deref(), ground.basis.as_ref());
        let basis = basis.map_or(String::new(), |basis| format!(" ({basis})"));
        format!("; {}{basis}", title.unwrap_or(&ground.name))
    });
    let grounds: String = grounds.collect();
    format!("{} – {}{grounds}", run.days.start, run.days.last())
}

/// A step with those below it; the rows that it read by their numbers among these lines.
fn draw(reason: &Reason, lines: &[u32], depth: usize, drawn: &mut String) {
    let basis = reason.basis.as_ref();
    let basis = basis.map_or(String::new(), |basis| format!(" ({basis})"));
    let rows = reason
        .rows
        .iter()
        .map(|row| lines.binary_search(&row.source.line).unwrap() + 1);
    let rows: String = rows.map(|row| format!(" [{row}]")).collect();
    let text = &reason.text.da;
    drawn.push_str(&format!("{}{text}{basis}{rows}\n", "  ".repeat(depth)));
    for step in &reason.because {
        draw(step, lines, depth + 1, drawn);
    }
}

const DUTY: Subject = Subject::Duty(DutyId(0));
const PARTS: Subject = Subject::Classification(ClassificationId(0));
const EITHER: Subject = Subject::Classification(ClassificationId(1));

#[test]
fn what_was_decided_and_which_rows_were_read() {
    let rows = [
        "tilbud y fra 1. februar 2016 til 29. februar 2016",
        "tilbud x fra 1. januar 2016 til 31. januar 2016",
        "særligt ja fra 10. februar 2016, fortsat",
    ];
    insta::assert_snapshot!(explained(DUTY, &rows), @"
    2016-02-15 – 2016-02-15
    `p` er frist_løber siden 2016-02-10 (Pligten)
      kræver et skøn, og det er truffet: særligt (Kravet)
        tilbud hvor art er y: ja [1]
      sidste rettidige dag er 2016-02-29
        seneste `p` sluttede 2016-01-31; det næste skal være begyndt senest 2016-02-29
      seneste `p` er afsluttet (herefter ny frist): 2016-01-01 – 2016-01-31 [2]
      tilbud: ja [1] [2]
      perioden regnes fra 2016-01-01 og er ikke afbrudt [1] [2]
    ");
}

#[test]
fn what_has_not_been_decided() {
    let rows = ["tilbud y fra 1. februar 2016 til 29. februar 2016"];
    insta::assert_snapshot!(explained(DUTY, &rows), @"
    2016-02-15 – 2016-02-15; særligt (Kravet)
    `p` er afventer_skøn siden 2016-02-01 (Pligten)
      kræver et skøn, der ikke er truffet: særligt (Kravet)
        tilbud hvor art er y: ja [1]
      sidste rettidige dag er 2016-03-01
        fristen regnes fra 2016-02-01 og er 2016-03-01
      `p`: ingen der tæller
      tilbud: ja [1]
      perioden regnes fra 2016-02-01 og er ikke afbrudt [1]
    ");
}

#[test]
fn the_branch_that_decided() {
    let x = ["tilbud x fra 1. februar 2016 til 29. februar 2016"];
    insta::assert_snapshot!(explained(PARTS, &x), @"
    2016-02-15 – 2016-02-15; Er i x
    `o` er i_x siden 2016-02-01 (Opdelingen)
      `i_x` passer
        tilbud hvor art er x: ja [1]
    ");
    let y = ["tilbud y fra 1. februar 2016 til 29. februar 2016"];
    insta::assert_snapshot!(explained(PARTS, &y), @"
    2016-02-15 – 2016-02-15; i_y (Delen)
    `o` er i_y siden 2016-02-01 (Opdelingen)
      `i_x` passer ikke
        tilbud hvor art er x: nej
      `i_y` passer (Delen)
        tilbud hvor art er y: ja [1]
    ");
}

#[test]
fn one_branch_after_another_of_the_same_name() {
    let rows = [
        "tilbud x fra 1. februar 2016 til 14. februar 2016",
        "tilbud z fra 15. februar 2016 til 29. februar 2016",
    ];
    insta::assert_snapshot!(explained(PARTS, &rows), @"
    2016-02-15 – 2016-02-15
    `o` er i_x siden 2016-02-01 (Opdelingen)
      `i_x` passer ikke
        tilbud hvor art er x: nej
      `i_y` passer ikke (Delen)
        tilbud hvor art er y: nej
      `i_x` passer
        tilbud hvor art er z: ja [2]
    ");
}

#[test]
fn one_of_two_branches_of_the_same_name() {
    let rows = ["tilbud fra 1. februar 2016 til 29. februar 2016"];
    insta::assert_snapshot!(explained(EITHER, &rows), @"
    2016-02-15 – 2016-02-15
    `e` er ukendt siden 2016-02-01 (Begge)
      det vides ikke om `i_noget` passer (Det ene)
        tilbud hvor art er en af x, y: ukendt [1]
      det vides ikke om `i_noget` passer (Det andet)
        tilbud hvor art er z: ukendt [1]
      ellers `andre`
    ");
}
