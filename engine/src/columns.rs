//! Many cases in columns: what the columnar evaluator takes, and what another engine hands over.
//!
//! A [`Batch`] holds a slice of the population, table by table, column by column, with the rows of
//! one case side by side. It says the same as a list of [`Case`]s and nothing more: no keys, no
//! places, no texts. A value that is not known is marked in its column by the constant named here,
//! never left out and never zero.

use crate::case::{Case, End, Row, Start, Value};
use crate::model::{Field, FieldId, FieldType, Model, Table, TableId};
use crate::time::{Day, Days, Period};
use std::ops::Range;

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

/// The rows of one table, sorted by case and first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumns {
    offsets: Vec<u32>,
    from: Vec<Day>,
    to: Vec<Day>,
    registered: Option<Vec<Day>>,
    fields: Vec<Column>,
    open: Open,
    /// Of each field whether some row's value is unknown.
    doubtful: Vec<bool>,
    plain: bool,
    disjoint: bool,
}

/// The values of one field, one for each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// It was not read: unknown in every row.
    Absent,
    /// Positions in the field's list of values, or [`UNKNOWN_CHOICE`].
    Choice(Vec<u16>),
    /// Thousandths, or [`UNKNOWN_NUMBER`].
    Number(Vec<i64>),
    /// Days, [`UNKNOWN_DAY`] or [`NO_DAY`].
    Date(Vec<Day>),
    /// 0, 1 or [`UNKNOWN_YES_NO`].
    YesNo(Vec<u8>),
}

/// The days on which the register is not complete, so that a row may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// The same days for every case; of none the register is complete throughout.
    Same(Days),
    /// For each case its own.
    Each(Vec<Days>),
}

/// Which tables and fields are read: the others need not be in a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reads(Vec<Option<Vec<bool>>>);

impl Reads {
    /// Nothing.
    #[must_use]
    pub fn none(model: &Model) -> Self {
        Self(vec![None; model.tables.len()])
    }

    /// Everything that the model declares.
    #[must_use]
    pub fn all(model: &Model) -> Self {
        let fields = |table: &Table| Some(vec![true; table.fields.len()]);
        Self(model.tables.iter().map(fields).collect())
    }

    /// Adds the rows of a table (a table that is not read may be given without rows).
    pub fn add_table(&mut self, model: &Model, table: TableId) {
        if let (Some(slot), Some(declared)) = (self.0.get_mut(table.0), model.tables.get(table.0)) {
            slot.get_or_insert_with(|| vec![false; declared.fields.len()]);
        }
    }

    /// Adds a field and its table.
    pub fn add_field(&mut self, model: &Model, table: TableId, field: FieldId) {
        self.add_table(model, table);
        let fields = self.0.get_mut(table.0).and_then(Option::as_mut);
        if let Some(slot) = fields.and_then(|fields| fields.get_mut(field.0)) {
            *slot = true;
        }
    }

    /// Whether the rows of a table are read.
    #[must_use]
    pub fn table(&self, table: TableId) -> bool {
        self.0.get(table.0).is_some_and(Option::is_some)
    }

    /// Whether a field is read.
    #[must_use]
    pub fn field(&self, table: TableId, field: FieldId) -> bool {
        let fields = self.0.get(table.0).and_then(Option::as_ref);
        fields.is_some_and(|fields| fields.get(field.0) == Some(&true))
    }
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

/// The columns of one table, before they are put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableParts {
    /// Where the rows of each case begin, and at last how many there are: one more than cases.
    pub offsets: Vec<u32>,
    /// First days. Rows of `stamdata` begin on [`Day::FIRST`].
    pub from: Vec<Day>,
    /// Last days, inclusive; of an event the day itself.
    pub to: Vec<Day>,
    /// Days of registration. `None` if the register has none: all was known all along. In it
    /// [`UNKNOWN_DAY`] is a row of which it is not known.
    pub registered: Option<Vec<Day>>,
    /// One for each field of the table.
    pub fields: Vec<Column>,
    /// When the register is not complete.
    pub open: Open,
}

impl TableParts {
    /// A table without rows, of which nothing is known to be missing.
    #[must_use]
    pub fn empty(cases: usize, fields: &[Field]) -> Self {
        Self {
            offsets: vec![0; cases.saturating_add(1)],
            from: Vec::new(),
            to: Vec::new(),
            registered: None,
            fields: fields.iter().map(Column::empty).collect(),
            open: Open::Same(Days::none()),
        }
    }
}

impl Column {
    /// An empty column for a field; texts are not part of any rule, and so of no column.
    #[must_use]
    pub fn empty(field: &Field) -> Self {
        match field.ty {
            FieldType::Choice(_) => Self::Choice(Vec::new()),
            FieldType::Number => Self::Number(Vec::new()),
            FieldType::Date | FieldType::BirthDate => Self::Date(Vec::new()),
            FieldType::YesNo => Self::YesNo(Vec::new()),
            FieldType::Text => Self::Absent,
        }
    }

