//! Every version of every rule: when it is in force, what it rests on, what is written in it.

use crate::model::{
    Basis, Classification, ConditionId, ConditionKind, Duty, Model, Next, Rule, Version,
};
use crate::time::{Day, Period};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Kind;

/// A rule of any kind: its kind, and its position among those.
pub(super) type RuleId = (Kind, usize);

/// A version of a rule. Of a parameter each of its values is one.
pub(super) struct RuleVersion<'m> {
    pub(super) rule: RuleId,
    pub(super) name: &'m str,
    pub(super) title: Option<&'m str>,
    /// The days in force.
    pub(super) days: Period,
    /// The place of its name.
    pub(super) site: Site,
    /// What it rests on, its clauses' own included.
    pub(super) bases: Vec<&'m Basis>,
    /// The conditions that are written in it, each the whole of a clause's.
    pub(super) conditions: Vec<ConditionId>,
}

/// All of them, by their place in the files.
pub(super) fn all(model: &Model) -> Vec<RuleVersion<'_>> {
    let mut found = Vec::new();
    parameters(model, &mut found);
    of(Kind::Assessment, &model.assessments, &mut found, |_| {
        Vec::new()
    });
    of(Kind::Term, &model.terms, &mut found, |it| vec![it.when]);
    of(Kind::Duty, &model.duties, &mut found, duty);
    of(Kind::Exemption, &model.exemptions, &mut found, |it| {
        vec![it.when]
    });
    of(Kind::Suspension, &model.suspensions, &mut found, |it| {
        vec![it.when]
    });
    of(
        Kind::Classification,
        &model.classifications,
        &mut found,
        branches,
    );
    of(Kind::Warning, &model.warnings, &mut found, |it| {
        vec![it.when]
    });
    of(Kind::Measure, &model.measures, &mut found, |it| {
        vec![it.count, it.out_of]
    });
    of(Kind::Transition, &model.transitions, &mut found, |_| {
        Vec::new()
    });
    for version in &mut found {
        let own = own_bases(model, version.rule, version.days.start);
        version.bases.extend(own);
        for condition in &version.conditions {
            exceptions(model, *condition, &mut version.bases);
        }
    }
    found.sort_by_key(|version| (version.site, version.days.start));
    found
}

fn of<'m, T>(
    kind: Kind,
    rules: &'m [Rule<T>],
    found: &mut Vec<RuleVersion<'m>>,
    conditions: impl Fn(&T) -> Vec<ConditionId>,
) {
    for (index, rule) in rules.iter().enumerate() {
        found.extend(rule.versions.iter().map(|version| RuleVersion {
            conditions: conditions(&version.body),
            ..heading((kind, index), &rule.name, version)
        }));
    }
}

fn heading<'m, T>(rule: RuleId, name: &'m str, version: &'m Version<T>) -> RuleVersion<'m> {
    RuleVersion {
        rule,
        name,
        title: version.title.as_deref(),
        days: version.validity.period,
        site: version.name_site,
        bases: version.basis.iter().collect(),
        conditions: Vec::new(),
    }
}

fn parameters<'m>(model: &'m Model, found: &mut Vec<RuleVersion<'m>>) {
    for (index, rule) in model.parameters.iter().enumerate() {
        for version in &rule.versions {
            let values = version.body.values.iter().map(|(validity, _)| RuleVersion {
                days: validity.period.and(version.validity.period),
                ..heading((Kind::Parameter, index), &rule.name, version)
            });
            found.extend(values.filter(|it| !it.days.is_empty()));
        }
    }
}

fn duty(duty: &Duty) -> Vec<ConditionId> {
    let mut all = vec![duty.scope, duty.counted];
    all.extend(duty.deadline.anchor.map(|anchor| anchor.condition));
    all.extend(duty.deadline.exceptions.iter().map(|it| it.when));
    for fulfilment in &duty.fulfilments {
        all.push(fulfilment.by);
        if let Next::After(_, exceptions) = &fulfilment.next {
            all.extend(exceptions.iter().map(|it| it.when));
        }
    }
    all.extend(duty.required.iter().filter_map(|required| required.when));
    all
}

fn branches(classification: &Classification) -> Vec<ConditionId> {
    let branches = classification.branches.iter();
    branches.filter_map(|branch| branch.when).collect()
}

/// The bases of a version's clauses.
fn own_bases(model: &Model, (kind, index): RuleId, law: Day) -> Vec<&Basis> {
    match kind {
        Kind::Duty => {
            let version = model.duties.get(index).and_then(|rule| rule.on(law));
            version.map_or_else(Vec::new, |version| duty_bases(&version.body))
        }
        Kind::Classification => {
            let rule = model.classifications.get(index);
            let branches = rule.and_then(|rule| rule.on(law)).into_iter();
            let branches = branches.flat_map(|version| &version.body.branches);
            branches
                .filter_map(|branch| branch.basis.as_ref())
                .collect()
        }
        _ => Vec::new(),
    }
}

fn duty_bases(duty: &Duty) -> Vec<&Basis> {
    let mut all: Vec<Option<&Basis>> = Vec::new();
    all.extend(duty.deadline.exceptions.iter().map(|it| it.basis.as_ref()));
    for fulfilment in &duty.fulfilments {
        all.push(fulfilment.basis.as_ref());
        if let Next::After(_, exceptions) = &fulfilment.next {
            all.extend(exceptions.iter().map(|it| it.basis.as_ref()));
        }
    }
    all.push(duty.timely_in_week.as_ref().and_then(Option::as_ref));
    all.push(duty.entry.as_ref().and_then(|entry| entry.basis.as_ref()));
    all.extend(duty.required.iter().map(|it| it.basis.as_ref()));
    all.into_iter().flatten().collect()
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
