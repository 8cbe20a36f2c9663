//! Rows of one table in columns, as a large file gives them: a stretch at a time, in its order.

use crate::numbered::Numbered;
use crate::problem::Problem;
use hjemmel_engine::case::Source;
use hjemmel_engine::columns::Column;
use hjemmel_engine::model::{FieldType, Table};
use hjemmel_engine::time::Day;
use std::ops::Range;

/// How many rows a stretch has, about.
pub(crate) const STRETCH: usize = 16 * 1024;

/// A stretch of the rows of one table. All columns are of one length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
    /// The keys: neighbouring rows of one person share one.
    pub(crate) persons: Runs,
    /// First days, as in [`hjemmel_engine::columns::TableParts::from`].
    pub(crate) from: Vec<Day>,
    /// Last days.
    pub(crate) to: Vec<Day>,
    /// Days of registration; `None` if the file has no column for them.
    pub(crate) registered: Option<Vec<Day>>,
    /// One for each field of the table.
    pub(crate) fields: Vec<Column>,
    /// For each field that is a text, in their order, numbers that stand for its texts in
    /// neighbouring rows of one person; by them two rows are told apart. 0 is a blank.
    pub(crate) texts: Vec<Vec<u32>>,
    /// Where the rows stand.
    pub(crate) sources: Sources,
    /// The rows in which something could not be read, and how many of their values; rising.
    pub(crate) unreadable: Vec<(usize, u32)>,
    /// The rows whose keys may have lost a zero; rising.
    pub(crate) doubtful: Vec<usize>,
}

/// A file that gives its rows a stretch at a time.
pub(crate) trait Chunks {
    /// Puts the next rows into an empty chunk. `false` if there are none.
    fn next(&mut self, chunk: &mut Chunk) -> Result<bool, Box<Problem>>;
}

impl Chunk {
    /// A chunk without rows for a table; `dated` if the file has days of registration.
    pub(crate) fn new(table: &Table, dated: bool) -> Self {
        let is_text = |ty: &FieldType| matches!(ty, FieldType::Text);
        let texts = table.fields.iter().filter(|field| is_text(&field.ty));
        Self {
            registered: dated.then(Vec::new),
            fields: table.fields.iter().map(Column::empty).collect(),
            texts: texts.map(|_| Vec::new()).collect(),
            ..Self::default()
        }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.from.len()
    }

