//! One case: what the registers say about one person, as rows of the declared tables.
//!
//! Plain data, made by the extract reader or from an example. A fact that could not be read is an
//! unknown fact with a place, never a missing row.

use crate::model::{Model, TableId};
use crate::personal::Personal;
use crate::time::{Day, Days};

/// The rows of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The person's key in the extract.
    pub id: Personal,
    /// One entry for each of [`Model::tables`], in that order.
    pub tables: Vec<TableRows>,
}

impl Case {
    /// A case without rows, in registers that are as complete as the model declares them.
    #[must_use]
    pub fn empty(model: &Model, id: impl Into<String>) -> Self {
        let rows = |complete| TableRows {
            rows: Vec::new(),
            complete,
            dated: false,
        };
        let complete = |complete| if complete { Days::all() } else { Days::none() };
        let tables = model
            .tables
            .iter()
            .map(|table| rows(complete(table.complete)))
            .collect();
        Self {
            id: Personal::new(id),
            tables,
        }
    }

    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, table: TableId) -> &[Row] {
        self.tables.get(table.0).map_or(&[], |table| &table.rows)
    }
}

/// The rows of one table in one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRows {
    /// In the order of the extract.
    pub rows: Vec<Row>,
    /// The days for which the register is complete: no row means no. On other days no row means
    /// unknown.
    pub complete: Days,
    /// Rows of the register have a registration date. Of a row without one it is then not known
    /// by when it was known; where there are no such dates, everything counts as known all along.
    pub dated: bool,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// First day. `stamdata` rows begin on [`Day::FIRST`].
    pub from: Start,
    /// Last day. For an event the day itself.
    pub to: End,
    /// One entry for each field of the table; `None` is unknown.
    pub values: Vec<Option<Value>>,
    /// The day it was registered. Without one see [`TableRows::dated`].
    pub registered: Option<Day>,
    /// Where it stands.
    pub source: Source,
}

/// When a row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// On this day.
    On(Day),
    /// Nobody knows.
    Unknown,
}

/// When a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// On this day, which is its last.
    On(Day),
    /// `fortsat`: it has no end.
    Ongoing,
    /// `slutdato ukendt`: on its first day or later.
    Unknown,
}

/// Where a row stands: the file (by its position in the extract's list of files) and the line,
/// both of which the extract's reader can name. Examples use the line of the rule file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// Position in the extract's list of files.
    pub file: u32,
    /// Line (of a sheet: row), from 1.
    pub line: u32,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// An enumerated value: its position in the field's list.
    Choice(usize),
    /// A number in thousandths.
    Number(i64),
    /// A date or a date of birth.
    Date(Day),
    /// Yes or no.
    YesNo(bool),
    /// Text, for people only.
    Text(Personal),
    /// There is none, and that is known: a decision without a reassessment date of its own.
    NotGiven,
}
