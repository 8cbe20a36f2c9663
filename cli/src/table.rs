//! Tables on a terminal: aligned, without boxes.

use comfy_table::{CellAlignment, ContentArrangement, Table};

/// How wide a table may be, whatever the terminal: the same result looks the same.
const WIDTH: u16 = 100;

/// A table whose first columns are words and whose others are numbers.
pub(crate) fn table(headings: &[&str], words: usize) -> Table {
    let mut table = Table::new();
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
pub(crate) fn shown(table: &Table) -> String {
    table
        .to_string()
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// `Tilbud til aktivitetsparate (tilbud_aktivitetsparat)`; the name alone without a title.
pub(crate) fn titled(title: Option<&str>, name: &str) -> String {
    title.map_or_else(|| name.to_owned(), |title| format!("{title} ({name})"))
}
