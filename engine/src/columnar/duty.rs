//! Duties: the clock and what decides before it, lane by lane.

use super::aligned::Aligned;
use super::lists::Value;
use super::states::StateLists;
use crate::evaluate::{Clock, Deciders, Entry, Lengths, Next, Said, states};
use crate::model::DutyState;
use crate::plan::{DutyPlan, LengthsPlan, NextPlan, NodeId, duty_code};
use crate::time::{Period, TimelineRuns};

/// A duty with the values of its nodes.
pub(super) struct Duty<'p> {
    plan: &'p DutyPlan,
    nodes: Vec<NodeId>,
    pub(super) values: Aligned,
}

impl<'p> Duty<'p> {
    /// Gathers the value of each node: `past` gives those of which only what lies behind is asked,
    /// `ahead` those that are asked for ends that may lie ahead.
    pub(super) fn new(
        plan: &'p DutyPlan,
        cases: usize,
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
        Self {
            plan,
            nodes,
            values: Aligned::new(values, cases),
        }
    }

    /// Adds the states of a lane on the days of `window`.
    pub(super) fn lane(&self, lane: usize, window: Period, out: &mut StateLists) {
        let at = |node: &NodeId| -> TimelineRuns<'_> {
            let value = self.nodes.iter().position(|other| other == node);
            self.values.get(value.unwrap_or(usize::MAX), lane)
        };
        let (scope, counted) = (at(&self.plan.scope), at(&self.plan.counted));
        let may = |it: TimelineRuns<'_>| it.possible.parts_in(window).next().is_some();
        if !may(scope) || !may(counted) {
            let state = duty_code(DutyState::NotCovered);
            return out.push_due(window, state, None);
        }
        let clock = self.clock(scope, counted, &at);
        let deciders = self.deciders(&at);
        states(window, &deciders, &clock, |said: Said| {
            out.push_due(said.days, duty_code(said.state), said.due);
        });
    }

    fn clock<'v>(
        &'v self,
        scope: TimelineRuns<'v>,
        counted: TimelineRuns<'v>,
        at: &impl Fn(&NodeId) -> TimelineRuns<'v>,
    ) -> Clock<TimelineRuns<'v>> {
        let plan = self.plan;
        let next = |next: &NextPlan| match next {
            NextPlan::Discharged => Next::Discharged,
            NextPlan::AtOnce => Next::AtOnce,
            NextPlan::After(lengths) => Next::After(self.lengths(lengths, at)),
        };
        let fulfilments = plan.fulfilments.iter();
        let exemptions = plan.exemptions.iter();
        Clock {
            scope,
            counted,
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

    fn lengths<'v>(
        &'v self,
        lengths: &LengthsPlan,
        at: &impl Fn(&NodeId) -> TimelineRuns<'v>,
    ) -> Lengths<TimelineRuns<'v>> {
        let exceptions = lengths.exceptions.iter();
        Lengths {
            base: lengths.base,
            exceptions: exceptions
                .map(|(when, length)| (at(when), *length))
                .collect(),
        }
    }

    fn deciders<'v>(
        &'v self,
        at: &impl Fn(&NodeId) -> TimelineRuns<'v>,
    ) -> Deciders<TimelineRuns<'v>> {
        let plan = self.plan;
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
