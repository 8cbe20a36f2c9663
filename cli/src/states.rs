//! States and rules as people read them.

use crate::table;
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::model::{ClassificationId, DutyState, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Truth};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::keyword::{self, Group};

/// A state in words: `frist løber`; of a classification the branch's title.
pub(crate) fn words(
    model: &Model,
    subject: Subject,
    state: &State,
    day: Day,
    language: Language,
) -> String {
    if let (Subject::Classification(ClassificationId(i)), State::Branch(name)) = (subject, state) {
        let version = model.classifications.get(i).and_then(|rule| rule.on(day));
        let mut branches = version
            .into_iter()
            .flat_map(|version| &version.body.branches);
        let title = branches
            .find(|branch| branch.state == *name)
            .and_then(|branch| branch.title.clone());
        return title.unwrap_or_else(|| spaced(name));
    }
    match (language, state) {
        (_, State::Branch(name)) => spaced(name),
        (Language::Danish, state) => spaced(state.name()),
        (Language::English, State::Truth(Truth::Yes)) => "yes".to_owned(),
        (Language::English, State::Truth(Truth::No)) => "no".to_owned(),
        (Language::English, State::UnknownBranch | State::Truth(Truth::Unknown)) => {
            "unknown".to_owned()
        }
        (Language::English, State::Duty(state)) => duty_words(*state, language),
    }
}

/// A duty's state in words: `frist løber`, `deadline running`.
pub(crate) fn duty_words(state: DutyState, language: Language) -> String {
    let mut states = keyword::ALL
        .iter()
        .filter(|word| word.group == Group::State);
    let word = states.find(|word| word.da == state.name());
    match (language, word) {
        (Language::English, Some(word)) => spaced(word.en),
        _ => spaced(state.name()),
    }
}

fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// The states that a rule may have on a day, in the order they are shown; `ukendt` last.
pub(crate) fn all(model: &Model, subject: Subject, day: Day) -> Vec<State> {
    match subject {
        Subject::Duty(_) => DutyState::ALL.into_iter().map(State::Duty).collect(),
        Subject::Classification(ClassificationId(i)) => {
            let version = model.classifications.get(i).and_then(|rule| rule.on(day));
            let branches = version
                .into_iter()
                .flat_map(|version| &version.body.branches);
            let states = branches.map(|branch| State::Branch(branch.state.clone()));
            states.chain([State::UnknownBranch]).collect()
        }
        Subject::Term(_) | Subject::Assessment(_) | Subject::Warning(_) => {
            [Truth::Yes, Truth::No, Truth::Unknown]
                .into_iter()
                .map(State::Truth)
                .collect()
        }
    }
}

/// The state of that name on a day, in either language; never `ukendt`.
pub(crate) fn named(model: &Model, subject: Subject, name: &str, day: Day) -> Option<State> {
    let all = all(model, subject, day);
    let english = |state: &State| {
        let words = words(model, subject, state, day, Language::English);
        words.replace(' ', "_") == name
    };
    let is_branch = |state: &State| matches!(state, State::Branch(_));
    let mut known = all.into_iter().filter(|state| !state.is_unknown());
    known.find(|state| state.name() == name || (!is_branch(state) && english(state)))
}

/// `Tilbud til aktivitetsparate (tilbud_aktivitetsparat)`
pub(crate) fn heading(model: &Model, subject: Subject, day: Day) -> String {
    let name = subject_name(model, subject);
    table::titled(model.title_on(subject, day), name)
}
