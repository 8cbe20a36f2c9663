//! Extracts with files that libraries of others read are read by a second process, so that what ends it ends no more
//! than that: the first waits, and says which file it was.
//!
//! The second is the same program with the same arguments, and does all of the command; nothing is read or written
//! twice. Outputs are put in place at the end, by a rename, so that a process that is ended has written nothing.

use crate::account::innermost;
use crate::arguments::Arguments;
use crate::exit::{Exit, Failure};
use crate::outputs;
use crate::print;
use crate::session::Session;
use clap::{ArgMatches, CommandFactory as _};
use hjemmel_extracts::foreign;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::path::PathBuf;
use std::process::{Command, ExitCode, ExitStatus};

/// Names the file in which the second process tells what it reads. There is no third.
const TOLD: &str = "HJEMMEL_GUARDED";

/// The exit code of the second process, if there has to be one.
pub(crate) fn guarded(
    session: &Session,
    arguments: &[OsString],
    matches: &ArgMatches,
) -> Result<Option<ExitCode>, Failure> {
    if let Some(told) = std::env::var_os(TOLD) {
        begin(&PathBuf::from(told));
        return Ok(None);
    }
    if !names_foreign_files(matches) {
        return Ok(None);
    }
    // Where no process can be started, a file that ends this one is told of by nobody, as if there were no guard.
    let started = tempfile::NamedTempFile::new().and_then(|told| {
        let status = second(arguments, told.path())?;
        Ok((status, std::fs::read(told.path())?))
    });
    match started {
        Ok((status, told)) => ended(status, &told).map(Some).inspect_err(|_| {
            // What the second began is put back now, and not by whoever writes there next.
            let _ = outputs::reserve(session, matches);
        }),
        Err(_) => Ok(None),
    }
}

/// This is the second process: it tells what it reads, and ends with the first.
fn begin(told: &std::path::Path) {
    if let Ok(told) = OpenOptions::new().append(true).open(told) {
        foreign::watch(told);
    }
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
    }
}

fn names_foreign_files(matches: &ArgMatches) -> bool {
    let program = Arguments::command();
    let (command, matches) = innermost(&program, matches);
    outputs::read_paths(command, matches)
        .iter()
        .any(|path| foreign::is_at(path))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program itself, so that what a library of others does to a process is told of"
)]
fn second(arguments: &[OsString], told: &std::path::Path) -> std::io::Result<ExitStatus> {
    let behind = arguments.get(1..).unwrap_or_default();
    Command::new(std::env::current_exe()?)
        .args(behind)
        .env(TOLD, told)
        .status()
}

/// What the end of the second process is to the one who started the first.
fn ended(status: ExitStatus, told: &[u8]) -> Result<ExitCode, Failure> {
    let known = |code: i32| u8::try_from(code).ok().filter(|code| Exit::is_code(*code));
    if let Some(code) = status.code().and_then(known) {
        return Ok(code.into());
    }
    let signal = signal(status);
    // An interruption (HUP, INT, QUIT, TERM), or a reader that has gone away (PIPE).
    if let Some(signal) = signal.filter(|signal| [1, 2, 3, 13, 15].contains(signal)) {
        return Ok(u8::try_from(signal.saturating_add(128))
            .unwrap_or(Exit::Bug.code())
            .into());
    }
    let by = signal.map_or_else(String::new, |signal| format!(" (signal {signal})"));
    let files: Vec<String> = foreign::were_read(told)
        .iter()
        .map(|name| print::harmless(name))
        .collect();
    Err(match files.is_empty() {
        true => Failure::new(
            Exit::Io,
            format!("systemet afbrød programmet{by}, sandsynligvis af mangel på hukommelse; intet resultat er skrevet"),
            format!("the system ended the program{by}, probably for lack of memory; no result has been written"),
        )
        .hint("giv programmet mere hukommelse, eller del udtrækket", "give the program more memory, or divide the extract"),
        false => Failure::new(
            Exit::Data,
            format!("{} kunne ikke læses: systemet afbrød programmet{by}, mens det læste; intet resultat er skrevet", files.join(", ")),
            format!("{} could not be read: the system ended the program{by} while it was reading; no result has been written", files.join(", ")),
        )
        .hint(
            "filen er ødelagt, eller der er for lidt hukommelse til den; gem den på ny fra kilden, eller som CSV",
            "the file is damaged, or there is too little memory for it; save it anew from its source, or as CSV",
        ),
    })
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
