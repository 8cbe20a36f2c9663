//! Workbooks to records: one sheet for each table, cell by cell.

use crate::columns;
use crate::container::{self, FILE_CAP};
use crate::csv::COLUMN_CAP;
use crate::dates::{self, DateFormat};
use crate::draft::Samples;
use crate::foreign::BeingRead;
use crate::grid::Grid;
use crate::mapping::TableMapping;
use crate::messages::{files, text, workbook as messages};
use crate::problem::{Place, Problem};
use crate::read::Reading;
use crate::record::{Cell, CellValue, Record};
use crate::rows::{TableRead, TableReader};
use crate::sample::Sample;
use crate::settings::Settings;
use crate::source::Opened;
use calamine::{DataRef, Dimensions, Reader as _, SheetVisible, Xlsx};
use hjemmel_engine::model::Table;
use std::io::{Cursor, Read as _};
use std::path::Path;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The last row of a sheet, and of one that has been an old one.
const FULL: [u32; 2] = [1_048_576, 65_536];

impl Reading<'_> {
    /// Reads every table that has a sheet.
    pub(crate) fn workbook(
        &mut self,
        path: &Path,
        name: &str,
    ) -> Result<Vec<TableRead>, Vec<Problem>> {
        let _being_read = BeingRead::begin(name);
        let (bytes, digest) = read_bytes(path, name).map_err(|fault| vec![*fault])?;
        self.hashes.add(name, digest);
        let place = Place::file(name);
        let warnings = container::check(&bytes, &place).map_err(|fault| vec![*fault])?;
        for warning in warnings {
            self.problems.push(warning);
        }
        let broken = |_| vec![messages::broken(place.clone())];
        let mut workbook: Workbook = guarded(|| Xlsx::new(Cursor::new(bytes))).map_err(broken)?;
        let default = TableMapping::default();
        let mapping = std::mem::take(&mut self.mapping);
        let mut tables = Vec::new();
        for table in &self.model.tables {
            let settings = Settings::new(&mapping, table, &default);
            let read = self.sheet(&mut workbook, name, table, &settings);
            tables.push(read.unwrap_or_else(|fault| {
                self.faults.push(*fault);
                TableRead::default()
            }));
        }
        self.mapping = mapping;
        if self.files.is_empty() && self.faults.is_empty() && !self.options.allow_empty {
            self.faults.push(files::no_file_at_all(name));
        }
        Ok(tables)
    }

    fn sheet(
        &mut self,
        workbook: &mut Workbook,
        file: &str,
        table: &Table,
        settings: &Settings<'_>,
    ) -> Result<TableRead, Box<Problem>> {
        let wanted = settings.mapping.sheet.as_deref().unwrap_or(&table.name);
        let wanted = columns::normal(wanted);
        let sheets: Vec<(String, SheetVisible)> = workbook
            .sheets_metadata()
            .iter()
            .map(|sheet| (sheet.name.clone(), sheet.visible))
            .collect();
        let found = sheets
            .iter()
            .find(|(name, _)| columns::normal(name) == wanted);
        let Some((name, visible)) = found else {
            let named = settings.mapping.sheet.is_some();
            if !named && (settings.complete.is_empty() || table.assessment) {
                return Ok(TableRead::default());
            }
            let names: Vec<String> = sheets.into_iter().map(|(name, _)| name).collect();
            let place = Place::file(file);
            return Err(Box::new(files::sheet_missing(
                place,
                &table.name,
                &wanted,
                &names,
            )));
        };
        let place = Place {
            sheet: true,
            ..Place::file(format!("{file}!{name}"))
        };
        if *visible != SheetVisible::Visible {
            self.problems.push(messages::hidden(place.clone()));
        }
        let header_row = settings.mapping.header_row.unwrap_or(1);
        refuse_merged(workbook, name, header_row, &place)?;
        self.sheet_rows(workbook, name, table, settings, place)
    }

    /// Reads the rows of a sheet from the headings on.
    fn sheet_rows(
        &mut self,
        workbook: &mut Workbook,
        sheet: &str,
        table: &Table,
        settings: &Settings<'_>,
        place: Place,
    ) -> Result<TableRead, Box<Problem>> {
        let file = self.file(&place.file);
        let header_row = settings.mapping.header_row.unwrap_or(1);
        let broken = |_| Box::new(messages::broken(place.clone()));
        let from_1904 = workbook.has_1904_epoch();
        let mut cells = guarded(|| workbook.worksheet_cells_reader(sheet)).map_err(broken)?;
        let mut reader = TableReader::new(
            table,
            settings,
            &mut self.persons,
            &mut self.problems,
            file,
            place.clone(),
        );
        let mut row = SheetRow::new(from_1904);
        let mut last = 0;
        while let Some(cell) =
            guarded(|| cells.next_cell_with_formula_metadata()).map_err(broken)?
        {
            let (line, column) = (cell.pos.0.saturating_add(1), cell.pos.1);
            if line < row.line {
                return Err(broken(()));
            }
            if line > row.line {
                row.give(&mut reader, header_row)?;
                row.begin(line);
            }
            let value = match (cell.value, cell.formula.is_some()) {
                (DataRef::Empty, true) => Stored::Error,
                (value, _) => Stored::Data(value),
            };
            if !matches!(value, Stored::Data(DataRef::Empty)) {
                last = line;
            }
            row.put(column, value, &place)?;
        }
        row.give(&mut reader, header_row)?;
        if FULL.contains(&last) && !self.options.allow_full_sheet {
            let at_end = Place {
                line: last,
                column: 1,
                ..place
            };
            return Err(Box::new(messages::sheet_full(at_end)));
        }
        reader.finish(self.options.allow_empty)
    }
}

