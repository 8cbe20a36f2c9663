//! Old state by new state: every case judged by both rule sets, in columns.

use crate::exit::{Exit, Failure};
use crate::judged;
use hjemmel_engine::case::Case;
use hjemmel_engine::columns::{Batch, ColumnsError};
use hjemmel_engine::compare::{Pair, Projection, stretches};
use hjemmel_engine::evaluate::subjects;
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{DutyState, Model, Subject};
use hjemmel_engine::outcome::{Due, State};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::Period;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many cases are judged at a time.
const CHUNK: usize = 2048;

/// What is asked of both rule sets.
pub(crate) struct Asked<'a> {
    pub(crate) old: &'a Model,
    pub(crate) new: &'a Model,
    /// How cases become those of each rule set; none where both read the same tables.
    pub(crate) projections: Option<[Projection; 2]>,
    pub(crate) pairs: &'a [Pair],
    pub(crate) question: Question,
}

/// The states that an old and a new answer have; `None` where the rule is not part of the law.
type Codes = (Option<u16>, Option<u16>);

/// How many there are of an old state with a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Persons who have both on some day.
    pub(crate) persons: u64,
    /// Days of persons.
    pub(crate) days: u64,
    /// Of the persons those whose due date differs while the state is the same.
    pub(crate) other_due: u64,
}

/// A rule of both, crossed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crossed {
    pub(crate) cells: BTreeMap<(Option<State>, Option<State>), Cell>,
    /// Persons whose answer differs on some day.
    pub(crate) persons: u64,
    /// Days of persons on which it does.
    pub(crate) days: u64,
}

/// A person whose answer differs: days on which each rule set says one thing.
pub(crate) struct Differing {
    /// The position of the case in the extract.
    pub(crate) case: usize,
    /// The position of the rule among the pairs.
    pub(crate) pair: usize,
    pub(crate) stretches: Vec<(Period, Answered, Answered)>,
}

/// A state and a due date; `None` where the rule is not part of the law.
pub(crate) type Answered = Option<(State, Option<Due>)>;

/// Whether two answers are different ones: another state, or another due date while it runs or after
/// it. Of a rule that is part of the law on one side alone, a duty that covers the person there: a
/// remark or a state for a statistic that is no longer given is no other answer.
pub(crate) fn differs(old: &Answered, new: &Answered) -> bool {
    match (old, new) {
        (None, None) => false,
        (Some((state, _)), None) | (None, Some((state, _))) => {
            matches!(state, State::Duty(state) if *state != DutyState::NotCovered)
        }
        (Some((old, was)), Some((new, is))) => {
            let clocked = [DutyState::DeadlineRunning, DutyState::Overdue].map(State::Duty);
            old != new || (clocked.contains(new) && was != is)
        }
    }
}

/// What came of some cases.
#[derive(Default)]
struct Part {
    cells: Vec<BTreeMap<Codes, Cell>>,
    sums: Vec<(u64, u64)>,
    /// For each side, rule and state the days, judged alone.
    alone: [Vec<BTreeMap<u16, u64>>; 2],
    states: [Vec<Arc<[State]>>; 2],
    differing: Vec<Differing>,
}

struct Judge<'a> {
    asked: &'a Asked<'a>,
    /// Of each pair, its positions among the rules of each side.
    at: Vec<[Option<usize>; 2]>,
    alone: [Plan; 2],
    /// Both together, where they read the same tables.
    joint: Option<Plan>,
}

/// Judges all cases by both rule sets together and by each alone, and crosses the answers.
pub(crate) fn cross(
    asked: &Asked<'_>,
    cases: &[Case],
) -> Result<(Vec<Crossed>, Vec<Differing>), Failure> {
    let judge = Judge::new(asked)?;
    let starts: Vec<usize> = (0..cases.len()).step_by(CHUNK).collect();
    let parts = judged::each(&starts, |start| {
        let end = cases.len().min(start.saturating_add(CHUNK));
        judge.chunk(*start, cases.get(*start..end).unwrap_or_default())
    });
    let mut whole = Part::default();
    for part in parts {
        whole.add(part.map_err(|_| crate::bug())?);
    }
    judge.balance(&whole)?;
    let crossed = judge.named(&whole);
    Ok((crossed, whole.differing))
}

