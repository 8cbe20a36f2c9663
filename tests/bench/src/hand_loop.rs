//! The workload written by hand over the columns: the limit that an engine is held against.
//!
//! One pass over the rows of each case. A series and a timeline walk the days in scope once, from
//! change to change, and are cut to what is asked.

use crate::answer::{Answer, crossed};
use crate::calendar::ONGOING;
use crate::columns::{AKTIVITETSPARAT, BARSEL, Columns, Periods, Rows};
use crate::workload::{
    AS_OF, CELLS, COMPLIANT, EXEMPTED, Limits, MISSING, Mondays, NO_BENEFIT, OUT_OF_SCOPE, PAUSED,
    PRESENT, Question, REFORM, TIMELINE, cell,
};
use std::ops::Range;

/// Before every day.
const NEVER: i32 = -1_000_000;

/// The tables of days that the loop looks up, made once, with the load.
#[derive(Clone, Debug)]
pub struct Tables([Limits; 2]);

impl Default for Tables {
    fn default() -> Self {
        Self([Limits::new(PRESENT), Limits::new(REFORM)])
    }
}

/// Answers a question about all cases.
#[must_use]
pub fn answer(columns: &Columns, tables: &Tables, question: Question) -> Answer {
    answer_of(columns, tables, question, 0..columns.cases())
}

/// Answers a question on so many threads, each with as many cases: the same answer.
#[must_use]
pub fn answer_on(
    threads: usize,
    columns: &Columns,
    tables: &Tables,
    question: Question,
) -> Option<Answer> {
    let each = columns.cases().div_ceil(threads.max(1)).max(1);
    let parts = (0..columns.cases()).step_by(each);
    let parts = parts.map(|first| first..(first + each).min(columns.cases()));
    let answers: Option<Vec<Answer>> = std::thread::scope(|scope| {
        let ask = |cases| scope.spawn(|| answer_of(columns, tables, question, cases));
        let asked: Vec<_> = parts.map(ask).collect();
        asked.into_iter().map(|it| it.join().ok()).collect()
    });
    answers?.into_iter().reduce(Answer::and)
}

fn answer_of(
    columns: &Columns,
    tables: &Tables,
    question: Question,
    cases: Range<usize>,
) -> Answer {
    let Tables(both @ [present, _]) = tables;
    match question {
        Question::AsOf => as_of(columns, cases, present, AS_OF),
        Question::Series(mondays) => {
            Answer::Series(mondays, series(columns, cases, present, mondays))
        }
        Question::Compare => compare(columns, cases, both, AS_OF),
        Question::Timelines => Answer::Timelines(timelines(columns, cases, present)),
    }
}

/// The rows of one case.
struct Case<'a> {
    benefits: Periods<'a>,
    statuses: Periods<'a>,
    activities: Periods<'a>,
    exemptions: Periods<'a>,
}

impl<'a> Case<'a> {
    #[inline]
    fn of(columns: &'a Columns, case: usize) -> Self {
        Self {
            benefits: columns.benefits.of(case),
            statuses: columns.statuses.of(case),
            activities: columns.activities.of(case),
            exemptions: columns.exemptions.of(case),
        }
    }
}

/// An outcome, and the first day that it can be `missing` without a break.
#[derive(Clone, Copy)]
struct Judged {
    outcome: u8,
    since: i32,
}

/// The benefit of a case on a day, and its outcome under each of several sets of limits.
#[inline]
fn judge<const N: usize>(case: &Case<'_>, limits: &[Limits; N], day: i32) -> (u8, [Judged; N]) {
    let mut judged = [Judged {
        outcome: OUT_OF_SCOPE,
        since: NEVER,
    }; N];
    // The first day of the bridged run, under each set; and of the unbroken one.
    let mut runs = [NEVER; N];
    let (mut unbroken, mut last, mut benefit) = (NEVER, NEVER, NO_BENEFIT);
    for (start, end, kind) in case.benefits.iter().take_while(|(start, ..)| *start <= day) {
        for (run, limits) in runs.iter_mut().zip(limits) {
            if last + 1 + limits.bridged < start {
                *run = start;
            }
        }
        if last + 1 < start {
            unbroken = start;
        }
        (last, benefit) = (end, kind);
    }
    if last < day {
        return (NO_BENEFIT, judged);
    }
    let (mut ready, mut ready_until) = (NEVER, NEVER);
    for (start, end, _) in case
        .statuses
        .iter()
        .filter(|(start, _, kind)| *kind == AKTIVITETSPARAT && *start <= day)
    {
        if ready_until + 1 < start {
            ready = start;
        }
        ready_until = end;
    }
    if ready_until < day {
        return (benefit, judged);
    }
    let since = unbroken.max(ready);
    for ((judged, run), limits) in judged.iter_mut().zip(runs).zip(limits) {
        let a_year = limits.a_year_after.of_day(run);
        if a_year <= day {
            *judged = in_scope(case, limits, day, since.max(a_year));
        }
    }
    (benefit, judged)
}

