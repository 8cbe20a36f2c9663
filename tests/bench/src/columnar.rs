//! The engine's answers: the columnar evaluator, batch by batch, through its public interface.

use crate::answer::{Answer, crossed};
use crate::columns::{Columns, Rows};
use crate::reference::{ON_DAY, model};
use crate::workload::{
    AS_OF, CELLS, MISSING, Mondays, OUTCOMES, PRESENT, Question, REFORM, TIMELINE, cell,
};
use hjemmel_engine::columns::{Batch, Column, ColumnsError, Open, TableColumns, TableParts};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{ClassificationId, Model, Subject};
use hjemmel_engine::plan::{self, Plan};
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_extracts::{ColumnOptions, NotRead, Options, Slice};
use hjemmel_grammar::diagnostic::Language;
use std::ops::ControlFlow;
use std::ops::Range;
use std::path::Path;
use std::slice::Iter;

/// The rules, and what is asked of them.
#[derive(Clone, Debug)]
pub struct Columnar {
    present: Model,
    reform: Model,
    outcome: Subject,
    benefit: Subject,
    threads: usize,
}

/// What the rules say of one part of the cases: in the order of the cases, then counts.
struct Part {
    one: Vec<u8>,
    other: Vec<u8>,
    since: Vec<i32>,
    counts: Vec<u32>,
}

impl Columnar {
    /// The workload's rules under both parameter sets, asked on so many threads; none if they do
    /// not check.
    #[must_use]
    pub fn new(threads: usize) -> Option<Self> {
        let (present, reform) = (model(PRESENT)?, model(REFORM)?);
        let named = |name: &str| {
            let mut rules = present.classifications.iter();
            let id = rules.position(|rule| rule.name == name)?;
            Some(Subject::Classification(ClassificationId(id)))
        };
        let (outcome, benefit) = (named("outcome")?, named("benefit_on_day")?);
        Some(Self {
            present,
            reform,
            outcome,
            benefit,
            threads,
        })
    }

