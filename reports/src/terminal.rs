//! Tables on a terminal: aligned, without boxes.

use crate::table::{Kind, Table};
use comfy_table::{CellAlignment, ContentArrangement};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::outside::harmless;

/// How wide a table may be, whatever the terminal: the same result looks the same.
const WIDTH: u16 = 100;

/// A table whose first columns are words and whose others are numbers.
#[must_use]
pub fn layout(headings: &[&str], words: usize) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    // Only the line below the headings; two blanks between columns.
    table.load_preset("     ──            ");
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table.set_header(headings.iter().copied());
    for (i, column) in table.column_iter_mut().enumerate() {
        let left = if i == 0 { 0 } else { 2 };
        column.set_padding((left, 0));
        if i >= words {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The table as text; no blanks at the ends of lines.
#[must_use]
pub fn shown(table: &comfy_table::Table) -> String {
    table
        .to_string()
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// The first rows of a table as text, with the columns of these ids (all, if none is named).
/// Control characters are shown as `�`: what comes from data never moves the cursor.
#[must_use]
pub fn text(table: &Table, language: Language, most_rows: usize, columns: &[&str]) -> String {
    let wanted = |id: &str| columns.is_empty() || columns.contains(&id);
    let chosen: Vec<usize> = (0..)
        .zip(&table.columns)
        .filter(|(_, column)| wanted(&column.id))
        .map(|(i, _)| i)
        .collect();
    let kept: Vec<_> = chosen
        .iter()
        .filter_map(|i| table.columns.get(*i))
        .collect();
    let headings: Vec<&str> = kept
        .iter()
        .map(|column| column.heading.get(language))
        .collect();
    let mut out = layout(&headings, headings.len());
    for (laid, column) in out.column_iter_mut().zip(kept) {
        if column.kind == Kind::Number {
            laid.set_cell_alignment(CellAlignment::Right);
        }
    }
    for row in table.cells().take(most_rows) {
        let cells = chosen.iter().filter_map(|i| row.get(*i));
        out.add_row(cells.map(|cell| harmless(&cell.shown(language))));
    }
    shown(&out)
}
