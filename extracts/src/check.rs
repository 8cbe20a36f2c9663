//! Examining an extract without judging anyone: what is there, what is missing, what is odd.

use crate::extract::{Extract, Options};
use crate::persons::index;
use crate::problem::Problem;
use hjemmel_engine::case::{End, Row, Start, Value};
use hjemmel_engine::model::{Model, Table};
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;
use std::collections::BTreeMap;
use std::path::Path;

/// What stands in an extract, table by table. [`Report::render`] makes text of it, `serde` JSON.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    /// The extract cannot be used; `problems` says why, and the rest is empty.
    pub refused: bool,
    /// Persons, over all tables.
    pub persons: u64,
    /// Persons with a value that could not be read.
    pub persons_unreadable: u64,
    /// The day the extract was made (`udtræksdato`), if it is said.
    pub date: Option<String>,
    /// The extract's hash.
    pub hash: Option<String>,
    /// The tables, as declared.
    pub tables: Vec<TableReport>,
    /// Everything found while reading.
    pub problems: Vec<Problem>,
}

/// What stands in one table.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct TableReport {
    /// The table.
    pub table: String,
    /// Its file or sheet; none if the extract has none.
    pub file: Option<String>,
    /// Whether it holds the decisions of an assessment.
    pub assessment: bool,
    /// Rows with data.
    pub read: u64,
    /// Rows that stand in the cases.
    pub used: u64,
    /// Rows that repeat another or are merged into it.
    pub refused: u64,
    /// Persons with a row.
    pub persons: u64,
    /// The earliest first day.
    pub first: Option<String>,
    /// The latest day that a row names.
    pub last: Option<String>,
    /// Rows that overlap another of the same person with other values, where the table is
    /// `uden overlap`.
    pub overlaps: u64,
    /// Rows that begin after the extract was made.
    pub after_date: u64,
    /// Blank or unreadable values by column.
    pub missing: BTreeMap<String, u64>,
    /// Unknown codes.
    pub unknown_codes: Vec<UnknownCode>,
}

/// A code that is neither declared nor mapped.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UnknownCode {
    /// The field.
    pub field: String,
    /// The code, or its shape where it may not be shown.
    pub code: String,
    /// How many rows have it.
    pub count: u64,
}

/// Examines the extract at `path`.
#[must_use]
pub fn check(path: &Path, model: &Model, options: &Options) -> Report {
    match crate::read(path, model, options) {
        Ok(extract) => examine(&extract, model),
        Err(refused) => Report {
            refused: true,
            problems: refused.problems,
            ..Report::default()
        },
    }
}

/// Examines an extract that was read.
#[must_use]
pub fn examine(extract: &Extract, model: &Model) -> Report {
    let unreadable = extract.unreadable.iter().filter(|count| **count > 0);
    Report {
        refused: false,
        persons: number(extract.cases.len()),
        persons_unreadable: number(unreadable.count()),
        date: extract.date.map(|day| day.to_string()),
        hash: Some(extract.hash.clone()),
        tables: model
            .tables
            .iter()
            .enumerate()
            .map(|(i, table)| examine_table(extract, table, i))
            .collect(),
        problems: extract.problems.clone(),
    }
}

fn examine_table(extract: &Extract, table: &Table, i: usize) -> TableReport {
    let counts = extract.rows.get(i).cloned().unwrap_or_default();
    let mut report = TableReport {
        table: table.name.clone(),
        assessment: table.assessment,
        file: counts
            .file
            .and_then(|file| extract.files.get(index(file)).cloned()),
        read: counts.read,
        used: counts.used,
        refused: counts.refused,
        unknown_codes: unknown_codes(extract, table),
        ..TableReport::default()
    };
    if counts.registered_missing > 0 {
        let column = "registreret".to_owned();
        report.missing.insert(column, counts.registered_missing);
    }
    let (mut first, mut last) = (None::<Day>, None::<Day>);
    for case in &extract.cases {
        let rows = case.tables.get(i).map_or(&[][..], |slot| &slot.rows);
        if !rows.is_empty() {
            add(&mut report.persons, 1);
        }
        for row in rows {
            count_missing(&mut report.missing, table, row);
            if table.shape == Shape::Facts {
                continue;
            }
            let (from, to) = (start(row), end(row));
            first = first.into_iter().chain(from).min();
            last = last.into_iter().chain(from).chain(to).max();
            if from
                .zip(extract.date)
                .is_some_and(|(from, date)| from > date)
            {
                add(&mut report.after_date, 1);
            }
        }
        if table.exclusive {
            add(&mut report.overlaps, overlaps(rows));
        }
    }
    report.first = first.map(|day| day.to_string());
    report.last = last.map(|day| day.to_string());
    report
}

