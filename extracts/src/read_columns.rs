//! Reading an extract in columns: from a path to slices of the population.
//!
//! The same extract as [`crate::read`] reads, with the same values, remarks and refusals; only the
//! places of rows and the texts do not come along. `tests/columnar.rs` holds the two together.

use crate::cases::doubt_short_keys;
use crate::extract::{Options, Refused, RowCounts};
use crate::gather::{self, Gathered};
use crate::mapping::TableMapping;
use crate::merge::{self, Sorted};
use crate::persons::Persons;
use crate::problem::Problem;
use crate::read::{Listed, Reading, unknown_codes};
use crate::rows::TableRead;
use crate::settings::Settings;
use crate::slice::{Slice, SlicedTable, Slicer, is_dated};
use crate::source::{self, Location};
use crate::table_stream::{Digests, Notes, TableStream};
use hjemmel_engine::columns::Reads;
use hjemmel_engine::model::{Model, Table};
use hjemmel_engine::time::{Day, Days};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How an extract is read in columns.
#[derive(Clone, Copy, Debug)]
pub struct ColumnOptions<'a> {
    /// What may be allowed beyond the defaults.
    pub extract: Options,
    /// The columns that are handed over; the others are looked through, and left out.
    pub reads: &'a Reads,
    /// Every file is sorted by the bytes of its keys. Then only a slice at a time is in memory, and
    /// a file that is not sorted refuses the extract. A workbook is read whole in any case.
    pub sorted: bool,
    /// How many persons a slice has; the last may have fewer.
    pub cases: usize,
    /// Where the rows that were read so far are counted.
    pub progress: Option<&'a AtomicU64>,
}

/// What there is to know of an extract beside its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnExtract {
    /// How many persons there are.
    pub persons: u64,
    /// The files, as in [`crate::Extract::files`].
    pub files: Vec<String>,
    /// What the reader should know, by place.
    pub problems: Vec<Problem>,
    /// The day the extract was made, if `udtræk.toml` says.
    pub date: Option<Day>,
    /// The hash, as in [`crate::Extract::hash`].
    pub hash: String,
    /// The account of rows, table by table.
    pub rows: Vec<RowCounts>,
    /// For each table the days on which it is declared complete.
    pub complete: Vec<Days>,
    /// For each table whether its rows have days of registration.
    pub dated: Vec<bool>,
    /// Unknown codes, as in [`crate::Extract::unknown_codes`].
    pub unknown_codes: BTreeMap<(String, String, String), u64>,
}

/// Why an extract was not read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// It cannot be trusted as a whole: nothing that was handed over may be used.
    Refused(Refused),
    /// The one who was handed a slice wanted no more.
    Stopped,
}

/// Reads the extract at `path` (a folder or a workbook) into the tables of `model`, and hands over
/// its persons in the order of the bytes of their keys, a slice at a time.
///
/// Unless the files are said to be `sorted`, nothing is handed over before all has been read.
///
/// # Errors
///
/// [`NotRead::Refused`] as [`crate::read`] refuses, [`NotRead::Stopped`] if `sink` breaks off.
pub fn read_columns(
    path: &Path,
    model: &Model,
    options: &ColumnOptions<'_>,
    sink: &mut dyn FnMut(Slice) -> ControlFlow<()>,
) -> Result<ColumnExtract, NotRead> {
    let mut reading = Reading::new(model, &options.extract);
    let result = match source::locate(path) {
        Err(fault) => Err(vec![*fault]),
        Ok(Location::Folder(found)) => {
            let shown = path.display().to_string();
            match reading.folder_mapping(&found) {
                Ok(()) if options.sorted => {
                    let found = reading.find(&found, &shown);
                    return reading.hand_over_sorted(options, &found, sink);
                }
                read => read.map(|()| reading.gathered(options, &found, &shown)),
            }
        }
        Ok(Location::Workbook(name)) => {
            let read = reading.workbook_mapping(path);
            let tables = read.and_then(|()| reading.workbook(path, &name));
            tables.map(|tables| of_rows(model, tables))
        }
    };
    match result {
        Ok(tables) => reading.hand_over(options, tables, sink),
        Err(faults) => Err(reading.refuse_for(faults)),
    }
}