    /// Appends a value; one that does not belong in the column is unknown.
    pub fn push(&mut self, value: Option<&Value>) {
        match self {
            Self::Absent => {}
            Self::Choice(values) => values.push(match value {
                Some(Value::Choice(at)) => u16::try_from(*at).unwrap_or(UNKNOWN_CHOICE),
                _ => UNKNOWN_CHOICE,
            }),
            Self::Number(values) => values.push(match value {
                Some(Value::Number(number)) => *number,
                _ => UNKNOWN_NUMBER,
            }),
            Self::Date(values) => values.push(match value {
                Some(Value::Date(day)) => *day,
                Some(Value::NotGiven) => NO_DAY,
                _ => UNKNOWN_DAY,
            }),
            Self::YesNo(values) => values.push(match value {
                Some(Value::YesNo(yes)) => u8::from(*yes),
                _ => UNKNOWN_YES_NO,
            }),
        }
    }

    fn len(&self) -> Option<usize> {
        match self {
            Self::Absent => None,
            Self::Choice(values) => Some(values.len()),
            Self::Number(values) => Some(values.len()),
            Self::Date(values) => Some(values.len()),
            Self::YesNo(values) => Some(values.len()),
        }
    }

    /// Whether the value of some row is unknown.
    fn is_doubtful(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Choice(values) => values.contains(&UNKNOWN_CHOICE),
            Self::Number(values) => values.contains(&UNKNOWN_NUMBER),
            Self::Date(values) => values.contains(&UNKNOWN_DAY),
            Self::YesNo(values) => values.iter().any(|value| *value >= UNKNOWN_YES_NO),
        }
    }

    /// The rows in another order.
    fn reordered(&self, order: &[u32]) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Choice(values) => Self::Choice(reordered(values, order)),
            Self::Number(values) => Self::Number(reordered(values, order)),
            Self::Date(values) => Self::Date(reordered(values, order)),
            Self::YesNo(values) => Self::YesNo(reordered(values, order)),
        }
    }
}

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
                parts.offsets.push(end(&parts.from)?);
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

/// The number of rows so far.
fn end(rows: &[Day]) -> Result<u32, ColumnsError> {
    u32::try_from(rows.len())
        .map_err(|_| ColumnsError("a batch holds at most 4,294,967,295 rows of a table".to_owned()))
}

fn fits(columns: &TableColumns, fields: &[Field], name: &str) -> Result<(), ColumnsError> {
    if columns.fields.len() != fields.len() {
        let (found, declared) = (columns.fields.len(), fields.len());
        return Err(ColumnsError(format!(
            "the table {name} has {found} columns, and declares {declared} fields"
        )));
    }
    for (column, field) in columns.fields.iter().zip(fields) {
        let expected = Column::empty(field);
        let same = std::mem::discriminant(column) == std::mem::discriminant(&expected);
        if !same && *column != Column::Absent {
            let field = &field.name;
            return Err(ColumnsError(format!(
                "the column {name}.{field} is not of the type that is declared"
            )));
        }
        if let (FieldType::Choice(values), Column::Choice(codes)) = (&field.ty, column) {
            let field = &field.name;
            let fits = |code: &u16| *code == UNKNOWN_CHOICE || usize::from(*code) < values.len();
            if values.len() >= MOST_CHOICES || !codes.iter().all(fits) {
                return Err(ColumnsError(format!(
                    "the column {name}.{field} has a position outside its list of values"
                )));
            }
        }
    }
    Ok(())
}

