//! Examples: a few lines become a case, and what must come out of it.

use super::clauses::optional;
use super::{Declared, Resolver};
use crate::case::{Case, End, Row, Source, Start, Value};
use crate::diagnostics::{examples as errors, names};
use crate::model::{
    AssessmentId, ClassificationId, DayExpectation, DutyId, DutyState, Example, Expectation,
    Expected, Field, FieldType, Subject, Table, TableId, TermId, WarningId,
};
use crate::time::{Day, Days};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::{self, ClauseKind, ExpectedDays, GivenItem, GivenRow, Kind, Shape};

impl Resolver {
    /// Resolves an example. One with an error in it is left out, so that it cannot seem to fail.
    pub(super) fn example(&mut self, item: Declared<'_>) {
        self.names.begin(&item);
        self.check_clauses(item);
        let errors_before = self.diagnostics.len();
        let case = self.given(item);
        let known_on = optional(item, |clause| match clause {
            ClauseKind::KnownOn(date) => Some(*date),
            _ => None,
        });
        let known_on = known_on.map(|date| self.day(item, date));
        let expected = optional(item, |clause| match clause {
            ClauseKind::Expect(lines) => Some(lines),
            _ => None,
        });
        if expected.is_none_or(Vec::is_empty) && !item.declaration.broken {
            self.report(errors::expects_nothing(item.site(item.declaration.keyword)));
        }
        let lines = expected.into_iter().flatten();
        let expectations: Vec<_> = lines
            .filter_map(|line| self.expectation(item, line))
            .collect();
        if self.diagnostics.len() > errors_before || item.declaration.broken {
            return;
        }
        let title = item
            .declaration
            .title
            .as_ref()
            .map_or_else(String::new, |it| it.text.clone());
        let site = item.site(item.declaration.span);
        self.model.examples.push(Example {
            title,
            case,
            known_on,
            expectations,
            site,
        });
    }

    /// The case that the rows of `givet` make.
    pub(super) fn given(&mut self, item: Declared<'_>) -> Case {
        let mut case = Case::empty(&self.model, "eksempel");
        for (declared, table) in self.model.tables.iter().zip(&mut case.tables) {
            if declared.shape != Shape::Facts {
                table.complete = Days::all();
            }
        }
        let given = optional(item, |clause| match clause {
            ClauseKind::Given(rows) => Some(rows),
            _ => None,
        });
        for row in given.into_iter().flatten() {
            self.given_row(item, row, &mut case);
        }
        case
    }

    fn given_row(&mut self, item: Declared<'_>, row: &GivenRow, case: &mut Case) {
        let site = item.site(row.table.span);
        let Some((id, table)) = self.model.table_named(&row.table.text) else {
            let diagnostic = match self.names.lookup(&row.table.text) {
                Some(it) => names::wrong_kind(site, &row.table.text, it.kind, it.site, Kind::Data),
                None => {
                    let tables = |kind| matches!(kind, Kind::Data | Kind::Assessment);
                    let known = self.names.like(&row.table.text, tables);
                    names::unknown_name(site, &row.table.text, Kind::Data, known)
                }
            };
            self.report(diagnostic);
            return;
        };
        let table = table.clone();
        if row
            .items
            .iter()
            .any(|part| matches!(part, GivenItem::NotComplete(_)))
        {
            if let Some(rows) = case.tables.get_mut(id.0) {
                rows.complete = Days::none();
            }
            return;
        }
        let line = u32::try_from(
            case.tables
                .iter()
                .map(|table| table.rows.len())
                .sum::<usize>(),
        );
        let source = Source {
            file: u32::MAX,
            line: line.unwrap_or(0).saturating_add(1),
        };
        let days = self.row_days(item, row, &table);
        let values = self.row_values(item, row, &table);
        let registered = row.items.iter().find_map(|part| match part {
            GivenItem::Registered(date) => Some(*date),
            _ => None,
        });
        let registered = registered.map(|date| self.day(item, date));
        if let (Some((from, to)), Some(rows)) = (days, case.tables.get_mut(id.0)) {
            rows.rows.push(Row {
                from,
                to,
                values,
                registered,
                source,
            });
        }
    }

