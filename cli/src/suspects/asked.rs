//! What is looked for, and whose answers are bad.

use crate::arguments::SuspectsArguments;
use crate::exit::Failure;
use crate::{named, print, small_files};
use hjemmel_engine::evaluate::subjects;
use hjemmel_engine::model::{DutyState, Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::suspects::Slips;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Language;
use std::path::{Path, PathBuf};

/// The file in the folder of rules.
const NAME: &str = "mistanke.toml";
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
        let subject = named::rule(model, name)?;
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
        let named = named::state(model, text, day, false);
        let (subject, state) = named.map_err(|failure| failure.within("--state"))?;
        found.push(Bad { subject, state });
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
    read(&path, model, language)
}

/// The slips of a file, with its hash.
pub(crate) fn read(
    path: &Path,
    model: &Model,
    language: Language,
) -> Result<(Slips, String), Failure> {
    let text = small_files::text(path)?;
    let hash = small_files::hash(text.as_bytes());
    let slips = hjemmel_extracts::slips(&text, &print::path(path), model);
    let slips = slips.map_err(|problems| {
        let lines = problems
            .iter()
            .map(|problem| problem.render(language) + "\n");
        print::err(&lines.collect::<String>());
        Failure::usage(
            format!("{} kan ikke bruges", print::path(path)),
            format!("{} cannot be used", print::path(path)),
        )
    })?;
    Ok((slips, hash))
}

/// `mistanke.toml` in a folder of rules.
pub(crate) fn beside(rules: &[PathBuf]) -> Result<PathBuf, Failure> {
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
