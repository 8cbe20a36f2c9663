//! Structures of rules, each with a number: what is equal has the same number, in both rule sets.
//!
//! A name is replaced by the structure of what it refers to, a parameter by its values, and what
//! has no meaning (order, repetition, parentheses, the unit of a length) is made alike.

use crate::case::Value;
use crate::model::{
    Anchor, AssessmentId, BasisKind, Bound, ClassificationId, ConditionId, ConditionKind, DutyId,
    Exception, FieldId, FieldType, LengthValue, Literal, Model, ParameterId, ParameterValue,
    RowCondition, RowTest, Rule, TableId, TermId, Version,
};
use crate::time::{Day, Length, Period, Unit};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A structure, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ShapeId(usize);

/// The structures seen so far, of any number of rule sets.
#[derive(Debug, Default)]
pub(super) struct Shapes(HashMap<(String, Vec<ShapeId>), ShapeId>);

impl Shapes {
    /// The structure of this kind, made of these.
    pub(super) fn of(&mut self, kind: impl Into<String>, parts: Vec<ShapeId>) -> ShapeId {
        let next = ShapeId(self.0.len());
        *self.0.entry((kind.into(), parts)).or_insert(next)
    }

    /// The same where the order of the parts has no meaning.
    pub(super) fn unordered(&mut self, kind: &str, mut parts: Vec<ShapeId>) -> ShapeId {
        parts.sort_unstable();
        self.of(kind, parts)
    }
}

/// What is made of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Names {
    /// The structure of what it refers to.
    Followed,
    /// The name itself: two texts are then equal if they name the same.
    Kept,
}

/// The kind of a rule, where two kinds may have the same name.
pub(super) type Renamed = BTreeMap<(super::Kind, String), String>;

/// Makes structures of the rules of one model.
pub(super) struct Shaper<'s> {
    pub(super) model: &'s Model,
    pub(super) shapes: &'s mut Shapes,
    pub(super) names: Names,
    /// Rules of this model that are called something else in the other.
    pub(super) renamed: &'s Renamed,
    memo: HashMap<(ConditionId, Period), ShapeId>,
    /// What is being made: rules that go in a ring have been reported, and are not followed.
    open: BTreeSet<(super::Kind, usize)>,
    /// The names that were met, where names are kept.
    pub(super) named: BTreeSet<(super::Kind, String)>,
}

/// What a rule is on some days: the law of these days is the same.
pub(super) type Piece<T> = (Period, Option<T>);

impl<'s> Shaper<'s> {
    pub(super) fn new(
        model: &'s Model,
        shapes: &'s mut Shapes,
        names: Names,
        renamed: &'s Renamed,
    ) -> Self {
        Self {
            model,
            shapes,
            names,
            renamed,
            memo: HashMap::new(),
            open: BTreeSet::new(),
            named: BTreeSet::new(),
        }
    }

