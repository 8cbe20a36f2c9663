//! A record: one row of a file or sheet before anyone has asked what it means.

use hjemmel_engine::time::Day;

/// One row. Without cells it is a blank line.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// The line it begins on; of a sheet the row.
    pub(crate) line: u32,
    pub(crate) cells: Vec<Cell<'a>>,
}

/// One field and where it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) value: CellValue<'a>,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// What stands in a cell. A text file has only text.
#[derive(Clone, Copy)]
pub(crate) enum CellValue<'a> {
    Text(&'a str),
    /// A number of a sheet, or a binary fraction.
    Number(f64),
    /// A whole or decimal number of a typed column.
    Exact(Exact),
    /// A date of a sheet or a typed column; none for the day that never was (29 February 1900).
    Date {
        day: Option<Day>,
        with_time: bool,
    },
    /// Yes or no of a sheet or a typed column.
    Yes(bool),
    /// `#N/A`, or a formula without a value.
    Error,
}

crate::hide::sealed!(CellValue<'_>);

/// `digits` with the point so many places from the right.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    pub(crate) digits: i128,
    pub(crate) decimals: u8,
}

crate::hide::sealed!(Exact);

impl Exact {
    pub(crate) fn whole(number: i64) -> Self {
        Self {
            digits: i128::from(number),
            decimals: 0,
        }
    }

    /// `-0.125`, without zeros at the end.
    pub(crate) fn text(self) -> String {
        let decimals = usize::from(self.decimals);
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = format!(
            "{:0>1$}",
            self.digits.unsigned_abs(),
            decimals.saturating_add(1)
        );
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }
}

impl<'a> Record<'a> {
    pub(crate) fn blank(line: u32) -> Self {
        Self {
            line,
            cells: Vec::new(),
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell of a column (from 0); missing cells of a sheet are blank.
    pub(crate) fn cell(&self, column: usize) -> Cell<'a> {
        self.cells.get(column).copied().unwrap_or(Cell {
            value: CellValue::Text(""),
            line: self.line,
            column: u32::try_from(column.saturating_add(1)).unwrap_or(u32::MAX),
        })
    }
}

impl<'a> Cell<'a> {
    /// The text without blanks around it; none if the cell holds something else.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self.value {
            CellValue::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text() == Some("")
    }

    /// The value as text, numbers as a sheet shows them.
    pub(crate) fn shown(&self) -> String {
        match self.value {
            CellValue::Text(text) => text.trim().to_owned(),
            CellValue::Number(number) => number_text(number),
            CellValue::Exact(number) => number.text(),
            CellValue::Date { day, .. } => day.map(|day| day.to_string()).unwrap_or_default(),
            CellValue::Yes(yes) => if yes { "ja" } else { "nej" }.to_owned(),
            CellValue::Error => String::new(),
        }
    }
}

/// A number without the noise of binary fractions: nine decimals, then no trailing zeros.
pub(crate) fn number_text(number: f64) -> String {
    let text = format!("{number:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}
