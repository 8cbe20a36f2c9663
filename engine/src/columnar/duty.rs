//! Duties: the clock and what decides before it, lane by lane.

use super::aligned::Aligned;
use super::lists::Value;
use super::sights::Sights;
use super::states::StateLists;
use crate::evaluate::{Clock, Deciders, Entry, Lengths, Next, Said, states};
use crate::model::DutyState;
use crate::plan::{DutyPlan, LengthsPlan, NextPlan, NodeId, duty_code};
use crate::time::{Period, TimelineRuns};
use std::cell::Cell;

/// The timeline of one value in the lane that is looked at.
type Slot<'v> = Cell<TimelineRuns<'v>>;

/// A duty with the values of its nodes.
pub(super) struct Duty {
    /// Its nodes are the positions of their values.
    plan: DutyPlan,
    pub(super) values: Aligned,
}

impl Duty {
    /// Gathers the value of each node: `past` gives those of which only what lies behind is asked,
    /// `ahead` those that are asked for ends that may lie ahead.
    pub(super) fn new(
        plan: &DutyPlan,
        sights: &Sights<'_>,
        past: impl Fn(NodeId) -> Value,
        ahead: impl Fn(NodeId) -> Value,
    ) -> Self {
        let mut nodes = plan.ahead();
        let mut values: Vec<Value> = nodes.iter().map(|node| ahead(*node)).collect();
        for node in plan.past() {
            if !nodes.contains(&node) {
                nodes.push(node);
                values.push(past(node));
            }
        }
        let place = |node: NodeId| {
            let place = nodes.iter().position(|other| *other == node);
            NodeId(place.unwrap_or(usize::MAX))
        };
        Self {
            plan: plan.renamed(&place),
            values: Aligned::new(values, sights),
        }
    }

    /// Adds the states of each of these lanes, on its days, to what `out` is making; `true` ends
    /// what is made.
    pub(super) fn add(
        &self,
        lanes: impl Iterator<Item = (usize, Period, bool)>,
        out: &mut StateLists,
    ) {
        let cells: Vec<Slot<'_>> = (0..self.values.len()).map(|_| Cell::default()).collect();
        let nothing = Slot::default();
        let at = |node: &NodeId| cells.get(node.0).unwrap_or(&nothing);
        let clock = self.clock(&at);
        let deciders = self.deciders(&at);
        let mut edges = Vec::new();
        for (lane, window, ends) in lanes {
            let look = |value: usize| {
                let timeline = self.values.get(value, lane);
                if let Some(cell) = cells.get(value) {
                    cell.set(timeline);
                }
                timeline.possible.parts_in(window).next().is_some()
            };
            if look(self.plan.scope.0) && look(self.plan.counted.0) {
                (0..cells.len()).for_each(|value| {
                    look(value);
                });
                states(window, &deciders, &clock, &mut edges, |said: Said| {
                    out.push_due(said.days, duty_code(said.state), said.due);
                });
            } else {
                out.push_due(window, duty_code(DutyState::NotCovered), None);
            }
            if ends {
                out.end_lane();
            }
        }
    }

    fn clock<'c, 'v>(&self, at: &impl Fn(&NodeId) -> &'c Slot<'v>) -> Clock<&'c Slot<'v>> {
        let plan = &self.plan;
        let next = |next: &NextPlan| match next {
            NextPlan::Discharged => Next::Discharged,
            NextPlan::AtOnce => Next::AtOnce,
            NextPlan::After(lengths) => Next::After(self.lengths(lengths, at)),
        };
        let fulfilments = plan.fulfilments.iter();
        let exemptions = plan.exemptions.iter();
        Clock {
            scope: at(&plan.scope),
            counted: at(&plan.counted),
            restarts: plan.restarts.iter().map(at).collect(),
            deadline: self.lengths(&plan.deadline, at),
            anchor: plan
                .anchor
                .map(|(node, edge, side)| (at(&node), edge, side)),
            fulfilments: fulfilments.map(|(by, then)| (at(by), next(then))).collect(),
            exemptions: exemptions
                .map(|(held, _, grace)| (at(held), *grace))
                .collect(),
            suspended: at(&plan.suspended),
            entry: Entry {
                grace: plan.grace,
                cap: plan.cap,
            },
            week: plan.week,
        }
    }

    fn lengths<'c, 'v>(
        &self,
        lengths: &LengthsPlan,
        at: &impl Fn(&NodeId) -> &'c Slot<'v>,
    ) -> Lengths<&'c Slot<'v>> {
        let exceptions = lengths.exceptions.iter();
        Lengths {
            base: lengths.base,
            exceptions: exceptions
                .map(|(when, length)| (at(when), *length))
                .collect(),
        }
    }

    fn deciders<'c, 'v>(&self, at: &impl Fn(&NodeId) -> &'c Slot<'v>) -> Deciders<&'c Slot<'v>> {
        let plan = &self.plan;
        let exemptions = plan.exemptions.iter();
        let required = plan.required.iter();
        let expired = exemptions.clone().map(|(_, expired, _)| at(expired));
        Deciders {
            exempt: exemptions.map(|(held, ..)| at(held)).collect(),
            suspended: plan.suspensions.iter().map(at).collect(),
            in_offer: plan.fulfilments.iter().map(|(by, _)| at(by)).collect(),
            expired: expired
                .chain(required.clone().map(|(_, expired)| at(expired)))
                .collect(),
            awaiting: required.map(|(awaiting, _)| at(awaiting)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::in_2016;

    #[test]
    fn the_clock_is_read_lane_by_lane() {
        let rules = "pligt a\n  hjemmel kilde \"k\"\n  for ydelse\n  regnet fra ydelse\n  frist 1 måned\n  \
                     opfyldes af tilbud_x\n\nbegreb tilbud_x\n  hjemmel kilde \"k\"\n  når ydelse.art er y\n";
        let cases = [
            "ydelse x fra 1. marts 2016 til 31. maj 2016; ydelse y fra 1. maj 2016 til 15. maj 2016",
        ];
        assert_eq!(
            in_2016(rules, &cases),
            [
                "2016-01-01..2016-02-29 ikke_omfattet, 2016-03-01..2016-04-01 frist_løber frist 2016-04-01, \
                 2016-04-02..2016-04-30 overskredet frist 2016-04-01, 2016-05-01..2016-05-15 i_tilbud frist 2016-04-01, \
                 2016-05-16..2016-05-31 indfriet, 2016-06-01..2016-12-31 ikke_omfattet"
            ]
        );
    }
}