    /// Takes away the rows, and what was half written of another, from `rows` on. Only the columns
    /// of values: a row is counted last.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.from.truncate(rows);
        self.to.truncate(rows);
        if let Some(registered) = &mut self.registered {
            registered.truncate(rows);
        }
        for column in &mut self.fields {
            match column {
                Column::Absent => {}
                Column::Choice(values) => values.truncate(rows),
                Column::Number(values) => values.truncate(rows),
                Column::Date(values) => values.truncate(rows),
                Column::YesNo(values) => values.truncate(rows),
            }
        }
        for texts in &mut self.texts {
            texts.truncate(rows);
        }
    }

    /// Takes away all rows, and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.truncate(0);
        self.persons.clear();
        self.sources.clear();
        self.unreadable.clear();
        self.doubtful.clear();
    }

    /// Appends the values of some rows of another chunk of the same table; not their keys, nor
    /// what is wrong with these.
    pub(crate) fn append(&mut self, other: &Self, rows: Range<usize>) {
        let before = self.rows();
        extend(&mut self.from, &other.from, &rows);
        extend(&mut self.to, &other.to, &rows);
        match (&mut self.registered, &other.registered) {
            (Some(mine), Some(others)) => extend(mine, others, &rows),
            // Rows of one table are all dated, or none is.
            (mine @ None, Some(others)) if before == 0 => {
                *mine = others.get(rows.clone()).map(<[Day]>::to_vec);
            }
            _ => {}
        }
        for (mine, others) in self.fields.iter_mut().zip(&other.fields) {
            match (mine, others) {
                (Column::Choice(mine), Column::Choice(others)) => extend(mine, others, &rows),
                (Column::Number(mine), Column::Number(others)) => extend(mine, others, &rows),
                (Column::Date(mine), Column::Date(others)) => extend(mine, others, &rows),
                (Column::YesNo(mine), Column::YesNo(others)) => extend(mine, others, &rows),
                _ => {}
            }
        }
        for (mine, others) in self.texts.iter_mut().zip(&other.texts) {
            extend(mine, others, &rows);
        }
        self.sources.append(&other.sources, &rows);
        let moved = |row: usize| row.saturating_sub(rows.start).saturating_add(before);
        let from = other
            .unreadable
            .partition_point(|(row, _)| *row < rows.start);
        let unreadable = other.unreadable.iter().skip(from);
        for (row, count) in unreadable.take_while(|(row, _)| *row < rows.end) {
            self.unreadable.push((moved(*row), *count));
        }
    }

    /// Takes away some rows, which rise; of rows without keys.
    pub(crate) fn leave_out(&mut self, out: &[usize]) {
        if out.is_empty() {
            return;
        }
        let mut kept = Self {
            registered: self.registered.as_ref().map(|_| Vec::new()),
            fields: self.fields.iter().map(like).collect(),
            texts: self.texts.iter().map(|_| Vec::new()).collect(),
            ..Self::default()
        };
        let mut start = 0;
        for row in out {
            kept.append(self, start..*row);
            start = row.saturating_add(1);
        }
        kept.append(self, start..self.rows());
        *self = kept;
    }

    /// How many values could not be read in these rows.
    pub(crate) fn unreadable_in(&self, rows: Range<usize>) -> u32 {
        let from = self
            .unreadable
            .partition_point(|(row, _)| *row < rows.start);
        let own = self.unreadable.iter().skip(from);
        let own = own.take_while(|(row, _)| *row < rows.end);
        own.fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// The key of one of these rows may have lost a zero.
    pub(crate) fn is_doubtful_in(&self, rows: Range<usize>) -> bool {
        let from = self.doubtful.partition_point(|row| *row < rows.start);
        self.doubtful.get(from).is_some_and(|row| *row < rows.end)
    }

    /// Everything in the row could be read.
    pub(crate) fn is_readable(&self, row: usize) -> bool {
        self.unreadable.is_empty()
            || self
                .unreadable
                .binary_search_by_key(&row, |(row, _)| *row)
                .is_err()
    }
}

/// A column of the same type without values.
fn like(column: &Column) -> Column {
    match column {
        Column::Absent => Column::Absent,
        Column::Choice(_) => Column::Choice(Vec::new()),
        Column::Number(_) => Column::Number(Vec::new()),
        Column::Date(_) => Column::Date(Vec::new()),
        Column::YesNo(_) => Column::YesNo(Vec::new()),
    }
}

fn extend<T: Copy>(mine: &mut Vec<T>, others: &[T], rows: &Range<usize>) {
    mine.extend_from_slice(others.get(rows.clone()).unwrap_or_default());
}

/// The keys of neighbouring rows, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    /// All keys, one after the other.
    text: String,
    /// Where each key ends in `text`, and where its rows end in the chunk.
    ends: Vec<(usize, usize)>,
}

impl Runs {
    /// Adds a row of the person with this key.
    pub(crate) fn push(&mut self, key: &str) {
        if self.last() == Some(key) {
            self.again();
            return;
        }
        let rows = self.rows().saturating_add(1);
        self.text.push_str(key);
        self.ends.push((self.text.len(), rows));
    }

    /// Adds the rows up to `end` of the person with this key, who is not that of the last row.
    pub(crate) fn push_rows(&mut self, key: &str, end: usize) {
        self.text.push_str(key);
        self.ends.push((self.text.len(), end));
    }

    /// Adds a row of the same person as the last.
    pub(crate) fn again(&mut self) {
        if let Some((_, end)) = self.ends.last_mut() {
            *end = end.saturating_add(1);
        }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.ends.last().map_or(0, |(_, rows)| *rows)
    }

    /// The key of the last row.
    pub(crate) fn last(&self) -> Option<&str> {
        let (end, _) = *self.ends.last()?;
        let before = self.ends.len().checked_sub(2);
        let start = before
            .and_then(|at| self.ends.get(at))
            .map_or(0, |(end, _)| *end);
        self.text.get(start..end)
    }

