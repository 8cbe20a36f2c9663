//! Conditions, as they are written in a rule file.

use super::super::say::{date, length as fixed_length};
use super::print::Printer;
use hjemmel_engine::case::Value;
use hjemmel_engine::model::{
    Anchor, Bound, ConditionId, ConditionKind, FieldType, LengthValue, Literal, RowCondition,
    RowTest, Table, TableId,
};
use hjemmel_grammar::syntax::{Edge, Order, Side};

impl Printer<'_> {
    /// A condition that stands alone after `når`; some on lines with bullets.
    pub(super) fn bulleted(&self, id: ConditionId) -> String {
        let (head, parts) = match &self.model.condition(id).kind {
            ConditionKind::AtLeast(n, parts) => (format!("mindst {n} af:"), parts),
            ConditionKind::All(parts) if id.0.is_multiple_of(2) => ("alle af:".into(), parts),
            ConditionKind::Any(parts) if id.0.is_multiple_of(2) => ("mindst én af:".into(), parts),
            ConditionKind::Rows {
                table,
                filter: RowCondition::AtLeast(n, rows),
                ..
            } => {
                let table = &self.model.tables[table.0];
                let bullet = |row| format!("\n    - {}", self.row_operand(table, row));
                let bullets: String = rows.iter().map(bullet).collect();
                return format!("{} hvor mindst {n} af:{bullets}", table.name);
            }
            _ => return self.condition(id),
        };
        let bullet = |part: &ConditionId| format!("\n    - {}", self.condition(*part));
        head + &parts.iter().map(bullet).collect::<String>()
    }

    pub(super) fn operand(&self, id: ConditionId) -> String {
        let text = self.condition(id);
        if text.contains(' ') {
            format!("({text})")
        } else {
            text
        }
    }

    pub(super) fn joined(&self, parts: &[ConditionId], word: &str) -> String {
        let parts: Vec<_> = parts.iter().map(|part| self.operand(*part)).collect();
        parts.join(word)
    }

    pub(super) fn condition(&self, id: ConditionId) -> String {
        let model = self.model;
        let operand = |id: &ConditionId| self.operand(*id);
        let length = |value: &LengthValue| self.length(*value);
        match &model.condition(id).kind {
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => {
                let durations = durations.iter().map(|test| {
                    format!("varighed er {} {}", order(test.order), length(&test.length))
                });
                self.rows(*table, filter, &durations.collect::<Vec<_>>())
            }
            ConditionKind::Age {
                order: by, years, ..
            } => format!("alder er {} {years}", order(*by)),
            ConditionKind::Term(id) => model.terms[id.0].name.clone(),
            ConditionKind::Assessed { assessment, filter } => {
                let table = model.assessments[assessment.0].versions[0].body.table;
                self.rows(table, filter, &[])
            }
            ConditionKind::DutyIs(id, states) => {
                let states: Vec<_> = states.iter().map(|state| state.name()).collect();
                format!("{} {}", model.duties[id.0].name, one_of(&states, false))
            }
            ConditionKind::ClassifiedAs(id, states) => {
                let states: Vec<_> = states.iter().map(String::as_str).collect();
                format!(
                    "{} {}",
                    model.classifications[id.0].name,
                    one_of(&states, false)
                )
            }
            ConditionKind::Parameter(id) => model.parameters[id.0].name.clone(),
            ConditionKind::All(parts) => self.joined(parts, " og "),
            ConditionKind::Any(parts) => self.joined(parts, " eller "),
            ConditionKind::AtLeast(..) | ConditionKind::Unreadable => {
                panic!("stands only under bullets")
            }
            ConditionKind::Not(a) => format!("ikke {}", operand(a)),
            ConditionKind::Except { base, exceptions } => {
                let exception = |e: &hjemmel_engine::model::Exception| {
                    format!(
                        " dog {} når {}",
                        if e.holds { "også" } else { "ikke" },
                        operand(&e.when)
                    )
                };
                operand(base) + &exceptions.iter().map(exception).collect::<String>()
            }
            ConditionKind::HeldFor(a, d) => format!("{} i mindst {}", operand(a), length(d)),
            ConditionKind::Within(a, d) => {
                format!("{} inden for de seneste {}", operand(a), length(d))
            }
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                let (total, window) = (length(total), length(window));
                format!(
                    "{} i alt mindst {total} inden for de seneste {window}",
                    operand(condition)
                )
            }
            ConditionKind::Bridged(a, d) => format!("{} afbrudt højst {}", operand(a), length(d)),
            ConditionKind::BridgedMonth(a) => format!("{} afbrudt af en kalendermåned", operand(a)),
            ConditionKind::WholeWeeks(a) => format!("{} i hele uger", operand(a)),
            ConditionKind::Near(d, anchor) => {
                format!("højst {}{}", length(d), self.anchor(*anchor))
            }
            ConditionKind::KnownOn(a, day) => {
                let day = match day {
                    Literal::Fixed(day) => date(*day),
                    Literal::Parameter(id) => model.parameters[id.0].name.clone(),
                };
                format!("{} kendt pr. {day}", operand(a))
            }
        }
    }

    pub(super) fn anchor(&self, anchor: Anchor) -> String {
        let side = if anchor.side == Side::After {
            "efter"
        } else {
            "før"
        };
        let edge = if anchor.edge == Edge::Begins {
            "begynder"
        } else {
            "slutter"
        };
        format!(" {side} {} {edge}", self.operand(anchor.condition))
    }

    pub(super) fn length(&self, value: LengthValue) -> String {
        match value {
            Literal::Fixed(length) => fixed_length(length),
            Literal::Parameter(id) => self.model.parameters[id.0].name.clone(),
        }
    }

    pub(super) fn rows(
        &self,
        table: TableId,
        filter: &RowCondition,
        durations: &[String],
    ) -> String {
        let described = &self.model.tables[table.0];
        let (name, none) = (&described.name, durations.is_empty());
        let mut links = match filter {
            RowCondition::All(all) => all
                .iter()
                .map(|one| self.row_operand(described, one))
                .collect(),
            RowCondition::Field(_, _) if none => {
                return format!("{name}.{}", self.row(described, filter));
            }
            RowCondition::Not(one)
                if none && matches!(**one, RowCondition::Field(_, RowTest::OneOf(_))) =>
            {
                return format!("{name}.{}", self.row(described, filter));
            }
            one => vec![self.row_operand(described, one)],
        };
        links.extend_from_slice(durations);
        match links.is_empty() {
            true => name.clone(),
            false => format!("{name} hvor {}", links.join(" og ")),
        }
    }

    pub(super) fn row_operand(&self, table: &Table, row: &RowCondition) -> String {
        match row {
            RowCondition::Any(_) | RowCondition::All(_) => format!("({})", self.row(table, row)),
            _ => self.row(table, row),
        }
    }

    pub(super) fn row(&self, table: &Table, row: &RowCondition) -> String {
        let joined = |parts: &[RowCondition], word| {
            let parts: Vec<_> = parts
                .iter()
                .map(|part| self.row_operand(table, part))
                .collect();
            parts.join(word)
        };
        match row {
            RowCondition::All(all) => joined(all, " og "),
            RowCondition::Any(any) => joined(any, " eller "),
            RowCondition::AtLeast(..) => panic!("stands only under bullets"),
            RowCondition::Not(one) => match &**one {
                RowCondition::Field(field, RowTest::OneOf(values)) => {
                    self.is_one_of(table, field.0, values, true)
                }
                // `ikke` takes the nearest operand.
                RowCondition::Not(_) => format!("ikke ({})", self.row(table, one)),
                one => format!("ikke {}", self.row_operand(table, one)),
            },
            RowCondition::Field(field, RowTest::OneOf(values)) => {
                self.is_one_of(table, field.0, values, false)
            }
            RowCondition::Field(field, RowTest::Ordered(by, bound)) => {
                let name = &table.fields[field.0].name;
                match bound {
                    Literal::Fixed(Bound::Number(number)) => {
                        format!("{name} er {} {}", order(*by), thousandths(*number))
                    }
                    Literal::Parameter(id) => format!(
                        "{name} er {} {}",
                        order(*by),
                        self.model.parameters[id.0].name
                    ),
                    Literal::Fixed(Bound::Date(day)) => {
                        let word = if *by == Order::Under { "før" } else { "efter" };
                        format!("{name} er {word} {}", date(*day))
                    }
                }
            }
        }
    }

    pub(super) fn is_one_of(
        &self,
        table: &Table,
        field: usize,
        values: &[Value],
        negated: bool,
    ) -> String {
        let field = &table.fields[field];
        let word = |value: &Value| match (value, &field.ty) {
            (Value::Choice(i), FieldType::Choice(words)) => words[*i].clone(),
            (Value::YesNo(yes), _) => yes_no(*yes).into(),
            other => panic!("{other:?} is not drawn"),
        };
        let words: Vec<_> = values.iter().map(word).collect();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        format!("{} {}", field.name, one_of(&words, negated))
    }
}

fn one_of(words: &[&str], negated: bool) -> String {
    let (not, several) = (
        if negated { "ikke " } else { "" },
        if words.len() > 1 { "en af " } else { "" },
    );
    format!("er {not}{several}{}", words.join(", "))
}

fn order(order: Order) -> &'static str {
    match order {
        Order::AtLeast => "mindst",
        Order::AtMost => "højst",
        Order::Under => "under",
        Order::Over => "over",
    }
}

pub(super) fn yes_no(yes: bool) -> &'static str {
    if yes { "ja" } else { "nej" }
}

pub(super) fn thousandths(number: i64) -> String {
    match (number / 1000, number % 1000) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole},{}", format!("{rest:03}").trim_end_matches('0')),
    }
}
