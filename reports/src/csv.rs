//! A table as CSV (RFC 4180, UTF-8). Texts that a spreadsheet would run get an apostrophe in front.

use crate::form::CsvStyle;
use crate::numbers::plain;
use crate::table::{Cell, Table};
use hjemmel_engine::time::Day;
use hjemmel_extracts::write::csv_cell;
use hjemmel_grammar::diagnostic::Language;

/// The bytes of the file.
pub(crate) fn bytes(table: &Table, style: CsvStyle, language: Language) -> Vec<u8> {
    let (mark, separator) = match style {
        CsvStyle::Machine => ("", ","),
        CsvStyle::People => ("\u{feff}", ";"),
    };
    let headings = table.columns.iter().map(|column| {
        csv_cell(&match style {
            CsvStyle::Machine => column.id.clone(),
            CsvStyle::People => column.heading.get(language).to_owned(),
        })
    });
    let mut text = mark.to_owned();
    text += &headings.collect::<Vec<_>>().join(separator);
    text += "\r\n";
    for row in table.cells() {
        let cells = row.into_iter().map(|cell| match style {
            CsvStyle::Machine => for_machines(cell),
            CsvStyle::People => for_people(cell, language),
        });
        text += &cells.collect::<Vec<_>>().join(separator);
        text += "\r\n";
    }
    text.into_bytes()
}

fn for_machines(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) | Cell::Word(text, _) => csv_cell(text),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) | Cell::Percent(number) => plain(*number),
        Cell::Day(day) => day.to_string(),
    }
}

/// Only texts are neutralised: a number that begins with a minus is one.
fn for_people(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Text(text) => csv_cell(text),
        Cell::Word(_, text) => csv_cell(text.get(language)),
        Cell::Number(number) | Cell::Percent(number) => plain(*number).replace('.', ","),
        Cell::Day(day) => danish(*day),
        Cell::Blank | Cell::Count(_) => cell.shown(language),
    }
}

/// `31-07-2017`
fn danish(day: Day) -> String {
    let iso = day.to_string();
    let mut parts: Vec<&str> = iso.splitn(3, '-').collect();
    parts.reverse();
    parts.join("-")
}
