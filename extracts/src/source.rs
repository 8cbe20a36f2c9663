//! Finding and opening the files of an extract; hashing what is read of them.

use crate::mapping::Encoding;
use crate::messages::{files, mapping, text};
use crate::problem::{Place, Problem};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;

/// Where an extract lies.
pub(crate) enum Location {
    /// A folder: the names of its files in composed form, each with its path. The name of a folder
    /// in it ends in `/`.
    Folder(BTreeMap<String, PathBuf>),
    /// A workbook: its name.
    Workbook(String),
}

/// The names of the mapping file in a folder.
pub(crate) const MAPPING_NAMES: [&str; 2] = ["udtræk.toml", "udtraek.toml"];

/// Finds the extract at `path`.
pub(crate) fn locate(path: &Path) -> Result<Location, Box<Problem>> {
    let shown = path.display().to_string();
    let metadata = std::fs::metadata(path).map_err(|_| Box::new(files::not_found(&shown)))?;
    if metadata.is_dir() {
        return Ok(Location::Folder(list(path, &shown)?));
    }
    if metadata.is_file() && is_workbook(path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return Ok(Location::Workbook(name.nfc().collect()));
    }
    Err(Box::new(files::wrong_kind(&shown)))
}

/// Whether the name is that of a workbook.
pub(crate) fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let workbook = ["xlsx", "xlsm", "xls"];
    extension.is_some_and(|e| workbook.contains(&e.to_lowercase().as_str()))
}

/// The files of a folder by name, and the folders in it with `/`.
pub(crate) fn list(path: &Path, shown: &str) -> Result<BTreeMap<String, PathBuf>, Box<Problem>> {
    let failed = |error| Box::new(text::unreadable(Place::file(shown), &error));
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name: String = entry.file_name().to_string_lossy().nfc().collect();
        // Hidden files are those of editors and of the system.
        if name.starts_with('.') {
            continue;
        }
        let folder = entry.path().is_dir();
        let name = if folder { name + "/" } else { name };
        found.insert(name, entry.path());
    }
    Ok(found)
}

/// The bytes of the files that were read, so that the extract can be named by a hash.
#[derive(Debug, Default)]
pub(crate) struct Hashes {
    files: BTreeMap<String, [u8; 32]>,
}

impl Hashes {
    pub(crate) fn add(&mut self, name: &str, digest: [u8; 32]) {
        self.files.insert(name.to_owned(), digest);
    }

    /// Adds several.
    pub(crate) fn add_all(&mut self, digests: impl IntoIterator<Item = (String, [u8; 32])>) {
        self.files.extend(digests);
    }

    /// SHA-256 over the names and the SHA-256 of each file, by name.
    pub(crate) fn finish(&self) -> String {
        let mut all = Sha256::new();
        for (name, digest) in &self.files {
            all.update(name.as_bytes());
            all.update([0]);
            all.update(digest);
        }
        let digest: [u8; 32] = all.finalize().into();
        hex(digest)
    }
}

/// Two digits for each byte.
pub(crate) fn hex(digest: [u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of bytes that are in memory.
pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A file that is being read, with all that shows whether it changed meanwhile.
pub(crate) struct Opened {
    pub(crate) input: BufReader<Hashing>,
    path: PathBuf,
    before: Metadata,
}

/// Passes bytes on and hashes them.
pub(crate) struct Hashing {
    file: File,
    hash: Sha256,
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for Opened {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
    }
}

impl Opened {
    /// Opens a regular file; a pipe or a device would never end.
    pub(crate) fn open(path: &Path, name: &str) -> Result<Self, Box<Problem>> {
        let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
        let before = std::fs::metadata(path).map_err(failed)?;
        if !before.is_file() {
            return Err(Box::new(files::not_regular(Place::file(name))));
        }
        let file = File::open(path).map_err(failed)?;
        let hashing = Hashing {
            file,
            hash: Sha256::new(),
        };
        Ok(Self {
            input: BufReader::with_capacity(128 * 1024, hashing),
            path: path.to_owned(),
            before,
        })
    }

    pub(crate) fn size(&self) -> u64 {
        self.before.len()
    }

    /// Reads what has not been read, so that it counts in the digest.
    pub(crate) fn drain(&mut self, name: &str) -> Result<(), Box<Problem>> {
        let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
        std::io::copy(&mut self.input, &mut std::io::sink()).map_err(failed)?;
        Ok(())
    }

    /// The digest of the file, which must have been read to its end and be the same still.
    pub(crate) fn finish(self, name: &str) -> Result<[u8; 32], Box<Problem>> {
        let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
        let after = std::fs::metadata(&self.path).map_err(failed)?;
        let same_time = self.before.modified().ok() == after.modified().ok();
        if self.before.len() != after.len() || !same_time {
            return Err(Box::new(files::changed(Place::file(name))));
        }
        Ok(self.input.into_inner().hash.finalize().into())
    }
}

/// Reads a small text file whole; one of more than `limit` bytes is refused, never cut.
pub(crate) fn read_text(
    path: &Path,
    name: &str,
    limit: u64,
) -> Result<(String, [u8; 32]), Box<Problem>> {
    let mut opened = Opened::open(path, name)?;
    let mut bytes = Vec::new();
    let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
    let input = &mut opened.input;
    let most = limit.saturating_add(1);
    input.take(most).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).map_or(true, |length| length > limit) {
        return Err(Box::new(mapping::too_long(Place::file(name), limit)));
    }
    let digest = opened.finish(name)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, digest)),
        Err(_) => Err(Box::new(text::not_utf8(Place::file(name)))),
    }
}

/// What a file most probably is encoded in: UTF-8 if it is that.
pub(crate) fn guess_encoding(bytes: &[u8]) -> Encoding {
    match std::str::from_utf8(bytes) {
        Ok(_) => Encoding::Utf8,
        // Cut in the middle of a character: the sample ends there.
        Err(error) if error.error_len().is_none() => Encoding::Utf8,
        Err(_) => Encoding::Windows1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "sag\n1\n").unwrap();
        let mut opened = Opened::open(&path, "a.csv").unwrap();
        let mut line = String::new();
        opened.input.read_line(&mut line).unwrap();
        std::fs::write(&path, "sag\n1\n2\n").unwrap();
        opened.drain("a.csv").unwrap();
        let problem = opened.finish("a.csv").unwrap_err();
        assert_eq!(problem.code, crate::codes::CHANGED);
    }
}
