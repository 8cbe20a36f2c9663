//! Typed columns to columns of the engine, whole arrays at a time, as far as their values are plain.
//!
//! A value is plain if the reader of cells would take it without a remark. Rows in which some value is
//! not are marked as odd, and are read one by one as the rows of any other file.

use crate::chunk::TextNumbers;
use crate::columns::{Column as Named, Role};
use crate::csv::FIELD_CAP;
use crate::problem::{CellPlace, Place, Problem};
use crate::record::{Cell, CellValue};
use crate::settings::Settings;
use crate::table_stream::{last_day, text_number};
use crate::typed::{Shared, Texts, Values, value};
use crate::values::CellReader;
use hjemmel_engine::case::Value;
use hjemmel_engine::columns::{
    Column, NO_DAY, UNKNOWN_CHOICE, UNKNOWN_DAY, UNKNOWN_NUMBER, UNKNOWN_YES_NO,
};
use hjemmel_engine::model::{Field, FieldType, Table};
use hjemmel_engine::time::Day;
use std::collections::HashMap;
use std::hash::Hash;

/// How many different values of one column are remembered.
const REMEMBERED: usize = 16 * 1024;

/// What the rows of one table are read by.
pub(crate) struct Plain<'a> {
    table: &'a Table,
    settings: &'a Settings<'a>,
    /// End dates that mean something else than a day.
    ends: Vec<Day>,
    oldest_birth: Day,
    file: Place,
    said: Vec<Problem>,
}

/// Rows that have to be read one by one.
pub(crate) type Odd = Vec<bool>;

impl<'a> Plain<'a> {
    pub(crate) fn new(table: &'a Table, settings: &'a Settings<'a>) -> Self {
        let read = |end: &String| settings.dates.read(end.trim());
        let ends = settings.ongoing.iter().filter_map(read);
        let placeholder = Day::from_ymd(2099, 12, 31);
        Self {
            table,
            settings,
            ends: ends.map(|end| end.day).chain(placeholder).collect(),
            oldest_birth: Day::from_ymd(1800, 1, 1).unwrap_or(Day::FIRST),
            file: Place::default(),
            said: Vec::new(),
        }
    }

    /// First days, or those of events.
    pub(crate) fn starts(&mut self, column: &Named, values: &Values, odd: &mut Odd) -> Vec<Day> {
        let days = |days: i32| in_range(days, Day::FIRST);
        self.days(column, values, odd, None, days, |reader, cell| {
            reader.date(cell, Day::FIRST)
        })
    }

    /// Last days.
    pub(crate) fn ends(&mut self, column: &Named, values: &Values, odd: &mut Odd) -> Vec<Day> {
        let blank = self.settings.blank_end.map(last_day);
        let (ends, name) = (std::mem::take(&mut self.ends), self.table.name.as_str());
        let last = Day::END.previous();
        let days =
            |days: i32| in_range(days, Day::FIRST).filter(|day| *day < last && !ends.contains(day));
        let found = self.days(column, values, odd, blank, days, |reader, cell| {
            reader.end(cell, name).ok().map(last_day)
        });
        self.ends = ends;
        found
    }

    /// Days of registration.
    pub(crate) fn registered(
        &mut self,
        column: &Named,
        values: &Values,
        odd: &mut Odd,
    ) -> Vec<Day> {
        let days = |days: i32| in_range(days, Day::FIRST);
        let blank = Some(UNKNOWN_DAY);
        self.days(column, values, odd, blank, days, |reader, cell| {
            reader.date(cell, Day::FIRST)
        })
    }