    /// The rules as they are, by which an extract is read.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.present
    }

    /// Reads an extract whole, as one batch.
    ///
    /// # Errors
    ///
    /// The extract is refused, or something in it is remarked on.
    pub fn read(&self, folder: &Path) -> Result<Batch, String> {
        let mut batches = Vec::new();
        self.each_batch(folder, false, usize::MAX, |batch| batches.push(batch))?;
        batches.pop().ok_or_else(|| "no cases".to_owned())
    }

    /// Reads an extract sorted by case, and answers about some of its cases at a time.
    ///
    /// # Errors
    ///
    /// As [`Self::read`], and where a rule says something that is not an outcome.
    pub fn read_and_answer(&self, folder: &Path, question: Question) -> Result<Answer, String> {
        let mut answer: Option<Answer> = None;
        let mut known = true;
        self.each_batch(folder, true, 16 * 1024, |batch| {
            match (self.answer(&batch, question), &mut answer) {
                (Some(more), Some(answer)) => answer.add(&more),
                (more @ Some(_), answer @ None) => *answer = more,
                (None, _) => known = false,
            }
        })?;
        answer.filter(|_| known).ok_or_else(|| "ukendt".to_owned())
    }

    fn each_batch(
        &self,
        folder: &Path,
        sorted: bool,
        cases: usize,
        mut work: impl FnMut(Batch),
    ) -> Result<(), String> {
        let plan = self.plan(&[self.outcome, self.benefit], Period::ALL);
        let options = ColumnOptions {
            extract: Options::default(),
            reads: plan.reads(),
            sorted,
            cases,
            progress: None,
        };
        let mut sink = |slice: Slice| {
            work(slice.batch);
            ControlFlow::Continue(())
        };
        let read = hjemmel_extracts::read_columns(folder, &self.present, &options, &mut sink);
        match read {
            Ok(read) => match read.problems.first() {
                Some(problem) => Err(problem.render(Language::English)),
                None => Ok(()),
            },
            Err(NotRead::Refused(refused)) => Err(refused.render(Language::English)),
            Err(NotRead::Stopped) => Err("stopped".to_owned()),
        }
    }

    /// The cases as a batch.
    ///
    /// # Errors
    ///
    /// There are too many rows for one.
    pub fn batch(&self, columns: &Columns) -> Result<Batch, ColumnsError> {
        let numbers =
            |values: Vec<i64>| Column::Number(values.iter().map(|it| it * 1000).collect());
        let cases = columns.cases();
        let persons = TableParts {
            offsets: (0..=cases as u32).collect(),
            from: vec![Day::FIRST; cases],
            to: vec![hjemmel_engine::columns::NO_DAY; cases],
            registered: None,
            fields: vec![
                Column::Date(
                    columns
                        .births
                        .iter()
                        .map(|day| Day::from_number(*day))
                        .collect(),
                ),
                numbers(
                    columns
                        .municipalities
                        .iter()
                        .map(|it| i64::from(*it))
                        .collect(),
                ),
            ],
            open: Open::Same(Days::none()),
        };
        let hours = numbers(columns.hours.iter().map(|it| i64::from(*it)).collect());
        let tables = [
            TableColumns::new(persons),
            TableColumns::new(periods(&columns.benefits, None)),
            TableColumns::new(periods(&columns.statuses, None)),
            TableColumns::new(periods(&columns.activities, Some(hours))),
            TableColumns::new(periods(&columns.exemptions, None)),
        ];
        let tables: Result<Vec<TableColumns>, ColumnsError> = tables.into_iter().collect();
        Batch::new(&self.present, tables?)
    }

    /// Answers a question; none if a rule says something that is not an outcome (`ukendt`).
    #[must_use]
    pub fn answer(&self, batch: &Batch, question: Question) -> Option<Answer> {
        match question {
            Question::AsOf => self.as_of(batch),
            Question::Series(mondays) => self.series(batch, mondays),
            Question::Compare => self.compare(batch),
            Question::Timelines => self.timelines(batch),
        }
    }

    fn plan(&self, subjects: &[Subject], window: Period) -> Plan {
        let known_on = None;
        Plan::new(&self.present, subjects, plan::Question { window, known_on })
    }

    fn as_of(&self, batch: &Batch) -> Option<Answer> {
        let day = Day::from_number(AS_OF);
        let plan = self.plan(&[self.outcome, self.benefit], Period::inclusive(day, day));
        let back = self.plan(&[self.outcome], Period::inclusive(Day::FIRST, day));
        let parts = plan.answer_in_parts(batch, self.threads, |cases, answers| {
            let [outcomes, benefits] = answers else {
                return None;
            };
            let (outcome, benefit) = (codes(outcomes, &OUTCOMES), codes(benefits, &ON_DAY));
            let one: Vec<u8> = outcomes.state.iter().map(|it| outcome(*it)).collect();
            let mut counts = vec![0; CELLS];
            for (outcome, code) in one.iter().zip(&benefits.state) {
                *counts.get_mut(cell(benefit(*code), *outcome))? += 1;
            }
            let since = since(&back, batch, cases, &one)?;
            let other = Vec::new();
            Some(Part {
                one,
                other,
                since,
                counts,
            })
        });
        let parts = joined(parts, CELLS)?;
        let counts = parts.counts.try_into().ok()?;
        Some(Answer::AsOf(parts.one, parts.since, counts))
    }

    fn series(&self, batch: &Batch, mondays: Mondays) -> Option<Answer> {
        let monday = |week: i32| Day::from_number(mondays.first + 7 * week);
        let weeks = usize::try_from(mondays.count).ok()?;
        let window = Period::inclusive(monday(0), monday(mondays.count - 1));
        let plan = self.plan(&[self.outcome, self.benefit], window);
        let parts = plan.answer_in_parts(batch, self.threads, |_, answers| {
            let [outcomes, benefits] = answers else {
                return None;
            };
            changes(outcomes, benefits, mondays)
        });
        let mut changes = vec![[0_i32; CELLS]; weeks + 1];
        for part in parts {
            for (sum, part) in changes.iter_mut().zip(part?) {
                sum.iter_mut()
                    .zip(part)
                    .for_each(|(sum, part)| *sum += part);
            }
        }
        let mut running = [0_i32; CELLS];
        let counted = changes.iter().take(weeks).map(|changes| {
            running
                .iter_mut()
                .zip(changes)
                .for_each(|(sum, it)| *sum += it);
            running.map(|count| u32::try_from(count).unwrap_or(0))
        });
        Some(Answer::Series(mondays, counted.collect()))
    }

    fn compare(&self, batch: &Batch) -> Option<Answer> {
        let day = Day::from_number(AS_OF);
        let plan = self.plan(&[self.outcome], Period::inclusive(day, day));
        let plan = plan.beside(&self.reform, &[self.outcome]).ok()?;
        let parts = plan.answer_in_parts(batch, self.threads, |_, answers| {
            let [present, reform] = answers else {
                return None;
            };
            let (first, second) = (codes(present, &OUTCOMES), codes(reform, &OUTCOMES));
            let one: Vec<u8> = present.state.iter().map(|it| first(*it)).collect();
            let other: Vec<u8> = reform.state.iter().map(|it| second(*it)).collect();
            let mut counts = vec![0; 25];
            for (one, other) in one.iter().zip(&other) {
                *counts.get_mut(crossed(*one, *other))? += 1;
            }
            let since = Vec::new();
            Some(Part {
                one,
                other,
                since,
                counts,
            })
        });
        let parts = joined(parts, 25)?;
        let counts = parts.counts.try_into().ok()?;
        Some(Answer::Compare(parts.one, parts.other, counts))
    }

    fn timelines(&self, batch: &Batch) -> Option<Answer> {
        let (first, last) = TIMELINE;
        let window = Period::inclusive(Day::from_number(first), Day::from_number(last));
        let plan = self.plan(&[self.outcome], window);
        let parts = plan.answer_in_parts(batch, self.threads, |_, answers| {
            let [outcomes] = answers else {
                return None;
            };
            let code = codes(outcomes, &OUTCOMES);
            let mut rows = Rows::with_capacity(outcomes.days.len());
            for case in 0..outcomes.offsets.len().saturating_sub(1) {
                let runs = outcomes.runs_of(case);
                let days = outcomes.days.get(runs.clone())?;
                for (days, state) in days.iter().zip(outcomes.state.get(runs)?) {
                    rows.push(days.start.number(), days.last().number(), code(*state));
                }
                rows.end_case();
            }
            Some(rows)
        });
        let mut rows = Rows::default();
        for part in parts {
            rows.append(&part?);
        }
        Some(Answer::Timelines(rows))
    }
}

