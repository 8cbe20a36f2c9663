//! What an entry's `case.toml` says.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An entry of the catalogue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// What is wrong, in few words.
    pub(crate) input: String,
    /// What the catalogue asks for.
    pub(crate) asks: String,
    /// Why the program does otherwise, and where that is decided.
    pub(crate) otherwise: Option<String>,
    /// What remains to be done.
    pub(crate) open: Option<String>,
    /// Tests elsewhere that hold the entry too: `path: name`.
    #[serde(default)]
    pub(crate) by: Vec<String>,
    /// Files that are made, not kept.
    #[serde(default)]
    pub(crate) make: Vec<Make>,
    /// What is run, one after the other.
    #[serde(default)]
    pub(crate) step: Vec<Step>,
    #[serde(skip)]
    pub(crate) folder: PathBuf,
}

/// A command and what must come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// The words of the command line, between blanks.
    #[serde(default = "usual")]
    pub(crate) run: String,
    /// Further words, which may hold blanks.
    #[serde(default)]
    pub(crate) args: Vec<String>,
    /// A shell's words around the command, which is `"$@"`.
    pub(crate) shell: Option<String>,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) stdin: Option<String>,
    /// What an editor sends, if the command is its server.
    #[serde(default)]
    pub(crate) send: Vec<Send>,
    /// The editor does not go when it has sent all.
    #[serde(default)]
    pub(crate) stays: bool,
    pub(crate) exit: Exit,
    /// The place that must be named.
    pub(crate) place: Option<String>,
    /// Words that must be said: what was expected, what to do.
    #[serde(default)]
    pub(crate) says: Vec<String>,
    /// Words that must not be said.
    #[serde(default)]
    pub(crate) never: Vec<String>,
    /// How lines of the file that is written begin; `…` is anything.
    #[serde(default)]
    pub(crate) answers: Vec<String>,
    /// Files that may be written; the usual ones if the usual command finishes.
    pub(crate) writes: Option<Vec<String>>,
    /// The file `answers` stand in.
    #[serde(default = "usual_file")]
    pub(crate) file: String,
}

/// Judges the extract of the entry by the rules beside it.
fn usual() -> String {
    "run rules --data udtræk --as-of 2017-07-31 --out ud/svar.csv".to_owned()
}

fn usual_file() -> String {
    "ud/svar.csv".to_owned()
}

/// Exit codes of which one must be the program's.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Exit {
    Only(i32),
    OneOf(Vec<i32>),
}

impl Exit {
    pub(crate) fn holds(&self, code: i32) -> bool {
        match self {
            Exit::Only(only) => *only == code,
            Exit::OneOf(codes) => codes.contains(&code),
        }
    }
}

/// Something an editor sends, or waits for.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Send {
    /// A message; `@start FOLDER`, `@alive` and `@end` stand for the usual ones.
    Message(String),
    /// Bytes as they are.
    Raw {
        raw: String,
        #[serde(default = "once")]
        times: usize,
    },
    /// Bytes in hexadecimal, framed.
    Hex {
        hex: String,
    },
    /// A message whose `TEXT` is this text, repeated.
    Long {
        message: String,
        text: String,
        times: usize,
    },
    /// A message many times, `{n}` counted from 1.
    Each {
        each: String,
        times: usize,
    },
    /// Until something is said.
    Wait {
        wait: String,
    },
    /// Until the server has gone by itself.
    Gone {
        #[expect(dead_code, reason = "only its name is needed")]
        gone: bool,
    },
    Pause {
        pause_ms: u64,
    },
    /// A file of the working folder gets another text.
    Write {
        write: String,
        text: String,
    },
}

pub(crate) fn once() -> usize {
    1
}

/// A file to be made.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Make {
    /// Its path in the working folder; `{n}` is a count if `count` says so.
    pub(crate) file: String,
    pub(crate) count: Option<usize>,
    /// Its bytes, piece by piece.
    pub(crate) parts: Option<Vec<Part>>,
    /// A workbook.
    pub(crate) book: Option<Book>,
    /// The columns of a Parquet or Arrow file.
    pub(crate) columns: Option<Vec<Column>>,
    pub(crate) remove: bool,
    pub(crate) folder: bool,
    pub(crate) fifo: bool,
    pub(crate) link: Option<String>,
    pub(crate) mode: Option<u32>,
    /// How many bytes are kept; counted from the end if negative.
    pub(crate) cut: Option<i64>,
    /// Bytes that are written over what is there.
    pub(crate) patch: Vec<Patch>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Part {
    Text(String),
    Times {
        text: String,
        times: usize,
    },
    Each {
        each: String,
        times: usize,
    },
    Hex {
        hex: String,
        #[serde(default = "once")]
        times: usize,
    },
}

#[derive(Debug, Deserialize)]
pub(crate) struct Patch {
    /// From the end if negative.
    pub(crate) at: Option<i64>,
    /// Wherever these bytes are; they must be somewhere.
    pub(crate) find: Option<String>,
    pub(crate) hex: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<Sheet>,
    /// Attributes of `workbookPr`.
    pub(crate) workbook: String,
    /// Attributes of each `sheet`.
    pub(crate) sheet: String,
    pub(crate) extra: Vec<Extra>,
    /// A name of an entry that becomes another of the same length.
    pub(crate) rename: Option<(String, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Cells as `book::rows` writes them.
    #[serde(default)]
    pub(crate) rows: Vec<Vec<String>>,
    /// XML before the rows, instead of them, and after them.
    #[serde(default)]
    pub(crate) before: Vec<Part>,
    #[serde(default)]
    pub(crate) xml: Vec<Part>,
    #[serde(default)]
    pub(crate) after: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extra {
    pub(crate) name: String,
    pub(crate) parts: Vec<Part>,
}

/// A column: `text`, `int`, `float`, `day`, `zone`, `list`, `word` (a dictionary), `long` (so many
/// letters, each text written out).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Column {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) values: Vec<String>,
    #[serde(default = "once")]
    pub(crate) times: usize,
}

impl Entry {
    /// Reads the entry in a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let path = folder.join("case.toml");
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let entry: Entry =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Entry {
            folder: folder.to_owned(),
            ..entry
        }
    }

    pub(crate) fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}
