//! What a measure counts, day by day and group by group: from runs, by their changes.

use crate::counted_days::CountedDays;
use hjemmel_engine::histories::MeasureHistories;
use hjemmel_engine::measure::Counts;
use hjemmel_engine::time::Truth;
use std::collections::BTreeMap;

/// The counts of one measure.
#[derive(Clone, Debug, Default)]
pub(crate) struct MeasureCounts {
    groups: BTreeMap<Vec<String>, Changes>,
}

/// By how much the counted, those they are out of, and the unknown change on each of the days.
#[derive(Clone, Debug)]
struct Changes([Vec<i64>; 3]);

impl Changes {
    fn none(days: usize) -> Self {
        Self([vec![0; days], vec![0; days], vec![0; days]])
    }

    fn add(&mut self, other: &Self) {
        for (mine, more) in self.0.iter_mut().zip(&other.0) {
            for (mine, more) in mine.iter_mut().zip(more) {
                *mine = mine.saturating_add(*more);
            }
        }
    }

    /// The counts of each of the days; `None` if one is below zero, which is a bug.
    fn counts(&self) -> Option<Vec<Counts>> {
        let sums = |changes: &[i64]| -> Option<Vec<u64>> {
            let mut now = 0_i64;
            let each = changes.iter().map(|change| {
                now = now.checked_add(*change)?;
                u64::try_from(now).ok()
            });
            each.collect()
        };
        let [counted, out_of, unknown] = &self.0;
        let (counted, out_of, unknown) = (sums(counted)?, sums(out_of)?, sums(unknown)?);
        let days = counted.into_iter().zip(out_of).zip(unknown);
        let counts = days.map(|((counted, out_of), unknown)| Counts {
            counted,
            out_of,
            unknown,
        });
        Some(counts.collect())
    }
}

impl MeasureCounts {
    /// Counts what some cases add. The cost grows with the runs, not with the days.
    pub(crate) fn of(histories: &MeasureHistories, counted: &CountedDays) -> Self {
        let days = counted.days.len();
        let mut groups = vec![Changes::none(days); histories.groups.len()];
        for (run, added) in histories.days.iter().zip(&histories.added) {
            let (from, to) = (counted.before(run.start), counted.before(run.end));
            let group = usize::try_from(added.group).ok();
            let Some(Changes(changes)) = group.and_then(|at| groups.get_mut(at)) else {
                continue;
            };
            let unknown = added.out_of == Truth::Unknown || added.counted == Truth::Unknown;
            let adds = [
                added.counted == Truth::Yes,
                added.out_of == Truth::Yes,
                unknown,
            ];
            for (changes, _) in changes.iter_mut().zip(adds).filter(|(_, adds)| *adds) {
                for (at, change) in [(from, 1_i64), (to, -1)] {
                    if let Some(count) = changes.get_mut(at).filter(|_| from < to) {
                        *count = count.saturating_add(change);
                    }
                }
            }
        }
        let groups = histories.groups.iter().cloned().zip(groups);
        Self {
            groups: groups.collect(),
        }
    }

    /// Adds the counts of other cases.
    pub(crate) fn merge(&mut self, other: Self) {
        for (group, changes) in other.groups {
            match self.groups.get_mut(&group) {
                Some(mine) => mine.add(&changes),
                None => {
                    self.groups.insert(group, changes);
                }
            }
        }
    }

    /// On each of the days the counts of all, and of each group that ever has anyone.
    pub(crate) fn on(&self, days: usize) -> Option<Measured> {
        let mut all = Changes::none(days);
        let mut groups = Vec::new();
        for (group, changes) in &self.groups {
            all.add(changes);
            let counts = changes.counts()?;
            if counts.iter().any(|counts| *counts != Counts::default()) && !group.is_empty() {
                groups.push((group.clone(), counts));
            }
        }
        Some(Measured {
            all: all.counts()?,
            groups,
        })
    }
}

/// The counts of a measure on each of its days.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) all: Vec<Counts>,
    pub(crate) groups: Vec<(Vec<String>, Vec<Counts>)>,
}
