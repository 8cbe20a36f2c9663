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
mod lists;
mod logic;
mod over_time;
mod rows;
mod states;

use crate::columns::Batch;
use crate::histories::Histories;
use crate::model::{DutyState, Subject};
use crate::plan::{Asked, Node, NodeId, Plan, RowsOf, States, StatesId, duty_code, truth_code};
use crate::time::{Period, Truth};
use aligned::Aligned;
use branches::Branches;
use duty::Duty;
use lists::{Lists, Value};
use rows::Sight;
use states::{Diagonal, StateLists};
use std::cell::OnceCell;
use std::ops::Range;

/// So many cases are worked out at a time: what they need stays near the processor.
const STRETCH: usize = 1024;

/// The answer of each rule of the plan for every case.
pub(crate) fn answer(plan: &Plan, batch: &Batch) -> Vec<Histories> {
    let mut answers: Vec<Histories> = plan.rules.iter().map(empty).collect();
    let mut start = 0;
    while start < batch.cases() {
        let end = batch.cases().min(start.saturating_add(STRETCH));
        let evaluation = Evaluation::new(plan, batch, start..end);
        for (asked, answer) in plan.rules.iter().zip(&mut answers) {
            evaluation.answer(asked, answer);
        }
        start = end;
    }
    answers
}

