//! Many cases in columns: what the columnar evaluator takes, and what another engine hands over.
//!
//! A [`Batch`] holds a slice of the population, table by table, column by column, with the rows of
//! one case side by side. It says the same as a list of [`Case`]s and nothing more: no keys, no
//! places, no texts. A value that is not known is marked in its column by the constant named here,
//! never left out and never zero.

mod column;
mod reads;
mod table;

pub use column::Column;
pub use reads::Reads;
pub use table::{Open, TableColumns, TableParts};

use crate::case::{Case, End, Row, Start};
use crate::model::{FieldId, Model, TableId};
use crate::time::{Day, Days};
use table::{fits, row_count};

/// In `from`, `to` and columns of dates: it is not known.
pub const UNKNOWN_DAY: Day = Day::from_number(i32::MIN);
/// In `to`: the row has no end. In columns of dates: there is none, and that is known.
pub const NO_DAY: Day = Day::from_number(i32::MAX);
/// In columns of choices: it is not known.
pub const UNKNOWN_CHOICE: u16 = u16::MAX;
/// In columns of numbers: it is not known.
pub const UNKNOWN_NUMBER: i64 = i64::MIN;
/// In columns of yes and no, where 0 is no and 1 is yes: it is not known.
pub const UNKNOWN_YES_NO: u8 = 2;

/// The rows of many cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    cases: usize,
    tables: Vec<TableColumns>,
}

/// Columns that do not fit together: a fault of the program that made them, not of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnsError(pub String);

impl std::fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ColumnsError {}

/// The most values that a field may have to choose from.
pub const MOST_CHOICES: usize = UNKNOWN_CHOICE as usize;

impl Batch {
    /// Puts tables together, in the order of [`Model::tables`].
    ///
    /// # Errors
    ///
    /// The tables are not those of the model, or not of the same number of cases.
    pub fn new(model: &Model, tables: Vec<TableColumns>) -> Result<Self, ColumnsError> {
        if tables.len() != model.tables.len() {
            let (found, declared) = (tables.len(), model.tables.len());
            return Err(ColumnsError(format!(
                "{found} tables were given, and the rules declare {declared}"
            )));
        }
        let cases = tables.first().map_or(0, TableColumns::cases);
        for (columns, table) in tables.iter().zip(&model.tables) {
            if columns.cases() != cases {
                let found = columns.cases();
                return Err(ColumnsError(format!(
                    "the table {} has {found} cases, another has {cases}",
                    table.name
                )));
            }
            fits(columns, &table.fields, &table.name)?;
        }
        Ok(Self { cases, tables })
    }

    /// The same as the cases, in their order.
    ///
    /// # Errors
    ///
    /// There are more rows or values to choose from than columns can number.
    pub fn from_cases(model: &Model, cases: &[Case]) -> Result<Self, ColumnsError> {
        let tables = model.tables.iter().enumerate().map(|(at, table)| {
            let mut parts = TableParts::empty(0, &table.fields);
            let mut open = Vec::with_capacity(cases.len());
            let dated = |case: &Case| case.tables.get(at).is_some_and(|table| table.dated);
            let mut registered = cases.iter().any(dated).then(Vec::new);
            for case in cases {
                let rows = case.tables.get(at);
                open.push(rows.map_or_else(Days::all, |rows| rows.complete.not()));
                for row in rows.map_or(&[][..], |rows| &rows.rows) {
                    push(&mut parts, row, registered.as_mut(), dated(case));
                }
                parts.offsets.push(row_count(&parts.from)?);
            }
            parts.registered = registered;
            let same = open.first().cloned().unwrap_or_default();
            parts.open = if open.iter().all(|days| *days == same) {
                Open::Same(same)
            } else {
                Open::Each(open)
            };
            TableColumns::new(parts)
        });
        Self::new(model, tables.collect::<Result<_, _>>()?)
    }

    /// Some of the cases, by their positions, in that order; only what is read.
    pub(crate) fn select(&self, cases: &[usize], reads: &Reads) -> Self {
        let table = |(at, table): (usize, &TableColumns)| {
            let read = |field| reads.field(TableId(at), FieldId(field));
            match reads.table(TableId(at)) {
                true => table.select(cases, read),
                false => table.select(&[], |_| false).without_rows(cases.len()),
            }
        };
        Self {
            cases: cases.len(),
            tables: self.tables.iter().enumerate().map(table).collect(),
        }
    }

    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// The tables, in the order of the model's.
    #[must_use]
    pub fn tables(&self) -> &[TableColumns] {
        &self.tables
    }
}

fn push(parts: &mut TableParts, row: &Row, registered: Option<&mut Vec<Day>>, dated: bool) {
    parts.from.push(match row.from {
        Start::On(day) => day,
        Start::Unknown => UNKNOWN_DAY,
    });
    parts.to.push(match row.to {
        End::On(day) => day,
        End::Ongoing => NO_DAY,
        End::Unknown => UNKNOWN_DAY,
    });
    if let Some(registered) = registered {
        // Where rows have no such dates, everything counts as known all along.
        let unknown = if dated { UNKNOWN_DAY } else { Day::FIRST };
        registered.push(row.registered.unwrap_or(unknown));
    }
    for (column, value) in parts.fields.iter_mut().zip(&row.values) {
        column.push(value.as_ref());
    }
}
