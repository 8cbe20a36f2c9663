//! A mismatch made small: rows, rules, clauses and parts of conditions are left out as long as it
//! stays one.

use hjemmel_engine::case::Case;
use hjemmel_engine::model::{Condition, ConditionId, ConditionKind, Model};

/// The last message of `fails` after every step that keeps it failing; `None` if it does not fail
/// to begin with.
pub(crate) fn shrink(
    mut model: Model,
    mut case: Case,
    fails: impl Fn(&Model, &Case) -> Option<String>,
) -> Option<String> {
    let mut message = fails(&model, &case)?;
    loop {
        let smaller = steps(&model, &case).into_iter().find_map(|(model, case)| {
            let message = fails(&model, &case)?;
            Some((model, case, message))
        });
        match smaller {
            Some(found) => (model, case, message) = found,
            None => return Some(message),
        }
    }
}

/// Everything that is one step smaller, the biggest steps first.
fn steps(model: &Model, case: &Case) -> Vec<(Model, Case)> {
    let models = without_rules(model)
        .into_iter()
        .chain(simpler_duties(model))
        .chain(simpler_conditions(model));
    let mut steps: Vec<_> = models.map(|model| (model, case.clone())).collect();
    for (t, table) in case.tables.iter().enumerate() {
        for r in (0..table.rows.len()).filter(|_| model.tables[t].name != "person") {
            let mut case = case.clone();
            case.tables[t].rows.remove(r);
            steps.push((model.clone(), case));
        }
        for r in 0..table.rows.len() {
            if table.rows[r].registered.is_some() {
                let mut case = case.clone();
                case.tables[t].rows[r].registered = None;
                steps.push((model.clone(), case));
            }
        }
    }
    steps
}

/// Rules that nothing refers to can go; of a rule, any version but the last one left.
fn without_rules(model: &Model) -> Vec<Model> {
    let mut smaller = Vec::new();
    macro_rules! drop_each {
        ($($rules:ident)*) => {$(
            for i in 0..model.$rules.len() {
                let mut without = model.clone();
                without.$rules.remove(i);
                smaller.push(without);
            }
        )*};
    }
    macro_rules! drop_versions {
        ($($rules:ident)*) => {$(
            for (i, rule) in model.$rules.iter().enumerate() {
                for v in (0..rule.versions.len()).filter(|_| rule.versions.len() > 1) {
                    let mut without = model.clone();
                    without.$rules[i].versions.remove(v);
                    smaller.push(without);
                }
            }
        )*};
    }
    drop_each!(transitions warnings suspensions exemptions);
    drop_last(model, &mut smaller);
    drop_versions!(duties terms exemptions suspensions classifications);
    smaller
}

/// The last rule of a kind, if no condition that is left mentions it.
fn drop_last(model: &Model, smaller: &mut Vec<Model>) {
    let used = reachable(model);
    let mentioned = |is: &dyn Fn(&ConditionKind) -> bool| {
        model
            .conditions
            .iter()
            .zip(&used)
            .any(|(condition, used)| *used && is(&condition.kind))
    };
    let (terms, duties, classes) = (
        model.terms.len(),
        model.duties.len(),
        model.classifications.len(),
    );
    let pinned = model
        .transitions
        .iter()
        .any(|rule| rule.versions.iter().any(|v| v.body.term.0 + 1 == terms));
    if terms > 0
        && !pinned
        && !mentioned(&|kind| matches!(kind, ConditionKind::Term(id) if id.0 + 1 == terms))
    {
        let mut without = model.clone();
        without.terms.pop();
        smaller.push(without);
    }
    if classes > 0 && !mentioned(&|kind| matches!(kind, ConditionKind::ClassifiedAs(..))) {
        let mut without = model.clone();
        without.classifications.pop();
        smaller.push(without);
    }
    let attached =
        !(model.exemptions.is_empty() && model.suspensions.is_empty() && model.warnings.is_empty());
    let of_last =
        |kind: &ConditionKind| matches!(kind, ConditionKind::DutyIs(id, _) if id.0 + 1 == duties);
    if duties > 0 && !attached && !mentioned(&of_last) {
        let mut without = model.clone();
        without.duties.pop();
        smaller.push(without);
    }
}

