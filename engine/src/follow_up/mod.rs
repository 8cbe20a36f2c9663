//! Follow-up: which duties of a case ask for something, how urgent it is, and what the rules
//! themselves say can be done.

mod steps;

pub use steps::{Named, Step, Way};

use crate::case::{Case, Start};
use crate::evaluate::Evaluation;
use crate::forecast::{Change, if_as_registered, if_nothing_new, next_change};
use crate::model::{DutyId, DutyState, Model, Subject};
use crate::outcome::{Outcome, State};
use crate::time::{Day, Days, Period};

/// Why a duty is on the list, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// `overskredet`: it is too late already.
    Overdue,
    /// `afventer_skøn`, `skal_revurderes`: nothing can be said before a decision is taken.
    Decision,
    /// It becomes one of these within the days looked ahead, if nothing new is registered.
    Soon,
    /// `ukendt`: a fact is missing.
    Unknown,
}

impl Urgency {
    /// All, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Decision, Self::Soon, Self::Unknown];
}

/// A duty of a case, with what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The duty.
    pub duty: DutyId,
    /// The answer on the day.
    pub outcome: Outcome,
    /// Why it asks for something; none if it does not.
    pub urgency: Option<Urgency>,
    /// The last day to act: the due date (which lies behind where it is overdue), or the day before
    /// the answer changes for the worse. Of an uncertain due date the earliest.
    pub last_day: Option<Day>,
    /// The next change if nothing new is registered.
    pub change: Option<Change>,
    /// The first day, within a year, on which something that is registered to begin fulfils it.
    pub begins: Option<Day>,
    /// What can be done, as the rules say it.
    pub steps: Vec<Step>,
}

/// Those of the `duties` that cover a case on `day`, or may do so, looking `ahead` days ahead; by
/// the rows registered on or before `known_on`.
#[must_use]
pub fn items(
    model: &Model,
    duties: &[DutyId],
    case: &Case,
    (day, known_on): (Day, Option<Day>),
    ahead: i32,
) -> Vec<Item> {
    let still = if_nothing_new(case, day);
    let evaluation = Evaluation::new(model, &still, known_on);
    let horizon = Period::inclusive(day, day.plus(ahead));
    let mut found = Vec::new();
    for duty in duties.iter().copied() {
        let Some(outcome) = evaluation.judge(Subject::Duty(duty), day) else {
            continue;
        };
        if outcome.run.state == State::Duty(DutyState::NotCovered) {
            continue;
        }
        let change = next_change(&evaluation, Subject::Duty(duty), day);
        let urgency = urgency(&outcome, change.as_ref(), horizon);
        let mut item = Item {
            duty,
            last_day: last_day(&outcome, change.as_ref(), urgency, day),
            steps: Vec::new(),
            begins: None,
            outcome,
            urgency,
            change,
        };
        item.steps = steps::of(model, &evaluation, &item, day);
        found.push(item);
    }
    let coming = |item: &Item| matches!(item.urgency, Some(Urgency::Overdue | Urgency::Soon));
    if found.iter().any(coming) {
        begins(model, case, day, known_on, &evaluation, &mut found);
    }
    found
}

fn urgency(outcome: &Outcome, change: Option<&Change>, horizon: Period) -> Option<Urgency> {
    let State::Duty(state) = &outcome.run.state else {
        return None;
    };
    match state {
        DutyState::Overdue => Some(Urgency::Overdue),
        DutyState::AwaitsAssessment | DutyState::MustBeReassessed => Some(Urgency::Decision),
        DutyState::Unknown => Some(Urgency::Unknown),
        _ => {
            // The day before it changes is the last day to act.
            let change = change.filter(|change| horizon.contains(change.on.previous()))?;
            matches!(
                change.state(),
                Some(State::Duty(
                    DutyState::Overdue | DutyState::AwaitsAssessment | DutyState::MustBeReassessed
                ))
            )
            .then_some(Urgency::Soon)
        }
    }
}

fn last_day(
    outcome: &Outcome,
    change: Option<&Change>,
    urgency: Option<Urgency>,
    day: Day,
) -> Option<Day> {
    let due = outcome.run.due.map(|due| due.earliest);
    match urgency? {
        Urgency::Overdue => due,
        Urgency::Soon => change.map(|change| change.on.previous()),
        // A deadline that lies behind is not what the decision or the fact is waited for.
        Urgency::Decision | Urgency::Unknown => due.filter(|due| day <= *due),
    }
}

/// How far ahead something that is registered to begin is looked for: a year.
const BEGINS_WITHIN: i32 = 366;

/// Finds out which of the items are answered by what is registered to begin: the first day on
/// which it fulfils what nothing else fulfils on that day.
fn begins(
    model: &Model,
    case: &Case,
    day: Day,
    known_on: Option<Day>,
    still: &Evaluation<'_>,
    items: &mut [Item],
) {
    let mut rows = case.tables.iter().flat_map(|table| &table.rows);
    if !rows.any(|row| matches!(row.from, Start::On(first) if day < first)) {
        return;
    }
    let registered = if_as_registered(case, day);
    let registered = Evaluation::new(model, &registered, known_on);
    let coming = Period::inclusive(day.next(), day.plus(BEGINS_WITHIN));
    for item in items.iter_mut().filter(|item| item.urgency.is_some()) {
        let fulfilled = |evaluation: &Evaluation<'_>| {
            let states = evaluation.states(Subject::Duty(item.duty), coming);
            let fulfilled = states
                .into_iter()
                .filter(|run| run.state == State::Duty(DutyState::InOffer));
            Days::from_periods(fulfilled.map(|run| run.days).collect())
        };
        let new = fulfilled(&registered).without(&fulfilled(still));
        item.begins = new.runs().first().map(|run| run.start);
    }
}

impl Item {
    /// What the list is sorted by: the urgency; then of what is overdue, awaits a decision or is
    /// unknown how long it has been so, and of what comes how soon. Without a day it comes first.
    /// What is on no list comes last.
    #[must_use]
    pub fn rank(&self) -> (bool, Option<Urgency>, Option<Day>) {
        let day = match self.urgency {
            Some(Urgency::Overdue) => self.last_day.or(self.outcome.since),
            Some(Urgency::Decision | Urgency::Unknown) => self.outcome.since,
            Some(Urgency::Soon) => self.last_day,
            None => self.change.as_ref().map(|change| change.on),
        };
        (self.urgency.is_none(), self.urgency, day)
    }
}

#[cfg(test)]
mod tests;
