//! The rows of all tables in memory, in columns, and put in the order of the persons.

use crate::chunk::{Chunk, Chunks, TextNumbers};
use crate::part::Part;
use crate::persons::{Persons, index};
use crate::problem::Problem;
use crate::rows::TableRead;
use crate::slice::{Slicer, Who};
use crate::table_stream::push_values;
use hjemmel_engine::case::Source;
use hjemmel_engine::model::Table;
use std::ops::{ControlFlow, Range};

/// The rows of one table in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// For each row its person's number.
    person: Vec<u32>,
    /// Without keys.
    pub(crate) rows: Chunk,
    /// The account of the file; its rows stand in `rows`.
    pub(crate) read: TableRead,
}

impl Gathered {
    /// The rows of a file; its account is still to come.
    pub(crate) fn read(
        table: &Table,
        stream: &mut impl Chunks,
        persons: &mut Persons,
        mut progress: impl FnMut(usize),
    ) -> Result<Self, Box<Problem>> {
        let mut gathered = Self::default();
        let mut chunk = Chunk::new(table, false);
        gathered.rows = Chunk::new(table, false);
        while stream.next(&mut chunk)? {
            gathered.add(&chunk, persons);
            progress(chunk.rows());
            chunk.clear();
        }
        Ok(gathered)
    }

    /// Rows that were read one by one, of persons that have their numbers.
    pub(crate) fn of_rows(table: &Table, mut read: TableRead) -> Self {
        let rows = std::mem::take(&mut read.rows);
        let mut gathered = Self {
            person: Vec::with_capacity(rows.len()),
            rows: Chunk::new(table, read.dated),
            read,
        };
        let texts = &gathered.rows.texts;
        let mut texts: Vec<TextNumbers> = texts.iter().map(|_| TextNumbers::new(false)).collect();
        for row in rows {
            if !row.readable {
                let at = gathered.rows.rows();
                gathered.rows.unreadable.push((at, 1));
            }
            gathered.person.push(row.person);
            push_values(&mut gathered.rows, &row.row, &mut texts);
        }
        gathered
    }

    fn add(&mut self, chunk: &Chunk, persons: &mut Persons) {
        let before = self.person.len();
        for (key, rows) in chunk.persons.iter() {
            let person = persons.number(key);
            self.person.extend(std::iter::repeat_n(person, rows));
        }
        let person = |row: usize| self.person.get(before.saturating_add(row)).copied();
        for (row, count) in &chunk.unreadable {
            if let Some(person) = person(*row) {
                persons.unreadable_by(person, *count);
            }
        }
        for person in chunk.doubtful.iter().filter_map(|row| person(*row)) {
            persons.doubt(person);
        }
        self.rows.append(chunk, 0..chunk.rows());
    }

    /// Where the first row of a person stands.
    pub(crate) fn first(&self, person: u32) -> Option<Source> {
        let row = self.person.iter().position(|it| *it == person)?;
        Some(self.rows.sources.of(row))
    }
}

/// Where the rows of each person stand among those of a table.
struct Ordered {
    /// Where the rows of each person begin, in the order of the persons, and how many there are.
    offsets: Vec<u32>,
    /// The rows by person; none if the file has them so.
    order: Option<Vec<u32>>,
}

impl Ordered {
    fn new(gathered: &mut Gathered, positions: &Positions) -> Self {
        let mut offsets = vec![0_u32; positions.count.saturating_add(1)];
        let (mut sorted, mut before) = (true, 0);
        for person in &mut gathered.person {
            let position = positions.of(*person);
            *person = position;
            sorted &= before <= position;
            before = position;
            if let Some(count) = offsets.get_mut(index(position).saturating_add(1)) {
                *count = count.saturating_add(1);
            }
        }
        let mut sum = 0_u32;
        for offset in &mut offsets {
            sum = sum.saturating_add(*offset);
            *offset = sum;
        }
        let order = (!sorted).then(|| order(&gathered.person, &offsets));
        gathered.person = Vec::new();
        Self { offsets, order }
    }

