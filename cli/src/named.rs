//! Rules and their states by the names that stand on a command line.

use crate::exit::Failure;
use crate::{print, states};
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, nearest};

/// The rule of that name.
pub(crate) fn rule(model: &Model, name: &str) -> Result<Subject, Failure> {
    let among = subjects(model);
    let mut found = among.iter();
    if let Some(subject) = found.find(|subject| subject_name(model, **subject) == name) {
        return Ok(*subject);
    }
    let shown = print::harmless(name);
    let failure = Failure::usage(
        format!("ingen pligt, opdeling eller advarsel hedder {shown}"),
        format!("no duty, classification or warning is called {shown}"),
    );
    let names = among.iter().map(|subject| subject_name(model, *subject));
    Err(match nearest(name, names) {
        Some(near) => failure.hint(format!("mente du {near}?"), format!("did you mean {near}?")),
        None => failure,
    })
}

/// `opfølgning=uden_indsats`; states in either language. `ukendt` is one of them only `with_unknown`.
pub(crate) fn state(
    model: &Model,
    text: &str,
    day: Day,
    with_unknown: bool,
) -> Result<(Subject, State), Failure> {
    let Some((rule, name)) = text.split_once('=') else {
        let shown = print::harmless(text);
        return Err(Failure::usage(
            format!("{shown}: skriv REGEL=TILSTAND, f.eks. opfølgning=uden_indsats"),
            format!("{shown}: write RULE=STATE, such as opfølgning=uden_indsats"),
        ));
    };
    let subject = self::rule(model, rule.trim())?;
    let name = name.trim();
    let all = states::all(model, subject, day);
    let english = |state: &State| {
        let words = states::words(model, subject, state, day, Language::English);
        words.replace(' ', "_") == name
    };
    let is_branch = |state: &State| matches!(state, State::Branch(_));
    let is_meant = |state: &&State| with_unknown || !state.is_unknown();
    let mut known = all.iter().filter(is_meant);
    let found = known.find(|state| state.name() == name || (!is_branch(state) && english(state)));
    if let Some(state) = found {
        return Ok((subject, state.clone()));
    }
    let known: Vec<&str> = all.iter().filter(is_meant).map(State::name).collect();
    let (rule, shown, all) = (
        print::harmless(rule),
        print::harmless(name),
        known.join(", "),
    );
    Err(Failure::usage(
        format!("{rule} har ikke tilstanden {shown}"),
        format!("{rule} has no state {shown}"),
    )
    .hint(format!("brug {all}"), format!("use {all}")))
}
