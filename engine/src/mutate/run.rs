//! Tries mutants: for each the expectations that can notice it, until one does.

use super::Mutant;
use super::edit::{Edit, RuleId, with_spares};
use super::reach::Reach;
use crate::evaluate::{Evaluation, Occasions};
use crate::examples::{holds, telling_days};
use crate::model::{ConditionId, Example, Expectation, Model, Validity};
use crate::time::Period;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What came of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// An example noticed it.
    Killed,
    /// None did.
    Survived {
        /// How many lines of examples could have: their answers rest on what was changed.
        tried: usize,
    },
}

/// A line of an example, and what its answer rests on.
struct Probe<'m> {
    example: &'m Example,
    expectation: &'m Expectation,
    /// The days that are looked at.
    days: Period,
    /// The conditions that were asked for, by their ids.
    asked: Vec<bool>,
}

/// What must be looked at for a change to be noticed.
enum Gate {
    /// One of these conditions.
    Asked(Vec<ConditionId>),
    /// This rule, under the law of one of these days.
    Law(RuleId, Vec<Period>),
}

/// What all mutants have in common.
pub(super) struct Trial<'m> {
    model: &'m Model,
    reach: Reach,
    occasions: Occasions,
    probes: Vec<Probe<'m>>,
    /// Try only what can notice a mutant. Nothing is lost by it, as a test shows.
    pub(super) only_what_can_notice: bool,
}

/// How many examples that killed mutants of a rule are tried first on its next.
const REMEMBERED: usize = 6;

/// Tries every mutant of a model, on all cores. `done` counts them as they are tried. A line of
/// an example that fails without any mistake notices nothing.
#[must_use]
pub fn run(model: &Model, mutants: &[Mutant], done: &AtomicUsize) -> Vec<Fate> {
    Trial::of(model).run(mutants, done)
}

impl Trial<'_> {
    pub(super) fn run(&self, mutants: &[Mutant], done: &AtomicUsize) -> Vec<Fate> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut own = Model {
                examples: Vec::new(),
                ..self.model.clone()
            };
            with_spares(&mut own);
            let mut killers = BTreeMap::new();
            let mut fates = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let Some(mutant) = mutants.get(n) else {
                    return fates;
                };
                fates.push((n, self.fate(&mut own, mutant, &mut killers)));
                done.fetch_add(1, Ordering::Relaxed);
            }
        };
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let mut fates = std::thread::scope(|scope| {
            let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
            let mut fates = work();
            for other in others {
                fates.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            fates
        });
        fates.sort_unstable_by_key(|(n, _)| *n);
        fates.into_iter().map(|(_, fate)| fate).collect()
    }
}

