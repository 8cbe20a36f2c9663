//! Whose answers differ and why: the readable evaluator, for those persons alone.

use super::crossing::{Answered, Asked, Differing, differs, unbalanced};
use crate::exit::Failure;
use crate::judged;
use crate::run::provisions;
use hjemmel_engine::case::Case;
use hjemmel_engine::compare::{Deciding, Pair, Step, deciding};
use hjemmel_engine::evaluate::Evaluation;
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::{Due, StateRun};
use hjemmel_engine::time::{Day, Period};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A person whose answer differs on some days.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The position of the case in the extract.
    pub(crate) case: usize,
    /// The position of the rule among the pairs.
    pub(crate) pair: usize,
    /// From the first day on which the answers differ without a break.
    pub(crate) from: Day,
    /// The days that these two answers are given on: of one day, that day.
    pub(crate) days: Period,
    pub(crate) old: Told,
    pub(crate) new: Told,
}

/// An answer, and what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) deciding: Deciding,
    pub(crate) due: Option<Due>,
    /// The provisions of the rule and of what decided.
    pub(crate) basis: Vec<String>,
}

/// Persons whose answer rests on the same reasons, before and after.
pub(crate) struct Group<'f> {
    pub(crate) old: &'f Deciding,
    pub(crate) new: &'f Deciding,
    pub(crate) persons: u64,
    /// Days of persons.
    pub(crate) days: u64,
    /// From which day, and how many persons.
    pub(crate) from: BTreeMap<Day, u64>,
}

/// The reasons of everyone whose answer differs, in the order of the cases.
pub(crate) fn find(
    asked: &Asked<'_>,
    cases: &[Case],
    differing: Vec<Differing>,
) -> Result<Vec<Found>, Failure> {
    let mut by_case: BTreeMap<usize, Vec<Differing>> = BTreeMap::new();
    for one in differing {
        by_case.entry(one.case).or_default().push(one);
    }
    let by_case: Vec<(usize, Vec<Differing>)> = by_case.into_iter().collect();
    let found = judged::each(&by_case, |(at, differing)| match cases.get(*at) {
        Some(case) => of_case(asked, case, differing),
        None => Err(crate::bug()),
    });
    let mut all = Vec::new();
    for found in found {
        all.extend(found?);
    }
    Ok(all)
}

fn of_case(asked: &Asked<'_>, case: &Case, differing: &[Differing]) -> Result<Vec<Found>, Failure> {
    let read = |side: usize| match asked.projections.as_ref().and_then(|both| both.get(side)) {
        Some(projection) => Cow::Owned(projection.case(case)),
        None => Cow::Borrowed(case),
    };
    let cases = [read(0), read(1)];
    let [was, is] = &cases;
    let known_on = asked.question.known_on;
    let both = Both {
        old: (asked.old, Evaluation::new(asked.old, was, known_on)),
        new: (asked.new, Evaluation::new(asked.new, is, known_on)),
    };
    let mut found = Vec::new();
    for one in differing {
        if let Some(pair) = asked.pairs.get(one.pair) {
            both.found(asked.question.window, pair, one, &mut found)?;
        }
    }
    Ok(found)
}

/// One case under both rule sets.
struct Both<'a> {
    old: (&'a Model, Evaluation<'a>),
    new: (&'a Model, Evaluation<'a>),
}

impl Both<'_> {
    fn found(
        &self,
        window: Period,
        pair: &Pair,
        differing: &Differing,
        found: &mut Vec<Found>,
    ) -> Result<(), Failure> {
        let single = window.start.next() == window.end;
        let mut before: Option<(Period, Day)> = None;
        for (days, old, new) in merged(&differing.stretches) {
            let from = match before {
                Some((last, from)) if last.end == days.start => from,
                _ if single => self.since(pair, days.start),
                _ => days.start,
            };
            before = Some((days, from));
            let told = |(model, evaluation): &(&Model, Evaluation<'_>), subject| {
                told(model, evaluation, subject, days.start)
            };
            let (was, is) = (told(&self.old, pair.old), told(&self.new, pair.new));
            // The two evaluators agree, always.
            if answered(&was) != *old || answered(&is) != *new {
                return Err(unbalanced(&pair.name));
            }
            found.push(Found {
                case: differing.case,
                pair: differing.pair,
                from,
                days,
                old: was,
                new: is,
            });
        }
        Ok(())
    }

    /// The first day of the unbroken days up to `day` on which the answers differ.
    fn since(&self, pair: &Pair, day: Day) -> Day {
        let mut back = 400;
        loop {
            let window = Period::new(day.plus(-back).max(Day::FIRST), day.next());
            let of = |(_, evaluation): &(&Model, Evaluation<'_>), subject: Option<Subject>| {
                subject.map_or_else(Vec::new, |subject| evaluation.history(subject, window))
            };
            let (old, new) = (of(&self.old, pair.old), of(&self.new, pair.new));
            let since = differing_since(&old, &new, window);
            if window.start < since || window.start == Day::FIRST {
                return since;
            }
            back = back.saturating_mul(4);
        }
    }
}