    /// The days of a row, if they fit its table.
    fn row_days(
        &mut self,
        item: Declared<'_>,
        row: &GivenRow,
        table: &Table,
    ) -> Option<(Start, End)> {
        let (mut from, mut to, mut on) = (None, None, None);
        for part in &row.items {
            match part {
                GivenItem::From(date) => from = Some(Start::On(self.day(item, *date))),
                GivenItem::To(date) => to = Some(End::On(self.day(item, *date))),
                GivenItem::Ongoing(_) => to = Some(End::Ongoing),
                GivenItem::EndUnknown(_) => to = Some(End::Unknown),
                GivenItem::On(date) => on = Some(self.day(item, *date)),
                _ => {}
            }
        }
        let site = item.site(row.span);
        if let (Some(Start::On(first)), Some(End::On(last))) = (from, to)
            && last < first
        {
            self.report(errors::row_ends_before_it_begins(site));
            return None;
        }
        let (days, form) = match table.shape {
            Shape::Periods => (
                from.zip(to).filter(|_| on.is_none()),
                Text::new(
                    "`fra D til D`, `fra D, fortsat` eller `fra D, slutdato ukendt`",
                    "`from D to D`, `from D, ongoing` or `from D, end unknown`",
                ),
            ),
            Shape::Events => (
                on.map(|day| (Start::On(day), End::On(day)))
                    .filter(|_| from.is_none() && to.is_none()),
                Text::new("`den D`", "`on D`"),
            ),
            Shape::Facts => (
                (from.is_none() && to.is_none() && on.is_none())
                    .then_some((Start::On(Day::FIRST), End::Ongoing)),
                Text::new("uden datoer", "without dates"),
            ),
        };
        if days.is_none() {
            self.report(errors::wrong_days(site, &table.name, &form));
        }
        days
    }

    fn row_values(
        &mut self,
        item: Declared<'_>,
        row: &GivenRow,
        table: &Table,
    ) -> Vec<Option<Value>> {
        let mut values: Vec<Option<Value>> = vec![None; table.fields.len()];
        if let Some(reassess) = values
            .get_mut(Table::REASSESS.0)
            .filter(|_| table.assessment)
        {
            *reassess = Some(Value::NotGiven);
        }
        let mut given = vec![false; table.fields.len()];
        for part in &row.items {
            let (index, value, site) = match part {
                GivenItem::Value(literal) => {
                    let site = item.site(literal.span());
                    let Some((index, field)) = self.field_of_value(item, table, literal) else {
                        continue;
                    };
                    (index, self.field_value(item, &field, literal), site)
                }
                GivenItem::Field(name, literal) => {
                    let id = TableId(
                        self.model
                            .tables
                            .iter()
                            .position(|it| it.name == table.name)
                            .unwrap_or(usize::MAX),
                    );
                    let Some((field_id, field)) = self.field(item, id, name) else {
                        continue;
                    };
                    let value = literal
                        .as_ref()
                        .and_then(|it| self.field_value(item, &field, it));
                    (field_id.0, value, item.site(name.span))
                }
                _ => continue,
            };
            if let (Some(seen), Some(slot)) = (given.get_mut(index), values.get_mut(index)) {
                if *seen {
                    let name = table.fields.get(index).map_or("", |field| &field.name);
                    self.diagnostics.push(errors::given_twice(site, name));
                }
                *seen = true;
                *slot = value;
            }
        }
        values
    }

