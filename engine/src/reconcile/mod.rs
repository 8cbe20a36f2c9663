//! Why one person counts in one extract and not in another of the same population.
//!
//! The answer is tried out: what differs between the two pictures of a person is made alike, one
//! difference at a time, and the engine is asked again. A difference is a reason if making it alike
//! alone gives the other extract the answer of the first; where it takes several, they are the
//! fewest that are found. What they are called follows from the rows ([`Kind`]).

mod differences;
mod kinds;

use crate::case::{Case, Source};
use crate::evaluate::Evaluation;
use crate::measure::{Contribution, contribution};
use crate::model::{MeasureId, Model, TableId};
use crate::time::{Day, Period, Truth};
use differences::Change;
use std::collections::BTreeMap;

/// Where a person stands in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Counted.
    Counted,
    /// In the denominator alone.
    NotCounted,
    /// In neither; or the extract does not have the person.
    Outside,
    /// It is not known.
    Unknown,
}

impl Standing {
    /// The standing of what a case adds; outside where the measure is not in force.
    #[must_use]
    pub fn of(contribution: Option<&Contribution>) -> Self {
        match contribution.map(|added| (added.out_of, added.counted)) {
            Some((Truth::Yes, Truth::Yes)) => Self::Counted,
            Some((Truth::Yes, Truth::No)) => Self::NotCounted,
            None | Some((Truth::No, _)) => Self::Outside,
            Some(_) => Self::Unknown,
        }
    }
}

/// An extract's picture of a person, and the measure that it is counted by.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The person's rows; none if the extract does not have the person.
    pub case: Option<&'a Case>,
    /// The measure.
    pub measure: MeasureId,
    /// Only what was registered by this day counts.
    pub known_on: Option<Day>,
    /// The day the extract was made.
    pub drawn: Option<Day>,
    /// Of an extract with one code for each week the person's, by the Mondays of the weeks.
    pub codes: Option<&'a BTreeMap<Day, String>>,
}

impl Side<'_> {
    /// Where the person stands on a day.
    #[must_use]
    pub fn standing(&self, model: &Model, day: Day) -> Standing {
        let Some(case) = self.case else {
            return Standing::Outside;
        };
        let evaluation = Evaluation::new(model, case, self.known_on);
        Standing::of(contribution(model, &evaluation, self.measure, day).as_ref())
    }
}

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The first extract does not have the person.
    MissingInFirst,
    /// The second does not.
    MissingInSecond,
    /// The measures say different things of the same rows.
    Definition,
    /// A row was registered after the other extract was made.
    RegisteredLater,
    /// A week has the code of something else, which the rules' tables do not hold.
    Overwritten,
    /// A row of the same days says something else, as that an offer was cancelled.
    OtherValues,
    /// Days of a week that one of them counts whole.
    WholeWeeks,
    /// The same row on other days.
    Shifted,
    /// The row is missing in the first extract.
    RowMissingInFirst,
    /// In the second.
    RowMissingInSecond,
    /// A table, or some of its fields or days, that one of them does not have.
    NotCovered,
    /// Nothing that was compared explains it.
    Unexplained,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::MissingInFirst,
        Self::MissingInSecond,
        Self::Definition,
        Self::RegisteredLater,
        Self::Overwritten,
        Self::OtherValues,
        Self::WholeWeeks,
        Self::Shifted,
        Self::RowMissingInFirst,
        Self::RowMissingInSecond,
        Self::NotCovered,
        Self::Unexplained,
    ];
}

/// A difference that makes the answers different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its kind.
    pub kind: Kind,
    /// The table, if it is about rows.
    pub table: Option<TableId>,
    /// The days that differ.
    pub days: Option<Period>,
    /// The field whose values differ ([`Kind::OtherValues`]): its position, and the value in each.
    pub field: Option<(usize, [String; 2])>,
    /// The code that stands in the place of another ([`Kind::Overwritten`]).
    pub code: Option<String>,
    /// By how many days the second's row is later ([`Kind::Shifted`]).
    pub shift: Option<i32>,
    /// The rows of the first extract that it is about.
    pub first: Vec<Source>,
    /// Those of the second.
    pub second: Vec<Source>,
}

impl Reason {
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            table: None,
            days: None,
            field: None,
            code: None,
            shift: None,
            first: Vec::new(),
            second: Vec::new(),
        }
    }
}

/// Why a person stands in one place in the first extract and in another in the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The reasons; the first is the main one.
    pub reasons: Vec<Reason>,
    /// Each of them would do alone; else it takes all of them together.
    pub each_alone: bool,
}

