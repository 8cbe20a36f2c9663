//! The values of one field.

use super::{NO_DAY, UNKNOWN_CHOICE, UNKNOWN_DAY, UNKNOWN_NUMBER, UNKNOWN_YES_NO};
use crate::case::Value;
use crate::model::{Field, FieldType};
use crate::time::Day;

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

    pub(super) fn len(&self) -> Option<usize> {
        match self {
            Self::Absent => None,
            Self::Choice(values) => Some(values.len()),
            Self::Number(values) => Some(values.len()),
            Self::Date(values) => Some(values.len()),
            Self::YesNo(values) => Some(values.len()),
        }
    }

    /// Whether the value of some row is unknown.
    pub(super) fn is_doubtful(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Choice(values) => values.contains(&UNKNOWN_CHOICE),
            Self::Number(values) => values.contains(&UNKNOWN_NUMBER),
            Self::Date(values) => values.contains(&UNKNOWN_DAY),
            Self::YesNo(values) => values.iter().any(|value| *value >= UNKNOWN_YES_NO),
        }
    }

    /// The rows in another order.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Choice(values) => Self::Choice(reordered(values, order)),
            Self::Number(values) => Self::Number(reordered(values, order)),
            Self::Date(values) => Self::Date(reordered(values, order)),
            Self::YesNo(values) => Self::YesNo(reordered(values, order)),
        }
    }
}

pub(super) fn reordered<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|row| values.get(*row as usize).copied())
        .collect()
}