impl TableColumns {
    /// Puts the rows of each case in the order of their first days.
    ///
    /// # Errors
    ///
    /// The columns are not of one length, or the offsets not in order.
    pub fn new(parts: TableParts) -> Result<Self, ColumnsError> {
        let TableParts {
            offsets,
            mut from,
            mut to,
            mut registered,
            mut fields,
            open,
        } = parts;
        let rows = from.len();
        let lengths = fields.iter().filter_map(Column::len);
        let others = [Some(to.len()), registered.as_ref().map(Vec::len)];
        if lengths
            .chain(others.into_iter().flatten())
            .any(|it| it != rows)
        {
            return Err(ColumnsError(
                "columns of one table differ in length".to_owned(),
            ));
        }
        if !offsets.is_sorted()
            || offsets.first() != Some(&0)
            || offsets.last() != Some(&end(&from)?)
        {
            return Err(ColumnsError(
                "offsets must rise from 0 to the number of rows".to_owned(),
            ));
        }
        if let Open::Each(each) = &open
            && each.len().saturating_add(1) != offsets.len()
        {
            return Err(ColumnsError(
                "there must be open days for each case".to_owned(),
            ));
        }
        if let Some(order) = order(&offsets, &from) {
            from = reordered(&from, &order);
            to = reordered(&to, &order);
            registered = registered.map(|registered| reordered(&registered, &order));
            fields = fields.iter().map(|it| it.reordered(&order)).collect();
        }
        let days = from.iter().zip(&to);
        // Rows whose days are all known, and in range: what a loop need not look at one by one.
        let plain = days.fold(true, |plain, (from, to)| {
            plain & (Day::FIRST <= *from) & (*from < Day::END) & (from <= to)
        });
        Ok(Self {
            doubtful: fields.iter().map(Column::is_doubtful).collect(),
            disjoint: plain && disjoint(&offsets, &from, &to),
            offsets,
            from,
            to,
            registered,
            fields,
            open,
            plain,
        })
    }

    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.from.len()
    }

    /// Where the rows of each case begin, and where those of the last end.
    #[must_use]
    pub fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// First days, rising within a case; [`UNKNOWN_DAY`] stands first.
    #[must_use]
    pub fn from(&self) -> &[Day] {
        &self.from
    }

    /// Last days.
    #[must_use]
    pub fn to(&self) -> &[Day] {
        &self.to
    }

    /// Days of registration, if the register has them.
    #[must_use]
    pub fn registered(&self) -> Option<&[Day]> {
        self.registered.as_deref()
    }

    /// The column of a field.
    #[must_use]
    pub fn field(&self, at: usize) -> &Column {
        self.fields.get(at).unwrap_or(&Column::Absent)
    }

    /// When a row of the case may be missing.
    #[must_use]
    pub fn open(&self, case: usize) -> &[Period] {
        match &self.open {
            Open::Same(days) => days.runs(),
            Open::Each(each) => each.get(case).map_or(&[Period::ALL], Days::runs),
        }
    }

    /// No row can be missing, of any case.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match &self.open {
            Open::Same(days) => days.is_empty(),
            Open::Each(each) => each.iter().all(Days::is_empty),
        }
    }

    /// Every row's days are known, and lie where days are judged.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// No two rows of a case share a day, and every row's days are known.
    #[must_use]
    pub fn is_disjoint(&self) -> bool {
        self.disjoint
    }

    /// Whether the value of some row in a field is unknown.
    #[must_use]
    pub fn is_doubtful(&self, field: usize) -> bool {
        self.doubtful.get(field).is_none_or(|doubtful| *doubtful)
    }

    /// The positions of the rows of a case.
    #[inline]
    #[must_use]
    pub fn rows_of(&self, case: usize) -> Range<usize> {
        match self.offsets.get(case..case.saturating_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }
}

/// Whether no two rows of a case share a day; rows are in order.
fn disjoint(offsets: &[u32], from: &[Day], to: &[Day]) -> bool {
    let pairs = offsets.iter().zip(offsets.iter().skip(1));
    pairs.clone().all(|(start, end)| {
        let (start, end) = (*start as usize, *end as usize);
        let from = from.get(start..end).unwrap_or_default();
        let to = to.get(start..end).unwrap_or_default();
        to.iter()
            .zip(from.iter().skip(1))
            .all(|(to, next)| to < next)
    })
}

/// The order of the rows by case and first day, where they are not in it.
fn order(offsets: &[u32], from: &[Day]) -> Option<Vec<u32>> {
    let ranges = || {
        let pairs = offsets.iter().zip(offsets.iter().skip(1));
        pairs.map(|(start, end)| *start..*end)
    };
    let days = |range: &Range<u32>| from.get(range.start as usize..range.end as usize);
    if ranges().all(|range| days(&range).unwrap_or_default().is_sorted()) {
        return None;
    }
    let mut order: Vec<u32> = (0..u32::try_from(from.len()).ok()?).collect();
    for range in ranges() {
        let rows = order.get_mut(range.start as usize..range.end as usize)?;
        rows.sort_by_key(|row| from.get(*row as usize));
    }
    Some(order)
}

fn reordered<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|row| values.get(*row as usize).copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(offsets: &[u32], from: &[i32]) -> TableParts {
        let days: Vec<Day> = from.iter().map(|day| Day::from_number(*day)).collect();
        TableParts {
            offsets: offsets.to_vec(),
            to: days.clone(),
            from: days,
            registered: None,
            fields: vec![Column::Choice((0_u16..).take(from.len()).collect())],
            open: Open::Same(Days::none()),
        }
    }

    #[test]
    fn rows_are_put_in_order_within_their_case() {
        let columns = TableColumns::new(parts(&[0, 3, 3, 5], &[30, 10, 20, 9, 8])).unwrap();
        let days: Vec<i32> = columns.from().iter().map(|day| day.number()).collect();
        assert_eq!(days, [10, 20, 30, 8, 9]);
        assert_eq!(*columns.field(0), Column::Choice(vec![1, 2, 0, 4, 3]));
        assert_eq!(columns.rows_of(1), 3..3);
    }

    #[test]
    fn columns_that_do_not_fit_are_refused() {
        let refused = |parts| TableColumns::new(parts).unwrap_err().to_string();
        assert_eq!(
            refused(parts(&[0, 2], &[1])),
            "offsets must rise from 0 to the number of rows"
        );
        let mut short = parts(&[0, 2], &[1, 2]);
        short.to.pop();
        assert_eq!(refused(short), "columns of one table differ in length");
    }
}
