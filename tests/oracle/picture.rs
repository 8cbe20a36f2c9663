//! The picture of a day: the rows that have begun, the law in force, and every condition in it.
//!
//! A condition is computed for every day of the window, past and future, from the rows that the
//! picture shows; the answer of the day is read off afterwards.

use super::clock::DutyDay;
use super::days::{self, Marks, Window};
use super::rows::compare;
use super::world::{Fault, Fill, World};
use hjemmel_engine::model::{
    ConditionId, ConditionKind, DutyId, LengthValue, Model, ParameterValue, Table, TableId,
};
use hjemmel_engine::time::Day;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// How a condition is looked at inside a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct View {
    /// The versions and values in force on this day (an `overgang` looks back).
    pub law: Day,
    /// The rows registered by this day (`kendt pr.`).
    pub known_on: Option<Day>,
    /// Decisions past their reassessment date still count (to tell `skal_revurderes`).
    pub lenient: bool,
}

/// For each day of the window the positions of the rows of a table that speak of it.
pub type Calendar = Vec<Vec<usize>>;

/// Everything a day may know.
pub struct Picture<'a> {
    pub model: &'a Model,
    pub world: &'a World,
    pub window: Window,
    pub fill: Fill,
    pub fault: Option<Fault>,
    /// Rows that begin later do not exist.
    pub begun_by: Day,
    /// How often something had to be filled in.
    guesses: Cell<usize>,
    conditions: RefCell<HashMap<(ConditionId, View), (Rc<Marks>, bool)>>,
    calendars: RefCell<HashMap<(TableId, Option<Day>), (Rc<Calendar>, bool)>>,
    duties: RefCell<HashMap<(DutyId, View), (Rc<Vec<DutyDay>>, bool)>>,
}

impl<'a> Picture<'a> {
    pub fn new(
        (model, world): (&'a Model, &'a World),
        (window, begun_by): (Window, Day),
        (fill, fault): (Fill, Option<Fault>),
    ) -> Self {
        Self {
            model,
            world,
            window,
            fill,
            fault,
            begun_by,
            guesses: Cell::new(0),
            conditions: RefCell::default(),
            calendars: RefCell::default(),
            duties: RefCell::default(),
        }
    }

    /// 1 where this fault is planted, else 0.
    pub fn slip(&self, fault: Fault) -> i32 {
        i32::from(self.fault == Some(fault))
    }

    /// The value of `compute`, and whether it rests on something that was filled in.
    pub fn guessing<T>(&self, compute: impl FnOnce() -> T) -> (T, bool) {
        let before = self.guesses.get();
        let value = compute();
        (value, self.guesses.get() > before)
    }

    pub fn guess(&self) {
        self.guesses.set(self.guesses.get() + 1);
    }

    fn again<T>(&self, (value, guessed): (T, bool)) -> T {
        if guessed {
            self.guess();
        }
        value
    }

    /// What `rule` (by a number of its own) says where it says nothing.
    pub fn hole(&self, rule: usize) -> Marks {
        self.guess();
        Marks::by(self.window, |day| self.fill.pick(rule, day, 2) == 1)
    }

    /// The condition on every day of the window.
    pub fn marks(&self, id: ConditionId, view: View) -> Rc<Marks> {
        let found = self.conditions.borrow().get(&(id, view)).cloned();
        if let Some(found) = found {
            return self.again(found);
        }
        let (marks, guessed) = self.guessing(|| Rc::new(self.compute(id, view)));
        let entry = (Rc::clone(&marks), guessed);
        self.conditions.borrow_mut().insert((id, view), entry);
        marks
    }

    /// The rows of a table on every day of the window, by those registered by `known_on`.
    pub fn calendar(&self, table: TableId, known_on: Option<Day>) -> Rc<Calendar> {
        let found = self.calendars.borrow().get(&(table, known_on)).cloned();
        if let Some(found) = found {
            return self.again(found);
        }
        let (calendar, guessed) = self.guessing(|| Rc::new(self.rows_by_day(table, known_on)));
        let entry = (Rc::clone(&calendar), guessed);
        self.calendars.borrow_mut().insert((table, known_on), entry);
        calendar
    }

    /// The duty on every day of the window; `None` if no version is in force.
    pub fn duty(&self, id: DutyId, view: View) -> Option<Rc<Vec<DutyDay>>> {
        let duty = &self.model.duties[id.0].on(view.law)?.body;
        let found = self.duties.borrow().get(&(id, view)).cloned();
        if let Some(found) = found {
            return Some(self.again(found));
        }
        let (days, guessed) = self.guessing(|| Rc::new(super::clock::run(self, id, duty, view)));
        let entry = (Rc::clone(&days), guessed);
        self.duties.borrow_mut().insert((id, view), entry);
        Some(days)
    }

