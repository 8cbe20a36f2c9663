//! What reading gives: the cases with their places and the account of rows, or a refusal.

use crate::codes;
use crate::persons::index;
use crate::problem::{Place, Problem};
use hjemmel_engine::case::{Case, Source};
use hjemmel_engine::model::{FieldId, TableId};
use hjemmel_engine::time::{Day, Days};
use hjemmel_grammar::diagnostic::{Language, Severity};
use std::collections::BTreeMap;

/// What may be allowed beyond the defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A table may have headings and no rows. Without it that refuses the extract: an empty
    /// extract is more often a failed one.
    pub allow_empty: bool,
    /// A sheet may be filled to its last row. Without it that refuses the extract: the data are
    /// probably cut off.
    pub allow_full_sheet: bool,
}

/// A case extract that was read.
#[derive(Clone, Debug)]
pub struct Extract {
    /// One for every key that occurs in any table, by the bytes of the keys.
    pub cases: Vec<Case>,
    /// For each case, how many of its values could not be read.
    pub unreadable: Vec<u32>,
    /// The files by their paths in the extract, of a workbook `file.xlsx!sheet`.
    /// [`Source::file`] is a position here.
    pub files: Vec<String>,
    /// What the reader should know, by place.
    pub problems: Vec<Problem>,
    /// The day the extract was made, if `udtræk.toml` says.
    pub date: Option<Day>,
    /// SHA-256 (hexadecimal) over the names and bytes of all files that were used, `udtræk.toml`
    /// included.
    pub hash: String,
    /// The account of rows, table by table.
    pub rows: Vec<RowCounts>,
    /// For each table the days on which it is declared complete.
    pub complete: Vec<Days>,
    /// Unknown codes: table, field and code (hidden where it may not be shown), with their counts.
    pub unknown_codes: BTreeMap<(String, String, String), u64>,
    /// The fields that a worklist shows, if `udtræk.toml` names some.
    pub worklist: Vec<(TableId, FieldId)>,
}

/// The account of the rows of one table: `read` is always `used` plus `refused`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RowCounts {
    /// The table.
    pub table: String,
    /// Its file, by its position in [`Extract::files`]; none if the extract has none.
    pub file: Option<u32>,
    /// Rows with data.
    pub read: u64,
    /// Rows that stand in the cases.
    pub used: u64,
    /// Rows that say the same as another, or are merged into another of the same person.
    pub refused: u64,
    /// Rows without a day of registration, where the file has a column for it.
    pub registered_missing: u64,
}

impl Extract {
    /// Where a row stands: `ydelse.csv:12`.
    #[must_use]
    pub fn place(&self, source: Source) -> String {
        place_of(&self.files, source).to_string()
    }
}

/// The place of a row.
pub(crate) fn place_of(files: &[String], source: Source) -> Place {
    let file = files.get(index(source.file)).cloned().unwrap_or_default();
    Place {
        line: source.line,
        ..Place::file(file)
    }
}

/// An extract that cannot be trusted as a whole. Nothing of it may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why: at least one error, and the warnings found on the way.
    pub problems: Vec<Problem>,
}

/// What kind of refusal it is; the program's exit code follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefusedKind {
    /// The data cannot be trusted as a whole.
    Data,
    /// A file cannot be read, or a limit is exceeded.
    Input,
    /// The account of rows does not balance: a bug.
    Internal,
}

impl Refused {
    /// The gravest of the kinds of its errors.
    #[must_use]
    pub fn kind(&self) -> RefusedKind {
        let errors = self
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let kind = |problem: &Problem| match problem.code {
            codes::NOT_CONSERVED => RefusedKind::Internal,
            codes::NOT_FOUND | codes::UNREADABLE | codes::WORKBOOK_SIZE | codes::UNPACKED_SIZE => {
                RefusedKind::Input
            }
            _ => RefusedKind::Data,
        };
        errors.map(kind).max().unwrap_or(RefusedKind::Data)
    }

    /// All problems, a line each.
    #[must_use]
    pub fn render(&self, language: Language) -> String {
        let lines: Vec<String> = self
            .problems
            .iter()
            .map(|problem| problem.render(language))
            .collect();
        lines.join("\n")
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(Language::English))
    }
}

impl std::error::Error for Refused {}
