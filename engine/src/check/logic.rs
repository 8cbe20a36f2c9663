//! Conditions that contradict themselves, say nothing, or say the same twice. Branches are held
//! against each other in `branches`.
//!
//! The reasoning is propositional, over conditions of one day, with what is known of fields,
//! states and ages. It is sound and deliberately small: conditions are brought into disjunctive
//! normal form with a bound on its size, and beyond the bound nothing is claimed.

use super::canonical::Canonical;
use crate::diagnostics::analysis;
use crate::model::{
    ConditionId, ConditionKind, Exception, Literal, Model, RowCondition, RowTest, TableId,
};
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::syntax::{Order, Shape};
use std::cell::Cell;
use std::collections::BTreeMap;

/// The most alternatives a condition is expanded to, and the deepest nesting that is followed.
const MOST_ALTERNATIVES: usize = 128;
const DEEPEST: usize = 32;
/// The most conditions that are looked at for one answer: terms that use each other many times
/// over would otherwise be followed again and again.
const MOST_STEPS: usize = 256;
/// The most links of a condition on rows that are held against each other.
const MOST_LINKS: usize = 256;

/// Checks every condition and every classification.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let logic = Logic::new(model);
    let mut diagnostics = Vec::new();
    for i in 0..model.conditions.len() {
        logic.check_condition(ConditionId(i), &mut diagnostics);
    }
    for version in model.classifications.iter().flat_map(|rule| &rule.versions) {
        logic.check_branches(
            &version.body.branches,
            version.body.in_order,
            &mut diagnostics,
        );
    }
    diagnostics
}

/// A condition that holds, or one that does not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) condition: ConditionId,
    pub(super) holds: bool,
}

/// Facts that hold together.
pub(super) type Alternative = Vec<Fact>;

/// What is reasoned about, and with what.
pub(super) struct Logic<'m> {
    model: &'m Model,
    canonical: Canonical,
    /// How many more conditions may be looked at for this answer.
    steps: Cell<usize>,
}

impl<'m> Logic<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            canonical: Canonical::new(model),
            steps: Cell::default(),
        }
    }
}

