//! The ordinary line of a text file, straight from its bytes to columns.
//!
//! Most lines hold nothing unusual: no quotes, dates as agreed, words as declared. Such a line needs
//! no text and no places. A line about which the reader of rows would have anything to say, or
//! that this one does not know, is left to it; so there is one meaning, and the test
//! `tests/columnar.rs` holds the two against each other.

use crate::chunk::{Chunk, TextNumbers};
use crate::columns::{Columns, Role};
use crate::csv::FIELD_CAP;
use crate::keys;
use crate::mapping::Encoding;
use crate::plain_dates::{DATE_LENGTH, PlainDates};
use crate::problem::{CellPlace, Place, Problem};
use crate::record::{Cell, CellValue};
use crate::settings::Settings;
use crate::values::{CellReader, is_placeholder};
use crate::words::Words;
use hjemmel_engine::case::{End, Value};
use hjemmel_engine::columns::{
    Column, NO_DAY, UNKNOWN_CHOICE, UNKNOWN_DAY, UNKNOWN_NUMBER, UNKNOWN_YES_NO,
};
use hjemmel_engine::model::{Field, FieldType, Table};
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;

/// Reads ordinary lines of one file.
pub(crate) struct PlainLines<'a> {
    cells: Vec<PlainCell<'a>>,
    /// Fields that the file does not have.
    missing: Vec<(usize, Option<Value>)>,
    /// Rows have no days of their own.
    facts: bool,
    separator: u8,
    /// The bytes that end a cell, or that no ordinary cell has.
    ends: [bool; 256],
    reader: QuietReader<'a>,
    days: PlainDates,
}

/// What is read of ordinary lines.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Bytes.
    pub(crate) bytes: usize,
    /// Rows, and so lines.
    pub(crate) rows: u32,
    /// Those without a day of registration.
    pub(crate) registered_missing: u32,
}