/// The outcome of a case that is in scope since a day.
#[inline]
fn in_scope(case: &Case<'_>, limits: &Limits, day: i32, mut since: i32) -> Judged {
    let mut outcome = MISSING;
    for (start, end, kind) in case.exemptions.iter() {
        if start <= day {
            since = since.max(end + 1);
            if day <= end {
                outcome = outcome.min(if kind == BARSEL { PAUSED } else { EXEMPTED });
            }
        }
    }
    if outcome == MISSING {
        for (start, end, _) in case.activities.iter() {
            if start <= day {
                let until = limits.treats_until.of_day(end);
                since = since.max(until + 1);
                if day <= until {
                    outcome = COMPLIANT;
                }
            }
        }
    }
    Judged { outcome, since }
}

fn as_of(columns: &Columns, cases: Range<usize>, limits: &Limits, day: i32) -> Answer {
    let mut outcomes = Vec::with_capacity(cases.len());
    let mut since = Vec::with_capacity(cases.len());
    let mut counts = [0; CELLS];
    let limits = std::array::from_ref(limits);
    for case in cases {
        let (benefit, [judged]) = judge(&Case::of(columns, case), limits, day);
        outcomes.push(judged.outcome);
        let missing = judged.outcome == MISSING;
        since.push(if missing { judged.since } else { 0 });
        add(&mut counts, cell(benefit, judged.outcome), 1);
    }
    Answer::AsOf(outcomes, since, counts)
}

fn compare(columns: &Columns, cases: Range<usize>, limits: &[Limits; 2], day: i32) -> Answer {
    let mut ones = Vec::with_capacity(cases.len());
    let mut others = Vec::with_capacity(cases.len());
    let mut cross = [0; 25];
    for case in cases {
        let (_, [one, other]) = judge(&Case::of(columns, case), limits, day);
        ones.push(one.outcome);
        others.push(other.outcome);
        add(&mut cross, crossed(one.outcome, other.outcome), 1);
    }
    Answer::Compare(ones, others, cross)
}

/// The stretches of days on which the case is in scope, in order, each within one benefit, that
/// have a day in `first..=last`.
#[inline]
fn scopes(
    case: &Case<'_>,
    limits: &Limits,
    (first, last): (i32, i32),
    mut visit: impl FnMut(i32, i32, u8),
) {
    let (mut run, mut before) = (NEVER, NEVER);
    for (start, end, benefit) in case.benefits.iter() {
        if before + 1 + limits.bridged < start {
            run = start;
        }
        before = end;
        let from = start.max(limits.a_year_after.of_day(run)).max(first);
        let to = end.min(last);
        if to < from {
            continue;
        }
        for (start, end, kind) in case.statuses.iter() {
            let (from, to) = (from.max(start), to.min(end));
            if kind == AKTIVITETSPARAT && from <= to {
                visit(from, to, benefit);
            }
        }
    }
}

/// The outcome on a day in scope, and a day up to which it surely holds, at most `last`.
#[inline]
fn stretch(case: &Case<'_>, limits: &Limits, day: i32, last: i32) -> (u8, i32) {
    let (mut exempted, mut paused, mut until) = (NEVER, NEVER, last);
    for (start, end, kind) in case.exemptions.iter() {
        if day < start {
            until = until.min(start - 1);
        } else if kind == BARSEL {
            paused = paused.max(end);
        } else {
            exempted = exempted.max(end);
        }
    }
    if day <= exempted {
        return (EXEMPTED, exempted.min(last));
    }
    if day <= paused {
        return (PAUSED, paused.min(until));
    }
    let (mut treated, mut next) = (NEVER, ONGOING);
    for (start, end, _) in case.activities.iter() {
        if day < start {
            next = start - 1;
            break;
        }
        treated = treated.max(limits.treats_until.of_day(end));
    }
    if day <= treated {
        (COMPLIANT, treated.min(until))
    } else {
        (MISSING, next.min(until))
    }
}