impl Logic<'_> {
    pub(super) fn kind(&self, id: ConditionId) -> &ConditionKind {
        &self.model.condition(id).kind
    }

    /// The first condition that says the same.
    pub(super) fn canonical(&self, id: ConditionId) -> ConditionId {
        self.canonical.of(id)
    }

    /// Whether a table has one row a day: one without overlap, and that of the person.
    pub(super) fn has_one_row(&self, table: TableId) -> bool {
        let table = self.model.tables.get(table.0);
        table.is_some_and(|table| table.exclusive || table.shape == Shape::Facts)
    }

    /// The alternatives in which a condition holds (or does not); `None`: too many to say.
    pub(super) fn alternatives(&self, id: ConditionId, holds: bool) -> Option<Vec<Alternative>> {
        self.steps.set(MOST_STEPS);
        self.expand(id, holds, 0)
    }

    /// Reports repeated links, and conditions that never or always hold.
    fn check_condition(&self, id: ConditionId, diagnostics: &mut Vec<Diagnostic>) {
        let site = self.model.condition(id).site;
        let parts = match self.kind(id) {
            ConditionKind::All(parts) | ConditionKind::Any(parts) => parts,
            ConditionKind::Rows { filter, .. } | ConditionKind::Assessed { filter, .. }
                if impossible(filter) =>
            {
                diagnostics.push(analysis::never_true(site, None));
                return;
            }
            _ => return,
        };
        let mut said: BTreeMap<ConditionId, ConditionId> = BTreeMap::new();
        for part in parts {
            let first = *said.entry(self.canonical.of(*part)).or_insert(*part);
            if first != *part {
                let at = |id: ConditionId| self.model.condition(id).site;
                diagnostics.push(analysis::said_twice(at(*part), at(first)));
            }
        }
        let report = match self.kind(id) {
            ConditionKind::All(_) => analysis::never_true,
            _ => analysis::always_true,
        };
        let holds = matches!(self.kind(id), ConditionKind::All(_));
        // What one part alone decides is said of that part.
        let decided = |part: &ConditionId| self.never(*part, true) || self.never(*part, false);
        if !self.never(id, holds) || parts.iter().any(decided) {
            return;
        }
        let at = |id: &ConditionId| self.model.condition(*id).site;
        let pair = parts.iter().enumerate().find_map(|(i, two)| {
            let one = parts
                .iter()
                .take(i)
                .find(|one| self.never_together(**one, holds, *two, holds))?;
            Some(report(at(two), Some(at(one))))
        });
        diagnostics.push(pair.unwrap_or_else(|| report(site, None)));
    }

    /// Whether the condition provably never holds (or never fails to).
    fn never(&self, id: ConditionId, holds: bool) -> bool {
        self.alternatives(id, holds)
            .is_some_and(|them| them.is_empty())
    }

    fn never_together(
        &self,
        one: ConditionId,
        first: bool,
        two: ConditionId,
        second: bool,
    ) -> bool {
        self.steps.set(MOST_STEPS);
        match (self.expand(one, first, 0), self.expand(two, second, 0)) {
            (Some(one), Some(two)) => self.product(&one, &two).is_some_and(|both| both.is_empty()),
            _ => false,
        }
    }

    /// The alternatives in which the condition holds (or does not), without those that contradict
    /// themselves. `None`: too many to say.
    fn expand(&self, id: ConditionId, holds: bool, depth: usize) -> Option<Vec<Alternative>> {
        let left = self.steps.get().checked_sub(1)?;
        self.steps.set(left);
        if DEEPEST < depth {
            return None;
        }
        let deeper = depth.saturating_add(1);
        match self.kind(id) {
            ConditionKind::All(parts) if holds => self.all(parts, true, deeper),
            ConditionKind::Any(parts) if !holds => self.all(parts, false, deeper),
            ConditionKind::All(parts) | ConditionKind::Any(parts) => self.any(parts, holds, deeper),
            ConditionKind::Not(part) => self.expand(*part, !holds, deeper),
            ConditionKind::Except { base, exceptions } => {
                self.except(*base, exceptions, holds, deeper)
            }
            ConditionKind::Term(term) => {
                let versions = self
                    .model
                    .terms
                    .get(term.0)
                    .map(|rule| rule.versions.as_slice());
                let pinned = self
                    .model
                    .transitions
                    .iter()
                    .flat_map(|rule| &rule.versions);
                let pinned = pinned.into_iter().any(|version| version.body.term == *term);
                match versions {
                    Some([only]) if !pinned => self.expand(only.body.when, holds, deeper),
                    _ => Some(vec![vec![self.fact(id, holds)]]),
                }
            }
            _ => Some(vec![vec![self.fact(id, holds)]]),
        }
    }

    fn fact(&self, id: ConditionId, holds: bool) -> Fact {
        Fact {
            condition: self.canonical.of(id),
            holds,
        }
    }

    fn all(&self, parts: &[ConditionId], holds: bool, depth: usize) -> Option<Vec<Alternative>> {
        parts.iter().try_fold(vec![Vec::new()], |sum, part| {
            self.product(&sum, &self.expand(*part, holds, depth)?)
        })
    }

    fn any(&self, parts: &[ConditionId], holds: bool, depth: usize) -> Option<Vec<Alternative>> {
        let mut sum = Vec::new();
        for part in parts {
            sum.extend(self.expand(*part, holds, depth)?);
        }
        (sum.len() <= MOST_ALTERNATIVES).then_some(sum)
    }

    /// `dog`: the last exception that holds decides.
    fn except(
        &self,
        base: ConditionId,
        exceptions: &[Exception],
        holds: bool,
        depth: usize,
    ) -> Option<Vec<Alternative>> {
        let Some((last, rest)) = exceptions.split_last() else {
            return self.expand(base, holds, depth);
        };
        let otherwise = self.except(base, rest, holds, depth)?;
        let not_last = self.expand(last.when, false, depth)?;
        let mut sum = self.product(&otherwise, &not_last)?;
        if last.holds == holds {
            sum.extend(self.expand(last.when, true, depth)?);
        }
        Some(sum)
    }

    /// Every alternative of the one together with every one of the other, if they can be.
    fn product(&self, one: &[Alternative], two: &[Alternative]) -> Option<Vec<Alternative>> {
        let mut both = Vec::new();
        for first in one {
            for second in two {
                let mut facts = first.clone();
                if second.iter().all(|fact| self.add(&mut facts, *fact)) {
                    both.push(facts);
                }
            }
        }
        (both.len() <= MOST_ALTERNATIVES).then_some(both)
    }

    /// Adds a fact; false if it contradicts one that is there.
    fn add(&self, facts: &mut Alternative, fact: Fact) -> bool {
        if facts.iter().any(|known| self.contradict(*known, fact)) {
            return false;
        }
        if !facts.contains(&fact) {
            facts.push(fact);
        }
        true
    }

    pub(super) fn contradict(&self, one: Fact, two: Fact) -> bool {
        if one.condition == two.condition {
            return one.holds != two.holds;
        }
        let (first, second) = (self.kind(one.condition), self.kind(two.condition));
        match (one.holds, two.holds) {
            (true, true) => self.exclusive(first, second),
            (true, false) => includes(second, first),
            (false, true) => includes(first, second),
            (false, false) => between_them_all(first, second),
        }
    }

    /// Whether two simple conditions cannot hold on one day.
    fn exclusive(&self, one: &ConditionKind, two: &ConditionKind) -> bool {
        if let Some((one, two)) = both_ages(one, two) {
            return one.most < two.least || two.most < one.least;
        }
        match (one, two) {
            (ConditionKind::ClassifiedAs(a, one), ConditionKind::ClassifiedAs(b, two)) => {
                a == b && !one.iter().any(|state| two.contains(state))
            }
            (ConditionKind::DutyIs(a, one), ConditionKind::DutyIs(b, two)) => {
                a == b && !one.iter().any(|state| two.contains(state))
            }

            (
                ConditionKind::Rows {
                    table: a,
                    filter: one,
                    ..
                },
                ConditionKind::Rows {
                    table: b,
                    filter: two,
                    ..
                },
            ) => a == b && self.has_one_row(*a) && incompatible(one, two),
            _ => false,
        }
    }
}

