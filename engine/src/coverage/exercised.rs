//! Which examples speak of which versions of rules, and what they make of the conditions in them.

use super::rests::{rests_on, rule_of, used_in};
use super::versions::{RuleId, RuleVersion};
use super::written::{Seen, Written};
use crate::case::Start;
use crate::evaluate::{Evaluation, Occasions};
use crate::model::{DayExpectation, Example, Model, Subject};
use crate::time::{Day, Period};
use hjemmel_grammar::syntax::{Kind, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::panic::resume_unwind;

/// What examples do for each version of each rule.
pub(super) struct Exercised {
    /// Of each version the examples that speak of it, by their positions, and whether they name
    /// the rule itself.
    pub(super) examples: Vec<BTreeMap<usize, bool>>,
    /// Of each version what was seen of each of its conditions.
    pub(super) seen: Vec<Vec<Seen>>,
}

/// How many examples are worth a thread of their own.
const PER_THREAD: usize = 16;

/// Runs all examples, on all cores if there are many.
pub(super) fn run(
    model: &Model,
    occasions: &Occasions,
    versions: &[RuleVersion<'_>],
    written: &[Vec<Written<'_>>],
) -> Exercised {
    let of = |first: usize, examples: &[Example]| {
        let mut runner = Runner {
            model,
            versions,
            written,
            occasions,
            resting: BTreeMap::new(),
            done: nothing(written),
        };
        for (at, example) in examples.iter().enumerate() {
            runner.example(first.saturating_add(at), example);
        }
        runner.done
    };
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = model.examples.len().div_ceil(cores).max(PER_THREAD);
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

fn nothing(written: &[Vec<Written<'_>>]) -> Exercised {
    let seen = written.iter().map(|each| vec![Seen::default(); each.len()]);
    Exercised {
        examples: vec![BTreeMap::new(); written.len()],
        seen: seen.collect(),
    }
}

impl Exercised {
    fn add(&mut self, other: Self) {
        for (mine, theirs) in self.examples.iter_mut().zip(other.examples) {
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
    versions: &'r [RuleVersion<'m>],
    written: &'r [Vec<Written<'m>>],
    occasions: &'r Occasions,
    /// The versions that an answer rests on, by the rule asked and the day from which the law is
    /// as it is.
    resting: BTreeMap<(Subject, Day), BTreeSet<usize>>,
    done: Exercised,
}

impl Runner<'_, '_> {
    fn example(&mut self, number: usize, example: &Example) {
        let mut spoken_of: BTreeMap<usize, bool> = BTreeMap::new();
        for expectation in &example.expectations {
            let rule = rule_of(expectation.subject);
            for day in days_named(expectation.days, self.occasions.law()) {
                let mut resting = self.resting(expectation.subject, day);
                resting.extend(self.measures(rule, day));
                for version in resting {
                    let direct = self.versions.get(version).is_some_and(|it| it.rule == rule);
                    *spoken_of.entry(version).or_default() |= direct;
                }
            }
        }
        for (version, direct) in &spoken_of {
            if let Some(examples) = self.done.examples.get_mut(*version) {
                examples.insert(number, *direct);
            }
        }
        let Some(about) = days_about(self.model, example) else {
            return;
        };
        let evaluation =
            Evaluation::with(self.occasions, self.model, &example.case, example.known_on);
        for (days, view) in evaluation.views(about) {
            for version in spoken_of.keys() {
                let in_force = self.versions.get(*version).map(|it| it.days.and(days));
                let Some(days) = in_force.filter(|days| !days.is_empty()) else {
                    continue;
                };
                let written = self.written.get(*version).into_iter().flatten();
                let seen = self.done.seen.get_mut(*version).into_iter().flatten();
                for (written, seen) in written.zip(seen) {
                    seen.add(written.seen(view, days));
                }
            }
        }
    }

    /// The versions of rules that an answer on a day rests on.
    fn resting(&mut self, subject: Subject, day: Day) -> BTreeSet<usize> {
        let changes = self.occasions.law();
        let before = changes.partition_point(|change| *change <= day);
        let law = before.checked_sub(1).and_then(|at| changes.get(at));
        let law = law.copied().unwrap_or(Day::FIRST).max(Day::FIRST);
        if let Some(known) = self.resting.get(&(subject, law)) {
            return known.clone();
        }
        let mut found = BTreeSet::new();
        let rests_on = rests_on(self.model, subject, law);
        let own = (rule_of(subject), law);
        // Where the rule is not in force, the example says no more than that.
        if self.version(own).is_some() {
            found.extend(rests_on.into_iter().filter_map(|it| self.version(it)));
        }
        self.resting.insert((subject, law), found.clone());
        found
    }

    /// The version of a rule that is in force.
    fn version(&self, (rule, law): (RuleId, Day)) -> Option<usize> {
        let mut versions = self.versions.iter();
        versions.position(|it| it.rule == rule && it.days.contains(law))
    }

    /// The measures that count what the rule says: no example can name a measure itself.
    fn measures(&self, rule: RuleId, day: Day) -> Vec<usize> {
        let counts = |it: &RuleVersion<'_>| {
            it.rule.0 == Kind::Measure
                && it.days.contains(day)
                && used_in(self.model, &it.conditions, day).contains(&rule)
        };
        let versions = self.versions.iter().enumerate();
        versions
            .filter(|(_, it)| counts(it))
            .map(|(at, _)| at)
            .collect()
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
