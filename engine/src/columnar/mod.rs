//! The columnar evaluator: a plan asked of a batch of cases, operator by operator.
//!
//! Each node of the plan is worked out once for a stretch of cases, as lists of runs of days, by an
//! operator in a file of its own; so what interpretation costs is paid per stretch, not per case.
//!
//! What a day may know decides how. Most conditions say the same of a day whether they are asked on
//! that day or later: those are *steadfast*, and are worked out once, by all rows that have begun
//! by the last day asked about (*in hindsight*). The others are worked out as from each day on
//! which something new comes to be known about the case: a *lane* for each. What holds *now* is what each lane
//! says of the days up to the next. A question about one day has one lane: by what had begun then.
//!
//! The meaning is that of the readable evaluator ([`crate::evaluate`]), whose clock, decisions and operators
//! of time are the same code; the tests hold the two against each other.

mod age;
mod aligned;
mod branches;
mod decisions;
mod duty;
mod filter;
mod fused;
mod joint;
mod lists;
mod logic;
mod measures;
mod on_day;
mod over_time;
mod rows;
mod rules;
mod sights;
mod states;
mod steadfast;
#[cfg(test)]
mod testing;

use crate::columns::Batch;
use crate::histories::{Histories, MeasureHistories};
use crate::model::DutyState;
use crate::plan::{Node, NodeId, Plan, RowsOf, duty_code};
use crate::time::{Period, Truth};
use aligned::Aligned;
use branches::{Branch, Branches, When};
use fused::Fused;
use joint::Joint;
pub(crate) use joint::Lookups;
use lists::{Lists, Value};
use rows::Sight;
use sights::Sights;
use states::{Diagonal, StateLists};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

/// Appends the answer of each rule of the plan for some of the cases.
pub(crate) fn answer(plan: &Plan, batch: &Batch, cases: Range<usize>, answers: &mut [Histories]) {
    let evaluation = Evaluation::new(plan, batch, cases);
    for (asked, answer) in plan.rules.iter().zip(answers) {
        evaluation.answer(asked, answer);
    }
}

/// Appends what some of the cases add to each measure of the plan.
pub(crate) fn answer_measures(
    plan: &Plan,
    batch: &Batch,
    cases: Range<usize>,
    answers: &mut [MeasureHistories],
) {
    let evaluation = Evaluation::new(plan, batch, cases);
    for (asked, answer) in plan.measures.iter().zip(answers) {
        evaluation.measure(asked, answer);
    }
}

/// From when a node is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// By all that has begun by the last day asked about.
    Hindsight,
    /// In a lane from each day on which something new comes to be known.
    Ahead,
}

/// A plan at work on a stretch of the cases of a batch. Each value is made when first asked for.
struct Evaluation<'a> {
    plan: &'a Plan,
    batch: &'a Batch,
    cases: Range<usize>,
    window: Period,
    hindsight: Vec<OnceCell<Value>>,
    ahead: Vec<OnceCell<Value>>,
    now: Vec<OnceCell<Value>>,
    on_day: Vec<OnceCell<Rc<Vec<Truth>>>>,
    steadfast: Vec<OnceCell<bool>>,
    states: Vec<[OnceCell<StateLists>; 3]>,
    sights: Sights<'a>,
    /// What was made of conditions over which there are several classifications.
    joints: RefCell<BTreeMap<Vec<NodeId>, Rc<Joint>>>,
    /// The states of a rule that is not in the plan.
    nothing: OnceCell<StateLists>,
}

impl<'a> Evaluation<'a> {
    fn new(plan: &'a Plan, batch: &'a Batch, cases: Range<usize>) -> Self {
        let nodes = plan.nodes().len();
        fn cells<T: Clone>(count: usize) -> Vec<OnceCell<T>> {
            vec![OnceCell::new(); count]
        }
        Self {
            plan,
            batch,
            cases: cases.clone(),
            window: plan.question.window,
            hindsight: cells(nodes),
            ahead: cells(nodes),
            now: cells(nodes),
            on_day: cells(nodes),
            steadfast: cells(nodes),
            states: vec![Default::default(); plan.states().len()],
            nothing: OnceCell::new(),
            joints: RefCell::default(),
            sights: Sights::new(batch, cases, plan.question.window),
        }
    }

    /// Whether one day is asked about: everything is then looked at from that day.
    fn one_day(&self) -> bool {
        self.window.start.next() == self.window.end
    }

