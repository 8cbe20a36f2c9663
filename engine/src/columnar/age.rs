//! Whole years since a date in a table of facts.

use super::lists::{Lists, Value};
use super::rows::known;
use crate::columns::{Column, NO_DAY, TableColumns, UNKNOWN_DAY};
use crate::model::FieldId;
use crate::time::{Day, Length, Period, Truth, Unit};
use hjemmel_grammar::syntax::Order;
use std::ops::Range;

/// The days on which the age compares so.
pub(super) fn compared(
    columns: &TableColumns,
    cases: Range<usize>,
    (field, order, years): (FieldId, Order, u32),
    known_on: Option<Day>,
) -> Value {
    let (mut sure, mut possible) = (Lists::default(), Lists::default());
    // From the day after a birthday's eve on, or until then.
    let years = match order {
        Order::AtLeast | Order::Under => years,
        Order::Over | Order::AtMost => years.saturating_add(1),
    };
    let length = Length::new(years, Unit::Years);
    for case in cases {
        let days = birth(columns, case, field, known_on).map(|born| match order {
            Order::AtLeast | Order::Over => Period::new(length.after(born), Day::END),
            Order::Under | Order::AtMost => Period::new(Day::FIRST, length.after(born)),
        });
        sure.lane(|out| days.iter().for_each(|days| out.push(*days)));
        possible.lane(|out| out.push(days.unwrap_or(Period::ALL)));
    }
    Value::new(sure, possible)
}

/// The date in the first row that exists; `None` if it is unknown.
fn birth(
    columns: &TableColumns,
    case: usize,
    field: FieldId,
    known_on: Option<Day>,
) -> Option<Day> {
    let mut rows = columns.rows_of(case);
    let row = rows.find(|row| known(columns, known_on, *row) != Truth::No)?;
    let Column::Date(dates) = columns.field(field.0) else {
        return None;
    };
    let day = dates
        .get(row)
        .filter(|day| **day != UNKNOWN_DAY && **day != NO_DAY)?;
    (known(columns, known_on, row) == Truth::Yes).then_some(*day)
}
