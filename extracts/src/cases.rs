//! Rows of tables to cases: one per person, duplicates counted once, contradictions unknown.

use crate::messages::{files, values};
use crate::persons::{Persons, index};
use crate::problem::{Collector, Place, Problem};
use crate::rows::{ReadRow, TableRead};
use crate::{RowCounts, place_of};
use hjemmel_engine::case::{Case, End, Row, Source, Start, TableRows, Value};
use hjemmel_engine::model::{FieldType, Model, Table};
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::{Day, Days};
use hjemmel_grammar::syntax::Shape;

/// One table: what was read of it and the days on which it is complete.
pub(crate) struct Filled {
    pub(crate) read: TableRead,
    pub(crate) complete: Days,
}

/// The cases and the account of rows.
pub(crate) struct Built {
    pub(crate) cases: Vec<Case>,
    pub(crate) unreadable: Vec<u32>,
    pub(crate) rows: Vec<RowCounts>,
}

/// Puts the rows of all tables together, person by person, in the order of the keys.
pub(crate) fn build(
    model: &Model,
    tables: Vec<Filled>,
    persons: &mut Persons,
    names: &[String],
    problems: &mut Collector,
) -> Result<Built, Box<Problem>> {
    doubt_short_keys(persons, names, problems, |person| {
        let mut rows = tables.iter().flat_map(|table| &table.read.rows);
        rows.find(|read| read.person == person)
            .map(|read| read.row.source)
    });
    let sorted = persons.sorted();
    let mut cases = empty_cases(persons, &sorted, &tables);
    let positions = positions(&sorted);
    let mut unreadable: Vec<u32> = sorted
        .iter()
        .map(|(number, _)| persons.unreadable_of(*number))
        .collect();
    let mut rows = Vec::new();
    for (i, (table, filled)) in model.tables.iter().zip(tables).enumerate() {
        let mut counts = RowCounts {
            table: table.name.clone(),
            file: filled.read.file,
            read: filled.read.read,
            registered_missing: filled.read.registered_missing,
            ..RowCounts::default()
        };
        let mut lists: Vec<Vec<ReadRow>> = cases.iter().map(|_| Vec::new()).collect();
        for row in filled.read.rows {
            let position = positions.get(index(row.person)).copied();
            if let Some(list) = position.and_then(|position| lists.get_mut(position)) {
                list.push(row);
            }
        }
        let mut merger = Merger {
            table,
            names,
            problems,
            refused: 0,
            contradictions: 0,
        };
        for ((case, unreadable), list) in cases.iter_mut().zip(&mut unreadable).zip(lists) {
            let kept = merger.merge(list);
            *unreadable = unreadable.saturating_add(std::mem::take(&mut merger.contradictions));
            counts.used = counts.used.saturating_add(length(&kept));
            if let Some(slot) = case.tables.get_mut(i) {
                slot.rows = kept;
            }
        }
        counts.refused = merger.refused;
        rows.push(counts);
    }
    without_facts(model, &mut cases, &rows, names, problems);
    for (case, unreadable) in cases.iter_mut().zip(&mut unreadable) {
        let before_birth = crate::births::check(model, case, names, problems);
        *unreadable = unreadable.saturating_add(before_birth);
    }
    conserved(model, &cases, &rows, persons, names)?;
    Ok(Built {
        cases,
        unreadable,
        rows,
    })
}

/// A case without rows for every person, by key.
fn empty_cases(persons: &Persons, sorted: &[(u32, &str)], tables: &[Filled]) -> Vec<Case> {
    let case = |(number, key): &(u32, &str)| Case {
        id: Personal::new(*key),
        tables: tables
            .iter()
            .map(|table| TableRows {
                rows: Vec::new(),
                complete: if persons.is_doubtful(*number) {
                    Days::none()
                } else {
                    table.complete.clone()
                },
                dated: table.read.dated,
            })
            .collect(),
    };
    sorted.iter().map(case).collect()
}

/// For each person's number the position of the case.
fn positions(sorted: &[(u32, &str)]) -> Vec<usize> {
    let mut positions = vec![usize::MAX; sorted.len()];
    for (position, (number, _)) in sorted.iter().enumerate() {
        if let Some(slot) = positions.get_mut(index(*number)) {
            *slot = position;
        }
    }
    positions
}

/// Where the other keys have ten digits, a key of nine has probably lost a zero on the way.
pub(crate) fn doubt_short_keys(
    persons: &mut Persons,
    names: &[String],
    problems: &mut Collector,
    first: impl Fn(u32) -> Option<Source>,
) {
    let sorted = persons.sorted();
    if !sorted.iter().any(|(_, key)| of_digits(key, 10)) {
        return;
    }
    let short: Vec<u32> = sorted
        .iter()
        .filter(|(number, key)| of_digits(key, 9) && !persons.is_doubtful(*number))
        .map(|(number, _)| *number)
        .collect();
    // The rows that lost the zero are missing from the person who has it.
    let keys: std::collections::BTreeSet<&str> = sorted
        .iter()
        .map(|(_, key)| *key)
        .filter(|key| of_digits(key, 9))
        .collect();
    let whole: Vec<u32> = sorted
        .iter()
        .filter(|(_, key)| {
            key.strip_prefix('0')
                .is_some_and(|lost| keys.contains(lost))
        })
        .map(|(number, _)| *number)
        .collect();
    for person in whole {
        persons.doubt(person);
    }
    for person in short {
        persons.doubt(person);
        persons.unreadable(person);
        if let Some(first) = first(person) {
            problems.push(files::key_zero(place_of(names, first)));
        }
    }
}

/// A key of so many digits and nothing else.
pub(crate) fn of_digits(key: &str, count: usize) -> bool {
    key.len() == count && key.bytes().all(|b| b.is_ascii_digit())
}