    /// The name that a rule has in both rule sets.
    pub(super) fn name(&self, kind: super::Kind, name: &str) -> String {
        let renamed = self.renamed.get(&(kind, name.to_owned()));
        renamed.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// The versions of a rule on the days of `window`, holes between them as `None`.
    pub(super) fn pieces<T>(rule: &Rule<T>, window: Period) -> Vec<Piece<&Version<T>>> {
        let mut pieces: Vec<Piece<&Version<T>>> = Vec::new();
        for version in &rule.versions {
            let days = version.validity.period;
            if let Some((before, _)) = pieces.last()
                && before.end < days.start
            {
                pieces.push((Period::new(before.end, days.start), None));
            }
            pieces.push((days, Some(version)));
        }
        let inside = pieces.into_iter().map(|(days, it)| (days.and(window), it));
        inside.filter(|(days, _)| !days.is_empty()).collect()
    }

    /// One structure of what holds on some days each: neighbours that are equal are one, and what
    /// holds on all days of the window stands alone.
    fn over(&mut self, window: Period, pieces: Vec<(Period, ShapeId)>) -> ShapeId {
        let mut merged: Vec<(Period, ShapeId)> = Vec::new();
        for (days, shape) in pieces {
            match merged.last_mut() {
                Some((before, same)) if *same == shape && before.end == days.start => {
                    before.end = days.end;
                }
                _ => merged.push((days, shape)),
            }
        }
        if let [(days, shape)] = merged.as_slice()
            && *days == window
        {
            return *shape;
        }
        let parts = merged.into_iter().map(|(days, shape)| {
            let kind = format!("on {} {}", days.start, days.end);
            self.shapes.of(kind, vec![shape])
        });
        let parts = parts.collect();
        self.shapes.of("by law", parts)
    }

    /// What a rule is on all days of the window, each version by `body`.
    pub(super) fn rule<T>(
        &mut self,
        rule: &Rule<T>,
        window: Period,
        mut body: impl FnMut(&mut Self, &T, Period) -> ShapeId,
    ) -> ShapeId {
        let mut pieces = Vec::new();
        for (days, version) in Self::pieces(rule, window) {
            let shape = match version {
                Some(version) => body(self, &version.body, days),
                None => self.shapes.of("hole", Vec::new()),
            };
            pieces.push((days, shape));
        }
        self.over(window, pieces)
    }

    /// Follows a name, unless names are kept or it leads in a ring.
    fn named(
        &mut self,
        kind: super::Kind,
        at: usize,
        name: Option<&str>,
        follow: impl FnOnce(&mut Self) -> ShapeId,
    ) -> ShapeId {
        let name = name.unwrap_or_default();
        if self.names == Names::Kept {
            self.named.insert((kind, self.name(kind, name)));
        }
        if self.names == Names::Kept || !self.open.insert((kind, at)) {
            let name = format!("{kind:?} {}", self.name(kind, name));
            return self.shapes.of(name, Vec::new());
        }
        let shape = follow(self);
        self.open.remove(&(kind, at));
        shape
    }

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
    fn table(&mut self, id: TableId) -> ShapeId {
        let Some(table) = self.model.tables.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named.insert((super::Kind::Data, table.name.clone()));
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
        let kind = declared.map_or_else(String::new, |field| {
            format!("field {} {}", field.name, type_name(&field.ty))
        });
        self.shapes.of(kind, Vec::new())
    }

    pub(super) fn term(&mut self, id: TermId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.terms.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(super::Kind::Term, id.0, Some(&rule.name), |this| {
            this.rule(rule, window, |this, term, days| {
                this.with_transitions(id, term.when, days)
            })
        })
    }

    /// A version of a term, with the transitional provisions in force on its days.
    fn with_transitions(&mut self, id: TermId, when: ConditionId, days: Period) -> ShapeId {
        let model = self.model;
        let mut starts = vec![days.start];
        for pin in model.transitions.iter().flat_map(|rule| &rule.versions) {
            let period = pin.validity.period;
            starts.extend(
                [period.start, period.end]
                    .iter()
                    .filter(|day| days.contains(**day)),
            );
        }
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).copied().chain([days.end]);
        let mut pieces = Vec::new();
        for (start, end) in starts.iter().zip(ends) {
            let piece = Period::new(*start, end);
            let new = self.condition(when, piece);
            let mut pins = model.transitions.iter();
            let pin = pins.find_map(|rule| rule.on(*start).filter(|it| it.body.term == id));
            let shape = match pin {
                None => new,
                Some(pin) => {
                    let law = pin.body.law_of;
                    let old = model.terms.get(id.0).and_then(|rule| rule.on(law));
                    let (then, earlier) =
                        (Period::inclusive(law, law), law < pin.validity.period.start);
                    let old = old.map(|old| match earlier {
                        true => self.with_transitions(id, old.body.when, then),
                        false => self.condition(old.body.when, then),
                    });
                    let parts = [Some(new), old].into_iter().flatten().collect();
                    self.shapes.of(
                        format!("spells begun before {}", pin.body.begun_before),
                        parts,
                    )
                }
            };
            pieces.push((piece, shape));
        }
        self.over(days, pieces)
    }

    pub(super) fn assessment(&mut self, id: AssessmentId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.assessments.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(super::Kind::Assessment, id.0, Some(&rule.name), |this| {
            this.rule(rule, window, |this, body, days| {
                let mut parts = vec![this.table(body.table)];
                parts.extend(body.reassessed_after.map(|after| this.length(after, days)));
                this.shapes.of("assessment", parts)
            })
        })
    }

    pub(super) fn duty(&mut self, id: DutyId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.duties.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(super::Kind::Duty, id.0, Some(&rule.name), |this| {
            this.rule(rule, window, |this, duty, days| {
                let parts = this.duty_parts(duty, days);
                let mut parts: Vec<ShapeId> = parts.into_iter().map(|part| part.shape).collect();
                parts.push(this.attached_to(id, days));
                this.shapes.of("duty", parts)
            })
        })
    }

