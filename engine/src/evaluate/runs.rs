//! The answer of any rule in a view, as runs of days over all days.

use super::View;
use super::decisions::Decided;
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
        let mut runs: Vec<StateRun> = Vec::new();
        for (days, possible) in self.possible_branches(&version.body) {
            let (state, grounds) = match possible.split_first() {
                Some((branch, rest)) if rest.iter().all(|other| other.state == branch.state) => {
                    (State::Branch(branch.state.clone()), grounds(&possible))
                }
                _ => (State::UnknownBranch, Vec::new()),
            };
            let run = StateRun {
                days,
                state,
                due: None,
                grounds,
                basis: version.basis.clone(),
                missing: Vec::new(),
            };
            append(&mut runs, run);
        }
        runs
    }

    /// The branches of a classification that may apply, for all days, in order.
    pub(super) fn possible_branches<'c>(
        &self,
        classification: &'c Classification,
    ) -> Vec<(Period, Vec<&'c Branch>)> {
        let branches: Vec<(&Branch, Option<Rc<Timeline>>)> = classification
            .branches
            .iter()
            .map(|branch| (branch, branch.when.map(|when| self.timeline(when))))
            .collect();
        let edges = edges(
            branches
                .iter()
                .filter_map(|(_, timeline)| timeline.as_deref()),
        );
        let days = edges.iter().zip(edges.iter().skip(1));
        days.map(|(start, end)| {
            (
                Period::new(*start, *end),
                possible(&branches, classification.in_order, *start),
            )
        })
        .collect()
    }
}

/// The branches that may apply on `day`: those that possibly hold, up to the first that surely
/// does; `ellers` if none surely does.
fn possible<'b>(
    branches: &[(&'b Branch, Option<Rc<Timeline>>)],
    in_order: bool,
    day: Day,
) -> Vec<&'b Branch> {
    let truth = |timeline: &Option<Rc<Timeline>>| timeline.as_ref().map(|it| it.at(day));
    let surely = branches
        .iter()
        .position(|(_, it)| truth(it) == Some(Truth::Yes));
    if let (Some(surely), false) = (surely, in_order) {
        // The branches exclude each other.
        return branches
            .get(surely)
            .map(|(branch, _)| *branch)
            .into_iter()
            .collect();
    }
    let before = branches.iter().take(surely.unwrap_or(branches.len()));
    let mut possible: Vec<&Branch> = before
        .filter(|(_, it)| truth(it) == Some(Truth::Unknown))
        .map(|(branch, _)| *branch)
        .collect();
    let decided = surely.and_then(|surely| branches.get(surely));
    let otherwise = || branches.iter().find(|(branch, _)| branch.when.is_none());
    possible.extend(decided.or_else(otherwise).map(|(branch, _)| *branch));
    possible
}

/// Adds a run, joined with the one before where they are adjacent and say the same.
pub(super) fn append(runs: &mut Vec<StateRun>, run: StateRun) {
    match runs.last_mut() {
        Some(last)
            if last.days.end == run.days.start
                && StateRun {
                    days: run.days,
                    ..last.clone()
                } == run =>
        {
            last.days.end = run.days.end;
        }
        _ => runs.push(run),
    }
}

/// What branches of one state say of themselves, each of which may be the one that decided: their own
/// bases and titles, where they have any. The state's name says the rest.
fn grounds(branches: &[&Branch]) -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Vec::new();
    for branch in branches {
        let ground = Ground {
            name: branch.state.clone(),
            title: branch.title.clone(),
            basis: branch.basis.clone(),
        };
        let says_more = branch.basis.is_some() || branch.title.is_some();
        if says_more && !grounds.contains(&ground) {
            grounds.push(ground);
        }
    }
    grounds
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