impl<'m> Trial<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let occasions = Occasions::of(model);
        let lines = model.examples.iter().flat_map(|example| {
            let lines = example.expectations.iter();
            lines.map(move |expectation| Probe {
                example,
                expectation,
                days: telling_days(expectation),
                asked: vec![false; model.conditions.len()],
            })
        });
        let mut probes: Vec<Probe<'_>> = lines.collect();
        probes.retain_mut(|probe| {
            let example = probe.example;
            let evaluation = Evaluation::with(&occasions, model, &example.case, example.known_on);
            let passes = holds(&evaluation, probe.expectation);
            evaluation.mark_asked(&mut probe.asked);
            passes
        });
        Self {
            model,
            reach: Reach::of(model),
            occasions,
            probes,
            only_what_can_notice: true,
        }
    }

    /// Tries one mutant in a model of its own, which is afterwards as before.
    fn fate<'f>(
        &self,
        own: &mut Model,
        mutant: &'f Mutant,
        killers: &mut BTreeMap<&'f str, Vec<usize>>,
    ) -> Fate {
        let candidates = self.candidates(mutant, killers.get(mutant.rule.as_str()));
        let mut edits = mutant.edits.clone();
        for edit in &mut edits {
            edit.exchange(own);
        }
        let occasions = edits
            .iter()
            .any(Edit::moves_the_law)
            .then(|| Occasions::of(own));
        let occasions = occasions.as_ref().unwrap_or(&self.occasions);
        let killer = self.killer(own, occasions, &candidates);
        for edit in edits.iter_mut().rev() {
            edit.exchange(own);
        }
        match killer {
            Some(killer) => {
                let known = killers.entry(mutant.rule.as_str()).or_default();
                known.retain(|other| *other != killer);
                known.insert(0, killer);
                known.truncate(REMEMBERED);
                Fate::Killed
            }
            None => Fate::Survived {
                tried: candidates.len(),
            },
        }
    }

    /// The first of some lines that notices a mutant. Lines of one example that follow each other
    /// share what is worked out of its case.
    fn killer(&self, own: &Model, occasions: &Occasions, lines: &[usize]) -> Option<usize> {
        let mut current: Option<(&Example, Evaluation<'_>)> = None;
        lines.iter().copied().find(|n| {
            let Some(probe) = self.probes.get(*n) else {
                return false;
            };
            let example = probe.example;
            let kept = current
                .take()
                .filter(|(known, _)| std::ptr::eq(*known, example));
            let (_, evaluation) = current.insert(kept.unwrap_or_else(|| {
                let case = &example.case;
                let made = Evaluation::with(occasions, own, case, example.known_on);
                (example, made)
            }));
            !holds(evaluation, probe.expectation)
        })
    }

    /// The lines that can notice a mutant: first those that noticed others of the rule, then those
    /// that ask the rule itself.
    fn candidates(&self, mutant: &Mutant, killers: Option<&Vec<usize>>) -> Vec<usize> {
        let gates: Vec<Gate> = mutant
            .edits
            .iter()
            .flat_map(|edit| self.gate(edit))
            .collect();
        let probes = self.probes.iter().enumerate();
        let mut candidates: Vec<usize> = probes
            .filter(|(_, probe)| {
                !self.only_what_can_notice || gates.iter().any(|gate| self.passes(probe, gate))
            })
            .map(|(n, _)| n)
            .collect();
        candidates.sort_by_key(|n| {
            let known = killers.and_then(|known| known.iter().position(|it| it == n));
            let asks = self
                .probes
                .get(*n)
                .is_some_and(|probe| self.model.name_of(probe.expectation.subject) == mutant.rule);
            (known.unwrap_or(REMEMBERED), !asks)
        });
        candidates
    }

    fn passes(&self, probe: &Probe<'_>, gate: &Gate) -> bool {
        match gate {
            Gate::Asked(conditions) => conditions
                .iter()
                .any(|id| probe.asked.get(id.0).copied().unwrap_or(false)),
            Gate::Law(rule, changed) => {
                let mut changed = changed.iter();
                self.reach.rests_on(probe.expectation.subject, *rule)
                    && changed.any(|days| self.reach.looks_at(probe.days, *days))
            }
        }
    }

    /// What must be looked at for an edit to be noticed.
    fn gate(&self, edit: &Edit) -> Option<Gate> {
        let model = self.model;
        macro_rules! version {
            ($rules:ident, $id:expr, $at:expr) => {
                model
                    .$rules
                    .get($id)
                    .and_then(|rule| rule.versions.get($at))
            };
        }
        Some(match edit {
            Edit::Condition(id, _) => Gate::Asked(vec![*id]),
            // Another condition rests on it, and that one is edited too.
            Edit::Spare(..) => return None,
            Edit::Duty(id, at, _) => Gate::Asked(vec![version!(duties, id.0, *at)?.body.scope]),
            Edit::Exemption(id, at, _) => {
                Gate::Asked(vec![version!(exemptions, id.0, *at)?.body.when])
            }
            Edit::Suspension(id, at, _) => {
                Gate::Asked(vec![version!(suspensions, id.0, *at)?.body.when])
            }
            Edit::Classification(id, at, _) => {
                let branches = &version!(classifications, id.0, *at)?.body.branches;
                Gate::Asked(branches.iter().filter_map(|branch| branch.when).collect())
            }
            Edit::Assessment(id, at, _) => {
                let days = version!(assessments, id.0, *at)?.validity.period;
                Gate::Law(RuleId::Assessment(*id), vec![days])
            }
            Edit::Transition(id, at, _) => {
                let days = version!(transitions, *id, *at)?.validity.period;
                Gate::Law(RuleId::Transition(*id), vec![days])
            }
            Edit::Parameter(id, at, other) => {
                let own = &version!(parameters, id.0, *at)?.body.values;
                let both = own.iter().zip(&other.values);
                let changed = both.filter(|(own, other)| own != other);
                let days = changed.flat_map(|(own, other)| match own.1 == other.1 {
                    true => moved(own.0, other.0),
                    false => vec![own.0.period],
                });
                Gate::Law(RuleId::Parameter(*id), days.collect())
            }
            Edit::Validity {
                rule, own, other, ..
            } => Gate::Law(*rule, moved(*own, *other)),
        })
    }
}

/// The days that lie in one of two periods, and a few more where one is far from the other.
fn moved(own: Validity, other: Validity) -> Vec<Period> {
    let between = |a, b| {
        if a < b {
            Period::new(a, b)
        } else {
            Period::new(b, a)
        }
    };
    let (own, other) = (own.period, other.period);
    vec![between(own.start, other.start), between(own.end, other.end)]
}
