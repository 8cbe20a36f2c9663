//! Likely registration errors: the smallest edits to a case's rows that would change a bad answer.
//!
//! Every edit that one slip of a hand explains ([`Slip`], which are data) is made on a copy of the
//! case, and the case is judged again by the rules themselves. What changes the answer to another
//! definite one is a [`Suspect`], with points for how plausible the slip is: those of its kind,
//! fewer for every day further off, and more or fewer where the row as edited looks more or less
//! like the other rows of the extract. A suspect is a question to whoever keeps the register: no
//! answer is ever changed by it.

mod edits;
mod habits;
mod slip;

pub use edits::Change;
pub use slip::{Edge, Slip, Slips, What};

use crate::case::{Case, Row, Source, Start};
use crate::evaluate::{Evaluation, Occasions};
use crate::model::{Model, Subject, TableId};
use crate::outcome::State;
use crate::time::{Day, Period};
use edits::edits;
use habits::{Habits, is_known};

/// A row that may be wrong, the edit that would put it right, and what would follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The kind of slip: a position in [`Slips::kinds`].
    pub slip: usize,
    /// The table of the row.
    pub table: TableId,
    /// Where the row stands.
    pub source: Source,
    /// The edit.
    pub change: Change,
    /// How many days a date is off; 1 for other edits.
    pub size: i32,
    /// How plausible the slip is.
    pub points: Points,
    /// The answer that would follow.
    pub state: State,
}

/// How plausible a slip is, in tenths of a power of ten: ten points more are ten times as
/// plausible. Points compare suspects with each other; they are no probability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// Of the kind of slip.
    pub kind: i32,
    /// For the days that a date is further off than one.
    pub size: i32,
    /// For how usual the weekdays are that the row would begin and end on.
    pub weekday: i32,
    /// For how usual it would be that a row lasts so long.
    pub length: i32,
    /// For how usual the time from the first day to the registration would be.
    pub delay: i32,
}

impl Points {
    /// All of them together.
    #[must_use]
    pub fn total(self) -> i32 {
        let of_slip = self.kind.saturating_add(self.size);
        of_slip
            .saturating_add(self.weekday)
            .saturating_add(self.length)
            .saturating_add(self.delay)
    }
}

/// A question that is asked of many cases: of one rule, on one day.
pub struct Search<'a> {
    model: &'a Model,
    slips: &'a Slips,
    subject: Subject,
    day: Day,
    known_on: Option<Day>,
    occasions: Occasions,
    habits: Habits,
}

impl<'a> Search<'a> {
    /// A search for slips behind the answers of `subject` on `day`, by the rows registered on or
    /// before `known_on` (all, if `None`). `cases` are all of the extract: what is usual is
    /// counted in them.
    #[must_use]
    pub fn new(
        model: &'a Model,
        slips: &'a Slips,
        cases: &[Case],
        subject: Subject,
        day: Day,
        known_on: Option<Day>,
    ) -> Self {
        Self {
            model,
            slips,
            subject,
            day,
            known_on,
            occasions: Occasions::of(model),
            habits: Habits::of(model.tables.len(), cases, known_on),
        }
    }

    /// The answer for a case; `None` if the rule is not part of the law on the day.
    #[must_use]
    pub fn answer(&self, case: &Case) -> Option<State> {
        let evaluation = Evaluation::with(&self.occasions, self.model, case, self.known_on);
        let runs = evaluation.history(self.subject, Period::inclusive(self.day, self.day));
        runs.into_iter().next().map(|run| run.state)
    }

    /// The edits that would give a case another definite answer than `bad`, the most plausible
    /// first; of those that are equally plausible the smallest, and then by place. Of one kind of
    /// slip in one row only the smallest edit that does it.
    #[must_use]
    pub fn suspects(&self, case: &Case, bad: &State) -> Vec<Suspect> {
        let mut found: Vec<Suspect> = Vec::new();
        let mut tried = case.clone();
        for (number, slip) in self.slips.kinds.iter().enumerate() {
            for (at, row) in case.rows(slip.table).iter().enumerate() {
                if self.is_seen(row) {
                    found.extend(self.first(number, slip, (at, row), &mut tried, bad));
                }
            }
        }
        found.sort_by_key(|it| (-i64::from(it.points.total()), it.size, it.source, it.slip));
        let mut kept: Vec<Suspect> = Vec::with_capacity(found.len());
        for suspect in found {
            let same = |other: &Suspect| {
                (other.table, other.source, &other.change)
                    == (suspect.table, suspect.source, &suspect.change)
            };
            // Two slips may explain one edit: the more plausible one stands for both.
            if !kept.iter().any(same) {
                kept.push(suspect);
            }
        }
        kept
    }

    /// Whether the answer can know a row: one that was not registered yet cannot have been wrong.
    fn is_seen(&self, row: &Row) -> bool {
        is_known(row, self.known_on)
    }

    /// The first edit of a row by a kind of slip that changes the answer.
    fn first(
        &self,
        number: usize,
        slip: &Slip,
        (at, row): (usize, &Row),
        tried: &mut Case,
        bad: &State,
    ) -> Option<Suspect> {
        let others: Vec<Day> = tried
            .rows(slip.table)
            .iter()
            .filter(|other| self.is_seen(other))
            .filter_map(|other| match other.from {
                Start::On(day) => Some(day),
                Start::Unknown => None,
            })
            .collect();
        for (change, size) in edits(slip, row, &others, self.day) {
            let edited = change.made_in(row);
            put(tried, slip.table, at, &edited);
            let state = self.answer(tried);
            put(tried, slip.table, at, row);
            let Some(state) = state.filter(|state| state != bad && !state.is_unknown()) else {
                continue;
            };
            let looks = self.habits.compare(slip.table, row, &edited);
            let points = Points {
                kind: slip.points,
                size: slip.per_day.saturating_mul(size.saturating_sub(1)),
                weekday: within(looks.weekday, self.slips.weekday),
                length: within(looks.length, self.slips.length),
                delay: within(looks.delay, self.slips.delay),
            };
            return Some(Suspect {
                slip: number,
                table: slip.table,
                source: row.source,
                change,
                size,
                points,
                state,
            });
        }
        None
    }
}

/// Puts a row in the place of another.
fn put(case: &mut Case, table: TableId, at: usize, row: &Row) {
    let rows = case.tables.get_mut(table.0).map(|table| &mut table.rows);
    if let Some(place) = rows.and_then(|rows| rows.get_mut(at)) {
        place.clone_from(row);
    }
}

fn within(points: i32, most: i32) -> i32 {
    points.clamp(
        most.saturating_abs().saturating_neg(),
        most.saturating_abs(),
    )
}
