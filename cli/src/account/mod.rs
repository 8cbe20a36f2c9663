//! Accountability: what a run rested on and gave, kept in a manifest that can be verified.
//!
//! [`journal`] gathers while the command works, [`manifest`] is the file, [`words`] writes a command
//! line down so that it can be carried out again, and [`verify`] does that. [`approval`] judges who has signed a rule set
//! with [`sign`]. [`use_log`] keeps who asked about whom and for what.

pub(crate) mod approval;
mod differences;
pub(crate) mod journal;
pub(crate) mod manifest;
pub(crate) mod sign;
pub(crate) mod use_log;
pub(crate) mod verify;
mod words;

use crate::arguments::{AccountArguments, Arguments};
use crate::exit::{Exit, Failure};
use crate::print::name;
use crate::session::Session;
use crate::{bug, files, print, release, small_files};
use clap::{ArgMatches, CommandFactory as _};
use hjemmel_engine::time::Day;
use hjemmel_extracts::{Staged, save_bytes};
use hjemmel_grammar::diagnostic::Language;
use manifest::{Account, Manifest, Output, Previous, Program, Seen};
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use words::Words;
pub(crate) use words::innermost;

/// The program that runs.
fn program() -> Program {
    let file = std::env::current_exe().ok();
    Program {
        commit: release::COMMIT.to_owned(),
        lock: release::lock(),
        sha256: file.and_then(|path| Some(hashed(&path).ok()?.1)),
    }
}

/// The manifest that a run is to get.
pub(crate) struct Asked {
    path: PathBuf,
    previous: Option<Previous>,
    replace: bool,
    /// The extract, in which nothing may be written.
    extract: Option<PathBuf>,
    words: Words,
    started: String,
}

impl Asked {
    /// What the command line asks for. That it cannot be had is said before anything is worked out.
    pub(crate) fn of(
        matches: &ArgMatches,
        arguments: Option<&AccountArguments>,
    ) -> Result<Option<Self>, Failure> {
        let Some((arguments, target)) = arguments.and_then(|it| Some((it, it.manifest.clone()?)))
        else {
            return Ok(None);
        };
        let command = Arguments::command();
        let (command, matches) = words::innermost(&command, matches);
        if matches
            .try_get_one::<String>("case")
            .ok()
            .flatten()
            .is_some()
        {
            return Err(Failure::usage(
                "--manifest: en sags nøgle må ikke stå i et manifest; brug --case-file",
                "--manifest: the key of a case must not stand in a manifest; use --case-file",
            ));
        }
        let replace = matches.try_get_one::<bool>("overwrite").ok().flatten();
        let replace = replace.copied().unwrap_or(false);
        let extract: Option<PathBuf> = matches.try_get_one("path").ok().flatten().cloned();
        refuse_place(&target, extract.as_deref())?;
        let previous = arguments.follows.as_deref();
        Ok(Some(Self {
            previous: previous.map(|path| follow(path, &target)).transpose()?,
            words: Words::of(command, matches)?,
            path: target,
            replace,
            extract,
            started: now(),
        }))
    }

    /// Writes the manifest of a command that has been carried out, and says so: last of all, so that it never
    /// names what is not there.
    pub(crate) fn finish(self, session: &Session, exit: Exit) -> Result<String, Failure> {
        let (outputs, printed) = self.outputs(&session.outputs.staged());
        for path in self.words.read() {
            journal::settings(name(&path), hashed(&path)?.1);
        }
        let seen = journal::taken();
        let manifest = Manifest {
            account: Account {
                engine_version: env!("CARGO_PKG_VERSION").to_owned(),
                language: match session.language() {
                    Language::Danish => "da",
                    Language::English => "en",
                }
                .to_owned(),
                words: self.words,
                seen: Seen { printed, ..seen },
                exit: exit.code(),
                outputs,
            },
            previous: self.previous,
            program: program(),
            started: self.started,
            ended: now(),
        };
        let options = session.save_options(self.replace, self.extract.as_deref());
        let bytes = manifest.bytes().ok_or_else(bug)?;
        let hash = small_files::hash(&bytes);
        save_bytes(&self.path, bytes, None, options)
            .map_err(|error| crate::run::not_written(&error))?;
        let short: String = hash.chars().take(12).collect();
        Ok(format!(
            "{}: {} ({short})\n",
            session.say("Manifest", "Manifest"),
            print::path(&self.path),
        ))
    }

