//! Two rule sets that declare different tables: one extract for both.
//!
//! The extract is read by the tables of both together, so that both judge the same persons; then
//! each gets its own tables, as if they had been read for it alone.

use crate::case::{Case, TableRows, Value};
use crate::model::{Field, FieldType, Model, Table};

/// A table or field that the two declare so differently that one extract cannot be both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The table.
    pub table: String,
    /// The field, if it is one.
    pub field: Option<String>,
}

/// The tables of both: those of the new rule set, then what only the old one declares.
///
/// # Errors
///
/// They declare the rows of a table or the values of a field differently.
pub fn union(old: &Model, new: &Model) -> Result<Model, Conflict> {
    let mut tables = new.tables.clone();
    for table in &old.tables {
        match tables.iter_mut().find(|it| it.name == table.name) {
            Some(both) => add(both, table)?,
            None => tables.push(table.clone()),
        }
    }
    Ok(Model {
        tables,
        ..Model::default()
    })
}

fn add(both: &mut Table, table: &Table) -> Result<(), Conflict> {
    let rows = |table: &Table| {
        (
            table.shape,
            table.complete,
            table.exclusive,
            table.assessment,
        )
    };
    if rows(both) != rows(table) {
        return Err(Conflict {
            table: table.name.clone(),
            field: None,
        });
    }
    for field in &table.fields {
        let Some(same) = both.fields.iter_mut().find(|it| it.name == field.name) else {
            both.fields.push(field.clone());
            continue;
        };
        same.sensitive |= field.sensitive;
        match (&mut same.ty, &field.ty) {
            (FieldType::Choice(words), FieldType::Choice(more)) => {
                let more = more.iter().filter(|word| !words.contains(word));
                let more: Vec<String> = more.cloned().collect();
                words.extend(more);
            }
            (ours, theirs) if ours == theirs => {}
            _ => {
                return Err(Conflict {
                    table: table.name.clone(),
                    field: Some(field.name.clone()),
                });
            }
        }
    }
    Ok(())
}

/// How cases read by the tables of both become cases of one of them.
#[derive(Clone, Debug)]
pub struct Projection(Vec<(usize, Vec<Column>)>);

/// A field: where it was read, and what its values to choose from are called by its own rule set.
#[derive(Clone, Debug)]
struct Column {
    at: usize,
    /// For each value to choose from its position; `None`: this rule set does not know it.
    choices: Option<Vec<Option<usize>>>,
}

impl Projection {
    /// From the tables of both to those of `model`.
    #[must_use]
    pub fn new(both: &Model, model: &Model) -> Self {
        let tables = model.tables.iter().filter_map(|table| {
            let (at, read) = both.table_named(&table.name)?;
            let columns = table.fields.iter().filter_map(|field| column(read, field));
            Some((at.0, columns.collect()))
        });
        Self(tables.collect())
    }

    /// The case by its own tables.
    #[must_use]
    pub fn case(&self, case: &Case) -> Case {
        let tables = self.0.iter().map(|(at, columns)| {
            let Some(read) = case.tables.get(*at) else {
                return TableRows::default();
            };
            let mut own = read.clone();
            for row in &mut own.rows {
                let values = columns.iter().map(|column| column.value(&row.values));
                row.values = values.collect();
            }
            own
        });
        Case {
            id: case.id.clone(),
            tables: tables.collect(),
        }
    }
}

fn column(read: &Table, field: &Field) -> Option<Column> {
    let (at, of_both) = read.field_named(&field.name)?;
    let choices = match (&of_both.ty, &field.ty) {
        (FieldType::Choice(words), FieldType::Choice(own)) => {
            let position = |word: &String| own.iter().position(|it| it == word);
            Some(words.iter().map(position).collect())
        }
        _ => None,
    };
    Some(Column { at: at.0, choices })
}

impl Column {
    /// A word that the rule set does not know is unknown to it, as when it is read for it alone.
    fn value(&self, values: &[Option<Value>]) -> Option<Value> {
        let value = values.get(self.at)?.clone()?;
        match (&value, &self.choices) {
            (Value::Choice(at), Some(choices)) => Some(Value::Choice((*choices.get(*at)?)?)),
            _ => Some(value),
        }
    }
}
