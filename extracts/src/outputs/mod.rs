//! The files that a run writes: all of them or none, and nobody else's at the same time.
//!
//! A file is written beside its place, under a name of the program's own, and waits there until [`Outputs::commit`]
//! moves all of them at the very end. From [`Outputs::reserve`] until then no other process writes to the same
//! places ([`hold`]). What is moved can be taken back until all are in place; while there are several, a
//! [`record`] beside them says so. What a process leaves that dies in the middle, the next one that writes in that
//! folder clears away ([`sweep`]).

mod commit;
mod hold;
mod names;
mod record;
mod sweep;
mod temporary;

pub(crate) use temporary::Temporary;

use crate::save::{SaveOptions, WriteError, WriteFault, allowed, folder_of};
use crate::source::hex;
use hold::Hold;
use names::{mark, temporary_name};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use temporary::{Place, Ready};

/// The files of a run. Clones are the same. When the last is dropped, what has not been committed is gone.
#[derive(Clone, Debug, Default)]
pub struct Outputs(Arc<Mutex<State>>);

/// A file that is whole, and waits for the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Where it is to be, as it was named.
    pub path: PathBuf,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

/// What was found of runs that died, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// How many files of theirs were removed.
    pub removed: u64,
    /// The outputs that are again what they were before.
    pub restored: Vec<PathBuf>,
}

/// In this order, so that files are gone before somebody else may write there.
#[derive(Debug, Default)]
struct State {
    ready: Vec<Ready>,
    /// How many temporary files have been begun.
    begun: u64,
    recovered: Recovered,
    /// By folder and mark.
    holds: BTreeMap<(PathBuf, String), Hold>,
}

impl Outputs {
    /// Takes hold of places that are to be written to, so that nobody else does.
    ///
    /// # Errors
    ///
    /// [`WriteError`] if a file may not be put there, or somebody else is about to.
    pub fn reserve(&self, paths: &[PathBuf], options: SaveOptions<'_>) -> Result<(), WriteError> {
        let mut places = Vec::new();
        for path in paths {
            may_be(path, options).map_err(|fault| WriteError::new(path, fault))?;
            places.push((
                place(path).map_err(|fault| WriteError::new(path, fault))?,
                path,
            ));
        }
        // In one order, so that of two that want the same one gets all of it.
        places.sort();
        for (place, path) in places {
            let held = self.state().hold(&place, &mark(&place.name));
            held.map_err(|fault| WriteError::new(path, fault))?;
            allowed(path, options).map_err(|fault| WriteError::new(path, fault))?;
        }
        Ok(())
    }

    /// Writes a file beside its place.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; then nothing is left of it.
    pub fn stage(
        &self,
        path: &Path,
        bytes: &[u8],
        options: SaveOptions<'_>,
    ) -> Result<(), WriteError> {
        let mut file = self.begin(path, options)?;
        let written = file.write_all(bytes);
        written.map_err(|error| WriteError::new(path, WriteFault::Io(error.kind())))?;
        self.add(file)
    }

    /// Writes beside its place what a file is to hold from now on. It keeps its permissions, and a link
    /// to it stays one.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; then nothing is left of it.
    pub fn amend(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        let failed = |fault| WriteError::new(path, fault);
        let io = |error: std::io::Error| failed(WriteFault::Io(error.kind()));
        let real = path.canonicalize().map_err(io)?;
        let found = std::fs::metadata(&real).map_err(io)?;
        if !found.is_file() {
            return Err(failed(WriteFault::NotAFile));
        }
        let place = place(&real).map_err(failed)?;
        // One lock for all of a folder: a rule set may have more files than a process may open.
        let mark = mark(OsStr::new("/"));
        let mut file = self
            .state()
            .begin(path, place, &mark, true, Some(found.permissions()))
            .map_err(failed)?;
        file.write_all(bytes).map_err(io)?;
        self.add(file)
    }

