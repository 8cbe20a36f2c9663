//! Decisions that people have taken: who is exempt from offers and mentor, who cannot take part,
//! and other circumstances (LAS § 13, stk. 8). Every decision has a day when it must be reassessed.

use super::calendar::{day, plus, plus_months};
use super::history::{History, Row, Span, Table};
use super::profiles::{Effort, Ground, Story, Twist};
use chrono::NaiveDate;

/// Adds the rows of the three tables of assessments.
pub(crate) fn add(history: &mut History) {
    if let Story::Exempt(ground) = history.member.story {
        let from = history.random.day(day(2017, 3, 1), day(2017, 7, 3));
        exceptional(history, (from, None), "ja", word(ground));
    }
    twisted(history);
    if let Story::Active(Effort::MentorEnded | Effort::MentorRunning) = history.member.story {
        cannot_take_part(history);
    }
}

fn twisted(history: &mut History) {
    let recent = history.random.day(day(2017, 6, 1), day(2017, 7, 14));
    let old = history.random.day(day(2016, 8, 1), day(2016, 12, 20));
    let grounds = ["indlæggelse", "pensionssag", "lægedokumenteret_skade"];
    let ground = history.random.pick(&grounds);
    match history.member.twist {
        Some(Twist::AssessmentExpired) => {
            // Half of them have an end too, which came before the reassessment.
            let to = history.random.chance(50).then(|| plus(old, 120));
            exceptional(history, (old, to), "ja", ground);
        }
        Some(Twist::AssessmentPending) => exceptional(history, (recent, None), "afventer", ground),
        Some(Twist::AssessmentRefused) => exceptional(history, (recent, None), "nej", ground),
        Some(Twist::CannotTakePartExpired) => {
            decide(history, Table::CannotTakePart, (old, None), &["ja"]);
        }
        Some(Twist::OtherCircumstances) => {
            let decision = history.random.pick(&["ja", "ja", "nej", "afventer"]);
            decide(
                history,
                Table::OtherCircumstances,
                (recent, None),
                &[decision],
            );
        }
        _ => {}
    }
}

fn exceptional(history: &mut History, span: Span, decision: &str, ground: &str) {
    decide(history, Table::ExceptionalCase, span, &[decision, ground]);
}

/// A decision, to be reassessed after six months.
fn decide(history: &mut History, table: Table, span: Span, values: &[&str]) {
    let reassess = plus_months(span.0, 6).format("%d-%m-%Y").to_string();
    let mut all = values.to_vec();
    all.insert(1, &reassess);
    history.add(table, span, &all);
}

/// Most who have a mentor have been judged unable to take part in offers for as long.
fn cannot_take_part(history: &mut History) {
    if history.has(Twist::CannotTakePartExpired) || history.random.chance(12) {
        return;
    }
    let has = |row: &Row, word: &str| row.values.iter().any(|value| value == word);
    let mentor = |row: &&Row| has(row, "mentor") && !has(row, "annulleret");
    let mentors: Vec<(NaiveDate, Option<NaiveDate>)> = history
        .rows
        .iter()
        .filter(mentor)
        .map(|row| (row.from, row.to))
        .collect();
    for span in mentors {
        decide(history, Table::CannotTakePart, span, &["ja"]);
    }
}

fn word(ground: Ground) -> &'static str {
    match ground {
        Ground::Admitted => "indlæggelse",
        Ground::PensionCase => "pensionssag",
        Ground::MedicalHarm => "lægedokumenteret_skade",
    }
}
