//! Settings that people keep beside rules and extracts: read whole, and no larger than can be read
//! through.

use crate::account::journal;
use crate::exit::{Exit, Failure};
use crate::{files, print};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::Path;

/// The most bytes of one.
const MOST: u64 = 1024 * 1024;

/// The text of a file, without a byte order mark.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let unreadable = |error: std::io::Error| files::unreadable(path, &error);
    if fs::metadata(path).map_err(unreadable)?.len() > MOST {
        let shown = print::path(path);
        return Err(Failure::new(
            Exit::Io,
            format!("{shown} er større end 1 MiB"),
            format!("{shown} is larger than 1 MiB"),
        ));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    journal::settings(print::name(path), hash(text.as_bytes()));
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// SHA-256 (hexadecimal) of the bytes of a file.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Two digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