/// How the cells of a column of the file are read.
enum PlainCell<'a> {
    Key,
    /// Nothing reads it.
    Unread,
    From,
    Date,
    To(Words<Day>),
    Registered,
    Choice(usize, &'a Field, Words<u16>),
    YesNo(usize, &'a Field, Words<u8>),
    Number(usize, &'a Field),
    /// With what a blank means.
    DateField(usize, &'a Field, Day),
    /// A position among the texts.
    Text(usize, &'a Field),
}

/// The cells of one line as they are read.
struct Row<'b> {
    key: &'b [u8],
    from: Day,
    to: Day,
    registered: Day,
}

impl<'a> PlainLines<'a> {
    /// For a file with these columns. `None` if its separator could stand in an ordinary cell.
    pub(crate) fn new(
        table: &'a Table,
        settings: &'a Settings<'a>,
        columns: &Columns,
        separator: char,
    ) -> Option<Self> {
        let separator = u8::try_from(separator).ok().filter(u8::is_ascii)?;
        if separator.is_ascii_alphanumeric() || b"\"\r\n\0-_ .".contains(&separator) {
            return None;
        }
        let mut ends = [false; 256];
        for byte in [separator, b'\n', b'\r', b'"', 0] {
            if let Some(slot) = ends.get_mut(usize::from(byte)) {
                *slot = true;
            }
        }
        let mut reader = QuietReader::new(settings, &table.name);
        let mut cells: Vec<PlainCell<'a>> = Vec::new();
        cells.resize_with(columns.count, || PlainCell::Unread);
        let mut missing: Vec<bool> = vec![true; table.fields.len()];
        for column in &columns.used {
            if let Some(slot) = cells.get_mut(column.index) {
                *slot = PlainCell::new(table, column.role, &mut reader)?;
            }
            if let Role::Field(id) = column.role {
                *missing.get_mut(id.0)? = false;
            }
        }
        let not_given =
            |at| (table.assessment && at == Table::REASSESS.0).then_some(Value::NotGiven);
        let missing = missing.iter().enumerate().filter(|(_, missing)| **missing);
        Some(Self {
            missing: missing.map(|(at, _)| (at, not_given(at))).collect(),
            facts: table.shape == Shape::Facts,
            cells,
            separator,
            ends,
            reader,
            days: PlainDates::new(settings.dates),
        })
    }

    /// Reads lines from the beginning of `bytes` as long as they are ordinary, and at most so many
    /// rows. Their places are put elsewhere.
    pub(crate) fn read(
        &mut self,
        bytes: &[u8],
        most: usize,
        chunk: &mut Chunk,
        texts: &mut [TextNumbers],
    ) -> Taken {
        let mut taken = Taken::default();
        let mut rest = bytes;
        while chunk.rows() < most {
            let before = chunk.rows();
            let Some((row, length)) = self.cells(rest, chunk, texts) else {
                chunk.truncate(before);
                break;
            };
            if row.registered == UNKNOWN_DAY {
                taken.registered_missing = taken.registered_missing.saturating_add(1);
            }
            taken.rows = taken.rows.saturating_add(1);
            taken.bytes = taken.bytes.saturating_add(length);
            rest = rest.get(length..).unwrap_or_default();
        }
        taken
    }

    /// Reads one line into the columns: the row, and how long the line is.
    fn cells<'b>(
        &mut self,
        line: &'b [u8],
        chunk: &mut Chunk,
        texts: &mut [TextNumbers],
    ) -> Option<(Row<'b>, usize)> {
        let mut row = Row {
            key: &[],
            from: Day::FIRST,
            to: NO_DAY,
            registered: UNKNOWN_DAY,
        };
        let mut at = 0_usize;
        let last = self.cells.len().checked_sub(1)?;
        let mut same = false;
        for (index, how) in self.cells.iter().enumerate() {
            let (cell, day, length) = self.split(line.get(at..)?, how, index == last)?;
            at = at.saturating_add(length);
            if let PlainCell::Key = how {
                row.key = cell;
                same = chunk.persons.last().map(str::as_bytes) == Some(cell);
                if !same {
                    self.reader.key(cell)?;
                    let key = std::str::from_utf8(cell).ok()?;
                    texts.iter_mut().for_each(|texts| texts.person(key));
                }
                continue;
            }
            if index == 0 && !cell.first().is_some_and(u8::is_ascii_digit) {
                self.reader.no_sum(cell)?;
            }
            self.reader.cell(how, day, cell, &mut row, chunk, texts)?;
        }
        if row.to < row.from || row.key.is_empty() {
            return None;
        }
        for (field, value) in &self.missing {
            chunk.fields.get_mut(*field)?.push(value.as_ref());
        }
        if self.facts {
            (row.from, row.to) = (Day::FIRST, NO_DAY);
        }
        if let Some(registered) = &mut chunk.registered {
            registered.push(row.registered);
        }
        chunk.from.push(row.from);
        chunk.to.push(row.to);
        if same {
            chunk.persons.again();
        } else {
            chunk.persons.push(std::str::from_utf8(row.key).ok()?);
        }
        Some((row, at))
    }

    /// The next cell, the day that it is, and where the one after it begins.
    #[inline]
    fn split<'b>(
        &self,
        rest: &'b [u8],
        how: &PlainCell<'_>,
        last: bool,
    ) -> Option<(&'b [u8], Option<Day>, usize)> {
        // Most cells are days, and those have one length.
        let day = how.is_day().then(|| self.days.read(rest)).flatten();
        let length = match day {
            Some(_) if self.is_end(*rest.get(DATE_LENGTH)?) => DATE_LENGTH,
            _ => rest.iter().position(|byte| self.is_end(*byte))?,
        };
        let (cell, after) = rest.split_at_checked(length)?;
        let end = match after {
            [byte, ..] if !last && *byte == self.separator => 1_usize,
            [b'\n', ..] if last => 1,
            [b'\r', b'\n', ..] if last => 2,
            _ => return None,
        };
        let day = day.filter(|_| length == DATE_LENGTH);
        (length <= FIELD_CAP).then_some((cell, day, length.saturating_add(end)))
    }

    #[inline]
    fn is_end(&self, byte: u8) -> bool {
        self.ends.get(usize::from(byte)).copied().unwrap_or(true)
    }
}

impl<'a> PlainCell<'a> {
    /// A day may stand in it.
    #[inline]
    fn is_day(&self) -> bool {
        matches!(
            self,
            Self::From | Self::Date | Self::To(_) | Self::Registered | Self::DateField(..)
        )
    }

    fn new(table: &'a Table, role: Role, reader: &mut QuietReader<'a>) -> Option<Self> {
        let encoding = reader.settings.encoding;
        Some(match role {
            Role::Key => Self::Key,
            Role::From => Self::From,
            Role::Date => Self::Date,
            Role::Registered => Self::Registered,
            Role::To => {
                let own = reader.settings.ongoing.iter().map(|word| word.trim());
                let words = ["", "fortsat", "ongoing", "ukendt", "unknown"];
                let words = words.into_iter().chain(own);
                Self::To(Words::new(words, encoding, |word| reader.end(word)))
            }
            Role::Field(id) => {
                let field = table.fields.get(id.0)?;
                let codes = reader.settings.codes.get(&field.name);
                let codes = codes.into_iter().flatten().map(|(code, _)| code.as_str());
                let words = std::iter::once("").chain(codes);
                match &field.ty {
                    FieldType::Choice(choices) => {
                        let words = words.chain(choices.iter().map(String::as_str));
                        let read = |word: &str| reader.choice(field, word);
                        Self::Choice(id.0, field, Words::new(words, encoding, read))
                    }
                    FieldType::YesNo => {
                        let words = words.chain(["ja", "nej", "yes", "no"]);
                        let read = |word: &str| reader.yes_no(field, word);
                        Self::YesNo(id.0, field, Words::new(words, encoding, read))
                    }
                    FieldType::Number => Self::Number(id.0, field),
                    FieldType::Date | FieldType::BirthDate => {
                        let reassess = table.assessment && id == Table::REASSESS;
                        let blank = if reassess { NO_DAY } else { UNKNOWN_DAY };
                        Self::DateField(id.0, field, blank)
                    }
                    FieldType::Text => {
                        let before = table.fields.iter().take(id.0);
                        let texts = before.filter(|field| field.ty == FieldType::Text);
                        Self::Text(texts.count(), field)
                    }
                }
            }
        })
    }
}

/// Asks the reader of cells, and takes an answer only if there was nothing to say about it.
struct QuietReader<'a> {
    settings: &'a Settings<'a>,
    table: &'a str,
    /// A place that nobody is told.
    nowhere: Place,
    said: Vec<Problem>,
}

