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

/// What the classifications of a plan say of every way in which their conditions may hold.
#[derive(Debug)]
pub(crate) struct Lookups(BTreeMap<StatesId, Lookup>);

impl Lookups {
    /// Works them out.
    pub(crate) fn of(plan: &Plan) -> Self {
        let all = plan.states().iter().enumerate();
        let mut lookups: BTreeMap<StatesId, Lookup> = all
            .filter_map(|(id, states)| Some((StatesId(id), Lookup::new(plan, states)?)))
            .collect();
        let mut counts: BTreeMap<Vec<NodeId>, usize> = BTreeMap::new();
        for lookup in lookups.values() {
            let count = counts.entry(lookup.conditions.clone()).or_default();
            *count = count.saturating_add(1);
        }
        for lookup in lookups.values_mut() {
            lookup.shared = counts
                .get(&lookup.conditions)
                .is_some_and(|count| 1 < *count);
        }
        Self(lookups)
    }

    /// That of a classification whose conditions are not too many.
    pub(super) fn get(&self, id: StatesId) -> Option<&Lookup> {
        self.0.get(&id)
    }
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
pub(crate) struct Lookup {
    /// Sorted, each once, without their negations.
    conditions: Vec<NodeId>,
    /// Another classification has the same conditions.
    shared: bool,
    in_order: bool,
    /// The state of each branch with a condition, the condition's number, whether it is negated.
    branches: Vec<(u16, usize, bool)>,
    otherwise: Option<u16>,
    unknown: u16,
    /// The state for each way in which nothing is unknown.
    known: Vec<u16>,
}

impl Lookup {
    fn new(plan: &Plan, states: &States) -> Option<Self> {
        let States::Branches {
            in_order,
            branches,
            unknown,
        } = states
        else {
            return None;
        };
        let nodes = branches.iter().filter_map(|(_, when)| *when);
        let nodes: BTreeSet<NodeId> = nodes.map(|when| stated(plan, when).0).collect();
        if MOST < nodes.len() {
            return None;
        }
        let conditions: Vec<NodeId> = nodes.into_iter().collect();
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
            shared: false,
            conditions,
        };
        let ways = 0_u16..1 << lookup.conditions.len();
        let known = ways.map(|sure| {
            let possible = sure;
            lookup.worked_out(Holding { sure, possible })
        });
        lookup.known = known.collect();
        Some(lookup)
    }

    /// The conditions.
    pub(super) fn conditions(&self) -> &[NodeId] {
        &self.conditions
    }

    /// Whether another classification has the same conditions.
    pub(super) fn is_shared(&self) -> bool {
        self.shared
    }

    /// What is said where conditions hold so.
    #[inline]
    fn state(&self, holding: &Holding) -> u16 {
        match self.known.get(usize::from(holding.sure)) {
            Some(state) if holding.sure == holding.possible => *state,
            _ => self.worked_out(*holding),
        }
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

    /// The state of each case on one day.
    pub(super) fn states_on_day(&self, day: Period, holding: &[Holding]) -> StateLists {
        StateLists::one_each(
            day,
            holding.iter().map(|holding| self.state(holding)).collect(),
        )
    }

    /// The states of each case.
    pub(super) fn states(&self, joint: &Rc<Joint>) -> StateLists {
        let states = joint.holding.iter().map(|holding| self.state(holding));
        StateLists::joined(&joint.ends, &joint.days, states)
    }
}

impl Walk<'_, ()> {
    /// Begins to walk through all values.
    fn side_by_side(values: &Aligned) -> Walk<'_, ()> {
        Branches::all(values.len()).walk(values)
    }
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::{in_2016, on_1_july};

    #[test]
    fn two_classifications_over_the_same_conditions_each_say_their_own() {
        let classification = |name: &str, first: &str, second: &str| {
            format!(
                "opdeling {name}\n  hjemmel kilde \"k\"\n  i rækkefølge\n  {first}\n  {second}\n  rest ellers\n\n"
            )
        };
        let (x, y) = ("på_x når ydelse.art er x", "på_y når ydelse.art er y");
        let rules = classification("a", y, x) + &classification("b", x, y);
        let cases =
            ["ydelse x fra 1. marts 2016, fortsat; ydelse y fra 1. april 2016 til 30. juni 2016"];
        assert_eq!(
            in_2016(&rules, &cases),
            ["2016-01-01..2016-02-29 rest, 2016-03-01..2016-03-31 på_x, \
                 2016-04-01..2016-06-30 på_y, 2016-07-01..2016-12-31 på_x"]
        );
        assert_eq!(on_1_july(&rules, &cases), ["2016-07-01..2016-07-01 på_x"]);
    }

    #[test]
    fn what_holds_surely_decides_where_something_else_is_unknown() {
        let rules = "opdeling a\n  hjemmel kilde \"k\"\n  i rækkefølge\n  hjælp når ydelse\n  aktiv når tilbud\n  rest ellers\n\n\
            opdeling b\n  hjemmel kilde \"k\"\n  i rækkefølge\n  aktiv når tilbud\n  hjælp når ydelse\n  rest ellers\n\n";
        let cases =
            ["ydelse x fra 1. marts 2016, fortsat; tilbud x fra 1. februar 2016, slutdato ukendt"];
        let a = "2016-01-01..2016-01-31 rest, 2016-02-01..2016-02-01 aktiv, 2016-02-02..2016-02-29 ukendt, \
            2016-03-01..2016-12-31 hjælp";
        assert_eq!(in_2016(rules, &cases), [a]);
        let other = rules
            .replace("opdeling a", "opdeling c")
            .replace("opdeling b", "opdeling a");
        let b = "2016-01-01..2016-01-31 rest, 2016-02-01..2016-02-01 aktiv, 2016-02-02..2016-12-31 ukendt";
        assert_eq!(in_2016(&other, &cases), [b]);
    }
}