/// Merges the rows of one person in one table.
struct Merger<'a> {
    table: &'a Table,
    names: &'a [String],
    problems: &'a mut Collector,
    refused: u64,
    /// Values of the person that contradict each other.
    contradictions: u32,
}

/// What makes two rows the same row.
type Identity<'a> = (
    Option<Day>,
    Option<Option<Day>>,
    &'a [Option<Value>],
    Option<Day>,
);

impl Merger<'_> {
    fn merge(&mut self, rows: Vec<ReadRow>) -> Vec<Row> {
        let rows = if rows.len() < 2 {
            rows.into_iter().map(|read| read.row).collect()
        } else {
            self.once(rows)
        };
        if self.table.shape == Shape::Facts {
            self.one(rows)
        } else {
            rows
        }
    }

    /// Each row once. One that could not be read in full is never the same as another.
    fn once(&mut self, rows: Vec<ReadRow>) -> Vec<Row> {
        let firsts = firsts(&rows);
        let mut kept = Vec::with_capacity(rows.len());
        for (read, first) in rows.into_iter().zip(firsts) {
            match first {
                None => kept.push(read.row),
                Some(first) => {
                    let place = place_of(self.names, read.row.source);
                    self.problems.push(values::row_twice(place, first));
                    self.refused = self.refused.saturating_add(1);
                }
            }
        }
        kept
    }

    /// One row about a person: where two differ, the value is unknown.
    fn one(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let mut rows = rows.into_iter();
        let Some(mut first) = rows.next() else {
            return Vec::new();
        };
        for row in rows {
            self.refused = self.refused.saturating_add(1);
            for (i, value) in row.values.iter().enumerate() {
                let Some(mine) = first.values.get_mut(i).filter(|mine| *mine != value) else {
                    continue;
                };
                *mine = None;
                self.contradictions = self.contradictions.saturating_add(1);
                let place = Place {
                    name: self.table.fields.get(i).map(|field| field.name.clone()),
                    ..place_of(self.names, row.source)
                };
                let problem = values::contradiction(place, first.source.line);
                self.problems.push(problem);
            }
            first.registered = first.registered.zip(row.registered).map(|(a, b)| a.min(b));
        }
        vec![first]
    }
}

/// For each row the line of an earlier one that says the same.
fn firsts(rows: &[ReadRow]) -> Vec<Option<u32>> {
    let readable = rows.iter().enumerate().filter(|(_, read)| read.readable);
    let mut order: Vec<(Identity<'_>, usize)> =
        readable.map(|(i, read)| (identity(&read.row), i)).collect();
    order.sort_unstable();
    let mut firsts = vec![None; rows.len()];
    for same in order.chunk_by(|(a, _), (b, _)| a == b) {
        let mut positions = same.iter().map(|(_, i)| *i);
        let first = positions.next().and_then(|first| rows.get(first));
        for later in positions {
            if let Some(slot) = firsts.get_mut(later) {
                *slot = first.map(|first| first.row.source.line);
            }
        }
    }
    firsts
}

fn identity(row: &Row) -> Identity<'_> {
    let from = match row.from {
        Start::On(day) => Some(day),
        Start::Unknown => None,
    };
    let to = match row.to {
        End::On(day) => Some(Some(day)),
        End::Ongoing => Some(None),
        End::Unknown => None,
    };
    (from, to, &row.values, row.registered)
}

/// Persons who are not in a table of facts: those are unknown, complete or not.
fn without_facts(
    model: &Model,
    cases: &mut [Case],
    rows: &[RowCounts],
    names: &[String],
    problems: &mut Collector,
) {
    for (i, (table, counts)) in model.tables.iter().zip(rows).enumerate() {
        if table.shape != Shape::Facts {
            continue;
        }
        let mut absent = 0_usize;
        for slot in cases.iter_mut().filter_map(|case| case.tables.get_mut(i)) {
            if slot.rows.is_empty() {
                slot.complete = Days::none();
                absent = absent.saturating_add(1);
            }
        }
        let file = counts.file.and_then(|file| names.get(index(file)));
        if let Some(file) = file.filter(|_| absent > 0) {
            let place = Place::file(file.clone());
            problems.push(values::facts_missing(place, absent));
        }
    }
}

/// Nobody and nothing disappears: the account of rows and persons must balance.
fn conserved(
    model: &Model,
    cases: &[Case],
    rows: &[RowCounts],
    persons: &Persons,
    names: &[String],
) -> Result<(), Box<Problem>> {
    for (i, (table, counts)) in model.tables.iter().zip(rows).enumerate() {
        let in_cases = cases.iter().fold(0_u64, |sum, case| {
            let rows = case.tables.get(i).map_or(0, |table| length(&table.rows));
            sum.saturating_add(rows)
        });
        let accounted = counts.used.saturating_add(counts.refused);
        if in_cases != counts.used || accounted != counts.read {
            let file = counts.file.and_then(|file| names.get(index(file)));
            let file = file.unwrap_or(&table.name);
            let problem = files::not_conserved(file, counts.read, in_cases, counts.refused);
            return Err(Box::new(problem));
        }
    }
    if cases.len() != persons.len() {
        let (read, used) = (number(persons.len()), number(cases.len()));
        return Err(Box::new(files::not_conserved("", read, used, 0)));
    }
    Ok(())
}

fn length(rows: &[Row]) -> u64 {
    number(rows.len())
}

pub(crate) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The first field of the table that is a date of birth.
pub(crate) fn birth_field(table: &Table) -> Option<usize> {
    let is_birth = |field: &hjemmel_engine::model::Field| field.ty == FieldType::BirthDate;
    table.fields.iter().position(is_birth)
}