    /// The values of a field.
    pub(crate) fn field(
        &mut self,
        column: &Named,
        field: &Field,
        values: &Values,
        odd: &mut Odd,
    ) -> Column {
        match &field.ty {
            // Texts are not handed over: see `texts`.
            FieldType::Text => Column::Absent,
            FieldType::Choice(_) => {
                let read = |reader: &mut CellReader<'_>, cell: &Cell<'_>| match reader
                    .field(field, cell)
                {
                    Some(Value::Choice(at)) => u16::try_from(at).ok(),
                    _ => Some(UNKNOWN_CHOICE),
                };
                let blank = Some(UNKNOWN_CHOICE);
                Column::Choice(self.column(
                    column,
                    values,
                    odd,
                    (blank, UNKNOWN_CHOICE),
                    |_, _| None,
                    read,
                ))
            }
            FieldType::Number => {
                let read = |reader: &mut CellReader<'_>, cell: &Cell<'_>| match reader
                    .field(field, cell)
                {
                    Some(Value::Number(number)) => Some(number),
                    _ => Some(UNKNOWN_NUMBER),
                };
                let blank = Some(UNKNOWN_NUMBER);
                Column::Number(self.column(
                    column,
                    values,
                    odd,
                    (blank, UNKNOWN_NUMBER),
                    thousandths,
                    read,
                ))
            }
            FieldType::YesNo => {
                let read = |reader: &mut CellReader<'_>, cell: &Cell<'_>| match reader
                    .field(field, cell)
                {
                    Some(Value::YesNo(yes)) => Some(u8::from(yes)),
                    _ => Some(UNKNOWN_YES_NO),
                };
                let blank = Some(UNKNOWN_YES_NO);
                Column::YesNo(self.column(
                    column,
                    values,
                    odd,
                    (blank, UNKNOWN_YES_NO),
                    answer,
                    read,
                ))
            }
            FieldType::Date | FieldType::BirthDate => {
                Column::Date(self.dates(column, field, values, odd))
            }
        }
    }

    /// Numbers for the texts of a field.
    pub(crate) fn texts(
        &mut self,
        column: &Named,
        field: &Field,
        values: &Values,
        odd: &mut Odd,
        known: &mut TextNumbers,
    ) -> Vec<u32> {
        let read = |reader: &mut CellReader<'_>, cell: &Cell<'_>| {
            // Longer ones are refused where rows are read one by one.
            let long = matches!(cell.value, CellValue::Text(text) if text.len() > FIELD_CAP);
            let value = reader.field(field, cell);
            (!long).then(|| text_number(known, value.as_ref()))
        };
        self.column(column, values, odd, (Some(0), 0), |_, _| None, read)
    }

    fn dates(&mut self, column: &Named, field: &Field, values: &Values, odd: &mut Odd) -> Vec<Day> {
        let reassess = Role::Field(Table::REASSESS) == column.role && self.table.assessment;
        let blank = if reassess { NO_DAY } else { UNKNOWN_DAY };
        let oldest = self.oldest_birth;
        let days = |days: i32| in_range(days, oldest);
        self.days(
            column,
            values,
            odd,
            Some(blank),
            days,
            |reader, cell| match reader.field(field, cell) {
                Some(Value::Date(day)) => Some(day),
                _ => None,
            },
        )
    }

    /// A column of days: `plain` is a day that is taken as it is, by its number.
    fn days(
        &mut self,
        column: &Named,
        values: &Values,
        odd: &mut Odd,
        blank: Option<Day>,
        plain: impl Fn(i32) -> Option<Day>,
        read: impl FnMut(&mut CellReader<'_>, &Cell<'_>) -> Option<Day>,
    ) -> Vec<Day> {
        let typed = |values: &Values, row: usize| match values {
            Values::Days(days) => plain(value(days, days.values(), row)?),
            Values::Times(times, day) => {
                let time = value(times, times.values(), row)?;
                let days = i32::try_from(time.div_euclid(*day)).ok()?;
                plain(days).filter(|_| time.rem_euclid(*day) == 0)
            }
            _ => None,
        };
        self.column(column, values, odd, (blank, UNKNOWN_DAY), typed, read)
    }

