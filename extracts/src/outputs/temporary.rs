//! Files that are written beside their places.

use crate::save::WriteFault;
use sha2::{Digest as _, Sha256};
use std::ffi::OsString;
use std::fs::{File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Where a file is to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Its folder, without links.
    pub(super) folder: PathBuf,
    pub(super) name: OsString,
}

impl Place {
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}

/// A file while it is written. Dropped, nothing is left of it.
#[derive(Debug)]
pub(crate) struct Temporary {
    /// As the user named it.
    pub(crate) shown: PathBuf,
    pub(super) place: Place,
    pub(super) replace: bool,
    temporary: TempPath,
    file: File,
    hash: Sha256,
    bytes: u64,
}

/// A file that is whole and on the disk, beside its place.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) shown: PathBuf,
    pub(super) place: Place,
    pub(super) replace: bool,
    pub(super) temporary: TempPath,
    pub(super) sha256: [u8; 32],
    pub(super) bytes: u64,
}

impl Temporary {
    /// Begins a file that only its owner may read; with `like` one with these permissions.
    pub(super) fn new(
        shown: &Path,
        place: Place,
        temporary: &str,
        replace: bool,
        like: Option<Permissions>,
    ) -> std::io::Result<Self> {
        let path = place.folder.join(temporary);
        let file = private(OpenOptions::new().write(true).create_new(true)).open(&path)?;
        let temporary = TempPath::try_from_path(path)?;
        if let Some(permissions) = like {
            file.set_permissions(permissions)?;
        }
        Ok(Self {
            shown: shown.to_owned(),
            place,
            replace,
            temporary,
            file,
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// What the bytes written until now hash to.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// Waits until the disk has it.
    pub(super) fn ready(self) -> Result<Ready, WriteFault> {
        let synced = self.file.sync_all();
        synced.map_err(|error| WriteFault::Io(error.kind()))?;
        Ok(Ready {
            sha256: self.digest(),
            shown: self.shown,
            place: self.place,
            replace: self.replace,
            temporary: self.temporary,
            bytes: self.bytes,
        })
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        let written = u64::try_from(count).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(written);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A file that only its owner may read, whatever the surroundings allow.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Does it again while the system says that it was interrupted.
pub(super) fn again<T>(mut act: impl FnMut() -> std::io::Result<T>) -> std::io::Result<T> {
    loop {
        match act() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
