//! Conditions on one day: truths, where a whole timeline need not be made.

use super::fused::Fused;
use super::{Evaluation, Mode, cell};
use crate::plan::{Node, NodeId};
use crate::time::{Day, Truth};
use std::rc::Rc;

impl Evaluation<'_> {
    /// What is known of a condition on the one day that is asked about, case by case.
    pub(super) fn on_day(&self, id: NodeId) -> Rc<Vec<Truth>> {
        let make = || Rc::new(self.truths_on(id, self.window.start));
        match cell(&self.on_day, id) {
            Some(cell) => Rc::clone(cell.get_or_init(make)),
            None => make(),
        }
    }

    fn truths_on(&self, id: NodeId, day: Day) -> Vec<Truth> {
        let node = self.plan.node(id);
        match node {
            Node::Constant(truth) => vec![*truth; self.cases.len()],
            Node::And(parts) => self.folded(parts, Truth::Yes, Truth::min),
            Node::Or(parts) => self.folded(parts, Truth::No, Truth::max),
            Node::Not(part) => self.on_day(*part).iter().map(|truth| truth.not()).collect(),
            _ => match Fused::of(self.plan, id) {
                Some(fused) => self.of_rows(id, &fused, day),
                None => self.looked_up(id, day),
            },
        }
    }

    fn of_rows(&self, id: NodeId, fused: &Fused<'_>, day: Day) -> Vec<Truth> {
        match self.asked(fused.rows) {
            Some(asked) if asked.is_plain() => match self.plan.node(id) {
                Node::Rows(_) => asked.any_holds(day, day),
                // A row that ends within so long: its last day is not before the window's first.
                Node::Within(_, length) => asked.any_holds(day, length.before(day)),
                _ => fused.on(&asked, day),
            },
            _ => self.looked_up(id, day),
        }
    }

    fn looked_up(&self, id: NodeId, day: Day) -> Vec<Truth> {
        let value = self.value(id, Mode::Hindsight);
        let lanes = 0..self.cases.len();
        lanes.map(|lane| value.get(lane).at(day)).collect()
    }

    fn folded(
        &self,
        parts: &[NodeId],
        start: Truth,
        fold: fn(Truth, Truth) -> Truth,
    ) -> Vec<Truth> {
        let mut sum = vec![start; self.cases.len()];
        for part in parts {
            for (sum, truth) in sum.iter_mut().zip(self.on_day(*part).iter()) {
                *sum = fold(*sum, *truth);
            }
        }
        sum
    }
}