impl<'a> Judge<'a> {
    fn new(asked: &'a Asked<'a>) -> Result<Self, Failure> {
        let (old, new) = (subjects(asked.old), subjects(asked.new));
        let position =
            |all: &[Subject], one: Option<Subject>| all.iter().position(|it| Some(*it) == one);
        let at = asked.pairs.iter();
        let at = at.map(|pair| [position(&old, pair.old), position(&new, pair.new)]);
        let joint = match asked.projections {
            Some(_) => None,
            None => {
                let plan = Plan::new(asked.old, &old, asked.question);
                Some(plan.beside(asked.new, &new).map_err(|_| crate::bug())?)
            }
        };
        Ok(Self {
            at: at.collect(),
            alone: [
                Plan::new(asked.old, &old, asked.question),
                Plan::new(asked.new, &new, asked.question),
            ],
            joint,
            asked,
        })
    }

    /// The cases as one side reads them.
    fn read<'c>(&self, side: usize, cases: &'c [Case]) -> Cow<'c, [Case]> {
        let projections = self.asked.projections.as_ref();
        match projections.and_then(|both| both.get(side)) {
            Some(projection) => cases.iter().map(|case| projection.case(case)).collect(),
            None => Cow::Borrowed(cases),
        }
    }

    fn chunk(&self, first: usize, cases: &[Case]) -> Result<Part, ColumnsError> {
        let [old, new] = [(self.asked.old, 0), (self.asked.new, 1)]
            .map(|(model, side)| Batch::from_cases(model, &self.read(side, cases)));
        let (old, new) = (old?, new?);
        let alone = [(&self.alone[0], &old), (&self.alone[1], &new)];
        let alone = alone.map(|(plan, batch)| plan.answer(batch));
        let joint = self.joint.as_ref().map(|plan| plan.answer(&old));
        let split = alone.first().map_or(0, Vec::len);
        let (was, is) = match &joint {
            Some(both) => both.split_at_checked(split).unwrap_or_default(),
            None => (alone[0].as_slice(), alone[1].as_slice()),
        };
        let mut part = Part {
            alone: [sums(&alone[0]), sums(&alone[1])],
            states: [states(&alone[0]), states(&alone[1])],
            ..Part::default()
        };
        for (pair, [in_old, in_new]) in self.at.iter().enumerate() {
            let old = in_old.and_then(|at| was.get(at));
            let new = in_new.and_then(|at| is.get(at));
            let crossing = Crossing {
                pair,
                first,
                old,
                new,
            };
            crossing.cases(cases.len(), &mut part);
        }
        Ok(part)
    }

    /// The margins of what was crossed are what each rule set says alone.
    fn balance(&self, whole: &Part) -> Result<(), Failure> {
        for ((pair, at), cells) in self.asked.pairs.iter().zip(&self.at).zip(&whole.cells) {
            let sides = at.iter().zip(&whole.alone).enumerate();
            for (side, (at, alone)) in sides {
                let mut margin: BTreeMap<u16, u64> = BTreeMap::new();
                for ((old, new), cell) in cells {
                    if let Some(code) = if side == 0 { old } else { new } {
                        let days = margin.entry(*code).or_default();
                        *days = days.saturating_add(cell.days);
                    }
                }
                let alone = at.and_then(|at| alone.get(at));
                if alone.is_some_and(|alone| *alone != margin) {
                    return Err(unbalanced(&pair.name));
                }
            }
        }
        Ok(())
    }

    fn named(&self, whole: &Part) -> Vec<Crossed> {
        let cells = whole.cells.iter().zip(&whole.sums).zip(&self.at);
        let crossed = cells.map(|((cells, (persons, days)), at)| {
            let state = |side: usize, code: Option<u16>| -> Option<State> {
                let states = whole.states.get(side)?.get((*at.get(side)?)?)?;
                states.get(usize::from(code?)).cloned()
            };
            let cells = cells.iter();
            let cells = cells.map(|((old, new), cell)| ((state(0, *old), state(1, *new)), *cell));
            Crossed {
                cells: cells.collect(),
                persons: *persons,
                days: *days,
            }
        });
        crossed.collect()
    }
}