impl Reading<'_> {
    /// The file of each table.
    fn find(&mut self, found: &BTreeMap<String, PathBuf>, shown: &str) -> Vec<Option<Listed>> {
        self.folder(found, shown, |_, _, _, files| Ok(Some(files)))
    }

    fn refuse_for(mut self, faults: Vec<Problem>) -> NotRead {
        self.faults.extend(faults);
        NotRead::Refused(self.refuse())
    }

    /// Reads all files of a folder, one after the other.
    fn gathered(
        &mut self,
        options: &ColumnOptions<'_>,
        found: &BTreeMap<String, PathBuf>,
        shown: &str,
    ) -> Vec<Gathered> {
        self.folder(found, shown, |reading, table, settings, files| {
            let mut notes = Notes::default();
            let stream = TableStream::new(table, settings, &files, &mut notes, false);
            let mut persons = std::mem::take(&mut reading.persons);
            let read = gather(table, stream, &mut persons, options);
            reading.persons = persons;
            reading.problems.add(notes.problems);
            let (gathered, digests) = read?;
            reading.hashes.add_all(digests);
            Ok(gathered)
        })
    }

    /// Hands over what was read of all files.
    pub(crate) fn hand_over(
        mut self,
        options: &ColumnOptions<'_>,
        mut tables: Vec<Gathered>,
        sink: &mut dyn FnMut(Slice) -> ControlFlow<()>,
    ) -> Result<ColumnExtract, NotRead> {
        if !self.faults.is_empty() {
            return Err(self.refuse_for(Vec::new()));
        }
        let mut persons = std::mem::take(&mut self.persons);
        doubt_short_keys(&mut persons, &self.files, &mut self.problems, |person| {
            tables.iter().find_map(|table| table.first(person))
        });
        let sliced = tables
            .iter()
            .map(|table| (table.read.file, is_dated(&table.rows)));
        let sliced = sliced.collect();
        let (sliced, dated) = self.sliced(sliced);
        let mut slicer = Slicer {
            model: self.model,
            reads: options.reads,
            names: &self.files,
            problems: &mut self.problems,
            tables: sliced,
            persons: 0,
        };
        let handed = gather::slices(&mut slicer, &mut tables, &persons, options.cases, sink);
        let tables: Vec<TableRead> = tables.into_iter().map(|table| table.read).collect();
        let count = crate::cases::number(persons.len());
        let counted = handed.and_then(|flow| match flow {
            ControlFlow::Break(()) => Ok(None),
            ControlFlow::Continue(()) => slicer.finish(&tables, Some(count)).map(Some),
        });
        match counted {
            Ok(Some(rows)) => Ok(self.extract(count, rows, &tables, dated)),
            Ok(None) => Err(NotRead::Stopped),
            Err(fault) => Err(self.refuse_for(vec![*fault])),
        }
    }

    /// Reads all files side by side.
    fn hand_over_sorted(
        mut self,
        options: &ColumnOptions<'_>,
        found: &[Option<Listed>],
        sink: &mut dyn FnMut(Slice) -> ControlFlow<()>,
    ) -> Result<ColumnExtract, NotRead> {
        let mapping = std::mem::take(&mut self.mapping);
        let default = TableMapping::default();
        let model = self.model;
        let tables = model.tables.iter();
        let settings: Vec<Settings<'_>> = tables
            .map(|table| Settings::new(&mapping, table, &default))
            .collect();
        let mut notes: Vec<Notes> = found.iter().map(|_| Notes::default()).collect();
        let mut faults = std::mem::take(&mut self.faults);
        let files = model.tables.iter().zip(&settings).zip(found);
        let mut open = open_all(files, &mut notes, &mut faults);
        self.mapping = mapping.clone();
        let sliced = open.iter().zip(found);
        let sliced = sliced.map(|(open, found)| {
            let file = found.as_ref().map(|files| files.whole);
            (
                file,
                open.as_ref().is_some_and(|open| is_dated(open.rows())),
            )
        });
        let sliced = sliced.collect();
        let (sliced, dated) = self.sliced(sliced);
        let mut slicer = Slicer {
            model,
            reads: options.reads,
            names: &self.files,
            problems: &mut self.problems,
            tables: sliced,
            persons: 0,
        };
        let mut sink = counting(options, sink);
        let handed = if faults.is_empty() {
            merge::slices(&mut slicer, &mut open, options.cases, &mut sink)
        } else {
            Ok(ControlFlow::Continue(()))
        };
        if matches!(handed, Ok(ControlFlow::Break(()))) {
            return Err(NotRead::Stopped);
        }
        faults.extend(handed.err().map(|fault| *fault));
        let closed = close_all(open, found, options, &mut faults);
        let mut reads = Vec::new();
        for closed in closed {
            let (read, digests) = closed.unwrap_or_default();
            self.hashes.add_all(digests);
            reads.push(read);
        }
        let persons = slicer.persons;
        let counted = if faults.is_empty() {
            slicer.finish(&reads, None)
        } else {
            Ok(Vec::new())
        };
        for notes in notes {
            self.problems.add(notes.problems);
        }
        match counted {
            Ok(rows) if faults.is_empty() => Ok(self.extract(persons, rows, &reads, dated)),
            Ok(_) => Err(self.refuse_for(faults)),
            Err(fault) => Err(self.refuse_for(vec![*fault])),
        }
    }

    /// What is known of the tables before their first rows, by their files and whether they are
    /// dated; the latter also by itself.
    fn sliced(&self, tables: Vec<(Option<u32>, bool)>) -> (Vec<SlicedTable>, Vec<bool>) {
        let default = TableMapping::default();
        let all = self.model.tables.iter().zip(tables);
        all.map(|(table, (file, dated))| {
            let complete = Settings::new(&self.mapping, table, &default).complete;
            (SlicedTable::new(file, &complete, dated), dated)
        })
        .unzip()
    }

    fn extract(
        self,
        persons: u64,
        rows: Vec<RowCounts>,
        tables: &[TableRead],
        dated: Vec<bool>,
    ) -> ColumnExtract {
        let default = TableMapping::default();
        let all = self.model.tables.iter();
        let complete = all.map(|table| Settings::new(&self.mapping, table, &default).complete);
        ColumnExtract {
            complete: complete.collect(),
            persons,
            unknown_codes: unknown_codes(self.model, tables),
            files: self.files,
            problems: self.problems.finish(),
            date: self.mapping.date,
            hash: self.hashes.finish(),
            rows,
            dated,
        }
    }
}

