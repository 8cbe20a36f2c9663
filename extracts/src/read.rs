//! Reading an extract: from a path to cases.

use crate::cases::{self, Filled};
use crate::columns;
use crate::csv::{Lines, Records};
use crate::extract::{Extract, Options, Refused};
use crate::mapping::{Mapping, TableMapping};
use crate::mapping_file;
use crate::messages::{files, mapping as mapping_messages, text};
use crate::persons::Persons;
use crate::problem::{Collector, Place, Problem};
use crate::rows::{TableRead, TableReader};
use crate::separator;
use crate::settings::Settings;
use crate::source::{self, Hashes, Location, MAPPING_NAMES, Opened};
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
        }
    }

    /// What was read of each table.
    fn tables(&mut self, path: &Path) -> Result<Vec<TableRead>, Vec<Problem>> {
        match source::locate(path).map_err(|fault| vec![*fault])? {
            Location::Folder(found) => {
                self.folder_mapping(&found)?;
                Ok(self.folder(&found, &path.display().to_string(), Self::csv))
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
        self.read_mapping(mapping_among(found)?)
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
        mut read: impl FnMut(&mut Self, &Table, &Settings<'_>, &str, &Path) -> Result<T, Box<Problem>>,
    ) -> Vec<T> {
        let default = TableMapping::default();
        let mapping = std::mem::take(&mut self.mapping);
        let mut used: BTreeSet<String> = BTreeSet::new();
        let mut tables = Vec::new();
        for table in &self.model.tables {
            let settings = Settings::new(&mapping, table, &default);
            let name = columns::normal(&file_name(table, settings.mapping));
            used.insert(name.clone());
            let read = match found.get(&name) {
                Some(path) => read(self, table, &settings, &name, path),
                None => self.absent(table, &settings, &name).map(|()| T::default()),
            };
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
            if name.to_lowercase().ends_with(".csv") && !used.contains(name) {
                self.problems.push(files::unused_file(name, &names));
            }
        }
        self.mapping = mapping;
        tables
    }

    /// A table without a file: unknown, or refused if no row would mean no.
    fn absent(
        &self,
        table: &Table,
        settings: &Settings<'_>,
        name: &str,
    ) -> Result<(), Box<Problem>> {
        if settings.mapping.file.is_some() {
            return Err(Box::new(files::named_file_missing(name, &table.name)));
        }
        if settings.complete.is_empty() || table.assessment {
            return Ok(());
        }
        Err(Box::new(files::file_missing(name, &table.name)))
    }

    /// Reads one text file.
    fn csv(
        &mut self,
        table: &Table,
        settings: &Settings<'_>,
        name: &str,
        path: &Path,
    ) -> Result<TableRead, Box<Problem>> {
        let file = self.file(name);
        let mut records = open_csv(table, settings, name, path)?;
        let mut reader = TableReader::new(
            table,
            settings,
            &mut self.persons,
            &mut self.problems,
            file,
            Place::file(name),
        );
        while let Some(record) = records.next()? {
            reader.record(&record)?;
        }
        let read = reader.finish(self.options.allow_empty)?;
        let digest = close_csv(records, &mut self.problems)?;
        self.hashes.add(name, digest);
        Ok(read)
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
        let mut filled = Vec::new();
        for (table, read) in self.model.tables.iter().zip(tables) {
            let settings = Settings::new(&self.mapping, table, &default);
            let complete = settings.complete;
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
                rows: built.rows,
                unknown_codes,
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

/// The records of a text file, the first of them the headings.
pub(crate) fn open_csv(
    table: &Table,
    settings: &Settings<'_>,
    name: &str,
    path: &Path,
) -> Result<Records<Opened>, Box<Problem>> {
    let mut lines = Lines::new(Opened::open(path, name)?, name, settings.encoding);
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if !lines.next(&mut first)? {
            return Err(Box::new(text::empty(Place::at(name, 1, 1))));
        }
    }
    let expected = columns::expected(table, settings.mapping);
    let at_headings = Place::at(name, lines.number, 1);
    let separator = separator::find(&first, settings.separator, &expected, at_headings)?;
    Ok(Records::new(lines, first, separator))
}

/// What there is to say of a text file as a whole once it is read to its end, and its digest.
pub(crate) fn close_csv(
    records: Records<Opened>,
    problems: &mut Collector,
) -> Result<[u8; 32], Box<Problem>> {
    let lines = records.lines;
    if let Some(line) = lines.lone_cr {
        problems.push(text::lone_cr(Place::at(&lines.file, line, 1)));
    }
    if lines.unfinished {
        let last = Place::at(&lines.file, lines.number, 1);
        problems.push(text::no_last_newline(last));
    }
    lines.input.finish(&lines.file)
}

fn file_name(table: &Table, mapping: &TableMapping) -> String {
    mapping
        .file
        .clone()
        .unwrap_or_else(|| format!("{}.csv", table.name))
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
