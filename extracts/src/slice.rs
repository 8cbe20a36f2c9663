//! Slices of the population as the columnar evaluator takes them, and what they are made of.

use crate::cases::{birth_field, number};
use crate::chunk::Chunk;
use crate::extract::RowCounts;
use crate::messages::{files, values};
use crate::part::{Part, Remarks};
use crate::persons::index;
use crate::problem::{Collector, Place, Problem};
use crate::rows::TableRead;
use hjemmel_engine::columns::{
    Batch, Column, ColumnsError, NO_DAY, Open, Reads, TableColumns, TableParts, UNKNOWN_DAY,
};
use hjemmel_engine::model::{FieldId, Model, Table, TableId};
use hjemmel_engine::time::{Day, Days};
use hjemmel_grammar::syntax::Shape;

/// Some of the persons of an extract, in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The keys of the cases of `batch`.
    pub keys: Keys,
    /// For each case, how many of its values could not be read.
    pub unreadable: Vec<u32>,
    /// Their rows.
    pub batch: Batch,
}

/// Keys of persons, one after the other.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keys {
    text: String,
    ends: Vec<usize>,
}

crate::hide::sealed!(Keys);

impl Keys {
    /// Adds a key.
    pub fn push(&mut self, key: &str) {
        self.text.push_str(key);
        self.ends.push(self.text.len());
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The key of a case of the slice.
    #[must_use]
    pub fn get(&self, case: usize) -> Option<&str> {
        let end = *self.ends.get(case)?;
        let before = case.checked_sub(1).and_then(|before| self.ends.get(before));
        self.text.get(before.copied().unwrap_or(0)..end)
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|case| self.get(case))
    }
}

/// The persons of a slice before their rows are looked through.
#[derive(Debug, Default)]
pub(crate) struct Who {
    pub(crate) keys: Keys,
    pub(crate) unreadable: Vec<u32>,
    /// For whom no register counts as complete.
    pub(crate) doubtful: Vec<bool>,
}

/// Makes slices, and keeps the account of rows over all of them.
pub(crate) struct Slicer<'a> {
    pub(crate) model: &'a Model,
    pub(crate) reads: &'a Reads,
    pub(crate) names: &'a [String],
    pub(crate) problems: &'a mut Collector,
    pub(crate) tables: Vec<SlicedTable>,
    pub(crate) persons: u64,
}

/// What is known of one table over all slices.
#[derive(Debug, Default)]
pub(crate) struct SlicedTable {
    pub(crate) file: Option<u32>,
    /// The days on which the register is not complete.
    pub(crate) open: Days,
    /// It has rows, and a column of days of registration.
    pub(crate) dated: bool,
    used: u64,
    refused: u64,
    /// Persons without a row.
    absent: usize,
}

impl SlicedTable {
    pub(crate) fn new(file: Option<u32>, complete: &Days, dated: bool) -> Self {
        Self {
            file,
            open: complete.not(),
            dated,
            ..Self::default()
        }
    }
}