/// Duties without one of their clauses.
fn simpler_duties(model: &Model) -> Vec<Model> {
    let mut smaller = Vec::new();
    for (d, rule) in model.duties.iter().enumerate() {
        for (v, version) in rule.versions.iter().enumerate() {
            let mut with = |change: &dyn Fn(&mut hjemmel_engine::model::Duty)| {
                let mut simpler = model.clone();
                change(&mut simpler.duties[d].versions[v].body);
                if simpler != *model {
                    smaller.push(simpler);
                }
            };
            for i in
                (0..version.body.fulfilments.len()).filter(|_| version.body.fulfilments.len() > 1)
            {
                with(&|duty| drop(duty.fulfilments.remove(i)));
            }
            with(&|duty| duty.restarts.clear());
            with(&|duty| duty.required.clear());
            with(&|duty| duty.entry = None);
            with(&|duty| duty.timely_in_week = None);
            with(&|duty| duty.deadline.exceptions.clear());
            with(&|duty| duty.deadline.anchor = None);
        }
    }
    for e in 0..model.exemptions.len() {
        if model.exemptions[e].versions[0].body.grace.is_some() {
            let mut simpler = model.clone();
            simpler.exemptions[e]
                .versions
                .iter_mut()
                .for_each(|version| version.body.grace = None);
            smaller.push(simpler);
        }
    }
    smaller
}

/// Models in which one condition that is used is replaced by one of its parts.
fn simpler_conditions(model: &Model) -> Vec<Model> {
    let mut smaller = Vec::new();
    for (i, used) in reachable(model).into_iter().enumerate() {
        for part in parts(&model.conditions[i]).into_iter().filter(|_| used) {
            let mut simpler = model.clone();
            simpler.conditions[i] = model.conditions[part.0].clone();
            smaller.push(simpler);
        }
    }
    smaller
}

fn parts(condition: &Condition) -> Vec<ConditionId> {
    match &condition.kind {
        ConditionKind::All(parts)
        | ConditionKind::Any(parts)
        | ConditionKind::AtLeast(_, parts) => parts.clone(),
        ConditionKind::Except { base, exceptions } => std::iter::once(*base)
            .chain(exceptions.iter().map(|e| e.when))
            .collect(),
        ConditionKind::Not(a)
        | ConditionKind::HeldFor(a, _)
        | ConditionKind::Within(a, _)
        | ConditionKind::Bridged(a, _)
        | ConditionKind::BridgedMonth(a)
        | ConditionKind::WholeWeeks(a)
        | ConditionKind::KnownOn(a, _)
        | ConditionKind::TotalWithin { condition: a, .. } => vec![*a],
        ConditionKind::Near(_, anchor) => vec![anchor.condition],
        _ => Vec::new(),
    }
}

/// Which conditions some rule rests on.
fn reachable(model: &Model) -> Vec<bool> {
    let mut todo: Vec<ConditionId> = Vec::new();
    todo.extend(
        model
            .terms
            .iter()
            .flat_map(|rule| rule.versions.iter().map(|v| v.body.when)),
    );
    todo.extend(
        model
            .exemptions
            .iter()
            .flat_map(|rule| rule.versions.iter().map(|v| v.body.when)),
    );
    todo.extend(
        model
            .suspensions
            .iter()
            .flat_map(|rule| rule.versions.iter().map(|v| v.body.when)),
    );
    todo.extend(
        model
            .warnings
            .iter()
            .flat_map(|rule| rule.versions.iter().map(|v| v.body.when)),
    );
    for version in model.classifications.iter().flat_map(|rule| &rule.versions) {
        todo.extend(
            version
                .body
                .branches
                .iter()
                .filter_map(|branch| branch.when),
        );
    }
    for duty in model
        .duties
        .iter()
        .flat_map(|rule| &rule.versions)
        .map(|version| &version.body)
    {
        todo.extend([duty.scope, duty.counted]);
        todo.extend(duty.restarts.iter().map(|it| it.begins));
        todo.extend(duty.fulfilments.iter().map(|f| f.by));
        todo.extend(duty.deadline.exceptions.iter().map(|e| e.when));
        todo.extend(duty.deadline.anchor.map(|anchor| anchor.condition));
        todo.extend(duty.required.iter().filter_map(|required| required.when));
        for fulfilment in &duty.fulfilments {
            if let hjemmel_engine::model::Next::After(_, exceptions) = &fulfilment.next {
                todo.extend(exceptions.iter().map(|e| e.when));
            }
        }
    }
    let mut used = vec![false; model.conditions.len()];
    while let Some(id) = todo.pop() {
        if !std::mem::replace(&mut used[id.0], true) {
            todo.extend(parts(&model.conditions[id.0]));
        }
    }
    used
}