    /// The exemptions from a duty and its suspensions.
    fn attached_to(&mut self, id: DutyId, window: Period) -> ShapeId {
        let model = self.model;
        let mut parts = Vec::new();
        for rule in &model.exemptions {
            parts.extend(self.attached(rule, window, |this, body, days| {
                body.duties.contains(&id).then(|| {
                    let when = this.condition(body.when, days);
                    let grace = this.grace(body.grace, days);
                    this.shapes.of("exemption", vec![when, grace])
                })
            }));
        }
        for rule in &model.suspensions {
            parts.extend(self.attached(rule, window, |this, body, days| {
                body.duties.contains(&id).then(|| {
                    let when = this.condition(body.when, days);
                    this.shapes.of("suspension", vec![when])
                })
            }));
        }
        self.shapes.unordered("attached", parts)
    }

    /// What an exemption or suspension is to a duty; nothing if it is never attached to it.
    fn attached<T>(
        &mut self,
        rule: &Rule<T>,
        window: Period,
        mut body: impl FnMut(&mut Self, &T, Period) -> Option<ShapeId>,
    ) -> Option<ShapeId> {
        let mut pieces = Vec::new();
        let mut ever = false;
        for (days, version) in Self::pieces(rule, window) {
            let shape = match version {
                Some(version) => body(self, &version.body, days),
                None => Some(self.shapes.of("hole", Vec::new())),
            };
            ever |= version.is_some() && shape.is_some();
            pieces.extend(shape.map(|shape| (days, shape)));
        }
        ever.then(|| self.over(window, pieces))
    }

    pub(super) fn classification(&mut self, id: ClassificationId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.classifications.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(
            super::Kind::Classification,
            id.0,
            Some(&rule.name),
            |this| {
                this.rule(rule, window, |this, body, days| {
                    let parts = this.branches(body, days);
                    let parts: Vec<ShapeId> = parts.into_iter().map(|part| part.shape).collect();
                    match body.in_order {
                        true => this.shapes.of("in order", parts),
                        false => this.shapes.unordered("branches", parts),
                    }
                })
            },
        )
    }

    pub(super) fn parameter(&mut self, id: ParameterId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.parameters.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(super::Kind::Parameter, id.0, Some(&rule.name), |this| {
            let mut pieces = Vec::new();
            for (days, value) in super::values(rule, window) {
                pieces.push((days, this.value(value)));
            }
            this.over(window, pieces)
        })
    }

    fn value(&mut self, value: ParameterValue) -> ShapeId {
        let kind = match value {
            ParameterValue::Length(length) => return self.fixed(length),
            ParameterValue::Number(number) => format!("number {number}"),
            ParameterValue::Date(day) => format!("date {day}"),
            ParameterValue::YesNo(yes) => format!("yes {yes}"),
        };
        self.shapes.of(kind, Vec::new())
    }

    /// A year is twelve months, a week seven days.
    fn fixed(&mut self, length: Length) -> ShapeId {
        let kind = match (length.fixed_days(), length.unit) {
            (Some(days), _) => format!("{days} days"),
            (None, Unit::Years) => format!("{} months", length.count.saturating_mul(12)),
            (None, _) => format!("{} months", length.count),
        };
        self.shapes.of(kind, Vec::new())
    }

    pub(super) fn length(&mut self, value: LengthValue, window: Period) -> ShapeId {
        match value {
            Literal::Fixed(length) => self.fixed(length),
            Literal::Parameter(id) => self.parameter(id, window),
        }
    }

    /// A grace that may be left out, which is none at all.
    pub(super) fn grace(&mut self, value: Option<LengthValue>, window: Period) -> ShapeId {
        self.length(value.unwrap_or(Literal::Fixed(Length::ZERO)), window)
    }

    pub(super) fn day(&mut self, value: Literal<Day>, window: Period) -> ShapeId {
        match value {
            Literal::Fixed(day) => self.value(ParameterValue::Date(day)),
            Literal::Parameter(id) => self.parameter(id, window),
        }
    }

    /// The provisions that something rests on, whatever their order.
    pub(super) fn basis(&mut self, basis: Option<&crate::model::Basis>) -> ShapeId {
        let mut words: Vec<String> = match basis.map(|basis| &basis.kind) {
            None => Vec::new(),
            Some(BasisKind::Source(source)) => vec![format!("source {source}")],
            Some(BasisKind::Provisions(all)) => all.iter().map(ToString::to_string).collect(),
        };
        words.sort_unstable();
        words.dedup();
        self.shapes
            .of(format!("basis {}", words.join("; ")), Vec::new())
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
