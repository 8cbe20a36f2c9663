//! Acts, tables and the tables of assessments.

use super::clauses::all;
use super::{Declared, Resolver};
use crate::diagnostics::names as errors;
use crate::model::{Act, Edition, Field, FieldId, FieldType, Table, TableId};
use hjemmel_grammar::syntax::{self, ClauseKind, Kind, Shape};
use std::collections::BTreeMap;

/// The columns that every table has, in both languages.
const COLUMNS: [&str; 10] = [
    "sag",
    "fra",
    "til",
    "dato",
    "registreret",
    "case",
    "from",
    "to",
    "date",
    "registered",
];

/// The columns that every table of decisions has besides.
const DECISION: [&str; 2] = ["afgørelse", "revurderes"];

impl Resolver {
    /// Resolves acts and tables, on which everything else rests.
    pub(super) fn schema(&mut self, declared: &[Declared<'_>]) {
        for item in declared {
            if !self.names.owns(item) {
                continue;
            }
            match item.declaration.kind {
                Kind::Act => self.act(*item),
                Kind::Data => self.table(*item),
                _ => {}
            }
        }
        for item in declared {
            let first = self
                .names
                .get(item.name())
                .is_some_and(|it| it.site == item.name_site());
            if item.declaration.kind == Kind::Assessment && first {
                self.decisions(*item);
            }
        }
        let birth_dates = self
            .model
            .tables
            .iter()
            .enumerate()
            .flat_map(|(table, declared)| {
                let fields = declared.fields.iter().enumerate();
                fields
                    .filter(|(_, field)| {
                        declared.shape == Shape::Facts && field.ty == FieldType::BirthDate
                    })
                    .map(move |(field, _)| (TableId(table), FieldId(field)))
            });
        self.birth_date = birth_dates.min();
    }

    fn act(&mut self, item: Declared<'_>) {
        self.names.begin(&item);
        self.check_clauses(item);
        let editions = all(item, |clause| match clause {
            ClauseKind::Edition {
                reference,
                from,
                to,
            } => Some((reference, *from, *to)),
            _ => None,
        });
        let editions = editions
            .into_iter()
            .map(|((reference, from, to), _)| Edition {
                reference: reference.clone(),
                validity: self.validity(item, from, to),
            })
            .collect();
        let title = item
            .declaration
            .title
            .as_ref()
            .map(|title| title.text.clone());
        let name = item.name().to_owned();
        self.model.acts.push(Act {
            name,
            title,
            editions,
            site: item.name_site(),
        });
    }

    fn table(&mut self, item: Declared<'_>) {
        self.names.begin(&item);
        self.check_clauses(item);
        let shape = self.required(item, ("perioder", "periods"), |clause| match clause {
            ClauseKind::Shape {
                shape,
                complete,
                exclusive,
            } => Some((*shape, *complete, *exclusive)),
            _ => None,
        });
        let (shape, complete, exclusive) = shape.unwrap_or((Shape::Periods, false, false));
        let fields = self.fields(item);
        let table = self.new_table(item, shape, fields);
        self.model.tables.push(Table {
            complete,
            exclusive,
            ..table
        });
    }

    /// The table that holds an assessment's decisions.
    fn decisions(&mut self, item: Declared<'_>) {
        let site = item.name_site();
        let field = |name: &str, ty| Field {
            name: name.to_owned(),
            ty,
            sensitive: false,
            site,
        };
        let decisions = ["ja", "nej", "afventer"].map(str::to_owned);
        let mut fields = vec![
            field(
                DECISION[0],
                FieldType::Choice(decisions.into_iter().collect()),
            ),
            field(DECISION[1], FieldType::Date),
        ];
        fields.extend(self.fields(item));
        let table = self.new_table(item, Shape::Periods, fields);
        self.model.tables.push(Table {
            assessment: true,
            ..table
        });
    }

    fn new_table(&self, item: Declared<'_>, shape: Shape, fields: Vec<Field>) -> Table {
        Table {
            name: item.name().to_owned(),
            title: item
                .declaration
                .title
                .as_ref()
                .map(|title| title.text.clone()),
            shape,
            complete: false,
            exclusive: false,
            assessment: false,
            fields,
            site: item.name_site(),
        }
    }

    fn fields(&mut self, item: Declared<'_>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let declared = all(item, |clause| match clause {
            ClauseKind::Field {
                name,
                ty,
                sensitive,
            } => Some((name, ty, *sensitive)),
            _ => None,
        });
        for ((name, ty, sensitive), _) in declared {
            let site = item.site(name.span);
            let (word, kind) = (name.text.as_str(), item.declaration.kind);
            if COLUMNS.contains(&word) || kind == Kind::Assessment && DECISION.contains(&word) {
                self.report(errors::reserved_column(site, word, kind));
            }
            if let Some(first) = fields.iter().find(|field| field.name == name.text) {
                self.report(errors::repeated(site, &name.text, first.site));
                continue;
            }
            let ty = self.field_type(item, ty);
            fields.push(Field {
                name: name.text.clone(),
                ty,
                sensitive,
                site,
            });
        }
        fields
    }

    fn field_type(&mut self, item: Declared<'_>, ty: &syntax::FieldType) -> FieldType {
        match ty {
            syntax::FieldType::OneOf(values) => {
                let mut firsts = BTreeMap::new();
                for value in values {
                    let site = item.site(value.span);
                    let first = *firsts.entry(value.text.as_str()).or_insert(site);
                    if first != site {
                        self.report(errors::repeated(site, &value.text, first));
                    }
                }
                FieldType::Choice(values.iter().map(|value| value.text.clone()).collect())
            }
            syntax::FieldType::Number => FieldType::Number,
            syntax::FieldType::Date => FieldType::Date,
            syntax::FieldType::BirthDate => FieldType::BirthDate,
            syntax::FieldType::YesNo => FieldType::YesNo,
            syntax::FieldType::Text => FieldType::Text,
        }
    }
}
