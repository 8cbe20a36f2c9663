//! The engine held against the oracle: one rule set, one case, every day.

use super::compared::{Compared, Tally};
use super::complete::completions;
use super::days::Window;
use super::generate::day;
use super::judge::{Oracle, subjects};
use super::random::Random;
use super::reach;
use super::say;
use super::world::{Fault, Fill, World};
use hjemmel_engine::case::{Case, End, Start, TableRows};
use hjemmel_engine::evaluate::{Evaluation, subject_name};
use hjemmel_engine::model::{
    AssessmentId, ClassificationId, DutyId, Model, Rule, Subject, TermId, WarningId,
};
use hjemmel_engine::outcome::StateRun;
use hjemmel_engine::time::{Day, Days, Period};
use std::collections::BTreeSet;

/// What is compared, and how much of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// The days that the oracle computes.
    pub(crate) window: Window,
    /// The days that are compared.
    pub(crate) compared: Window,
    /// How many completions of an unknown case, and on how many days each is compared.
    pub(crate) completions: usize,
    pub(crate) days_of_unknown: usize,
}

impl Scope {
    /// Around 2016, with margin for every length that rules are drawn with.
    pub(crate) fn around_2016() -> Self {
        Self {
            window: Window {
                first: day(2015, 6, 1),
                last: day(2017, 6, 30),
            },
            compared: Window {
                first: day(2015, 12, 28),
                last: day(2016, 11, 15),
            },
            completions: 6,
            days_of_unknown: 8,
        }
    }

    /// The days that are compared.
    pub(crate) fn compared_period(self) -> Period {
        Period::inclusive(self.compared.first, self.compared.last)
    }
}

/// A model as drawn, the model that the engine read from its text, and a case.
#[derive(Clone, Copy)]
pub(crate) struct Trial<'a> {
    pub(crate) drawn: &'a Model,
    pub(crate) read: &'a Model,
    pub(crate) case: &'a Case,
    pub(crate) known_on: Option<Day>,
    pub(crate) fault: Option<Fault>,
}

/// A day on which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    pub(crate) subject: String,
    pub(crate) day: Day,
    pub(crate) engine: String,
    pub(crate) oracle: String,
    /// The completion for which the oracle says so.
    pub(crate) world: World,
}

impl Trial<'_> {
    /// Compares every subject on every day.
    pub(crate) fn run(&self, scope: Scope, random: &mut Random) -> Result<Tally, Box<Mismatch>> {
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
    pub(crate) fn against(
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
        let period = scope.compared_period();
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
            self.reaches(scope, &evaluation, &oracles[0][0], random)?;
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
    ) -> Result<(), Box<Mismatch>> {
        for subject in subjects(self.drawn) {
            let span = scope.compared.last.since(scope.compared.first);
            let day = scope.compared.first.plus(random.between(0, span));
            let theirs = in_model(self.drawn, self.read, subject);
            let Some(outcome) = evaluation.judge(theirs, day) else {
                continue;
            };
            reach::agrees(oracle, subject, &outcome, day, scope).map_err(|oracle| {
                let engine = format!("{:?} {:?}", outcome.run.state, outcome.until);
                let subject = subject_name(self.drawn, subject).into();
                Box::new(Mismatch {
                    subject,
                    day,
                    engine,
                    oracle,
                    world: World { tables: Vec::new() },
                })
            })?;
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

/// The case with its tables in the order of the model that was read.
pub(super) fn reordered(drawn: &Model, read: &Model, case: &Case) -> Case {
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
pub(crate) fn report(trial: &Trial, seed: u64, mismatch: &Mismatch) -> String {
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