    fn compute(&self, id: ConditionId, view: View) -> Marks {
        let marks = |id: &ConditionId| self.marks(*id, view);
        let length = |value: &LengthValue| self.length(*value, view);
        let by = |holds: &dyn Fn(Day) -> bool| Marks::by(self.window, holds);
        match &self.model.condition(id).kind {
            ConditionKind::Unreadable => self.hole(id.0),
            ConditionKind::Rows { table, filter, durations } => {
                let rows = self.rows(*table, view, |row| self.meets(row, filter, view));
                durations.iter().fold(rows.clone(), |all, test| {
                    let d = length(&test.length);
                    let slip = self.slip(Fault::Duration);
                    let passes = |first, after| compare(test.order, &after, &d.after(first).plus(slip));
                    let spells = days::spells_where(&rows, passes);
                    by(&|t| all.on(t) && spells.on(t))
                })
            }
            ConditionKind::Age { table, field, order, years } => {
                self.age(*table, *field, (*order, *years), view)
            }
            ConditionKind::Term(term) => self.term(*term, view),
            ConditionKind::Assessed { assessment, filter } => {
                self.decided(*assessment, filter, view, |decision| decision == Table::DECIDED_YES).0
            }
            ConditionKind::DutyIs(duty, states) => match self.duty(*duty, view) {
                Some(days) => self.from_days(&days, |day| states.contains(&day.state)),
                None => self.hole(id.0),
            },
            ConditionKind::ClassifiedAs(rule, states) => match self.classified(*rule, view) {
                Some(days) => self.from_days(&days, |day| day.as_ref().is_some_and(|name| states.contains(name))),
                None => self.hole(id.0),
            },
            ConditionKind::Parameter(parameter) => match self.parameter(*parameter, view) {
                ParameterValue::YesNo(holds) => by(&|_| holds),
                _ => self.hole(id.0),
            },
            ConditionKind::All(all) => {
                let all: Vec<_> = all.iter().map(marks).collect();
                by(&|t| all.iter().all(|a| a.on(t)))
            }
            ConditionKind::Any(any) => {
                let any: Vec<_> = any.iter().map(marks).collect();
                by(&|t| any.iter().any(|a| a.on(t)))
            }
            ConditionKind::AtLeast(n, some) => {
                let some: Vec<_> = some.iter().map(marks).collect();
                by(&|t| some.iter().filter(|a| a.on(t)).count() >= *n as usize)
            }
            ConditionKind::Not(a) => {
                let a = marks(a);
                by(&|t| !a.on(t))
            }
            ConditionKind::Except { base, exceptions } => {
                let base = marks(base);
                let mut exceptions: Vec<_> = exceptions.iter().map(|e| (marks(&e.when), e.holds)).collect();
                if self.fault == Some(Fault::FirstException) {
                    exceptions.reverse();
                }
                by(&|t| {
                    let decides = exceptions.iter().rev().find(|(when, _)| when.on(t));
                    decides.map_or(base.on(t), |(_, holds)| *holds)
                })
            }
            ConditionKind::HeldFor(a, d) => days::held_for(&marks(a), length(d), self.slip(Fault::HeldFor)),
            ConditionKind::Within(a, d) => days::within(&marks(a), length(d), self.slip(Fault::Within)),
            ConditionKind::TotalWithin { condition, total, window } => {
                let slip = self.slip(Fault::Total);
                days::total_within(&marks(condition), length(total), length(window), slip)
            }
            ConditionKind::Bridged(a, d) => days::bridged(&marks(a), length(d), self.slip(Fault::Bridged)),
            ConditionKind::BridgedMonth(a) => days::bridged_month(&marks(a), self.slip(Fault::BridgedMonth)),
            ConditionKind::WholeWeeks(a) => days::whole_weeks(&marks(a), self.slip(Fault::WholeWeeks)),
            ConditionKind::Near(d, anchor) => {
                days::near(&marks(&anchor.condition), length(d), *anchor, self.slip(Fault::Near))
            }
            ConditionKind::KnownOn(a, day) => {
                let known_on = Some(self.date(*day, view));
                self.marks(*a, View { known_on, ..view }).as_ref().clone()
            }
        }
    }

    fn from_days<T>(&self, days: &[T], holds: impl Fn(&T) -> bool) -> Marks {
        Marks::by(self.window, |day| self.window.index(day).is_some_and(|i| holds(&days[i])))
    }
}
