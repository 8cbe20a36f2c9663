//! The parts of a rule, clause by clause: what a change is told by.

use super::Kind;
use super::shape::{Names, ShapeId, Shaper};
use crate::model::{
    Assessment, Basis, Bound, Classification, ConditionId, ConditionKind, Deadline,
    DeadlineException, Duty, EntryGrace, Exemption, Fulfilment, LengthValue, Literal, Measure,
    Model, Next, ParameterValue, Required, Rule, ShareLimit, SplitBy, Suspension, Table, Term,
    Transition, Warning,
};
use crate::time::{Day, Length, Period, Unit};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Order;

/// A clause of a rule, or a link of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The clause: `frist`, `når`.
    pub(super) clause: Text,
    pub(super) shape: ShapeId,
    pub(super) words: Words,
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// As it is written, with words about it.
    Written {
        /// What is said before it.
        before: Text,
        /// Where it stands in the rule files.
        site: Site,
        /// What is said after it.
        after: Text,
    },
    /// In words alone.
    Plain(Text),
}

fn same(text: impl Into<String>) -> Text {
    let text = text.into();
    Text::new(text.clone(), text)
}

fn clause(da: &str, en: &str) -> Text {
    Text::new(da, en)
}

impl Shaper<'_> {
    fn written(&mut self, label: Text, id: ConditionId, window: Period) -> Part {
        Part {
            clause: label,
            shape: self.condition(id, window),
            words: Words::Written {
                before: Text::new("", ""),
                site: self.model.condition(id).site,
                after: same(""),
            },
        }
    }

    fn plain(label: Text, shape: ShapeId, words: Text) -> Part {
        Part {
            clause: label,
            shape,
            words: Words::Plain(words),
        }
    }

    /// A condition, link by link.
    fn links(&mut self, id: ConditionId, window: Period) -> Vec<Part> {
        let kind = &self.model.condition(id).kind;
        let (label, links) = match kind {
            // As a whole its structure is made alike.
            _ if self.names == Names::Followed => (clause("når", "when"), vec![id]),
            ConditionKind::All(parts) => (clause("når alle af", "when all of"), parts.clone()),
            ConditionKind::Any(parts) => (
                clause("når mindst én af", "when at least one of"),
                parts.clone(),
            ),
            _ => (clause("når", "when"), vec![id]),
        };
        let links = links.into_iter();
        links
            .map(|link| self.written(label.clone(), link, window))
            .collect()
    }

    pub(super) fn duty_parts(&mut self, duty: &Duty, window: Period) -> Vec<Part> {
        // Taken apart, so that no clause is forgotten.
        let Duty {
            scope,
            counted,
            restarts,
            deadline,
            fulfilments,
            timely_in_week,
            entry,
            required,
        } = duty;
        let mut parts = vec![
            self.written(clause("for", "for"), *scope, window),
            self.written(clause("regnet fra", "counted from"), *counted, window),
        ];
        let mut anew: Vec<Part> = Vec::new();
        for restart in restarts {
            anew.push(self.written(clause("på ny når", "anew when"), restart.begins, window));
        }
        anew.sort_by_key(|part| part.shape);
        parts.extend(anew);
        parts.extend(self.deadline(deadline, window));
        for fulfilment in fulfilments {
            parts.push(self.fulfilment(fulfilment, window));
        }
        if timely_in_week.is_some() {
            let label = clause("rettidig i kalenderugen", "timely in the calendar week");
            let shape = self.shapes.of("timely in week", Vec::new());
            parts.push(Self::plain(label, shape, clause("ja", "yes")));
        }
        parts.extend(entry.as_ref().map(|entry| self.entry(entry, window)));
        let required = required.iter();
        let mut required: Vec<Part> = required.map(|it| self.required(it, window)).collect();
        required.sort_by_key(|part| part.shape);
        parts.extend(required);
        parts
    }

    fn fulfilment(&mut self, fulfilment: &Fulfilment, window: Period) -> Part {
        let by = self.condition(fulfilment.by, window);
        let (next, after) = self.next(&fulfilment.next, window);
        let shape = self.shapes.of("fulfilled by", vec![by, next]);
        Part {
            clause: clause("opfyldes af", "fulfilled by"),
            shape,
            words: Words::Written {
                before: Text::new("", ""),
                site: self.model.condition(fulfilment.by).site,
                after,
            },
        }
    }

    fn entry(&mut self, entry: &EntryGrace, window: Period) -> Part {
        let mut lengths = vec![self.length(entry.length, window)];
        lengths.extend(entry.at_most.map(|cap| self.length(cap, window)));
        let shape = self.shapes.of("entry", lengths);
        let mut words = self.words(entry.length, window);
        if let Some(cap) = entry.at_most {
            let cap = self.words(cap, window);
            words.da += &format!(", dog højst {}", cap.da);
            words.en += &format!(", however at most {}", cap.en);
        }
        Self::plain(
            clause("ved overgang frist", "on entry deadline"),
            shape,
            words,
        )
    }

    fn required(&mut self, required: &Required, window: Period) -> Part {
        let assessment = self.assessment(required.assessment, window);
        let when = required.when.map(|when| self.condition(when, window));
        let shape = [Some(assessment), when].into_iter().flatten().collect();
        let shape = self.shapes.of("required", shape);
        let rule = self.model.assessments.get(required.assessment.0);
        let name = rule.map_or("", |rule| rule.name.as_str());
        let clause = clause("kræver skøn", "requires assessment");
        let words = match required.when {
            None => Words::Plain(same(name)),
            Some(when) => Words::Written {
                before: Text::new(format!("{name} når "), format!("{name} when ")),
                site: self.model.condition(when).site,
                after: same(""),
            },
        };
        Part {
            clause,
            shape,
            words,
        }
    }

    fn deadline(&mut self, deadline: &Deadline, window: Period) -> Vec<Part> {
        let mut shapes = vec![self.length(deadline.length, window)];
        shapes.extend(deadline.anchor.map(|anchor| self.anchor(anchor, window)));
        let shape = self.shapes.of("deadline", shapes);
        let words = self.words(deadline.length, window);
        let mut parts = vec![Self::plain(clause("frist", "deadline"), shape, words)];
        for exception in &deadline.exceptions {
            parts.push(self.exception(exception, window));
        }
        parts
    }

    fn exception(&mut self, exception: &DeadlineException, window: Period) -> Part {
        let length = self.length(exception.length, window);
        let when = self.condition(exception.when, window);
        let words = self.words(exception.length, window);
        Part {
            clause: clause("frist, dog", "deadline, however"),
            shape: self.shapes.of("however", vec![length, when]),
            words: Words::Written {
                before: Text::new(format!("{} når ", words.da), format!("{} when ", words.en)),
                site: self.model.condition(exception.when).site,
                after: same(""),
            },
        }
    }

    /// When the next is due, and how it is said.
    fn next(&mut self, next: &Next, window: Period) -> (ShapeId, Text) {
        match next {
            Next::Discharged => (self.shapes.of("discharged", Vec::new()), same("")),
            Next::AtOnce => {
                let words = clause(", derefter straks", ", thereafter at once");
                (self.shapes.of("at once", Vec::new()), words)
            }
            Next::After(length, exceptions) => {
                let mut shapes = vec![self.length(*length, window)];
                for exception in exceptions {
                    shapes.push(self.exception(exception, window).shape);
                }
                let words = self.words(*length, window);
                let mut words = Text::new(
                    format!(", derefter {}", words.da),
                    format!(", thereafter {}", words.en),
                );
                if !exceptions.is_empty() {
                    words.da += " (med dog)";
                    words.en += " (with however)";
                }
                (self.shapes.of("after", shapes), words)
            }
        }
    }

    pub(super) fn branches(&mut self, body: &Classification, window: Period) -> Vec<Part> {
        let mut parts = Vec::new();
        for branch in &body.branches {
            let when = branch.when.map(|when| self.condition(when, window));
            let kind = format!("branch {}", branch.state);
            let shape = self.shapes.of(kind, when.into_iter().collect());
            parts.push(match branch.when {
                Some(when) => Part {
                    clause: same(branch.state.clone()),
                    shape,
                    words: Words::Written {
                        before: Text::new("når ", "when "),
                        site: self.model.condition(when).site,
                        after: same(""),
                    },
                },
                None => Self::plain(
                    same(branch.state.clone()),
                    shape,
                    clause("ellers", "otherwise"),
                ),
            });
        }
        parts
    }

    fn classification_parts(&mut self, body: &Classification, window: Period) -> Vec<Part> {
        let mut parts = self.branches(body, window);
        if body.in_order {
            // Of branches that exclude each other the order has no meaning.
            let order = parts.iter().map(|part| part.shape).collect();
            let shape = self.shapes.of("in order", order);
            let names: Vec<&str> = body.branches.iter().map(|it| it.state.as_str()).collect();
            let words = same(names.join(", "));
            parts.push(Self::plain(
                clause("i rækkefølge", "in order"),
                shape,
                words,
            ));
        }
        parts
    }

    fn of_duties(&mut self, label: Text, duties: &[crate::model::DutyId]) -> Vec<Part> {
        let mut parts = Vec::new();
        for duty in duties {
            let Some(rule) = self.model.duties.get(duty.0) else {
                continue;
            };
            let shared = self.name(Kind::Duty, &rule.name);
            let shape = self.shapes.of(format!("duty {shared}"), Vec::new());
            parts.push(Self::plain(label.clone(), shape, same(rule.name.clone())));
        }
        parts
    }

    fn limit(&mut self, limit: &ShareLimit, window: Period) -> Part {
        let percent = self.bound(limit.percent, window);
        let order = match limit.order {
            Order::AtLeast => ("mindst", "at least"),
            Order::AtMost => ("højst", "at most"),
            Order::Under => ("under", "under"),
            Order::Over => ("over", "over"),
        };
        let percent_words = match self.model.bound_on(limit.percent, window.start) {
            Some(Bound::Number(number)) => value_words(ParameterValue::Number(number)),
            _ => same("?"),
        };
        let words = Text::new(
            format!("{} {} procent", order.0, percent_words.da),
            format!("{} {} per cent", order.1, percent_words.en),
        );
        let shape = self
            .shapes
            .of(format!("limit {:?}", limit.order), vec![percent]);
        Self::plain(clause("grænse", "limit"), shape, words)
    }

    /// A length in words: that of a parameter too.
    fn words(&self, value: LengthValue, window: Period) -> Text {
        match value {
            Literal::Fixed(length) => length_words(length),
            Literal::Parameter(id) => {
                let rule = self.model.parameters.get(id.0);
                let name = rule.map_or("", |rule| rule.name.as_str());
                match self.model.parameter_on(id, window.start) {
                    Some(value) => {
                        let value = value_words(value);
                        let named = |value: &str| format!("{name} ({value})");
                        Text::new(named(&value.da), named(&value.en))
                    }
                    None => same(name),
                }
            }
        }
    }
}

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
        hjemmel_grammar::syntax::Shape::Periods => ("perioder", "periods"),
        hjemmel_grammar::syntax::Shape::Events => ("hændelser", "events"),
        hjemmel_grammar::syntax::Shape::Facts => ("stamdata", "facts"),
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
        if let crate::model::FieldType::Choice(values) = &mut alike {
            values.sort_unstable();
        }
        let kind = format!("field {} {alike:?} {}", field.name, field.sensitive);
        let shape = shaper.shapes.of(kind, Vec::new());
        let words = match &field.ty {
            crate::model::FieldType::Choice(values) => {
                let values = values.join(", ");
                Text::new(format!("en af {values}"), format!("one of {values}"))
            }
            crate::model::FieldType::Number => clause("tal", "number"),
            crate::model::FieldType::Date => clause("dato", "date"),
            crate::model::FieldType::BirthDate => clause("fødselsdato", "birth_date"),
            crate::model::FieldType::YesNo => clause("ja eller nej", "yes or no"),
            crate::model::FieldType::Text => clause("tekst", "text"),
        };
        parts.push(Shaper::plain(same(field.name.clone()), shape, words));
    }
    parts
}

