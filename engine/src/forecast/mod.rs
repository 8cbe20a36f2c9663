//! What comes if nothing new is registered.
//!
//! The day's rows stand: those that have begun, with the ends they have. No row begins later, and a
//! register that is complete on the day stays so: no row means no. The law is not frozen: on a
//! later day the case is judged by the law of that day, so a law change is news here (other than
//! in [`Outcome::until`](crate::outcome::Outcome::until), which keeps the law of the day).

mod starts;

pub use starts::{Needed, Plan, Target, started};

use crate::case::{Case, Start, TableRows};
use crate::evaluate::Evaluation;
use crate::model::Subject;
use crate::outcome::{State, StateRun};
use crate::time::{Day, Days, Period};
use hjemmel_grammar::syntax::Rhythm;

/// The case as `day` knows it, and with nothing new after it. What rules say of it on days up to
/// `day` is what they say of the case itself.
#[must_use]
pub fn if_nothing_new(case: &Case, day: Day) -> Case {
    let mut still = still_complete(case, day);
    for table in &mut still.tables {
        // A row of unknown first day may have begun.
        table
            .rows
            .retain(|row| !matches!(row.from, Start::On(first) if day < first));
    }
    still
}

/// The case with its rows that begin later too: what is registered already comes true, and nothing
/// else.
#[must_use]
pub fn if_as_registered(case: &Case, day: Day) -> Case {
    still_complete(case, day)
}

fn still_complete(case: &Case, day: Day) -> Case {
    let coming = Days::of(Period::new(day, Day::END));
    let table = |table: &TableRows| TableRows {
        complete: if table.complete.contains(day) {
            table.complete.or(&coming)
        } else {
            table.complete.clone()
        },
        ..table.clone()
    };
    Case {
        id: case.id.clone(),
        tables: case.tables.iter().map(table).collect(),
    }
}

/// The next change of a rule's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first day of the other answer.
    pub on: Day,
    /// The other answer; none if the rule is no longer part of the law.
    pub to: Option<StateRun>,
}

impl Change {
    /// The state that it changes to.
    #[must_use]
    pub fn state(&self) -> Option<&State> {
        self.to.as_ref().map(|run| &run.state)
    }
}

/// The next change of a rule's state after `day`, each day judged by its own law; `None` if there
/// is none. Of a case made by [`if_nothing_new`] it is the day on which its answer changes if
/// nothing new is registered.
#[must_use]
pub fn next_change(evaluation: &Evaluation<'_>, subject: Subject, day: Day) -> Option<Change> {
    let mut now: Option<Option<State>> = None;
    for (days, runs) in evaluation.from(subject, day) {
        let pieces: Vec<(Day, Option<StateRun>)> = if runs.is_empty() {
            vec![(days.start, None)]
        } else {
            runs.into_iter()
                .map(|run| (run.days.start, Some(run)))
                .collect()
        };
        for (on, run) in pieces {
            let state = run.as_ref().map(|run| run.state.clone());
            match &now {
                None => now = Some(state),
                Some(before) if *before != state => {
                    let on_the_day = Period::inclusive(on, on);
                    // Asked again, for then the missing facts are named.
                    let told = evaluation.history(subject, on_the_day).into_iter().next();
                    return Some(Change { on, to: told });
                }
                Some(_) => {}
            }
        }
    }
    None
}

/// The days of a rhythm in a window, rising; without a rhythm every Monday.
#[must_use]
pub fn days_of(rhythm: Option<Rhythm>, window: Period) -> Vec<Day> {
    let all = window.start.number()..window.end.number();
    let counts = |day: &Day| match rhythm.unwrap_or(Rhythm::Weekly(0)) {
        Rhythm::Weekly(weekday) => day.since(day.monday()) == i32::from(weekday),
        Rhythm::Monthly => day.next() == day.next_month(),
    };
    all.map(Day::from_number).filter(counts).collect()
}

#[cfg(test)]
mod tests;
