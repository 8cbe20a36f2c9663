//! Secret keys in files that only their owner can read: 32 bytes of the system's random numbers, after a word
//! that tells what the key is for. Never printed, and never overwritten.

use crate::account::approval;
use crate::exit::{Exit, Failure};
use crate::run::not_written;
use crate::{files, print, small_files};
use hjemmel_extracts::{SaveOptions, WriteFault, save_bytes};
use hjemmel_grammar::diagnostic::Text;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What a key is for: a key made for one thing is not taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Signatures of rules.
    Signing,
    /// Keyed names of persons.
    Pseudonyms,
}

impl Purpose {
    /// What the file begins with.
    fn label(self) -> &'static str {
        match self {
            Self::Signing => "hjemmel-signing-key-1 ",
            Self::Pseudonyms => "hjemmel-pseudonym-key-1 ",
        }
    }

    /// The command that makes one.
    fn maker(self) -> &'static str {
        match self {
            Self::Signing => "hjemmel sign key",
            Self::Pseudonyms => "hjemmel sign key --for pseudonyms",
        }
    }
}

/// 32 random bytes.
pub(crate) fn random() -> Result<[u8; 32], Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| {
        Failure::new(
            Exit::Io,
            "systemet giver ingen tilfældige tal; ingen nøgle er lavet",
            "the system gives no random numbers; no key has been made",
        )
    })?;
    Ok(seed)
}

/// Writes a new file that only its owner can read.
pub(crate) fn write(
    path: &Path,
    purpose: Purpose,
    seed: &[u8; 32],
    options: SaveOptions<'_>,
) -> Result<(), Failure> {
    let text = format!("{}{}\n", purpose.label(), small_files::hex(seed));
    let saved = save_bytes(path, text.into_bytes(), None, options);
    saved.map_err(|error| match error.fault {
        WriteFault::Exists => {
            let shown = print::path(path);
            Failure::usage(
                format!("{shown} findes allerede; en nøgle bliver aldrig overskrevet"),
                format!("{shown} exists already; a key is never overwritten"),
            )
        }
        _ => not_written(&error),
    })
}

/// Reads a secret key; none that others can read.
pub(crate) fn read(path: &Path, purpose: Purpose) -> Result<[u8; 32], Failure> {
    let unreadable = |error: std::io::Error| files::unreadable(path, &error);
    let shown = print::path(path);
    // A pipe would be waited for.
    if path.metadata().map_err(unreadable)?.file_type().is_file() {
        let file = File::open(path).map_err(unreadable)?;
        of_owner_alone(&file, path)?;
        let mut text = String::new();
        file.take(1024)
            .read_to_string(&mut text)
            .map_err(unreadable)?;
        let hex = text.trim_end().strip_prefix(purpose.label());
        if let Some(seed) = hex.and_then(approval::bytes) {
            return Ok(seed);
        }
    }
    let maker = purpose.maker();
    Err(Failure {
        exit: Exit::Usage,
        message: Some(Text::new(
            format!("{shown} er ikke en nøgle fra {maker}"),
            format!("{shown} is not a key of {maker}"),
        )),
        hint: None,
    })
}

/// Refuses a key that others can read.
fn of_owner_alone(file: &File, path: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = file
            .metadata()
            .map_err(|error| files::unreadable(path, &error))?;
        if metadata.permissions().mode() & 0o077 != 0 {
            let shown = print::path(path);
            return Err(Failure::usage(
                format!("andre kan læse {shown}; brug chmod 600, eller lav en ny nøgle"),
                format!("others can read {shown}; use chmod 600, or make a new key"),
            ));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, path);
    Ok(())
}