/// `6 måneder`
#[must_use]
pub fn length_words(length: Length) -> Text {
    let words = match (length.unit, length.count) {
        (Unit::Days, 1) => ("dag", "day"),
        (Unit::Days, _) => ("dage", "days"),
        (Unit::Weeks, 1) => ("uge", "week"),
        (Unit::Weeks, _) => ("uger", "weeks"),
        (Unit::Months, 1) => ("måned", "month"),
        (Unit::Months, _) => ("måneder", "months"),
        (Unit::Years, 1) => ("år", "year"),
        (Unit::Years, _) => ("år", "years"),
    };
    let count = length.count;
    Text::new(
        format!("{count} {}", words.0),
        format!("{count} {}", words.1),
    )
}

/// A parameter's value in words; a day as ISO writes it.
#[must_use]
pub fn value_words(value: ParameterValue) -> Text {
    match value {
        ParameterValue::Length(length) => length_words(length),
        ParameterValue::Number(thousandths) => {
            let (whole, part) = (thousandths / 1000, (thousandths % 1000).abs());
            let text = match part {
                0 => whole.to_string(),
                _ => format!("{whole}.{part:03}")
                    .trim_end_matches('0')
                    .to_owned(),
            };
            Text::new(text.replace('.', ","), text)
        }
        ParameterValue::Date(day) => same(day.to_string()),
        ParameterValue::YesNo(true) => clause("ja", "yes"),
        ParameterValue::YesNo(false) => clause("nej", "no"),
    }
}

