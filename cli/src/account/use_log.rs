//! The log of use: who asked about whom, when and for what. One line of JSON for each run, added in one write.
//!
//! Persons stand in it by [keyed names](crate::pseudonym) alone, so that the log is no list of them, and whoever has
//! its key can give a citizen the lines about that citizen and of nobody else.

use super::{journal, now};
use crate::arguments::{AnswerArguments, Arguments, UseLogArguments};
use crate::exit::{Exit, Failure};
use crate::pseudonym::PseudonymKey;
use crate::session::Session;
use crate::{bug, explain, files, lists, print, small_files};
use clap::{ArgMatches, CommandFactory as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The file beside an extract that says that its use is logged.
const SETTINGS: &str = "brugslog.toml";
/// The longest line that is read: of a run about all persons of a large extract.
const LONGEST: u64 = 256 * 1024 * 1024;
/// The arguments that may hold the key of a case or its rows, and those of the log itself.
const LEFT_OUT: [&str; 8] = [
    "case",
    "case_file",
    "with",
    "without",
    "use_log",
    "log_key",
    "purpose",
    "user",
];

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// In UTC.
    time: String,
    /// The role of whoever asked.
    user: String,
    purpose: String,
    command: String,
    arguments: BTreeMap<String, Vec<String>>,
    /// The hashes of the rule sets and the extracts.
    rules: Vec<String>,
    extracts: Vec<String>,
    exit: u8,
    /// The persons that were shown or written to a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    persons: Vec<String>,
}

/// `brugslog.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The log.
    fil: PathBuf,
    /// The file of the key that persons are named with.
    navne: PathBuf,
}

/// A log that is to get a line about this run.
pub(crate) struct UseLog {
    file: File,
    path: PathBuf,
    names: PseudonymKey,
    entry: Entry,
}

impl UseLog {
    /// The log that the command line or the extract asks for, ready to be written to: whether it can be is found
    /// before anybody is judged.
    pub(crate) fn of(
        matches: &ArgMatches,
        arguments: Option<&AnswerArguments>,
    ) -> Result<Option<Self>, Failure> {
        let Some(arguments) = arguments else {
            return Ok(None);
        };
        let program = Arguments::command();
        let (command, matches) = super::words::innermost(&program, matches);
        let Some((path, key)) = places(matches, arguments)? else {
            return Ok(None);
        };
        let words = super::Words::of(command, matches)?;
        let mut shown = words.arguments;
        shown.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
        let entry = Entry {
            time: now(),
            user: said(arguments.user.as_deref(), "--user")?,
            purpose: said(arguments.purpose.as_deref(), "--purpose")?,
            command: words.command,
            arguments: shown,
            rules: Vec::new(),
            extracts: Vec::new(),
            exit: 0,
            persons: Vec::new(),
        };
        Ok(Some(Self {
            names: PseudonymKey::read(&key)?,
            file: open(&path)?,
            path,
            entry,
        }))
    }

    /// Adds the line, whatever came of the command.
    pub(crate) fn finish(mut self, exit: u8) -> Result<(), Failure> {
        let (seen, persons) = journal::used();
        self.entry.rules = seen.rule_sets.into_iter().map(|it| it.hash).collect();
        self.entry.extracts = seen.extracts.into_iter().map(|it| it.hash).collect();
        let persons = persons.iter().map(|key| self.names.name(key));
        self.entry.persons = persons.collect();
        self.entry.persons.sort();
        self.entry.exit = exit;
        let line = serde_json::to_string(&self.entry).map_err(|_| bug())?;
        add(&mut self.file, &line).map_err(|error| not_logged(&self.path, &error))
    }
}

