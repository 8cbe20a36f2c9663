//! Moves files to their places: all of them, or what was moved is taken back.

use super::names::{self, temporary_name};
use super::record::{Entry, Record, record_path};
use super::temporary::{Place, Ready, Temporary, again};
use crate::save::{WriteError, WriteFault};
use crate::source::hex;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// A file that is in its place, or about to be.
struct Moving {
    ready: Ready,
    /// What was there before, under a name of the program's own.
    kept: Option<TempPath>,
    moved: bool,
}

/// What has been done, as far as it must be undone if the rest fails.
#[derive(Default)]
struct Commit {
    files: Vec<Moving>,
    /// The records, that which decides first.
    records: Vec<PathBuf>,
}

/// Moves the files, in their order. What could not be removed afterwards of the program's own files.
pub(super) fn commit(ready: Vec<Ready>, begun: &mut u64) -> Result<Vec<PathBuf>, WriteError> {
    let mut commit = Commit::default();
    match commit.all(ready, begun) {
        Ok(()) => Ok(commit.cleared()),
        Err(error) => Err(match commit.undo() {
            true => error,
            false => WriteError::new(&error.path, WriteFault::Unfinished),
        }),
    }
}

impl Commit {
    fn all(&mut self, ready: Vec<Ready>, begun: &mut u64) -> Result<(), WriteError> {
        for ready in ready {
            let shown = ready.shown.clone();
            let kept = keep(&ready, begun);
            let kept =
                kept.map_err(|error| WriteError::new(&shown, WriteFault::Io(error.kind())))?;
            self.files.push(Moving {
                ready,
                kept,
                moved: false,
            });
        }
        if self.files.len() > 1 {
            self.record(begun)?;
        }
        for moving in &mut self.files {
            moving.go()?;
        }
        for (folder, shown) in self.folders() {
            sync(&folder).map_err(|error| WriteError::new(&shown, WriteFault::Io(error.kind())))?;
        }
        // From here on the files count.
        if let Some(first) = self.records.first() {
            gone(first).map_err(|error| WriteError::new(first, WriteFault::Io(error.kind())))?;
            self.records.remove(0);
        }
        Ok(())
    }

    /// Says beside the files, in every folder, that they are about to be moved.
    fn record(&mut self, begun: &mut u64) -> Result<(), WriteError> {
        let mut by_folder: BTreeMap<&Path, Vec<&Moving>> = BTreeMap::new();
        for moving in &self.files {
            by_folder
                .entry(&moving.ready.place.folder)
                .or_default()
                .push(moving);
        }
        let mut records: Vec<(PathBuf, PathBuf, Record)> = Vec::new();
        for files in by_folder.into_values() {
            // After the file of them that people look for: not a sidecar.
            let shortest = files
                .iter()
                .min_by_key(|moving| moving.ready.place.name.len());
            let Some(first) = shortest else { continue };
            let entries = files.iter().map(|moving| moving.entry()).collect();
            let place = record_path(&first.ready.place.path());
            records.push((place, record_path(&first.ready.shown), Record::new(entries)));
        }
        let mut paths = records.iter().map(|(path, ..)| path.clone());
        let (deciding, others) = (paths.next(), paths.collect::<Vec<_>>());
        for (at, (path, shown, mut record)) in records.into_iter().enumerate() {
            match at {
                0 => record.decides.clone_from(&others),
                _ => record.decided_by.clone_from(&deciding),
            }
            put(&path, &shown, &record, begun)?;
            self.records.push(path.clone());
            // It must be there before anything is moved.
            sync(crate::save::folder_of(&path))
                .map_err(|error| WriteError::new(&shown, WriteFault::Io(error.kind())))?;
        }
        Ok(())
    }

    /// The folders of the files, each with a file in it as the user named it.
    fn folders(&self) -> BTreeMap<PathBuf, PathBuf> {
        let files = self.files.iter().map(|moving| &moving.ready);
        let folders = files.map(|ready| (ready.place.folder.clone(), ready.shown.clone()));
        folders.collect()
    }

    /// Makes all files what they were; whether that could be done.
    fn undo(mut self) -> bool {
        let files = self.files.iter_mut().rev();
        // Each of them, whatever becomes of the others.
        let failed = files.filter_map(|moving| (!moving.back()).then_some(()));
        if failed.count() > 0 {
            // The records stay, and what is needed to take the files back. The next run does.
            for moving in self.files {
                let _ = moving.kept.map(TempPath::keep);
            }
            return false;
        }
        for folder in self.folders().keys() {
            let _ = sync(folder);
        }
        let records = self.records.iter();
        // A record that stays speaks of files that are as they were.
        records.filter(|path| gone(path).is_err()).count() == 0
    }