/// The rules that a model has of one kind.
pub(super) trait OfKind: Sized {
    const KIND: Kind;
    fn rules(model: &Model) -> &[Rule<Self>];
    /// What is rested on inside it, clause by clause.
    fn bases<'m>(&'m self, model: &'m Model) -> Vec<&'m Basis>;
}

macro_rules! of_kind {
    ($($body:ident $rules:ident |$it:ident, $model:ident| $bases:expr;)*) => {$(
        impl OfKind for $body {
            const KIND: Kind = Kind::$body;
            fn rules(model: &Model) -> &[Rule<Self>] {
                &model.$rules
            }
            fn bases<'m>(&'m self, $model: &'m Model) -> Vec<&'m Basis> {
                let $it = self;
                $bases
            }
        }
    )*};
}

of_kind! {
    Assessment assessments |_it, _model| Vec::new();
    Term terms |it, model| inside(model, &[it.when]);
    Duty duties |it, model| of_duty(it, model);
    Exemption exemptions |it, model| inside(model, &[it.when]);
    Suspension suspensions |it, model| inside(model, &[it.when]);
    Classification classifications |it, model| {
        let whens: Vec<ConditionId> = it.branches.iter().filter_map(|it| it.when).collect();
        let own = it.branches.iter().filter_map(|it| it.basis.as_ref());
        own.chain(inside(model, &whens)).collect()
    };
    Warning warnings |it, model| inside(model, &[it.when]);
    Measure measures |it, model| {
        let own = it.limit.iter().filter_map(|limit| limit.basis.as_ref());
        own.chain(inside(model, &[it.count, it.out_of])).collect()
    };
    Transition transitions |_it, _model| Vec::new();
}

