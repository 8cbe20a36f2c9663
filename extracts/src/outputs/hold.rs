//! A hold on an output: while it lasts no other process writes there.
//!
//! It is a lock of the system on a file `.hjemmel-….lock` beside the output. The system lets go of the lock when
//! the process ends, however it ends: the file of a dead process is stale, and whoever comes next takes it over.

use super::names::lock_name;
use crate::save::WriteFault;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a lock file that was removed meanwhile is looked for again.
const ATTEMPTS: u32 = 100;
/// How long the process that holds an output may take to say who it is.
const PATIENCE: Duration = Duration::from_millis(5);

/// A lock file that this process has locked. It is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Hold {
    path: PathBuf,
    /// Open as long as the lock is to last.
    _file: File,
    /// Whether other processes can see it. Some network drives know no locks.
    pub(super) certain: bool,
    /// Whether a process died with it.
    pub(super) stale: bool,
}

impl Drop for Hold {
    fn drop(&mut self) {
        // A lock file that stays is stale, and the next run removes it.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Hold {
    /// Takes hold of what `mark` stands for in a folder.
    pub(super) fn take(folder: &Path, mark: &str) -> Result<Self, WriteFault> {
        let path = folder.join(lock_name(mark));
        for _ in 0..ATTEMPTS {
            let (mut file, new) = match open(&path) {
                Ok(opened) => opened,
                // Removed between two looks at it.
                Err(WriteFault::Io(ErrorKind::NotFound)) if folder.is_dir() => continue,
                Err(fault) => return Err(fault),
            };
            let locked = file.try_lock();
            if !is_at(&file, &path) {
                // Whoever had it has removed it: what was locked is no longer there.
                continue;
            }
            let certain = match locked {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => return Err(WriteFault::Held(holder(&mut file))),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {
                    continue;
                }
                Err(TryLockError::Error(error)) if knows_no_locks(&error) => false,
                Err(TryLockError::Error(error)) => return Err(WriteFault::Io(error.kind())),
            };
            let mut hold = Self {
                path,
                _file: file,
                certain,
                stale: !new && certain,
            };
            hold.sign().map_err(|error| WriteFault::Io(error.kind()))?;
            return Ok(hold);
        }
        Err(WriteFault::Held(None))
    }

    /// Whether it holds what `mark` stands for in this folder.
    pub(super) fn is_of(&self, folder: &Path, mark: &str) -> bool {
        self.path == folder.join(lock_name(mark))
    }

    /// Writes down which process this is.
    fn sign(&mut self) -> std::io::Result<()> {
        let file = &mut self._file;
        if self.stale {
            file.set_len(0)?;
            file.rewind()?;
        }
        file.write_all(std::process::id().to_string().as_bytes())
    }
}

/// Whether a drive has no locks at all, as against one that failed.
fn knows_no_locks(error: &std::io::Error) -> bool {
    // ENOLCK, which has no kind: a drive of the network whose server has none.
    let nobody_locks = cfg!(target_os = "linux") && error.raw_os_error() == Some(37);
    nobody_locks || error.kind() == ErrorKind::Unsupported
}

/// Makes a lock file, or opens the one that is there; whether it was made. A link is not followed.
fn open(path: &Path) -> Result<(File, bool), WriteFault> {
    let fault = |error: std::io::Error| WriteFault::Io(error.kind());
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    match super::temporary::private(options.clone().create_new(true)).open(path) {
        Ok(file) => Ok((file, true)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let is_file = std::fs::symlink_metadata(path).map_err(fault)?.is_file();
            if !is_file {
                return Err(WriteFault::NotAFile);
            }
            Ok((options.open(path).map_err(fault)?, false))
        }
        Err(error) => Err(fault(error)),
    }
}

/// Whether an open file is the one that lies at a path, itself and not by a link.
fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else {
        return false;
    };
    there.is_file() && same(&open, &there)
}

#[cfg(unix)]
fn same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Elsewhere a file cannot be removed while somebody has it open.
#[cfg(not(unix))]
fn same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// The process that has a lock, if it says so.
fn holder(file: &mut File) -> Option<u32> {
    for _ in 0..20 {
        let mut text = String::new();
        let read = file
            .rewind()
            .and_then(|()| file.take(16).read_to_string(&mut text));
        if read.is_ok() && !text.is_empty() {
            return text.parse().ok();
        }
        std::thread::sleep(PATIENCE);
    }
    None
}
