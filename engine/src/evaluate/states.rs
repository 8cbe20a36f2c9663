//! A duty's state on every day, from what decides it: the order of precedence, then the clock.
//!
//! Both evaluators ask here: `T` is a timeline as either of them holds it.

use super::clock::Clock;
use crate::model::DutyState;
use crate::outcome::Due;
use crate::time::{Day, OfDays, Period, Truth};

/// What can decide the state before the clock is asked.
pub(crate) struct Deciders<T> {
    pub(crate) exempt: Vec<T>,
    pub(crate) suspended: Vec<T>,
    pub(crate) in_offer: Vec<T>,
    pub(crate) expired: Vec<T>,
    pub(crate) awaiting: Vec<T>,
}

impl<T> Default for Deciders<T> {
    fn default() -> Self {
        Self {
            exempt: Vec::new(),
            suspended: Vec::new(),
            in_offer: Vec::new(),
            expired: Vec::new(),
            awaiting: Vec::new(),
        }
    }
}

impl<T> Deciders<T> {
    /// Each with the state that it gives, in the order of precedence.
    fn steps(&self) -> [(&[T], DutyState); 5] {
        [
            (&self.exempt, DutyState::Exempt),
            (&self.suspended, DutyState::Suspended),
            (&self.in_offer, DutyState::InOffer),
            (&self.expired, DutyState::MustBeReassessed),
            (&self.awaiting, DutyState::AwaitsAssessment),
        ]
    }

    /// Those that may give this state.
    pub(crate) fn of(&self, state: DutyState) -> &[T] {
        let mut steps = self.steps().into_iter();
        steps
            .find(|(_, given)| *given == state)
            .map_or(&[], |(step, _)| step)
    }
}

/// What is said of some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) days: Period,
    pub(crate) state: DutyState,
    pub(crate) due: Option<Due>,
}

/// The states on the days of `window`, in order. Neighbours may say the same. `edges` is room to
/// work in.
pub(crate) fn states<T: OfDays, U: OfDays>(
    window: Period,
    deciders: &Deciders<T>,
    clock: &Clock<U>,
    edges: &mut Vec<Day>,
    mut say: impl FnMut(Said),
) {
    find_edges(window, deciders, clock, edges);
    for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
        state_between(Period::new(*start, *end), deciders, clock, &mut say);
    }
}

/// Every day of the window on which something may change, and the day after its last.
fn find_edges<T: OfDays, U: OfDays>(
    window: Period,
    deciders: &Deciders<T>,
    clock: &Clock<U>,
    edges: &mut Vec<Day>,
) {
    edges.clear();
    edges.extend([window.start, window.end]);
    for (step, _) in deciders.steps() {
        for decider in step {
            decider.timeline().edges_in(window, edges);
        }
    }
    let restarts = clock.restarts.iter();
    for timeline in restarts.chain([&clock.scope, &clock.counted]) {
        timeline.timeline().edges_in(window, edges);
    }
    edges.sort_unstable();
    edges.dedup();
}

/// The states on days between two edges: one, or one up to the due date and one after.
fn state_between<T: OfDays, U: OfDays>(
    days: Period,
    deciders: &Deciders<T>,
    clock: &Clock<U>,
    say: &mut impl FnMut(Said),
) {
    let day = days.start;
    let mut say_all = |state, due| say(Said { days, state, due });
    let (scope, counted) = (clock.scope.timeline(), clock.counted.timeline());
    match scope.at(day).min(counted.at(day)) {
        Truth::No => return say_all(DutyState::NotCovered, None),
        Truth::Unknown => return say_all(DutyState::Unknown, None),
        Truth::Yes => {}
    }
    let Some(reading) = clock.read(day) else {
        return say_all(DutyState::Unknown, None);
    };
    for (step, state) in deciders.steps() {
        let truths = step.iter().map(|decider| decider.timeline().at(day));
        match truths.max().unwrap_or(Truth::No) {
            Truth::No => {}
            Truth::Unknown => return say_all(DutyState::Unknown, reading.due),
            Truth::Yes => return say_all(state, reading.due),
        }
    }
    match reading.discharged {
        Truth::Yes => say_all(DutyState::Discharged, None),
        Truth::Unknown => say_all(DutyState::Unknown, reading.due),
        Truth::No => by_the_clock(days, reading.due, say),
    }
}

/// Running until the earliest day that can be the last timely one, overdue after the latest.
fn by_the_clock(days: Period, due: Option<Due>, say: &mut impl FnMut(Said)) {
    let Some(bounds) = due else {
        let state = DutyState::DeadlineRunning;
        return say(Said { days, state, due });
    };
    let (open, over) = (bounds.earliest.next(), bounds.latest.next());
    let parts = [
        (Period::new(days.start, open), DutyState::DeadlineRunning),
        (Period::new(open, over), DutyState::Unknown),
        (Period::new(over, Day::END), DutyState::Overdue),
    ];
    for (part, state) in parts {
        let days = part.and(days);
        if !days.is_empty() {
            say(Said { days, state, due });
        }
    }
}
