//! The answers that a reviewer may give, and how they may be written.

use crate::states;
use hjemmel_engine::model::{DutyState, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Truth};
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_reports::Cell;

/// An answer that may be chosen.
pub(crate) struct Answer {
    pub(crate) state: State,
    /// As it stands on the list.
    pub(crate) label: Text,
    pub(crate) meaning: Text,
    /// All the ways in which it is understood.
    pub(crate) written: Vec<String>,
}

/// A state, for machines by its Danish name.
pub(crate) fn state(model: &Model, subject: Subject, state: &State, day: Day) -> Cell {
    Cell::Word(state.name().to_owned(), words(model, subject, state, day))
}

fn words(model: &Model, subject: Subject, state: &State, day: Day) -> Text {
    let of = |language| states::words(model, subject, state, day, language);
    Text::new(of(Language::Danish), of(Language::English))
}

/// The answers of a rule, in the order of its states. No two have the same label.
pub(crate) fn answers(model: &Model, rule: Subject, day: Day) -> Vec<Answer> {
    let all = states::all(model, rule, day);
    let plain: Vec<Text> = all
        .iter()
        .map(|state| words(model, rule, state, day))
        .collect();
    let answer = |(state, text): (&State, &Text)| {
        let same = plain.iter().filter(|other| other.da == text.da).count();
        let label = if same > 1 {
            let name = state.name();
            Text::new(
                format!("{} ({name})", text.da),
                format!("{} ({name})", text.en),
            )
        } else {
            text.clone()
        };
        let mut written = vec![label.da.clone(), label.en.clone()];
        // A name that is another answer's title says that other.
        if !plain.iter().any(|other| other.da == state.name()) || text.da == state.name() {
            written.push(state.name().to_owned());
        }
        Answer {
            state: state.clone(),
            label,
            meaning: meaning(state),
            written,
        }
    };
    all.iter().zip(&plain).map(answer).collect()
}

/// What a state says, for one who has not read the language reference.
fn meaning(state: &State) -> Text {
    match state {
        State::Duty(state) => of_duty(*state),
        State::Branch(name) => Text::same(name.clone()),
        State::Truth(Truth::Yes) => Text::new("bemærkningen gives", "the remark is given"),
        State::Truth(Truth::No) => Text::new("bemærkningen gives ikke", "the remark is not given"),
        State::UnknownBranch | State::Truth(Truth::Unknown) => of_duty(DutyState::Unknown),
    }
}

fn of_duty(state: DutyState) -> Text {
    let (da, en) = match state {
        DutyState::NotCovered => (
            "pligten gælder ikke for personen den dag",
            "the duty does not cover the person on that day",
        ),
        DutyState::Exempt => (
            "en fritagelse gælder den dag",
            "an exemption holds on that day",
        ),
        DutyState::Suspended => (
            "pligten er udsat den dag; fristen står stille",
            "the duty is suspended on that day; its clock stands still",
        ),
        DutyState::InOffer => (
            "det, der opfylder pligten, er i gang den dag",
            "what fulfils the duty is going on on that day",
        ),
        DutyState::MustBeReassessed => (
            "en afgørelse, som svaret hviler på, skulle have været taget op igen",
            "a decision that the answer rests on should have been reassessed",
        ),
        DutyState::AwaitsAssessment => (
            "en afgørelse, som reglen kræver, er ikke truffet",
            "a decision that the rule requires has not been taken",
        ),
        DutyState::Discharged => (
            "pligten er opfyldt og kommer ikke igen i perioden",
            "the duty is fulfilled and does not come again in the period",
        ),
        DutyState::DeadlineRunning => (
            "pligten er ikke opfyldt, men fristen er ikke gået",
            "the duty is not fulfilled, but its deadline has not passed",
        ),
        DutyState::Overdue => (
            "fristen er gået, og pligten er ikke opfyldt",
            "the deadline has passed, and the duty is not fulfilled",
        ),
        DutyState::Unknown => ("oplysningerne afgør det ikke", "the facts do not settle it"),
    };
    Text::new(da, en)
}