fn empty(asked: &Asked) -> Histories {
    Histories {
        subject: asked.subject,
        states: asked.states.clone(),
        offsets: vec![0],
        days: Vec::new(),
        state: Vec::new(),
        due: Vec::new(),
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
    steadfast: Vec<OnceCell<bool>>,
    states: Vec<[OnceCell<StateLists>; 3]>,
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
            cases,
            window: plan.question.window,
            hindsight: cells(nodes),
            ahead: cells(nodes),
            now: cells(nodes),
            steadfast: cells(nodes),
            states: vec![Default::default(); plan.states().len()],
            nothing: OnceCell::new(),
        }
    }

    /// Whether one day is asked about: everything is then looked at from that day.
    fn one_day(&self) -> bool {
        self.window.start.next() == self.window.end
    }

    /// A condition on the days asked about, each by what it could know.
    fn now(&self, id: NodeId) -> Value {
        let make = || {
            if self.one_day() || self.is_steadfast(id) {
                return self.value(id, Mode::Hindsight);
            }
            match self.plan.node(id) {
                // What holds on a day by what holds on that day.
                Node::And(_)
                | Node::Or(_)
                | Node::AtLeast(..)
                | Node::Not(_)
                | Node::ClassifiedAs { .. } => self.made(id, &|part| self.now(part), None),
                Node::DutyIs(states, wanted) => self
                    .states_now(*states)
                    .days_in(wanted, duty_code(DutyState::Unknown)),
                _ => self.diagonal(&self.value(id, Mode::Ahead)),
            }
        };
        cell(&self.now, id).map_or_else(|| self.unknown(), |it| it.get_or_init(make).clone())
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
        let sight = match mode {
            Some(Mode::Ahead) => Sight::Each(self.window),
            _ => Sight::From(self.window.last()),
        };
        let node = self.plan.node(id);
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

    fn aligned(&self, parts: &[NodeId], part: &dyn Fn(NodeId) -> Value) -> Aligned {
        Aligned::new(parts.iter().map(|id| part(*id)).collect(), self.cases.len())
    }

    fn classified_as(
        &self,
        in_order: bool,
        branches: &[(bool, Option<NodeId>)],
        part: &dyn Fn(NodeId) -> Value,
    ) -> Value {
        let (branches, values) = self.branches(in_order, branches, part);
        let (mut sure, mut possible) = (Lists::default(), Lists::default());
        let mut walks = Vec::new();
        let mut runs = Vec::new();
        for lane in 0..values.count {
            runs.clear();
            let mut walked = branches.lane(&values, lane, &mut walks);
            walked.walk(Period::ALL, |days, wanted| runs.push((days, wanted)));
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
        let place = |(gives, when): &(T, Option<NodeId>)| {
            let when = when.map(|when| {
                nodes.push(when);
                nodes.len().saturating_sub(1)
            });
            (*gives, when)
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

    /// Whether a condition says the same of a day to whoever asks on that day or later.
    fn is_steadfast(&self, id: NodeId) -> bool {
        let make = || {
            let node = self.plan.node(id);
            let operands = || node.operands().iter().all(|part| self.is_steadfast(*part));
            let known = || {
                let mut operands = node.operands().into_iter();
                operands.all(|part| self.value(part, Mode::Hindsight).possible.is_none())
            };
            use hjemmel_grammar::syntax::Side;
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

    /// The states of a rule on the days asked about, each by what it could know.
    fn states_now(&self, id: StatesId) -> &StateLists {
        self.states_made(id, 2, || match self.plan.states().get(id.0) {
            Some(States::Duty(plan)) => {
                let past_is_steadfast = plan.past().iter().all(|node| self.is_steadfast(*node));
                let mode = match self.one_day() || past_is_steadfast {
                    true => Mode::Hindsight,
                    false => Mode::Ahead,
                };
                let ahead = if self.one_day() {
                    Mode::Hindsight
                } else {
                    Mode::Ahead
                };
                let past = |node| self.value(node, mode);
                let duty = Duty::new(plan, self.cases.len(), past, |node| self.value(node, ahead));
                self.duty_now(&duty)
            }
            Some(States::Branches {
                in_order,
                branches,
                unknown,
            }) => {
                let (branches, values) = self.branches(*in_order, branches, &|id| self.now(id));
                let mut out = StateLists::with_capacity(self.cases.len());
                let mut walks = Vec::new();
                for lane in 0..values.count {
                    let mut walked = branches.lane(&values, lane, &mut walks);
                    walked.walk(self.window, |days, state| {
                        out.push(days, state.unwrap_or(*unknown));
                    });
                    out.end_lane();
                }
                out
            }
            Some(States::Truth(node)) => self.truths(*node),
            Some(States::Hole(unknown)) => self.hole(*unknown),
            None => StateLists::default(),
        })
    }

    /// The states of a duty on all days, as they look from the days of a mode.
    fn states_in(&self, id: StatesId, mode: Mode) -> &StateLists {
        self.states_made(id, mode as usize, || match self.plan.states().get(id.0) {
            Some(States::Duty(plan)) => {
                let value = |node| self.value(node, mode);
                let duty = Duty::new(plan, self.cases.len(), value, value);
                let mut out = StateLists::with_capacity(duty.values.count);
                for lane in 0..duty.values.count {
                    duty.lane(lane, Period::ALL, &mut out);
                    out.end_lane();
                }
                out.lanes.clone_from(&duty.values.lanes);
                out
            }
            _ => StateLists::default(),
        })
    }

    fn states_made(
        &self,
        id: StatesId,
        which: usize,
        make: impl FnOnce() -> StateLists,
    ) -> &StateLists {
        let cells = self.states.get(id.0);
        let cell = cells.and_then(|cells| cells.get(which));
        cell.unwrap_or(&self.nothing).get_or_init(make)
    }

    fn duty_now(&self, duty: &Duty<'_>) -> StateLists {
        let mut out = StateLists::with_capacity(self.cases.len());
        match &duty.values.lanes {
            None => {
                for lane in 0..duty.values.count {
                    duty.lane(lane, self.window, &mut out);
                    out.end_lane();
                }
            }
            Some(lanes) => {
                for case in Diagonal::new(lanes, self.window).cases() {
                    for (lane, days) in case {
                        duty.lane(lane, days, &mut out);
                    }
                    out.end_lane();
                }
            }
        }
        out
    }

    /// A condition as a rule of its own.
    fn truths(&self, node: NodeId) -> StateLists {
        let value = self.now(node);
        let branches = Branches {
            in_order: true,
            branches: vec![
                (truth_code(Truth::Yes), Some(0)),
                (truth_code(Truth::No), None),
            ],
        };
        let values = Aligned::new(vec![value], self.cases.len());
        let mut out = StateLists::with_capacity(self.cases.len());
        let mut walks = Vec::new();
        for lane in 0..values.count {
            let mut walked = branches.lane(&values, lane, &mut walks);
            walked.walk(self.window, |days, truth| {
                out.push(days, truth.unwrap_or(truth_code(Truth::Unknown)));
            });
            out.end_lane();
        }
        out
    }

    fn hole(&self, unknown: u16) -> StateLists {
        let mut out = StateLists::with_capacity(self.cases.len());
        for _ in self.cases.clone() {
            out.push(self.window, unknown);
            out.end_lane();
        }
        out
    }

    /// Appends what a rule says of the cases.
    fn answer(&self, asked: &Asked, answer: &mut Histories) {
        let stretches: Vec<_> = asked
            .stretches
            .iter()
            .map(|(days, states)| (*days, self.states_now(*states)))
            .collect();
        let mut ranges: Vec<_> = stretches
            .iter()
            .map(|(_, states)| states.ranges())
            .collect();
        let is_duty = matches!(asked.subject, Subject::Duty(_));
        let mut joined = StateLists::default();
        for _ in self.cases.clone() {
            for ((days, states), ranges) in stretches.iter().zip(&mut ranges) {
                let range = ranges.next().unwrap_or_default();
                states.copy(range, *days, is_duty, &mut joined);
            }
            joined.end_lane();
        }
        joined.append_to(answer);
    }
}

/// The place of a node's value.
fn cell<T>(cells: &[OnceCell<T>], id: NodeId) -> Option<&OnceCell<T>> {
    cells.get(id.0)
}
