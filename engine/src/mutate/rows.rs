//! Mutants of conditions on one and the same row.

use super::change::Change;
use super::conditions::counts;
use super::edit::Edit;
use super::making::{Making, Place};
use super::rules::{other_bounds, without};
use crate::model::{
    Bound, ConditionId, ConditionKind, DurationTest, Literal, ParameterValue, RowCondition, RowTest,
};
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::{self, Comparison, ConditionKind as Written};

/// Puts a condition on rows in the place of the one that is mutated.
type Put<'p> = &'p dyn Fn(RowCondition) -> Edit;

impl Making<'_> {
    /// The condition after `hvor`, with its tests of duration.
    pub(super) fn row_filter(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        written: &syntax::Condition,
        put: Put<'_>,
    ) {
        let model = self.model;
        let (filter, durations) = match &model.condition(id).kind {
            ConditionKind::Rows {
                filter, durations, ..
            } => (filter, durations.as_slice()),
            ConditionKind::Assessed { filter, .. } => (filter, &[][..]),
            _ => return,
        };
        let links = match &written.kind {
            Written::All(links) if !durations.is_empty() => links.as_slice(),
            Written::Duration(..) => std::slice::from_ref(written),
            _ => return self.row(place, filter, written, put, true),
        };
        let (tests, rows): (Vec<_>, Vec<_>) = links
            .iter()
            .partition(|link| matches!(link.kind, Written::Duration(..)));
        for (n, words) in tests.into_iter().enumerate() {
            self.duration(place, id, (durations, n), words);
        }
        // One link stands for itself.
        if let [only] = rows.as_slice() {
            let edits = vec![put(RowCondition::All(Vec::new()))];
            self.add(place, only.span, Change::left_out(), edits);
            return self.row(place, filter, only, put, true);
        }
        if let RowCondition::All(parts) = filter {
            self.row_links(place, (parts, &rows), &|parts| {
                put(RowCondition::All(parts))
            });
            if 1 < parts.len() {
                let edits = vec![put(RowCondition::Any(parts.clone()))];
                self.add(place, written.span, Change::read_as("eller", "or"), edits);
            }
        }
    }

    /// `varighed er mindst D`
    fn duration(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        (tests, n): (&[DurationTest], usize),
        words: &syntax::Condition,
    ) {
        let model = self.model;
        let put = |tests: Vec<DurationTest>| {
            let mut kind = model.condition(id).kind.clone();
            if let ConditionKind::Rows { durations, .. } = &mut kind {
                *durations = tests;
            }
            Edit::Condition(id, kind)
        };
        let with = |test: DurationTest| {
            let mut tests = tests.to_vec();
            if let Some(slot) = tests.get_mut(n) {
                *slot = test;
            }
            put(tests)
        };
        let (Some(test), Written::Duration(_, length)) = (tests.get(n), &words.kind) else {
            return;
        };
        self.add(
            place,
            words.span,
            Change::left_out(),
            vec![put(without(tests, n))],
        );
        let (change, order) = Change::order(test.order);
        let edits = vec![with(DurationTest { order, ..*test })];
        self.add(place, words.span, change, edits);
        self.length(place, test.length, length, |length| {
            with(DurationTest { length, ..*test })
        });
    }

    /// A condition on a row, side by side with what is written.
    fn row(
        &mut self,
        place: &Place<'_>,
        condition: &RowCondition,
        written: &syntax::Condition,
        put: Put<'_>,
        turned: bool,
    ) {
        let span = written.span;
        match (condition, &written.kind) {
            (_, Written::Is { comparison, .. }) => {
                self.row_test(place, condition, (comparison, span), put, turned);
            }
            (RowCondition::All(parts), Written::All(words)) => {
                let words: Vec<_> = words.iter().collect();
                self.row_links(place, (parts, &words), &|parts| {
                    put(RowCondition::All(parts))
                });
                let edits = vec![put(RowCondition::Any(parts.clone()))];
                self.add(place, span, Change::read_as("eller", "or"), edits);
            }
            (RowCondition::Any(parts), Written::Any(words)) => {
                let words: Vec<_> = words.iter().collect();
                self.row_links(place, (parts, &words), &|parts| {
                    put(RowCondition::Any(parts))
                });
                let edits = vec![put(RowCondition::All(parts.clone()))];
                self.add(place, span, Change::read_as("og", "and"), edits);
            }
            (RowCondition::AtLeast(count, parts), Written::AtLeast(_, words)) => {
                let words: Vec<_> = words.iter().collect();
                let again = |parts| put(RowCondition::AtLeast(*count, parts));
                self.row_links(place, (parts, &words), &again);
                for (change, count) in counts(*count) {
                    let edits = vec![put(RowCondition::AtLeast(count, parts.clone()))];
                    self.add(place, span, change, edits);
                }
            }
            (RowCondition::Not(part), Written::Not(words)) => {
                self.add(
                    place,
                    span,
                    Change::without_not(),
                    vec![put((**part).clone())],
                );
                let not = |part| put(RowCondition::Not(Box::new(part)));
                self.row(place, part, words, &not, false);
            }
            (RowCondition::Not(part), Written::None(words)) => {
                let change = Change::read_as("mindst én af", "at least one of");
                self.add(place, span, change, vec![put((**part).clone())]);
                if let RowCondition::Any(parts) = &**part {
                    let words: Vec<_> = words.iter().collect();
                    let again = |parts| put(RowCondition::Not(Box::new(RowCondition::Any(parts))));
                    self.row_links(place, (parts, &words), &again);
                }
            }
            _ => {}
        }
    }

    /// Links: each left out, and each by itself.
    fn row_links(
        &mut self,
        place: &Place<'_>,
        (parts, words): (&[RowCondition], &[&syntax::Condition]),
        again: &dyn Fn(Vec<RowCondition>) -> Edit,
    ) {
        for (n, (part, words)) in parts.iter().zip(words).enumerate() {
            if 1 < parts.len() {
                let edits = vec![again(without(parts, n))];
                self.add(place, words.span, Change::left_out(), edits);
            }
            let put = |part| {
                let mut parts = parts.to_vec();
                if let Some(slot) = parts.get_mut(n) {
                    *slot = part;
                }
                again(parts)
            };
            self.row(place, part, words, &put, true);
        }
    }

    /// A test of one field.
    pub(super) fn row_test(
        &mut self,
        place: &Place<'_>,
        condition: &RowCondition,
        (comparison, span): (&Comparison, Span),
        put: Put<'_>,
        turned: bool,
    ) {
        match (condition, comparison) {
            (
                RowCondition::Field(field, RowTest::OneOf(values)),
                Comparison::OneOf { values: words, .. },
            ) => {
                if turned {
                    let not = RowCondition::Not(Box::new(condition.clone()));
                    let change = Change::read_as("er ikke", "is not");
                    self.add(place, span, change, vec![put(not)]);
                }
                for (n, word) in words.iter().enumerate().filter(|_| 1 < values.len()) {
                    let test = RowTest::OneOf(without(values, n));
                    let edit = put(RowCondition::Field(*field, test));
                    self.add_in(place, (span, word.span()), Change::left_out(), edit);
                }
            }
            (RowCondition::Not(part), Comparison::OneOf { .. }) => {
                if turned {
                    let change = Change::read_as("er", "is");
                    self.add(place, span, change, vec![put((**part).clone())]);
                }
                let not = |part| put(RowCondition::Not(Box::new(part)));
                self.row_test(place, part, (comparison, span), &not, false);
            }
            (
                RowCondition::Field(field, RowTest::Ordered(order, bound)),
                Comparison::Ordered(_, literal),
            ) => {
                let test =
                    |order, bound| put(RowCondition::Field(*field, RowTest::Ordered(order, bound)));
                if turned {
                    let (change, other) = if self.is_date(*bound) {
                        Change::date_order(*order)
                    } else {
                        Change::order(*order)
                    };
                    self.add(place, span, change, vec![test(other, *bound)]);
                }
                for (change, bound) in other_bounds(*bound) {
                    let edit = test(*order, bound);
                    self.add_in(place, (span, literal.span()), change, edit);
                }
            }
            _ => {}
        }
    }

    fn is_date(&self, bound: Literal<Bound>) -> bool {
        match bound {
            Literal::Fixed(bound) => matches!(bound, Bound::Date(_)),
            Literal::Parameter(id) => {
                let rule = self.model.parameters.get(id.0).into_iter();
                let mut values = rule
                    .flat_map(|rule| &rule.versions)
                    .flat_map(|version| &version.body.values);
                values.any(|(_, value)| matches!(value, ParameterValue::Date(_)))
            }
        }
    }
}