    /// The files that were written, and what was printed as it would have been wherever they lie.
    fn outputs(&self, staged: &[Staged]) -> (Vec<Output>, String) {
        let mut printed = journal::printed();
        let mut outputs = Vec::new();
        for (id, path) in self.words.targets() {
            printed = printed.replace(&print::path(&path), &name(&path));
            for file in [&path, &provenance_beside(&path)] {
                let written = staged.iter().filter(|staged| staged.path == *file);
                outputs.extend(written.map(|staged| Output {
                    argument: id.clone(),
                    file: name(file),
                    bytes: staged.bytes,
                    sha256: staged.sha256.clone(),
                }));
            }
        }
        (
            outputs,
            small_files::hash(without_colours(&printed).as_bytes()),
        )
    }
}

/// Where the provenance of a CSV stands.
fn provenance_beside(path: &Path) -> PathBuf {
    path.with_file_name(name(path) + ".provenance.json")
}

/// How many bytes a file has, and their SHA-256; it may be larger than the memory.
fn hashed(path: &Path) -> Result<(u64, String), Failure> {
    let unreadable = |error: std::io::Error| files::unreadable(path, &error);
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0_u64, vec![0; 64 * 1024]);
    loop {
        let count = file.read(&mut buffer).map_err(unreadable)?;
        if count == 0 {
            return Ok((bytes, small_files::hex(&hash.finalize())));
        }
        hash.update(buffer.get(..count).unwrap_or_default());
        bytes = bytes.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| files::unreadable(path, &error))
}

/// The folder that a file lies in, if there is one.
fn folder(path: &Path) -> Option<PathBuf> {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.canonicalize().ok(),
        _ => Path::new(".").canonicalize().ok(),
    }
}

/// A manifest lies in a folder that is there, and not in the extract.
fn refuse_place(target: &Path, extract: Option<&Path>) -> Result<(), Failure> {
    let shown = print::path(target);
    let Some(folder) = folder(target) else {
        return Err(Failure::usage(
            format!("--manifest {shown}: mappen findes ikke"),
            format!("--manifest {shown}: there is no such folder"),
        ));
    };
    let extract = extract.and_then(|path| path.canonicalize().ok());
    if extract.is_some_and(|extract| folder.starts_with(extract)) {
        return Err(Failure::usage(
            format!("{shown} ligger i udtrækket; vælg en anden mappe"),
            format!("{shown} lies in the extract; choose another folder"),
        ));
    }
    Ok(())
}

/// The manifest that another one follows: whole, and in the same folder, so that they stay together.
fn follow(path: &Path, target: &Path) -> Result<Previous, Failure> {
    let shown = print::path(path);
    if name(path) == name(target) {
        return Err(Failure::usage(
            format!("--follows {shown}: et manifest kan ikke følge sig selv"),
            format!("--follows {shown}: a manifest cannot follow itself"),
        ));
    }
    if folder(path).is_none() || folder(path) != folder(target) {
        return Err(Failure::usage(
            format!("--follows {shown}: det forrige manifest skal ligge i samme mappe"),
            format!("--follows {shown}: the previous manifest must lie in the same folder"),
        ));
    }
    let bytes = read(path)?;
    Manifest::read(&bytes).map_err(|fault| fault.failure(path))?;
    Ok(Previous {
        file: name(path),
        sha256: small_files::hash(&bytes),
    })
}

/// Text without what colours it on a terminal.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        out + part.split_once('m').map_or(part, |(_, rest)| rest)
    })
}

/// The time by the machine's clock, in UTC: `2026-11-22T09:41:07Z`. The only thing that the clock is
/// asked for; nothing that is judged, and nothing that is compared, rests on it.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = since.map_or(0, |since| since.as_secs());
    let days = i32::try_from(seconds / 86_400).unwrap_or(0);
    let day = Day::from_ymd(1970, 1, 1).map(|day| day.plus(days));
    let day = day.map_or_else(String::new, |day| day.to_string());
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
}
