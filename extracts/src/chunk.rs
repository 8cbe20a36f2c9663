//! Rows of one table in columns, as a large file gives them: a stretch at a time, in its order.

use hjemmel_engine::columns::Column;
use hjemmel_engine::time::Day;

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
    /// The rows in which something could not be read, and how many of their values; rising.
    pub(crate) unreadable: Vec<(usize, u32)>,
    /// The rows whose keys may have lost a zero; rising.
    pub(crate) doubtful: Vec<usize>,
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

    fn last(&self) -> Option<&str> {
        let (end, _) = *self.ends.last()?;
        let before = self.ends.len().checked_sub(2);
        let start = before
            .and_then(|at| self.ends.get(at))
            .map_or(0, |(end, _)| *end);
        self.text.get(start..end)
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
