//! The picture of a day: the rows that have begun, the law in force, and every condition in it.
//!
//! A condition is computed for every day of the window, past and future, from the rows that the
//! picture shows; the answer of the day is read off afterwards.

use super::clock::DutyDay;
use super::days::{self, Marks, Window};
use super::law::Classified;
use super::rows::compare;
use super::world::{Fault, Fill, World};
use hjemmel_engine::model::{
    ClassificationId, ConditionId, ConditionKind, DutyId, LengthValue, Model, ParameterValue,
    Table, TableId, TermId,
};
use hjemmel_engine::time::Day;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

/// How a condition is looked at inside a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct View {
    /// The versions and values in force on this day (an `overgang` looks back).
    pub(crate) law: Day,
    /// The rows registered by this day (`kendt pr.`).
    pub(crate) known_on: Option<Day>,
    /// Decisions past their reassessment date still count (to tell `skal_revurderes`).
    pub(crate) lenient: bool,
}

/// For each day of the window the positions of the rows of a table that speak of it.
pub(crate) type Calendar = Vec<Vec<usize>>;

/// What was computed before, and whether it rests on something that was filled in.
type Memo<K, V> = RefCell<HashMap<K, (Rc<V>, bool)>>;

/// Everything a day may know.
pub(crate) struct Picture<'a> {
    pub(crate) model: &'a Model,
    pub(crate) world: &'a World,
    pub(crate) window: Window,
    pub(crate) fill: Fill,
    pub(crate) fault: Option<Fault>,
    /// Rows that begin later do not exist.
    pub(crate) begun_by: Day,
    /// How often something had to be filled in.
    guesses: Cell<usize>,
    conditions: Memo<(ConditionId, View), Marks>,
    terms: Memo<(TermId, View), Marks>,
    classifications: Memo<(ClassificationId, View), Option<Classified>>,
    duties: Memo<(DutyId, View), Vec<DutyDay>>,
    calendars: Memo<(TableId, Option<Day>), Calendar>,
}