/// Days that follow each other with the same two states are one, told by the first.
fn merged(stretches: &[(Period, Answered, Answered)]) -> Vec<(Period, &Answered, &Answered)> {
    let mut merged: Vec<(Period, &Answered, &Answered)> = Vec::new();
    let state = |it: &Answered| it.as_ref().map(|(state, _)| state.clone());
    for (days, old, new) in stretches {
        match merged.last_mut() {
            Some((before, was, is))
                if before.end == days.start
                    && state(was) == state(old)
                    && state(is) == state(new) =>
            {
                before.end = days.end;
            }
            _ => merged.push((*days, old, new)),
        }
    }
    merged
}

fn differing_since(old: &[StateRun], new: &[StateRun], window: Period) -> Day {
    let on = |runs: &[StateRun], day: Day| -> Answered {
        let run = runs.iter().find(|run| run.days.contains(day))?;
        Some((run.state.clone(), run.due))
    };
    let days = old
        .iter()
        .chain(new)
        .flat_map(|run| [run.days.start, run.days.end]);
    let edges: BTreeSet<Day> = days
        .chain([window.start])
        .filter(|day| window.contains(*day))
        .collect();
    let same = edges
        .iter()
        .rev()
        .skip_while(|day| differs(&on(old, **day), &on(new, **day)));
    match same.clone().next() {
        // They differ from the next edge on.
        Some(last) => edges
            .range(last.next()..)
            .next()
            .copied()
            .unwrap_or(window.last()),
        None => window.start,
    }
}

fn told(model: &Model, evaluation: &Evaluation<'_>, subject: Option<Subject>, day: Day) -> Told {
    let nothing = Deciding {
        state: None,
        steps: Vec::new(),
    };
    let (run, deciding) = match subject {
        Some(subject) => deciding(model, evaluation, subject, day),
        None => (None, nothing),
    };
    Told {
        due: run.as_ref().and_then(|run| run.due),
        basis: run.as_ref().map(provisions).unwrap_or_default(),
        deciding,
    }
}

fn answered(told: &Told) -> Answered {
    told.deciding.state.clone().map(|state| (state, told.due))
}

/// The cases of a group, from which day each, and the days of persons.
type Persons = (BTreeMap<usize, Day>, u64);

/// The persons whose answer of one rule differs, by the reasons of both answers: the most first.
pub(crate) fn groups<'f>(found: &'f [Found], pair: usize) -> Vec<Group<'f>> {
    let mut groups: BTreeMap<(&Deciding, &Deciding), Persons> = BTreeMap::new();
    for one in found.iter().filter(|one| one.pair == pair) {
        let key = (&one.old.deciding, &one.new.deciding);
        let (persons, days) = groups.entry(key).or_default();
        persons.entry(one.case).or_insert(one.from);
        let length = u64::try_from(one.days.end.since(one.days.start)).unwrap_or(0);
        *days = days.saturating_add(length);
    }
    let groups = groups.into_iter().map(|((old, new), (persons, days))| {
        let mut from: BTreeMap<Day, u64> = BTreeMap::new();
        for day in persons.values() {
            let count = from.entry(*day).or_default();
            *count = count.saturating_add(1);
        }
        Group {
            old,
            new,
            persons: u64::try_from(persons.len()).unwrap_or(u64::MAX),
            days,
            from,
        }
    });
    let mut groups: Vec<Group<'f>> = groups.collect();
    // The order of the reasons decides among equals.
    groups.sort_by_key(|group| std::cmp::Reverse(group.persons));
    groups
}

/// The steps of an answer that the other does not share: what both rest on explains nothing.
pub(crate) fn own_steps<'d>(one: &'d Deciding, other: &Deciding) -> Vec<&'d Step> {
    let shared = |step: &&Step| matches!(step, Step::Week) && other.steps.contains(step);
    one.steps.iter().filter(|step| !shared(step)).collect()
}