/// One rule of both, about some cases.
struct Crossing<'h> {
    pair: usize,
    /// The position of the first of the cases.
    first: usize,
    old: Option<&'h Histories>,
    new: Option<&'h Histories>,
}

impl Crossing<'_> {
    fn cases(&self, cases: usize, part: &mut Part) {
        let mut cells: BTreeMap<Codes, Cell> = BTreeMap::new();
        let (mut persons, mut days) = (0_u64, 0_u64);
        for case in 0..cases {
            let both = stretches(self.old.map(|it| (it, case)), self.new.map(|it| (it, case)));
            let mut mine: BTreeMap<Codes, Cell> = BTreeMap::new();
            let mut differing = Vec::new();
            for stretch in both {
                let codes = (
                    stretch.old.map(|answer| answer.state),
                    stretch.new.map(|answer| answer.state),
                );
                let (old, new) = (
                    answered(self.old, &stretch.old),
                    answered(self.new, &stretch.new),
                );
                let length = u64::try_from(stretch.days.end.since(stretch.days.start)).unwrap_or(0);
                let cell = mine.entry(codes).or_default();
                cell.persons = 1;
                cell.days = cell.days.saturating_add(length);
                if differs(&old, &new) {
                    let state = |it: &Answered| it.as_ref().map(|(state, _)| state.clone());
                    if state(&old) == state(&new) {
                        cell.other_due = 1;
                    }
                    days = days.saturating_add(length);
                    differing.push((stretch.days, old, new));
                }
            }
            for (codes, cell) in mine {
                cells.entry(codes).or_default().add(cell);
            }
            if !differing.is_empty() {
                persons = persons.saturating_add(1);
                part.differing.push(Differing {
                    case: self.first.saturating_add(case),
                    pair: self.pair,
                    stretches: differing,
                });
            }
        }
        part.cells.push(cells);
        part.sums.push((persons, days));
    }
}

fn answered(
    histories: Option<&Histories>,
    answer: &Option<hjemmel_engine::compare::Answer>,
) -> Answered {
    let answer = answer.as_ref()?;
    let state = histories?.states.get(usize::from(answer.state))?;
    Some((state.clone(), answer.due))
}

impl Cell {
    fn add(&mut self, other: Self) {
        self.persons = self.persons.saturating_add(other.persons);
        self.days = self.days.saturating_add(other.days);
        self.other_due = self.other_due.saturating_add(other.other_due);
    }
}

impl Part {
    fn add(&mut self, other: Self) {
        if self.cells.is_empty() {
            *self = other;
            return;
        }
        for (mine, more) in self.cells.iter_mut().zip(other.cells) {
            for (codes, cell) in more {
                mine.entry(codes).or_default().add(cell);
            }
        }
        for (mine, (persons, days)) in self.sums.iter_mut().zip(other.sums) {
            *mine = (mine.0.saturating_add(persons), mine.1.saturating_add(days));
        }
        for (mine, more) in self.alone.iter_mut().zip(other.alone) {
            for (mine, more) in mine.iter_mut().zip(more) {
                for (code, days) in more {
                    let sum = mine.entry(code).or_default();
                    *sum = sum.saturating_add(days);
                }
            }
        }
        self.differing.extend(other.differing);
    }
}

/// For each rule and state the days.
fn sums(answers: &[Histories]) -> Vec<BTreeMap<u16, u64>> {
    let of = |histories: &Histories| {
        let mut sums: BTreeMap<u16, u64> = BTreeMap::new();
        for (days, code) in histories.days.iter().zip(&histories.state) {
            let length = u64::try_from(days.end.since(days.start)).unwrap_or(0);
            let sum = sums.entry(*code).or_default();
            *sum = sum.saturating_add(length);
        }
        sums
    };
    answers.iter().map(of).collect()
}

