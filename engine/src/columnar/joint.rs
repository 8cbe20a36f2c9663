//! Several classifications over the same conditions: what holds is worked out once for all, and each
//! looks up what it says of it.

use super::aligned::Aligned;
use super::branches::{Branches, Given, Walk};
use super::states::StateLists;
use crate::plan::{Node, NodeId, Plan, States, StatesId};
use crate::time::{Period, Truth};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The most conditions that are put together: there is an answer for each way in which they hold.
const MOST: usize = 10;

/// Which conditions hold on which days, case by case.
#[derive(Clone, Debug, Default)]
pub(super) struct Joint {
    /// Where the days of each case end.
    ends: Vec<u32>,
    days: Vec<Period>,
    holding: Vec<Holding>,
}

/// A bit for each condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holding {
    sure: u16,
    possible: u16,
}

impl Holding {
    /// Adds what is known of the condition with this number.
    #[inline]
    pub(super) fn add(&mut self, number: usize, truth: Truth) {
        self.sure |= u16::from(truth == Truth::Yes) << number;
        self.possible |= u16::from(truth != Truth::No) << number;
    }
}

impl Joint {
    /// Adds days to the case that is being made.
    #[inline]
    pub(super) fn push(&mut self, days: Period, holding: Holding) {
        self.days.push(days);
        self.holding.push(holding);
    }

    /// Ends a case.
    #[inline]
    pub(super) fn end_case(&mut self) {
        self.ends.push(self.days.len() as u32);
    }

    /// Walks through conditions side by side, one lane for each case.
    pub(super) fn of(values: &Aligned, window: Period) -> Self {
        let mut joint = Self::default();
        let mut walk = Walk::side_by_side(values);
        for _ in 0..values.count {
            walk.lane_holding(window, |days, holding| joint.push(days, holding));
            joint.end_case();
        }
        joint
    }
}

/// The classifications of a plan that share their conditions with another.
#[derive(Debug)]
pub(crate) struct Shared(BTreeMap<StatesId, (Vec<NodeId>, Lookup)>);

impl Shared {
    /// Finds them.
    pub(crate) fn of(plan: &Plan) -> Self {
        let all = (0..plan.states().len()).map(StatesId);
        let all: Vec<_> = all
            .filter_map(|id| Some((id, conditions(plan, plan.states().get(id.0)?)?)))
            .collect();
        let is_shared = |id: StatesId, its: &Vec<NodeId>| {
            let mut others = all.iter();
            others.any(|(other, theirs)| *other != id && theirs == its)
        };
        let shared = all.iter().filter(|(id, its)| is_shared(*id, its));
        let lookups = shared.filter_map(|(id, its)| {
            let lookup = Lookup::new(plan, its, plan.states().get(id.0)?)?;
            Some((*id, (its.clone(), lookup)))
        });
        Self(lookups.collect())
    }

    /// The conditions of a classification and what it says of them, if it shares them.
    pub(super) fn get(&self, id: StatesId) -> Option<&(Vec<NodeId>, Lookup)> {
        self.0.get(&id)
    }
}

/// The conditions of a classification, sorted, each once; `None`: it is none, or they are too many
/// to be put together.
fn conditions(plan: &Plan, states: &States) -> Option<Vec<NodeId>> {
    let States::Branches { branches, .. } = states else {
        return None;
    };
    let nodes = branches.iter().filter_map(|(_, when)| *when);
    let nodes: BTreeSet<NodeId> = nodes.map(|when| stated(plan, when).0).collect();
    (nodes.len() <= MOST).then(|| nodes.into_iter().collect())
}

/// A condition without its negation, and whether it had one.
fn stated(plan: &Plan, when: NodeId) -> (NodeId, bool) {
    match plan.node(when) {
        Node::Not(part) => (*part, true),
        _ => (when, false),
    }
}

/// What a classification says of every way in which its conditions may hold.
#[derive(Debug)]
pub(super) struct Lookup {
    in_order: bool,
    /// The state of each branch with a condition, the condition's number, whether it is negated.
    branches: Vec<(u16, usize, bool)>,
    otherwise: Option<u16>,
    unknown: u16,
    /// The state for each way in which nothing is unknown.
    known: Vec<u16>,
}

impl Lookup {
    fn new(plan: &Plan, conditions: &[NodeId], states: &States) -> Option<Self> {
        let States::Branches {
            in_order,
            branches,
            unknown,
        } = states
        else {
            return None;
        };
        let place = |(state, when): &(u16, Option<NodeId>)| {
            let (node, negated) = stated(plan, (*when)?);
            let number = conditions.iter().position(|other| *other == node)?;
            Some((*state, number, negated))
        };
        let otherwise = branches.iter().find(|(_, when)| when.is_none());
        let mut lookup = Self {
            in_order: *in_order,
            branches: branches.iter().filter_map(place).collect(),
            otherwise: otherwise.map(|(state, _)| *state),
            unknown: *unknown,
            known: Vec::new(),
        };
        let ways = 0_u16..1 << conditions.len();
        let known = ways.map(|sure| {
            let possible = sure;
            lookup.worked_out(Holding { sure, possible })
        });
        lookup.known = known.collect();
        Some(lookup)
    }

    fn worked_out(&self, holding: Holding) -> u16 {
        let truth = |number: &usize, negated: bool| {
            let sure = holding.sure >> number & 1 == 1;
            let possible = holding.possible >> number & 1 == 1;
            let truth = match (sure, possible) {
                (true, _) => Truth::Yes,
                (false, true) => Truth::Unknown,
                (false, false) => Truth::No,
            };
            if negated { truth.not() } else { truth }
        };
        let branches = self.branches.iter();
        let truths = branches.map(|(state, number, negated)| (*state, truth(number, *negated)));
        let given = Given::first(truths, self.in_order, self.otherwise);
        given.only().unwrap_or(self.unknown)
    }

    /// The states of each case.
    pub(super) fn states(&self, joint: &Rc<Joint>) -> StateLists {
        let state = |holding: &Holding| match self.known.get(usize::from(holding.sure)) {
            Some(state) if holding.sure == holding.possible => *state,
            _ => self.worked_out(*holding),
        };
        let states = joint.holding.iter().map(state);
        StateLists::joined(&joint.ends, &joint.days, states)
    }
}

impl Walk<'_, ()> {
    /// Begins to walk through all values.
    fn side_by_side(values: &Aligned) -> Walk<'_, ()> {
        Branches::all(values.len()).walk(values)
    }
}
