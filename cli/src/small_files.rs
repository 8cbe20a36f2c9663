//! Settings that people keep beside rules and extracts: read whole, and no larger than can be read
//! through.

use crate::account::journal;
use crate::exit::Failure;
use crate::{files, print};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// The most MiB of one.
const MOST: u64 = 1;

/// The text of a file, without a byte order mark.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let text = files::text(path, MOST)?;
    journal::settings(print::name(path), hash(text.as_bytes()));
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The file of that name in the folder of an extract, or beside a workbook or a folder.
pub(crate) fn beside(extract: &Path, name: &str) -> Option<PathBuf> {
    let within = extract.is_dir().then(|| extract.join(name));
    let next_to = extract.parent().map(|folder| folder.join(name));
    let mut places = within.into_iter().chain(next_to);
    places.find(|path| path.is_file())
}

/// SHA-256 (hexadecimal) of the bytes of a file.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Two digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
