//! The clauses of each kind of rule, and of a table.

use super::parts::{Part, clause, same};
use super::shape::Shaper;
use crate::model::{
    Assessment, Classification, Duty, Exemption, FieldType, Measure, SplitBy, Suspension, Table,
    Term, Transition, Warning,
};
use crate::time::{Day, Period};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Kind;
use hjemmel_grammar::syntax::Shape;

/// What the bodies of all kinds of rules can be taken apart into.
pub(super) trait Parts {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part>;
}

impl Parts for Term {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        shaper.links(self.when, window)
    }
}

impl Parts for Assessment {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        let mut parts = Vec::new();
        for who in &self.decided_by {
            let shape = shaper.shapes.of(format!("decided by {who}"), Vec::new());
            let label = clause("afgøres af", "decided by");
            parts.push(Shaper::plain(label, shape, same(who.clone())));
        }
        if let Some(after) = self.reassessed_after {
            let length = shaper.length(after, window);
            let words = shaper.words(after, window);
            let shape = shaper.shapes.of("reassessed", vec![length]);
            let label = clause("revurderes efter", "reassessed after");
            parts.push(Shaper::plain(label, shape, words));
        }
        if let Some(table) = shaper.model.tables.get(self.table.0) {
            parts.extend(fields(shaper, table));
        }
        parts
    }
}

impl Parts for Duty {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        shaper.duty_parts(self, window)
    }
}

impl Parts for Exemption {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        let mut parts = shaper.of_duties(clause("fra", "from"), &self.duties);
        parts.extend(shaper.links(self.when, window));
        if let Some(grace) = self.grace {
            let length = shaper.length(grace, window);
            let words = shaper.words(grace, window);
            let shape = shaper.shapes.of("grace", vec![length]);
            let label = clause("herefter frist", "afterwards deadline");
            parts.push(Shaper::plain(label, shape, words));
        }
        parts
    }
}

impl Parts for Suspension {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        let mut parts = shaper.of_duties(clause("af", "of"), &self.duties);
        parts.extend(shaper.links(self.when, window));
        parts
    }
}

impl Parts for Classification {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        shaper.classification_parts(self, window)
    }
}

impl Parts for Warning {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        let mut parts = shaper.of_duties(clause("ved", "at"), &self.duties);
        parts.extend(shaper.links(self.when, window));
        parts
    }
}

impl Parts for Measure {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        let Self {
            count,
            out_of,
            split_by,
            limit,
            rhythm,
        } = self;
        let mut parts = vec![
            shaper.written(clause("tæl", "count"), *count, window),
            shaper.written(clause("ud af", "out of"), *out_of, window),
        ];
        parts.extend(limit.as_ref().map(|limit| shaper.limit(limit, window)));
        for by in split_by {
            let (shape, words) = match by {
                SplitBy::Field(table, field) => {
                    let shape = shaper.field(*table, *field);
                    let table = shaper.model.tables.get(table.0);
                    let field = table.and_then(|table| table.fields.get(field.0));
                    let name = |name: Option<&String>| name.cloned().unwrap_or_default();
                    let (table, field) = (table.map(|it| &it.name), field.map(|it| &it.name));
                    let kind = format!("of {}", name(table));
                    let shape = shaper.shapes.of(kind, vec![shape]);
                    (shape, format!("{}.{}", name(table), name(field)))
                }
                SplitBy::Classification(id) => {
                    let shape = shaper.classification(*id, window);
                    let rule = shaper.model.classifications.get(id.0);
                    (
                        shape,
                        rule.map_or_else(String::new, |rule| rule.name.clone()),
                    )
                }
            };
            parts.push(Shaper::plain(
                clause("fordelt på", "split by"),
                shape,
                same(words),
            ));
        }
        if let Some(rhythm) = rhythm {
            let shape = shaper.shapes.of(format!("{rhythm:?}"), Vec::new());
            parts.push(Shaper::plain(
                clause("hver", "every"),
                shape,
                same(format!("{rhythm:?}")),
            ));
        }
        parts
    }
}

impl Parts for Transition {
    fn parts(&self, shaper: &mut Shaper<'_>, window: Period) -> Vec<Part> {
        let rule = shaper.model.terms.get(self.term.0);
        let name = rule.map_or_else(String::new, |rule| rule.name.clone());
        let shared = shaper.name(Kind::Term, &name);
        let term = shaper.shapes.of(format!("of {shared}"), Vec::new());
        let _ = window;
        let day = |shaper: &mut Shaper<'_>, label, day: Day| {
            let shape = shaper.shapes.of(format!("{day}"), Vec::new());
            Shaper::plain(label, shape, same(day.to_string()))
        };
        let before = clause("perioder begyndt før", "spells begun before");
        let law = clause("bedømmes efter reglerne", "are judged by the rules of");
        vec![
            Shaper::plain(clause("for", "for"), term, same(name)),
            day(shaper, before, self.begun_before),
            day(shaper, law, self.law_of),
        ]
    }
}

/// A table's own clauses and its fields.
pub(super) fn table(shaper: &mut Shaper<'_>, table: &Table) -> Vec<Part> {
    let kind = format!("{:?} {} {}", table.shape, table.complete, table.exclusive);
    let shape = shaper.shapes.of(kind, Vec::new());
    let rows = match table.shape {
        Shape::Periods => ("perioder", "periods"),
        Shape::Events => ("hændelser", "events"),
        Shape::Facts => ("stamdata", "facts"),
    };
    let mut words = Text::new(rows.0, rows.1);
    if table.complete {
        words.da += " fuldstændig";
        words.en += " complete";
    }
    if table.exclusive {
        words.da += ", uden overlap";
        words.en += ", without overlap";
    }
    let mut parts = vec![Shaper::plain(clause("rækker", "rows"), shape, words)];
    parts.extend(fields(shaper, table));
    parts
}

fn fields(shaper: &mut Shaper<'_>, table: &Table) -> Vec<Part> {
    let mut parts = Vec::new();
    for field in table.fields.iter().skip(if table.assessment {
        Table::OWN_FIELDS
    } else {
        0
    }) {
        let mut alike = field.ty.clone();
        if let FieldType::Choice(values) = &mut alike {
            let mut sorted = values.to_vec();
            sorted.sort_unstable();
            *values = sorted.into();
        }
        let kind = format!("field {} {alike:?} {}", field.name, field.sensitive);
        let shape = shaper.shapes.of(kind, Vec::new());
        let words = match &field.ty {
            FieldType::Choice(values) => {
                let values = values.join(", ");
                Text::new(format!("en af {values}"), format!("one of {values}"))
            }
            FieldType::Number => clause("tal", "number"),
            FieldType::Date => clause("dato", "date"),
            FieldType::BirthDate => clause("fødselsdato", "birth_date"),
            FieldType::YesNo => clause("ja eller nej", "yes or no"),
            FieldType::Text => clause("tekst", "text"),
        };
        parts.push(Shaper::plain(same(field.name.clone()), shape, words));
    }
    parts
}
