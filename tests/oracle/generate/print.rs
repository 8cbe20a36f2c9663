//! A model that was drawn, as the text of a rule file.

use super::super::say::{date, length as fixed_length};
use hjemmel_engine::case::Value;
use hjemmel_engine::model::{
    Anchor, Bound, ConditionId, ConditionKind, DeadlineException, Duty, DutyId, FieldType,
    LengthValue, Literal, Model, Next, ParameterValue, RowCondition, RowTest, Rule, Table, TableId,
    Validity, Version,
};
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::{Edge, Order, Shape, Side};
use std::fmt::Write as _;

/// The whole rule file.
pub fn text(model: &Model) -> String {
    let mut printer = Printer {
        model,
        out: String::new(),
    };
    printer.tables();
    printer.out + &rules(model)
}

/// The rule file without the schema, which is always the same.
pub fn rules(model: &Model) -> String {
    let mut printer = Printer {
        model,
        out: String::new(),
    };
    printer.parameters();
    printer.rules(
        "begreb",
        &model.terms,
        |_| String::new(),
        |p, term| {
            let when = p.bulleted(term.when);
            p.line(&format!("når {when}"));
        },
    );
    printer.rules(
        "opdeling",
        &model.classifications,
        |_| String::new(),
        |p, body| {
            p.line("i rækkefølge");
            for branch in &body.branches {
                let when = branch.when.map(|id| format!("når {}", p.condition(id)));
                p.line(&format!(
                    "{} {}",
                    branch.state,
                    when.as_deref().unwrap_or("ellers")
                ));
            }
        },
    );
    printer.rules("pligt", &model.duties, |_| String::new(), Printer::duty);
    let duties = |ids: &[DutyId]| {
        let names: Vec<_> = ids
            .iter()
            .map(|id| model.duties[id.0].name.as_str())
            .collect();
        names.join(", ")
    };
    printer.rules(
        "fritagelse",
        &model.exemptions,
        |e| format!(" fra {}", duties(&e.duties)),
        |p, body| {
            let when = p.condition(body.when);
            p.line(&format!("når {when}"));
            if let Some(grace) = body.grace {
                let grace = p.length(grace);
                p.line(&format!("herefter frist {grace}"));
            }
        },
    );
    printer.rules(
        "udsættelse",
        &model.suspensions,
        |s| format!(" af {}", duties(&s.duties)),
        |p, body| {
            let when = p.condition(body.when);
            p.line(&format!("når {when}"));
        },
    );
    printer.rules(
        "advarsel",
        &model.warnings,
        |w| format!(" ved {}", duties(&w.duties)),
        |p, body| {
            let when = p.condition(body.when);
            p.line(&format!("når {when}"));
        },
    );
    let of = |term: usize| format!(" for {}", model.terms[term].name);
    printer.rules(
        "overgang",
        &model.transitions,
        |t| of(t.term.0),
        |p, body| {
            let (before, law_of) = (date(body.begun_before), date(body.law_of));
            p.line(&format!(
                "perioder begyndt før {before} bedømmes efter reglerne {law_of}"
            ));
        },
    );
    printer.out
}

