//! The engine held against the oracle: one rule set, one case, every day.

use super::complete::completions;
use super::days::Window;
use super::generate::day;
use super::judge::{Answer, Oracle, subjects};
use super::random::Random;
use super::reach;
use super::say;
use super::world::{Fault, Fill, World};
use hjemmel_engine::case::{Case, End, Start, TableRows};
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::model::{
    AssessmentId, ClassificationId, DutyId, DutyState, Model, Rule, Subject, TermId, WarningId,
};
use hjemmel_engine::outcome::{Due, Outcome, State, StateRun};
use hjemmel_engine::time::{Day, Days, Period};
use std::collections::{BTreeMap, BTreeSet};

/// What is compared, and how much of it.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The days that the oracle computes.
    pub window: Window,
    /// The days that are compared.
    pub compared: Window,
    /// How many completions of an unknown case, and on how many days each is compared.
    pub completions: usize,
    pub days_of_unknown: usize,
}

impl Scope {
    /// Around 2016, with margin for every length that rules are drawn with.
    pub fn around_2016() -> Self {
        Self {
            window: Window {
                first: day(2015, 6, 1),
                last: day(2017, 6, 30),
            },
            compared: Window {
                first: day(2015, 12, 28),
                last: day(2016, 11, 15),
            },
            completions: 10,
            days_of_unknown: 12,
        }
    }
}

/// A model as drawn, the model that the engine read from its text, and a case.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    pub drawn: &'a Model,
    pub read: &'a Model,
    pub case: &'a Case,
    pub known_on: Option<Day>,
    pub fault: Option<Fault>,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Days of a case on which every subject was compared.
    pub days: usize,
    /// Answers compared.
    pub answers: usize,
    /// Answers `ukendt` of the engine, and those of them about which all completions agree.
    pub unknown: usize,
    pub needless: usize,
    /// How often each state of a duty was the engine's answer on a day.
    pub states: BTreeMap<String, usize>,
    /// How many histories of a duty there were, and in how many each state occurs.
    pub histories: usize,
    pub seen: BTreeMap<String, usize>,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
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

    fn see(&mut self, runs: &[StateRun]) {
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

/// A day on which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    pub subject: String,
    pub day: Day,
    pub engine: String,
    pub oracle: String,
    /// The completion for which the oracle says so.
    pub world: World,
}

impl Trial<'_> {
    /// Compares every subject on every day.
    pub fn run(&self, scope: Scope, random: &mut Random) -> Result<Tally, Box<Mismatch>> {
        let worlds = match World::known(self.drawn, self.case) {
            Some(world) if self.is_known() => vec![world],
            _ => completions(
                self.drawn,
                self.case,
                scope.window,
                random,
                scope.completions,
            ),
        };
        self.against(scope, &worlds, random)
    }

    /// Whether the case has no unknown fact.
    fn is_known(&self) -> bool {
        let mut tables = self.drawn.tables.iter().zip(&self.case.tables);
        let complete = tables.all(|(table, rows)| rows.complete == Days::all() || table.assessment);
        complete && World::known(self.drawn, self.case).is_some()
    }

    /// Compares with what the oracle says of each of these completions.
    pub fn against(
        &self,
        scope: Scope,
        worlds: &[World],
        random: &mut Random,
    ) -> Result<Tally, Box<Mismatch>> {
        let oracle = |world, fill| {
            Oracle::new(self.drawn, world, scope.window, self.known_on)
                .fill(fill)
                .fault(self.fault)
        };
        let known = self.is_known();
        let oracles: Vec<Vec<_>> = worlds
            .iter()
            .map(|world| Fill::ALL.map(|fill| oracle(world, fill)).into())
            .collect();
        let case = reordered(self.drawn, self.read, self.case);
        let evaluation = Evaluation::new(self.read, &case, self.known_on);
        let period = Period::inclusive(scope.compared.first, scope.compared.last);
        let subjects = subjects(self.drawn);
        let history = |subject: &Subject| {
            evaluation.history(in_model(self.drawn, self.read, *subject), period)
        };
        let histories: Vec<_> = subjects.iter().map(history).collect();
        let days = match known {
            true => scope.compared.days().collect(),
            false => days_of_interest(&case, &histories, scope, random),
        };
        let mut tally = Tally {
            days: days.len(),
            ..Tally::default()
        };
        for (subject, runs) in subjects.into_iter().zip(&histories) {
            tally.see(runs);
            for day in days.iter().copied() {
                let engine = runs.iter().find(|run| run.days.contains(day));
                let compared = Compared {
                    day,
                    engine,
                    known,
                    scope,
                };
                compared
                    .with(subject, &oracles, &mut tally)
                    .map_err(|(world, said)| {
                        Box::new(Mismatch {
                            subject: subject_name(self.drawn, subject).into(),
                            day,
                            engine: engine.map_or("no answer".into(), |run| {
                                format!("{:?} {:?}", run.state, run.due)
                            }),
                            oracle: said,
                            world: worlds[world].clone(),
                        })
                    })?;
            }
        }
        if known {
            self.reaches(scope, &evaluation, &oracles[0][0], random)
                .map_err(|(outcome, said)| {
                    Box::new(Mismatch {
                        subject: subject_name(self.read, outcome.subject).into(),
                        day: outcome.run.days.start,
                        engine: format!("{outcome:?}"),
                        oracle: said,
                        world: worlds[0].clone(),
                    })
                })?;
        }
        Ok(tally)
    }

    /// Compares how far back and on the state of some days reaches.
    fn reaches(
        &self,
        scope: Scope,
        evaluation: &Evaluation,
        oracle: &Oracle,
        random: &mut Random,
    ) -> Result<(), (Outcome, String)> {
        for subject in subjects(self.drawn) {
            let span = scope.compared.last.since(scope.compared.first);
            let today = scope.compared.first.plus(random.between(0, span));
            if let Some(outcome) = evaluation.judge(in_model(self.drawn, self.read, subject), today)
            {
                let ours = Outcome {
                    subject,
                    ..outcome.clone()
                };
                reach::agrees(oracle, &ours, today, scope)
                    .map_err(|said| (outcome, format!("{today}: {said}")))?;
            }
        }
        Ok(())
    }
}