impl<'a> QuietReader<'a> {
    fn new(settings: &'a Settings<'a>, table: &'a str) -> Self {
        Self {
            settings,
            table,
            nowhere: Place::default(),
            said: Vec::new(),
        }
    }

    fn ask<T>(&mut self, read: impl FnOnce(&mut CellReader<'_>) -> T) -> Option<T> {
        self.said.clear();
        let answer = read(&mut CellReader {
            settings: self.settings,
            place: place(&self.nowhere),
            problems: &mut self.said,
        });
        self.said.is_empty().then_some(answer)
    }

    fn value(&mut self, field: &Field, text: &str) -> Option<Option<Value>> {
        self.ask(|reader| reader.field(field, &cell(text)))
    }

    fn choice(&mut self, field: &Field, text: &str) -> Option<u16> {
        match self.value(field, text)? {
            Some(Value::Choice(at)) => u16::try_from(at).ok(),
            _ => Some(UNKNOWN_CHOICE),
        }
    }

    fn yes_no(&mut self, field: &Field, text: &str) -> Option<u8> {
        Some(match self.value(field, text)? {
            Some(Value::YesNo(yes)) => u8::from(yes),
            _ => UNKNOWN_YES_NO,
        })
    }

    fn date(&mut self, field: &Field, text: &str) -> Option<Day> {
        Some(match self.value(field, text)? {
            Some(Value::Date(day)) => day,
            _ => UNKNOWN_DAY,
        })
    }

    fn end(&mut self, text: &str) -> Option<Day> {
        let table = self.table;
        Some(
            match self.ask(|reader| reader.end(&cell(text), table))?.ok()? {
                End::On(day) => day,
                End::Ongoing => NO_DAY,
                End::Unknown => UNKNOWN_DAY,
            },
        )
    }

    /// A day that must stand there.
    fn start(&mut self, text: &str) -> Option<Day> {
        self.ask(|reader| reader.date(&cell(text), Day::FIRST))?
    }

    /// Whether a cell is a key, as it stands.
    fn key(&self, bytes: &[u8]) -> Option<()> {
        let simple = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        // With a digit and without a decimal sign it is neither a total nor a rounded number.
        if bytes.iter().all(simple) && bytes.iter().any(u8::is_ascii_digit) {
            return Some(());
        }
        self.no_sum(bytes)?;
        let text = self.text(bytes)?;
        let key = keys::read(&cell(text), place(&self.nowhere)).ok()?;
        (!key.had_no_break_space && !key.may_lack_zero && key.text == text).then_some(())
    }

    /// The first cell of a line must not be blank, and not the word of a line of totals.
    fn no_sum(&self, bytes: &[u8]) -> Option<()> {
        let cell = cell(self.text(bytes)?);
        (!cell.is_blank() && !keys::is_sum(&cell)).then_some(())
    }

    /// The text of a cell, if its bytes are as they should be.
    fn text<'b>(&self, bytes: &'b [u8]) -> Option<&'b str> {
        match self.settings.encoding {
            Encoding::Windows1252 if !bytes.is_ascii() => None,
            _ => std::str::from_utf8(bytes).ok(),
        }
    }

    /// Reads a cell into its column, or into the row.
    #[inline]
    fn cell(
        &mut self,
        how: &PlainCell<'_>,
        day: Option<Day>,
        bytes: &[u8],
        row: &mut Row<'_>,
        chunk: &mut Chunk,
        texts: &mut [TextNumbers],
    ) -> Option<()> {
        match how {
            PlainCell::Key => {}
            PlainCell::Unread => {
                self.text(bytes)?;
            }
            PlainCell::From => row.from = self.first_day(day, bytes)?,
            PlainCell::Date => {
                row.from = self.first_day(day, bytes)?;
                row.to = row.from;
            }
            PlainCell::To(words) => row.to = self.last_day(words, day, bytes)?,
            PlainCell::Registered if bytes.is_empty() => {}
            PlainCell::Registered => row.registered = self.first_day(day, bytes)?,
            _ => self.field(how, day, bytes, chunk, texts)?,
        }
        Some(())
    }

    /// Reads a cell into the column of its field.
    #[inline]
    fn field(
        &mut self,
        how: &PlainCell<'_>,
        day: Option<Day>,
        bytes: &[u8],
        chunk: &mut Chunk,
        texts: &mut [TextNumbers],
    ) -> Option<()> {
        match how {
            PlainCell::Choice(at, field, words) => {
                let value = match words.get(bytes) {
                    Some(value) => value,
                    None => self.choice(field, self.text(bytes)?)?,
                };
                if let Column::Choice(values) = chunk.fields.get_mut(*at)? {
                    values.push(value);
                }
            }
            PlainCell::YesNo(at, field, words) => {
                let value = match words.get(bytes) {
                    Some(value) => value,
                    None => self.yes_no(field, self.text(bytes)?)?,
                };
                if let Column::YesNo(values) = chunk.fields.get_mut(*at)? {
                    values.push(value);
                }
            }
            PlainCell::Number(at, field) => {
                let value = match digits(bytes) {
                    Some(value) => value,
                    None => match self.value(field, self.text(bytes)?)? {
                        Some(Value::Number(value)) => value,
                        _ => UNKNOWN_NUMBER,
                    },
                };
                if let Column::Number(values) = chunk.fields.get_mut(*at)? {
                    values.push(value);
                }
            }
            PlainCell::DateField(at, field, blank) => {
                let value = match day {
                    _ if bytes.is_empty() => *blank,
                    Some(day) => day,
                    None => self.date(field, self.text(bytes)?)?,
                };
                if let Column::Date(values) = chunk.fields.get_mut(*at)? {
                    values.push(value);
                }
            }
            PlainCell::Text(at, field) => {
                let number = match self.value(field, self.text(bytes)?)? {
                    Some(Value::Text(text)) => texts.get_mut(*at)?.number(text.reveal()),
                    _ => 0,
                };
                chunk.texts.get_mut(*at)?.push(number);
            }
            _ => {}
        }
        Some(())
    }

    fn first_day(&mut self, day: Option<Day>, bytes: &[u8]) -> Option<Day> {
        match day {
            Some(day) => Some(day),
            None => self.start(self.text(bytes)?),
        }
    }

    fn last_day(&mut self, words: &Words<Day>, day: Option<Day>, bytes: &[u8]) -> Option<Day> {
        if let Some(day) = words.get(bytes) {
            return Some(day);
        }
        match day.filter(|day| !is_placeholder(*day)) {
            Some(day) => Some(day),
            None => self.end(self.text(bytes)?),
        }
    }
}

fn place(file: &Place) -> CellPlace<'_> {
    CellPlace {
        file,
        line: 0,
        column: 0,
        name: "",
    }
}

fn cell(text: &str) -> Cell<'_> {
    Cell {
        value: CellValue::Text(text),
        line: 0,
        column: 0,
    }
}

/// A whole number of at most 15 digits, in thousandths: the same whatever the decimal sign is.
fn digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 15 {
        return None;
    }
    let number = bytes.iter().try_fold(0_i64, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| byte.wrapping_sub(b'0'))?;
        Some(number.wrapping_mul(10).wrapping_add(i64::from(digit)))
    })?;
    number.checked_mul(1000)
}
