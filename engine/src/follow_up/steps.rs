//! What can be done about a duty, as its own clauses say it.

use super::{Item, Urgency};
use crate::evaluate::{Evaluation, View};
use crate::model::{
    ConditionId, ConditionKind, DutyState, Fulfilment, Model, Rule, Subject, Version,
};
use crate::outcome::{Ground, MissingFact, State, StateRun};
use crate::time::{Day, Truth};

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Begin one of these, or register it if it has begun.
    Begin(Vec<Way>),
    /// Take the decisions of these names.
    Decide(Vec<Named>),
    /// Take the decisions behind these up again.
    Reassess(Vec<Named>),
    /// Find out and register what is missing.
    Register(Vec<MissingFact>),
}

/// A way to fulfil a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What fulfils.
    pub what: Named,
    /// The assessments that must first come out for it; none of them stands in its way otherwise.
    pub after: Vec<Named>,
}

/// A rule's name and its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The title, if it has one.
    pub title: Option<String>,
}

/// What can be done about an item.
pub(super) fn of(model: &Model, evaluation: &Evaluation<'_>, item: &Item, day: Day) -> Vec<Step> {
    let coming = item.change.as_ref().and_then(|change| change.to.as_ref());
    let run = match item.urgency {
        None => return Vec::new(),
        Some(Urgency::Soon) => coming,
        Some(_) => Some(&item.outcome.run),
    };
    let Some(run) = run else {
        return Vec::new();
    };
    let State::Duty(state) = run.state else {
        return Vec::new();
    };
    match state {
        DutyState::AwaitsAssessment => vec![Step::Decide(decisions(run))],
        DutyState::MustBeReassessed => vec![Step::Reassess(decisions(run))],
        DutyState::Unknown => vec![Step::Register(run.missing.clone())],
        _ => vec![Step::Begin(ways(model, evaluation, item, day))],
    }
}

fn decisions(run: &StateRun) -> Vec<Named> {
    let named = |ground: &Ground| Named {
        name: ground.name.clone(),
        title: ground.title.clone(),
    };
    run.grounds.iter().map(named).collect()
}

/// The fulfilments that are open to the person on the day. By a `når` that does not hold one is
/// closed, unless it lacks only a decision that people may take.
fn ways(model: &Model, evaluation: &Evaluation<'_>, item: &Item, day: Day) -> Vec<Way> {
    let rule = model.duties.get(item.duty.0);
    let version = rule.and_then(|rule| rule.on(day));
    let (Some(version), Some(view)) = (version, evaluation.view(day)) else {
        return Vec::new();
    };
    let way = |fulfilment: &Fulfilment| {
        let after = closed_by(model, view, fulfilment, day)?;
        Some(Way {
            what: term_named(model, &fulfilment.name, day),
            after,
        })
    };
    let mut ways: Vec<Way> = Vec::new();
    for way in version.body.fulfilments.iter().filter_map(way) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// The decisions that a fulfilment waits for; `None` if something else closes it.
fn closed_by(
    model: &Model,
    view: &View<'_>,
    fulfilment: &Fulfilment,
    day: Day,
) -> Option<Vec<Named>> {
    let ConditionKind::All(parts) = &model.condition(fulfilment.by).kind else {
        return Some(Vec::new());
    };
    // The first is what fulfils, the others are its `når`.
    let mut parts: Vec<ConditionId> = parts.iter().skip(1).copied().collect();
    let mut after = Vec::new();
    while let Some(part) = parts.pop() {
        if view.timeline(part).at(day) != Truth::No {
            continue;
        }
        match &model.condition(part).kind {
            ConditionKind::All(inner) => parts.extend(inner),
            ConditionKind::Assessed { assessment, .. } => {
                let rule = model.assessments.get(assessment.0)?;
                after.push(named(rule, day));
            }
            _ => return None,
        }
    }
    Some(after)
}

/// A term by its name, or just the name.
fn term_named(model: &Model, name: &str, day: Day) -> Named {
    let rule = model.terms.iter().find(|rule| rule.name == name);
    rule.map_or_else(
        || Named {
            name: name.to_owned(),
            title: None,
        },
        |rule| named(rule, day),
    )
}

fn named<T>(rule: &Rule<T>, day: Day) -> Named {
    let version: Option<&Version<T>> = rule.on(day);
    Named {
        name: rule.name.clone(),
        title: version.and_then(|version| version.title.clone()),
    }
}

impl Named {
    /// The title, or the name with blanks.
    #[must_use]
    pub fn words(&self) -> String {
        self.title
            .clone()
            .unwrap_or_else(|| self.name.replace('_', " "))
    }
}

/// The subject of an item.
impl Item {
    /// The duty as a rule that gives an answer.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::Duty(self.duty)
    }
}