fn periods(rows: &Rows, hours: Option<Column>) -> TableParts {
    let days = |days: &[i32]| days.iter().map(|day| Day::from_number(*day)).collect();
    let kinds = Column::Choice(rows.kinds.iter().map(|kind| u16::from(*kind)).collect());
    TableParts {
        offsets: rows.offsets.clone(),
        from: days(&rows.starts),
        to: days(&rows.ends),
        registered: None,
        fields: [kinds].into_iter().chain(hours).collect(),
        open: Open::Same(Days::none()),
    }
}

/// The places among `names` of the states that codes stand for; 255 for one that is not there.
fn codes(histories: &Histories, names: &[&str]) -> impl Fn(u16) -> u8 + use<> {
    let place = |name: &str| names.iter().position(|other| *other == name);
    let places: Vec<u8> = histories
        .states
        .iter()
        .map(|state| place(state.name()).and_then(|at| u8::try_from(at).ok()))
        .map(|place| place.unwrap_or(u8::MAX))
        .collect();
    move |code| places.get(usize::from(code)).copied().unwrap_or(u8::MAX)
}

/// Since when each of the cases has been missing, where it is: asked about these alone.
fn since(back: &Plan, batch: &Batch, cases: Range<usize>, outcomes: &[u8]) -> Option<Vec<i32>> {
    let all = cases.zip(outcomes);
    let missing: Vec<usize> = all
        .filter(|(_, outcome)| **outcome == MISSING)
        .map(|(case, _)| case)
        .collect();
    let answers = back.answer_some(batch, &missing);
    let history = answers.first()?;
    let mut ends = history.offsets.iter().skip(1);
    let since = outcomes.iter().map(|outcome| match *outcome {
        MISSING => {
            let last = (*ends.next()? as usize).checked_sub(1)?;
            Some(history.days.get(last)?.start.number())
        }
        _ => Some(0),
    });
    since.collect()
}