/// Explains a difference. `None` if both stand in the same place.
#[must_use]
pub fn explain(model: &Model, day: Day, first: &Side<'_>, second: &Side<'_>) -> Option<Explained> {
    let wanted = first.standing(model, day);
    if wanted == second.standing(model, day) {
        return None;
    }
    let (Some(mine), Some(theirs)) = (first.case, second.case) else {
        let kind = match first.case {
            None => Kind::MissingInFirst,
            Some(_) => Kind::MissingInSecond,
        };
        return Some(Explained {
            reasons: vec![Reason::of(kind)],
            each_alone: true,
        });
    };
    let trial = Trial {
        model,
        day,
        wanted,
        measures: [first.measure, second.measure],
        first: differences::known(mine, first.known_on),
        second: differences::known(theirs, second.known_on),
    };
    let found = trial.search();
    let reasons = found.changes.iter().map(|change| match change {
        Change::Definition => Reason::of(Kind::Definition),
        Change::Rows(patch) => {
            kinds::of(model, &trial.first, &trial.second, patch, [first, second])
        }
        Change::Table(table) => Reason {
            table: Some(*table),
            ..Reason::of(Kind::NotCovered)
        },
    });
    let mut reasons: Vec<Reason> = reasons.collect();
    reasons.sort_by_key(|reason| reason.kind);
    if reasons.is_empty() {
        reasons.push(Reason::of(Kind::Unexplained));
    }
    Some(Explained {
        reasons,
        each_alone: found.each_alone,
    })
}

/// The second extract's picture of a person, to be made more like the first's.
struct Trial<'m> {
    model: &'m Model,
    day: Day,
    /// Where the person stands in the first.
    wanted: Standing,
    measures: [MeasureId; 2],
    first: Case,
    second: Case,
}

/// What was found.
struct Found {
    changes: Vec<Change>,
    each_alone: bool,
}

impl Trial<'_> {
    /// Whether these changes give the second the answer of the first.
    fn does(&self, changes: &[&Change]) -> bool {
        let mut case = self.second.clone();
        let mut measure = self.measures[1];
        for change in changes {
            match change {
                Change::Definition => measure = self.measures[0],
                Change::Rows(patch) => differences::apply(patch, &self.first, &mut case),
                Change::Table(table) => differences::take_table(*table, &self.first, &mut case),
            }
        }
        let evaluation = Evaluation::new(self.model, &case, None);
        let added = contribution(self.model, &evaluation, measure, self.day);
        Standing::of(added.as_ref()) == self.wanted
    }

    /// One change that does alone, else the fewest that do together; first of rows, then of whole
    /// tables, which say less.
    fn search(&self) -> Found {
        let rows = differences::between(self.model, &self.first, &self.second);
        let defined = (self.measures[0] != self.measures[1]).then_some(Change::Definition);
        let mut changes: Vec<Change> = defined.into_iter().collect();
        changes.extend(rows.into_iter().map(Change::Rows));
        let tables = (0..self.model.tables.len()).map(TableId);
        let tables: Vec<Change> = tables.map(Change::Table).collect();
        let all: Vec<Change> = changes.iter().chain(&tables).cloned().collect();
        let alone = |changes: &[Change]| -> Vec<Change> {
            let does = changes.iter().filter(|change| self.does(&[change]));
            does.cloned().collect()
        };
        let steps: [(bool, &dyn Fn() -> Vec<Change>); 4] = [
            (true, &|| alone(&changes)),
            (false, &|| self.fewest(&changes)),
            (true, &|| alone(&tables)),
            (false, &|| self.fewest(&all)),
        ];
        for (each_alone, step) in steps {
            let changes = step();
            if !changes.is_empty() {
                return Found {
                    changes,
                    each_alone,
                };
            }
        }
        Found {
            changes: Vec::new(),
            each_alone: true,
        }
    }

    /// Changes of which none can be left out; none if all together do not do.
    fn fewest(&self, changes: &[Change]) -> Vec<Change> {
        let mut needed: Vec<&Change> = changes.iter().collect();
        if !self.does(&needed) {
            return Vec::new();
        }
        for change in changes.iter().rev() {
            let without: Vec<&Change> = needed
                .iter()
                .copied()
                .filter(|kept| !std::ptr::eq(*kept, change))
                .collect();
            if self.does(&without) {
                needed = without;
            }
        }
        needed.into_iter().cloned().collect()
    }
}
