//! The rows of one table for a slice of the persons: each row once, one row of facts.

use crate::chunk::Chunk;
use crate::messages::values;
use crate::place_of;
use crate::problem::{Collector, Place};
use hjemmel_engine::case::Source;
use hjemmel_engine::columns::{
    Column, UNKNOWN_CHOICE, UNKNOWN_DAY, UNKNOWN_NUMBER, UNKNOWN_YES_NO,
};
use hjemmel_engine::model::Table;
use std::cmp::Ordering;
use std::ops::Range;

/// Up to so many rows of a person are compared with each other one by one.
const FEW: usize = 8;

/// Rows by person, those of one person in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Where the rows of each person begin, and at last how many there are.
    pub(crate) offsets: Vec<u32>,
    /// The rows; not their keys.
    pub(crate) rows: Chunk,
}

/// Where the remarks on a part go.
pub(crate) struct Remarks<'a> {
    pub(crate) names: &'a [String],
    pub(crate) problems: &'a mut Collector,
}

impl Remarks<'_> {
    pub(crate) fn place(&self, source: Source) -> Place {
        place_of(self.names, source)
    }
}

impl Part {
    /// Without persons.
    pub(crate) fn new(table: &Table, dated: bool) -> Self {
        Self {
            offsets: vec![0],
            rows: Chunk::new(table, dated),
        }
    }

    /// How many persons there are.
    pub(crate) fn persons(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The rows up to here, and so many that wait, are those of one more person.
    pub(crate) fn end_person(&mut self, waiting: usize) {
        let rows = self.rows.rows().saturating_add(waiting);
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        self.offsets.push(rows);
    }

    /// The rows of each person.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let pairs = self.offsets.iter().zip(self.offsets.iter().skip(1));
        pairs.map(|(start, end)| *start as usize..*end as usize)
    }

    /// Leaves out rows that say the same as an earlier one of the person. One that could not be
    /// read in full is never the same as another. How many were left out.
    pub(crate) fn once(&mut self, remarks: &mut Remarks<'_>) -> u64 {
        let mut out: Vec<usize> = Vec::new();
        for range in self.ranges().filter(|range| range.len() > 1) {
            self.repeated(range, |row, first| {
                let place = remarks.place(self.rows.sources.of(row));
                let first = self.rows.sources.of(first).line;
                remarks.problems.push(values::row_twice(place, first));
                out.push(row);
            });
        }
        self.leave_out(&out);
        crate::cases::number(out.len())
    }

    /// Calls with each row that repeats another, and the first such, in the order of the rows.
    fn repeated(&self, range: Range<usize>, mut found: impl FnMut(usize, usize)) {
        let readable = |row: &usize| self.rows.is_readable(*row);
        if range.len() <= FEW {
            for row in range.clone() {
                let from = self.rows.from.get(row);
                let same = |first: &usize| {
                    self.rows.from.get(*first) == from
                        && self.compare(*first, row) == Ordering::Equal
                };
                let first = (range.start..row).find(|first| same(first) && readable(first));
                if let Some(first) = first.filter(|_| readable(&row)) {
                    found(row, first);
                }
            }
            return;
        }
        let mut order: Vec<usize> = range.filter(readable).collect();
        order.sort_by(|a, b| self.compare(*a, *b));
        let mut repeated: Vec<(usize, usize)> = Vec::new();
        for same in order.chunk_by(|a, b| self.compare(*a, *b) == Ordering::Equal) {
            if let Some((first, others)) = same.split_first() {
                repeated.extend(others.iter().map(|row| (*row, *first)));
            }
        }
        repeated.sort_unstable();
        for (row, first) in repeated {
            found(row, first);
        }
    }

