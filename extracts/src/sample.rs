//! The beginning of a file or sheet as plain text, whatever its columns are called.

use crate::csv::{Lines, Records};
use crate::dates::DateFormat;
use crate::kinds::{Kind, Part};
use crate::mapping::Encoding;
use crate::record::Record;
use crate::source::{Opened, guess_encoding};
use std::io::Read as _;
use std::path::Path;

/// How many rows are looked at.
pub(crate) const ROWS: usize = 10_000;
/// How many bytes of a text file are looked at.
const BYTES: u64 = 4 * 1024 * 1024;

/// The beginning of a table as it stands in the extract.
#[derive(Default)]
pub(crate) struct Sample {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// It is a sheet.
    pub(crate) sheet: bool,
    /// Of a text file.
    pub(crate) format: Option<(Encoding, char)>,
    /// It has no letter that would tell one character set from another.
    pub(crate) ascii: bool,
}

crate::hide::sealed!(Sample);

impl Sample {
    /// Of a file, as far as it can be read.
    pub(crate) fn of(part: &Part, kind: Kind) -> Option<Self> {
        match kind {
            Kind::Text | Kind::Weeks => Self::of_text(&part.path, &part.name),
            Kind::Lines => crate::jsonl::sample(part),
            Kind::Parquet | Kind::Arrow => crate::typed_rows::sample(part, kind),
        }
    }

    /// Of a text file, as far as it can be read.
    pub(crate) fn of_text(path: &Path, name: &str) -> Option<Self> {
        let opened = Opened::open(path, name).ok()?;
        let mut bytes = Vec::new();
        opened.input.take(BYTES).read_to_end(&mut bytes).ok()?;
        let encoding = guess_encoding(&bytes);
        let mut lines = Lines::new(bytes.as_slice(), name, encoding);
        let mut first = String::new();
        while first.trim().is_empty() {
            first.clear();
            if !lines.next(&mut first).ok()? {
                return None;
            }
        }
        let separator = likely_separator(&first);
        let mut sample = Self {
            format: Some((encoding, separator)),
            ascii: bytes.is_ascii(),
            ..Self::default()
        };
        let mut records = Records::new(lines, first, separator);
        while let Ok(Some(record)) = records.next() {
            if !sample.add(&record) {
                break;
            }
        }
        Some(sample)
    }

    /// Takes a record; `false` when there are enough.
    pub(crate) fn add(&mut self, record: &Record<'_>) -> bool {
        if !record.is_blank() {
            let cells = record.cells.iter().map(|cell| cell.shown()).collect();
            if self.headings.is_empty() {
                self.headings = cells;
            } else {
                self.rows.push(cells);
            }
        }
        self.rows.len() < ROWS
    }

    /// The values of a column that are not blank.
    pub(crate) fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells.map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether some row has nothing in a column.
    pub(crate) fn has_blanks(&self, column: usize) -> bool {
        let blank = |row: &Vec<String>| row.get(column).is_none_or(String::is_empty);
        self.rows.iter().any(blank)
    }

    /// The format that reads most of a column.
    pub(crate) fn date_format(&self, column: usize) -> Option<DateFormat> {
        let read = |format: DateFormat| {
            let read = self
                .values(column)
                .filter(|value| format.read(value).is_some());
            (read.count(), format)
        };
        let counted = DateFormat::ALL.into_iter().map(read);
        let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|(count, _)| *count > 0)
            .map(|(_, format)| format)
    }
}

/// The separator that splits the headings most.
pub(crate) fn likely_separator(headings: &str) -> char {
    let count = |separator: &char| headings.matches(*separator).count();
    let candidates = [',', '|', '\t', ';'];
    candidates.into_iter().max_by_key(count).unwrap_or(';')
}
