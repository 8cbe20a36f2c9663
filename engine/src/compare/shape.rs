//! Structures of rules, each with a number: what is equal has the same number, in both rule sets.
//!
//! A name is replaced by the structure of what it refers to, a parameter by its values, and what
//! has no meaning (order, repetition, parentheses, the unit of a length) is made alike.

use super::Kind;
use crate::model::{
    AssessmentId, Basis, BasisKind, ClassificationId, ConditionId, DutyId, LengthValue, Literal,
    Model, ParameterId, ParameterValue, Rule, TermId, Version,
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
pub(super) type Renamed = BTreeMap<(Kind, String), String>;

/// Makes structures of the rules of one model.
pub(super) struct Shaper<'s> {
    pub(super) model: &'s Model,
    pub(super) shapes: &'s mut Shapes,
    pub(super) names: Names,
    /// Rules of this model that are called something else in the other.
    pub(super) renamed: &'s Renamed,
    pub(super) memo: HashMap<(ConditionId, Period), ShapeId>,
    /// What is being made: rules that go in a ring have been reported, and are not followed.
    open: BTreeSet<(Kind, usize)>,
    /// The names that were met, where names are kept.
    pub(super) named: BTreeSet<(Kind, String)>,
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
    pub(super) fn name(&self, kind: Kind, name: &str) -> String {
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
        kind: Kind,
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

    pub(super) fn term(&mut self, id: TermId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.terms.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(Kind::Term, id.0, Some(&rule.name), |this| {
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
        self.named(Kind::Assessment, id.0, Some(&rule.name), |this| {
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
        self.named(Kind::Duty, id.0, Some(&rule.name), |this| {
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
        self.named(Kind::Classification, id.0, Some(&rule.name), |this| {
            this.rule(rule, window, |this, body, days| {
                let parts = this.branches(body, days);
                let parts: Vec<ShapeId> = parts.into_iter().map(|part| part.shape).collect();
                match body.in_order {
                    true => this.shapes.of("in order", parts),
                    false => this.shapes.unordered("branches", parts),
                }
            })
        })
    }

    pub(super) fn parameter(&mut self, id: ParameterId, window: Period) -> ShapeId {
        let model = self.model;
        let Some(rule) = model.parameters.get(id.0) else {
            return self.shapes.of("unreadable", Vec::new());
        };
        self.named(Kind::Parameter, id.0, Some(&rule.name), |this| {
            let mut pieces = Vec::new();
            for (days, value) in super::values(rule, window) {
                pieces.push((days, this.value(value)));
            }
            this.over(window, pieces)
        })
    }

    pub(super) fn value(&mut self, value: ParameterValue) -> ShapeId {
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
    pub(super) fn basis(&mut self, basis: Option<&Basis>) -> ShapeId {
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