    /// Begins a file beside its place.
    pub(crate) fn begin(
        &self,
        path: &Path,
        options: SaveOptions<'_>,
    ) -> Result<Temporary, WriteError> {
        let failed = |fault| WriteError::new(path, fault);
        may_be(path, options).map_err(failed)?;
        let place = place(path).map_err(failed)?;
        let mark = mark(&place.name);
        let mut state = self.state();
        state.hold(&place, &mark).map_err(failed)?;
        allowed(path, options).map_err(failed)?;
        let begun = state.begin(path, place, &mark, options.replace, None);
        begun.map_err(failed)
    }

    /// Adds a file that has been written to its end.
    pub(crate) fn add(&self, file: Temporary) -> Result<(), WriteError> {
        let path = file.shown.clone();
        let ready = file
            .ready()
            .map_err(|fault| WriteError::new(&path, fault))?;
        self.state().ready.push(ready);
        Ok(())
    }

    /// The files that wait, in the order in which they will be moved.
    #[must_use]
    pub fn staged(&self) -> Vec<Staged> {
        let state = self.state();
        let staged = state.ready.iter().map(|ready| Staged {
            path: ready.shown.clone(),
            bytes: ready.bytes,
            sha256: hex(ready.sha256),
        });
        staged.collect()
    }

    /// Moves all files to their places. What could not be removed afterwards, of the program's own files.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; then every file is what it was, unless the error is [`WriteFault::Unfinished`].
    pub fn commit(&self) -> Result<Vec<PathBuf>, WriteError> {
        let mut state = self.state();
        let ready = std::mem::take(&mut state.ready);
        let left = commit::commit(ready, &mut state.begun);
        state.holds.clear();
        left
    }

    /// What was found of runs that died; once.
    #[must_use]
    pub fn recovered(&self) -> Recovered {
        std::mem::take(&mut self.state().recovered)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn begin(
        &mut self,
        shown: &Path,
        place: Place,
        mark: &str,
        replace: bool,
        like: Option<std::fs::Permissions>,
    ) -> Result<Temporary, WriteFault> {
        self.hold(&place, mark)?;
        let name = temporary_name(mark, self.begun);
        self.begun = self.begun.saturating_add(1);
        Temporary::new(shown, place, &name, replace, like)
            .map_err(|error| WriteFault::Io(error.kind()))
    }

    /// Takes hold of a place, and clears away what the dead have left in its folder.
    fn hold(&mut self, place: &Place, mark: &str) -> Result<(), WriteFault> {
        let key = (place.folder.clone(), mark.to_owned());
        if self.holds.contains_key(&key) {
            return Ok(());
        }
        let hold = Hold::take(&place.folder, mark)?;
        let (certain, stale) = (hold.certain, hold.stale);
        self.holds.insert(key, hold);
        if stale {
            self.recovered.removed = self.recovered.removed.saturating_add(1);
        }
        if certain {
            let held = |folder: &Path, mark: &str| {
                let key = (folder.to_owned(), mark.to_owned());
                self.holds.contains_key(&key)
            };
            let found = sweep::sweep(&place.folder, mark, &held)?;
            self.recovered.removed = self.recovered.removed.saturating_add(found.removed);
            self.recovered.restored.extend(found.restored);
        }
        Ok(())
    }
}

/// Whether a file may be put at `path` if none is there: one that is may be what a run that died has left, and
/// gone as soon as this process has hold of the place.
fn may_be(path: &Path, options: SaveOptions<'_>) -> Result<(), WriteFault> {
    let options = SaveOptions {
        replace: true,
        ..options
    };
    allowed(path, options)
}

/// Where a file is to be, without links in the way to it.
fn place(path: &Path) -> Result<Place, WriteFault> {
    let folder = folder_of(path).canonicalize();
    let folder = folder.map_err(|error| WriteFault::Io(error.kind()))?;
    let name = path.file_name().ok_or(WriteFault::NotAFile)?.to_owned();
    Ok(Place { folder, name })
}
