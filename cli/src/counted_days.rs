//! How many persons each rule puts in each state, day by day: from runs, by their changes.

use hjemmel_engine::histories::Histories;
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Period};
use std::collections::BTreeMap;

/// The days that are counted on, rising.
#[derive(Debug)]
pub(crate) struct CountedDays {
    pub(crate) days: Vec<Day>,
    first: Day,
    /// For each day from the first, how many of the days lie before it.
    before: Vec<usize>,
}

impl CountedDays {
    /// Of `days` in the window; none if there is not any.
    pub(crate) fn new(window: Period, counts: impl Fn(Day) -> bool) -> Option<Self> {
        let all = window.start.number()..window.end.number();
        let mut days = Vec::new();
        let mut before = Vec::new();
        for day in all.map(Day::from_number) {
            before.push(days.len());
            if counts(day) {
                days.push(day);
            }
        }
        (!days.is_empty()).then_some(Self {
            days,
            first: window.start,
            before,
        })
    }

    /// How many of the days lie before a day.
    pub(crate) fn before(&self, day: Day) -> usize {
        let at = usize::try_from(day.since(self.first)).unwrap_or(0);
        self.before.get(at).copied().unwrap_or(self.days.len())
    }
}

/// How many persons one rule puts in each state.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleCounts {
    /// For each state by how much its persons change on each of the days.
    changes: BTreeMap<State, Vec<i64>>,
}

impl RuleCounts {
    /// Counts what the rule says of some cases. The cost grows with the runs, not with the days.
    pub(crate) fn of(histories: &Histories, counted: &CountedDays) -> Self {
        let none = vec![0_i64; counted.days.len()];
        let mut changes: Vec<Option<Vec<i64>>> = vec![None; histories.states.len()];
        for (days, code) in histories.days.iter().zip(&histories.state) {
            let (from, to) = (counted.before(days.start), counted.before(days.end));
            let Some(slot) = changes.get_mut(usize::from(*code)).filter(|_| from < to) else {
                continue;
            };
            let slot = slot.get_or_insert_with(|| none.clone());
            for (at, change) in [(from, 1_i64), (to, -1)] {
                if let Some(count) = slot.get_mut(at) {
                    *count = count.saturating_add(change);
                }
            }
        }
        let mut counts = Self::default();
        for (state, changes) in histories.states.iter().zip(changes) {
            if let Some(changes) = changes {
                counts.add(state.clone(), changes);
            }
        }
        counts
    }

    /// Adds the counts of other cases.
    pub(crate) fn merge(&mut self, other: Self) {
        for (state, changes) in other.changes {
            self.add(state, changes);
        }
    }

    fn add(&mut self, state: State, changes: Vec<i64>) {
        match self.changes.get_mut(&state) {
            Some(mine) => {
                for (mine, change) in mine.iter_mut().zip(changes) {
                    *mine = mine.saturating_add(change);
                }
            }
            None => {
                self.changes.insert(state, changes);
            }
        }
    }

    /// For each state that occurs, its persons on each of the days. `None` if on some day neither
    /// nobody has a state (the rule is not part of the law) nor all `persons` have one, which is a bug.
    pub(crate) fn persons(&self, persons: u64) -> Option<BTreeMap<&State, Vec<u64>>> {
        let mut sums: Vec<u64> = Vec::new();
        let mut counts = BTreeMap::new();
        for (state, changes) in &self.changes {
            let mut now = 0_i64;
            let mut days: Vec<u64> = Vec::with_capacity(changes.len());
            for change in changes {
                now = now.checked_add(*change)?;
                days.push(u64::try_from(now).ok()?);
            }
            sums.resize(days.len(), 0);
            for (sum, count) in sums.iter_mut().zip(&days) {
                *sum = sum.saturating_add(*count);
            }
            counts.insert(state, days);
        }
        let all = sums.iter().all(|sum| *sum == 0 || *sum == persons);
        all.then_some(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hjemmel_engine::model::{Subject, TermId};
    use hjemmel_engine::time::Truth;

    fn day(number: i32) -> Day {
        Day::from_number(17_000 + number)
    }

    #[test]
    fn runs_are_counted_on_the_days_that_are_asked_about() {
        let window = Period::inclusive(day(0), day(20));
        let counted = CountedDays::new(window, |day| day.number() % 5 == 0).unwrap();
        let states = [Truth::Yes, Truth::No].map(State::Truth);
        let runs = [(0, 3, 0), (4, 5, 1), (6, 20, 0), (0, 20, 1)];
        let histories = Histories {
            subject: Subject::Term(TermId(0)),
            states: states.into(),
            offsets: vec![0, 3, 4],
            days: runs
                .iter()
                .map(|(from, to, _)| Period::inclusive(day(*from), day(*to)))
                .collect(),
            state: runs.iter().map(|(_, _, state)| *state).collect(),
            due: Vec::new(),
        };
        let mut counts = RuleCounts::of(&histories, &counted);
        let persons: Vec<Vec<u64>> = counts.persons(2).unwrap().into_values().collect();
        let by_day = |code: u16| -> Vec<u64> {
            let of = |day: &Day| {
                runs.iter()
                    .filter(|run| {
                        run.2 == code
                            && Period::inclusive(self::day(run.0), self::day(run.1)).contains(*day)
                    })
                    .count() as u64
            };
            counted.days.iter().map(of).collect()
        };
        let mut expected = [by_day(0), by_day(1)];
        if State::Truth(Truth::No) < State::Truth(Truth::Yes) {
            expected.reverse();
        }
        assert_eq!(persons, expected);
        assert_eq!(counts.persons(3), None);
        counts.merge(counts.clone());
        assert!(counts.persons(4).is_some());
    }
}
