//! The edits of a row that would undo a slip.

use super::slip::{Edge, Slip, What};
use crate::case::{End, Row, Start, Value};
use crate::model::FieldId;
use crate::time::Day;
use chrono::Datelike as _;

/// One edit of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another value.
    Value {
        /// The field.
        field: FieldId,
        /// What stands there.
        from: Value,
        /// What would stand there.
        to: Value,
    },
    /// Other days.
    Days {
        /// The days that stand there.
        from: (Start, End),
        /// The days that would.
        to: (Start, End),
    },
}

impl Change {
    /// The row with the edit made.
    #[must_use]
    pub fn made_in(&self, row: &Row) -> Row {
        let mut row = row.clone();
        match self {
            Self::Value { field, to, .. } => {
                if let Some(value) = row.values.get_mut(field.0) {
                    *value = Some(to.clone());
                }
            }
            Self::Days { to: (from, to), .. } => (row.from, row.to) = (*from, *to),
        }
        row
    }
}

/// The edits of a row that undo one kind of slip, with their sizes: how many days a date is off,
/// and 1 for everything else. The smallest come first. `others` are the first days of the table's
/// other rows.
pub(super) fn edits(slip: &Slip, row: &Row, others: &[Day], day: Day) -> Vec<(Change, i32)> {
    match &slip.what {
        What::Value {
            field,
            from,
            to,
            begun,
        } => value(row, *field, from, to)
            .filter(|_| !begun || matches!(row.from, Start::On(first) if first <= day))
            .map(|change| (change, 1))
            .into_iter()
            .collect(),
        What::NoEnd => no_end(row, others)
            .map(|change| (change, 1))
            .into_iter()
            .collect(),
        What::Days(edge, most) => {
            let sizes = (1..=*most).flat_map(|days| [days, days.saturating_neg()]);
            let moved = sizes.filter_map(|days| {
                let change = moved(row, *edge, |date| Some(date.plus(days)))?;
                Some((change, days.saturating_abs()))
            });
            moved.collect()
        }
        What::Month(edge) => stepped(row, *edge, &[1, -1]),
        What::Year(edge) => stepped(row, *edge, &[12, -12]),
        What::Swapped(edge) => once(moved(row, *edge, swapped)),
        What::Digits(edge) => once(moved(row, *edge, digits)),
    }
}

fn once(change: Option<Change>) -> Vec<(Change, i32)> {
    change.map(|change| (change, 1)).into_iter().collect()
}

fn value(row: &Row, field: FieldId, from: &[Value], to: &Value) -> Option<Change> {
    let stands = row.values.get(field.0)?.as_ref()?;
    (from.contains(stands) && stands != to).then(|| Change::Value {
        field,
        from: stands.clone(),
        to: to.clone(),
    })
}

/// A row that should have ended on the day before the register's next one begins.
fn no_end(row: &Row, others: &[Day]) -> Option<Change> {
    let Start::On(first) = row.from else {
        return None;
    };
    let next = others.iter().filter(|day| first < **day).min()?;
    (row.to == End::Ongoing).then(|| Change::Days {
        from: (row.from, row.to),
        to: (row.from, End::On(next.previous())),
    })
}

fn stepped(row: &Row, edge: Edge, months: &[i32]) -> Vec<(Change, i32)> {
    let changes = months
        .iter()
        .filter_map(|months| moved(row, edge, |date| months_later(date, *months)));
    changes.map(|change| (change, 1)).collect()
}

