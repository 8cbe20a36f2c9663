//! A model that was drawn, as the text of a rule file.

use super::super::say::{date, length as fixed_length};
use super::phrase::{thousandths, yes_no};
use hjemmel_engine::model::{
    ConditionKind, DeadlineException, Duty, DutyId, FieldType, Model, Next, ParameterValue, Rule,
    Table, Validity, Version,
};
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;
use std::fmt::Write as _;

/// The whole rule file.
pub(crate) fn text(model: &Model) -> String {
    let mut printer = Printer {
        model,
        out: String::new(),
    };
    printer.tables();
    printer.out + &rules(model)
}

/// The rule file without the schema, which is always the same.
pub(crate) fn rules(model: &Model) -> String {
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

pub(super) struct Printer<'a> {
    pub(super) model: &'a Model,
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
        for restart in &duty.restarts {
            let begins = self.operand(restart.begins);
            self.line(&format!("  på ny når {begins} begynder"));
        }
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
