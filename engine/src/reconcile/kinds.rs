//! What a difference of rows is called.

use super::differences::{Patch, agree, days, differing_field};
use super::{Kind, Reason, Side};
use crate::case::{Case, Row, Source, Value};
use crate::model::{FieldType, Model, TableId};
use crate::time::{Day, Period};

/// A row of the same length on other days lies at most so many days away …
const FAR: i32 = 366;
/// … and is as long up to so many days: weeks are whole.
const ABOUT: i32 = 7;

/// The difference that a patch takes away.
pub(super) fn of(
    model: &Model,
    first: &Case,
    second: &Case,
    patch: &Patch,
    sides: [&Side<'_>; 2],
) -> Reason {
    let mine = rows_on(first, patch.table, patch.days);
    let theirs = rows_on(second, patch.table, patch.days);
    // Those that say what no row of the other says on those days.
    let (own, other) = (without(&mine, &theirs), without(&theirs, &mine));
    let mut reason = Reason {
        table: Some(patch.table),
        days: Some(patch.days),
        first: sources(&mine),
        second: sources(&theirs),
        ..Reason::of(Kind::Unexplained)
    };
    let later = |rows: &[&Row], seen: Option<Day>| {
        let mut registered = rows.iter().filter_map(|row| row.registered);
        seen.is_some_and(|seen| registered.any(|registered| seen < registered))
    };
    let [one, two] = sides;
    let weekly = one.codes.is_some() || two.codes.is_some();
    let code = hiding(two, second, patch.days).or_else(|| hiding(one, first, patch.days));
    if later(&own, seen(two)) || later(&other, seen(one)) {
        reason.kind = Kind::RegisteredLater;
    } else if code.is_some() {
        reason.kind = Kind::Overwritten;
        reason.code = code;
    } else if let Some((field, values)) = contradiction(model, patch.table, &mine, &theirs) {
        reason.kind = Kind::OtherValues;
        reason.field = Some((field, values));
    } else if weekly && !holds_a_week(patch.days) {
        reason.kind = Kind::WholeWeeks;
    } else if let Some((shift, twin)) = shifted(first, second, patch, &own, &other) {
        reason.kind = Kind::Shifted;
        reason.shift = Some(shift);
        match own.is_empty() {
            true => reason.first = vec![twin],
            false => reason.second = vec![twin],
        }
    } else if own.is_empty() {
        reason.kind = Kind::RowMissingInFirst;
    } else {
        reason.kind = Kind::RowMissingInSecond;
    }
    reason
}

/// The last day of which an extract can tell.
fn seen(side: &Side<'_>) -> Option<Day> {
    side.known_on.into_iter().chain(side.drawn).min()
}

/// The rows of a table that have a day of some.
fn rows_on(case: &Case, table: TableId, on: Period) -> Vec<&Row> {
    let rows = case.rows(table).iter();
    rows.filter(|row| days(row).is_some_and(|days| !days.and(on).is_empty()))
        .collect()
}

/// Those that agree with none of the others.
fn without<'r>(rows: &[&'r Row], others: &[&Row]) -> Vec<&'r Row> {
    let alone = rows.iter().filter(|row| {
        let same = |other: &&Row| agree(row, other) && days(row) == days(other);
        !others.iter().any(same)
    });
    alone.copied().collect()
}

fn sources(rows: &[&Row]) -> Vec<Source> {
    rows.iter().map(|row| row.source).collect()
}

/// The code of the week in the middle of the days, if it says nothing of any table: where it
/// stands, nothing else has room.
fn hiding(side: &Side<'_>, case: &Case, on: Period) -> Option<String> {
    let middle = on.start.plus(on.end.since(on.start) / 2);
    let code = side.codes?.get(&middle.monday())?;
    let rows = case.tables.iter().flat_map(|table| &table.rows);
    let mut periods = rows
        .filter_map(days)
        .filter(|days| days.start != Day::FIRST);
    (!periods.any(|days| days.contains(middle))).then(|| code.clone())
}

/// Whether the days hold a whole calendar week.
fn holds_a_week(on: Period) -> bool {
    let monday = match on.start.monday() {
        monday if monday == on.start => monday,
        monday => monday.plus(7),
    };
    monday.plus(7) <= on.end
}

/// The field in which a row of the one and a row of the other on the same days say different
/// things, and what they say.
fn contradiction(
    model: &Model,
    table: TableId,
    mine: &[&Row],
    theirs: &[&Row],
) -> Option<(usize, [String; 2])> {
    let mut pairs = mine
        .iter()
        .flat_map(|row| theirs.iter().map(move |other| (row, other)));
    let overlap = |(row, other): &(&&Row, &&Row)| {
        let both = days(row).zip(days(other));
        both.is_some_and(|(row, other)| !row.and(other).is_empty())
    };
    let (row, other, field) = pairs
        .by_ref()
        .filter(overlap)
        .find_map(|(row, other)| Some((row, other, differing_field(row, other)?)))?;
    let shown = |row: &Row| shown(model, table, field, row.values.get(field)?.as_ref()?);
    let hidden = String::new;
    Some((
        field,
        [
            shown(row).unwrap_or_else(hidden),
            shown(other).unwrap_or_else(hidden),
        ],
    ))
}

/// A value that may be shown: of a choice, or yes or no, and not sensitive.
fn shown(model: &Model, table: TableId, field: usize, value: &Value) -> Option<String> {
    let declared = model.tables.get(table.0)?.fields.get(field)?;
    match (&declared.ty, value) {
        _ if declared.sensitive => None,
        (FieldType::Choice(names), Value::Choice(at)) => names.get(*at).cloned(),
        (_, Value::YesNo(yes)) => Some(if *yes { "ja" } else { "nej" }.to_owned()),
        _ => None,
    }
}

/// The row of the other picture that says the same on other days, which no row here answers to; by
/// how many days the second's is later.
fn shifted(
    first: &Case,
    second: &Case,
    patch: &Patch,
    own: &[&Row],
    other: &[&Row],
) -> Option<(i32, Source)> {
    let (rows, case, here, sign) = match own.is_empty() {
        false => (own, second, first, 1),
        true => (other, first, second, -1),
    };
    let length = |days: Period| days.end.since(days.start);
    let answered = |candidate: &Row| {
        let here = here.rows(patch.table).iter();
        here.into_iter().any(|row| {
            let both = days(row).zip(days(candidate));
            agree(row, candidate)
                && both.is_some_and(|(row, other)| {
                    row.start.monday() == other.start.monday()
                        && row.last().monday() == other.last().monday()
                })
        })
    };
    let candidates = rows.iter().flat_map(|row| {
        let others = case.rows(patch.table).iter();
        others.map(move |candidate| (*row, candidate))
    });
    let near = candidates.filter_map(|(row, candidate)| {
        let (mine, theirs) = days(row).zip(days(candidate))?;
        let apart = theirs.start.since(mine.start);
        let alike = agree(row, candidate)
            && apart.abs() <= FAR
            && length(mine).saturating_sub(length(theirs)).abs() <= ABOUT
            && !answered(candidate);
        alike.then_some((apart.saturating_mul(sign), candidate.source))
    });
    near.min_by_key(|(apart, _)| apart.abs())
}
