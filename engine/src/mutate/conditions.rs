//! Mutants of conditions, side by side with what is written.

use super::change::Change;
use super::edit::Edit;
use super::making::{Making, Place};
use super::rules::without;
use crate::model::{
    Anchor, ConditionId, ConditionKind, Exception, LengthValue, Literal, RowCondition,
};
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::{self, Comparison, ConditionKind as Written, Edge, Side};

/// What always holds.
const ALWAYS: ConditionKind = ConditionKind::All(Vec::new());

/// The anchors beside an anchor: the other end, the other side.
pub(super) fn other_anchors(anchor: Anchor) -> [(Change, Anchor); 2] {
    let (edge, edge_words) = match anchor.edge {
        Edge::Begins => (Edge::Ends, ("slutter", "ends")),
        Edge::Ends => (Edge::Begins, ("begynder", "begins")),
    };
    let (side, side_words) = match anchor.side {
        Side::After => (Side::Before, ("før", "before")),
        Side::Before => (Side::After, ("efter", "after")),
    };
    [
        (
            Change::read_as(edge_words.0, edge_words.1),
            Anchor { edge, ..anchor },
        ),
        (
            Change::read_as(side_words.0, side_words.1),
            Anchor { side, ..anchor },
        ),
    ]
}

impl Making<'_> {
    /// A condition that a clause consists of: it may also be left out. The links of one that is put
    /// together are left out one by one.
    pub(super) fn root(&mut self, place: &Place<'_>, id: ConditionId, written: &syntax::Condition) {
        if !matches!(written.kind, Written::All(_)) {
            let edits = vec![Edit::Condition(id, ALWAYS)];
            self.add(place, written.span, Change::always(), edits);
        }
        self.condition(place, id, written, true);
    }

    /// A condition inside a clause. `turned` unless `ikke` stands before it, which is left out
    /// instead of turning a comparison round.
    pub(super) fn condition(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        written: &syntax::Condition,
        turned: bool,
    ) {
        let model = self.model;
        match (&model.condition(id).kind, &written.kind) {
            (
                ConditionKind::All(_) | ConditionKind::Any(_) | ConditionKind::AtLeast(..),
                Written::All(words) | Written::Any(words) | Written::AtLeast(_, words),
            ) => self.composed(place, id, (words, written.span)),
            (ConditionKind::Not(part), _) => self.negated(place, id, *part, written),
            (
                ConditionKind::DutyIs(..) | ConditionKind::ClassifiedAs(..),
                Written::Is { comparison, .. },
            ) => {
                if turned {
                    self.is_not(place, id, written.span);
                }
                self.states(place, id, (comparison, written.span));
            }
            (ConditionKind::Age { .. }, Written::Age(..)) => {
                self.age(place, id, written.span, turned);
            }
            (ConditionKind::Except { base, exceptions }, Written::Except { .. }) => {
                self.except(place, id, *base, exceptions, written);
            }
            (
                ConditionKind::Rows { .. } | ConditionKind::Assessed { .. },
                Written::Is { .. } | Written::Where { .. },
            ) => {
                self.rows(place, id, written, turned);
            }
            _ => self.timed(place, id, written),
        }
    }

    /// `A og B`, `A eller B`, `mindst 2 af:`
    fn composed(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        (words, span): (&[syntax::Condition], Span),
    ) {
        let model = self.model;
        match &model.condition(id).kind {
            ConditionKind::All(parts) => {
                self.links(place, id, (parts, words), Some(false), ConditionKind::All);
                if 1 < parts.len() {
                    let any = Edit::Condition(id, ConditionKind::Any(parts.clone()));
                    self.add(place, span, Change::read_as("eller", "or"), vec![any]);
                }
            }
            ConditionKind::Any(parts) => {
                self.links(place, id, (parts, words), Some(true), ConditionKind::Any);
                if 1 < parts.len() {
                    let all = Edit::Condition(id, ConditionKind::All(parts.clone()));
                    self.add(place, span, Change::read_as("og", "and"), vec![all]);
                }
            }
            ConditionKind::AtLeast(count, parts) => {
                let again = |parts| ConditionKind::AtLeast(*count, parts);
                self.links(place, id, (parts, words), None, again);
                for (change, count) in counts(*count) {
                    let kind = ConditionKind::AtLeast(count, parts.clone());
                    self.add(place, span, change, vec![Edit::Condition(id, kind)]);
                }
            }
            _ => {}
        }
    }

    /// `ikke A`, `ingen af:`, `A er ikke …`
    fn negated(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        part: ConditionId,
        written: &syntax::Condition,
    ) {
        match &written.kind {
            Written::Not(words) => {
                self.not(place, id, part, written.span);
                self.condition(place, part, words, false);
            }
            Written::None(words) => self.none(place, id, part, (words, written.span)),
            Written::Is { comparison, .. } => {
                self.not(place, id, part, written.span);
                self.states(place, part, (comparison, written.span));
            }
            _ => {}
        }
    }

    /// The links of a condition that is put together: each left out, and each by itself. `settles` is
    /// what one link must be to settle the whole.
    fn links(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        (parts, words): (&[ConditionId], &[syntax::Condition]),
        settles: Option<bool>,
        again: impl Fn(Vec<ConditionId>) -> ConditionKind,
    ) {
        let decider = settles.and_then(|holds| self.decider(parts, holds, place.days));
        for (n, (part, words)) in parts.iter().zip(words).enumerate() {
            let beside = decider.filter(|(other, _)| *other != n);
            let beside = beside.map(|(_, constant)| constant);
            // A link that never settles the whole does nothing in it.
            let idle = self.constant(*part, place.days);
            let idle = idle.filter(|it| settles == Some(!it.holds));
            if 1 < parts.len() {
                let edits = vec![Edit::Condition(id, again(without(parts, n)))];
                self.beside(beside.or(idle), place, |making| {
                    making.add(place, words.span, Change::left_out(), edits);
                });
            }
            self.beside(beside, place, |making| {
                making.condition(place, *part, words, true);
            });
        }
    }

    /// `ikke A`, without `ikke`.
    fn not(&mut self, place: &Place<'_>, id: ConditionId, part: ConditionId, span: Span) {
        let edits = vec![Edit::Condition(id, ConditionKind::All(vec![part]))];
        self.add(place, span, Change::without_not(), edits);
    }

    /// `ingen af:`
    fn none(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        any: ConditionId,
        (words, span): (&[syntax::Condition], Span),
    ) {
        let edits = vec![Edit::Condition(id, ConditionKind::All(vec![any]))];
        let change = Change::read_as("mindst én af", "at least one of");
        self.add(place, span, change, edits);
        let ConditionKind::Any(parts) = &self.model.condition(any).kind else {
            return;
        };
        self.links(place, any, (parts, words), Some(true), ConditionKind::Any);
        if 1 < parts.len() {
            let edits = vec![Edit::Condition(any, ConditionKind::All(parts.clone()))];
            let change = Change::read_as("ikke alle af", "not all of");
            self.add(place, span, change, edits);
        }
    }

    /// `X er …` read as `X er ikke …`.
    fn is_not(&mut self, place: &Place<'_>, id: ConditionId, span: Span) {
        let kind = self.model.condition(id).kind.clone();
        let edits = vec![
            Edit::Spare(0, kind),
            Edit::Condition(id, ConditionKind::Not(self.spare(0))),
        ];
        self.add(place, span, Change::read_as("er ikke", "is not"), edits);
    }

    /// Each of several states left out.
    fn states(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        (comparison, span): (&Comparison, Span),
    ) {
        let Comparison::OneOf { values, .. } = comparison else {
            return;
        };
        if values.len() < 2 {
            return;
        }
        let model = self.model;
        for (n, value) in values.iter().enumerate() {
            let kind = match &model.condition(id).kind {
                ConditionKind::DutyIs(duty, states) => {
                    ConditionKind::DutyIs(*duty, without(states, n))
                }
                ConditionKind::ClassifiedAs(id, states) => {
                    ConditionKind::ClassifiedAs(*id, without(states, n))
                }
                _ => return,
            };
            let edit = Edit::Condition(id, kind);
            self.add_in(place, (span, value.span()), Change::left_out(), edit);
        }
    }

    /// `A dog ikke når B`
    fn except(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        base: ConditionId,
        exceptions: &[Exception],
        written: &syntax::Condition,
    ) {
        let Written::Except {
            base: base_words,
            exceptions: words,
        } = &written.kind
        else {
            return;
        };
        self.condition(place, base, base_words, true);
        for (n, (exception, words)) in exceptions.iter().zip(words).enumerate() {
            let again = |exceptions| {
                vec![Edit::Condition(
                    id,
                    ConditionKind::Except { base, exceptions },
                )]
            };
            // An exception that never holds does nothing.
            let idle = self.constant(exception.when, place.days);
            let idle = idle.filter(|it| !it.holds);
            let edits = again(without(exceptions, n));
            self.beside(idle, place, |making| {
                making.add(place, words.when.span, Change::left_out(), edits);
            });
            let mut turned = exceptions.to_vec();
            if let Some(turned) = turned.get_mut(n) {
                turned.holds = !turned.holds;
            }
            let change = if exception.holds {
                Change::read_as("dog ikke når", "however not when")
            } else {
                Change::read_as("dog også når", "however also when")
            };
            let edits = again(turned);
            self.beside(idle, place, |making| {
                making.add(place, words.when.span, change, edits);
            });
            self.condition(place, exception.when, &words.when, true);
        }
    }

    /// The operators of time: lengths, dates, anchors, and those that can be left out.
    fn timed(&mut self, place: &Place<'_>, id: ConditionId, written: &syntax::Condition) {
        let model = self.model;
        let kind = &model.condition(id).kind;
        let put = |kind| Edit::Condition(id, kind);
        let alone = |part| put(ConditionKind::All(vec![part]));
        match (kind, &written.kind) {
            (ConditionKind::HeldFor(part, length), Written::HeldFor(words, written)) => {
                let again = |length| put(ConditionKind::HeldFor(*part, length));
                self.length(place, *length, written, again);
                self.condition(place, *part, words, true);
            }
            (ConditionKind::Within(part, length), Written::Within(words, written)) => {
                let again = |length| put(ConditionKind::Within(*part, length));
                self.length(place, *length, written, again);
                self.condition(place, *part, words, true);
            }
            (ConditionKind::Bridged(part, length), Written::Bridged(words, length_words)) => {
                let again = |length| put(ConditionKind::Bridged(*part, length));
                self.length(place, *length, length_words, again);
                self.operator_left_out(place, (words.span, written.span), alone(*part));
                self.condition(place, *part, words, true);
            }
            (ConditionKind::BridgedMonth(part), Written::BridgedMonth(words))
            | (ConditionKind::WholeWeeks(part), Written::WholeWeeks(words)) => {
                self.operator_left_out(place, (words.span, written.span), alone(*part));
                self.condition(place, *part, words, true);
            }
            (ConditionKind::TotalWithin { .. }, Written::TotalWithin { .. }) => {
                self.total(place, id, written);
            }
            (
                ConditionKind::Near(length, anchor),
                Written::Near {
                    length: words,
                    anchor: to,
                },
            ) => {
                let again = |length| put(ConditionKind::Near(length, *anchor));
                self.length(place, *length, words, again);
                for (change, other) in other_anchors(*anchor) {
                    let edits = vec![put(ConditionKind::Near(*length, other))];
                    self.add(place, written.span, change, edits);
                }
                self.condition(place, anchor.condition, &to.condition, true);
            }
            (ConditionKind::KnownOn(part, date), Written::KnownOn(words, literal)) => {
                self.operator_left_out(place, (words.span, written.span), alone(*part));
                if let Literal::Fixed(day) = date {
                    for (later, days) in [(true, 1), (false, -1)] {
                        let date = Literal::Fixed(day.plus(days));
                        let edits = vec![put(ConditionKind::KnownOn(*part, date))];
                        self.add(place, literal.span(), Change::date(later), edits);
                    }
                }
                self.condition(place, *part, words, true);
            }
            _ => {}
        }
    }

    /// What stands after a condition, left out.
    fn operator_left_out(&mut self, place: &Place<'_>, (part, whole): (Span, Span), edit: Edit) {
        let after = Span::new(part.end, whole.end);
        let operator = place.written.trimmed(after);
        self.add(place, operator, Change::left_out(), vec![edit]);
    }

    fn total(&mut self, place: &Place<'_>, id: ConditionId, written: &syntax::Condition) {
        let (
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            },
            Written::TotalWithin {
                condition: words,
                total: total_words,
                window: window_words,
            },
        ) = (&self.model.condition(id).kind, &written.kind)
        else {
            return;
        };
        let condition = *condition;
        let put = |total: LengthValue, window: LengthValue| {
            let kind = ConditionKind::TotalWithin {
                condition,
                total,
                window,
            };
            Edit::Condition(id, kind)
        };
        self.length(place, *total, total_words, |total| put(total, *window));
        self.length(place, *window, window_words, |window| put(*total, window));
        self.condition(place, condition, words, true);
    }

    /// Conditions on rows, of a table or of an assessment.
    fn rows(
        &mut self,
        place: &Place<'_>,
        id: ConditionId,
        written: &syntax::Condition,
        turned: bool,
    ) {
        let model = self.model;
        let kind = &model.condition(id).kind;
        let put = |filter: RowCondition| {
            let mut kind = kind.clone();
            if let ConditionKind::Rows { filter: own, .. }
            | ConditionKind::Assessed { filter: own, .. } = &mut kind
            {
                *own = filter;
            }
            Edit::Condition(id, kind)
        };
        let (ConditionKind::Rows { filter, .. } | ConditionKind::Assessed { filter, .. }) = kind
        else {
            return;
        };
        match &written.kind {
            Written::Is { comparison, .. } => {
                let span = written.span;
                self.row_test(place, filter, (comparison, span), &put, turned);
            }
            Written::Where { filter: words, .. } => self.row_filter(place, id, words, &put),
            _ => {}
        }
    }
}

/// One more and one fewer that must hold.
pub(super) fn counts(count: u32) -> [(Change, u32); 2] {
    [
        (
            Change::number("+1", "én mere", "one more"),
            count.saturating_add(1),
        ),
        (
            Change::number("-1", "én mindre", "one fewer"),
            count.saturating_sub(1),
        ),
    ]
}