    /// Removes what is no longer needed; what could not be removed.
    fn cleared(self) -> Vec<PathBuf> {
        let kept = self.files.into_iter().filter_map(|moving| moving.kept);
        let kept = kept.map(|kept| (kept.to_path_buf(), kept.close().is_ok()));
        let records = self.records.into_iter();
        let records = records.map(|path| (path.clone(), gone(&path).is_ok()));
        let all = kept.chain(records);
        all.filter(|(_, removed)| !removed)
            .map(|(path, _)| path)
            .collect()
    }
}

impl Moving {
    /// Moves the file to its place.
    fn go(&mut self) -> Result<(), WriteError> {
        let (from, to) = (&self.ready.temporary, self.ready.place.path());
        let moved = match self.ready.replace {
            true => again(|| std::fs::rename(from, &to)),
            false => again(|| without_replacing(from, &to)),
        };
        moved.map_err(|error| {
            WriteError::new(
                &self.ready.shown,
                match error.kind() {
                    ErrorKind::AlreadyExists => WriteFault::Exists,
                    kind => WriteFault::Io(kind),
                },
            )
        })?;
        self.moved = true;
        Ok(())
    }

    /// Makes the file what it was; whether that could be done.
    fn back(&mut self) -> bool {
        if !self.moved {
            return true;
        }
        let place = self.ready.place.path();
        let done = match &self.kept {
            Some(kept) => again(|| std::fs::rename(kept, &place)),
            None => again(|| std::fs::remove_file(&place)),
        };
        done.is_ok()
    }

    fn entry(&self) -> Entry {
        let name = |path: &Path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        Entry {
            file: self.ready.place.name.to_string_lossy().into_owned(),
            mark: names::mark(&self.ready.place.name),
            sha256: hex(self.ready.sha256),
            temporary: name(&self.ready.temporary),
            kept: self.kept.as_deref().map(name),
        }
    }
}

/// A second name for what will be replaced: a link, or where there are none a copy.
fn keep(ready: &Ready, begun: &mut u64) -> std::io::Result<Option<TempPath>> {
    if !ready.replace {
        return Ok(None);
    }
    let path = ready.place.path();
    let own = ready
        .temporary
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let mark = names::mark_of(&own).unwrap_or_default();
    let kept = ready.place.folder.join(temporary_name(mark, *begun));
    *begun = begun.saturating_add(1);
    match again(|| std::fs::hard_link(&path, &kept)) {
        Ok(()) => Ok(Some(TempPath::try_from_path(kept)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(_) => {
            let mut file = File::open(&path)?;
            let place = ready.place.clone();
            let name = kept
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let permissions = file.metadata()?.permissions();
            let mut copy = Temporary::new(&path, place, &name, true, Some(permissions))?;
            std::io::copy(&mut file, &mut copy)?;
            let copied = copy.ready().map_err(|_| ErrorKind::Other)?;
            Ok(Some(copied.temporary))
        }
    }
}

/// Removes a file that may not be there.
fn gone(path: &Path) -> std::io::Result<()> {
    match again(|| std::fs::remove_file(path)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Moves a file to where none is.
fn without_replacing(from: &Path, to: &Path) -> std::io::Result<()> {
    let moved = TempPath::try_from_path(from)?.persist_noclobber(to);
    moved.map_err(|failed| {
        let error = failed.error;
        // It is somebody else's to remove.
        let _ = failed.path.keep();
        error
    })
}

/// Puts a record in its place, where none may be.
fn put(path: &Path, shown: &Path, record: &Record, begun: &mut u64) -> Result<(), WriteError> {
    let failed = |error: std::io::Error| WriteError::new(shown, WriteFault::Io(error.kind()));
    let first = record.files.first().map(|entry| entry.temporary.as_str());
    let mark = first.and_then(names::mark_of).unwrap_or_default();
    let name = temporary_name(mark, *begun);
    *begun = begun.saturating_add(1);
    let folder = crate::save::folder_of(path);
    let place = Place {
        folder: folder.to_owned(),
        name: path.file_name().unwrap_or_default().to_owned(),
    };
    let text = serde_json::to_vec_pretty(record).map_err(|error| failed(error.into()))?;
    let mut file = Temporary::new(shown, place, &name, false, None).map_err(failed)?;
    file.write_all(&text).map_err(failed)?;
    let ready = file
        .ready()
        .map_err(|fault| WriteError::new(shown, fault))?;
    again(|| without_replacing(&ready.temporary, path)).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => WriteError::new(shown, WriteFault::Exists),
        _ => failed(error),
    })
}

/// Waits until the disk has what a folder holds, where the system can do that.
fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) => match error.kind() {
            // One may write in a folder without being allowed to read it, and some systems do not know the question.
            ErrorKind::PermissionDenied | ErrorKind::Unsupported | ErrorKind::InvalidInput => {
                Ok(())
            }
            _ => Err(error),
        },
        Ok(()) => Ok(()),
    }
}