    /// A condition on the days asked about, each by what it could know.
    fn now(&self, id: NodeId) -> Value {
        let make = || {
            match self.plan.node(id) {
                // Rows that lie elsewhere say nothing about the days asked about.
                Node::Rows(rows) if let Some(asked) = self.asked_plainly(rows) => {
                    rows::within_window(&asked, self.window)
                }
                _ if self.one_day() || self.is_steadfast(id) => self.value(id, Mode::Hindsight),
                // What holds on a day by what holds on that day.
                Node::And(parts) => {
                    let parts = parts.iter().flat_map(|part| self.now_all(*part));
                    let parts: BTreeSet<(NodeId, bool)> = parts.collect();
                    let value = |(id, now)| match now {
                        true => self.now(id),
                        false => self.value(id, Mode::Hindsight),
                    };
                    let values = parts.into_iter().map(value).collect();
                    logic::all(&Aligned::new(values, &self.sights))
                }
                // In a gap nobody knows yet that it will end.
                Node::Bridged(part, _) | Node::BridgedMonth(part) if self.bridges_fading(id) => {
                    self.now(*part)
                }
                Node::HeldFor(bridged, _) if self.bridges_fading(*bridged) => {
                    let parts = self.now_all(id).into_iter();
                    let value = |(id, _)| self.value(id, Mode::Hindsight);
                    logic::all(&Aligned::new(parts.map(value).collect(), &self.sights))
                }
                Node::Or(_) | Node::AtLeast(..) | Node::Not(_) | Node::ClassifiedAs { .. } => {
                    self.made(id, &|part| self.now(part), None)
                }
                Node::DutyIs(states, wanted) => self
                    .states_now(*states)
                    .days_in(wanted, duty_code(DutyState::Unknown)),
                _ => self.diagonal(&self.value(id, Mode::Ahead)),
            }
        };
        cell(&self.now, id).map_or_else(|| self.unknown(), |it| it.get_or_init(make).clone())
    }

    /// Conditions that all hold now where this one does; each now, or (`false`) in hindsight.
    fn now_all(&self, id: NodeId) -> Vec<(NodeId, bool)> {
        if let Node::HeldFor(bridged, _) = self.plan.node(id)
            && let Node::Bridged(part, _) | Node::BridgedMonth(part) = self.plan.node(*bridged)
            && self.bridges_fading(*bridged)
        {
            // On a day that holds, all gaps before it are over, and known. On others it has not
            // held at all, for nobody knows yet that it will hold again.
            return vec![(*part, true), (id, false)];
        }
        vec![(id, true)]
    }

    /// A condition on all days, as it looks from the days of a mode.
    fn value(&self, id: NodeId, mode: Mode) -> Value {
        let cells = match mode {
            Mode::Hindsight => &self.hindsight,
            Mode::Ahead => &self.ahead,
        };
        let make = || self.made(id, &|part| self.value(part, mode), Some(mode));
        cell(cells, id).map_or_else(|| self.unknown(), |it| it.get_or_init(make).clone())
    }

    /// Works out a node from the values of its operands. Without a mode each day is looked at from
    /// itself, which only what holds day by day can be.
    fn made(&self, id: NodeId, part: &dyn Fn(NodeId) -> Value, mode: Option<Mode>) -> Value {
        let node = self.plan.node(id);
        let lanes = match (mode, node) {
            (Some(Mode::Ahead), Node::Rows(rows) | Node::Decisions { rows, .. }) => {
                self.sights.of(&[rows.table])
            }
            _ => None,
        };
        let sight = match &lanes {
            Some(lanes) => Sight::Each(lanes),
            None => Sight::From(self.window.last()),
        };
        match node {
            Node::Constant(truth) => self.constant(*truth),
            Node::Rows(rows) => match self.asked(rows) {
                Some(asked) => rows::covered(&asked, sight),
                None => self.unknown(),
            },
            Node::Decisions {
                rows,
                decided,
                expired,
                reassessed,
            } => {
                let which = decisions::Which {
                    decided: *decided,
                    expired: *expired,
                    reassessed: *reassessed,
                };
                match self.asked(rows) {
                    Some(asked) => decisions::counted(&asked, which, sight),
                    None => self.unknown(),
                }
            }
            Node::Age {
                table,
                field,
                order,
                years,
                known_on,
            } => match self.batch.tables().get(table.0) {
                Some(columns) => {
                    let test = (*field, *order, *years);
                    age::compared(columns, self.cases.clone(), test, *known_on)
                }
                None => self.unknown(),
            },
            Node::And(parts) => logic::all(&self.aligned(parts, part)),
            Node::Or(parts) => logic::any(&self.aligned(parts, part)),
            Node::AtLeast(count, parts) => logic::so_many(*count, &self.aligned(parts, part)),
            Node::Not(operand) => logic::none(&part(*operand)),
            Node::Pinned { old, new, before } => {
                over_time::pins(&self.aligned(&[*old, *new], part), *before)
            }
            Node::ClassifiedAs { in_order, branches } => {
                self.classified_as(*in_order, branches, part)
            }
            Node::DutyIs(states, wanted) => {
                let states = self.states_in(*states, mode.unwrap_or(Mode::Hindsight));
                states.days_in(wanted, duty_code(DutyState::Unknown))
            }
            _ => {
                if mode == Some(Mode::Hindsight)
                    && let Some(fused) = Fused::of(self.plan, id)
                    && let Some(asked) = self.asked(fused.rows)
                    && asked.is_plain()
                {
                    return fused.days(&asked, self.window.last());
                }
                let operand = node.operands().first().map(|operand| part(*operand));
                let made = operand.and_then(|operand| over_time::of(node, &operand));
                made.unwrap_or_else(|| self.unknown())
            }
        }
    }