struct Printer<'a> {
    model: &'a Model,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "  {text}");
    }

    fn rules<T>(
        &mut self,
        keyword: &str,
        rules: &[Rule<T>],
        attached: impl Fn(&T) -> String,
        body: impl Fn(&mut Self, &T),
    ) {
        for rule in rules {
            for version in &rule.versions {
                let _ = writeln!(
                    self.out,
                    "\n{keyword} {}{}",
                    rule.name,
                    attached(&version.body)
                );
                self.line("hjemmel kilde \"kilde\"");
                self.validity(version);
                body(self, &version.body);
            }
        }
    }

    fn validity<T>(&mut self, version: &Version<T>) {
        if let Some(text) = validity(version.validity) {
            self.line(&text);
        }
    }

    fn tables(&mut self) {
        for table in &self.model.tables {
            let keyword = if table.assessment { "skøn" } else { "data" };
            let _ = writeln!(self.out, "\n{keyword} {}", table.name);
            if table.assessment {
                self.line("hjemmel kilde \"kilde\"");
                self.line("afgøres af kommunen");
            } else {
                self.line(&shape(table));
            }
            for field in table
                .fields
                .iter()
                .skip(if table.assessment { 2 } else { 0 })
            {
                self.line(&format!("{} er {}", field.name, field_type(&field.ty)));
            }
            let assessment = self
                .model
                .assessments
                .iter()
                .find(|rule| table.assessment && rule.name == table.name);
            if let Some(after) = assessment.and_then(|rule| rule.versions[0].body.reassessed_after)
            {
                let after = self.length(after);
                self.line(&format!("revurderes efter {after}"));
            }
        }
    }

    fn parameters(&mut self) {
        for rule in &self.model.parameters {
            let _ = writeln!(self.out, "\nparameter {}", rule.name);
            self.line("hjemmel kilde \"kilde\"");
            for (when, value) in &rule.versions[0].body.values {
                let value = match value {
                    ParameterValue::Length(length) => fixed_length(*length),
                    ParameterValue::Number(number) => thousandths(*number),
                    ParameterValue::Date(day) => date(*day),
                    ParameterValue::YesNo(yes) => yes_no(*yes).into(),
                };
                let when = validity(*when).map_or(String::new(), |text| format!(" {text}"));
                self.line(&format!("værdi {value}{when}"));
            }
        }
    }

    fn duty(&mut self, duty: &Duty) {
        let (scope, counted) = (self.condition(duty.scope), self.condition(duty.counted));
        self.line(&format!("for {scope}"));
        self.line(&format!("regnet fra {counted}"));
        let anchor = duty
            .deadline
            .anchor
            .map(|anchor| self.anchor(anchor))
            .unwrap_or_default();
        let frist = self.length(duty.deadline.length);
        self.line(&format!("frist {frist}{anchor}"));
        self.deadline_exceptions(&duty.deadline.exceptions);
        for fulfilment in &duty.fulfilments {
            let by = match &self.model.condition(fulfilment.by).kind {
                ConditionKind::All(both) if both.len() == 2 => {
                    format!("{} når {}", self.operand(both[0]), self.operand(both[1]))
                }
                _ => self.operand(fulfilment.by),
            };
            let (next, exceptions) = match &fulfilment.next {
                Next::Discharged => (String::new(), &[][..]),
                Next::AtOnce => (", derefter straks".into(), &[][..]),
                Next::After(length, exceptions) => (
                    format!(", derefter {}", self.length(*length)),
                    &exceptions[..],
                ),
            };
            self.line(&format!("opfyldes af {by}{next}"));
            self.deadline_exceptions(exceptions);
        }
        if duty.timely_in_week.is_some() {
            self.line("rettidig i kalenderugen");
        }
        if let Some(grace) = &duty.entry {
            let cap = grace.at_most.map_or(String::new(), |cap| {
                format!(", dog højst {}", self.length(cap))
            });
            let grace = self.length(grace.length);
            self.line(&format!("ved overgang frist {grace}{cap}"));
        }
        for required in &duty.required {
            let name = &self.model.assessments[required.assessment.0].name;
            let when = required
                .when
                .map_or(String::new(), |when| format!(" når {}", self.operand(when)));
            self.line(&format!("kræver skøn {name}{when}"));
        }
    }

    fn deadline_exceptions(&mut self, exceptions: &[DeadlineException]) {
        for exception in exceptions {
            let (length, when) = (self.length(exception.length), self.operand(exception.when));
            self.line(&format!("  dog {length} når {when}"));
        }
    }

    // Conditions.

    /// A condition that stands alone after `når`; some on lines with bullets.
    fn bulleted(&self, id: ConditionId) -> String {
        let (head, parts) = match &self.model.condition(id).kind {
            ConditionKind::AtLeast(n, parts) => (format!("mindst {n} af:"), parts),
            ConditionKind::All(parts) if id.0 % 2 == 0 => ("alle af:".into(), parts),
            ConditionKind::Any(parts) if id.0 % 2 == 0 => ("mindst én af:".into(), parts),
            _ => return self.condition(id),
        };
        let bullet = |part: &ConditionId| format!("\n    - {}", self.condition(*part));
        head + &parts.iter().map(bullet).collect::<String>()
    }

    fn operand(&self, id: ConditionId) -> String {
        let text = self.condition(id);
        if text.contains(' ') {
            format!("({text})")
        } else {
            text
        }
    }

    fn joined(&self, parts: &[ConditionId], word: &str) -> String {
        let parts: Vec<_> = parts.iter().map(|part| self.operand(*part)).collect();
        parts.join(word)
    }

    fn condition(&self, id: ConditionId) -> String {
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

    fn anchor(&self, anchor: Anchor) -> String {
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

    fn length(&self, value: LengthValue) -> String {
        match value {
            Literal::Fixed(length) => fixed_length(length),
            Literal::Parameter(id) => self.model.parameters[id.0].name.clone(),
        }
    }

    fn rows(&self, table: TableId, filter: &RowCondition, durations: &[String]) -> String {
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

    fn row_operand(&self, table: &Table, row: &RowCondition) -> String {
        match row {
            RowCondition::Any(_) | RowCondition::All(_) => format!("({})", self.row(table, row)),
            _ => self.row(table, row),
        }
    }

    fn row(&self, table: &Table, row: &RowCondition) -> String {
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

    fn is_one_of(&self, table: &Table, field: usize, values: &[Value], negated: bool) -> String {
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

fn yes_no(yes: bool) -> &'static str {
    if yes { "ja" } else { "nej" }
}

fn thousandths(number: i64) -> String {
    match (number / 1000, number % 1000) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole},{}", format!("{rest:03}").trim_end_matches('0')),
    }
}

fn validity(validity: Validity) -> Option<String> {
    let (from, to) = (
        date(validity.period.start),
        date(validity.period.end.previous()),
    );
    match (
        validity.period.start > Day::FIRST,
        validity.period.end < Day::END,
    ) {
        (false, false) => None,
        (true, false) => Some(format!("gælder fra {from}")),
        (false, true) => Some(format!("gælder til {to}")),
        (true, true) => Some(format!("gælder fra {from} til {to}")),
    }
}

fn shape(table: &Table) -> String {
    let shape = match table.shape {
        Shape::Facts => return "stamdata".into(),
        Shape::Periods => "perioder",
        Shape::Events => "hændelser",
    };
    let complete = if table.complete { " fuldstændig" } else { "" };
    let exclusive = if table.exclusive {
        ", uden overlap"
    } else {
        ""
    };
    format!("{shape}{complete}{exclusive}")
}

fn field_type(ty: &FieldType) -> String {
    match ty {
        FieldType::Choice(words) => format!("en af {}", words.join(", ")),
        FieldType::Number => "tal".into(),
        FieldType::Date => "dato".into(),
        FieldType::BirthDate => "fødselsdato".into(),
        FieldType::YesNo => "ja eller nej".into(),
        FieldType::Text => "tekst".into(),
    }
}
