//! The texts: rules for our server and Python for the peers, of as many lines and built alike.
//!
//! Units of twenty lines, as dense with examples as `rules/` are: three terms that each use the one
//! before, and an example of the last; in Python three functions and a test. Every fourth unit
//! begins anew, and in a workspace the first of a file uses the last of the file before.

use crate::Outcome;
use std::fs;
use std::path::{Path, PathBuf};

/// How the lines lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// All in one file.
    OneFile,
    /// In files of 1,000 lines.
    Workspace,
}

/// In which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// Ours.
    Rules,
    /// The peers'.
    Python,
}

/// How many lines a file of a workspace has.
const FILE: usize = 1_000;
/// How many lines a unit has.
const UNIT: usize = 20;
/// How many terms, or functions, are in it.
const TERMS: usize = 3;
/// Of so many units each uses the one before.
const CHAIN: usize = 4;

/// The file that is edited.
pub(crate) struct Edited {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// The line of the edit.
    pub(crate) line: usize,
    /// Where in it the digit stands.
    pub(crate) digit: usize,
    /// Where in it a name is used that is declared elsewhere.
    pub(crate) name: usize,
}

/// Writes the files into a folder; the one in the middle is to be edited.
pub(crate) fn written(
    folder: &Path,
    tongue: Tongue,
    layout: Layout,
    lines: usize,
) -> Outcome<Edited> {
    let each = match layout {
        Layout::OneFile => lines,
        Layout::Workspace => FILE,
    };
    let count = lines / each;
    let mut middle = None;
    for file in 0..count {
        let text = text(tongue, file, each);
        let path = folder.join(format!("m{file}.{}", tongue.extension()));
        fs::write(&path, &text)?;
        if file == count / 2 {
            middle = Some((path, text));
        }
    }
    let (path, text) = middle.ok_or("no lines")?;
    edited(path, text)
}

/// The place in the middle: the digit behind the name of the block before.
fn edited(path: PathBuf, text: String) -> Outcome<Edited> {
    let half = text.lines().count() / 2;
    let found = text.lines().enumerate().skip(half).find_map(|(line, it)| {
        let behind = |all: [&str; 2]| {
            all.into_iter()
                .find_map(|before| Some(it.find(before)? + before.len()))
        };
        let digit = behind(["mindst ", ">= "])?;
        let name = behind(["når b", "return b"])?;
        // In UTF-16.
        let column = |at: usize| it.get(..at).map(|before| before.encode_utf16().count());
        Some((line, column(digit)?, column(name)?))
    });
    let (line, digit, name) = found.ok_or("no digit in the middle")?;
    Ok(Edited {
        path,
        text,
        line,
        digit,
        name,
    })
}

/// A file of so many lines.
fn text(tongue: Tongue, file: usize, lines: usize) -> String {
    // The last lines are left empty, so that there is room for the head.
    let units = (lines / UNIT).saturating_sub(1);
    let first = file * (FILE / UNIT) * TERMS;
    let mut text = tongue.head(file, last_before(first));
    for unit in 0..units {
        let number = first + unit * TERMS;
        let used = match unit {
            0 => last_before(first),
            _ if unit % CHAIN == 0 => None,
            _ => Some(number - 1),
        };
        text += &tongue.term(number, used);
        for other in number + 1..number + TERMS {
            text += &tongue.term(other, Some(other - 1));
        }
        text += &tongue.example(number + TERMS - 1);
    }
    let left = lines.saturating_sub(text.lines().count());
    text + &"\n".repeat(left)
}

/// The last term of the file before the one that begins with this term.
fn last_before(first: usize) -> Option<usize> {
    first.checked_sub(1 + TERMS)
}

impl Tongue {
    fn extension(self) -> &'static str {
        match self {
            Self::Rules => "regel",
            Self::Python => "py",
        }
    }

    /// What the protocol calls the language.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Rules => "regel",
            Self::Python => "python",
        }
    }

    /// What a file begins with.
    fn head(self, file: usize, used: Option<usize>) -> String {
        match (self, used) {
            (Self::Rules, None) => {
                "data ydelse\n  perioder fuldstændig\n  art er en af hjælp, løn\n  timer er tal\n\n"
                    .to_owned()
            }
            (Self::Python, None) => "HJAELP = \"hjaelp\"\nLOEN = \"loen\"\n\n".to_owned(),
            (Self::Rules, Some(_)) => String::new(),
            (Self::Python, Some(used)) if file == 1 => {
                format!("from m0 import HJAELP, LOEN, b{used}\n\n\n")
            }
            (Self::Python, Some(used)) => {
                let before = file.saturating_sub(1);
                format!("from m0 import HJAELP, LOEN\nfrom m{before} import b{used}\n\n\n")
            }
        }
    }

    /// Four lines that use another term.
    fn term(self, number: usize, used: Option<usize>) -> String {
        match self {
            Self::Rules => {
                let used = used.map_or_else(String::new, |it| format!("b{it} eller "));
                format!(
                    "begreb b{number} \"Begreb {number}\"\n  hjemmel kilde \"Prøve\"\n  når {used}(ydelse.timer er mindst 1 og ydelse.art er løn)\n\n"
                )
            }
            Self::Python => {
                let used = used.map_or_else(String::new, |it| format!("b{it}(timer, art) or "));
                format!(
                    "def b{number}(timer: int, art: str) -> bool:\n    \"\"\"Begreb {number}.\"\"\"\n    return {used}(timer >= 1 and art == LOEN)\n\n"
                )
            }
        }
    }

    /// Eight lines that try a term.
    fn example(self, of: usize) -> String {
        match self {
            Self::Rules => format!(
                "eksempel \"Eksempel {of}\"\n  givet\n    ydelse løn, timer 9 fra 1. maj 2017 til 31. maj 2017\n    ydelse hjælp, timer 9 fra 1. juni 2017, fortsat\n  så\n    b{of} er ja fra 1. maj 2017\n    b{of} er nej fra 1. juni 2017\n\n"
            ),
            Self::Python => format!(
                "def test_{of}() -> None:\n    \"\"\"Eksempel {of}.\"\"\"\n    loen = b{of}(9, LOEN)\n    assert loen\n    hjaelp = b{of}(9, HJAELP)\n    assert not hjaelp\n    print(loen, hjaelp)\n\n"
            ),
        }
    }
}