fn of_duty<'m>(duty: &'m Duty, model: &'m Model) -> Vec<&'m Basis> {
    let mut exceptions: Vec<&DeadlineException> = duty.deadline.exceptions.iter().collect();
    let mut bases: Vec<&Basis> = Vec::new();
    let mut conditions = vec![duty.scope, duty.counted];
    for fulfilment in &duty.fulfilments {
        bases.extend(&fulfilment.basis);
        conditions.push(fulfilment.by);
        if let Next::After(_, more) = &fulfilment.next {
            exceptions.extend(more);
        }
    }
    for exception in exceptions {
        bases.extend(&exception.basis);
        conditions.push(exception.when);
    }
    bases.extend(duty.timely_in_week.iter().flatten());
    for restart in &duty.restarts {
        bases.extend(&restart.basis);
        conditions.push(restart.begins);
    }
    bases.extend(duty.entry.iter().flat_map(|entry| &entry.basis));
    for required in &duty.required {
        bases.extend(&required.basis);
        conditions.extend(required.when);
    }
    bases.extend(inside(model, &conditions));
    bases
}

/// What the exceptions inside conditions rest on.
fn inside<'m>(model: &'m Model, conditions: &[ConditionId]) -> Vec<&'m Basis> {
    let mut bases = Vec::new();
    for id in conditions {
        let kind = &model.condition(*id).kind;
        if let ConditionKind::Except { exceptions, .. } = kind {
            bases.extend(exceptions.iter().filter_map(|it| it.basis.as_ref()));
        }
        bases.extend(inside(model, &kind.operands()));
    }
    bases
}
