//! Mutants of age limits.

use super::change::Change;
use super::edit::Edit;
use super::making::{Making, Place};
use crate::model::{Anchor, ConditionId, ConditionKind, FieldId, Literal, TableId};
use crate::time::{Length, Unit};
use hjemmel_grammar::span::Span;
use hjemmel_grammar::syntax::{Edge, Order, Side};

impl Making<'_> {
    /// `alder er under 30`: turned round, a year off, and a day off.
    pub(super) fn age(&mut self, place: &Place<'_>, id: ConditionId, span: Span, turned: bool) {
        let ConditionKind::Age {
            table,
            field,
            order,
            years,
        } = self.model.condition(id).kind
        else {
            return;
        };
        let aged = |order, years| Age { table, field }.condition(order, years);
        if turned {
            let (change, other) = Change::order(order);
            let edits = vec![Edit::Condition(id, aged(other, years))];
            self.add(place, span, change, edits);
        }
        let older = Change::number("+1 år", "et år højere", "a year higher");
        let younger = Change::number("-1 år", "et år lavere", "a year lower");
        for (change, years) in [
            (older, years.saturating_add(1)),
            (younger, years.saturating_sub(1)),
        ] {
            let edits = vec![Edit::Condition(id, aged(order, years))];
            self.add(place, span, change, edits);
        }
        let edits = self.a_day_later(id, order);
        self.add(place, span, Change::date(true), edits);
        let edits = self.a_day_earlier(id, order);
        self.add(place, span, Change::date(false), edits);
    }

    /// An age that is reached, or left, a day later than the birthday.
    fn a_day_later(&self, id: ConditionId, order: Order) -> Vec<Edit> {
        let itself = Edit::Spare(0, self.model.condition(id).kind.clone());
        let day = Literal::Fixed(Length::new(1, Unit::Days));
        let later = match order {
            Order::AtLeast | Order::Over => ConditionKind::HeldFor(self.spare(0), day),
            Order::Under | Order::AtMost => ConditionKind::Within(self.spare(0), day),
        };
        vec![itself, Edit::Condition(id, later)]
    }

    /// The same a day earlier.
    fn a_day_earlier(&self, id: ConditionId, order: Order) -> Vec<Edit> {
        let itself = Edit::Spare(0, self.model.condition(id).kind.clone());
        let near = |days, edge| {
            let anchor = Anchor {
                condition: self.spare(0),
                edge,
                side: Side::Before,
            };
            let length = Literal::Fixed(Length::new(days, Unit::Days));
            Edit::Spare(1, ConditionKind::Near(length, anchor))
        };
        match order {
            Order::AtLeast | Order::Over => {
                let earlier = ConditionKind::Any(vec![self.spare(0), self.spare(1)]);
                vec![itself, near(1, Edge::Begins), Edit::Condition(id, earlier)]
            }
            Order::Under | Order::AtMost => {
                let not_the_last = Edit::Spare(2, ConditionKind::Not(self.spare(1)));
                let earlier = ConditionKind::All(vec![self.spare(0), self.spare(2)]);
                let last = near(0, Edge::Ends);
                vec![itself, last, not_the_last, Edit::Condition(id, earlier)]
            }
        }
    }
}

/// Where the date of birth stands.
struct Age {
    table: TableId,
    field: FieldId,
}

impl Age {
    fn condition(self, order: Order, years: u32) -> ConditionKind {
        ConditionKind::Age {
            table: self.table,
            field: self.field,
            order,
            years,
        }
    }
}
