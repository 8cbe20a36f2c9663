//! The list of what the codes of a weekly file say: `kode;tabel;felt;værdi`, a line for each value.

use crate::csv::{Lines, Records};
use crate::mapping::Encoding;
use crate::messages::weeks as messages;
use crate::problem::{Place, Problem};
use crate::source::Opened;
use hjemmel_engine::model::{FieldType, Model, Table};
use hjemmel_grammar::diagnostic::Text;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What codes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CodeList {
    file: String,
    /// For each code and each table it says something of, a value for each field; blank is unknown.
    codes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl CodeList {
    /// What a code says of a table, if anything.
    ///
    /// # Errors
    ///
    /// The code is not in the list, whose name this is.
    pub(crate) fn says(&self, code: &str, table: &str) -> Result<Option<&[String]>, &str> {
        match self.codes.get(code) {
            Some(tables) => Ok(tables.get(table).map(Vec::as_slice)),
            None => Err(&self.file),
        }
    }
}

/// The names of the columns, in either language.
const COLUMNS: [[&str; 2]; 4] = [
    ["kode", "code"],
    ["tabel", "table"],
    ["felt", "field"],
    ["værdi", "value"],
];

/// Reads a list, and gives the digest of its file.
pub(crate) fn read(
    found: &BTreeMap<String, PathBuf>,
    file: &str,
    model: &Model,
) -> Result<(CodeList, [u8; 32]), Box<Problem>> {
    let Some(path) = found.get(file) else {
        let said = Text::new("filen findes ikke", "the file does not exist");
        return Err(Box::new(messages::code_list(Place::file(file), said)));
    };
    let opened = Opened::open(path, file)?;
    let mut lines = Lines::new(opened, file, Encoding::Utf8);
    let mut first = String::new();
    while first.trim().is_empty() && lines.next(&mut first)? {}
    let separator = if first.contains(';') { ';' } else { ',' };
    let mut records = Records::new(lines, first, separator);
    let mut positions: Option<[usize; 4]> = None;
    let mut list = CodeList {
        file: file.to_owned(),
        codes: BTreeMap::new(),
    };
    while let Some(record) = records.next()? {
        if record.is_blank() {
            continue;
        }
        let place = Place::at(file, record.line, 1);
        let Some(columns) = positions else {
            let headings = record
                .cells
                .iter()
                .map(|cell| crate::columns::normal(&cell.shown()));
            let headings: Vec<String> = headings.collect();
            positions = Some(columns(&headings, place)?);
            continue;
        };
        let [code, table, field, value] = columns.map(|position| record.cell(position).shown());
        list.add([&code, &table, &field, &value], model, place)?;
    }
    let digest = records.lines.input.finish(file)?;
    Ok((list, digest))
}

fn columns(headings: &[String], place: Place) -> Result<[usize; 4], Box<Problem>> {
    let mut positions = [0; 4];
    for (names, position) in COLUMNS.iter().zip(&mut positions) {
        let found = headings
            .iter()
            .position(|heading| names.contains(&heading.as_str()));
        let Some(found) = found else {
            let [da, en] = names;
            return Err(Box::new(messages::code_list(
                place,
                Text::new(
                    format!("kolonnen {da} mangler"),
                    format!("the column {en} is missing"),
                ),
            )));
        };
        *position = found;
    }
    Ok(positions)
}

impl CodeList {
    /// Adds a line of the list.
    fn add(
        &mut self,
        [code, table, field, value]: [&str; 4],
        model: &Model,
        place: Place,
    ) -> Result<(), Box<Problem>> {
        let refuse = |da: String, en: String| {
            Err(Box::new(messages::code_list(
                place.clone(),
                Text::new(da, en),
            )))
        };
        if code.is_empty() {
            return refuse("koden mangler".to_owned(), "the code is missing".to_owned());
        }
        let says = self.codes.entry(code.to_owned()).or_default();
        if table.is_empty() {
            return Ok(());
        }
        let Some((_, declared)) = model.table_named(table) else {
            let shown = crate::hide::escaped(table);
            return refuse(
                format!("tabellen {shown} er ikke erklæret i reglerne"),
                format!("the table {shown} is not declared in the rules"),
            );
        };
        let position = declared.fields.iter().position(|known| known.name == field);
        let Some(position) = position.filter(|_| is_value(declared, field, value)) else {
            let shown = [table, field, value].map(crate::hide::escaped).join(", ");
            return refuse(
                format!("reglerne har ikke det felt med den værdi: {shown}"),
                format!("the rules have no such field with that value: {shown}"),
            );
        };
        let blank = || vec![String::new(); declared.fields.len()];
        let values = says.entry(declared.name.clone()).or_insert_with(blank);
        match values.get_mut(position) {
            Some(slot) if slot.is_empty() => value.clone_into(slot),
            _ => {
                return refuse(
                    "feltet står der to gange for koden".to_owned(),
                    "the field stands there twice for the code".to_owned(),
                );
            }
        }
        Ok(())
    }
}

/// Whether a value may stand in a field. A blank says that the code does not tell.
fn is_value(table: &Table, field: &str, value: &str) -> bool {
    let Some((_, field)) = table.field_named(field) else {
        return false;
    };
    match &field.ty {
        _ if value.is_empty() => true,
        FieldType::Choice(values) => values.position(value).is_some(),
        FieldType::YesNo => ["ja", "nej", "yes", "no"].contains(&value),
        _ => false,
    }
}
