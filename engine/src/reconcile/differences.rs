//! What differs between two pictures of a person, table by table and day by day, and making it
//! alike.

use crate::case::{Case, End, Row, Start, TableRows, Value};
use crate::model::{Model, TableId};
use crate::time::{Day, Period};
use hjemmel_grammar::syntax::Shape;

/// Something that can be made alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// What is counted.
    Definition,
    /// The rows of a table on some days.
    Rows(Patch),
    /// A table with all its rows, and the days on which it is complete.
    Table(TableId),
}

/// Days on which the rows of a table say different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) table: TableId,
    pub(super) days: Period,
}

/// The case with the rows that were known on a day.
pub(super) fn known(case: &Case, known_on: Option<Day>) -> Case {
    let mut case = case.clone();
    for table in &mut case.tables {
        table.rows.retain(|row| match (known_on, row.registered) {
            (Some(known_on), Some(registered)) => registered <= known_on,
            _ => true,
        });
    }
    case
}

/// The days of a row whose days are known; up to the last day of all if it has no end.
pub(super) fn days(row: &Row) -> Option<Period> {
    match (row.from, row.to) {
        (Start::On(from), End::On(to)) => Some(Period::inclusive(from, to)),
        (Start::On(from), End::Ongoing) => Some(Period::new(from, Day::END)),
        _ => None,
    }
}

/// Whether two rows say the same, as far as both know.
pub(super) fn agree(a: &Row, b: &Row) -> bool {
    differing_field(a, b).is_none()
}

/// The first field in which two rows say different things.
pub(super) fn differing_field(a: &Row, b: &Row) -> Option<usize> {
    let pairs = a.values.iter().zip(&b.values);
    let differs = |(a, b): (&Option<Value>, &Option<Value>)| match (a, b) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    pairs.map(differs).position(|differs| differs)
}

/// The days on which two pictures differ, table by table. A table with rows of unknown days, and
/// one that either of them lacks, is only compared as a whole.
pub(super) fn between(model: &Model, first: &Case, second: &Case) -> Vec<Patch> {
    let mut patches = Vec::new();
    for (at, table) in model.tables.iter().enumerate() {
        let (Some(mine), Some(theirs)) = (first.tables.get(at), second.tables.get(at)) else {
            continue;
        };
        let lacks = |rows: &TableRows| rows.rows.is_empty() && rows.complete.is_empty();
        let dated = |rows: &TableRows| rows.rows.iter().all(|row| days(row).is_some());
        if table.shape == Shape::Facts
            || [mine, theirs]
                .into_iter()
                .any(|rows| lacks(rows) || !dated(rows))
        {
            continue;
        }
        let table = TableId(at);
        let periods = differing_days(&mine.rows, &theirs.rows);
        patches.extend(periods.into_iter().map(|days| Patch { table, days }));
    }
    patches
}

/// The days on which some row of the one has no row of the other that says the same.
fn differing_days(mine: &[Row], theirs: &[Row]) -> Vec<Period> {
    let mut cuts: Vec<Day> = mine
        .iter()
        .chain(theirs)
        .filter_map(days)
        .flat_map(|days| [days.start, days.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut found: Vec<Period> = Vec::new();
    for (start, end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let on = |rows: &[Row]| -> Vec<Row> {
            let covers = |row: &&Row| days(row).is_some_and(|days| days.contains(*start));
            rows.iter().filter(covers).cloned().collect()
        };
        let (a, b) = (on(mine), on(theirs));
        let matched = |rows: &[Row], others: &[Row]| {
            rows.iter()
                .all(|row| others.iter().any(|other| agree(row, other)))
        };
        if matched(&a, &b) && matched(&b, &a) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == *start => last.end = *end,
            _ => found.push(Period::new(*start, *end)),
        }
    }
    found
}

/// Makes the rows of a table on some days those of the first.
pub(super) fn apply(patch: &Patch, first: &Case, case: &mut Case) {
    let (Some(mine), Some(theirs)) = (
        first.tables.get(patch.table.0),
        case.tables.get_mut(patch.table.0),
    ) else {
        return;
    };
    let mut rows = Vec::new();
    for row in &theirs.rows {
        let outside = [
            Period::new(Day::FIRST, patch.days.start),
            Period::new(patch.days.end, Day::END),
        ];
        rows.extend(outside.into_iter().filter_map(|days| clipped(row, days)));
    }
    rows.extend(mine.rows.iter().filter_map(|row| clipped(row, patch.days)));
    theirs.rows = rows;
}

/// The part of a row that lies on some days.
fn clipped(row: &Row, on: Period) -> Option<Row> {
    let own = days(row)?;
    let kept = own.and(on);
    if kept.is_empty() {
        return None;
    }
    let mut row = row.clone();
    row.from = Start::On(kept.start);
    row.to = match kept.end {
        end if end == own.end => row.to,
        _ => End::On(kept.last()),
    };
    Some(row)
}

/// Makes a table that of the first.
pub(super) fn take_table(table: TableId, first: &Case, case: &mut Case) {
    if let (Some(mine), Some(theirs)) = (first.tables.get(table.0), case.tables.get_mut(table.0)) {
        theirs.clone_from(mine);
    }
}
