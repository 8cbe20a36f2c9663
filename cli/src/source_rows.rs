//! Rows of the extract as they may be shown in an explanation: days, choices and numbers; never
//! text, and nothing of a field that is sensitive.

use crate::language::{day as day_words, thousandths as number};
use crate::session::Session;
use hjemmel_engine::case::{Case, End, Row, Start, Value};
use hjemmel_engine::explain::RowRead;
use hjemmel_engine::model::{Field, FieldType, Model, Table};
use hjemmel_engine::time::Day;
use hjemmel_extracts::Extract;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Shape;

/// The rows of one case.
pub(crate) struct SourceRows<'a> {
    pub(crate) session: &'a Session,
    pub(crate) model: &'a Model,
    pub(crate) extract: &'a Extract,
    pub(crate) case: &'a Case,
}

impl SourceRows<'_> {
    /// `visitation.csv:12: kategori aktivitetsparat, fra 4. januar 2017, fortsat`
    pub(crate) fn line(&self, read: RowRead) -> Option<String> {
        let table = self.model.tables.get(read.table.0)?;
        let row = self
            .case
            .rows(read.table)
            .iter()
            .find(|row| row.source == read.source)?;
        let values = table.fields.iter().zip(&row.values);
        let mut parts: Vec<String> = values
            .filter_map(|(field, value)| self.value(field, value.as_ref()))
            .collect();
        parts.extend(self.days(table, row));
        // An imagined row counts as known all along, and no day says so.
        if let Some(registered) = row.registered.filter(|day| Day::FIRST < *day) {
            let words = self.session.say("registreret", "registered");
            parts.push(format!(
                "{words} {}",
                day_words(registered, self.session.language())
            ));
        }
        Some(format!(
            "{}: {}",
            self.extract.place(read.source),
            parts.join(", ")
        ))
    }

    fn value(&self, field: &Field, value: Option<&Value>) -> Option<String> {
        if field.sensitive || field.ty == FieldType::Text {
            return None;
        }
        let language = self.session.language();
        let yes_no = |yes: bool| {
            if yes {
                Text::new("ja", "yes")
            } else {
                Text::new("nej", "no")
            }
        };
        let shown = match (value, &field.ty) {
            (None, _) => self.session.say("mangler", "missing").to_owned(),
            (Some(Value::NotGiven), _) => return None,
            (Some(Value::Choice(i)), FieldType::Choice(values)) => values.get(*i)?.clone(),
            (Some(Value::Number(thousandths)), _) => number(*thousandths, self.session.language()),
            (Some(Value::Date(day)), _) => day_words(*day, language),
            (Some(Value::YesNo(yes)), _) => yes_no(*yes).get(language).to_owned(),
            (Some(Value::Choice(_) | Value::Text(_)), _) => return None,
        };
        Some(format!(
            "{} {}",
            field.name.replace('_', " "),
            shown.replace('_', " ")
        ))
    }

    fn days(&self, table: &Table, row: &Row) -> Vec<String> {
        let (session, language) = (self.session, self.session.language());
        let from = match row.from {
            Start::On(day) => day_words(day, language),
            Start::Unknown => session.say("ukendt dag", "an unknown day").to_owned(),
        };
        match (table.shape, row.to) {
            (Shape::Facts, _) => Vec::new(),
            (Shape::Events, _) => vec![format!("{} {from}", session.say("den", "on"))],
            (Shape::Periods, to) => {
                let to = match to {
                    End::On(day) => {
                        format!("{} {}", session.say("til", "to"), day_words(day, language))
                    }
                    End::Ongoing => session.say("fortsat", "ongoing").to_owned(),
                    End::Unknown => session.say("slutdato ukendt", "end unknown").to_owned(),
                };
                vec![format!("{} {from}", session.say("fra", "from")), to]
            }
        }
    }
}
