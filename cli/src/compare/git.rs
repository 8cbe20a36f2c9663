//! Rule files of a revision of a git repository: by the `git` program, without a shell, a network
//! or a working tree.

use crate::exit::{Exit, Failure};
use crate::files::{self, RuleBytes, RuleFiles};
use crate::print;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// The rule files at `path` in `revision`, and the whole name of the commit if it is one.
pub(crate) fn rules(revision: &str, path: &str) -> Result<(RuleFiles, Option<String>), Failure> {
    if !asked(&["rev-parse", "--git-dir"])?.status.success() {
        return Err(Failure::usage(
            "her er ingen git-samling (et repository), så der er ingen revisioner",
            "there is no git repository here, so there are no revisions",
        ));
    }
    // A revision that begins with a hyphen would be read as a flag.
    if revision.is_empty()
        || revision.starts_with('-')
        || named(&format!("{revision}^{{tree}}"))?.is_none()
    {
        let shown = print::harmless(revision);
        return Err(Failure::usage(
            format!("git kender ikke revisionen {shown}"),
            format!("git does not know the revision {shown}"),
        ));
    }
    let commit = named(&format!("{revision}^{{commit}}"))?;
    let shown = print::harmless(&format!("{revision}:{path}"));
    let Some(object) = named(&format!("{revision}:{path}"))? else {
        return Err(Failure::usage(
            format!("{shown} findes ikke"),
            format!("{shown} does not exist"),
        )
        .hint(
            "stien regnes fra samlingens rod, eller herfra med ./ foran",
            "the path counts from the root of the repository, or from here with ./ before it",
        ));
    };
    let kind = answer(&["cat-file", "-t", &object])?;
    let files = match String::from_utf8_lossy(&kind).trim() {
        "tree" => listed(&object, &shown)?,
        _ => {
            let name = path.rsplit('/').next().unwrap_or(path);
            vec![Listed {
                below: name.to_owned(),
                shown: shown.clone(),
                object,
            }]
        }
    };
    if files.is_empty() {
        return Err(Failure::usage(
            format!("ingen regelfiler (.regel) i {shown}"),
            format!("no rule files (.regel) in {shown}"),
        ));
    }
    Ok((files::together(read(files)?), commit))
}

/// A file in a revision.
struct Listed {
    below: String,
    /// How messages call it.
    shown: String,
    object: String,
}

/// The rule files of a tree, as they are found in a folder: none in hidden folders, no links.
fn listed(tree: &str, folder: &str) -> Result<Vec<Listed>, Failure> {
    let output = answer(&["ls-tree", "-r", "-z", "--full-tree", tree])?;
    let between = if folder.ends_with([':', '/']) {
        ""
    } else {
        "/"
    };
    let mut files = Vec::new();
    for entry in output.split(|byte| *byte == 0) {
        let entry = String::from_utf8_lossy(entry);
        let Some((about, path)) = entry.split_once('\t') else {
            continue;
        };
        let mut about = about.split(' ');
        let (mode, object) = (
            about.next().unwrap_or_default(),
            about.nth(1).unwrap_or_default(),
        );
        let mut folders = path.split('/').rev().skip(1);
        let deep = folders.clone().count() > files::DEEPEST;
        let hidden = deep || folders.any(|folder| folder.starts_with('.'));
        if mode.starts_with("100") && path.ends_with(".regel") && !hidden {
            files.push(Listed {
                below: path.to_owned(),
                shown: print::harmless(&format!("{folder}{between}{path}"))
                    .replace('\n', "\u{fffd}"),
                object: object.to_owned(),
            });
        }
        if files.len() > files::MOST_FILES {
            return Err(files::too_many());
        }
    }
    Ok(files)
}

/// The bytes of the files, all by one process.
fn read(files: Vec<Listed>) -> Result<Vec<RuleBytes>, Failure> {
    let names: String = files
        .iter()
        .map(|file| format!("{}\n", file.object))
        .collect();
    let output = batch(&names)?;
    let mut rest = output.as_slice();
    let mut read = Vec::new();
    for file in files {
        let (bytes, after) = object(rest).ok_or_else(unreadable)?;
        rest = after;
        let most = usize::try_from(files::MOST_BYTES).unwrap_or(usize::MAX);
        let bytes = bytes.get(..most).unwrap_or(bytes).to_vec();
        read.push(RuleBytes {
            below: file.below,
            shown: file.shown,
            bytes,
        });
    }
    Ok(read)
}

/// The first object that `cat-file --batch` has written, and what follows it.
fn object(output: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = output.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = output.split_at_checked(end)?;
    let head = std::str::from_utf8(head).ok()?;
    let size = head.rsplit(' ').next()?.parse().ok()?;
    let (bytes, rest) = rest.get(1..)?.split_at_checked(size)?;
    Some((bytes, rest.get(1..)?))
}

/// The whole name of an object; `None` if there is none.
fn named(name: &str) -> Result<Option<String>, Failure> {
    let output = asked(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok((output.status.success() && !found.is_empty()).then_some(found))
}

/// What git says, if it can.
fn answer(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = asked(arguments)?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(unreadable()),
    }
}

fn asked(arguments: &[&str]) -> Result<Output, Failure> {
    git(arguments).output().map_err(|error| not_run(&error))
}

/// What `git cat-file --batch` says of these objects.
fn batch(names: &str) -> Result<Vec<u8>, Failure> {
    let mut command = git(&["cat-file", "--batch"]);
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| not_run(&error))?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // Git writes while it reads: one of the two would wait for ever.
        let write =
            move || stdin.is_some_and(|mut stdin| stdin.write_all(names.as_bytes()).is_ok());
        let writer = std::thread::Builder::new().spawn_scoped(scope, write);
        let output = child.wait_with_output();
        let written = writer.is_ok_and(|writer| writer.join().unwrap_or(false));
        output
            .ok()
            .filter(|output| written && output.status.success())
    });
    output.map(|output| output.stdout).ok_or_else(unreadable)
}

/// Git with these arguments: it asks nobody, fetches nothing and changes nothing.
#[expect(
    clippy::disallowed_methods,
    reason = "git alone reads a revision; it is given no data about persons"
)]
fn git(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .args(arguments)
        .stdin(Stdio::null())
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0");
    command
}

fn not_run(error: &std::io::Error) -> Failure {
    let kind = error.kind();
    if kind == std::io::ErrorKind::NotFound {
        return Failure::new(
            Exit::Io,
            "programmet git findes ikke her; uden det kan revisioner ikke læses",
            "the program git is not here; without it revisions cannot be read",
        );
    }
    Failure::new(
        Exit::Io,
        format!("git kan ikke køres ({kind})"),
        format!("git cannot be run ({kind})"),
    )
}

fn unreadable() -> Failure {
    Failure::new(
        Exit::Io,
        "git kan ikke læse revisionens filer",
        "git cannot read the files of the revision",
    )
}
