//! The answers of two rule sets for one case, side by side.

use super::{Kind, RuleChange};
use crate::evaluate::subjects;
use crate::histories::Histories;
use crate::model::{Model, Subject};
use crate::outcome::Due;
use crate::time::{Day, Period};

/// A rule in the old rule set and the same in the new one; at least one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its name: the new one, if it is there.
    pub name: String,
    /// In the old rule set.
    pub old: Option<Subject>,
    /// In the new one.
    pub new: Option<Subject>,
}

/// What a rule says of a case on a day, as far as answers are compared: the state and the due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// A position in [`Histories::states`].
    pub state: u16,
    /// The last timely day.
    pub due: Option<Due>,
}

/// Days on which each rule set gives one answer; `None` where the rule is not part of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The days.
    pub days: Period,
    /// The old answer.
    pub old: Option<Answer>,
    /// The new answer.
    pub new: Option<Answer>,
}

/// The rules that give every case an answer, old beside new: in the order of the new rule set, then
/// those that it lacks.
#[must_use]
pub fn pairs(old: &Model, new: &Model, changes: &[RuleChange]) -> Vec<Pair> {
    let was = subjects(old);
    let in_old = |kind: Kind, name: &str| {
        let mut same = was.iter().copied();
        same.find(|it| kind_of(*it) == Some(kind) && old.name_of(*it) == name)
    };
    let mut pairs = Vec::new();
    for subject in subjects(new) {
        let (Some(kind), name) = (kind_of(subject), new.name_of(subject)) else {
            continue;
        };
        let mut same = changes.iter();
        let same = same.find(|it| it.kind == kind && it.new.as_deref() == Some(name));
        // A rule that is not part of the law that is compared keeps its name.
        let before = same.map_or(Some(name), |it| it.old.as_deref());
        pairs.push(Pair {
            name: name.to_owned(),
            old: before.and_then(|before| in_old(kind, before)),
            new: Some(subject),
        });
    }
    for subject in was {
        if !pairs.iter().any(|pair| pair.old == Some(subject)) {
            pairs.push(Pair {
                name: old.name_of(subject).to_owned(),
                old: Some(subject),
                new: None,
            });
        }
    }
    pairs
}

fn kind_of(subject: Subject) -> Option<Kind> {
    match subject {
        Subject::Duty(_) => Some(Kind::Duty),
        Subject::Classification(_) => Some(Kind::Classification),
        Subject::Warning(_) => Some(Kind::Warning),
        Subject::Term(_) | Subject::Assessment(_) => None,
    }
}

/// What two rules say of a case, by its position in each of the answers; days on which neither is
/// part of the law are left out.
#[must_use]
pub fn stretches(
    old: Option<(&Histories, usize)>,
    new: Option<(&Histories, usize)>,
) -> Vec<Stretch> {
    let (was, is) = (runs(old), runs(new));
    let ends = |runs: &[(Period, Answer)]| -> Vec<Day> {
        runs.iter()
            .flat_map(|(days, _)| [days.start, days.end])
            .collect()
    };
    let mut edges = ends(&was);
    edges.extend(ends(&is));
    edges.sort_unstable();
    edges.dedup();
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut was, mut is) = (was.into_iter().peekable(), is.into_iter().peekable());
    for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
        while was.next_if(|(days, _)| days.end <= *start).is_some() {}
        while is.next_if(|(days, _)| days.end <= *start).is_some() {}
        let on = |run: Option<&(Period, Answer)>| {
            let run = run.filter(|(days, _)| days.start <= *start);
            run.map(|(_, answer)| *answer)
        };
        let (old, new) = (on(was.peek()), on(is.peek()));
        if old.is_none() && new.is_none() {
            continue;
        }
        let days = Period::new(*start, *end);
        match stretches.last_mut() {
            Some(last) if (last.old, last.new, last.days.end) == (old, new, *start) => {
                last.days.end = *end;
            }
            _ => stretches.push(Stretch { days, old, new }),
        }
    }
    stretches
}

fn runs(histories: Option<(&Histories, usize)>) -> Vec<(Period, Answer)> {
    let Some((histories, case)) = histories else {
        return Vec::new();
    };
    let runs = histories.runs_of(case).filter_map(|at| {
        let days = *histories.days.get(at)?;
        let state = *histories.state.get(at)?;
        let due = histories.due.get(at).copied().flatten();
        Some((days, Answer { state, due }))
    });
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DutyId, DutyState};
    use crate::outcome::State;

    fn history(runs: &[(i32, i32, u16)]) -> Histories {
        let day = |number: i32| Day::from_number(17_000 + number);
        Histories {
            subject: Subject::Duty(DutyId(0)),
            states: DutyState::ALL.into_iter().map(State::Duty).collect(),
            offsets: vec![0, u32::try_from(runs.len()).unwrap()],
            days: runs
                .iter()
                .map(|(from, to, _)| Period::inclusive(day(*from), day(*to)))
                .collect(),
            state: runs.iter().map(|(_, _, state)| *state).collect(),
            due: Vec::new(),
        }
    }

    #[test]
    fn runs_are_cut_where_either_changes_and_holes_in_both_left_out() {
        let old = history(&[(0, 4, 7), (5, 9, 8), (20, 24, 7)]);
        let new = history(&[(2, 9, 7), (22, 30, 7)]);
        let told: Vec<String> = stretches(Some((&old, 0)), Some((&new, 0)))
            .iter()
            .map(|it| {
                let from = it.days.start.number() - 17_000;
                let state = |answer: Option<Answer>| answer.map(|answer| answer.state);
                let to = it.days.last().number() - 17_000;
                format!("{from}..{to} {:?} {:?}", state(it.old), state(it.new))
            })
            .collect();
        assert_eq!(
            told,
            [
                "0..1 Some(7) None",
                "2..4 Some(7) Some(7)",
                "5..9 Some(8) Some(7)",
                "20..21 Some(7) None",
                "22..24 Some(7) Some(7)",
                "25..30 None Some(7)",
            ]
        );
        assert_eq!(stretches(None, Some((&new, 0))).len(), 2);
    }
}
