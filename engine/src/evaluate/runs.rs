//! The answer of any rule in a view, as runs of days over all days.

use super::View;
use super::rows::Decided;
use crate::model::{Branch, Classification, ConditionId, RowCondition, Subject, Version};
use crate::outcome::{Ground, State, StateRun};
use crate::time::{Day, Period, Timeline, Truth};
use std::rc::Rc;

impl View<'_> {
    /// Makes what [`View::runs`] keeps.
    pub(super) fn make_runs(&self, subject: Subject) -> Option<Vec<StateRun>> {
        match subject {
            Subject::Duty(id) => {
                let version = self.version(self.model.duties.get(id.0))?;
                Some(self.duty_runs(id, version))
            }
            Subject::Classification(id) => {
                let version = self.version(self.model.classifications.get(id.0))?;
                Some(self.branches(version))
            }
            Subject::Term(id) => {
                let version = self.version(self.model.terms.get(id.0))?;
                Some(truth_runs(&self.term(id), version))
            }
            Subject::Assessment(id) => {
                let version = self.version(self.model.assessments.get(id.0))?;
                let held = self.decisions(id, &RowCondition::All(Vec::new()), Decided::Yes, false);
                Some(truth_runs(&held, version))
            }
            Subject::Warning(id) => {
                let version = self.version(self.model.warnings.get(id.0))?;
                Some(truth_runs(&self.timeline(version.body.when), version))
            }
        }
    }

    /// The states of a classification.
    fn branches(&self, version: &Version<Classification>) -> Vec<StateRun> {
        let branches: Vec<(&Branch, Option<Rc<Timeline>>)> = version
            .body
            .branches
            .iter()
            .map(|branch| (branch, branch.when.map(|when| self.timeline(when))))
            .collect();
        let timelines = branches
            .iter()
            .filter_map(|(_, timeline)| timeline.as_deref());
        let edges = edges(timelines);
        let mut runs: Vec<StateRun> = Vec::new();
        for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
            let branch = deciding(&branches, version.body.in_order, *start);
            let (state, ground) = match branch {
                Some(branch) => (State::Branch(branch.state.clone()), branch_ground(branch)),
                None => (State::UnknownBranch, None),
            };
            match runs.last_mut() {
                Some(last) if last.state == state => last.days.end = *end,
                _ => runs.push(StateRun {
                    days: Period::new(*start, *end),
                    state,
                    due: None,
                    grounds: ground.into_iter().collect(),
                    basis: version.basis.clone(),
                    missing: Vec::new(),
                }),
            }
        }
        runs
    }
}

/// The branch that applies on `day`; `None` if it is unknown which.
fn deciding<'b>(
    branches: &[(&'b Branch, Option<Rc<Timeline>>)],
    in_order: bool,
    day: Day,
) -> Option<&'b Branch> {
    let mut otherwise = None;
    let mut unknown = false;
    for (branch, timeline) in branches {
        match timeline.as_ref().map(|timeline| timeline.at(day)) {
            None => otherwise = Some(*branch),
            Some(Truth::Yes) if !(in_order && unknown) => return Some(branch),
            Some(Truth::Yes | Truth::Unknown) => unknown = true,
            Some(Truth::No) => {}
        }
    }
    if unknown { None } else { otherwise }
}

/// A branch's own basis or title, where it has one: the state's name says the rest.
fn branch_ground(branch: &Branch) -> Option<Ground> {
    (branch.basis.is_some() || branch.title.is_some()).then(|| Ground {
        name: branch.state.clone(),
        title: branch.title.clone(),
        basis: branch.basis.clone(),
    })
}

fn truth_runs<T>(timeline: &Timeline, version: &Version<T>) -> Vec<StateRun> {
    let edges = edges([timeline]);
    let runs = edges
        .iter()
        .zip(edges.iter().skip(1))
        .map(|(start, end)| StateRun {
            days: Period::new(*start, *end),
            state: State::Truth(timeline.at(*start)),
            due: None,
            grounds: Vec::new(),
            basis: version.basis.clone(),
            missing: Vec::new(),
        });
    runs.collect()
}

fn edges<'t>(timelines: impl IntoIterator<Item = &'t Timeline>) -> Vec<Day> {
    let mut edges: Vec<Day> = timelines.into_iter().flat_map(Timeline::changes).collect();
    edges.extend([Day::FIRST, Day::END]);
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The conditions that a rule's answer may depend on, in a view.
pub(super) fn conditions_of(view: &View<'_>, subject: Subject) -> Vec<ConditionId> {
    let model = view.model;
    let conditions = match subject {
        Subject::Duty(id) => view
            .version(model.duties.get(id.0))
            .map(|version| super::duty::conditions_of(view, id, &version.body)),
        Subject::Classification(id) => {
            view.version(model.classifications.get(id.0))
                .map(|version| {
                    version
                        .body
                        .branches
                        .iter()
                        .filter_map(|branch| branch.when)
                        .collect()
                })
        }
        Subject::Term(id) => view
            .version(model.terms.get(id.0))
            .map(|version| vec![version.body.when]),
        Subject::Warning(id) => view
            .version(model.warnings.get(id.0))
            .map(|version| vec![version.body.when]),
        Subject::Assessment(_) => None,
    };
    conditions.unwrap_or_default()
}
