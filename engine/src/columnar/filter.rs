//! What rows meet, column by column.

use crate::case::Value;
use crate::columns::{
    Column, NO_DAY, TableColumns, UNKNOWN_CHOICE, UNKNOWN_DAY, UNKNOWN_NUMBER, UNKNOWN_YES_NO,
};
use crate::model::{Bound, FieldId};
use crate::plan::Filter;
use crate::time::{Day, Truth};
use std::ops::Range;

/// Whether each of the rows meets the filter.
pub(super) fn truths(filter: &Filter, table: &TableColumns, rows: &Range<usize>) -> Vec<Truth> {
    match filter {
        Filter::All(parts) => folded(parts, table, rows, Truth::Yes, Truth::min),
        Filter::Any(parts) => folded(parts, table, rows, Truth::No, Truth::max),
        Filter::AtLeast(count, parts) => {
            let parts: Vec<_> = parts.iter().map(|it| truths(it, table, rows)).collect();
            let of_row = |row: usize| {
                let met = |least: Truth| {
                    let meets = |part: &&Vec<Truth>| part.get(row).is_some_and(|it| least <= *it);
                    u32::try_from(parts.iter().filter(meets).count()).unwrap_or(u32::MAX)
                };
                if *count <= met(Truth::Yes) {
                    Truth::Yes
                } else if *count <= met(Truth::Unknown) {
                    Truth::Unknown
                } else {
                    Truth::No
                }
            };
            (0..rows.len()).map(of_row).collect()
        }
        Filter::Not(part) => {
            let part = truths(part, table, rows);
            part.into_iter().map(Truth::not).collect()
        }
        Filter::OneOf(field, values) => of_field(table, *field, rows, |value| {
            Truth::from(values.contains(&value))
        }),
        Filter::Ordered(field, order, bound) => of_field(table, *field, rows, |value| {
            let ordering = match (value, bound) {
                (Value::Number(number), Bound::Number(bound)) => number.cmp(bound),
                (Value::Date(day), Bound::Date(bound)) => day.cmp(bound),
                _ => return Truth::Unknown,
            };
            Truth::from(order.holds(ordering))
        }),
        Filter::Unknown => vec![Truth::Unknown; rows.len()],
    }
}

fn folded(
    parts: &[Filter],
    table: &TableColumns,
    rows: &Range<usize>,
    start: Truth,
    fold: fn(Truth, Truth) -> Truth,
) -> Vec<Truth> {
    let mut sum = vec![start; rows.len()];
    for part in parts {
        for (sum, truth) in sum.iter_mut().zip(truths(part, table, rows)) {
            *sum = fold(*sum, truth);
        }
    }
    sum
}

/// What a test says of each row's value in a field; unknown where the value is.
fn of_field(
    table: &TableColumns,
    field: FieldId,
    rows: &Range<usize>,
    test: impl Fn(Value) -> Truth,
) -> Vec<Truth> {
    let test = |value: Option<Value>| value.map_or(Truth::Unknown, &test);
    fn part<'c, T>(values: &'c [T], rows: &Range<usize>) -> std::slice::Iter<'c, T> {
        values.get(rows.clone()).unwrap_or_default().iter()
    }
    match table.field(field.0) {
        Column::Absent => vec![Truth::Unknown; rows.len()],
        Column::Choice(codes) => {
            // Each of the few values is asked about once.
            let most = part(codes, rows)
                .filter(|code| **code != UNKNOWN_CHOICE)
                .max();
            let each = 0..most.map_or(0, |most| usize::from(*most).saturating_add(1));
            let each: Vec<Truth> = each.map(|code| test(Some(Value::Choice(code)))).collect();
            let of = |code: &u16| each.get(usize::from(*code)).copied();
            part(codes, rows)
                .map(|code| of(code).unwrap_or(Truth::Unknown))
                .collect()
        }
        Column::Number(numbers) => part(numbers, rows)
            .map(|number| test((*number != UNKNOWN_NUMBER).then_some(Value::Number(*number))))
            .collect(),
        Column::Date(days) => part(days, rows).map(|day| test(date(*day))).collect(),
        Column::YesNo(values) => part(values, rows)
            .map(|value| test((*value < UNKNOWN_YES_NO).then_some(Value::YesNo(*value == 1))))
            .collect(),
    }
}