    /// The rows of the persons at these positions.
    fn part(&self, table: &Table, rows: &Chunk, persons: Range<usize>) -> Part {
        let mut part = Part::new(table, rows.registered.is_some());
        let end = persons.end.saturating_add(1);
        let offsets = self.offsets.get(persons.start..end).unwrap_or_default();
        let (Some(first), Some(last)) = (offsets.first().copied(), offsets.last().copied()) else {
            return part;
        };
        match &self.order {
            None => part.rows.append(rows, index(first)..index(last)),
            Some(order) => {
                let order = order.get(index(first)..index(last)).unwrap_or_default();
                for stretch in order.chunk_by(|a, b| a.checked_add(1) == Some(*b)) {
                    let start = stretch.first().copied().map_or(0, index);
                    part.rows
                        .append(rows, start..start.saturating_add(stretch.len()));
                }
            }
        }
        part.offsets = offsets.iter().map(|it| it.saturating_sub(first)).collect();
        part
    }
}

/// The rows by position, those of one position in their order.
fn order(positions: &[u32], offsets: &[u32]) -> Vec<u32> {
    let mut next: Vec<u32> = offsets.to_vec();
    let mut order = vec![0_u32; positions.len()];
    for (row, position) in (0_u32..).zip(positions) {
        if let Some(slot) = next.get_mut(index(*position)) {
            if let Some(place) = order.get_mut(index(*slot)) {
                *place = row;
            }
            *slot = slot.saturating_add(1);
        }
    }
    order
}

/// The persons in the order of the bytes of their keys.
struct Positions {
    count: usize,
    /// The numbers in that order; none if they are in it.
    numbers: Option<Vec<u32>>,
    /// For each number its position.
    positions: Vec<u32>,
}

impl Positions {
    fn new(persons: &Persons) -> Self {
        let numbers = persons.numbers_by_key();
        let mut positions = Vec::new();
        if let Some(numbers) = &numbers {
            positions = vec![0; numbers.len()];
            for (position, number) in (0_u32..).zip(numbers) {
                if let Some(slot) = positions.get_mut(index(*number)) {
                    *slot = position;
                }
            }
        }
        Self {
            count: persons.len(),
            numbers,
            positions,
        }
    }

    fn of(&self, number: u32) -> u32 {
        match self.numbers {
            None => number,
            Some(_) => self.positions.get(index(number)).copied().unwrap_or(0),
        }
    }

    fn number(&self, position: usize) -> u32 {
        match &self.numbers {
            None => u32::try_from(position).unwrap_or(u32::MAX),
            Some(numbers) => numbers.get(position).copied().unwrap_or(u32::MAX),
        }
    }
}

/// Hands over all persons, so many at a time. Breaks off if `sink` does.
pub(crate) fn slices(
    slicer: &mut Slicer<'_>,
    tables: &mut [Gathered],
    persons: &Persons,
    cases: usize,
    sink: &mut dyn FnMut(crate::slice::Slice) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Box<Problem>> {
    let positions = Positions::new(persons);
    let ordered: Vec<Ordered> = tables
        .iter_mut()
        .map(|table| Ordered::new(table, &positions))
        .collect();
    let mut start = 0;
    while start < persons.len() {
        let end = start.saturating_add(cases.max(1)).min(persons.len());
        let mut who = Who::default();
        for position in start..end {
            let number = positions.number(position);
            who.keys.push(persons.key(number));
            who.unreadable.push(persons.unreadable_of(number));
            who.doubtful.push(persons.is_doubtful(number));
        }
        let all = slicer.model.tables.iter().zip(&ordered).zip(&*tables);
        let parts =
            all.map(|((table, ordered), gathered)| ordered.part(table, &gathered.rows, start..end));
        let parts = parts.collect();
        if sink(slicer.slice(who, parts)?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        start = end;
    }
    Ok(ControlFlow::Continue(()))
}
