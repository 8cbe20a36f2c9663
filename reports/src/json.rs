//! A book as one JSON object: `provenance`, `notes`, and `tables` by their ids, a list of objects each.

use crate::numbers::float;
use crate::table::{Book, Cell, Table};
use hjemmel_grammar::diagnostic::Language;
use serde_json::{Map, Value, json};

/// The bytes of the file.
pub(crate) fn bytes(book: &Book, language: Language) -> std::io::Result<Vec<u8>> {
    let tables = book
        .tables
        .iter()
        .map(|table| (table.id.clone(), rows(table)));
    let notes = book
        .notes
        .iter()
        .map(|(text, cell)| json!({ "text": text.get(language), "value": value(cell) }));
    let object = json!({
        "provenance": serde_json::to_value(&book.provenance)?,
        "notes": notes.collect::<Vec<_>>(),
        "tables": tables.collect::<Map<String, Value>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&object)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn rows(table: &Table) -> Value {
    let object = |cells: Vec<&Cell>| {
        let ids = table.columns.iter().map(|column| column.id.clone());
        let values = cells.into_iter().map(value);
        Value::Object(ids.zip(values).collect())
    };
    table.cells().map(object).collect()
}

/// A share is a number of per cent; a day is ISO text.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Blank => Value::Null,
        Cell::Text(text) | Cell::Word(text, _) => json!(text),
        Cell::Count(count) => json!(count),
        Cell::Number(number) | Cell::Percent(number) => json!(float(*number, 3)),
        Cell::Day(day) => json!(day.to_string()),
    }
}
