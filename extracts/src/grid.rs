//! A file as cells of text with their places, whatever it means: every sheet of a workbook, or a CSV.

use crate::csv::{Lines, Records};
use crate::dates::DateFormat;
use crate::messages::text;
use crate::problem::{Place, Problem};
use crate::record::{Cell, CellValue, Record};
use crate::sample::likely_separator;
use crate::source::{Opened, guess_encoding};
use crate::write::natural;
use crate::xlsx;
use hjemmel_engine::time::Day;
use std::io::Read as _;
use std::path::Path;

/// The largest text file, in bytes.
const BYTES: u64 = 100 * 1024 * 1024;

/// A sheet, or a text file.
#[derive(Debug)]
pub(crate) struct Grid {
    /// The whole of it.
    pub(crate) place: Place,
    /// Rows by their numbers, with those that are blank.
    pub(crate) rows: Vec<(u32, Vec<GridCell>)>,
}

/// What stands in a cell.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// As text, without blanks around it; dates as `2017-07-31`.
    pub(crate) text: String,
    /// It holds an error value.
    pub(crate) error: bool,
}

crate::hide::sealed!(GridCell);

impl Grid {
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            rows: Vec::new(),
        }
    }

    /// Adds a row; none before the first. A text file has the apostrophes that its writer put in
    /// front of what would begin a formula.
    pub(crate) fn take(&mut self, record: &Record<'_>) {
        if record.line == 0 {
            return;
        }
        let mut cells = GridCell::of(record);
        if !self.place.sheet {
            for cell in &mut cells {
                cell.text = natural(&cell.text);
            }
        }
        self.rows.push((record.line, cells));
    }

    /// The place of a cell, whose column counts from 0.
    pub(crate) fn at(&self, line: u32, column: usize) -> Place {
        let column = u32::try_from(column.saturating_add(1)).unwrap_or(u32::MAX);
        Place {
            line,
            // A field of a text file begins somewhere in the line: the line says enough.
            column: if self.place.sheet { column } else { 0 },
            ..self.place.clone()
        }
    }
}

impl GridCell {
    fn of(record: &Record<'_>) -> Vec<Self> {
        let cell = |cell: &Cell<'_>| Self {
            text: cell.shown(),
            error: matches!(cell.value, CellValue::Error),
        };
        record.cells.iter().map(cell).collect()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty() && !self.error
    }

    /// The day in it, in any of the ways that days are written.
    pub(crate) fn day(&self) -> Option<Day> {
        let mut formats = DateFormat::ALL.into_iter();
        formats.find_map(|format| Some(format.read(&self.text)?.day))
    }
}

/// The sheets of a workbook, or the one table of a text file.
pub(crate) fn grids(path: &Path, name: &str) -> Result<Vec<Grid>, Box<Problem>> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        Ok(vec![of_text(path, name)?])
    } else {
        xlsx::grids(path, name)
    }
}

/// Encoding and separator as an editor that saved the file may have changed them.
fn of_text(path: &Path, name: &str) -> Result<Grid, Box<Problem>> {
    let place = Place::file(name);
    let mut opened = Opened::open(path, name)?;
    let mut bytes = Vec::new();
    let mut input = opened.input.by_ref().take(BYTES.saturating_add(1));
    let read = input.read_to_end(&mut bytes);
    read.map_err(|error| Box::new(text::unreadable(place.clone(), &error)))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > BYTES {
        return Err(Box::new(text::row_cap(place)));
    }
    opened.finish(name)?;
    let encoding = guess_encoding(&bytes);
    let mut lines = Lines::new(bytes.as_slice(), name, encoding);
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if !lines.next(&mut first)? {
            return Err(Box::new(text::empty(place)));
        }
    }
    let separator = likely_separator(&first);
    let mut records = Records::new(lines, first, separator);
    let mut grid = Grid::new(place);
    while let Some(record) = records.next()? {
        grid.take(&record);
    }
    Ok(grid)
}