    /// By all that two rows say.
    fn compare(&self, a: usize, b: usize) -> Ordering {
        let rows = &self.rows;
        let mut order = rows
            .from
            .get(a)
            .cmp(&rows.from.get(b))
            .then_with(|| rows.to.get(a).cmp(&rows.to.get(b)));
        if order == Ordering::Equal {
            order = rows
                .registered
                .as_ref()
                .map_or(Ordering::Equal, |days| days.get(a).cmp(&days.get(b)));
        }
        let mut fields = rows.fields.iter();
        while let Some(column) = fields.next().filter(|_| order == Ordering::Equal) {
            order = compare(column, a, b);
        }
        let mut texts = rows.texts.iter();
        while let Some(texts) = texts.next().filter(|_| order == Ordering::Equal) {
            order = texts.get(a).cmp(&texts.get(b));
        }
        order
    }

    /// One row about each person: where two differ, the value is unknown. How many rows were left
    /// out; how many values contradict each other is added for the person.
    pub(crate) fn one(
        &mut self,
        table: &Table,
        unreadable: &mut [u32],
        remarks: &mut Remarks<'_>,
    ) -> u64 {
        let mut out: Vec<usize> = Vec::new();
        let ranges: Vec<(usize, Range<usize>)> = self
            .ranges()
            .enumerate()
            .filter(|(_, range)| range.len() > 1)
            .collect();
        for (person, range) in ranges {
            let first = range.start;
            for row in range.skip(1) {
                out.push(row);
                let contradictions = self.merge(table, first, row, remarks);
                if let Some(count) = unreadable.get_mut(person) {
                    *count = count.saturating_add(contradictions);
                }
            }
        }
        self.leave_out(&out);
        crate::cases::number(out.len())
    }

    /// Makes unknown in the row `first` what `row` says otherwise. How many values.
    fn merge(&mut self, table: &Table, first: usize, row: usize, remarks: &mut Remarks<'_>) -> u32 {
        let mut count = 0_u32;
        let sources = &self.rows.sources;
        let (first_line, source) = (sources.of(first).line, sources.of(row));
        let mut texts = self.rows.texts.iter_mut();
        for (column, field) in self.rows.fields.iter_mut().zip(&table.fields) {
            let differs = match column {
                Column::Absent => texts
                    .next()
                    .is_some_and(|texts| forget(texts, first, row, 0)),
                Column::Choice(values) => forget(values, first, row, UNKNOWN_CHOICE),
                Column::Number(values) => forget(values, first, row, UNKNOWN_NUMBER),
                Column::Date(values) => forget(values, first, row, UNKNOWN_DAY),
                Column::YesNo(values) => forget(values, first, row, UNKNOWN_YES_NO),
            };
            if differs {
                count = count.saturating_add(1);
                let place = Place {
                    name: Some(field.name.clone()),
                    ..remarks.place(source)
                };
                remarks
                    .problems
                    .push(values::contradiction(place, first_line));
            }
        }
        // An unknown day stands before all others.
        if let Some(days) = &mut self.rows.registered
            && let Some(other) = days.get(row).copied()
            && let Some(mine) = days.get_mut(first)
        {
            *mine = other.min(*mine);
        }
        count
    }

    /// Takes away some rows, which rise.
    fn leave_out(&mut self, out: &[usize]) {
        if out.is_empty() {
            return;
        }
        self.rows.leave_out(out);
        for offset in &mut self.offsets {
            let before = out.partition_point(|row| *row < *offset as usize);
            *offset = offset.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX));
        }
    }
}

/// Makes a value unknown if another row has another one. Whether it has.
fn forget<T: Copy + PartialEq>(values: &mut [T], first: usize, row: usize, unknown: T) -> bool {
    let other = values.get(row).copied();
    match values.get_mut(first) {
        Some(mine) if Some(*mine) != other => {
            *mine = unknown;
            true
        }
        _ => false,
    }
}

fn compare(column: &Column, a: usize, b: usize) -> Ordering {
    match column {
        Column::Absent => Ordering::Equal,
        Column::Choice(values) => values.get(a).cmp(&values.get(b)),
        Column::Number(values) => values.get(a).cmp(&values.get(b)),
        Column::Date(values) => values.get(a).cmp(&values.get(b)),
        Column::YesNo(values) => values.get(a).cmp(&values.get(b)),
    }
}
