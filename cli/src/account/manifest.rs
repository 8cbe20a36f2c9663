//! The manifest of a run: the file, its seal, and what is said of one that is not whole.
//!
//! `account` is what a second run must give again. What varies from run to run (the time, the manifest
//! before it) stands apart. The seal is the SHA-256 of every byte before it.

use super::words::Words;
use crate::exit::{Exit, Failure};
use crate::{print, small_files};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The version of the form that is written and read.
pub(crate) const FORM: u32 = 1;
/// What stands around the seal.
const BEFORE_SEAL: &str = ",\n  \"seal\": \"";
const AFTER_SEAL: &str = "\"\n}\n";

/// A manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) account: Account,
    pub(crate) previous: Option<Previous>,
    pub(crate) program: Program,
    /// When the run began and ended, in UTC.
    pub(crate) started: String,
    pub(crate) ended: String,
}

/// What a second run must give again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) engine_version: String,
    /// The language of messages, and of what is printed.
    pub(crate) language: String,
    #[serde(flatten)]
    pub(crate) words: Words,
    #[serde(flatten)]
    pub(crate) seen: Seen,
    /// The exit code.
    pub(crate) exit: u8,
    pub(crate) outputs: Vec<Output>,
}

/// What was read, counted and said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) rule_sets: Vec<RulesSeen>,
    pub(crate) extracts: Vec<ExtractSeen>,
    /// Lists and settings beside rules and extracts.
    pub(crate) settings: Vec<FileSeen>,
    /// For each rule how many cases are in each state, where the command counts them.
    pub(crate) states: BTreeMap<String, BTreeMap<String, u64>>,
    pub(crate) warnings: Vec<String>,
    /// SHA-256 of what was printed on stdout, without colours and without the folders of the outputs.
    pub(crate) printed: String,
}

/// A rule set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RulesSeen {
    pub(crate) hash: String,
    /// Whose signatures counted; nobody's were asked for if there are none.
    pub(crate) approved_by: Vec<String>,
    pub(crate) files: Vec<FileSeen>,
}

/// A file, by its name below what was named, and its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct FileSeen {
    pub(crate) file: String,
    pub(crate) sha256: String,
}

/// An extract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExtractSeen {
    pub(crate) hash: String,
    /// The day it was made, if it says.
    pub(crate) made: Option<String>,
    pub(crate) persons: u64,
    pub(crate) tables: Vec<TableSeen>,
}

/// A table of an extract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TableSeen {
    pub(crate) table: String,
    /// Where it stands; none if the extract has none.
    pub(crate) file: Option<String>,
    /// The fields that the rules declare.
    #[serde(default)]
    pub(crate) columns: Vec<String>,
    /// The days on which no row means no: `../2017-08-01`.
    #[serde(default)]
    pub(crate) complete: Vec<String>,
    pub(crate) rows: u64,
    pub(crate) used: u64,
    pub(crate) refused: u64,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Output {
    /// The argument that asked for it.
    pub(crate) argument: String,
    pub(crate) file: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// The manifest before this one, in the same folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Previous {
    pub(crate) file: String,
    pub(crate) sha256: String,
}

/// The program that ran. Another one, built later of the same sources, must give the same account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    /// As `--version` has it: empty if the build was not told, with a `+` if the sources had changes.
    pub(crate) commit: String,
    /// SHA-256 of the `Cargo.lock` that it was built by.
    pub(crate) lock: String,
    /// SHA-256 of the file that ran; none if the system does not show it.
    pub(crate) sha256: Option<String>,
}

/// The file without its seal.
#[derive(Serialize, Deserialize)]
struct Written {
    manifest: u32,
    account: Account,
    previous: Option<Previous>,
    #[serde(default)]
    program: Program,
    started: String,
    ended: String,
}

/// Why a file is not a manifest that can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Some byte of it is another than was written.
    Broken,
    /// It is whole, and of another version of the form.
    Form,
}

