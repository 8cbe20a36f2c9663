//! The states of rules: each kind of rule from the conditions that it rests on.

use super::aligned::Aligned;
use super::branches::{Branch, Branches, When};
use super::duty::Duty;
use super::joint::{Holding, Joint};
use super::states::{Diagonal, StateLists};
use super::{Evaluation, Mode};
use crate::histories::Histories;
use crate::model::Subject;
use crate::plan::{Asked, NodeId, States, StatesId, truth_code};
use crate::time::{Period, Truth};
use std::rc::Rc;

impl Evaluation<'_> {
    /// Appends what a rule says of the cases.
    pub(super) fn answer(&self, asked: &Asked, answer: &mut Histories) {
        let stretches: Vec<_> = asked
            .stretches
            .iter()
            .map(|(days, states)| (*days, self.states_now(*states)))
            .collect();
        if let [(days, states)] = stretches.as_slice()
            && *days == self.window
        {
            return states.append_to(answer);
        }
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

    /// The states of a rule on the days asked about, each by what it could know.
    pub(super) fn states_now(&self, id: StatesId) -> &StateLists {
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
                let duty = Duty::new(plan, &self.sights, past, |node| self.value(node, ahead));
                self.duty_now(&duty)
            }
            Some(States::Branches {
                in_order,
                branches,
                unknown,
            }) => self.classification(id, *in_order, branches, *unknown),
            Some(States::Truth(node)) => self.truths(*node),
            Some(States::Hole(unknown)) => self.hole(*unknown),
            None => StateLists::default(),
        })
    }

    /// The states of a duty on all days, as they look from the days of a mode.
    pub(super) fn states_in(&self, id: StatesId, mode: Mode) -> &StateLists {
        self.states_made(id, mode as usize, || match self.plan.states().get(id.0) {
            Some(States::Duty(plan)) => {
                let value = |node| self.value(node, mode);
                let duty = Duty::new(plan, &self.sights, value, value);
                let mut out = StateLists::with_capacity(duty.values.count);
                let lanes = 0..duty.values.count;
                duty.add(lanes.map(|lane| (lane, Period::ALL, true)), &mut out);
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

    /// The states of a classification on the days asked about.
    fn classification(
        &self,
        id: StatesId,
        in_order: bool,
        branches: &[(u16, Option<NodeId>)],
        unknown: u16,
    ) -> StateLists {
        if let Some(lookup) = self.plan.lookups().get(id) {
            if self.one_day() {
                let holding = self.holding_on_day(lookup.conditions());
                return lookup.states_on_day(self.window, &holding);
            }
            if lookup.is_shared() {
                return lookup.states(&self.joint(lookup.conditions()));
            }
        }
        let (branches, values) = self.branches(in_order, branches, &|id| self.now(id));
        let mut out = StateLists::with_capacity(self.cases.len());
        let mut walk = branches.walk(&values);
        for _ in 0..values.count {
            walk.lane(self.window, |days, state| {
                out.push(days, state.unwrap_or(unknown));
            });
            out.end_lane();
        }
        out
    }

    /// Which of the conditions hold on the days asked about; made once.
    fn joint(&self, conditions: &[NodeId]) -> Rc<Joint> {
        if let Some(made) = self.joints.borrow().get(conditions) {
            return Rc::clone(made);
        }
        let values = self.aligned(conditions, &|id| self.now(id));
        let joint = Rc::new(Joint::of(&values, self.window));
        let mut joints = self.joints.borrow_mut();
        joints.insert(conditions.to_vec(), Rc::clone(&joint));
        joint
    }

    /// Which of the conditions hold on the one day that is asked about, case by case.
    fn holding_on_day(&self, conditions: &[NodeId]) -> Vec<Holding> {
        let mut holding = vec![Holding::default(); self.cases.len()];
        for (number, id) in conditions.iter().enumerate() {
            for (holding, truth) in holding.iter_mut().zip(self.on_day(*id).iter()) {
                holding.add(number, *truth);
            }
        }
        holding
    }

    fn duty_now(&self, duty: &Duty) -> StateLists {
        let mut out = StateLists::with_capacity(self.cases.len());
        match &duty.values.lanes {
            None => {
                let lanes = 0..duty.values.count;
                duty.add(lanes.map(|lane| (lane, self.window, true)), &mut out);
            }
            Some(lanes) => {
                let end = self.window.end;
                let diagonal = Diagonal::new(lanes, self.window);
                let lanes = diagonal.cases().flatten();
                duty.add(
                    lanes.map(|(lane, days)| (lane, days, days.end == end)),
                    &mut out,
                );
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
                Branch {
                    gives: truth_code(Truth::Yes),
                    when: Some(When {
                        value: 0,
                        negated: false,
                    }),
                },
                Branch {
                    gives: truth_code(Truth::No),
                    when: None,
                },
            ],
        };
        let values = Aligned::new(vec![value], &self.sights);
        let mut out = StateLists::with_capacity(self.cases.len());
        let mut walk = branches.walk(&values);
        for _ in 0..values.count {
            walk.lane(self.window, |days, truth| {
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
}
