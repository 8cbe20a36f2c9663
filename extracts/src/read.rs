//! Reading an extract: from a path to cases.

use crate::cases::{self, Filled};
use crate::extract::{Extract, Options, Refused};
use crate::kinds::{self, Kind, Part, TableFiles};
use crate::mapping::{Mapping, TableMapping};
use crate::mapping_file;
use crate::messages::{files, mapping as mapping_messages};
use crate::persons::Persons;
use crate::problem::{Collector, Place, Problem};
use crate::rows::{TableRead, TableReader};
use crate::settings::Settings;
use crate::source::{self, Hashes, Location, MAPPING_NAMES};
use crate::text_part;
use crate::weeks::{self, WeekRows};
use hjemmel_engine::model::{Model, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Reads the extract at `path` (a folder or a workbook) into the tables of `model`.
///
/// # Errors
///
/// [`Refused`] if the extract cannot be trusted as a whole, with every fault that was found (the
/// first of each file).
pub fn read(path: &Path, model: &Model, options: &Options) -> Result<Extract, Refused> {
    let mut reading = Reading::new(model, options);
    match reading.tables(path) {
        Ok(tables) if reading.faults.is_empty() => reading.finish(tables),
        Ok(_) => Err(reading.refuse()),
        Err(faults) => {
            reading.faults.extend(faults);
            Err(reading.refuse())
        }
    }
}

/// The files of a table, each with its position in the list of files.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// The file, or the folder with `/`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The position of the file, or of the folder.
    pub(crate) whole: u32,
    pub(crate) parts: Vec<(u32, Part)>,
}

impl Listed {
    /// A file of this name is among them.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.name == name || self.parts.iter().any(|(_, part)| part.name == name)
    }
}