/// Whether every day of the second is a day of the first.
fn includes(one: &ConditionKind, two: &ConditionKind) -> bool {
    if let Some((one, two)) = both_ages(one, two) {
        return one.least <= two.least && two.most <= one.most;
    }
    match (one, two) {
        (ConditionKind::ClassifiedAs(a, one), ConditionKind::ClassifiedAs(b, two)) => {
            a == b && two.iter().all(|state| one.contains(state))
        }
        (ConditionKind::DutyIs(a, one), ConditionKind::DutyIs(b, two)) => {
            a == b && two.iter().all(|state| one.contains(state))
        }
        _ => false,
    }
}

/// Whether one or the other holds on every day.
fn between_them_all(one: &ConditionKind, two: &ConditionKind) -> bool {
    both_ages(one, two).is_some_and(|(one, two)| {
        let covers = |low: Ages, high: Ages| {
            low.least == 0 && high.most == u32::MAX && high.least <= low.most.saturating_add(1)
        };
        covers(one, two) || covers(two, one)
    })
}

/// The ages in whole years that a comparison accepts, both included.
#[derive(Clone, Copy)]
struct Ages {
    least: u32,
    most: u32,
}

/// The ages that two comparisons of the same person's age accept.
fn both_ages(one: &ConditionKind, two: &ConditionKind) -> Option<(Ages, Ages)> {
    match (one, two) {
        (
            ConditionKind::Age {
                table: a,
                order: one,
                years: first,
                ..
            },
            ConditionKind::Age {
                table: b,
                order: two,
                years: second,
                ..
            },
        ) if a == b => Some((ages(*one, *first), ages(*two, *second))),
        _ => None,
    }
}

fn ages(order: Order, years: u32) -> Ages {
    let (least, most) = match order {
        Order::AtLeast => (years, u32::MAX),
        Order::Over => (years.saturating_add(1), u32::MAX),
        // "Under 0" accepts nobody, which no highest age can say; ages are compared with 1 or more.
        Order::Under => (0, years.saturating_sub(1)),
        Order::AtMost => (0, years),
    };
    Ages { least, most }
}

/// Whether no row can meet the condition: a field would need two values at once.
fn impossible(filter: &RowCondition) -> bool {
    let RowCondition::All(parts) = filter else {
        return false;
    };
    parts
        .iter()
        .take(MOST_LINKS)
        .enumerate()
        .any(|(i, one)| impossible(one) || parts.iter().take(i).any(|two| incompatible(one, two)))
}

/// Whether no row can meet both conditions.
fn incompatible(one: &RowCondition, two: &RowCondition) -> bool {
    match (one, two) {
        (RowCondition::All(parts), other) | (other, RowCondition::All(parts)) => {
            parts.iter().any(|part| incompatible(part, other))
        }
        (RowCondition::Any(parts), other) | (other, RowCondition::Any(parts)) => {
            !parts.is_empty() && parts.iter().all(|part| incompatible(part, other))
        }
        (RowCondition::Not(part), other) | (other, RowCondition::Not(part)) => {
            **part == *other
                || matches!(
                    (&**part, other),
                    (
                        RowCondition::Field(a, RowTest::OneOf(wide)),
                        RowCondition::Field(b, RowTest::OneOf(narrow)),
                    ) if a == b && narrow.iter().all(|value| wide.contains(value))
                )
        }
        (RowCondition::Field(a, one), RowCondition::Field(b, two)) => {
            a == b && incompatible_tests(one, two)
        }
        _ => false,
    }
}

fn incompatible_tests(one: &RowTest, two: &RowTest) -> bool {
    match (one, two) {
        (RowTest::OneOf(one), RowTest::OneOf(two)) => !one.iter().any(|value| two.contains(value)),
        (
            RowTest::Ordered(first, Literal::Fixed(low)),
            RowTest::Ordered(second, Literal::Fixed(high)),
        ) => disjoint(*first, *low, *second, *high) || disjoint(*second, *high, *first, *low),
        _ => false,
    }
}

/// Whether "at least `low`" and "at most `high`" leave nothing between them.
fn disjoint(
    first: Order,
    low: crate::model::Bound,
    second: Order,
    high: crate::model::Bound,
) -> bool {
    match (first, second) {
        (Order::AtLeast, Order::AtMost) => high < low,
        (Order::AtLeast | Order::Over, Order::Under) | (Order::Over, Order::AtMost) => high <= low,
        _ => false,
    }
}
