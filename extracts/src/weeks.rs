//! Files with a column for each week and one code in each: what a national register has. A run of
//! weeks whose codes say the same of a table becomes a row of it, from a Monday to a Sunday.
//!
//! What a code says stands in a list beside the file, so that it is data: no code is known here.

use crate::csv::{Lines, Records};
use crate::kinds::Part;
use crate::mapping::{Complete, CompleteSpan, Encoding, Mapping};
use crate::messages::{text, weeks as messages};
use crate::problem::{Place, Problem};
use crate::record::{Cell, CellValue, Record};
use crate::source::{Hashes, Opened};
use crate::week_codes::{self, CodeList};
use hjemmel_engine::model::{Model, Table};
use hjemmel_engine::time::Day;
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

/// How the headings of week columns are written: `y_ÅÅUU`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// What stands before, between and after the two numbers.
    literals: [String; 3],
    /// The year has four digits.
    whole_year: bool,
    /// The year stands before the week.
    year_first: bool,
}

impl Pattern {
    /// Reads a pattern; `None` if it does not name year and week once each.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = crate::columns::normal(text);
        let year = if text.contains("ÅÅÅÅ") {
            "ÅÅÅÅ"
        } else {
            "ÅÅ"
        };
        let (at_year, at_week) = (text.find(year)?, text.find("UU")?);
        let year_first = at_year < at_week;
        let (first, second) = if year_first {
            (year, "UU")
        } else {
            ("UU", year)
        };
        let (before, rest) = text.split_once(first)?;
        let (between, after) = rest.split_once(second)?;
        let literals = [before, between, after].map(str::to_owned);
        let again = literals
            .iter()
            .any(|part| part.contains("UU") || part.contains('Å'));
        (!again).then_some(Self {
            literals,
            whole_year: year.chars().count() == 4,
            year_first,
        })
    }

    /// The year and week of a heading, if it is written so. Of two digits 90 to 99 are the
    /// nineties.
    fn read(&self, heading: &str) -> Option<(i32, u32)> {
        let [before, between, after] = &self.literals;
        let heading = crate::columns::normal(heading);
        let rest = heading
            .strip_prefix(before.as_str())?
            .strip_suffix(after.as_str())?;
        let year_digits = if self.whole_year { 4 } else { 2 };
        let first_digits = if self.year_first { year_digits } else { 2 };
        let first = rest.get(..first_digits)?;
        let second = rest.get(first_digits..)?.strip_prefix(between.as_str())?;
        let (year, week) = if self.year_first {
            (first, second)
        } else {
            (second, first)
        };
        let digits = |text: &str, count: usize| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, year_digits) || !digits(week, 2) {
            return None;
        }
        let number: i32 = year.parse().ok()?;
        let year = match self.whole_year {
            true => number,
            false if number >= 90 => number.saturating_add(1900),
            false => number.saturating_add(2000),
        };
        Some((year, week.parse().ok()?))
    }
}

/// A weekly file that has been looked at: which column is which week, and what codes say of one
/// table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weeks {
    /// The heading of the key, and its position.
    key: (String, usize),
    /// How many columns there are.
    count: usize,
    /// The Monday of each week and the position of its column, week by week without a hole.
    weeks: Vec<(Day, usize)>,
    separator: char,
    encoding: Encoding,
    codes: Arc<CodeList>,
}

/// Looks at the weekly files that a mapping names and at their lists of codes, and bounds how
/// complete the tables are by the weeks that there are. The names of the lists.
pub(crate) fn prepare(
    mapping: &mut Mapping,
    found: &BTreeMap<String, PathBuf>,
    model: &Model,
    hashes: &mut Hashes,
) -> Result<Vec<String>, Vec<Problem>> {
    let mut lists: BTreeMap<String, Arc<CodeList>> = BTreeMap::new();
    let drawn = mapping.date;
    let (encoding, separator) = (mapping.encoding, mapping.separator);
    for (name, own) in &mut mapping.tables {
        let (Some(weeks), Some((_, table))) = (own.weeks.clone(), model.table_named(name)) else {
            continue;
        };
        let list = crate::columns::normal(&weeks.codes);
        if !lists.contains_key(&list) {
            let read = week_codes::read(found, &list, model);
            let (codes, digest) = read.map_err(|problem| vec![*problem])?;
            hashes.add(&list, digest);
            lists.insert(list.clone(), Arc::new(codes));
        }
        let Some(codes) = lists.get(&list) else {
            continue;
        };
        let names = crate::kinds::names(table, own);
        let Some((file, path)) = names.iter().find_map(|name| found.get_key_value(name)) else {
            // That it is missing is told where tables are read.
            continue;
        };
        let part = Part {
            name: file.clone(),
            path: path.clone(),
        };
        let wanted = ["sag", "case"].map(|name| own.columns.get(name).cloned());
        let wanted = wanted.into_iter().flatten().next();
        let form = Form {
            key: wanted,
            encoding: own.encoding.or(encoding).unwrap_or_default(),
            separator: own.separator.or(separator),
        };
        let Some(pattern) = Pattern::parse(&weeks.columns) else {
            continue;
        };
        let looked = look(&part, &form, (&weeks.columns, &pattern), Arc::clone(codes));
        let looked = Arc::new(looked.map_err(|problem| vec![*problem])?);
        own.complete = Some(within(own.complete, &looked, table, drawn));
        if let Some(weeks) = &mut own.weeks {
            weeks.looked = Some(looked);
        }
    }
    Ok(lists.into_keys().collect())
}

