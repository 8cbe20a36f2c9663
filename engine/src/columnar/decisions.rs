//! Decisions of an assessment, in time or past their reassessment date.

use super::lists::{Lanes, Lists, Value};
use super::over_time::push;
use super::rows::{Asked, RowDays, Sight};
use crate::columns::{Column, NO_DAY, TableColumns, UNKNOWN_CHOICE, UNKNOWN_DAY};
use crate::evaluate::{Decided, Decision, Decisions};
use crate::model::{FieldType, Table};
use crate::plan::Reassessed;
use crate::time::{Day, Truth};
use std::rc::Rc;

/// Which decisions are asked about.
#[derive(Clone, Copy)]
pub(super) struct Which {
    pub(super) decided: Decided,
    pub(super) expired: bool,
    pub(super) reassessed: Reassessed,
}

/// The days covered by decisions that count.
pub(super) fn counted(asked: &Asked<'_>, which: Which, sight: Sight) -> Value {
    let truths = asked.truths();
    let first = asked.row_range().start;
    let (mut sure, mut possible) = (Lists::default(), Lists::default());
    let mut lanes = Lanes::default();
    let mut visible = Vec::new();
    for case in asked.cases.clone() {
        let rows = asked.columns.rows_of(case);
        let days = match sight {
            Sight::From(day) => vec![day],
            Sight::Each(window) => {
                let from = |row| RowDays::of(asked.columns, row).sure_from();
                let mut days: Vec<Day> = rows.clone().map(from).collect();
                days.retain(|day| window.start < *day && *day < window.end);
                days.push(window.start);
                days.sort_unstable();
                days.dedup();
                days
            }
        };
        for day in &days {
            visible.clear();
            visible.extend(rows.clone().filter(|row| {
                let seen = RowDays::of(asked.columns, *row).seen_from() <= *day;
                seen && asked.known(*row) != Truth::No
            }));
            let decision = |row: &usize| {
                let truth = truths.get(row.saturating_sub(first)).copied();
                seen_from(asked, which, *row, truth.unwrap_or(Truth::Unknown), *day)
            };
            let all: Vec<Decision> = visible.iter().map(decision).collect();
            let same_matter = |a: usize, b: usize| match (visible.get(a), visible.get(b)) {
                (Some(a), Some(b)) => same_matter(asked.declared, asked.columns, *a, *b),
                _ => Truth::No,
            };
            let all = &all;
            let timeline = Decisions { all, same_matter }.days(which.decided, which.expired);
            push(&mut sure, timeline.sure());
            push(&mut possible, timeline.possible());
        }
        lanes.case(days);
    }
    let lanes = matches!(sight, Sight::Each(_)).then(|| Rc::new(lanes));
    Value::new(sure, possible).in_lanes(lanes)
}

/// What a row tells to who looks from a day.
fn seen_from(asked: &Asked<'_>, which: Which, row: usize, meets: Truth, day: Day) -> Decision {
    let days = RowDays::of(asked.columns, row);
    let known = asked.known(row);
    Decision {
        covered: days.surely().filter(|_| days.sure_from() <= day),
        possibly: days.possibly(),
        decided: match asked.columns.field(Table::DECISION.0) {
            Column::Choice(codes) => codes
                .get(row)
                .filter(|code| **code != UNKNOWN_CHOICE)
                .map(|code| usize::from(*code)),
            _ => None,
        },
        last: last(asked.columns, which.reassessed, row, days.from),
        known,
        applies: meets.min(known),
    }
}

/// The last day before a decision must be reassessed; [`Day::END`] if never, `None` if unknown.
fn last(
    columns: &TableColumns,
    reassessed: Reassessed,
    row: usize,
    from: Option<Day>,
) -> Option<Day> {
    let Column::Date(dates) = columns.field(Table::REASSESS.0) else {
        return None;
    };
    match (*dates.get(row)?, reassessed) {
        (UNKNOWN_DAY, _) | (NO_DAY, Reassessed::Unknown) => None,
        (NO_DAY, Reassessed::Never) => Some(Day::END),
        (NO_DAY, Reassessed::After(length)) => from.map(|from| length.after(from)),
        (day, _) => Some(day),
    }
}

/// Whether two rows are about the same matter: their declared fields are the same, texts aside.
fn same_matter(declared: &Table, columns: &TableColumns, a: usize, b: usize) -> Truth {
    let fields = declared.fields.iter().enumerate().skip(Table::OWN_FIELDS);
    let fields = fields.filter(|(_, field)| field.ty != FieldType::Text);
    let same = fields.map(|(at, _)| match columns.field(at) {
        Column::Absent => Truth::Unknown,
        Column::Choice(values) => same(values, a, b, UNKNOWN_CHOICE),
        Column::Number(values) => same(values, a, b, crate::columns::UNKNOWN_NUMBER),
        Column::Date(values) => same(values, a, b, UNKNOWN_DAY),
        Column::YesNo(values) => same(values, a, b, crate::columns::UNKNOWN_YES_NO),
    });
    same.min().unwrap_or(Truth::Yes)
}

fn same<T: Copy + PartialEq>(values: &[T], a: usize, b: usize, unknown: T) -> Truth {
    match (values.get(a), values.get(b)) {
        (Some(a), Some(b)) if *a != unknown && *b != unknown => Truth::from(a == b),
        _ => Truth::Unknown,
    }
}
