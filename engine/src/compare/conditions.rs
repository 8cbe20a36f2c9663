//! Structures of conditions: what is written in different ways and means the same is made alike.

use super::shape::{Names, ShapeId, Shaper};
use crate::case::Value;
use crate::model::{
    Anchor, Bound, ConditionId, ConditionKind, Exception, FieldId, FieldType, Literal,
    ParameterValue, RowCondition, RowTest, TableId,
};
use crate::time::Period;
use hjemmel_grammar::syntax::Kind;

impl Shaper<'_> {
    pub(super) fn condition(&mut self, id: ConditionId, window: Period) -> ShapeId {
        if let Some(shape) = self.memo.get(&(id, window)) {
            return *shape;
        }
        let model = self.model;
        let shape = self.kind(&model.condition(id).kind, window);
        // What is named in it is to be met again where names are kept.
        if self.names == Names::Followed {
            self.memo.insert((id, window), shape);
        }
        shape
    }

    fn conditions(&mut self, ids: &[ConditionId], window: Period) -> Vec<ShapeId> {
        ids.iter().map(|id| self.condition(*id, window)).collect()
    }

    fn kind(&mut self, kind: &ConditionKind, window: Period) -> ShapeId {
        match kind {
            ConditionKind::Unreadable => self.shapes.of("unreadable", Vec::new()),
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => {
                let mut parts = vec![self.table(*table), self.filter(*table, filter, window)];
                for test in durations {
                    let length = self.length(test.length, window);
                    parts.push(
                        self.shapes
                            .of(format!("lasting {:?}", test.order), vec![length]),
                    );
                }
                self.shapes.unordered("rows", parts)
            }
            ConditionKind::Age {
                table,
                field,
                order,
                years,
            } => {
                let parts = vec![self.table(*table), self.field(*table, *field)];
                self.shapes.of(format!("age {order:?} {years}"), parts)
            }
            ConditionKind::Term(id) => self.term(*id, window),
            ConditionKind::Assessed { assessment, filter } => {
                let rule = self.model.assessments.get(assessment.0);
                let table = rule.and_then(|rule| Some(rule.versions.first()?.body.table));
                let mut parts = vec![self.assessment(*assessment, window)];
                parts.extend(table.map(|table| self.filter(table, filter, window)));
                self.shapes.of("assessed", parts)
            }
            ConditionKind::DutyIs(id, states) => {
                let mut states: Vec<&str> = states.iter().map(|state| state.name()).collect();
                states.sort_unstable();
                let duty = self.duty(*id, window);
                self.shapes
                    .of(format!("duty is {}", states.join(" ")), vec![duty])
            }
            ConditionKind::ClassifiedAs(id, states) => {
                let mut states: Vec<&str> = states.iter().map(String::as_str).collect();
                states.sort_unstable();
                let of = self.classification(*id, window);
                self.shapes
                    .of(format!("classified as {}", states.join(" ")), vec![of])
            }
            ConditionKind::Parameter(id) => self.parameter(*id, window),
            ConditionKind::All(_) | ConditionKind::Any(_) => self.joined(kind, window),
            ConditionKind::AtLeast(count, parts) => {
                let parts = self.conditions(parts, window);
                self.shapes.unordered(&format!("at least {count}"), parts)
            }
            ConditionKind::Not(part) => match &self.model.condition(*part).kind {
                ConditionKind::Not(twice) => self.condition(*twice, window),
                _ => self.one("not", *part, window),
            },
            ConditionKind::Except { base, exceptions } => self.except(*base, exceptions, window),
            _ => self.over_time(kind, window),
        }
    }

    /// The operators of time.
    fn over_time(&mut self, kind: &ConditionKind, window: Period) -> ShapeId {
        let (name, condition, lengths) = match kind {
            ConditionKind::HeldFor(part, length) => ("held for", *part, vec![*length]),
            ConditionKind::Within(part, length) => ("within", *part, vec![*length]),
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => ("total within", *condition, vec![*total, *window]),
            ConditionKind::Bridged(part, length) => ("bridged", *part, vec![*length]),
            ConditionKind::BridgedMonth(part) => return self.one("bridged month", *part, window),
            ConditionKind::WholeWeeks(part) => return self.one("whole weeks", *part, window),
            ConditionKind::Near(length, anchor) => {
                let parts = vec![self.length(*length, window), self.anchor(*anchor, window)];
                return self.shapes.of("near", parts);
            }
            ConditionKind::KnownOn(part, day) => {
                let parts = vec![self.condition(*part, window), self.day(*day, window)];
                return self.shapes.of("known on", parts);
            }
            // Told apart before; listed, so that a new kind is not forgotten.
            ConditionKind::Unreadable
            | ConditionKind::Rows { .. }
            | ConditionKind::Age { .. }
            | ConditionKind::Term(_)
            | ConditionKind::Assessed { .. }
            | ConditionKind::DutyIs(..)
            | ConditionKind::ClassifiedAs(..)
            | ConditionKind::Parameter(_)
            | ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::AtLeast(..)
            | ConditionKind::Not(_)
            | ConditionKind::Except { .. } => return self.shapes.of("unreadable", Vec::new()),
        };
        let mut parts = vec![self.condition(condition, window)];
        parts.extend(
            lengths
                .into_iter()
                .map(|length| self.length(length, window)),
        );
        self.shapes.of(name, parts)
    }

    fn one(&mut self, name: &str, part: ConditionId, window: Period) -> ShapeId {
        let part = self.condition(part, window);
        self.shapes.of(name, vec![part])
    }

    /// `og`, `eller`: of several in each other one, each part once; a single part stands alone.
    fn joined(&mut self, kind: &ConditionKind, window: Period) -> ShapeId {
        let all = matches!(kind, ConditionKind::All(_));
        let mut flat = Vec::new();
        self.flatten(kind, all, &mut flat);
        let mut parts = self.conditions(&flat, window);
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [one] => *one,
            _ => self.shapes.of(if all { "all" } else { "any" }, parts),
        }
    }

    fn flatten(&self, kind: &ConditionKind, all: bool, flat: &mut Vec<ConditionId>) {
        let (ConditionKind::All(parts) | ConditionKind::Any(parts)) = kind else {
            return;
        };
        for part in parts {
            match (&self.model.condition(*part).kind, all) {
                (inner @ ConditionKind::All(_), true) | (inner @ ConditionKind::Any(_), false) => {
                    self.flatten(inner, all, flat);
                }
                _ => flat.push(*part),
            }
        }
    }

    /// `dog …`: the last that holds decides, so neighbours that say the same may change places.
    fn except(&mut self, base: ConditionId, exceptions: &[Exception], window: Period) -> ShapeId {
        let mut parts = vec![self.condition(base, window)];
        for alike in exceptions.chunk_by(|one, next| one.holds == next.holds) {
            let whens: Vec<ConditionId> = alike.iter().map(|it| it.when).collect();
            let mut whens = self.conditions(&whens, window);
            whens.sort_unstable();
            whens.dedup();
            let holds = alike.first().is_some_and(|it| it.holds);
            parts.push(
                self.shapes
                    .of(if holds { "also" } else { "not when" }, whens),
            );
        }
        self.shapes.of("except", parts)
    }

    pub(super) fn anchor(&mut self, anchor: Anchor, window: Period) -> ShapeId {
        let kind = format!("{:?} {:?}", anchor.side, anchor.edge);
        let condition = self.condition(anchor.condition, window);
        self.shapes.of(kind, vec![condition])
    }

    fn filter(&mut self, table: TableId, filter: &RowCondition, window: Period) -> ShapeId {
        let mut each = |parts: &[RowCondition]| {
            let parts = parts.iter().map(|part| self.filter(table, part, window));
            let mut parts: Vec<ShapeId> = parts.collect();
            parts.sort_unstable();
            parts
        };
        let (kind, mut parts) = match filter {
            RowCondition::All(parts) => ("all of the row", each(parts)),
            RowCondition::Any(parts) => ("any of the row", each(parts)),
            RowCondition::AtLeast(count, parts) => {
                let parts = each(parts);
                return self
                    .shapes
                    .of(format!("at least {count} of the row"), parts);
            }
            RowCondition::Not(part) => ("not the row", each(std::slice::from_ref(part.as_ref()))),
            RowCondition::Field(field, test) => return self.test(table, *field, test, window),
        };
        parts.dedup();
        match (filter, parts.as_slice()) {
            (RowCondition::All(_) | RowCondition::Any(_), [one]) => *one,
            _ => self.shapes.of(kind, parts),
        }
    }

    fn test(&mut self, table: TableId, id: FieldId, test: &RowTest, window: Period) -> ShapeId {
        let field = self.field(table, id);
        match test {
            RowTest::OneOf(values) => {
                let declared = self.model.tables.get(table.0);
                let declared = declared.and_then(|table| table.fields.get(id.0));
                let word = |value: &Value| match (value, declared.map(|field| &field.ty)) {
                    (Value::Choice(at), Some(FieldType::Choice(words))) => {
                        words.get(*at).cloned().unwrap_or_default()
                    }
                    // A text of the rules, not of a person.
                    (Value::Text(text), _) => text.reveal().to_owned(),
                    (value, _) => format!("{value:?}"),
                };
                let mut words: Vec<String> = values.iter().map(word).collect();
                words.sort_unstable();
                words.dedup();
                self.shapes
                    .of(format!("is {}", words.join(" ")), vec![field])
            }
            RowTest::Ordered(order, bound) => {
                let bound = self.bound(*bound, window);
                self.shapes.of(format!("{order:?}"), vec![field, bound])
            }
        }
    }

    pub(super) fn bound(&mut self, bound: Literal<Bound>, window: Period) -> ShapeId {
        match bound {
            Literal::Fixed(Bound::Number(number)) => self.value(ParameterValue::Number(number)),
            Literal::Fixed(Bound::Date(day)) => self.value(ParameterValue::Date(day)),
            Literal::Parameter(id) => self.parameter(id, window),
        }
    }

    /// A table as conditions meet it. Values to choose from that no condition names do not matter;
    /// fields do where rows are compared with each other.
    pub(super) fn table(&mut self, id: TableId) -> ShapeId {
        let Some(table) = self.model.tables.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named.insert((Kind::Data, table.name.clone()));
        if self.names == Names::Kept {
            return self.shapes.of(format!("table {}", table.name), Vec::new());
        }
        let mut kind = format!(
            "table {} {:?} {} {}",
            table.name, table.shape, table.complete, table.exclusive
        );
        if table.exclusive || table.assessment {
            let mut names: Vec<&str> = table.fields.iter().map(|it| it.name.as_str()).collect();
            names.sort_unstable();
            kind += &format!(" {}", names.join(" "));
        }
        self.shapes.of(kind, Vec::new())
    }

    pub(super) fn field(&mut self, table: TableId, field: FieldId) -> ShapeId {
        let declared = self.model.tables.get(table.0);
        let declared = declared.and_then(|table| table.fields.get(field.0));
        let kept = self.names == Names::Kept;
        let kind = declared.map_or_else(String::new, |field| match kept {
            true => format!("field {}", field.name),
            false => format!("field {} {}", field.name, type_name(&field.ty)),
        });
        self.shapes.of(kind, Vec::new())
    }
}

/// What kind of value a field has, whatever there is to choose from.
fn type_name(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Choice(_) => "choice",
        FieldType::Number => "number",
        FieldType::Date => "date",
        FieldType::BirthDate => "birth date",
        FieldType::YesNo => "yes or no",
        FieldType::Text => "text",
    }
}