/// What is gathered while an extract is read.
pub(crate) struct Reading<'a> {
    pub(crate) model: &'a Model,
    pub(crate) options: &'a Options,
    pub(crate) mapping: Mapping,
    pub(crate) persons: Persons,
    pub(crate) problems: Collector,
    /// What refuses the extract.
    pub(crate) faults: Vec<Problem>,
    pub(crate) hashes: Hashes,
    pub(crate) files: Vec<String>,
    /// The names of files that belong to a table without holding its rows.
    pub(crate) beside: Vec<String>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(model: &'a Model, options: &'a Options) -> Self {
        Self {
            model,
            options,
            mapping: Mapping::default(),
            persons: Persons::default(),
            problems: Collector::default(),
            faults: Vec::new(),
            hashes: Hashes::default(),
            files: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// What was read of each table.
    fn tables(&mut self, path: &Path) -> Result<Vec<TableRead>, Vec<Problem>> {
        match source::locate(path).map_err(|fault| vec![*fault])? {
            Location::Folder(found) => {
                self.folder_mapping(&found)?;
                Ok(self.folder(&found, &path.display().to_string(), Self::table))
            }
            Location::Workbook(name) => {
                self.workbook_mapping(path)?;
                self.workbook(path, &name)
            }
        }
    }

    /// Reads the mapping file of a folder, if there is one.
    pub(crate) fn folder_mapping(
        &mut self,
        found: &BTreeMap<String, PathBuf>,
    ) -> Result<(), Vec<Problem>> {
        self.read_mapping(mapping_among(found)?)?;
        self.beside = weeks::prepare(&mut self.mapping, found, self.model, &mut self.hashes)?;
        Ok(())
    }

    /// Reads the mapping file beside a workbook, if there is one.
    pub(crate) fn workbook_mapping(&mut self, path: &Path) -> Result<(), Vec<Problem>> {
        let beside = path.with_extension("toml");
        let mapping_name = beside.file_name().unwrap_or_default().to_string_lossy();
        let mapping = beside.is_file().then_some((mapping_name.as_ref(), &beside));
        self.read_mapping(mapping)
    }

    fn read_mapping(&mut self, found: Option<(&str, &PathBuf)>) -> Result<(), Vec<Problem>> {
        let Some((name, path)) = found else {
            return Ok(());
        };
        let (text, digest) =
            source::read_text(path, name, 1024 * 1024).map_err(|fault| vec![*fault])?;
        self.hashes.add(name, digest);
        self.mapping = mapping_file::parse(&text, name, self.model)?;
        Ok(())
    }

    /// Does the same with every table that has a file in the folder, which is `shown` so; of the
    /// others there is nothing.
    pub(crate) fn folder<T: Default>(
        &mut self,
        found: &BTreeMap<String, PathBuf>,
        shown: &str,
        mut read: impl FnMut(&mut Self, &Table, &Settings<'_>, Listed) -> Result<T, Box<Problem>>,
    ) -> Vec<T> {
        let default = TableMapping::default();
        let mapping = std::mem::take(&mut self.mapping);
        let mut used: BTreeSet<String> = self.beside.iter().cloned().collect();
        let mut tables = Vec::new();
        for table in &self.model.tables {
            let settings = Settings::new(&mapping, table, &default);
            let names = kinds::names(table, settings.mapping);
            let read = match kinds::find(found, table, settings.mapping) {
                Ok(Some(files)) => {
                    let files = self.list(files);
                    read(self, table, &settings, files)
                }
                Ok(None) => {
                    let absent = self.absent(table, &settings, names.first());
                    absent.map(|()| T::default())
                }
                Err(fault) => Err(fault),
            };
            let there = names.iter().filter(|name| found.contains_key(*name));
            used.extend(there.chain(names.first()).cloned());
            tables.push(read.unwrap_or_else(|fault| {
                self.faults.push(*fault);
                T::default()
            }));
        }
        if self.files.is_empty() && self.faults.is_empty() && !self.options.allow_empty {
            self.faults.push(files::no_file_at_all(shown));
        }
        let names: Vec<String> = used.iter().cloned().collect();
        for name in found.keys() {
            if Kind::of(name).is_some() && !used.contains(name) {
                self.problems.push(files::unused_file(name, &names));
            }
        }
        self.mapping = mapping;
        tables
    }

    /// A table without a file: unknown, or refused if no row would mean no.
    pub(crate) fn absent(
        &self,
        table: &Table,
        settings: &Settings<'_>,
        name: Option<&String>,
    ) -> Result<(), Box<Problem>> {
        let name = name.map_or(table.name.as_str(), String::as_str);
        if settings.mapping.file.is_some() {
            return Err(Box::new(files::named_file_missing(name, &table.name)));
        }
        if settings.complete.is_empty() || table.assessment {
            return Ok(());
        }
        Err(Box::new(files::file_missing(name, &table.name)))
    }

    /// Puts the files of a table into the list of files.
    fn list(&mut self, files: TableFiles) -> Listed {
        let whole = self.file(&files.name);
        let parts = files.parts.into_iter().map(|part| {
            let alone = part.name == files.name;
            let file = if alone { whole } else { self.file(&part.name) };
            (file, part)
        });
        Listed {
            parts: parts.collect(),
            name: files.name,
            kind: files.kind,
            whole,
        }
    }

    /// Reads the file of a table, or its parts in the order of their names.
    fn table(
        &mut self,
        table: &Table,
        settings: &Settings<'_>,
        files: Listed,
    ) -> Result<TableRead, Box<Problem>> {
        let mut reader = TableReader::new(
            table,
            settings,
            &mut self.persons,
            &mut self.problems,
            files.whole,
            Place::file(&files.name),
        );
        for (file, part) in files.parts {
            reader.begin(file, &part.name, files.kind.by_rows());
            let digest = match files.kind {
                Kind::Text => csv(&mut reader, &part)?,
                Kind::Weeks => by_weeks(&mut reader, &part)?,
                Kind::Lines => crate::jsonl::read(&mut reader, &part)?,
                Kind::Parquet | Kind::Arrow => {
                    crate::typed_rows::read(&mut reader, &part, files.kind)?
                }
            };
            reader.end()?;
            self.hashes.add(&part.name, digest);
        }
        reader.finish(self.options.allow_empty)
    }

    /// The position of a file in the list.
    pub(crate) fn file(&mut self, name: &str) -> u32 {
        let position = self.files.len();
        self.files.push(name.to_owned());
        u32::try_from(position).unwrap_or(u32::MAX)
    }

    pub(crate) fn refuse(self) -> Refused {
        let mut problems = self.problems.finish();
        problems.splice(0..0, self.faults);
        Refused { problems }
    }

    /// Puts the tables together.
    fn finish(mut self, tables: Vec<TableRead>) -> Result<Extract, Refused> {
        let default = TableMapping::default();
        let unknown_codes = unknown_codes(self.model, &tables);
        let columns = self.mapping.worklist.columns.iter();
        let worklist = columns
            .filter_map(|name| mapping_file::worklist_column(self.model, name).ok())
            .collect();
        let (mut filled, mut all_complete) = (Vec::new(), Vec::new());
        for (table, read) in self.model.tables.iter().zip(tables) {
            let settings = Settings::new(&self.mapping, table, &default);
            let complete = settings.complete;
            all_complete.push(complete.clone());
            filled.push(Filled { read, complete });
        }
        let built = cases::build(
            self.model,
            filled,
            &mut self.persons,
            &self.files,
            &mut self.problems,
        );
        match built {
            Ok(built) => Ok(Extract {
                cases: built.cases,
                unreadable: built.unreadable,
                files: self.files,
                problems: self.problems.finish(),
                date: self.mapping.date,
                hash: self.hashes.finish(),
                complete: all_complete,
                rows: built.rows,
                unknown_codes,
                worklist,
            }),
            Err(fault) => {
                self.faults.push(*fault);
                Err(self.refuse())
            }
        }
    }
}

/// How often each unknown code stands in the tables, by table, field and code.
pub(crate) fn unknown_codes(
    model: &Model,
    tables: &[TableRead],
) -> BTreeMap<(String, String, String), u64> {
    let tables = model.tables.iter().zip(tables);
    let codes = tables.flat_map(|(table, read)| {
        let codes = read.codes.iter();
        codes.map(|((field, code), count)| {
            let key = (table.name.clone(), field.clone(), code.clone());
            (key, *count)
        })
    });
    codes.collect()
}

/// Reads one text file. Gives its digest.
fn csv(reader: &mut TableReader<'_>, part: &Part) -> Result<[u8; 32], Box<Problem>> {
    let mut records = text_part::open(reader, part)?;
    while let Some(record) = records.next()? {
        reader.record(&record)?;
    }
    text_part::close(records, reader.problems)
}

/// Reads one file with a column for each week. Gives its digest.
fn by_weeks(reader: &mut TableReader<'_>, part: &Part) -> Result<[u8; 32], Box<Problem>> {
    let weeks = reader.settings.weeks();
    let mut rows = WeekRows::open(reader.table, weeks, part)?;
    reader.record(&rows.headings())?;
    while let Some(row) = rows.next()? {
        reader.record(&row.record())?;
    }
    rows.finish()
}

/// The mapping file among the files of a folder.
fn mapping_among(
    found: &BTreeMap<String, PathBuf>,
) -> Result<Option<(&str, &PathBuf)>, Vec<Problem>> {
    let mut mappings = found
        .iter()
        .filter(|(name, _)| MAPPING_NAMES.contains(&name.as_str()));
    match (mappings.next(), mappings.next()) {
        (Some((name, _)), Some((other, _))) => Err(vec![mapping_messages::two_mappings(
            Place::file(name.clone()),
            other,
        )]),
        (first, _) => Ok(first.map(|(name, path)| (name.as_str(), path))),
    }
}
