//! One answer of the engine against the oracle's, and the tally of them.

use super::differ::Scope;
use super::judge::{Answer, Oracle};
use hjemmel_engine::model::{DutyState, Subject};
use hjemmel_engine::outcome::{Due, State, StateRun};
use hjemmel_engine::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// What was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Days of a case on which every subject was compared.
    pub(crate) days: usize,
    /// Answers compared.
    pub(crate) answers: usize,
    /// Answers `ukendt` of the engine, and those of them about which all completions agree.
    pub(crate) unknown: usize,
    pub(crate) needless: usize,
    /// How often each state of a duty was the engine's answer on a day.
    pub(crate) states: BTreeMap<String, usize>,
    /// How many histories of a duty there were, and in how many each state occurs.
    pub(crate) histories: usize,
    pub(crate) seen: BTreeMap<String, usize>,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.days += other.days;
        self.answers += other.answers;
        self.unknown += other.unknown;
        self.needless += other.needless;
        self.histories += other.histories;
        for (ours, theirs) in [
            (&mut self.states, other.states),
            (&mut self.seen, other.seen),
        ] {
            for (state, count) in theirs {
                *ours.entry(state).or_default() += count;
            }
        }
    }

    pub(crate) fn see(&mut self, runs: &[StateRun]) {
        let duties = runs
            .iter()
            .filter(|run| matches!(run.state, State::Duty(_)));
        let states: BTreeSet<_> = duties.map(|run| run.state.name().to_string()).collect();
        self.histories += usize::from(!states.is_empty());
        for state in states {
            *self.seen.entry(state).or_default() += 1;
        }
    }
}

/// The engine's answer of one subject on one day.
pub(crate) struct Compared<'r> {
    pub(crate) day: Day,
    pub(crate) engine: Option<&'r StateRun>,
    /// The case has no unknown fact.
    pub(crate) known: bool,
    pub(crate) scope: Scope,
}

impl Compared<'_> {
    /// The position of the world in which the oracle differs, and what it says there.
    pub(crate) fn with(
        &self,
        subject: Subject,
        oracles: &[Vec<Oracle>],
        tally: &mut Tally,
    ) -> Result<(), (usize, String)> {
        let mut answers: Vec<Answer> = Vec::new();
        for (world, fills) in oracles.iter().enumerate() {
            for oracle in fills {
                let answer = oracle.judge(subject, self.day);
                if !self.agrees(answer.as_ref()) {
                    return Err((world, format!("{answer:?}")));
                }
                // Nothing was filled in: the others would say the same.
                let last = !answer.as_ref().is_some_and(|answer| answer.guessed);
                answers.extend(answer);
                if last {
                    break;
                }
            }
        }
        self.count(answers.iter(), tally);
        Ok(())
    }

    /// Whether the engine's answer allows this answer of the oracle (`None`: not part of the law).
    pub(crate) fn agrees(&self, answer: Option<&Answer>) -> bool {
        let (Some(engine), Some(answer)) = (self.engine, answer) else {
            return self.engine.is_none() && answer.is_none();
        };
        if engine.state.is_unknown() {
            return !self.known || answer.guessed;
        }
        engine.state == answer.state && self.same_due(engine, answer)
    }

    /// The oracle's due date lies within the engine's bounds; when nothing is unknown, it is the
    /// one due date.
    fn same_due(&self, engine: &StateRun, answer: &Answer) -> bool {
        use DutyState::{DeadlineRunning, Discharged, InOffer, NotCovered, Overdue};
        let exact = self.known && !answer.guessed;
        match engine.state {
            State::Duty(DeadlineRunning | Overdue) => {}
            // What is shown beside these states is not settled by the reference.
            State::Duty(NotCovered | InOffer | Discharged) => return true,
            // In the others only a due date that both give and know for certain.
            State::Duty(_)
                if exact && !answer.turning && engine.due.is_some() && answer.due.is_some() => {}
            _ => return true,
        }
        // An exemption whose end lies beyond the window has none in the oracle's eyes.
        let beyond = engine
            .due
            .is_some_and(|due| self.scope.window.last < due.earliest);
        if beyond && engine.state == State::Duty(DutyState::Exempt) {
            return true;
        }
        match (engine.due, answer.due.filter(|due| !self.is_far(*due))) {
            (Some(Due { earliest, latest }), Some(due)) => {
                (!exact || earliest == latest) && earliest <= due && due <= latest
            }
            (None, Some(_)) => !exact,
            // Long ago, or never: the window of the oracle does not tell exactly when.
            (Some(due), None) => !exact || self.is_far(due.earliest) || self.is_far(due.latest),
            (None, None) => true,
        }
    }

    fn is_far(&self, due: Day) -> bool {
        due < self.scope.compared.first.plus(-27) || due > self.scope.window.last.plus(-10)
    }

    pub(crate) fn count<'b>(
        &self,
        mut answers: impl Iterator<Item = &'b Answer>,
        tally: &mut Tally,
    ) {
        tally.answers += 1;
        let (Some(engine), Some(first)) = (self.engine, answers.next()) else {
            return;
        };
        if let State::Duty(state) = engine.state {
            *tally.states.entry(state.name().into()).or_default() += 1;
        }
        if engine.state.is_unknown() {
            tally.unknown += 1;
            let agree =
                !first.state.is_unknown() && answers.all(|answer| answer.state == first.state);
            tally.needless += usize::from(agree);
        }
    }
}