impl Manifest {
    /// The file; none only if there is a bug.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        let text = serde_json::to_string_pretty(&Written {
            manifest: FORM,
            account: self.account.clone(),
            previous: self.previous.clone(),
            program: self.program.clone(),
            started: self.started.clone(),
            ended: self.ended.clone(),
        });
        let text = text.ok()?;
        let body = text.strip_suffix("\n}")?;
        let seal = small_files::hash(body.as_bytes());
        Some(format!("{body}{BEFORE_SEAL}{seal}{AFTER_SEAL}").into_bytes())
    }

    /// The manifest in a file, if its seal fits.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::Broken)?;
        let text = text.strip_suffix(AFTER_SEAL).ok_or(Fault::Broken)?;
        let (body, seal) = text.rsplit_once(BEFORE_SEAL).ok_or(Fault::Broken)?;
        if small_files::hash(body.as_bytes()) != seal {
            return Err(Fault::Broken);
        }
        let body = format!("{body}\n}}");
        let written: Written = serde_json::from_str(&body).map_err(|_| Fault::Form)?;
        if written.manifest != FORM {
            return Err(Fault::Form);
        }
        Ok(Self {
            account: written.account,
            previous: written.previous,
            program: written.program,
            started: written.started,
            ended: written.ended,
        })
    }
}

impl Fault {
    /// What to tell of the file at `path`.
    pub(crate) fn failure(self, path: &Path) -> Failure {
        let shown = print::path(path);
        match self {
            Self::Broken => Failure::new(
                Exit::Data,
                format!("{shown} er ikke et helt manifest: mindst én byte er ændret"),
                format!("{shown} is not a whole manifest: at least one byte has been changed"),
            ),
            Self::Form => Failure::usage(
                format!("{shown} er et manifest af en anden version end {FORM}"),
                format!("{shown} is a manifest of another version than {FORM}"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            account: Account {
                engine_version: "0.1.0".to_owned(),
                language: "da".to_owned(),
                words: Words {
                    command: "run".to_owned(),
                    arguments: BTreeMap::from([(
                        "as_of".to_owned(),
                        vec!["2017-07-31".to_owned()],
                    )]),
                },
                seen: Seen::default(),
                exit: 0,
                outputs: Vec::new(),
            },
            previous: Some(Previous {
                file: "før.json".to_owned(),
                sha256: "0".repeat(64),
            }),
            program: Program {
                commit: "0".repeat(40),
                lock: "0".repeat(64),
                sha256: Some("0".repeat(64)),
            },
            started: "2026-01-01T00:00:00Z".to_owned(),
            ended: "2026-01-01T00:00:01Z".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = manifest().bytes().expect("a manifest");
        assert_eq!(Manifest::read(&bytes), Ok(manifest()));
    }

    /// At every place every bit, and some bits together.
    #[test]
    fn every_changed_byte_is_noticed() {
        let bytes = manifest().bytes().expect("a manifest");
        let (mut tried, mut missed) = (0_u32, 0_u32);
        for at in 0..bytes.len() {
            for change in [
                1, 2, 4, 8, 16, 32, 64, 128, 3, 5, 7, 9, 15, 17, 31, 33, 63, 65, 85, 127_u8,
            ] {
                let mut changed = bytes.clone();
                changed[at] ^= change;
                missed += u32::from(Manifest::read(&changed) != Err(Fault::Broken));
                tried += 1;
            }
        }
        println!("FIGURE;H3;changed bytes of a manifest tried;{tried}");
        println!("FIGURE;H3;changed bytes of a manifest not noticed;{missed}");
        assert_eq!(missed, 0);
        assert!(tried > 10_000, "{tried}");
    }

    #[test]
    fn every_cut_and_every_added_byte_is_noticed() {
        let bytes = manifest().bytes().expect("a manifest");
        for length in 0..bytes.len() {
            assert_eq!(Manifest::read(&bytes[..length]), Err(Fault::Broken));
        }
        for byte in 0..=255_u8 {
            let longer = [bytes.as_slice(), &[byte]].concat();
            assert_eq!(Manifest::read(&longer), Err(Fault::Broken));
        }
    }
}
