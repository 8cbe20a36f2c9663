//! Records to rows of one table: headings first, then a row and its person for every record.

use crate::codes;
use crate::columns::{self, Column, Columns, Heading, Role};
use crate::hide;
use crate::keys;
use crate::messages::{files, tables, text, values, workbook};
use crate::persons::Persons;
use crate::problem::{CellPlace, Collector, Place, Problem};
use crate::record::{Cell, Record};
use crate::settings::Settings;
use crate::values::CellReader;
use hjemmel_engine::case::{End, Row, Source, Start, Value};
use hjemmel_engine::model::{Field, Table};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Severity;
use hjemmel_grammar::syntax::Shape;
use std::collections::BTreeMap;

/// A row and the number of its person.
#[derive(Debug)]
pub(crate) struct ReadRow {
    pub(crate) person: u32,
    pub(crate) row: Row,
    /// Everything that stands in it could be read; what is unknown in it was blank.
    pub(crate) readable: bool,
}

/// What was read of one table.
#[derive(Debug, Default)]
pub(crate) struct TableRead {
    /// In the order of the file.
    pub(crate) rows: Vec<ReadRow>,
    /// Records with data, whether or not anything in them could be read.
    pub(crate) read: u64,
    /// Rows without a day of registration, where the file has a column for it.
    pub(crate) registered_missing: u64,
    /// There is a column for it.
    pub(crate) dated: bool,
    /// Unknown codes: field, code (or its shape), how often.
    pub(crate) codes: BTreeMap<(String, String), u64>,
    /// The file or sheet; none if there was none.
    pub(crate) file: Option<u32>,
}

/// Reads the records of one file or sheet, or of one part after the other.
pub(crate) struct TableReader<'a> {
    pub(crate) table: &'a Table,
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) persons: &'a mut Persons,
    pub(crate) problems: &'a mut Collector,
    pub(crate) file: u32,
    /// Its name, and whether it is a sheet.
    pub(crate) place: Place,
    /// Places are rows: there is no line with headings, and no column of characters.
    by_rows: bool,
    /// Of a part that is not the first, whether those before it have days of registration. What is
    /// odd in all parts is said once.
    before: Option<bool>,
    columns: Option<Columns>,
    /// What was wrong with the first row of a sheet, while the headings are looked for below it.
    no_headings: Option<Box<Problem>>,
    blank: Option<u32>,
    scratch: Vec<Problem>,
    done: TableRead,
}

impl<'a> TableReader<'a> {
    pub(crate) fn new(
        table: &'a Table,
        settings: &'a Settings<'a>,
        persons: &'a mut Persons,
        problems: &'a mut Collector,
        file: u32,
        place: Place,
    ) -> Self {
        Self {
            table,
            settings,
            persons,
            problems,
            file,
            place,
            by_rows: false,
            before: None,
            columns: None,
            no_headings: None,
            blank: None,
            scratch: Vec::new(),
            done: TableRead {
                file: Some(file),
                ..TableRead::default()
            },
        }
    }

    /// Begins a part, which has its own headings.
    pub(crate) fn begin(&mut self, file: u32, name: &str, by_rows: bool) {
        self.before = self.columns.take().map(|columns| columns.is_dated());
        self.file = file;
        self.place = Place::file(name);
        self.by_rows = by_rows;
        self.blank = None;
    }

    /// The columns, when the headings have been read.
    pub(crate) fn columns(&self) -> Option<&Columns> {
        self.columns.as_ref()
    }

    /// Takes the next record.
    pub(crate) fn record(&mut self, record: &Record<'_>) -> Result<(), Box<Problem>> {
        if record.is_blank() {
            self.blank.get_or_insert(record.line);
            return Ok(());
        }
        // Blank lines at the end of a file mean nothing.
        if let Some(line) = self.blank.take() {
            self.problems.push(text::blank_line(self.at(line, 1)));
        }
        match self.columns.take() {
            None => self.headings(record),
            Some(columns) => {
                let result = self.row(&columns, record);
                self.columns = Some(columns);
                result
            }
        }
    }

    /// Nothing more comes in this file.
    pub(crate) fn end(&mut self) -> Result<(), Box<Problem>> {
        if let Some(problem) = self.no_headings.take() {
            return Err(problem);
        }
        if self.columns.is_none() {
            return Err(Box::new(text::empty(self.at(self.first_line(), 1))));
        }
        Ok(())
    }

    /// What was read, after the last record.
    pub(crate) fn finish(mut self, allow_empty: bool) -> Result<TableRead, Box<Problem>> {
        self.end()?;
        let stated_empty = self.settings.mapping.rows == Some(0);
        if self.done.read == 0 && !allow_empty && !stated_empty {
            return Err(Box::new(text::no_rows(self.at(self.first_line(), 1))));
        }
        if let Some(expected) = self.settings.mapping.rows
            && expected != self.done.read
        {
            let problem = files::row_count(self.place.clone(), self.done.read, expected);
            return Err(Box::new(problem));
        }
        Ok(self.done)
    }

