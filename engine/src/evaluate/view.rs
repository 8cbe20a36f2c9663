//! A case as the days of one epoch see it.

use super::memo::{Kept, SharedMemo, Sight, changes, unchanged};
use crate::case::{Case, End, Row, Start, TableRows};
use crate::model::{
    Bound, ConditionId, Literal, Model, ParameterId, ParameterValue, Rule, Subject, TableId,
    Version,
};
use crate::outcome::StateRun;
use crate::time::{Day, Length, Timeline, Truth};
use std::rc::Rc;

/// A case as the days of one epoch see it: the rows that have begun and were registered, and the
/// law in force. Answers are kept, so that a condition shared by many rules is evaluated once, for all epochs that
/// see the same of what it asks about.
pub struct View<'a> {
    pub(super) model: &'a Model,
    pub(super) case: &'a Case,
    /// Rows that begin after this day do not exist.
    pub(super) begun_by: Day,
    /// The law is what is in force on this day: on the first of the epoch, unless it is pinned.
    law: Day,
    /// Rows registered after this day do not exist.
    pub(super) known_on: Option<Day>,
    /// A decision past its reassessment date still counts: asked to find out what rests on it.
    pub(super) expired_counts: bool,
    memo: SharedMemo,
    kept: Rc<Kept>,
}

impl<'a> View<'a> {
    /// The case as `day` sees it, by the rows registered on or before `known_on`.
    pub(super) fn new(
        model: &'a Model,
        case: &'a Case,
        day: Day,
        known_on: Option<Day>,
        kept: &Rc<Kept>,
    ) -> Self {
        Self {
            model,
            case,
            begun_by: day,
            law: model.law_on(day),
            known_on,
            expired_counts: false,
            memo: kept.memo(model, known_on, false),
            kept: Rc::clone(kept),
        }
    }

    /// The same view with another knowledge date.
    pub(crate) fn with_known_on(&self, known_on: Day) -> Self {
        self.other(Some(known_on), self.expired_counts)
    }

    /// The same view, with decisions past their reassessment date still counting.
    pub(crate) fn if_reassessed(&self) -> Self {
        self.other(self.known_on, true)
    }

    fn other(&self, known_on: Option<Day>, expired_counts: bool) -> Self {
        Self {
            known_on,
            expired_counts,
            memo: self.kept.memo(self.model, known_on, expired_counts),
            kept: Rc::clone(&self.kept),
            ..*self
        }
    }

    /// What the same view says under the law of another day. That day stands fast, so it does not matter how long its law
    /// is in force.
    pub(super) fn by_law_of<T>(&self, law: Day, ask: impl FnOnce(&Self) -> T) -> T {
        let view = Self {
            law,
            memo: Rc::clone(&self.memo),
            kept: Rc::clone(&self.kept),
            ..*self
        };
        let (seen, said) = self.kept.watch(|| ask(&view));
        self.kept.see(Sight {
            law: Sight::ALL.law,
            ..seen
        });
        said
    }

    /// The day whose law is in force.
    pub(crate) fn law(&self) -> Day {
        self.law
    }

    /// What the view says of a condition, for all days.
    #[must_use]
    pub fn timeline(&self, id: ConditionId) -> Rc<Timeline> {
        let known = self.memo.borrow().timeline(id, self.begun_by, self.law);
        if let Some((sight, timeline)) = known {
            self.kept.see(sight);
            return timeline;
        }
        let (sight, timeline) = self.kept.watch(|| Rc::new(self.evaluate(id)));
        self.kept.see(sight);
        let mut memo = self.memo.borrow_mut();
        memo.keep_timeline(id, sight, Rc::clone(&timeline));
        timeline
    }

    /// The states of a rule, in order, over all days (facts still missing are not yet named).
    /// `None` if it has no version in force.
    pub(super) fn runs(&self, subject: Subject) -> Option<Rc<Vec<StateRun>>> {
        let known = self.memo.borrow().runs(subject, self.begun_by, self.law);
        if let Some((sight, states)) = known {
            self.kept.see(sight);
            return states;
        }
        let make = || self.make_runs(subject).map(Rc::new);
        let (sight, states) = self.kept.watch(make);
        self.kept.see(sight);
        let mut memo = self.memo.borrow_mut();
        memo.keep_runs(subject, sight, states.clone());
        states
    }

    /// The rows of a table that exist in the view, or may do so ([`View::known`]).
    pub(crate) fn rows(&self, table: TableId) -> impl Iterator<Item = &'a Row> {
        self.see_table(table);
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

    /// Notes that a table was looked at.
    pub(super) fn see_table(&self, table: TableId) {
        let rows = self.case.tables.get(table.0);
        let changes = rows.into_iter().flat_map(table_changes);
        self.kept.see(Sight {
            begun_by: unchanged(changes, self.begun_by),
            ..Sight::ALL
        });
    }

    /// Notes that something was looked at that the law changes on these days.
    pub(super) fn see_law(&self, changes: impl Iterator<Item = Day>) {
        self.kept.see(Sight {
            law: unchanged(changes, self.law),
            ..Sight::ALL
        });
    }

    /// The version of a rule that is in force.
    pub(crate) fn version<'r, T>(&self, rule: Option<&'r Rule<T>>) -> Option<&'r Version<T>> {
        let rule = rule?;
        self.see_law(changes(rule));
        rule.on(self.law)
    }

    /// The value of a parameter in force.
    pub(crate) fn parameter(&self, id: ParameterId) -> Option<ParameterValue> {
        let rule = self.model.parameters.get(id.0)?;
        let values = rule.versions.iter().flat_map(|it| &it.body.values);
        let periods = values.map(|(validity, _)| validity.period);
        let values = periods.flat_map(|period| [period.start, period.end]);
        self.see_law(changes(rule).chain(values));
        self.model.parameter_on(id, self.law)
    }

    fn see_literal<T>(&self, value: Literal<T>) {
        if let Literal::Parameter(id) = value {
            self.parameter(id);
        }
    }

    /// A length that is written out or a parameter's; `None` if the parameter has none in force.
    pub(crate) fn length(&self, value: Literal<Length>) -> Option<Length> {
        self.see_literal(value);
        self.model.length_on(value, self.law)
    }

    /// A date that is written out or a parameter's.
    pub(crate) fn date(&self, value: Literal<Day>) -> Option<Day> {
        self.see_literal(value);
        self.model.date_on(value, self.law)
    }

    /// What a field is compared with: written out, or a parameter's.
    pub(super) fn bound(&self, value: Literal<Bound>) -> Option<Bound> {
        self.see_literal(value);
        self.model.bound_on(value, self.law)
    }
}

/// The days on which a case comes to know something new from a table.
pub(super) fn table_changes(table: &TableRows) -> impl Iterator<Item = Day> {
    let begun = table
        .rows
        .iter()
        .filter_map(|row| match (row.from, row.to) {
            (Start::On(day), _) => Some(day),
            // A row of unknown start has surely begun on its last day.
            (Start::Unknown, End::On(day)) => Some(day),
            (Start::Unknown, _) => None,
        });
    // From where a register is no longer complete, rows may be missing.
    let open = table.complete.not();
    let open: Vec<Day> = open.runs().iter().map(|run| run.start).collect();
    begun.chain(open)
}