    /// The one field that a bare value can belong to.
    fn field_of_value(
        &mut self,
        item: Declared<'_>,
        table: &Table,
        literal: &syntax::Literal,
    ) -> Option<(usize, Field)> {
        let fits = |field: &Field| match (&field.ty, literal) {
            (FieldType::Choice(values), syntax::Literal::Name(name)) => {
                values.position(&name.text).is_some()
            }
            (FieldType::Choice(values), syntax::Literal::YesNo(yes, _)) => {
                values.position(if *yes { "ja" } else { "nej" }).is_some()
            }
            (FieldType::YesNo, syntax::Literal::YesNo(..)) => true,
            (FieldType::Number, syntax::Literal::Number(..)) => true,
            (FieldType::Date | FieldType::BirthDate, syntax::Literal::Date(_)) => true,
            (FieldType::Text, syntax::Literal::Text(_)) => true,
            _ => false,
        };
        let fields: Vec<(usize, &Field)> = table
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| fits(field))
            .collect();
        if let [(index, field)] = fields.as_slice() {
            return Some((*index, (*field).clone()));
        }
        let names: Vec<&str> = fields
            .iter()
            .map(|(_, field)| field.name.as_str())
            .collect();
        let value = super::values::literal_kind(literal);
        let site = item.site(literal.span());
        let diagnostic = errors::ambiguous_value(site, &value, &table.name, &names);
        let all = table.fields.iter().flat_map(|field| match &field.ty {
            FieldType::Choice(values) => &**values,
            _ => &[],
        });
        self.report(match literal {
            syntax::Literal::Name(name) if names.is_empty() => {
                errors::nearest_value(diagnostic, &name.text, all.map(String::as_str))
            }
            _ => diagnostic,
        });
        None
    }

    fn expectation(
        &mut self,
        item: Declared<'_>,
        line: &syntax::Expectation,
    ) -> Option<Expectation> {
        let name = &line.subject;
        let site = item.site(name.span);
        let Some(meaning) = self.names.lookup(&name.text) else {
            let known = self
                .names
                .like(&name.text, |kind| subject(kind, 0).is_some());
            let diagnostic = names::unknown_name(site, &name.text, Kind::Duty, known);
            self.report(diagnostic);
            return None;
        };
        let Some(subject) = subject(meaning.kind, meaning.index) else {
            self.report(errors::has_no_state(site, &name.text, meaning.site));
            return None;
        };
        let expected = match &line.expected {
            syntax::Expected::Due(_) if meaning.kind != Kind::Duty => {
                self.report(errors::has_no_deadline(site, &name.text));
                return None;
            }
            syntax::Expected::Due(date) => Expected::Due(self.day(item, *date)),
            syntax::Expected::State(state) => {
                self.check_state(item, subject, state, &name.text, meaning.site)?;
                Expected::State(state.text.clone())
            }
        };
        let days = match &line.days {
            ExpectedDays::On(date) => DayExpectation::On(self.day(item, *date)),
            ExpectedDays::Run { from, to } => DayExpectation::Run {
                from: from.map(|date| self.day(item, date)),
                to: to.map(|date| self.day(item, date)),
            },
        };
        Some(Expectation {
            subject,
            expected,
            days,
            site: item.site(line.span),
        })
    }

    /// Reports a state that the rule does not have.
    fn check_state(
        &mut self,
        item: Declared<'_>,
        subject: Subject,
        state: &syntax::Name,
        rule: &str,
        declared: hjemmel_grammar::span::Site,
    ) -> Option<()> {
        let known: Vec<String> = match subject {
            Subject::Duty(_) => DutyState::ALL.map(|state| state.name().to_owned()).to_vec(),
            Subject::Classification(_) => {
                let states = self.names.states(rule)?.iter().map(String::as_str);
                states.chain(["ukendt"]).map(str::to_owned).collect()
            }
            _ => ["ja", "nej", "ukendt"].map(str::to_owned).to_vec(),
        };
        if known.contains(&state.text) {
            return Some(());
        }
        let known = known.iter().map(String::as_str);
        let site = item.site(state.span);
        self.report(names::unknown_state(
            site,
            &state.text,
            rule,
            declared,
            known,
        ));
        None
    }
}

/// What an expectation of a name of this kind is about.
fn subject(kind: Kind, index: usize) -> Option<Subject> {
    match kind {
        Kind::Duty => Some(Subject::Duty(DutyId(index))),
        Kind::Classification => Some(Subject::Classification(ClassificationId(index))),
        Kind::Term => Some(Subject::Term(TermId(index))),
        Kind::Assessment => Some(Subject::Assessment(AssessmentId(index))),
        Kind::Warning => Some(Subject::Warning(WarningId(index))),
        _ => None,
    }
}
