//! Which examples speak of which versions of rules, and what they make of the conditions in them.

use super::rests::{rests_on, rule_of, used_by_measure};
use super::versions::{Declared, PartId, RuleId};
use super::written::{Seen, Written};
use crate::case::Start;
use crate::evaluate::{Evaluation, Occasions};
use crate::model::{DayExpectation, Example, Model, Subject};
use crate::time::{Day, Period};
use hjemmel_grammar::syntax::{Kind, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;

/// What examples do for each version of each rule.
pub(super) struct Exercised {
    /// Of each part of each version the examples that speak of it, by their positions, and whether
    /// they name the rule itself.
    pub(super) examples: Vec<Vec<BTreeMap<usize, bool>>>,
    /// Of each version what was seen of each of its conditions.
    pub(super) seen: Vec<Vec<Seen>>,
}

/// How many examples are worth a thread of their own.
const PER_THREAD: usize = 16;

/// Runs all examples, on all cores if there are many.
pub(super) fn run(
    model: &Model,
    occasions: &Occasions,
    versions: &[Declared<'_>],
    written: &[Vec<Written<'_>>],
) -> Exercised {
    let of = |first: usize, examples: &[Example]| {
        let mut runner = Runner {
            model,
            versions,
            written,
            occasions,
            resting: BTreeMap::new(),
            done: nothing(versions, written),
        };
        for (at, example) in examples.iter().enumerate() {
            runner.example(first.saturating_add(at), example);
        }
        runner.done
    };
    let share = hjemmel_grammar::share(model.examples.len(), PER_THREAD);
    let mut shares = model.examples.chunks(share).enumerate();
    let own = shares.next().map_or(&[][..], |(_, own)| own);
    std::thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|(at, share_of)| scope.spawn(move || of(at.saturating_mul(share), share_of)))
            .collect();
        let mut all = of(0, own);
        for other in others {
            all.add(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

fn nothing(versions: &[Declared<'_>], written: &[Vec<Written<'_>>]) -> Exercised {
    let examples = versions
        .iter()
        .map(|it| vec![BTreeMap::new(); it.parts.len()]);
    let seen = written.iter().map(|each| vec![Seen::default(); each.len()]);
    Exercised {
        examples: examples.collect(),
        seen: seen.collect(),
    }
}

impl Exercised {
    fn add(&mut self, other: Self) {
        let theirs = other.examples.into_iter().flatten();
        for (mine, theirs) in self.examples.iter_mut().flatten().zip(theirs) {
            mine.extend(theirs);
        }
        for (mine, theirs) in self.seen.iter_mut().zip(other.seen) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.add(theirs);
            }
        }
    }
}

struct Runner<'r, 'm> {
    model: &'m Model,
    versions: &'r [Declared<'m>],
    written: &'r [Vec<Written<'m>>],
    occasions: &'r Occasions,
    /// The parts of versions that an answer rests on, by the rule asked and the day from which the law is
    /// as it is.
    resting: BTreeMap<(Subject, Day), BTreeSet<PartId>>,
    done: Exercised,
}

impl Runner<'_, '_> {
    fn example(&mut self, number: usize, example: &Example) {
        let mut spoken_of: BTreeMap<PartId, bool> = BTreeMap::new();
        for expectation in &example.expectations {
            let rule = rule_of(expectation.subject);
            for day in days_named(expectation.days, self.occasions.law()) {
                let mut resting = self.resting(expectation.subject, day);
                resting.extend(self.measured(rule, day));
                for part in resting {
                    let direct = self.versions.get(part.0).is_some_and(|it| it.rule == rule);
                    *spoken_of.entry(part).or_default() |= direct;
                }
            }
        }
        for ((version, part), direct) in &spoken_of {
            let parts = self.done.examples.get_mut(*version);
            if let Some(examples) = parts.and_then(|parts| parts.get_mut(*part)) {
                examples.insert(number, *direct);
            }
        }
        let Some(about) = days_about(self.model, example) else {
            return;
        };
        let evaluation =
            Evaluation::with(self.occasions, self.model, &example.case, example.known_on);
        for (days, view) in evaluation.views(about) {
            for (version, part) in spoken_of.keys() {
                let part = self
                    .versions
                    .get(*version)
                    .and_then(|it| it.parts.get(*part));
                let Some(in_force) = part.map(|part| part.days) else {
                    continue;
                };
                if in_force.and(days).is_empty() {
                    continue;
                }
                // What a day rests on may lie before it, as that day sees it.
                let days = Period::new(about.start, days.end).and(in_force);
                let written = self.written.get(*version).into_iter().flatten();
                let seen = self.done.seen.get_mut(*version).into_iter().flatten();
                for (written, seen) in written.zip(seen) {
                    seen.add(written.seen(view, days));
                }
            }
        }
    }

    /// The versions of rules that an answer on a day rests on.
    fn resting(&mut self, subject: Subject, day: Day) -> BTreeSet<PartId> {
        let changes = self.occasions.law();
        let before = changes.partition_point(|change| *change <= day);
        let law = before.checked_sub(1).and_then(|at| changes.get(at));
        let law = law.copied().unwrap_or(Day::FIRST).max(Day::FIRST);
        if let Some(known) = self.resting.get(&(subject, law)) {
            return known.clone();
        }
        let mut found = BTreeSet::new();
        let rests_on = rests_on(self.model, subject, law);
        // Where the rule is not in force, the example says no more than that.
        if self.in_force(rule_of(subject), law).is_some() {
            let parts = rests_on.into_iter();
            found.extend(parts.filter_map(|(rule, law)| self.in_force(rule, law)));
        }
        self.resting.insert((subject, law), found.clone());
        found
    }

    /// The part of a rule's version that is in force.
    fn in_force(&self, rule: RuleId, law: Day) -> Option<PartId> {
        let versions = self.versions.iter().enumerate();
        let mut versions = versions.filter(|(_, it)| it.rule == rule);
        versions.find_map(|(at, it)| {
            let part = it.parts.iter().position(|part| part.days.contains(law));
            part.map(|part| (at, part))
        })
    }

    /// The measures that count what the rule says, and what these use besides: no example can name
    /// a measure.
    fn measured(&self, rule: RuleId, day: Day) -> Vec<PartId> {
        let mut found = Vec::new();
        for measure in (0..self.model.measures.len()).map(|index| (Kind::Measure, index)) {
            let uses = used_by_measure(self.model, measure.1, day);
            if uses.contains(&rule) {
                let parameters = uses.into_iter().filter(|it| it.0 == Kind::Parameter);
                let each = parameters.chain([measure]);
                found.extend(each.filter_map(|it| self.in_force(it, day)));
            }
        }
        found
    }
}

/// The days of which a line of an example says something: a run that begins on a day says that it
/// was not so the day before. Where the law changes inside a run, it speaks of both laws.
fn days_named(days: DayExpectation, law_changes: &[Day]) -> Vec<Day> {
    let (from, to) = match days {
        DayExpectation::On(day) => return vec![day],
        DayExpectation::Run { from, to } => (from, to),
    };
    let mut named = Vec::new();
    named.extend(from.into_iter().flat_map(|day| [day.previous(), day]));
    named.extend(to.into_iter().flat_map(|day| [day, day.next()]));
    if let (Some(from), Some(to)) = (from, to) {
        let inside = law_changes.iter().filter(|day| from < **day && **day <= to);
        named.extend(inside);
    }
    named.retain(|day| Period::ALL.contains(*day));
    named
}

/// The days that an example is about: from the first day of a row, or the first one it names, to
/// the last one it names. Before it there is no case, and after it nothing is said.
fn days_about(model: &Model, example: &Example) -> Option<Period> {
    let lines = example.expectations.iter();
    let named: Vec<Day> = lines.flat_map(|it| days_named(it.days, &[])).collect();
    let tables = model.tables.iter().zip(&example.case.tables);
    let dated = tables.filter(|(declared, _)| declared.shape != Shape::Facts);
    let begun = dated.flat_map(|(_, table)| &table.rows);
    let begun = begun.filter_map(|row| match row.from {
        Start::On(day) => Some(day),
        Start::Unknown => None,
    });
    let last = named.iter().copied().max()?;
    let first = begun.chain(named).min()?;
    Some(Period::inclusive(first.min(last), last))
}