    /// The columns of the file, once its headings are read and nothing is left to say of blank
    /// lines: from here on a line that says nothing unusual may be read in another way.
    pub(crate) fn settled(&self) -> Option<&Columns> {
        self.columns.as_ref().filter(|_| self.blank.is_none())
    }

    /// Takes the row that was read last, if it has not been taken.
    pub(crate) fn take(&mut self) -> Option<ReadRow> {
        self.done.rows.pop()
    }

    /// Counts rows that were read in another way.
    pub(crate) fn count(&mut self, rows: u64, registered_missing: Option<u64>) {
        self.done.read = self.done.read.saturating_add(rows);
        if let Some(missing) = registered_missing.filter(|_| rows > 0) {
            self.done.dated = true;
            self.done.registered_missing = self.done.registered_missing.saturating_add(missing);
        }
    }

    fn at(&self, line: u32, column: u32) -> Place {
        let column = if self.by_rows { 0 } else { column };
        Place {
            line,
            column,
            ..self.place.clone()
        }
    }

    /// Where the headings are looked for; 0 is the file as a whole.
    fn first_line(&self) -> u32 {
        u32::from(!self.by_rows)
    }

    fn headings(&mut self, record: &Record<'_>) -> Result<(), Box<Problem>> {
        let heading = |cell: &Cell<'_>| Heading {
            text: cell.shown(),
            place: self.at(cell.line, cell.column),
        };
        let headings: Vec<Heading> = record.cells.iter().map(heading).collect();
        let expected = columns::expected(self.table, self.settings.mapping);
        let place = self.at(record.line, 1);
        let assigned = columns::assign(&expected, &headings, &place);
        if let Some(problem) = self.no_headings.take() {
            return self.headings_below(problem, record.line, assigned.is_ok());
        }
        let (columns, warnings) = match assigned {
            Err(problem) if self.place.sheet && problem.code == codes::COLUMNS_MISSING => {
                self.no_headings = Some(problem);
                return Ok(());
            }
            assigned => assigned?,
        };
        match self.before {
            Some(dated) if dated != columns.is_dated() => {
                return Err(Box::new(tables::registered_in_some(self.place.clone())));
            }
            Some(_) => {}
            None => warnings.into_iter().for_each(|it| self.problems.push(it)),
        }
        self.columns = Some(columns);
        Ok(())
    }

    /// Looks for the headings under what seems to be a title.
    fn headings_below(
        &mut self,
        problem: Box<Problem>,
        line: u32,
        found: bool,
    ) -> Result<(), Box<Problem>> {
        if found {
            let name = &self.table.name;
            return Err(Box::new(workbook::header_row(*problem, name, line)));
        }
        if line > 20 {
            return Err(problem);
        }
        self.no_headings = Some(problem);
        Ok(())
    }

    fn row(&mut self, columns: &Columns, record: &Record<'_>) -> Result<(), Box<Problem>> {
        self.refuse_sums(columns, record)?;
        self.refuse_count(columns, record)?;
        let person = self.person(columns, record)?;
        let mut row = Row {
            from: Start::Unknown,
            to: End::Unknown,
            values: vec![None; self.table.fields.len()],
            registered: None,
            source: Source {
                file: self.file,
                line: record.line,
            },
        };
        // A decision without a reassessment date has none; one that cannot be read is unknown.
        if let Some(slot) = row
            .values
            .get_mut(Table::REASSESS.0)
            .filter(|_| self.table.assessment)
        {
            *slot = Some(Value::NotGiven);
        }
        if self.table.shape == Shape::Facts {
            (row.from, row.to) = (Start::On(Day::FIRST), End::Ongoing);
        }
        for column in &columns.used {
            let cell = record.cell(column.index);
            self.cell(&mut row, column, &cell)?;
        }
        self.check_order(&mut row, columns, record);
        let readable = self.report(person);
        self.done.read = self.done.read.saturating_add(1);
        self.done.rows.push(ReadRow {
            person,
            row,
            readable,
        });
        Ok(())
    }

    /// Reads one cell into its place in the row.
    fn cell(
        &mut self,
        row: &mut Row,
        column: &Column,
        cell: &Cell<'_>,
    ) -> Result<(), Box<Problem>> {
        let place = CellPlace {
            file: &self.place,
            line: cell.line,
            column: cell.column,
            name: &column.name,
        };
        let said = self.scratch.len();
        let mut reader = CellReader {
            settings: self.settings,
            place,
            problems: &mut self.scratch,
        };
        match column.role {
            Role::Key => {}
            Role::From | Role::Date => {
                if cell.is_blank() {
                    reader.say(values::start_missing);
                } else if let Some(day) = reader.date(cell, Day::FIRST) {
                    row.from = Start::On(day);
                    if column.role == Role::Date {
                        row.to = End::On(day);
                    }
                }
            }
            Role::To => row.to = reader.end(cell, &self.table.name)?,
            Role::Registered => {
                self.done.dated = true;
                row.registered = reader.date(cell, Day::FIRST);
                if row.registered.is_none() {
                    let missing = &mut self.done.registered_missing;
                    *missing = missing.saturating_add(1);
                }
            }
            Role::Field(id) => {
                let Some(field) = self.table.fields.get(id.0) else {
                    return Ok(());
                };
                let value: Option<Value> = reader.field(field, cell);
                let unknown = [codes::CODE_UNKNOWN, codes::NOT_YES_NO];
                let mut new = self.scratch.iter().skip(said);
                if new.any(|problem| unknown.contains(&problem.code)) {
                    self.count_code(field, cell);
                }
                let none = self.table.assessment && id == Table::REASSESS && cell.is_blank();
                if let Some(slot) = row.values.get_mut(id.0).filter(|_| !none) {
                    *slot = value;
                }
            }
        }
        Ok(())
    }

    /// Counts an unknown code, by its shape where it may not be shown.
    fn count_code(&mut self, field: &Field, cell: &Cell<'_>) {
        let code = cell.shown();
        let shown = hide::showable(&code, field.sensitive).unwrap_or_else(|| hide::shape(&code).da);
        let count = self.done.codes.entry((field.name.clone(), shown));
        let count = count.or_default();
        *count = count.saturating_add(1);
    }

    /// The person of a record.
    fn person(&mut self, columns: &Columns, record: &Record<'_>) -> Result<u32, Box<Problem>> {
        let mut keys = columns
            .used
            .iter()
            .filter(|column| column.role == Role::Key);
        let Some(column) = keys.next() else {
            return Err(Box::new(files::key_blank(self.at(record.line, 1))));
        };
        let cell = record.cell(column.index);
        let place = CellPlace {
            file: &self.place,
            line: cell.line,
            column: cell.column,
            name: &column.name,
        };
        let key = keys::read(&cell, place)?;
        if key.had_no_break_space {
            self.problems.push(files::key_trimmed(place.place()));
        }
        let person = self.persons.number(&key.text);
        if key.may_lack_zero {
            self.scratch.push(files::key_zero(place.place()));
            self.persons.doubt(person);
        }
        Ok(person)
    }

    /// A period that ends before it begins says nothing of either.
    fn check_order(&mut self, row: &mut Row, columns: &Columns, record: &Record<'_>) {
        if let (Start::On(from), End::On(to)) = (row.from, row.to)
            && to < from
        {
            (row.from, row.to) = (Start::Unknown, End::Unknown);
            let end = columns.used.iter().find(|column| column.role == Role::To);
            let place = match end {
                Some(column) => {
                    let cell = record.cell(column.index);
                    Place {
                        name: Some(column.name.clone()),
                        ..self.at(cell.line, cell.column)
                    }
                }
                None => self.at(record.line, 1),
            };
            self.scratch.push(values::end_before_start(place));
        }
    }

    /// Passes on what was said about a row, and counts it for the person. Whether all was read.
    fn report(&mut self, person: u32) -> bool {
        let mut readable = true;
        for problem in self.scratch.drain(..) {
            if problem.severity == Severity::Error {
                self.persons.unreadable(person);
                readable = false;
            }
            self.problems.push(problem);
        }
        readable
    }

    /// `I alt;268` is not a person.
    fn refuse_sums(&self, columns: &Columns, record: &Record<'_>) -> Result<(), Box<Problem>> {
        let key = columns.used.iter().find(|column| column.role == Role::Key);
        // Where columns have names in every row, a sum stands in that of the key.
        let first = match key.filter(|_| self.by_rows) {
            Some(key) => record.cells.get(key.index),
            None => record.cells.iter().find(|cell| !cell.is_blank()),
        };
        match first {
            Some(cell) if keys::is_sum(cell) => {
                Err(Box::new(files::sum_line(self.at(cell.line, cell.column))))
            }
            _ => Ok(()),
        }
    }

    fn refuse_count(&self, columns: &Columns, record: &Record<'_>) -> Result<(), Box<Problem>> {
        let found = record.cells.len();
        // The cells of a sheet that are blank at the end of a row are not there.
        let fits = found == columns.count || (self.place.sheet && found < columns.count);
        if fits {
            return Ok(());
        }
        // The last field, or the first that is too many.
        let at = found.min(columns.count.saturating_add(1)).saturating_sub(1);
        let cell = record.cell(at);
        let place = self.at(cell.line, cell.column);
        Err(Box::new(text::field_count(place, found, columns.count)))
    }
}