    /// A column: `typed` reads the types that hold such values, `read` all others (and once for
    /// each different value, if they are texts). A blank value is the first of `blank`, or odd; the
    /// second fills the place of odd ones.
    fn column<T: Copy>(
        &mut self,
        column: &Named,
        values: &Values,
        odd: &mut Odd,
        blank: (Option<T>, T),
        typed: impl Fn(&Values, usize) -> Option<T>,
        mut read: impl FnMut(&mut CellReader<'_>, &Cell<'_>) -> Option<T>,
    ) -> Vec<T> {
        let (blank, filler) = blank;
        let mut judge = |value: CellValue<'_>| self.judge(column, value, blank, &mut read);
        let found: Vec<Option<T>> = match values {
            Values::Shared(shared) => of_shared(shared, odd.len(), blank, judge),
            Values::Text(texts) => {
                let text = |row| texts.get(row);
                remembered(odd.len(), blank, text, |text| judge(CellValue::Text(text)))
            }
            Values::Float(numbers) => {
                let bits = |row| value(numbers, numbers.values(), row).map(f64::to_bits);
                let number = |bits| CellValue::Number(f64::from_bits(bits));
                remembered(odd.len(), blank, bits, |bits| judge(number(bits)))
            }
            values => {
                let rows = 0..odd.len();
                let read = |row| typed(values, row).or_else(|| judge(values.cell(row)));
                rows.map(read).collect()
            }
        };
        let found = found.into_iter().zip(odd);
        let found = found.map(|(value, odd)| {
            *odd |= value.is_none();
            value.unwrap_or(filler)
        });
        found.collect()
    }

    /// What the reader of cells takes a value for; none if it has something to say of it.
    fn judge<T>(
        &mut self,
        column: &Named,
        value: CellValue<'_>,
        blank: Option<T>,
        read: impl FnOnce(&mut CellReader<'_>, &Cell<'_>) -> Option<T>,
    ) -> Option<T> {
        let cell = Cell {
            value,
            line: 0,
            column: 0,
        };
        if cell.is_blank() {
            return blank;
        }
        self.said.clear();
        let place = CellPlace {
            file: &self.file,
            line: 0,
            column: 0,
            name: &column.name,
        };
        let mut reader = CellReader {
            settings: self.settings,
            place,
            problems: &mut self.said,
        };
        read(&mut reader, &cell).filter(|_| self.said.is_empty())
    }
}

/// Values of texts that many rows share: each is judged once.
fn of_shared<T: Copy>(
    shared: &Shared,
    rows: usize,
    blank: Option<T>,
    mut judge: impl FnMut(CellValue<'_>) -> Option<T>,
) -> Vec<Option<T>> {
    let mut known: Vec<Option<Option<T>>> = vec![None; shared.texts().len()];
    let read = |row: usize| {
        let Some(key) = shared.key(row) else {
            return blank;
        };
        let slot = known.get_mut(key)?;
        *slot.get_or_insert_with(|| judge(text(shared.texts(), key)))
    };
    (0..rows).map(read).collect()
}

/// Values that are judged once each, as far as they are remembered.
fn remembered<K: Copy + Eq + Hash, T: Copy>(
    rows: usize,
    blank: Option<T>,
    key: impl Fn(usize) -> Option<K>,
    mut judge: impl FnMut(K) -> Option<T>,
) -> Vec<Option<T>> {
    let mut known: HashMap<K, Option<T>> = HashMap::new();
    let read = |row: usize| {
        let Some(key) = key(row) else {
            return blank;
        };
        if known.len() >= REMEMBERED && !known.contains_key(&key) {
            known.clear();
        }
        *known.entry(key).or_insert_with(|| judge(key))
    };
    (0..rows).map(read).collect()
}

fn text(texts: &Texts, at: usize) -> CellValue<'_> {
    CellValue::Text(texts.get(at).unwrap_or_default())
}

fn in_range(days: i32, oldest: Day) -> Option<Day> {
    let day = Day::from_number(days);
    (oldest <= day && day < Day::END).then_some(day)
}

/// A whole or decimal number in thousandths.
fn thousandths(values: &Values, row: usize) -> Option<i64> {
    match values {
        Values::Whole(numbers) => value(numbers, numbers.values(), row)?.checked_mul(1000),
        Values::Decimal(numbers, decimals) => {
            let factor = 10_i128.checked_pow(3_u32.checked_sub(u32::from(*decimals))?)?;
            let number = value(numbers, numbers.values(), row)?;
            i64::try_from(number.checked_mul(factor)?).ok()
        }
        _ => None,
    }
}

fn answer(values: &Values, row: usize) -> Option<u8> {
    match values {
        Values::YesNo(answers) => {
            use arrow_array::Array as _;
            let known = row < answers.len() && answers.is_valid(row);
            known.then(|| u8::from(answers.value(row)))
        }
        _ => None,
    }
}
