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
                let more = more.iter().filter(|word| words.position(word).is_none());
                *words = words.iter().chain(more).cloned().collect();
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
            let position = |word: &String| own.position(word);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{End, Row, Source, Start};
    use crate::check_rules;
    use crate::time::Day;
    use hjemmel_grammar::Sources;

    fn model(tables: &str) -> Model {
        let mut sources = Sources::new();
        sources.add("data.regel", tables);
        check_rules(&sources).model
    }

    #[test]
    fn each_gets_its_own_tables_of_one_extract() {
        let old = model(
            "data ydelse\n  perioder fuldstændig\n  art er en af a, b\n  sats er tal\n\ndata fravær\n  perioder\n",
        );
        let new =
            model("data ydelse\n  perioder fuldstændig\n  kode er tekst\n  art er en af c, b\n");
        let both = union(&old, &new).unwrap();
        let names: Vec<&str> = both.tables.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["ydelse", "fravær"]);
        let mut case = Case::empty(&both, "S1");
        // kode, art (c, b, a), sats
        for art in 0..3 {
            case.tables[0].rows.push(Row {
                from: Start::On(Day::FIRST),
                to: End::Ongoing,
                values: vec![None, Some(Value::Choice(art)), Some(Value::Number(7))],
                registered: None,
                source: Source::default(),
            });
        }
        let values = |model: &Model| {
            let own = Projection::new(&both, model).case(&case);
            assert_eq!(own.tables.len(), model.tables.len());
            let rows = own.tables[0].rows.iter();
            rows.map(|row| row.values.clone()).collect::<Vec<_>>()
        };
        let choice = |at| Some(Value::Choice(at));
        let number = Some(Value::Number(7));
        // c is no word of the old rules, a none of the new: unknown to them, never another word.
        assert_eq!(
            values(&old),
            [
                vec![None, number.clone()],
                vec![choice(1), number.clone()],
                vec![choice(0), number]
            ]
        );
        assert_eq!(
            values(&new),
            [
                vec![None, choice(0)],
                vec![None, choice(1)],
                vec![None, None]
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_as_both_is_named() {
        let one = model("data ydelse\n  perioder fuldstændig\n  sats er tal\n");
        let rows = union(&one, &model("data ydelse\n  hændelser\n  sats er tal\n")).unwrap_err();
        assert_eq!((rows.table.as_str(), rows.field), ("ydelse", None));
        let field = union(
            &one,
            &model("data ydelse\n  perioder fuldstændig\n  sats er dato\n"),
        );
        assert_eq!(field.unwrap_err().field.as_deref(), Some("sats"));
    }
}
