//! Conditions on one and the same row: `indsats hvor …`.

use super::{Declared, Resolver};
use crate::diagnostics::{names as errors, types};
use crate::model::{DurationTest, Field, FieldId, FieldType, RowCondition, RowTest, TableId};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::{Comparison, Condition, ConditionKind, Name, Order};

/// A condition on a row that could not be resolved never decides: it is taken as met, and the
/// diagnostic keeps the rules from being used.
const UNRESOLVED: RowCondition = RowCondition::All(Vec::new());

impl Resolver {
    /// The condition after `hvor`, its tests of duration apart.
    pub(super) fn row_filter(
        &mut self,
        item: Declared<'_>,
        table: TableId,
        condition: &Condition,
    ) -> (RowCondition, Vec<DurationTest>) {
        let parts = match &condition.kind {
            ConditionKind::All(parts) => parts.iter().collect(),
            _ => vec![condition],
        };
        let (mut filters, mut durations) = (Vec::new(), Vec::new());
        for part in parts {
            match &part.kind {
                ConditionKind::Duration(order, length) => {
                    durations.extend(self.length(item, length).map(|length| DurationTest {
                        order: *order,
                        length,
                    }));
                }
                _ => filters.push(self.row_condition(item, table, part)),
            }
        }
        let filter = match <[RowCondition; 1]>::try_from(filters) {
            Ok([only]) => only,
            Err(filters) => RowCondition::All(filters),
        };
        (filter, durations)
    }

    fn row_condition(
        &mut self,
        item: Declared<'_>,
        table: TableId,
        condition: &Condition,
    ) -> RowCondition {
        let mut each = |parts: &[Condition]| -> Vec<RowCondition> {
            parts
                .iter()
                .map(|part| self.row_condition(item, table, part))
                .collect()
        };
        match &condition.kind {
            ConditionKind::All(parts) => RowCondition::All(each(parts)),
            ConditionKind::Any(parts) => RowCondition::Any(each(parts)),
            ConditionKind::None(parts) => {
                RowCondition::Not(Box::new(RowCondition::Any(each(parts))))
            }
            ConditionKind::AtLeast(count, parts) => RowCondition::AtLeast(*count, each(parts)),
            ConditionKind::Not(part) => {
                RowCondition::Not(Box::new(self.row_condition(item, table, part)))
            }
            ConditionKind::Is {
                subject,
                comparison,
            } if subject.field.is_none() => self.row_test(item, table, &subject.head, comparison),
            ConditionKind::Name(path)
                if path.field.is_none() && self.has_field(table, &path.head) =>
            {
                let name = &path.head.text;
                let example = Text::new(format!("`{name} er …`"), format!("`{name} is …`"));
                self.report(types::not_a_condition(
                    item.site(path.span()),
                    name,
                    &example,
                ));
                UNRESOLVED
            }
            ConditionKind::Duration(..) => {
                self.report(types::misplaced_duration(item.site(condition.span)));
                UNRESOLVED
            }
            _ => {
                let declared = self.model.tables.get(table.0);
                let name = declared.map_or_else(String::new, |table| table.name.clone());
                let fields: Vec<String> = declared
                    .map(|table| {
                        table
                            .fields
                            .iter()
                            .map(|field| field.name.clone())
                            .collect()
                    })
                    .unwrap_or_default();
                let site = item.site(condition.span);
                self.report(types::not_about_the_row(site, &name, &fields));
                UNRESOLVED
            }
        }
    }

    fn has_field(&self, table: TableId, name: &Name) -> bool {
        self.model
            .tables
            .get(table.0)
            .is_some_and(|table| table.field_named(&name.text).is_some())
    }

    /// A test of one field of a row.
    pub(super) fn row_test(
        &mut self,
        item: Declared<'_>,
        table: TableId,
        name: &Name,
        comparison: &Comparison,
    ) -> RowCondition {
        let Some((id, field)) = self.field(item, table, name) else {
            return UNRESOLVED;
        };
        if field.ty == FieldType::Text {
            self.report(types::text_in_condition(
                item.site(name.span),
                &field.name,
                field.site,
            ));
            return UNRESOLVED;
        }
        match comparison {
            Comparison::Ordered(order, literal) => self
                .ordered(item, id, &field, *order, literal)
                .unwrap_or(UNRESOLVED),
            Comparison::OneOf { values, negated } => {
                let values: Vec<_> = values
                    .iter()
                    .filter_map(|literal| self.field_value(item, &field, literal))
                    .collect();
                let test = RowCondition::Field(id, RowTest::OneOf(values));
                if *negated {
                    RowCondition::Not(Box::new(test))
                } else {
                    test
                }
            }
        }
    }

    fn ordered(
        &mut self,
        item: Declared<'_>,
        id: FieldId,
        field: &Field,
        order: Order,
        literal: &hjemmel_grammar::syntax::Literal,
    ) -> Option<RowCondition> {
        let bound = self.bound(item, field, literal)?;
        Some(RowCondition::Field(id, RowTest::Ordered(order, bound)))
    }

    /// The field of that name; reports one that the table does not have.
    pub(super) fn field(
        &mut self,
        item: Declared<'_>,
        table: TableId,
        name: &Name,
    ) -> Option<(FieldId, Field)> {
        let declared = self.model.tables.get(table.0)?;
        if let Some((id, field)) = declared.field_named(&name.text) {
            return Some((id, field.clone()));
        }
        let fields = declared.fields.iter().map(|field| field.name.as_str());
        let site = item.site(name.span);
        let diagnostic =
            errors::unknown_field(site, &name.text, &declared.name, declared.site, fields);
        self.report(diagnostic);
        None
    }
}