impl Slicer<'_> {
    /// Makes a slice of the rows of its persons, a part for each table.
    pub(crate) fn slice(&mut self, who: Who, parts: Vec<Part>) -> Result<Slice, Box<Problem>> {
        let Who {
            keys,
            mut unreadable,
            doubtful,
        } = who;
        let mut parts = parts;
        for ((part, table), sliced) in parts
            .iter_mut()
            .zip(&self.model.tables)
            .zip(&mut self.tables)
        {
            let mut remarks = Remarks {
                names: self.names,
                problems: self.problems,
            };
            let mut refused = part.once(&mut remarks);
            if table.shape == Shape::Facts {
                refused = refused.saturating_add(part.one(table, &mut unreadable, &mut remarks));
                let absent = part.ranges().filter(|range| range.is_empty()).count();
                sliced.absent = sliced.absent.saturating_add(absent);
            }
            sliced.refused = sliced.refused.saturating_add(refused);
            sliced.used = sliced.used.saturating_add(number(part.rows.rows()));
        }
        self.births(&mut parts, &mut unreadable);
        self.persons = self.persons.saturating_add(number(keys.len()));
        let mut tables = Vec::with_capacity(parts.len());
        for (at, part) in parts.into_iter().enumerate() {
            let columns = self.columns(TableId(at), part, &doubtful);
            tables.push(columns.map_err(unfit)?);
        }
        let batch = Batch::new(self.model, tables).map_err(unfit)?;
        Ok(Slice {
            keys,
            unreadable,
            batch,
        })
    }

    /// Makes the first day of every period unknown that begins before its person's birth.
    fn births(&mut self, parts: &mut [Part], unreadable: &mut [u32]) {
        let Some(births) = births(self.model, parts) else {
            return;
        };
        for (part, table) in parts.iter_mut().zip(&self.model.tables) {
            if table.shape == Shape::Facts {
                continue;
            }
            let remarks = Remarks {
                names: self.names,
                problems: self.problems,
            };
            let Part { offsets, rows } = part;
            let ranges = offsets.iter().zip(offsets.iter().skip(1)).zip(&births);
            for (((start, end), birth), unreadable) in ranges.zip(unreadable.iter_mut()) {
                for row in index(*start)..index(*end) {
                    let from = rows.from.get_mut(row);
                    if let Some(from) = from.filter(|from| **from < *birth && **from != UNKNOWN_DAY)
                    {
                        *from = UNKNOWN_DAY;
                        *unreadable = unreadable.saturating_add(1);
                        let place = remarks.place(rows.sources.of(row));
                        remarks.problems.push(values::before_birth(place));
                    }
                }
            }
        }
    }

    /// The columns of a table as they are handed over.
    fn columns(
        &self,
        id: TableId,
        part: Part,
        doubtful: &[bool],
    ) -> Result<TableColumns, ColumnsError> {
        let (Some(table), Some(sliced)) = (self.model.tables.get(id.0), self.tables.get(id.0))
        else {
            return TableColumns::new(TableParts::empty(part.persons(), &[]));
        };
        if !self.reads.table(id) {
            return TableColumns::new(TableParts::empty(part.persons(), &table.fields));
        }
        let open = open(table, sliced, &part, doubtful);
        let Part { offsets, rows } = part;
        let fields = rows.fields.into_iter().enumerate();
        let read = |(at, column)| {
            let read = self.reads.field(id, FieldId(at));
            if read { column } else { Column::Absent }
        };
        TableColumns::new(TableParts {
            offsets,
            registered: rows.registered.filter(|_| sliced.dated),
            from: rows.from,
            to: rows.to,
            fields: fields.map(read).collect(),
            open,
        })
    }

    /// The account of rows of all slices, which must balance with what was read.
    pub(crate) fn finish(
        self,
        read: &[TableRead],
        persons: Option<u64>,
    ) -> Result<Vec<RowCounts>, Box<Problem>> {
        let mut counts = Vec::new();
        let tables = self.model.tables.iter().zip(self.tables).zip(read);
        for ((table, sliced), read) in tables {
            let name = sliced.file.and_then(|file| self.names.get(index(file)));
            if sliced.used.saturating_add(sliced.refused) != read.read {
                let name = name.unwrap_or(&table.name);
                let (used, refused) = (sliced.used, sliced.refused);
                return Err(Box::new(files::not_conserved(
                    name, read.read, used, refused,
                )));
            }
            if let Some(name) = name.filter(|_| sliced.absent > 0) {
                let place = Place::file(name.clone());
                self.problems
                    .push(values::facts_missing(place, sliced.absent));
            }
            counts.push(RowCounts {
                table: table.name.clone(),
                file: sliced.file,
                read: read.read,
                used: sliced.used,
                refused: sliced.refused,
                registered_missing: read.registered_missing,
            });
        }
        match persons.filter(|persons| *persons != self.persons) {
            Some(persons) => Err(Box::new(files::not_conserved("", persons, self.persons, 0))),
            None => Ok(counts),
        }
    }
}

/// The columns do not fit the model: a bug.
fn unfit(error: ColumnsError) -> Box<Problem> {
    Box::new(files::columns_unfit(&error.0))
}

/// For each person the day of birth, or a day before all others; none if no table has it.
fn births(model: &Model, parts: &[Part]) -> Option<Vec<Day>> {
    let mut births: Option<Vec<Day>> = None;
    for (table, part) in model.tables.iter().zip(parts) {
        let facts = table.shape == Shape::Facts;
        let Some(field) = birth_field(table).filter(|_| facts) else {
            continue;
        };
        let Some(Column::Date(days)) = part.rows.fields.get(field) else {
            continue;
        };
        let births = births.get_or_insert_with(|| vec![UNKNOWN_DAY; part.persons()]);
        for (range, birth) in part.ranges().zip(births) {
            let day = days.get(range).and_then(<[Day]>::first);
            if let Some(day) = day.filter(|day| *birth == UNKNOWN_DAY && **day != NO_DAY) {
                *birth = *day;
            }
        }
    }
    births
}

/// When rows may be missing: always for persons in doubt, and for those without facts.
fn open(table: &Table, sliced: &SlicedTable, part: &Part, doubtful: &[bool]) -> Open {
    let without = |range: std::ops::Range<usize>| table.shape == Shape::Facts && range.is_empty();
    let always: Vec<bool> = part
        .ranges()
        .zip(doubtful)
        .map(|(range, doubtful)| *doubtful || without(range))
        .collect();
    let all = Days::all();
    if sliced.open == all || always.iter().all(|always| !always) {
        return Open::Same(sliced.open.clone());
    }
    if always.iter().all(|always| *always) {
        return Open::Same(all);
    }
    let days = always
        .iter()
        .map(|always| if *always { &all } else { &sliced.open });
    Open::Each(days.cloned().collect())
}

/// A part without rows for each table.
pub(crate) fn empty_parts(model: &Model, tables: &[SlicedTable]) -> Vec<Part> {
    let tables = model.tables.iter().zip(tables);
    tables
        .map(|(table, sliced)| Part::new(table, sliced.dated))
        .collect()
}

/// Whether a table has days of registration, by its first rows.
pub(crate) fn is_dated(rows: &Chunk) -> bool {
    rows.registered.is_some() && rows.rows() > 0
}