/// Some of the days on which something happens, the day before and the day after, and some others.
fn days_of_interest(
    case: &Case,
    histories: &[Vec<StateRun>],
    scope: Scope,
    random: &mut Random,
) -> Vec<Day> {
    let mut edges = Vec::new();
    for run in histories.iter().flatten() {
        edges.extend([run.days.start, run.days.end]);
        edges.extend(run.due.map(|due| due.earliest));
    }
    for row in case.tables.iter().flat_map(|table| &table.rows) {
        edges.extend(match row.from {
            Start::On(day) => Some(day),
            Start::Unknown => None,
        });
        edges.extend(match row.to {
            End::On(day) => Some(day),
            End::Ongoing | End::Unknown => None,
        });
    }
    let compared = scope.compared;
    let mut days = BTreeSet::new();
    for _ in 0..4 * scope.days_of_unknown {
        let day = match random.below(3) {
            0 => compared
                .first
                .plus(random.between(0, compared.last.since(compared.first))),
            _ if edges.is_empty() => continue,
            _ => edges[random.below(edges.len())].plus(random.between(-1, 1)),
        };
        if days.len() < scope.days_of_unknown && compared.index(day).is_some() {
            days.insert(day);
        }
    }
    days.into_iter().collect()
}

/// The engine's answer of one subject on one day.
pub struct Compared<'r> {
    pub day: Day,
    pub engine: Option<&'r StateRun>,
    /// The case has no unknown fact.
    pub known: bool,
    pub scope: Scope,
}

impl Compared<'_> {
    /// The position of the world in which the oracle differs, and what it says there.
    fn with(
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
    pub fn agrees(&self, answer: Option<&Answer>) -> bool {
        let (Some(engine), Some(answer)) = (self.engine, answer) else {
            return self.engine.is_none() && answer.is_none();
        };
        if engine.state.is_unknown() {
            return !self.known || answer.guessed;
        }
        engine.state == answer.state && self.same_due(engine, answer)
    }

    /// The oracle's due date lies within the engine's bounds; when nothing is unknown, it is the
    /// one due date. (In a spell that ends today the due date may be the old or the new one.)
    fn same_due(&self, engine: &StateRun, answer: &Answer) -> bool {
        use DutyState::{AwaitsAssessment, DeadlineRunning, MustBeReassessed, Overdue};
        let shown = [DeadlineRunning, Overdue, AwaitsAssessment, MustBeReassessed].map(State::Duty);
        if !shown.contains(&engine.state) {
            return true;
        }
        let exact = self.known && !answer.guessed;
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

    pub fn count<'b>(&self, mut answers: impl Iterator<Item = &'b Answer>, tally: &mut Tally) {
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

/// The case with its tables in the order of the model that was read.
fn reordered(drawn: &Model, read: &Model, case: &Case) -> Case {
    let rows = |name: &str| match drawn.table_named(name) {
        Some((id, _)) => case.tables[id.0].clone(),
        None => TableRows::default(),
    };
    Case {
        id: case.id.clone(),
        tables: read.tables.iter().map(|table| rows(&table.name)).collect(),
    }
}

/// The same subject in the model that was read, by its name.
fn in_model(drawn: &Model, read: &Model, subject: Subject) -> Subject {
    fn position<T>(drawn: &[Rule<T>], read: &[Rule<T>], i: usize) -> usize {
        let same = |rule: &Rule<T>| rule.name == drawn[i].name;
        read.iter()
            .position(same)
            .expect("what was printed is read")
    }
    match subject {
        Subject::Duty(DutyId(i)) => Subject::Duty(DutyId(position(&drawn.duties, &read.duties, i))),
        Subject::Classification(ClassificationId(i)) => {
            let at = position(&drawn.classifications, &read.classifications, i);
            Subject::Classification(ClassificationId(at))
        }
        Subject::Term(TermId(i)) => Subject::Term(TermId(position(&drawn.terms, &read.terms, i))),
        Subject::Assessment(AssessmentId(i)) => Subject::Assessment(AssessmentId(position(
            &drawn.assessments,
            &read.assessments,
            i,
        ))),
        Subject::Warning(WarningId(i)) => {
            Subject::Warning(WarningId(position(&drawn.warnings, &read.warnings, i)))
        }
    }
}

/// A message from which the mismatch can be taken up.
pub fn report(trial: &Trial, seed: u64, mismatch: &Mismatch) -> String {
    let Mismatch {
        subject,
        day,
        engine,
        oracle,
        world,
    } = mismatch;
    let text = super::generate::print::rules(trial.drawn);
    let case = say::case(trial.drawn, trial.case);
    format!(
        "seed {seed}: {subject} on {day} (known on {:?})\n engine: {engine}\n oracle: {oracle}\n\
         rules:{text}\nrows:\n{case}{}\n",
        trial.known_on.map(|day| day.to_string()),
        if trial.is_known() {
            String::new()
        } else {
            format!("completion: {:?}", world.tables)
        },
    )
}
