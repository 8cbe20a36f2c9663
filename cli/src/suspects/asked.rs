//! What is looked for, and whose answers are bad.

use crate::arguments::SuspectsArguments;
use crate::exit::Failure;
use crate::{files, print, states};
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::model::{DutyState, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::suspects::Slips;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, nearest};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// The file in the folder of rules.
const NAME: &str = "mistanke.toml";
/// The longest that it may be, in MiB.
const LONGEST: u64 = 1;

/// A rule, and the state that is bad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bad {
    pub(crate) subject: Subject,
    pub(crate) state: State,
}

/// The bad answers that a command line names; every duty that is overdue, if it names none.
pub(crate) fn bad(
    model: &Model,
    arguments: &SuspectsArguments,
    day: Day,
) -> Result<Vec<Bad>, Failure> {
    let overdue = |subject| Bad {
        subject,
        state: State::Duty(DutyState::Overdue),
    };
    let duties = || {
        let all = subjects(model).into_iter();
        all.filter(|subject| matches!(subject, Subject::Duty(_)))
    };
    let mut found: Vec<Bad> = Vec::new();
    for name in &arguments.duties {
        let subject = named(model, name)?;
        if !matches!(subject, Subject::Duty(_)) {
            return Err(Failure::usage(
                format!("{name} er ikke en pligt"),
                format!("{name} is not a duty"),
            )
            .hint(
                format!("nævn den tilstand, der er dårlig: --state {name}=TILSTAND"),
                format!("name the state that is bad: --state {name}=STATE"),
            ));
        }
        found.push(overdue(subject));
    }
    for text in &arguments.states {
        found.push(state(model, text, day)?);
    }
    if found.is_empty() {
        found.extend(duties().map(overdue));
    }
    let mut once: Vec<Bad> = Vec::with_capacity(found.len());
    for bad in found {
        if !once.contains(&bad) {
            once.push(bad);
        }
    }
    Ok(once)
}

/// The rule of that name.
fn named(model: &Model, name: &str) -> Result<Subject, Failure> {
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

/// `opfølgning=uden_indsats`; states in either language.
fn state(model: &Model, text: &str, day: Day) -> Result<Bad, Failure> {
    let Some((rule, name)) = text.split_once('=') else {
        let shown = print::harmless(text);
        return Err(Failure::usage(
            format!("--state {shown}: skriv REGEL=TILSTAND, f.eks. opfølgning=uden_indsats"),
            format!("--state {shown}: write RULE=STATE, such as opfølgning=uden_indsats"),
        ));
    };
    let subject = named(model, rule.trim())?;
    let name = name.trim();
    let all = states::all(model, subject, day);
    let english = |state: &State| {
        let words = states::words(model, subject, state, day, Language::English);
        words.replace(' ', "_") == name
    };
    let is_branch = |state: &State| matches!(state, State::Branch(_));
    let mut known = all.iter().filter(|state| !state.is_unknown());
    let found = known.find(|state| state.name() == name || (!is_branch(state) && english(state)));
    if let Some(state) = found {
        return Ok(Bad {
            subject,
            state: state.clone(),
        });
    }
    let known: Vec<&str> = all
        .iter()
        .filter(|state| !state.is_unknown())
        .map(State::name)
        .collect();
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

/// The slips to look for, with the hash of their file.
pub(crate) fn slips(
    arguments: &SuspectsArguments,
    model: &Model,
    language: Language,
) -> Result<(Slips, String), Failure> {
    let path = match &arguments.slips {
        Some(path) => path.clone(),
        None => beside(&arguments.rules.rules)?,
    };
    let text = text(&path)?;
    let hash = Sha256::digest(text.as_bytes());
    let hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let slips = hjemmel_extracts::slips(&text, &print::path(&path), model);
    let slips = slips.map_err(|problems| {
        let lines = problems
            .iter()
            .map(|problem| problem.render(language) + "\n");
        print::err(&lines.collect::<String>());
        Failure::usage(
            format!("{} kan ikke bruges", print::path(&path)),
            format!("{} cannot be used", print::path(&path)),
        )
    })?;
    Ok((slips, hash))
}

/// `mistanke.toml` in a folder of rules.
fn beside(rules: &[PathBuf]) -> Result<PathBuf, Failure> {
    let mut beside = rules.iter().map(|folder| folder.join(NAME));
    beside.find(|path| path.is_file()).ok_or_else(|| {
        Failure::usage(
            format!("der er ingen {NAME} i regelmappen: ingen fejl at lede efter"),
            format!("there is no {NAME} in the folder of rules: no errors to look for"),
        )
        .hint(
            format!("læg {NAME} i mappen, eller nævn en fil med --slips"),
            format!("put {NAME} in the folder, or name a file by --slips"),
        )
    })
}

fn text(path: &Path) -> Result<String, Failure> {
    let text = files::text(path, LONGEST)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
