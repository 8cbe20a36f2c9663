//! The rows of one table.

use super::column::reordered;
use super::{Column, ColumnsError, MOST_CHOICES, UNKNOWN_CHOICE};
use crate::model::{Field, FieldType};
use crate::time::{Day, Days, Period};
use std::ops::Range;

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

/// The days on which the register is not complete, so that a row may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// The same days for every case; of none the register is complete throughout.
    Same(Days),
    /// For each case its own.
    Each(Vec<Days>),
}

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
            || offsets.last() != Some(&row_count(&from)?)
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

    /// The same for so many cases, that have no rows.
    pub(super) fn without_rows(self, cases: usize) -> Self {
        Self {
            offsets: vec![0; cases.saturating_add(1)],
            open: Open::Same(Days::all()),
            ..self
        }
    }

    /// The rows of some of the cases.
    pub(super) fn select(&self, cases: &[usize], read: impl Fn(usize) -> bool) -> Self {
        let mut offsets = Vec::with_capacity(cases.len().saturating_add(1));
        let mut rows: Vec<u32> = Vec::new();
        offsets.push(0);
        for case in cases {
            rows.extend(self.rows_of(*case).map(|row| row as u32));
            offsets.push(rows.len() as u32);
        }
        let open = match &self.open {
            Open::Same(days) => Open::Same(days.clone()),
            Open::Each(_) => {
                let open = cases.iter().map(|case| self.open(*case).iter().copied());
                Open::Each(open.map(Days::from_sorted).collect())
            }
        };
        Self {
            offsets,
            from: reordered(&self.from, &rows),
            to: reordered(&self.to, &rows),
            registered: self.registered.as_ref().map(|it| reordered(it, &rows)),
            fields: (self.fields.iter().enumerate())
                .map(|(at, field)| match read(at) {
                    true => field.reordered(&rows),
                    false => Column::Absent,
                })
                .collect(),
            open,
            doubtful: self.doubtful.clone(),
            plain: self.plain,
            disjoint: self.disjoint,
        }
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

/// The number of rows so far.
pub(super) fn row_count(rows: &[Day]) -> Result<u32, ColumnsError> {
    u32::try_from(rows.len())
        .map_err(|_| ColumnsError("a batch holds at most 4,294,967,295 rows of a table".to_owned()))
}

/// Whether the columns are those that the table declares.
pub(super) fn fits(
    columns: &TableColumns,
    fields: &[Field],
    name: &str,
) -> Result<(), ColumnsError> {
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