/// The counts on so many Mondays: each stretch adds one from its first Monday on, and takes it away
/// after its last.
fn series(
    columns: &Columns,
    cases: Range<usize>,
    limits: &Limits,
    mondays: Mondays,
) -> Vec<[u32; CELLS]> {
    let weeks = usize::try_from(mondays.count).unwrap_or(0);
    let mut changes = vec![[0_i32; CELLS]; weeks.saturating_add(1)];
    let (first, last, number) = (mondays.first, mondays.last(), cases.len());
    let mut mark = |from: i32, to: i32, added: usize, taken: usize| {
        let from = (from.max(first) - first + 6) / 7;
        let to = (to.min(last) - first).div_euclid(7) + 1;
        if from < to {
            change(&mut changes, from, added, taken);
            change(&mut changes, to, taken, added);
        }
    };
    for case in cases {
        let case = Case::of(columns, case);
        for (start, end, benefit) in case.benefits.iter() {
            let (out, none) = (cell(benefit, OUT_OF_SCOPE), cell(NO_BENEFIT, OUT_OF_SCOPE));
            mark(start, end, out, none);
        }
        scopes(&case, limits, (first, last), |from, to, benefit| {
            let mut day = from;
            while day <= to {
                let (outcome, until) = stretch(&case, limits, day, to);
                let out = cell(benefit, OUT_OF_SCOPE);
                mark(day, until, cell(benefit, outcome), out);
                day = until + 1;
            }
        });
    }
    add_up(&changes, number, weeks)
}

/// From a Monday on one case has gone from the one cell to the other.
#[inline]
fn change(changes: &mut [[i32; CELLS]], week: i32, added: usize, taken: usize) {
    let week = usize::try_from(week).ok();
    if let Some(counts) = week.and_then(|week| changes.get_mut(week)) {
        if let Some(count) = counts.get_mut(added) {
            *count += 1;
        }
        if let Some(count) = counts.get_mut(taken) {
            *count -= 1;
        }
    }
}

/// The counts from their changes: before the first, everybody is without a benefit.
fn add_up(changes: &[[i32; CELLS]], cases: usize, weeks: usize) -> Vec<[u32; CELLS]> {
    let mut running = [0_i32; CELLS];
    if let Some(none) = running.get_mut(cell(NO_BENEFIT, OUT_OF_SCOPE)) {
        *none = i32::try_from(cases).unwrap_or(i32::MAX);
    }
    let counted = changes.iter().take(weeks).map(|changes| {
        for (count, change) in running.iter_mut().zip(changes) {
            *count += change;
        }
        running.map(|count| u32::try_from(count).unwrap_or(0))
    });
    counted.collect()
}

fn timelines(columns: &Columns, cases: Range<usize>, limits: &Limits) -> Rows {
    let mut runs = Rows::default();
    let expected = cases.len().saturating_mul(4);
    runs.offsets.reserve(cases.len());
    runs.starts.reserve(expected);
    runs.ends.reserve(expected);
    runs.kinds.reserve(expected);
    let (first, last) = TIMELINE;
    for case in cases {
        let case = Case::of(columns, case);
        let mut run = Run {
            start: first,
            outcome: OUT_OF_SCOPE,
        };
        let mut next = first;
        scopes(&case, limits, TIMELINE, |from, to, _| {
            if next < from {
                run.turn(next, OUT_OF_SCOPE, &mut runs);
            }
            let mut day = from;
            while day <= to {
                let (outcome, until) = stretch(&case, limits, day, to);
                run.turn(day, outcome, &mut runs);
                day = until + 1;
            }
            next = day;
        });
        if next <= last {
            run.turn(next, OUT_OF_SCOPE, &mut runs);
        }
        runs.push(run.start, last, run.outcome);
        runs.end_case();
    }
    runs
}

/// The run of days that is being written.
struct Run {
    start: i32,
    outcome: u8,
}

impl Run {
    /// From `day` on the outcome is this one: if it is another, the run before has ended.
    #[inline]
    fn turn(&mut self, day: i32, outcome: u8, runs: &mut Rows) {
        if outcome != self.outcome {
            if self.start < day {
                runs.push(self.start, day - 1, self.outcome);
            }
            *self = Self {
                start: day,
                outcome,
            };
        }
    }
}

#[inline]
fn add(counts: &mut [u32], at: usize, number: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count += number;
    }
}
