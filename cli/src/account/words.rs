//! A command line written down so that it can be carried out again.

use crate::exit::Failure;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What stands on the command line and changes nothing of what comes out: where the manifest lies, whether
/// files may be replaced, how many threads judge, whether and what for the use is logged; and the language, which is written by itself.
const LEFT_OUT: [&str; 9] = [
    "manifest",
    "follows",
    "overwrite",
    "threads",
    "lang",
    "use_log",
    "log_key",
    "user",
    "purpose",
];
/// The arguments that name files to be written.
const TARGETS: [&str; 2] = ["out", "workbook"];
/// The arguments that name files that were written by an earlier run. Of the file of `--case-file` no hash is
/// kept: a key can be guessed from it.
const READ: [&str; 2] = ["since", "form"];

/// A command and its arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Words {
    /// `run`, or `audit sample`.
    pub(crate) command: String,
    /// The arguments by name; one that only is or is not has no values.
    pub(crate) arguments: BTreeMap<String, Vec<String>>,
}

/// The command that was given behind all commands of commands.
pub(crate) fn innermost<'a>(
    command: &'a Command,
    matches: &'a ArgMatches,
) -> (&'a Command, &'a ArgMatches) {
    let below = matches.subcommand();
    match below.and_then(|(name, below)| Some((command.find_subcommand(name)?, below))) {
        Some((command, matches)) => innermost(command, matches),
        None => (command, matches),
    }
}

impl Words {
    /// The command and what stood behind it.
    pub(crate) fn of(command: &Command, matches: &ArgMatches) -> Result<Self, Failure> {
        let mut arguments = BTreeMap::new();
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            let given = matches.value_source(id) == Some(ValueSource::CommandLine);
            if !given || LEFT_OUT.contains(&id) {
                continue;
            }
            let raw = matches.get_raw(id).into_iter().flatten();
            let values = raw.map(|value| value.to_str().map(str::to_owned));
            let values: Option<Vec<String>> = values.collect();
            let values = values.ok_or_else(|| {
                Failure::usage(
                    format!("--{id} er ikke UTF-8"),
                    format!("--{id} is not UTF-8"),
                )
            })?;
            let values = if takes_values(arg) {
                values
            } else {
                Vec::new()
            };
            arguments.insert(id.to_owned(), values);
        }
        Ok(Self {
            command: path_of(command),
            arguments,
        })
    }

    /// The files that are written, by the names of the arguments.
    pub(crate) fn targets(&self) -> Vec<(String, PathBuf)> {
        self.paths(&TARGETS)
    }

    /// The files of earlier runs that are read.
    pub(crate) fn read(&self) -> Vec<PathBuf> {
        let paths = self.paths(&READ).into_iter();
        paths.map(|(_, path)| path).collect()
    }

    fn paths(&self, ids: &[&str]) -> Vec<(String, PathBuf)> {
        let given = ids.iter().filter_map(|id| {
            let path = self.arguments.get(*id)?.first()?;
            Some(((*id).to_owned(), PathBuf::from(path)))
        });
        given.collect()
    }

    /// The same with its files in another folder, each in one of its own.
    pub(crate) fn moved_to(&self, folder: &Path) -> Option<Self> {
        let mut moved = self.clone();
        for (id, path) in self.targets() {
            let path = folder.join(&id).join(path.file_name()?);
            moved.arguments.insert(id, vec![path.to_str()?.to_owned()]);
        }
        Some(moved)
    }

    /// As they stand on a command line of `program`; none if it does not know them.
    pub(crate) fn line(&self, program: &Command) -> Option<Vec<String>> {
        let mut line = Vec::new();
        let mut command = program;
        for name in self.command.split(' ') {
            command = command.find_subcommand(name)?;
            line.push(name.to_owned());
        }
        let mut behind = vec!["--".to_owned()];
        for arg in command.get_positionals() {
            behind.extend(
                self.arguments
                    .get(arg.get_id().as_str())
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
        }
        for (id, values) in &self.arguments {
            let arg = command
                .get_arguments()
                .find(|arg| arg.get_id() == id.as_str())?;
            let Some(long) = arg.get_long() else { continue };
            if !takes_values(arg) {
                line.push(format!("--{long}"));
            }
            line.extend(values.iter().map(|value| format!("--{long}={value}")));
        }
        line.extend(behind);
        Some(line)
    }
}

fn takes_values(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

/// `audit sample` of the command `sample`; the names are those of the command line.
fn path_of(command: &Command) -> String {
    let name = command.get_name();
    match name {
        "sample" | "read" => format!("audit {name}"),
        _ => name.to_owned(),
    }
}
