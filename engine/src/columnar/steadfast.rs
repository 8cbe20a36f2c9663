//! Which conditions say the same of a day whether they are asked on that day or later.

use super::{Evaluation, Mode, cell};
use crate::plan::{Node, NodeId, States, StatesId};
use hjemmel_grammar::syntax::Side;

impl Evaluation<'_> {
    /// Whether a condition says the same of a day to whoever asks on that day or later.
    pub(super) fn is_steadfast(&self, id: NodeId) -> bool {
        let make = || {
            let node = self.plan.node(id);
            let operands = || node.operands().iter().all(|part| self.is_steadfast(*part));
            let known = || {
                node.operands()
                    .iter()
                    .all(|part| self.is_always_known(*part))
            };
            match node {
                // Gaps are filled, weeks begun and spells grown by what comes later.
                Node::Bridged(..) | Node::BridgedMonth(_) | Node::WholeWeeks(_) => false,
                Node::Lasting { .. } | Node::Near(_, _, Side::Before, _) => false,
                // Whether a run is wholly known depends on its end.
                Node::Near(..) | Node::Pinned { .. } => operands() && known(),
                Node::DutyIs(states, _) => self.is_duty_steadfast(*states),
                _ => operands(),
            }
        };
        cell(&self.steadfast, id).is_some_and(|it| *it.get_or_init(make))
    }

    /// Whether nothing of a condition is unknown from any day. That nothing is in hindsight does not say it: a row that
    /// came later may lie where one could be missing.
    fn is_always_known(&self, id: NodeId) -> bool {
        let node = self.plan.node(id);
        let plain = match node {
            Node::Rows(rows) => self.asked_plainly(rows).is_some(),
            _ => false,
        };
        let known = |mode| self.value(id, mode).possible.is_none();
        plain || (known(Mode::Hindsight) && known(Mode::Ahead))
    }

    /// Whether a node bridges gaps of something that is steadfast and fading.
    pub(super) fn bridges_fading(&self, id: NodeId) -> bool {
        match self.plan.node(id) {
            Node::Bridged(part, _) | Node::BridgedMonth(part) => {
                self.is_steadfast(*part) && self.is_fading(*part)
            }
            _ => false,
        }
    }

    /// Whether a condition that does not hold on a day will not hold later either, as far as is
    /// known on that day: it takes something new to make it hold.
    fn is_fading(&self, id: NodeId) -> bool {
        match self.plan.node(id) {
            Node::Rows(rows) => self
                .asked(rows)
                .is_some_and(|asked| asked.is_without_rivals()),
            node @ (Node::And(_) | Node::Or(_) | Node::AtLeast(..) | Node::Within(..)) => {
                node.operands().iter().all(|part| self.is_fading(*part))
            }
            _ => false,
        }
    }

    /// The same of a duty's state. Its due date looks ahead even so, while something that moves it
    /// goes on.
    fn is_duty_steadfast(&self, id: StatesId) -> bool {
        match self.plan.states().get(id.0) {
            Some(States::Duty(plan)) => {
                let nodes = plan.past().into_iter().chain(plan.ahead());
                plan.anchor.is_none() && nodes.into_iter().all(|node| self.is_steadfast(node))
            }
            _ => false,
        }
    }
}