/// What changes from Monday to Monday, from nothing before the first.
fn changes(
    outcomes: &Histories,
    benefits: &Histories,
    mondays: Mondays,
) -> Option<Vec<[i32; CELLS]>> {
    let weeks = usize::try_from(mondays.count).ok()?;
    let mut changes = vec![[0_i32; CELLS]; weeks + 1];
    let flat = changes.as_flattened_mut();
    let (outcome, benefit) = (codes(outcomes, &OUTCOMES), codes(benefits, &ON_DAY));
    // The cell of each pair of codes.
    let width = outcomes.states.len();
    let all = (0..benefits.states.len()).flat_map(|on| (0..width).map(move |state| (on, state)));
    let cells: Vec<usize> = all
        .map(|(on, state)| cell(benefit(on as u16), outcome(state as u16)))
        .collect();
    for case in 0..outcomes.offsets.len().saturating_sub(1) {
        let (mut days, mut states) = runs(outcomes, case)?;
        let (mut other_days, mut others) = runs(benefits, case)?;
        let (mut one, mut other) = (days.next()?, other_days.next()?);
        let (mut state, mut on) = (*states.next()?, *others.next()?);
        let mut week = 0_usize;
        loop {
            let end = one.end.min(other.end);
            // The first Monday that is not before the end.
            let ahead = (end.number() - mondays.first + 6).max(0) as usize;
            let until = (ahead / 7).min(weeks);
            if week < until {
                let at = *cells.get(usize::from(on) * width + usize::from(state))?;
                *flat.get_mut(week * CELLS + at)? += 1;
                *flat.get_mut(until * CELLS + at)? -= 1;
                week = until;
            }
            if one.end == end {
                match (days.next(), states.next()) {
                    (Some(next), Some(code)) => (one, state) = (next, *code),
                    _ => break,
                }
            }
            if other.end == end {
                (other, on) = (other_days.next()?, *others.next()?);
            }
        }
    }
    Some(changes)
}

/// The runs of a case: their days, and their states.
fn runs(histories: &Histories, case: usize) -> Option<(Iter<'_, Period>, Iter<'_, u16>)> {
    let range = histories.runs_of(case);
    let days = histories.days.get(range.clone())?.iter();
    Some((days, histories.state.get(range)?.iter()))
}

/// The parts one after the other, their counts added up.
fn joined(parts: Vec<Option<Part>>, cells: usize) -> Option<Part> {
    let mut sum = Part {
        one: Vec::new(),
        other: Vec::new(),
        since: Vec::new(),
        counts: vec![0; cells],
    };
    for part in parts {
        let part = part?;
        sum.one.extend(part.one);
        sum.other.extend(part.other);
        sum.since.extend(part.since);
        for (sum, count) in sum.counts.iter_mut().zip(part.counts) {
            *sum += count;
        }
    }
    Some(sum)
}