/// The days on which a table is complete: those it is said to be, within the weeks that there are.
fn within(said: Option<Complete>, weeks: &Weeks, table: &Table, drawn: Option<Day>) -> Complete {
    let said = said.unwrap_or(Complete::Whole(table.complete)).days(drawn);
    let ends = weeks.weeks.first().zip(weeks.weeks.last());
    let runs = said.runs();
    let (Some(((first, _), (last, _))), Some(run)) = (ends, runs.first()) else {
        return Complete::Whole(false);
    };
    let (from, to) = (run.start.max(*first), run.last().min(last.plus(6)));
    if to < from {
        return Complete::Whole(false);
    }
    Complete::Span(CompleteSpan {
        from: Some(from),
        to: Some(to),
    })
}

/// How a weekly file is written.
struct Form {
    key: Option<String>,
    encoding: Encoding,
    separator: Option<char>,
}

/// Reads the headings of a weekly file.
fn look(
    part: &Part,
    form: &Form,
    (wanted, pattern): (&str, &Pattern),
    codes: Arc<CodeList>,
) -> Result<Weeks, Box<Problem>> {
    let Headings {
        line,
        headings,
        columns,
        separator,
    } = headings(part, form)?;
    let keys: Vec<&str> = match &form.key {
        Some(key) => vec![key.as_str()],
        None => vec!["sag", "case"],
    };
    let at = |position: usize| {
        let column = columns.get(position).copied().unwrap_or(1);
        Place::at(&part.name, line, column)
    };
    let key = headings.iter().position(|heading| {
        keys.iter()
            .any(|key| crate::columns::normal(key) == *heading)
    });
    let Some(key) = key else {
        let missing = keys.first().copied().unwrap_or_default();
        return Err(Box::new(messages::no_columns(at(0), missing)));
    };
    let mut weeks: BTreeMap<Day, usize> = BTreeMap::new();
    for (position, heading) in headings.iter().enumerate() {
        let Some((year, week)) = pattern.read(heading) else {
            continue;
        };
        let monday = Day::of_iso_week(year, week);
        if monday.is_none_or(|monday| weeks.insert(monday, position).is_some()) {
            return Err(Box::new(messages::bad_week(at(position), heading)));
        }
    }
    let weeks: Vec<(Day, usize)> = weeks.into_iter().collect();
    if weeks.is_empty() {
        return Err(Box::new(messages::no_columns(at(0), wanted)));
    }
    let mut pairs = weeks.iter().zip(weeks.iter().skip(1));
    if let Some((_, (_, position))) = pairs.find(|(one, next)| one.0.plus(7) != next.0) {
        let heading = headings.get(*position).map_or("", String::as_str);
        return Err(Box::new(messages::hole(at(*position), heading)));
    }
    Ok(Weeks {
        key: (headings.get(key).cloned().unwrap_or_default(), key),
        count: headings.len(),
        weeks,
        separator,
        encoding: form.encoding,
        codes,
    })
}

/// The first line that is not blank, split.
struct Headings {
    line: u32,
    headings: Vec<String>,
    /// Where each begins.
    columns: Vec<u32>,
    separator: char,
}

/// Reads the headings; the separator is the one that splits them more.
fn headings(part: &Part, form: &Form) -> Result<Headings, Box<Problem>> {
    let opened = Opened::open(&part.path, &part.name)?;
    let mut lines = Lines::new(opened, &part.name, form.encoding);
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if !lines.next(&mut first)? {
            return Err(Box::new(text::empty(Place::at(&part.name, 1, 1))));
        }
    }
    let count = |separator: &char| first.matches(*separator).count();
    let separator = form
        .separator
        .or_else(|| [',', ';'].into_iter().max_by_key(count))
        .unwrap_or(';');
    let mut records = Records::new(lines, first, separator);
    let record = records.next()?.unwrap_or(Record::blank(1));
    let headings = record.cells.iter();
    let headings = headings.map(|cell| crate::columns::normal(&cell.shown()));
    Ok(Headings {
        line: record.line,
        headings: headings.collect(),
        columns: record.cells.iter().map(|cell| cell.column).collect(),
        separator,
    })
}

/// A row that runs of weeks make: whom it is about, its days, and its values, one for each field.
#[derive(Clone)]
pub(crate) struct WeekRow {
    key: String,
    line: u32,
    from: Day,
    to: Day,
    values: Vec<String>,
}

crate::hide::sealed!(WeekRow);

