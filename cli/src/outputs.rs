//! The files that a run writes: where they may not be, and that they appear together when all is done.

use crate::account::innermost;
use crate::arguments::Arguments;
use crate::exit::Failure;
use crate::print;
use crate::run::not_written;
use crate::session::Session;
use clap::{ArgMatches, Command, CommandFactory as _};
use hjemmel_extracts::Recovered;
use hjemmel_grammar::diagnostic::Text;
use std::path::{Path, PathBuf};

/// The arguments that name files to be written.
const TARGETS: [&str; 3] = ["out", "workbook", "manifest"];
/// The arguments that name extracts, in which nothing is written.
const EXTRACTS: [&str; 3] = ["path", "first", "second"];
/// How the names of rules and of their settings end. A program writes no rules.
const RULES: [&str; 2] = ["regel", "toml"];

/// Takes hold of all files that the command line asks for, before anything is read.
pub(crate) fn reserve(session: &Session, matches: &ArgMatches) -> Result<(), Failure> {
    let program = Arguments::command();
    let (command, matches) = innermost(&program, matches);
    let given = |id: &str| paths(matches, id);
    let targets: Vec<PathBuf> = TARGETS.into_iter().flat_map(given).collect();
    if targets.is_empty() {
        return Ok(());
    }
    let read = read_paths(command, matches);
    for (at, target) in targets.iter().enumerate() {
        let others = targets.iter().take(at);
        refuse(target, others, &read)?;
    }
    let overwrite = matches.try_get_one::<bool>("overwrite").ok().flatten();
    let overwrite = overwrite.copied().unwrap_or_default();
    for extract in EXTRACTS.into_iter().flat_map(given) {
        let options = session.save_options(overwrite, Some(&extract));
        let reserved = session.outputs.reserve(&targets, options);
        reserved.map_err(|error| not_written(&error))?;
    }
    tell(session);
    Ok(())
}

/// The paths that the command line names for the command to read.
pub(crate) fn read_paths(command: &Command, matches: &ArgMatches) -> Vec<PathBuf> {
    let ids = command.get_arguments().map(|it| it.get_id().as_str());
    ids.filter(|id| !TARGETS.contains(id))
        .flat_map(|id| paths(matches, id))
        .collect()
}

fn paths(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    let paths = matches.try_get_many::<PathBuf>(id).ok().flatten();
    paths.into_iter().flatten().cloned().collect()
}

/// Puts all files in their places, or none.
pub(crate) fn commit(session: &Session) -> Result<(), Failure> {
    tell(session);
    let left = session
        .outputs
        .commit()
        .map_err(|error| not_written(&error))?;
    for path in left {
        let shown = print::path(&path);
        session.remark(&Text::new(
            format!("{shown} kunne ikke fjernes; den næste kørsel, der skriver her, prøver igen"),
            format!("{shown} could not be removed; the next run that writes here tries again"),
        ));
    }
    Ok(())
}

/// Refuses to write over what is read, over rules, and two files into one.
fn refuse<'p>(
    target: &Path,
    mut others: impl Iterator<Item = &'p PathBuf>,
    read: &[PathBuf],
) -> Result<(), Failure> {
    let shown = print::path(target);
    let ending = target.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| RULES.contains(&ending)) {
        return Err(Failure::usage(
            format!("{shown}: et resultat skrives aldrig som regler eller indstillinger"),
            format!("{shown}: a result is never written as rules or settings"),
        ));
    }
    if others.any(|other| is_same(other, target)) {
        return Err(Failure::usage(
            format!("{shown} er nævnt til to resultater"),
            format!("{shown} is named for two results"),
        ));
    }
    if read.iter().any(|read| is_same(read, target)) {
        return Err(Failure::usage(
            format!("{shown} læses af den samme kommando; vælg et andet navn"),
            format!("{shown} is read by the same command; choose another name"),
        ));
    }
    Ok(())
}

/// Whether two paths lead to one file, which need not be there yet.
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let name = path.file_name()?;
        path.canonicalize()
            .or_else(|_| Ok::<_, std::io::Error>(folder.canonicalize()?.join(name)))
            .ok()
    };
    a == b || real(a).is_some_and(|a| real(b) == Some(a))
}

/// Tells what was found of runs that were interrupted.
fn tell(session: &Session) {
    let Recovered { removed, restored } = session.outputs.recovered();
    for path in &restored {
        let shown = print::path(path);
        session.remark(&Text::new(
            format!(
                "en tidligere kørsel blev afbrudt, mens den skrev; {shown} er igen, som før den"
            ),
            format!("an earlier run was interrupted while it wrote; {shown} is again as before it"),
        ));
    }
    if removed > 0 && restored.is_empty() {
        session.remark(&Text::new(
            "en tidligere kørsel, der skrev her, blev afbrudt; hvad den efterlod, er fjernet",
            "an earlier run that wrote here was interrupted; what it left has been removed",
        ));
    }
}
