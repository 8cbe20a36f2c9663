//! A case as the days of one epoch see it.

use super::memo::Memo;
use crate::case::{Case, Row, Start};
use crate::model::{
    ConditionId, Literal, Model, ParameterId, ParameterValue, Rule, Subject, TableId, Version,
};
use crate::outcome::StateRun;
use crate::time::{Day, Length, Timeline, Truth};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A case as the days of one epoch see it: the rows that have begun and were registered, and the
/// law in force. Answers are kept, so that a condition shared by many rules is evaluated once; what
/// is kept is the trace that explanations read.
pub struct View<'a> {
    pub(super) model: &'a Model,
    pub(super) case: &'a Case,
    /// Rows that begin after this day do not exist.
    pub(super) begun_by: Day,
    /// The law is what is in force on this day: on the first of the epoch, unless it is pinned.
    pub(super) law: Day,
    /// Rows registered after this day do not exist.
    pub(super) known_on: Option<Day>,
    /// A decision past its reassessment date still counts: asked to find out what rests on it.
    pub(super) expired_counts: bool,
    memo: RefCell<Memo>,
    runs: RefCell<Runs>,
    if_reassessed: OnceCell<Box<View<'a>>>,
    others: RefCell<Others<'a>>,
}

/// Views of the same day, by law and knowledge date.
type Others<'a> = BTreeMap<(Day, Option<Day>), Rc<View<'a>>>;

/// The states of each rule; `None` if it has no version in force.
type Runs = BTreeMap<Subject, Option<Rc<Vec<StateRun>>>>;

impl<'a> View<'a> {
    /// The case as `day` sees it, by the rows registered on or before `known_on`.
    #[must_use]
    pub fn new(model: &'a Model, case: &'a Case, day: Day, known_on: Option<Day>) -> Self {
        Self {
            model,
            case,
            begun_by: day,
            law: model.law_on(day),
            known_on,
            expired_counts: false,
            memo: RefCell::new(Memo::new(model.conditions.len())),
            runs: RefCell::default(),
            if_reassessed: OnceCell::new(),
            others: RefCell::default(),
        }
    }

    /// The same view with another knowledge date.
    pub(crate) fn with_known_on(&self, known_on: Day) -> Rc<Self> {
        self.other(self.law, Some(known_on))
    }

    /// The same view under the law of another day.
    pub(super) fn with_law(&self, law: Day) -> Rc<Self> {
        self.other(law, self.known_on)
    }

    /// The view of the same day under another law or knowledge date; made once and kept.
    fn other(&self, law: Day, known_on: Option<Day>) -> Rc<Self> {
        if let Some(view) = self.others.borrow().get(&(law, known_on)) {
            return Rc::clone(view);
        }
        let mut view = Self::new(self.model, self.case, self.begun_by, known_on);
        view.law = law;
        view.expired_counts = self.expired_counts;
        let view = Rc::new(view);
        self.others
            .borrow_mut()
            .insert((law, known_on), Rc::clone(&view));
        view
    }

    /// The same view, with decisions past their reassessment date still counting.
    pub(crate) fn if_reassessed(&self) -> &Self {
        self.if_reassessed.get_or_init(|| {
            let mut view = Self::new(self.model, self.case, self.begun_by, self.known_on);
            view.law = self.law;
            view.expired_counts = true;
            Box::new(view)
        })
    }

    /// What the view says of a condition, for all days.
    #[must_use]
    pub fn timeline(&self, id: ConditionId) -> Rc<Timeline> {
        if let Some(known) = self.memo.borrow().get(id) {
            return Rc::clone(known);
        }
        let timeline = Rc::new(self.evaluate(id));
        self.memo.borrow_mut().keep(id, &timeline);
        timeline
    }

    /// Marks the conditions that were asked for, by their ids.
    pub(super) fn mark_asked(&self, asked: &mut [bool]) {
        for id in self.memo.borrow().known() {
            if let Some(asked) = asked.get_mut(id.0) {
                *asked = true;
            }
        }
        if let Some(view) = self.if_reassessed.get() {
            view.mark_asked(asked);
        }
        for view in self.others.borrow().values() {
            view.mark_asked(asked);
        }
    }

    /// The states of a rule, in order, over all days (facts still missing are not yet named).
    /// `None` if it has no version in force.
    pub(super) fn runs(&self, subject: Subject) -> Option<Rc<Vec<StateRun>>> {
        if let Some(known) = self.runs.borrow().get(&subject) {
            return known.clone();
        }
        let runs = self.make_runs(subject).map(Rc::new);
        self.runs.borrow_mut().insert(subject, runs.clone());
        runs
    }

    /// The rows of a table that exist in the view, or may do so ([`View::known`]).
    pub(crate) fn rows(&self, table: TableId) -> impl Iterator<Item = &'a Row> {
        self.case.rows(table).iter().filter(move |row| {
            let begun = match row.from {
                Start::On(day) => day <= self.begun_by,
                Start::Unknown => true,
            };
            begun && self.known(table, row) != Truth::No
        })
    }

    /// Whether a row was registered by the knowledge date.
    pub(super) fn known(&self, table: TableId, row: &Row) -> Truth {
        let Some(known_on) = self.known_on else {
            return Truth::Yes;
        };
        match row.registered {
            Some(registered) => Truth::from(registered <= known_on),
            None => {
                let dated = self
                    .case
                    .tables
                    .get(table.0)
                    .is_some_and(|table| table.dated);
                if dated { Truth::Unknown } else { Truth::Yes }
            }
        }
    }

    /// The version of a rule that is in force.
    pub(super) fn version<'r, T>(&self, rule: Option<&'r Rule<T>>) -> Option<&'r Version<T>> {
        rule.and_then(|rule| rule.on(self.law))
    }

    /// The value of a parameter in force.
    pub(crate) fn parameter(&self, id: ParameterId) -> Option<ParameterValue> {
        self.model.parameter_on(id, self.law)
    }

    /// A length that is written out or a parameter's; `None` if the parameter has none in force.
    pub(crate) fn length(&self, value: Literal<Length>) -> Option<Length> {
        self.model.length_on(value, self.law)
    }

    /// A date that is written out or a parameter's.
    pub(crate) fn date(&self, value: Literal<Day>) -> Option<Day> {
        self.model.date_on(value, self.law)
    }
}