    fn constant(&self, truth: Truth) -> Value {
        let cases = self.cases.len();
        let holds = |holds: bool| Lists::same(cases, holds.then_some(Period::ALL));
        Value::new(holds(truth == Truth::Yes), holds(truth != Truth::No))
    }

    fn unknown(&self) -> Value {
        self.constant(Truth::Unknown)
    }

    fn asked(&self, rows: &'a RowsOf) -> Option<rows::Asked<'a>> {
        Some(rows::Asked {
            declared: self.plan.tables.get(rows.table.0)?,
            columns: self.batch.tables().get(rows.table.0)?,
            rows,
            cases: self.cases.clone(),
        })
    }

    /// The same, if nothing about the rows can be unknown.
    fn asked_plainly(&self, rows: &'a RowsOf) -> Option<rows::Asked<'a>> {
        self.asked(rows).filter(rows::Asked::is_plain)
    }

    fn aligned(&self, parts: &[NodeId], part: &dyn Fn(NodeId) -> Value) -> Aligned {
        Aligned::new(parts.iter().map(|id| part(*id)).collect(), &self.sights)
    }

    fn classified_as(
        &self,
        in_order: bool,
        branches: &[(bool, Option<NodeId>)],
        part: &dyn Fn(NodeId) -> Value,
    ) -> Value {
        let (branches, values) = self.branches(in_order, branches, part);
        let (mut sure, mut possible) = (Lists::default(), Lists::default());
        let mut walk = branches.walk(&values);
        let mut runs = Vec::new();
        for _ in 0..values.count {
            runs.clear();
            walk.lane(Period::ALL, |days, wanted| runs.push((days, wanted)));
            for (lists, holds) in [
                (&mut sure, [Some(true); 2]),
                (&mut possible, [Some(true), None]),
            ] {
                lists.lane(|out| {
                    let kept = runs.iter().filter(|(_, wanted)| holds.contains(wanted));
                    kept.for_each(|(days, _)| out.push(*days));
                });
            }
        }
        Value::new(sure, possible).in_lanes(values.lanes.clone())
    }

    /// The branches of a classification with the values of their conditions side by side.
    fn branches<T: Copy>(
        &self,
        in_order: bool,
        branches: &[(T, Option<NodeId>)],
        part: &dyn Fn(NodeId) -> Value,
    ) -> (Branches<T>, Aligned) {
        let mut nodes = Vec::new();
        let place = |(gives, when): &(T, Option<NodeId>)| Branch {
            gives: *gives,
            when: when.map(|when| {
                // The opposite of a value is read off it.
                let (node, negated) = match self.plan.node(when) {
                    Node::Not(part) => (*part, true),
                    _ => (when, false),
                };
                nodes.push(node);
                When {
                    value: nodes.len().saturating_sub(1),
                    negated,
                }
            }),
        };
        let branches = branches.iter().map(place).collect();
        (Branches { in_order, branches }, self.aligned(&nodes, part))
    }

    /// What holds now of a value that looks different from different days.
    fn diagonal(&self, value: &Value) -> Value {
        let Some(lanes) = &value.lanes else {
            return value.clone();
        };
        let diagonal = Diagonal::new(lanes, self.window);
        value.map_lists(|lists| {
            let mut out = Lists::with_capacity(self.cases.len(), 2);
            for case in diagonal.cases() {
                out.lane(|out| {
                    for (lane, days) in case {
                        lists
                            .get(lane)
                            .parts_in(days)
                            .for_each(|part| out.push(part));
                    }
                });
            }
            out
        })
    }
}

/// The place of a node's value.
fn cell<T>(cells: &[OnceCell<T>], id: NodeId) -> Option<&OnceCell<T>> {
    cells.get(id.0)
}
