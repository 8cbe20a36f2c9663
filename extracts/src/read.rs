//! Reading an extract: from a path to cases.

use crate::cases::{self, Filled};
use crate::columns;
use crate::csv::{Lines, Records};
use crate::extract::{Extract, Options, Refused};
use crate::kinds::{self, Kind, Part, TableFiles};
use crate::mapping::{Mapping, TableMapping};
use crate::mapping_file;
use crate::messages::{files, mapping as mapping_messages, tables, text};
use crate::persons::Persons;
use crate::problem::{Collector, Place, Problem};
use crate::rows::{TableRead, TableReader};
use crate::separator;
use crate::settings::Settings;
use crate::source::{self, Hashes, Location, MAPPING_NAMES, Opened};
use arrow_array::RecordBatch;
use hjemmel_engine::columns::Reads;
use hjemmel_engine::model::{FieldId, Model, Table, TableId};
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

    /// Reads tables that are in memory; those that are not asked for need not be there.
    pub(crate) fn batches(
        mut self,
        reads: &Reads,
        given: &[(&str, &RecordBatch)],
    ) -> Result<Extract, Refused> {
        let declared = |name: &str| self.model.tables.iter().any(|table| table.name == name);
        let unknown = given.iter().filter(|(name, _)| !declared(name));
        let unknown = unknown.map(|(name, _)| tables::no_such_table(name));
        self.faults.extend(unknown);
        let mapping = std::mem::take(&mut self.mapping);
        let mut read = Vec::new();
        for (at, table) in self.model.tables.iter().enumerate() {
            let own: Vec<&RecordBatch> = given
                .iter()
                .filter(|(name, _)| *name == table.name)
                .map(|(_, batch)| *batch)
                .collect();
            let done = match reads.table(TableId(at)) {
                true => self.batches_of(&mapping, TableId(at), reads, &own),
                false => Ok(TableRead::default()),
            };
            read.push(done.unwrap_or_else(|fault| {
                self.faults.push(*fault);
                TableRead::default()
            }));
        }
        self.mapping = mapping;
        if self.faults.is_empty() {
            self.finish(read)
        } else {
            Err(self.refuse())
        }
    }

    fn batches_of(
        &mut self,
        mapping: &Mapping,
        at: TableId,
        reads: &Reads,
        batches: &[&RecordBatch],
    ) -> Result<TableRead, Box<Problem>> {
        let Some(table) = self.model.tables.get(at.0) else {
            return Ok(TableRead::default());
        };
        let default = TableMapping::default();
        let mut own = mapping.tables.get(&table.name).unwrap_or(&default).clone();
        let not_read = table.fields.iter().enumerate();
        let not_read = not_read.filter(|(id, _)| !reads.field(at, FieldId(*id)));
        let not_read: Vec<String> = not_read.map(|(_, field)| field.name.clone()).collect();
        for field in not_read {
            if !own.absent.contains(&field) && !own.columns.contains_key(&field) {
                own.absent.push(field);
            }
        }
        let mut settings = Settings::new(mapping, table, &default);
        settings.mapping = &own;
        if batches.is_empty() {
            return self.absent(table, &settings, Some(&table.name));
        }
        let file = self.file(&table.name);
        let (persons, problems) = (&mut self.persons, &mut self.problems);
        let place = Place::file(&table.name);
        let mut reader = TableReader::new(table, &settings, persons, problems, file, place);
        let mut line = 1;
        for batch in batches {
            reader.begin(file, &table.name, true);
            line = crate::typed_rows::read_batch(&mut reader, batch, line)?;
            reader.end()?;
        }
        reader.finish(self.options.allow_empty)
    }

    /// What was read of each table.
    fn tables(&mut self, path: &Path) -> Result<Vec<TableRead>, Vec<Problem>> {
        match source::locate(path).map_err(|fault| vec![*fault])? {
            Location::Folder(found) => {
                self.read_mapping(folder_mapping(&found)?)?;
                Ok(self.folder(&found, &path.display().to_string()))
            }
            Location::Workbook(name) => {
                let beside = path.with_extension("toml");
                let mapping_name = beside.file_name().unwrap_or_default().to_string_lossy();
                let mapping = beside.is_file().then_some((mapping_name.as_ref(), &beside));
                self.read_mapping(mapping)?;
                self.workbook(path, &name)
            }
        }
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

    /// Reads every table that has a file in the folder.
    fn folder(&mut self, found: &BTreeMap<String, PathBuf>, shown: &str) -> Vec<TableRead> {
        let default = TableMapping::default();
        let mapping = std::mem::take(&mut self.mapping);
        let mut used: BTreeSet<String> = BTreeSet::new();
        let mut tables = Vec::new();
        for table in &self.model.tables {
            let settings = Settings::new(&mapping, table, &default);
            let names = kinds::names(table, settings.mapping);
            let read = match kinds::find(found, table, settings.mapping) {
                Ok(Some(files)) => self.table(table, &settings, &files),
                Ok(None) => self.absent(table, &settings, names.first()),
                Err(fault) => Err(fault),
            };
            let there = names.iter().filter(|name| found.contains_key(*name));
            used.extend(there.chain(names.first()).cloned());
            tables.push(read.unwrap_or_else(|fault| {
                self.faults.push(*fault);
                TableRead::default()
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
    fn absent(
        &self,
        table: &Table,
        settings: &Settings<'_>,
        name: Option<&String>,
    ) -> Result<TableRead, Box<Problem>> {
        let name = name.map_or(table.name.as_str(), String::as_str);
        if settings.mapping.file.is_some() {
            return Err(Box::new(files::named_file_missing(name, &table.name)));
        }
        if settings.complete.is_empty() || table.assessment {
            return Ok(TableRead::default());
        }
        Err(Box::new(files::file_missing(name, &table.name)))
    }

    /// Reads the file of a table, or its parts in the order of their names.
    fn table(
        &mut self,
        table: &Table,
        settings: &Settings<'_>,
        found: &TableFiles,
    ) -> Result<TableRead, Box<Problem>> {
        let whole = self.file(&found.name);
        let mut parts = Vec::new();
        for part in &found.parts {
            let alone = part.name == found.name;
            let file = if alone { whole } else { self.file(&part.name) };
            parts.push((file, part));
        }
        let mut reader = TableReader::new(
            table,
            settings,
            &mut self.persons,
            &mut self.problems,
            whole,
            Place::file(&found.name),
        );
        for (file, part) in parts {
            reader.begin(file, &part.name, found.kind.by_rows());
            let digest = match found.kind {
                Kind::Text => csv(&mut reader, part)?,
                Kind::Lines => crate::jsonl::read(&mut reader, part)?,
                Kind::Parquet | Kind::Arrow => {
                    crate::typed_rows::read(&mut reader, part, found.kind)?
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

    fn refuse(self) -> Refused {
        let mut problems = self.problems.finish();
        problems.splice(0..0, self.faults);
        Refused { problems }
    }

    /// Puts the tables together.
    fn finish(mut self, tables: Vec<TableRead>) -> Result<Extract, Refused> {
        let default = TableMapping::default();
        let mut unknown_codes = BTreeMap::new();
        let mut filled = Vec::new();
        for (table, read) in self.model.tables.iter().zip(tables) {
            let settings = Settings::new(&self.mapping, table, &default);
            for ((field, code), count) in &read.codes {
                let key = (table.name.clone(), field.clone(), code.clone());
                unknown_codes.insert(key, *count);
            }
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

/// Reads one text file. Gives its digest.
fn csv(reader: &mut TableReader<'_>, part: &Part) -> Result<[u8; 32], Box<Problem>> {
    let name = part.name.as_str();
    let settings = reader.settings;
    let mut opened = Opened::open(&part.path, name)?;
    let mut lines = Lines::new(&mut opened.input, name, settings.encoding);
    let mut first = String::new();
    let at_start = Place::at(name, 1, 1);
    while first.trim().is_empty() {
        first.clear();
        if !lines.next(&mut first)? {
            return Err(Box::new(text::empty(at_start)));
        }
    }
    let expected = columns::expected(reader.table, settings.mapping);
    let at_headings = Place::at(name, lines.number, 1);
    let separator = separator::find(&first, settings.separator, &expected, at_headings)?;
    let mut records = Records::new(lines, first, separator);
    while let Some(record) = records.next()? {
        reader.record(&record)?;
    }
    if let Some(line) = records.lines.lone_cr {
        let at = Place::at(name, line, 1);
        reader.problems.push(text::lone_cr(at));
    }
    if records.lines.unfinished {
        let last = Place::at(name, records.lines.number, 1);
        reader.problems.push(text::no_last_newline(last));
    }
    opened.finish(name)
}

/// The mapping file among the files of a folder.
fn folder_mapping(
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
