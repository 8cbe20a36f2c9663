//! The record of a set of files while they are put in place, one after the other: `<name>.unfinished.json`.
//!
//! As long as it is there the files beside it may be of two runs, and whoever looks at the folder is told so. It is
//! complete before the first file is moved; that it is removed is what makes the set count. A set whose process has
//! died is taken back by the next run that writes there.
//!
//! A record is trusted with nothing but its own folder: it holds no paths of files, only what they and the
//! program's own files beside them are called.

use super::hold::Hold;
use super::names::{RECORD, is_temporary, mark, mark_of};
use super::temporary::again;
use crate::source::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// The version of the form that is written and read.
const FORM: u32 = 1;
/// No record is longer: ten thousand files.
const LONGEST: u64 = 8 * 1024 * 1024;
/// For the people who find it.
const NOTE: &str = "Kørslen, der skrev disse filer, er ikke færdig. Er den afbrudt, kan filerne være fra to kørsler: brug dem ikke. \
    Næste kørsel, der skriver her, gør dem igen til, hvad de var. | The run that wrote these files is not finished. If it was interrupted, the files may be \
    of two runs: do not use them. The next run that writes here makes them what they were.";

/// What is put in place in one folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record {
    unfinished: u32,
    note: String,
    /// The record in another folder whose being there decides of this one too.
    pub(super) decided_by: Option<PathBuf>,
    /// The records in other folders that this one decides.
    pub(super) decides: Vec<PathBuf>,
    pub(super) files: Vec<Entry>,
}

/// A file of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its name, for people.
    pub(super) file: String,
    /// What stands for its name.
    pub(super) mark: String,
    /// The hash of what is moved there.
    pub(super) sha256: String,
    /// What is moved there.
    pub(super) temporary: String,
    /// What was there before, if anything.
    pub(super) kept: Option<String>,
}

/// What is to be done about a record.
pub(super) enum Found {
    /// Its process lives.
    Alive,
    /// It could not be settled.
    Stuck(std::io::Error),
    /// The files that are what they were before.
    Settled(Vec<PathBuf>),
}

impl Record {
    pub(super) fn new(files: Vec<Entry>) -> Self {
        Self {
            unfinished: FORM,
            note: NOTE.to_owned(),
            decided_by: None,
            decides: Vec::new(),
            files,
        }
    }

    /// The record at a path; none if there is none that can be relied on.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let is_file = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
        let file = std::fs::File::open(path).ok().filter(|_| is_file)?;
        let mut text = String::new();
        file.take(LONGEST).read_to_string(&mut text).ok()?;
        let record: Self = serde_json::from_str(&text).ok()?;
        let own = |entry: &Entry| {
            is_temporary(&entry.temporary) && entry.kept.as_deref().is_none_or(is_temporary)
        };
        (record.unfinished == FORM && record.files.iter().all(own)).then_some(record)
    }

    /// What stands for the outputs that the record speaks of.
    pub(super) fn marks(&self) -> BTreeSet<&str> {
        let marks = self.files.iter().map(|entry| mark_of(&entry.temporary));
        marks.flatten().collect()
    }

    /// Whether it speaks of an output.
    pub(super) fn speaks_of(&self, mark: &str) -> bool {
        self.marks().contains(mark)
    }
}

/// Settles the record at a path if its process is dead. What this process holds in that folder counts as free.
pub(super) fn settle(path: &Path, record: &Record, held: &dyn Fn(&Path, &str) -> bool) -> Found {
    let mut holds = Vec::new();
    match take_back(path, record, held, &mut holds) {
        Ok(Some(files)) => Found::Settled(files),
        Ok(None) => Found::Alive,
        Err(error) => Found::Stuck(error),
    }
}

fn take_back(
    path: &Path,
    record: &Record,
    held: &dyn Fn(&Path, &str) -> bool,
    holds: &mut Vec<Hold>,
) -> std::io::Result<Option<Vec<PathBuf>>> {
    if !take_all(path, record, held, holds) {
        return Ok(None);
    }
    if let Some(primary) = &record.decided_by {
        let deciding = Record::read(primary).filter(|deciding| {
            deciding.decided_by.is_none() && deciding.decides.iter().any(|other| other == path)
        });
        if let Some(deciding) = deciding {
            return take_back(primary, &deciding, held, holds);
        }
        // The set has come to count, and of its records only this one was left.
        forget(crate::save::folder_of(path), record);
        again(|| std::fs::remove_file(path))?;
        return Ok(Some(Vec::new()));
    }
    let mut others = Vec::new();
    for other in &record.decides {
        let found = Record::read(other);
        let found = found.filter(|found| found.decided_by.as_deref() == Some(path));
        if let Some(found) = found {
            if !take_all(other, &found, held, holds) {
                return Ok(None);
            }
            others.push((other, found));
        }
    }
    let mut files = Vec::new();
    for (other, found) in &others {
        files.extend(undo(other, found)?);
    }
    files.extend(undo(path, record)?);
    Ok(Some(files))
}

/// Takes hold of all that a record speaks of; whether that could be done.
fn take_all(
    path: &Path,
    record: &Record,
    held: &dyn Fn(&Path, &str) -> bool,
    holds: &mut Vec<Hold>,
) -> bool {
    let folder = crate::save::folder_of(path);
    for mark in record.marks() {
        let known = holds.iter().any(|hold| hold.is_of(folder, mark));
        if known || held(folder, mark) {
            continue;
        }
        match Hold::take(folder, mark) {
            Ok(hold) if hold.certain => holds.push(hold),
            Ok(_) | Err(_) => return false,
        }
    }
    true
}

/// Makes the files of one folder what they were, and removes the record.
fn undo(path: &Path, record: &Record) -> std::io::Result<Vec<PathBuf>> {
    let folder = crate::save::folder_of(path);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let found = entry?;
        let of = mark(&found.file_name());
        let Some(entry) = record.files.iter().find(|entry| entry.mark == of) else {
            continue;
        };
        // What somebody has put there since stays.
        if hash(&found.path())?.as_deref() != Some(entry.sha256.as_str()) {
            continue;
        }
        let kept = entry.kept.as_ref().map(|kept| folder.join(kept));
        match kept.filter(|kept| kept.exists()) {
            Some(kept) => again(|| std::fs::rename(&kept, found.path()))?,
            None if entry.kept.is_none() => again(|| std::fs::remove_file(found.path()))?,
            None => continue,
        }
        files.push(found.path());
    }
    forget(folder, record);
    again(|| std::fs::remove_file(path))?;
    Ok(files)
}

/// Removes the program's own files that a record speaks of. One that stays is removed with the stale ones.
fn forget(folder: &Path, record: &Record) {
    for entry in &record.files {
        for name in std::iter::once(&entry.temporary).chain(&entry.kept) {
            let _ = std::fs::remove_file(folder.join(name));
        }
    }
}

/// The hash of a regular file; none if there is none.
fn hash(path: &Path) -> std::io::Result<Option<String>> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    let (mut file, mut hash) = (std::fs::File::open(path)?, Sha256::new());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = again(|| file.read(&mut buffer))?;
        if count == 0 {
            return Ok(Some(hex(hash.finalize().into())));
        }
        hash.update(buffer.get(..count).unwrap_or_default());
    }
}

/// Where the record of a set stands that begins with this file.
pub(super) fn record_path(first: &Path) -> PathBuf {
    let mut name = first.file_name().unwrap_or_default().to_owned();
    name.push(RECORD);
    first.with_file_name(name)
}