/// Where the log and its key lie: as the command line says, or `brugslog.toml` beside an extract.
fn places(
    matches: &ArgMatches,
    arguments: &AnswerArguments,
) -> Result<Option<(PathBuf, PathBuf)>, Failure> {
    if let Some(log) = &arguments.use_log {
        let key = arguments.log_key.clone().ok_or_else(bug)?;
        return Ok(Some((log.clone(), key)));
    }
    let named = ["path", "first", "second"].into_iter().filter_map(|id| {
        let path = matches.try_get_one::<PathBuf>(id).ok().flatten()?;
        small_files::beside(path, SETTINGS)
    });
    let Some(path) = named.into_iter().next() else {
        return Ok(None);
    };
    let text = files::text(&path, 1)?;
    let settings: Settings = toml::from_str(&text).map_err(|_| {
        let shown = print::path(&path);
        Failure::usage(
            format!("{shown} skal have linjerne fil = \"…\" og navne = \"…\""),
            format!("{shown} must have the lines fil = \"…\" and navne = \"…\""),
        )
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(Some((
        folder.join(settings.fil),
        folder.join(settings.navne),
    )))
}

/// What must be said of a use that is logged: a role and a purpose, and never a person.
fn said(given: Option<&str>, flag: &str) -> Result<String, Failure> {
    let text = given.map(str::trim).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| {
        Failure::usage(
            format!("brugen bliver logget: {flag} mangler"),
            format!("the use is logged: {flag} is missing"),
        )
        .hint(
            "skriv --user med din rolle og --purpose med formålet",
            "write --user with your role and --purpose with what it is for",
        )
    })?;
    if lists::looks_like_a_person(text) || text.chars().any(char::is_control) {
        return Err(Failure::usage(
            format!("{flag} ligner en person; skriv en rolle og et formål"),
            format!("{flag} looks like a person; write a role and a purpose"),
        ));
    }
    Ok(text.to_owned())
}

/// Opens the log to add to it; a new one is for its owner alone.
fn open(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.append(true).read(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let is_other = std::fs::symlink_metadata(path).is_ok_and(|it| !it.is_file());
    if is_other {
        return Err(not_logged(path, &std::io::ErrorKind::InvalidInput.into()));
    }
    options.open(path).map_err(|error| not_logged(path, &error))
}

/// Adds a line in one write while nobody else does. A line that a crash has cut stays apart from it.
fn add(file: &mut File, line: &str) -> std::io::Result<()> {
    file.lock()?;
    let length = file.seek(SeekFrom::End(0))?;
    let mut last = *b"\n";
    if length > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let apart = if last == *b"\n" { "" } else { "\n" };
    file.write_all(format!("{apart}{line}\n").as_bytes())?;
    file.sync_data()
}

fn not_logged(path: &Path, error: &std::io::Error) -> Failure {
    let (shown, kind) = (print::path(path), error.kind());
    Failure::new(
        Exit::Io,
        format!("brugen kan ikke logges i {shown} ({kind})"),
        format!("the use cannot be logged in {shown} ({kind})"),
    )
}

/// `hjemmel use-log`: the lines about one citizen, without the others that they are about.
pub(crate) fn use_log(session: &Session, arguments: &UseLogArguments) -> Result<Exit, Failure> {
    let names = PseudonymKey::read(&arguments.log_key)?;
    let case = explain::given_case(
        arguments.one.case.as_deref(),
        arguments.one.case_file.as_deref(),
    )?;
    let person = names.name(&case.unwrap_or_default());
    let path = &arguments.log;
    let file = File::open(path).map_err(|error| files::unreadable(path, &error))?;
    let mut reader = BufReader::new(file);
    let (mut out, mut found, mut broken) = (String::new(), 0_u64, Vec::new());
    for number in 1_u64.. {
        let mut line = Vec::new();
        let mut limited = reader.by_ref().take(LONGEST);
        let read = limited.read_until(b'\n', &mut line);
        if read.map_err(|error| files::unreadable(path, &error))? == 0 {
            break;
        }
        match serde_json::from_slice::<Entry>(&line) {
            Ok(entry) if entry.persons.contains(&person) => {
                found = found.saturating_add(1);
                let alone = Entry {
                    persons: Vec::new(),
                    ..entry
                };
                out += &serde_json::to_string(&alone).map_err(|_| bug())?;
                out.push('\n');
            }
            Ok(_) => {}
            Err(_) => broken.push(number.to_string()),
        }
    }
    print::out(&out)?;
    let lines = crate::language::count(found, session.language());
    let words = session.say("linjer om sagen", "lines about the case");
    print::err(&format!("{lines} {words}\n"));
    if broken.is_empty() {
        return Ok(Exit::Done);
    }
    let (shown, lines) = (print::path(path), broken.join(", "));
    Err(Failure::new(
        Exit::Data,
        format!("{shown}: linje {lines} kan ikke læses; der kan stå mere om sagen"),
        format!("{shown}: line {lines} cannot be read; there may be more about the case"),
    ))
}