/// The bytes of a workbook, which is read whole, and their digest.
fn read_bytes(path: &Path, name: &str) -> Result<(Vec<u8>, [u8; 32]), Box<Problem>> {
    let place = Place::file(name);
    let mut opened = Opened::open(path, name)?;
    if opened.size() == 0 {
        return Err(Box::new(text::empty(place)));
    }
    if opened.size() > FILE_CAP {
        let (da, en) = ("større end 100 MiB", "larger than 100 MiB");
        return Err(Box::new(messages::too_large(place, da, en)));
    }
    let mut bytes = Vec::new();
    let mut input = opened.input.by_ref().take(FILE_CAP.saturating_add(1));
    input
        .read_to_end(&mut bytes)
        .map_err(|error| Box::new(text::unreadable(place, &error)))?;
    Ok((bytes, opened.finish(name)?))
}

/// A call into the library that reads workbooks, whose panics are the workbook's fault.
fn guarded<T, E>(call: impl FnOnce() -> Result<T, E>) -> Result<T, ()> {
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
    result.map_err(|_| ())?.map_err(|_| ())
}

/// Merged cells hide which row a value belongs to.
fn refuse_merged(
    workbook: &mut Workbook,
    sheet: &str,
    header_row: u32,
    place: &Place,
) -> Result<(), Box<Problem>> {
    let broken = |_| Box::new(messages::broken(place.clone()));
    let merged = guarded(|| workbook.merge_cells_by_sheet_name(sheet)).map_err(broken)?;
    let in_data = merged
        .iter()
        .find(|range| range.end.0.saturating_add(1) >= header_row);
    match in_data {
        Some(range) => {
            let at = cell_place(place, range.start.0.saturating_add(1), range.start.1);
            Err(Box::new(messages::merged(at, &range_name(range))))
        }
        None => Ok(()),
    }
}

/// `A2:B3`
fn range_name(range: &Dimensions) -> String {
    let cell = |(row, column): (u32, u32)| {
        let letters = crate::problem::letters(column.saturating_add(1));
        format!("{letters}{}", row.saturating_add(1))
    };
    format!("{}:{}", cell(range.start), cell(range.end))
}

/// The place of a cell, whose column counts from 0.
fn cell_place(place: &Place, line: u32, column: u32) -> Place {
    Place {
        line,
        column: column.saturating_add(1),
        ..place.clone()
    }
}

/// What a cell holds.
enum Stored<'a> {
    Data(DataRef<'a>),
    /// A formula without a value.
    Error,
}

/// The cells of the row that is being read.
struct SheetRow<'a> {
    line: u32,
    cells: Vec<Stored<'a>>,
    from_1904: bool,
}

impl<'a> SheetRow<'a> {
    fn new(from_1904: bool) -> Self {
        Self {
            line: 0,
            cells: Vec::new(),
            from_1904,
        }
    }

    fn begin(&mut self, line: u32) {
        self.line = line;
        self.cells.clear();
    }

    fn put(&mut self, column: u32, value: Stored<'a>, place: &Place) -> Result<(), Box<Problem>> {
        if matches!(value, Stored::Data(DataRef::Empty)) {
            return Ok(());
        }
        let index = usize::try_from(column).unwrap_or(usize::MAX);
        if index >= COLUMN_CAP {
            let at = cell_place(place, self.line, column);
            return Err(Box::new(text::column_cap(at)));
        }
        while self.cells.len() <= index {
            self.cells.push(Stored::Data(DataRef::Empty));
        }
        if let Some(slot) = self.cells.get_mut(index) {
            *slot = value;
        }
        Ok(())
    }

    /// Passes the row on, unless it stands above the headings.
    fn give(&self, reader: &mut TableReader<'_>, header_row: u32) -> Result<(), Box<Problem>> {
        if self.line < header_row {
            return Ok(());
        }
        reader.record(&self.record())
    }

