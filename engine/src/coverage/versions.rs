//! Every version of every rule, as declared: when it is in force, what it rests on, what is written
//! in it.

use crate::model::{
    Basis, Classification, ConditionId, ConditionKind, Duty, Measure, Model, Next, Rule, Version,
};
use crate::time::Period;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// A rule of any kind: its kind, and its position among those.
pub(super) type RuleId = (Kind, usize);

/// A part of a declaration: the positions of both.
pub(super) type PartId = (usize, usize);

/// A declared version of a rule.
pub(super) struct Declared<'m> {
    pub(super) rule: RuleId,
    pub(super) name: &'m str,
    pub(super) title: Option<&'m str>,
    /// The place of its name.
    pub(super) site: Site,
    /// What its clauses rest on besides.
    pub(super) own: Vec<&'m Basis>,
    /// The conditions that are written in it, each the whole of a clause's.
    pub(super) conditions: Vec<ConditionId>,
    /// In the order of days.
    pub(super) parts: Vec<Part<'m>>,
}

/// The days of a declared version on which it rests on one basis. Of a parameter each value is a
/// part too.
pub(super) struct Part<'m> {
    pub(super) days: Period,
    pub(super) basis: Option<&'m Basis>,
    value: Option<usize>,
}

/// What is written in a body: its conditions, and what its clauses rest on.
type Body<'m> = (Vec<ConditionId>, Vec<Option<&'m Basis>>);

/// All of them, by their place in the files.
pub(super) fn all(model: &Model) -> Vec<Declared<'_>> {
    let mut all = Vec::new();
    parameters(model, &mut all);
    of(Kind::Assessment, &model.assessments, &mut all, |_| {
        Body::default()
    });
    of(Kind::Term, &model.terms, &mut all, |it| when(it.when));
    of(Kind::Duty, &model.duties, &mut all, duty);
    of(Kind::Exemption, &model.exemptions, &mut all, |it| {
        when(it.when)
    });
    of(Kind::Suspension, &model.suspensions, &mut all, |it| {
        when(it.when)
    });
    of(
        Kind::Classification,
        &model.classifications,
        &mut all,
        branches,
    );
    of(Kind::Warning, &model.warnings, &mut all, |it| when(it.when));
    of(Kind::Measure, &model.measures, &mut all, measure);
    of(Kind::Transition, &model.transitions, &mut all, |_| {
        Body::default()
    });
    for declared in &mut all {
        for condition in &declared.conditions {
            exceptions(model, *condition, &mut declared.own);
        }
    }
    all.sort_by_key(|declared| declared.site);
    all
}

fn of<'m, T>(
    kind: Kind,
    rules: &'m [Rule<T>],
    all: &mut Vec<Declared<'m>>,
    body: impl Fn(&'m T) -> Body<'m>,
) {
    for (index, rule) in rules.iter().enumerate() {
        let start = all.len();
        for version in &rule.versions {
            let body = || body(&version.body);
            let whole = [(version.validity.period, None)];
            put(
                all,
                start,
                ((kind, index), &rule.name),
                version,
                body,
                whole,
            );
        }
    }
}

fn parameters<'m>(model: &'m Model, all: &mut Vec<Declared<'m>>) {
    for (index, rule) in model.parameters.iter().enumerate() {
        let (start, id) = (all.len(), (Kind::Parameter, index));
        for version in &rule.versions {
            let values = version.body.values.iter().enumerate();
            let parts = values.map(|(value, (validity, _))| {
                (validity.period.and(version.validity.period), Some(value))
            });
            let parts = parts.filter(|(days, _)| !days.is_empty());
            put(all, start, (id, &rule.name), version, Body::default, parts);
        }
    }
}

/// Adds a version to the declaration that it is, or is a part of; those of its rule begin at `start`.
fn put<'m, T>(
    all: &mut Vec<Declared<'m>>,
    start: usize,
    (rule, name): (RuleId, &'m str),
    version: &'m Version<T>,
    body: impl FnOnce() -> Body<'m>,
    parts: impl IntoIterator<Item = (Period, Option<usize>)>,
) {
    let site = version.name_site;
    let mut known = all.iter_mut().skip(start);
    if let Some(declared) = known.find(|it| it.site == site) {
        add(declared, version.basis.as_ref(), parts);
        return;
    }
    let (conditions, own) = body();
    let mut declared = Declared {
        rule,
        name,
        title: version.title.as_deref(),
        site,
        own: own.into_iter().flatten().collect(),
        conditions,
        parts: Vec::new(),
    };
    add(&mut declared, version.basis.as_ref(), parts);
    all.push(declared);
}

/// Adds days to a declaration; a mark of doubt that begins or ends makes no part of its own.
fn add<'m>(
    declared: &mut Declared<'m>,
    basis: Option<&'m Basis>,
    parts: impl IntoIterator<Item = (Period, Option<usize>)>,
) {
    for (days, value) in parts {
        match declared.parts.last_mut() {
            Some(last)
                if last.days.end == days.start && last.basis == basis && last.value == value =>
            {
                last.days.end = days.end;
            }
            _ => declared.parts.push(Part { days, basis, value }),
        }
    }
}

fn when<'m>(when: ConditionId) -> Body<'m> {
    (vec![when], Vec::new())
}

fn duty(duty: &Duty) -> Body<'_> {
    let (mut all, mut own) = (vec![duty.scope, duty.counted], Vec::new());
    for restart in &duty.restarts {
        all.push(restart.begins);
        own.push(restart.basis.as_ref());
    }
    all.extend(duty.deadline.anchor.map(|anchor| anchor.condition));
    let mut exceptions: Vec<_> = duty.deadline.exceptions.iter().collect();
    for fulfilment in &duty.fulfilments {
        all.push(fulfilment.by);
        own.push(fulfilment.basis.as_ref());
        if let Next::After(_, more) = &fulfilment.next {
            exceptions.extend(more);
        }
    }
    for exception in exceptions {
        all.push(exception.when);
        own.push(exception.basis.as_ref());
    }
    own.push(duty.timely_in_week.as_ref().and_then(Option::as_ref));
    own.push(duty.entry.as_ref().and_then(|entry| entry.basis.as_ref()));
    for required in &duty.required {
        all.extend(required.when);
        own.push(required.basis.as_ref());
    }
    (all, own)
}

fn branches(classification: &Classification) -> Body<'_> {
    let branches = classification.branches.iter();
    let bases = branches.clone().map(|branch| branch.basis.as_ref());
    (branches.filter_map(|it| it.when).collect(), bases.collect())
}

fn measure(measure: &Measure) -> Body<'_> {
    let limit = measure.limit.as_ref();
    let basis = limit.and_then(|limit| limit.basis.as_ref());
    (vec![measure.count, measure.out_of], vec![basis])
}

/// The bases of `dog` lines in a condition.
fn exceptions<'m>(model: &'m Model, condition: ConditionId, found: &mut Vec<&'m Basis>) {
    let kind = &model.condition(condition).kind;
    if let ConditionKind::Except { exceptions, .. } = kind {
        found.extend(exceptions.iter().filter_map(|it| it.basis.as_ref()));
    }
    for part in kind.operands() {
        exceptions(model, part, found);
    }
}