impl<'a> Picture<'a> {
    pub(crate) fn new(
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
            conditions: Memo::default(),
            terms: Memo::default(),
            classifications: Memo::default(),
            duties: Memo::default(),
            calendars: Memo::default(),
        }
    }

    /// 1 where this fault is planted, else 0.
    pub(crate) fn slip(&self, fault: Fault) -> i32 {
        i32::from(self.fault == Some(fault))
    }

    /// The value of `compute`, and whether it rests on something that was filled in.
    pub(crate) fn guessing<T>(&self, compute: impl FnOnce() -> T) -> (T, bool) {
        let before = self.guesses.get();
        let value = compute();
        (value, self.guesses.get() > before)
    }

    pub(crate) fn guess(&self) {
        self.guesses.set(self.guesses.get() + 1);
    }

    fn remember<K: Hash + Eq, V>(
        &self,
        memo: &Memo<K, V>,
        key: K,
        compute: impl FnOnce() -> V,
    ) -> Rc<V> {
        let found = memo.borrow().get(&key).cloned();
        let entry = found.unwrap_or_else(|| {
            let (value, guessed) = self.guessing(|| Rc::new(compute()));
            memo.borrow_mut().insert(key, (Rc::clone(&value), guessed));
            (value, guessed)
        });
        if entry.1 {
            self.guess();
        }
        entry.0
    }

    /// What `rule` (by a number of its own) says where it says nothing.
    pub(crate) fn hole(&self, rule: usize) -> Marks {
        self.guess();
        Marks::by(self.window, |day| self.fill.pick(rule, day, 2) == 1)
    }

    /// The condition on every day of the window.
    pub(crate) fn marks(&self, id: ConditionId, view: View) -> Rc<Marks> {
        self.remember(&self.conditions, (id, view), || self.compute(id, view))
    }

    /// The rows of a table on every day of the window, by those registered by `known_on`.
    pub(crate) fn calendar(&self, table: TableId, known_on: Option<Day>) -> Rc<Calendar> {
        self.remember(&self.calendars, (table, known_on), || {
            self.rows_by_day(table, known_on)
        })
    }

    /// The term on every day of the window.
    pub(crate) fn term(&self, id: TermId, view: View) -> Rc<Marks> {
        self.remember(&self.terms, (id, view), || self.term_marks(id, view))
    }

    /// The branch on every day of the window; `None` if no version is in force.
    pub(crate) fn classified(&self, id: ClassificationId, view: View) -> Rc<Option<Classified>> {
        self.remember(&self.classifications, (id, view), || {
            self.branches(id, view)
        })
    }

    /// The duty on every day of the window; `None` if no version is in force.
    pub(crate) fn duty(&self, id: DutyId, view: View) -> Option<Rc<Vec<DutyDay>>> {
        let duty = &self.model.duties[id.0].on(view.law)?.body;
        Some(self.remember(&self.duties, (id, view), || {
            super::clock::run(self, id, duty, view)
        }))
    }

    fn compute(&self, id: ConditionId, view: View) -> Marks {
        let marks = |id: &ConditionId| self.marks(*id, view);
        let length = |value: &LengthValue| self.length(*value, view);
        let by = |holds: &dyn Fn(Day) -> bool| Marks::by(self.window, holds);
        let all = |parts: &[ConditionId], holds: &dyn Fn(&[bool]) -> bool| {
            let parts: Vec<_> = parts.iter().map(marks).collect();
            Marks::of(&parts, self.window, holds)
        };
        match &self.model.condition(id).kind {
            ConditionKind::Unreadable => self.hole(id.0),
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => {
                let rows = self.rows(*table, view, |row| self.meets(row, filter, view));
                durations.iter().fold(rows.clone(), |all, test| {
                    let d = length(&test.length);
                    let slip = self.slip(Fault::Duration);
                    let passes =
                        |first, after| compare(test.order, &after, &d.after(first).plus(slip));
                    let spells = days::spells_where(&rows, passes);
                    by(&|t| all.on(t) && spells.on(t))
                })
            }
            ConditionKind::Age {
                table,
                field,
                order,
                years,
            } => self.age(*table, *field, (*order, *years), view),
            ConditionKind::Term(term) => self.term(*term, view).as_ref().clone(),
            ConditionKind::Assessed { assessment, filter } => {
                self.decided(*assessment, filter, view, |decision| {
                    decision == Table::DECIDED_YES
                })
                .0
            }
            ConditionKind::DutyIs(duty, states) => match self.duty(*duty, view) {
                Some(days) => self.by_day(&days, |day| states.contains(&day.state)),
                None => self.hole(id.0),
            },
            ConditionKind::ClassifiedAs(rule, states) => {
                match self.classified(*rule, view).as_ref() {
                    Some(days) => self.by_day(days, |day| {
                        day.as_ref().is_some_and(|name| states.contains(name))
                    }),
                    None => self.hole(id.0),
                }
            }
            ConditionKind::Parameter(parameter) => match self.parameter(*parameter, view) {
                ParameterValue::YesNo(holds) => by(&|_| holds),
                _ => self.hole(id.0),
            },
            ConditionKind::All(parts) => all(parts, &|on| !on.contains(&false)),
            ConditionKind::Any(parts) => all(parts, &|on| on.contains(&true)),
            ConditionKind::AtLeast(n, parts) => all(parts, &|on| {
                on.iter().filter(|holds| **holds).count() >= *n as usize
            }),
            ConditionKind::Not(a) => all(&[*a], &|on| !on[0]),
            ConditionKind::Except { base, exceptions } => {
                let mut whens: Vec<_> = exceptions.iter().map(|e| (e.when, e.holds)).collect();
                if self.fault == Some(Fault::FirstException) {
                    whens.reverse();
                }
                let mut parts = vec![*base];
                parts.extend(whens.iter().map(|(when, _)| *when));
                // The last exception that holds decides, else the base.
                all(
                    &parts,
                    &|on| match on[1..].iter().rposition(|holds| *holds) {
                        Some(i) => whens[i].1,
                        None => on[0],
                    },
                )
            }
            ConditionKind::HeldFor(a, d) => {
                days::held_for(&marks(a), length(d), self.slip(Fault::HeldFor))
            }
            ConditionKind::Within(a, d) => {
                days::within(&marks(a), length(d), self.slip(Fault::Within))
            }
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                let slip = self.slip(Fault::Total);
                days::total_within(&marks(condition), length(total), length(window), slip)
            }
            ConditionKind::Bridged(a, d) => {
                days::bridged(&marks(a), length(d), self.slip(Fault::Bridged))
            }
            ConditionKind::BridgedMonth(a) => {
                days::bridged_month(&marks(a), self.slip(Fault::BridgedMonth))
            }
            ConditionKind::WholeWeeks(a) => {
                days::whole_weeks(&marks(a), self.slip(Fault::WholeWeeks))
            }
            ConditionKind::Near(d, anchor) => days::near(
                &marks(&anchor.condition),
                length(d),
                *anchor,
                self.slip(Fault::Near),
            ),
            ConditionKind::KnownOn(a, day) => {
                let known_on = Some(self.date(*day, view));
                self.marks(*a, View { known_on, ..view }).as_ref().clone()
            }
        }
    }

    fn by_day<T>(&self, days: &[T], holds: impl Fn(&T) -> bool) -> Marks {
        Marks::by(self.window, |day| {
            self.window.index(day).is_some_and(|i| holds(&days[i]))
        })
    }
}