/// A day in a column of dates.
fn date(day: Day) -> Option<Value> {
    match day {
        UNKNOWN_DAY => None,
        NO_DAY => Some(Value::NotGiven),
        day => Some(Value::Date(day)),
    }
}

/// Whether the filter can be unknown for some row of the table.
pub(super) fn is_doubtful(filter: &Filter, table: &TableColumns) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) | Filter::AtLeast(_, parts) => {
            parts.iter().any(|part| is_doubtful(part, table))
        }
        Filter::Not(part) => is_doubtful(part, table),
        Filter::OneOf(field, _) => table.is_doubtful(field.0),
        // A decision without a date of its own has none to compare.
        Filter::Ordered(field, ..) => {
            let dates = matches!(table.field(field.0), Column::Date(_));
            dates || table.is_doubtful(field.0)
        }
        Filter::Unknown => true,
    }
}

/// A filter that asks of one field whether it is one of a few values.
pub(super) struct Codes<'c> {
    pub(super) codes: &'c [u16],
    /// A bit for each value.
    pub(super) wanted: u64,
}

impl<'c> Codes<'c> {
    /// The filter as such a one, if it is.
    pub(super) fn of(filter: &Filter, table: &'c TableColumns) -> Option<Self> {
        let Filter::OneOf(field, values) = filter else {
            return None;
        };
        let Column::Choice(codes) = table.field(field.0) else {
            return None;
        };
        let mut wanted = 0_u64;
        for value in values {
            match value {
                Value::Choice(code) if *code < 64 => wanted |= 1 << code,
                _ => return None,
            }
        }
        Some(Self { codes, wanted })
    }
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::{in_2016, when};

    #[test]
    fn a_value_that_is_not_known_leaves_it_open_whether_a_row_counts() {
        let cases = [
            "ydelse x fra 1. marts 2016, fortsat",
            "ydelse fra 1. marts 2016, fortsat",
            "ydelse y fra 1. marts 2016, fortsat",
        ];
        assert_eq!(
            in_2016(&when("ydelse hvor ikke art er y"), &cases),
            [
                "2016-03-01..2016-12-31 ja",
                "2016-03-01..2016-12-31 ukendt",
                ""
            ]
        );
    }

    #[test]
    fn a_field_may_have_more_values_than_a_word_has_bits() {
        let values: Vec<String> = (0..70).map(|number| format!("v{number}")).collect();
        let table = format!(
            "data valg\n  perioder fuldstændig\n  kode er en af {}\n\n",
            values.join(", ")
        );
        let cases = ["v0", "v63", "v64", "v69"]
            .map(|value| format!("valg {value} fra 1. marts 2016, fortsat"));
        let cases = cases.each_ref().map(String::as_str);
        for (at, value) in [(0, "v0"), (1, "v63"), (2, "v64"), (3, "v69")] {
            let rules = table.clone() + &when(&format!("valg.kode er {value}"));
            let mut expected = [""; 4];
            expected[at] = "2016-03-01..2016-12-31 ja";
            assert_eq!(in_2016(&rules, &cases), expected, "{value}");
            // The same where the rows are walked through, to see how long they last.
            let held = table.clone() + &when(&format!("(valg.kode er {value}) i mindst 3 måneder"));
            expected[at] = "2016-06-01..2016-12-31 ja";
            assert_eq!(in_2016(&held, &cases), expected, "{value}");
        }
    }

    #[test]
    fn a_number_or_a_date_that_is_not_known_leaves_it_open_what_is_more() {
        let tables = "data timer\n  perioder fuldstændig\n  tal er tal\n\n\
            data brev\n  perioder fuldstændig\n  sendt er dato\n\n";
        let cases = [
            "timer 12 fra 1. marts 2016, fortsat; brev 2. januar 2016 fra 1. marts 2016, fortsat",
            "timer 8 fra 1. marts 2016, fortsat; brev 1. januar 2016 fra 1. marts 2016, fortsat",
            "timer fra 1. marts 2016, fortsat; brev fra 1. marts 2016, fortsat",
        ];
        let expected = [
            "2016-03-01..2016-12-31 ja",
            "",
            "2016-03-01..2016-12-31 ukendt",
        ];
        for condition in ["timer.tal er over 10", "brev.sendt er efter 1. januar 2016"] {
            let rules = tables.to_owned() + &when(condition);
            assert_eq!(in_2016(&rules, &cases), expected, "{condition}");
        }
    }
}