fn unknown_codes(extract: &Extract, table: &Table) -> Vec<UnknownCode> {
    let own = extract
        .unknown_codes
        .iter()
        .filter(|((name, ..), _)| *name == table.name);
    own.map(|((_, field, code), count)| UnknownCode {
        field: field.clone(),
        code: code.clone(),
        count: *count,
    })
    .collect()
}

fn count_missing(missing: &mut BTreeMap<String, u64>, table: &Table, row: &Row) {
    let mut miss = |column: &str| {
        let count = missing.entry(column.to_owned()).or_default();
        add(count, 1);
    };
    match (table.shape, row.from, row.to) {
        (Shape::Facts, ..) => {}
        (Shape::Events, Start::Unknown, _) => miss("dato"),
        (Shape::Events, ..) => {}
        (Shape::Periods, from, to) => {
            if from == Start::Unknown {
                miss("fra");
            }
            if to == End::Unknown {
                miss("til");
            }
        }
    }
    for (field, value) in table.fields.iter().zip(&row.values) {
        if value.is_none() {
            miss(&field.name);
        }
    }
}

fn start(row: &Row) -> Option<Day> {
    match row.from {
        Start::On(day) => Some(day),
        Start::Unknown => None,
    }
}

fn end(row: &Row) -> Option<Day> {
    match row.to {
        End::On(day) => Some(day),
        End::Ongoing | End::Unknown => None,
    }
}

/// A row's values and its last day.
type Reach<'a> = (&'a [Option<Value>], Day);

/// How many rows share a day with an earlier row that has other values.
fn overlaps(rows: &[Row]) -> u64 {
    let last = |row: &Row| match row.to {
        End::On(day) => day,
        End::Ongoing => Day::END,
        End::Unknown => start(row).unwrap_or(Day::FIRST),
    };
    let mut sorted: Vec<(Day, &Row)> = rows
        .iter()
        .filter_map(|row| Some((start(row)?, row)))
        .collect();
    sorted.sort_by_key(|(from, row)| (*from, last(row)));
    // The farthest last day so far, and the farthest among rows with other values than its own:
    // one of the two tells of any row whether something with other values reaches it.
    let mut farthest: [Option<Reach<'_>>; 2] = [None, None];
    let mut count = 0_u64;
    for (from, row) in sorted {
        let reached = farthest.iter().flatten();
        let mut other = reached.filter(|(values, _)| *values != row.values.as_slice());
        if other.any(|(_, last)| from <= *last) {
            add(&mut count, 1);
        }
        farthest = farther(farthest, (&row.values, last(row)));
    }
    count
}

/// The two farthest rows with different values, of three.
fn farther<'a>([first, second]: [Option<Reach<'a>>; 2], new: Reach<'a>) -> [Option<Reach<'a>>; 2] {
    let mut all: Vec<_> = [first, second, Some(new)].into_iter().flatten().collect();
    all.sort_by_key(|(_, last)| std::cmp::Reverse(*last));
    let first = all.first().copied();
    let other = |(values, _): &&Reach<'_>| first.is_some_and(|(first, _)| first != *values);
    let second = all.iter().find(other).copied();
    [first, second]
}

fn add(count: &mut u64, more: u64) {
    *count = count.saturating_add(more);
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