/// The row with its days moved; none if it has no such day, or would end before it begins.
fn moved(row: &Row, edge: Edge, step: impl Fn(Day) -> Option<Day>) -> Option<Change> {
    let first = |from: Start| match from {
        Start::On(day) => step(day).map(Start::On),
        Start::Unknown => None,
    };
    let last = |to: End| match to {
        End::On(day) => step(day).map(End::On),
        End::Ongoing | End::Unknown => None,
    };
    let to = match edge {
        Edge::First => (first(row.from)?, row.to),
        Edge::Last => (row.from, last(row.to)?),
        Edge::Both => (first(row.from)?, last(row.to)?),
    };
    let backwards = matches!(to, (Start::On(first), End::On(last)) if last < first);
    (to != (row.from, row.to) && !backwards).then_some(Change::Days {
        from: (row.from, row.to),
        to,
    })
}

/// The same day of another month. A day that the month does not have cannot have been meant.
fn months_later(day: Day, months: i32) -> Option<Day> {
    let date = day.date();
    let of_year = i32::try_from(date.month0()).ok()?.checked_add(months)?;
    let year = date.year().checked_add(of_year.div_euclid(12))?;
    let month = u32::try_from(of_year.rem_euclid(12)).ok()?.checked_add(1)?;
    Day::from_ymd(year, month, date.day())
}

fn swapped(day: Day) -> Option<Day> {
    let date = day.date();
    Day::from_ymd(date.year(), date.day(), date.month())
}

fn digits(day: Day) -> Option<Day> {
    let date = day.date();
    let (tens, ones) = (date.day() / 10, date.day() % 10);
    Day::from_ymd(
        date.year(),
        date.month(),
        ones.checked_mul(10)?.checked_add(tens)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Source;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    fn row(first: Day, last: Day) -> Row {
        Row {
            from: Start::On(first),
            to: End::On(last),
            values: Vec::new(),
            registered: None,
            source: Source::default(),
        }
    }

    fn shown(what: What, row: &Row, others: &[Day]) -> Vec<String> {
        let slip = Slip {
            name: String::new(),
            title: hjemmel_grammar::diagnostic::Text::same(""),
            table: crate::model::TableId(0),
            what,
            points: 0,
            per_day: 0,
        };
        let edits = edits(&slip, row, others, day(2017, 7, 31)).into_iter();
        let words = edits.map(|(change, size)| match change {
            Change::Days {
                to: (Start::On(from), End::On(to)),
                ..
            } => format!("{from}/{to} {size}"),
            other => format!("{other:?}"),
        });
        words.collect()
    }

    #[test]
    fn dates_are_what_a_hand_may_have_meant() {
        let row = row(day(2016, 5, 9), day(2016, 7, 31));
        let all = |what| shown(what, &row, &[]);
        assert_eq!(
            all(What::Days(Edge::Last, 2)),
            [
                "2016-05-09/2016-08-01 1",
                "2016-05-09/2016-07-30 1",
                "2016-05-09/2016-08-02 2",
                "2016-05-09/2016-07-29 2"
            ]
        );
        assert_eq!(
            all(What::Month(Edge::Last)),
            ["2016-05-09/2016-08-31 1"],
            "there is no 31 June"
        );
        assert_eq!(
            all(What::Year(Edge::Both)),
            ["2017-05-09/2017-07-31 1", "2015-05-09/2015-07-31 1"]
        );
        assert_eq!(
            all(What::Year(Edge::Last)),
            ["2016-05-09/2017-07-31 1"],
            "it would end before it begins"
        );
        assert_eq!(
            all(What::Swapped(Edge::First)),
            [""; 0],
            "it would begin after it ends"
        );
        assert_eq!(all(What::Digits(Edge::Last)), ["2016-05-09/2016-07-13 1"]);
    }

    #[test]
    fn a_row_without_an_end_ends_where_the_next_begins() {
        let mut row = row(day(2016, 5, 9), day(2016, 7, 31));
        let others = [day(2016, 1, 1), day(2017, 3, 1), day(2017, 9, 1)];
        assert_eq!(shown(What::NoEnd, &row, &others), [""; 0]);
        row.to = End::Ongoing;
        assert_eq!(
            shown(What::NoEnd, &row, &others),
            ["2016-05-09/2017-02-28 1"]
        );
    }
}