/// A weekly file as rows of one table.
pub(crate) struct WeekRows {
    weeks: Arc<Weeks>,
    records: Records<Opened>,
    name: String,
    table: String,
    /// The headings of the rows: the key's own, the days, the fields.
    names: Vec<String>,
    waiting: VecDeque<WeekRow>,
}

impl WeekRows {
    pub(crate) fn open(
        table: &Table,
        weeks: Option<&Arc<Weeks>>,
        part: &Part,
    ) -> Result<Self, Box<Problem>> {
        let Some(weeks) = weeks else {
            return Err(Box::new(messages::not_csv(Place::file(&part.name))));
        };
        let opened = Opened::open(&part.path, &part.name)?;
        let mut lines = Lines::new(opened, &part.name, weeks.encoding);
        let mut first = String::new();
        while first.trim().is_empty() && lines.next(&mut first)? {}
        let mut records = Records::new(lines, first, weeks.separator);
        // The headings, which have been looked at.
        records.next()?;
        let days = ["fra", "til"].map(str::to_owned);
        let fields = table.fields.iter().map(|field| field.name.clone());
        let key = std::iter::once(weeks.key.0.clone());
        Ok(Self {
            weeks: Arc::clone(weeks),
            records,
            name: part.name.clone(),
            table: table.name.clone(),
            names: key.chain(days).chain(fields).collect(),
            waiting: VecDeque::new(),
        })
    }

    pub(crate) fn headings(&self) -> Record<'_> {
        let cell = |name| Cell {
            value: CellValue::Text(name),
            line: 0,
            column: 0,
        };
        Record {
            line: 0,
            cells: self.names.iter().map(|name| cell(name)).collect(),
        }
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<WeekRow>, Box<Problem>> {
        while self.waiting.is_empty() {
            let Some(record) = self.records.next()? else {
                return Ok(None);
            };
            if !record.is_blank() {
                rows(
                    &record,
                    &self.weeks,
                    &self.table,
                    &self.name,
                    &mut self.waiting,
                )?;
            }
        }
        Ok(self.waiting.pop_front())
    }

    /// What there is to say at the end of the file.
    pub(crate) fn finish(self) -> Result<[u8; 32], Box<Problem>> {
        self.records.lines.input.finish(&self.name)
    }
}

impl WeekRow {
    /// As a record of the table, under [`WeekRows::headings`].
    pub(crate) fn record(&self) -> Record<'_> {
        let day = |day| CellValue::Date {
            day: Some(day),
            with_time: false,
        };
        let key = std::iter::once(CellValue::Text(&self.key));
        let values = self.values.iter().map(|value| CellValue::Text(value));
        let cells = key.chain([day(self.from), day(self.to)]).chain(values);
        let cell = |value| Cell {
            value,
            line: self.line,
            column: 0,
        };
        Record {
            line: self.line,
            cells: cells.map(cell).collect(),
        }
    }
}

/// The rows that one line makes.
fn rows(
    record: &Record<'_>,
    weeks: &Weeks,
    table: &str,
    file: &str,
    out: &mut VecDeque<WeekRow>,
) -> Result<(), Box<Problem>> {
    let found = record.cells.len();
    if found != weeks.count {
        let place = Place::at(file, record.line, 1);
        return Err(Box::new(text::field_count(place, found, weeks.count)));
    }
    let key = record.cell(weeks.key.1).shown();
    let mut open: Option<WeekRow> = None;
    for (monday, position) in &weeks.weeks {
        let cell = record.cell(*position);
        let code = cell.text().unwrap_or_default();
        let values = match code {
            "" => None,
            code => weeks.codes.says(code, table).map_err(|list| {
                let place = Place::at(file, cell.line, cell.column);
                Box::new(messages::unknown_code(place, code, list))
            })?,
        };
        match (&mut open, values) {
            (Some(row), Some(values)) if row.values == values => row.to = monday.plus(6),
            (_, values) => {
                out.extend(open.take());
                open = values.map(|values| WeekRow {
                    key: key.clone(),
                    line: record.line,
                    from: *monday,
                    to: monday.plus(6),
                    values: values.to_vec(),
                });
            }
        }
    }
    out.extend(open);
    Ok(())
}

/// The code of each week, by its Monday, of some persons.
pub(crate) fn codes_of(
    part: &Part,
    table: &Table,
    weeks: &Arc<Weeks>,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<BTreeMap<String, BTreeMap<Day, String>>, Box<Problem>> {
    let mut rows = WeekRows::open(table, Some(weeks), part)?;
    let mut codes = BTreeMap::new();
    while let Some(record) = rows.records.next()? {
        let key = record.cell(weeks.key.1).shown();
        if record.is_blank() || !wanted(&key) {
            continue;
        }
        let each = weeks.weeks.iter().map(|(monday, position)| {
            let code = record.cell(*position).text().unwrap_or_default();
            (*monday, code.to_owned())
        });
        codes.insert(key, each.filter(|(_, code)| !code.is_empty()).collect());
    }
    Ok(codes)
}