/// Rows that were read one by one.
fn of_rows(model: &Model, tables: Vec<TableRead>) -> Vec<Gathered> {
    let tables = model.tables.iter().zip(tables);
    let tables = tables.map(|(table, read)| Gathered::of_rows(table, read));
    tables.collect()
}

/// All rows of a table, with its account and the digests of its files.
fn gather(
    table: &Table,
    mut stream: TableStream<'_>,
    persons: &mut Persons,
    options: &ColumnOptions<'_>,
) -> Result<(Gathered, Digests), Box<Problem>> {
    let mut gathered = Gathered::read(table, &mut stream, persons, |rows| {
        count(options, crate::cases::number(rows));
    })?;
    let (read, digests) = stream.finish(options.extract.allow_empty)?;
    gathered.read = read;
    Ok((gathered, digests))
}

/// A table, what its files are read by, and its files.
type Asked<'a> = ((&'a Table, &'a Settings<'a>), &'a Option<Listed>);

/// Opens the tables side by side; what refuses one is added to the faults.
fn open_all<'a>(
    tables: impl Iterator<Item = Asked<'a>>,
    notes: &'a mut [Notes],
    faults: &mut Vec<Problem>,
) -> Vec<Option<Sorted<TableStream<'a>>>> {
    let open = tables
        .zip(notes)
        .map(|(((table, settings), files), notes)| {
            let stream = files.as_ref().map(|files| {
                let stream = TableStream::new(table, settings, files, notes, true);
                Sorted::new(stream, table)
            });
            stream.transpose().unwrap_or_else(|fault| {
                faults.push(*fault);
                None
            })
        });
    open.collect()
}

/// What there is to know of each table at its end. Of a faulty one the first fault is told.
fn close_all(
    open: Vec<Option<Sorted<TableStream<'_>>>>,
    found: &[Option<Listed>],
    options: &ColumnOptions<'_>,
    faults: &mut Vec<Problem>,
) -> Vec<Option<(TableRead, Digests)>> {
    let files = open.into_iter().zip(found);
    let closed = files.map(|(file, found)| {
        let is_own = |name: &str| found.as_ref().is_some_and(|files| files.holds(name));
        let faulty = faults.iter().any(|fault| is_own(&fault.place.file));
        let closed = file
            .filter(|_| !faulty)
            .map(|file| close(file, options))
            .transpose();
        closed.unwrap_or_else(|fault| {
            faults.push(*fault);
            None
        })
    });
    closed.collect()
}

/// Reads a sorted file to its end.
fn close(
    mut file: Sorted<TableStream<'_>>,
    options: &ColumnOptions<'_>,
) -> Result<(TableRead, Digests), Box<Problem>> {
    file.drain()?;
    file.stream.finish(options.extract.allow_empty)
}

/// Counts rows for whoever looks on.
fn count(options: &ColumnOptions<'_>, rows: u64) {
    if let Some(progress) = options.progress {
        progress.fetch_add(rows, Ordering::Relaxed);
    }
}

/// Counts the rows of each slice before it is handed over.
fn counting(
    options: &ColumnOptions<'_>,
    sink: &mut dyn FnMut(Slice) -> ControlFlow<()>,
) -> impl FnMut(Slice) -> ControlFlow<()> {
    move |slice| {
        let tables = slice.batch.tables().iter();
        let rows = tables.fold(0, |sum: usize, table| sum.saturating_add(table.rows()));
        count(options, crate::cases::number(rows));
        sink(slice)
    }
}
