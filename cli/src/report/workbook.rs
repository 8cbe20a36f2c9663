//! The memo as a workbook: a sheet for each of its tables, and one with every figure by its id.

use super::document::{Block, Cell, Memo, Table};
use super::figures::Figures;
use hjemmel_extracts::write::Provenance;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Book, Cell as Value, Column, Kind, Table as Sheet};

/// The whole book.
pub(crate) fn book(memo: &Memo, figures: &Figures, provenance: Provenance) -> Book {
    let blocks = || memo.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks().filter_map(|block| match block {
        Block::Table(table) => Some(sheet(table, figures)),
        _ => None,
    });
    let mut tables: Vec<Sheet> = tables.collect();
    tables.push(all(figures));
    let head = memo.head.iter();
    let mut notes: Vec<(Text, Value)> = head
        .map(|(label, value)| (label.clone(), Value::text(value)))
        .collect();
    if figures.any_hidden() {
        notes.push((
            Text::new("skjult", "hidden"),
            Value::Word(
                "skjult".to_owned(),
                Text::new(
                    "et antal fra 1 til 4, eller et tal, som et sådant kunne regnes ud af",
                    "a number from 1 to 4, or one that such a number could be worked out of",
                ),
            ),
        ));
    }
    Book {
        title: memo.title.clone(),
        tables,
        provenance,
        notes,
    }
}

/// A table, with the ids of each row's figures in its last column.
fn sheet(table: &Table, figures: &Figures) -> Sheet {
    let mut columns: Vec<Column> = (1..)
        .zip(&table.columns)
        .map(|(number, column)| {
            let kind = if column.is_number {
                Kind::Number
            } else {
                Kind::LongText
            };
            Column::new(format!("column_{number}"), column.full(), kind)
        })
        .collect();
    let any = table
        .rows
        .iter()
        .any(|row| row.cells.iter().any(|cell| id(cell, figures).is_some()));
    if any {
        let heading = Text::new("Tal-id", "Figure id");
        columns.push(Column::new("figures", heading, Kind::LongText));
    }
    let rows = table.rows.iter().map(|row| {
        let mut cells: Vec<Value> = row.cells.iter().map(|cell| value(cell, figures)).collect();
        let ids: Vec<&str> = row
            .cells
            .iter()
            .filter_map(|cell| id(cell, figures))
            .collect();
        if any {
            cells.push(Value::text(ids.join("; ")));
        }
        cells
    });
    Sheet {
        rows: rows.collect(),
        ..Sheet::new(table.id.clone(), table.sheet.clone(), columns)
    }
}

fn id<'f>(cell: &Cell, figures: &'f Figures) -> Option<&'f str> {
    match cell {
        Cell::Figure(figure) => Some(figures.id(*figure)),
        _ => None,
    }
}

fn value(cell: &Cell, figures: &Figures) -> Value {
    match cell {
        Cell::Blank => Value::Blank,
        Cell::Text(text) => Value::Word(text.da.clone(), text.clone()),
        Cell::Day(day) => Value::Day(*day),
        Cell::Figure(figure) => figures.cell(*figure),
        Cell::Limit(share, limit) => {
            let text = figures.limit(*share, *limit);
            Value::Word(text.da.clone(), text)
        }
    }
}

/// Every figure by its id, in the order of the memo.
fn all(figures: &Figures) -> Sheet {
    let columns = vec![
        Column::new("id", Text::new("Tal-id", "Figure id"), Kind::LongText),
        Column::new(
            "what",
            Text::new("Hvad det er", "What it is"),
            Kind::LongText,
        ),
        Column::new("value", Text::new("Værdi", "Value"), Kind::Number),
    ];
    let rows = figures.all().map(|figure| {
        let label = figures.label(figure);
        vec![
            Value::text(figures.id(figure)),
            Value::Word(label.da.clone(), label),
            figures.cell(figure),
        ]
    });
    Sheet {
        rows: rows.collect(),
        ..Sheet::new("figures", Text::new("Alle tal", "All figures"), columns)
    }
}
