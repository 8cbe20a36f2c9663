//! Tables with typed cells, and a book of them with what they rest on.

use hjemmel_engine::time::Day;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::{Language, Text};

/// Tables that belong together, and what they rest on.
#[derive(Clone, Debug)]
pub struct Book {
    /// The title, in the properties of a workbook and above what it rests on.
    pub title: Text,
    /// The tables; of a CSV only the first is written.
    pub tables: Vec<Table>,
    /// The rules, the extract, the days.
    pub provenance: Provenance,
    /// What else a reader must know: how the tables were made, with a value beside each line.
    /// A workbook shows it on its last sheet.
    pub notes: Vec<(Text, Cell)>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name for machines: the key in JSON.
    pub id: String,
    /// Its title: the name of the sheet (at most 31 characters are shown there).
    pub title: Text,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column; what a row lacks is blank.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name for machines: the heading in CSV for machines, the key in JSON.
    pub id: String,
    /// Its heading for people.
    pub heading: Text,
    /// What its cells hold.
    pub kind: Kind,
    /// The values, as people read them, that a workbook shows in a colour.
    pub tones: Vec<(Text, Tone)>,
}

/// What the cells of a column hold: their alignment and width. Each cell has its own type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Few words: a name, a state.
    Text,
    /// A sentence or a list: wide, and wrapped.
    LongText,
    /// A number.
    Number,
    /// A day.
    Day,
}

/// How grave a value is; a workbook shows it as a colour, and always beside the word itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It is too late.
    Bad,
    /// It needs a decision or will soon be late.
    Warning,
    /// It is not known.
    Unknown,
    /// It is as it should be.
    Good,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// There is no value.
    #[default]
    Blank,
    /// A text that is the same for people and machines: a key, a citation.
    Text(String),
    /// A word for machines, which is the same in every language, and what people read.
    Word(String, Text),
    /// A count.
    Count(i64),
    /// A number in thousandths.
    Number(i64),
    /// A share in thousandths of a per cent: 34,3 per cent is 34,300.
    Percent(i64),
    /// A day.
    Day(Day),
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(id: impl Into<String>, title: Text, columns: Vec<Column>) -> Self {
        Self {
            id: id.into(),
            title,
            columns,
            rows: Vec::new(),
        }
    }

    /// Each row with exactly one cell for each column.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Vec<&Cell>> {
        let width = self.columns.len();
        self.rows.iter().map(move |row| {
            let blank = std::iter::repeat(&Cell::Blank);
            row.iter().chain(blank).take(width).collect()
        })
    }
}

impl Column {
    /// A column whose cells are all shown alike.
    #[must_use]
    pub fn new(id: impl Into<String>, heading: Text, kind: Kind) -> Self {
        Self {
            id: id.into(),
            heading,
            kind,
            tones: Vec::new(),
        }
    }

    /// The same column, with colours for some of its values.
    #[must_use]
    pub fn toned(self, tones: Vec<(Text, Tone)>) -> Self {
        Self { tones, ..self }
    }
}

impl Cell {
    /// A day, or a blank.
    #[must_use]
    pub fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Blank, Self::Day)
    }

    /// A text; a blank if it is empty.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text)
        }
    }

    /// A count of things.
    #[must_use]
    pub fn count(count: impl TryInto<i64>) -> Self {
        Self::Count(count.try_into().unwrap_or(i64::MAX))
    }

    /// As people read it, in a language; days as `2017-07-31`.
    #[must_use]
    pub fn shown(&self, language: Language) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Word(_, text) => text.get(language).to_owned(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => crate::numbers::thousandths(*number, language),
            Self::Percent(share) => crate::numbers::percent(*share, language),
            Self::Day(day) => day.to_string(),
        }
    }
}