    fn record(&self) -> Record<'_> {
        let columns = 1_u32..;
        let cells = self.cells.iter().zip(columns).map(|(stored, column)| Cell {
            value: self.value(stored),
            line: self.line,
            column,
        });
        let mut record = Record {
            line: self.line,
            cells: cells.collect(),
        };
        if record.cells.iter().all(Cell::is_blank) {
            record.cells.clear();
        }
        record
    }

    fn value<'b>(&self, stored: &'b Stored<'a>) -> CellValue<'b> {
        let Stored::Data(data) = stored else {
            return CellValue::Error;
        };
        match data {
            DataRef::Empty => CellValue::Text(""),
            DataRef::String(text) => CellValue::Text(text),
            DataRef::SharedString(text) => CellValue::Text(text),
            DataRef::Bool(yes) => CellValue::Yes(*yes),
            DataRef::Error(_) => CellValue::Error,
            DataRef::Float(number) => CellValue::Number(*number),
            DataRef::Int(number) => CellValue::Number(*number as f64),
            DataRef::DurationIso(text) => CellValue::Text(text),
            DataRef::DateTimeIso(text) => match DateFormat::Iso.read(text) {
                Some(read) => CellValue::Date {
                    day: Some(read.day),
                    with_time: read.with_time,
                },
                None => CellValue::Text(text),
            },
            DataRef::DateTime(date) if date.is_datetime() => {
                let serial = date.as_f64();
                CellValue::Date {
                    day: dates::of_serial(serial.floor() as i64, self.from_1904),
                    with_time: serial.fract() != 0.0,
                }
            }
            DataRef::DateTime(duration) => CellValue::Number(duration.as_f64()),
        }
    }
}

/// The beginning of every sheet.
pub(crate) fn samples(path: &Path, name: &str) -> Result<Samples, Box<Problem>> {
    let place = Place::file(name);
    let _being_read = BeingRead::begin(name);
    let (bytes, _) = read_bytes(path, name)?;
    container::check(&bytes, &place)?;
    let broken = |_| Box::new(messages::broken(place.clone()));
    let mut workbook: Workbook = guarded(|| Xlsx::new(Cursor::new(bytes))).map_err(broken)?;
    let from_1904 = workbook.has_1904_epoch();
    let mut samples = Samples::new();
    for sheet in workbook.sheet_names() {
        let opened = guarded(|| workbook.worksheet_cells_reader(&sheet));
        let mut cells = opened.map_err(broken)?;
        let mut sample = Sample {
            sheet: true,
            ..Sample::default()
        };
        let mut row = SheetRow::new(from_1904);
        while let Some(cell) =
            guarded(|| cells.next_cell_with_formula_metadata()).map_err(broken)?
        {
            let (line, column) = (cell.pos.0.saturating_add(1), cell.pos.1);
            if line != row.line {
                if !sample.add(&row.record()) {
                    break;
                }
                row.begin(line);
            }
            row.put(column, Stored::Data(cell.value), &place)?;
        }
        sample.add(&row.record());
        samples.insert(columns::normal(&sheet), sample);
    }
    Ok(samples)
}

/// Every sheet as it stands, the hidden ones too.
pub(crate) fn grids(path: &Path, name: &str) -> Result<Vec<Grid>, Box<Problem>> {
    let place = Place::file(name);
    let _being_read = BeingRead::begin(name);
    let (bytes, _) = read_bytes(path, name)?;
    container::check(&bytes, &place)?;
    let broken = |_| Box::new(messages::broken(place.clone()));
    let mut workbook: Workbook = guarded(|| Xlsx::new(Cursor::new(bytes))).map_err(broken)?;
    let from_1904 = workbook.has_1904_epoch();
    let mut grids = Vec::new();
    for sheet in workbook.sheet_names() {
        let mut grid = Grid::new(Place {
            sheet: true,
            ..Place::file(format!("{name}!{sheet}"))
        });
        let opened = guarded(|| workbook.worksheet_cells_reader(&sheet));
        let mut cells = opened.map_err(broken)?;
        let mut row = SheetRow::new(from_1904);
        while let Some(cell) =
            guarded(|| cells.next_cell_with_formula_metadata()).map_err(broken)?
        {
            let (line, column) = (cell.pos.0.saturating_add(1), cell.pos.1);
            if line < row.line {
                return Err(broken(()));
            }
            if line > row.line {
                grid.take(&row.record());
                row.begin(line);
            }
            let value = match (cell.value, cell.formula.is_some()) {
                (DataRef::Empty, true) => Stored::Error,
                (value, _) => Stored::Data(value),
            };
            row.put(column, value, &grid.place)?;
        }
        grid.take(&row.record());
        grids.push(grid);
    }
    Ok(grids)
}