    /// The key of a run, and where its rows end.
    pub(crate) fn run(&self, at: usize) -> Option<(&str, usize)> {
        let (end, rows) = *self.ends.get(at)?;
        let before = at.checked_sub(1).and_then(|at| self.ends.get(at));
        let start = before.map_or(0, |(end, _)| *end);
        Some((self.text.get(start..end)?, rows))
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Each key with how many rows it has.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut from = (0, 0);
        self.ends.iter().map(move |(end, rows)| {
            let key = self.text.get(from.0..*end).unwrap_or_default();
            let count = rows.saturating_sub(from.1);
            from = (*end, *rows);
            (key, count)
        })
    }
}

/// Where rows stand; those on successive lines of a file are written once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// A row, and its place; the rows after it stand on the next lines.
    runs: Vec<(usize, Source)>,
    rows: usize,
}

impl Sources {
    /// Adds so many rows, the first of them at `source`.
    pub(crate) fn extend(&mut self, source: Source, rows: usize) {
        let expected = self.runs.last().map(|run| after(*run, self.rows));
        if rows > 0 && expected != Some(source) {
            self.runs.push((self.rows, source));
        }
        self.rows = self.rows.saturating_add(rows);
    }

    /// The place of a row.
    pub(crate) fn of(&self, row: usize) -> Source {
        let next = self.runs.partition_point(|(first, _)| *first <= row);
        let run = next.checked_sub(1).and_then(|at| self.runs.get(at));
        let unknown = Source {
            file: u32::MAX,
            line: 0,
        };
        run.map_or(unknown, |run| after(*run, row))
    }

    fn append(&mut self, other: &Self, rows: &Range<usize>) {
        let end = rows.end.min(other.rows);
        let next = other
            .runs
            .partition_point(|(first, _)| *first <= rows.start);
        let mut runs = other.runs.iter().skip(next.saturating_sub(1)).peekable();
        while let Some((first, _)) = runs.next() {
            let start = rows.start.max(*first);
            let next = runs.peek().map_or(end, |(next, _)| end.min(*next));
            if start >= end {
                break;
            }
            self.extend(other.of(start), next.saturating_sub(start));
        }
    }

    fn clear(&mut self) {
        self.runs.clear();
        self.rows = 0;
    }
}

/// The place of a row on the lines after another.
fn after((first, source): (usize, Source), row: usize) -> Source {
    let more = u32::try_from(row.saturating_sub(first)).unwrap_or(u32::MAX);
    Source {
        line: source.line.saturating_add(more),
        ..source
    }
}

/// Numbers for the texts of one column.
#[derive(Default)]
pub(crate) struct TextNumbers {
    known: Numbered,
    /// What may be forgotten when another person follows, so that memory stays bounded.
    forgets: bool,
    /// The person whose texts are numbered.
    key: String,
}

crate::hide::sealed!(TextNumbers);

impl TextNumbers {
    /// Numbers that hold in the whole table or, if it `forgets`, in neighbouring rows of a person.
    pub(crate) fn new(forgets: bool) -> Self {
        Self {
            forgets,
            ..Self::default()
        }
    }

    /// Rows of the person with this key follow.
    pub(crate) fn person(&mut self, key: &str) {
        if !self.forgets || self.key == key {
            return;
        }
        key.clone_into(&mut self.key);
        if self.known.bytes() > 64 * 1024 {
            self.known.clear();
        }
    }

    /// Rows of the person with this key came last.
    pub(crate) fn last_person(&mut self, key: &str) {
        if self.forgets {
            key.clone_into(&mut self.key);
        }
    }

    /// The number of a text that is not blank.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        self.known.number(text).0.saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Sources;
    use hjemmel_engine::case::Source;

    #[test]
    fn places_are_found_again_after_any_stretch_is_appended() {
        let places = [2, 3, 4, 9, 10, 20, 21, 22, 30].map(|line| Source {
            file: u32::from(line > 20),
            line,
        });
        let mut runs = Sources::default();
        for place in places {
            runs.extend(place, 1);
        }
        for start in 0..places.len() {
            for end in start..=places.len() {
                let mut other = Sources::default();
                other.extend(Source { file: 0, line: 7 }, 1);
                other.append(&runs, &(start..end));
                let found: Vec<Source> = (1..=end - start).map(|row| other.of(row)).collect();
                assert_eq!(found, places[start..end], "{start}..{end}");
            }
        }
    }
}
