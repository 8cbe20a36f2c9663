//! Columns that show the extract itself: who works with the case, for instance.

use super::Asked;
use crate::language::thousandths;
use hjemmel_engine::case::{Case, End, Row, Start, Value};
use hjemmel_engine::model::{FieldId, FieldType, TableId};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::{Cell, Column, Kind};

impl Asked<'_> {
    /// The columns that `udtræk.toml` names under `[arbejdsliste]`.
    pub(crate) fn own_columns(&self) -> Vec<Column> {
        let column = |(table, field): &(TableId, FieldId)| {
            let table = self.model.tables.get(table.0)?;
            let field = table.fields.get(field.0)?;
            let mut heading = field.name.replace('_', " ");
            if let Some(first) = heading.chars().next() {
                let rest = heading.split_off(first.len_utf8());
                heading = first.to_uppercase().collect::<String>() + &rest;
            }
            let id = format!("{}.{}", table.name, field.name);
            Some(Column::new(id, Text::same(heading), Kind::Text))
        };
        self.extract.worklist.iter().filter_map(column).collect()
    }

    /// What stands in them on the day.
    pub(crate) fn own_cells(&self, case: &Case) -> Vec<Cell> {
        let cell = |(table, field): &(TableId, FieldId)| {
            let rows = case.rows(*table).iter().filter(|row| self.covers(row));
            let mut values: Vec<String> = Vec::new();
            for value in rows.filter_map(|row| self.value(*table, *field, row)) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            Cell::text(values.join("; "))
        };
        self.extract.worklist.iter().map(cell).collect()
    }

    /// Whether a row covers the day and was registered in time; one whose end is not known may.
    fn covers(&self, row: &Row) -> bool {
        let begun = matches!(row.from, Start::On(first) if first <= self.day);
        let goes_on = match row.to {
            End::On(last) => self.day <= last,
            End::Ongoing | End::Unknown => true,
        };
        let known = match (self.known_on, row.registered) {
            (Some(known), Some(registered)) => registered <= known,
            _ => true,
        };
        begun && goes_on && known
    }

    fn value(&self, table: TableId, field: FieldId, row: &Row) -> Option<String> {
        let declared = self.model.tables.get(table.0)?.fields.get(field.0)?;
        // Checked when `udtræk.toml` was read; a promise is worth two looks.
        if declared.sensitive {
            return None;
        }
        let session = self.session;
        Some(match (row.values.get(field.0)?.as_ref()?, &declared.ty) {
            (Value::Choice(at), FieldType::Choice(values)) => values.get(*at)?.replace('_', " "),
            (Value::Number(number), _) => thousandths(*number, session.language()),
            (Value::Date(day), _) => day.to_string(),
            (Value::YesNo(true), _) => session.say("ja", "yes").to_owned(),
            (Value::YesNo(false), _) => session.say("nej", "no").to_owned(),
            (Value::Text(text), _) => text.reveal().to_owned(),
            (Value::Choice(_) | Value::NotGiven, _) => return None,
        })
    }
}