fn states(answers: &[Histories]) -> Vec<Arc<[State]>> {
    answers.iter().map(|it| Arc::clone(&it.states)).collect()
}

/// What was crossed is not what was counted. The rule is named: it is the program that is wrong.
pub(crate) fn unbalanced(rule: &str) -> Failure {
    Failure::new(
        Exit::Bug,
        format!(
            "der er en fejl i programmet: ændringerne af {rule} er ikke forskellen på de to kørsler; intet resultat er skrevet"
        ),
        format!(
            "there is a bug in the program: the changes of {rule} are not the difference of the two runs; no result has been written"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use hjemmel_engine::case::{End, Row, Source, Start, Value};
    use hjemmel_engine::check_rules;
    use hjemmel_engine::compare::{Side, changes, pairs};
    use hjemmel_engine::time::Day;
    use hjemmel_grammar::Sources;

    fn model(months: u32) -> Model {
        let mut sources = Sources::new();
        let text = "\
data ydelse
  perioder fuldstændig
  art er en af a, b

begreb tilbud
  hjemmel kilde \"x\"
  når ydelse.art er b

pligt p
  hjemmel kilde \"x\"
  for ydelse
  regnet fra ydelse
  frist MÅNEDER måneder
  opfyldes af tilbud
";
        let text = text.replace("MÅNEDER", &months.to_string());
        sources.add("regler.regel", text);
        let checked = check_rules(&sources);
        assert!(checked.is_usable(), "{:?}", checked.diagnostics);
        checked.model
    }

    fn day(number: i32) -> Day {
        Day::from_ymd(2017, 1, 1).unwrap().plus(number)
    }

    /// One who has had help for so many days on the first of January 2017.
    fn case(model: &Model, days: i32) -> Case {
        let mut case = Case::empty(model, format!("{days}"));
        case.tables[0].rows.push(Row {
            from: Start::On(day(-days)),
            to: End::Ongoing,
            values: vec![Some(Value::Choice(0))],
            registered: None,
            source: Source::default(),
        });
        case
    }

    #[test]
    fn what_is_crossed_is_checked_against_each_alone() {
        let (old, new) = (model(6), model(3));
        let [was, is] = Side::both(&old, &new, Period::ALL);
        let pairs = pairs(&old, &new, &changes([was, is]));
        let asked = Asked {
            old: &old,
            new: &new,
            projections: None,
            pairs: &pairs,
            question: Question {
                window: Period::inclusive(day(0), day(0)),
                known_on: None,
            },
        };
        let cases: Vec<Case> = [30, 100, 120, 300].map(|days| case(&old, days)).into();
        let (crossed, differing) = cross(&asked, &cases).unwrap();
        // Two are overdue now; two had another deadline all along.
        let told: Vec<String> = crossed[0]
            .cells
            .iter()
            .map(|((old, new), cell)| {
                let name =
                    |state: &Option<State>| state.as_ref().map(|it| it.name().to_owned()).unwrap();
                format!(
                    "{} -> {}: {}, {}",
                    name(old),
                    name(new),
                    cell.persons,
                    cell.other_due
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "frist_løber -> frist_løber: 1, 1",
                "frist_løber -> overskredet: 2, 0",
                "overskredet -> overskredet: 1, 1"
            ]
        );
        assert_eq!(differing.len(), 4);

        let judge = Judge::new(&asked).unwrap();
        let mut part = judge.chunk(0, &cases).unwrap();
        judge.balance(&part).unwrap();
        for cell in part.cells[0].values_mut().take(1) {
            cell.days += 1;
        }
        let failure = judge.balance(&part).unwrap_err();
        assert_eq!(failure.exit, Exit::Bug);
        let text = failure.message.unwrap();
        assert!(text.da.contains("ændringerne af p er ikke"), "{}", text.da);
    }
}
