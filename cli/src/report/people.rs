//! Whom each count of the memo counts. The counts themselves leave here as figures alone.

use hjemmel_engine::time::Day;
use hjemmel_reports::suppression::Persons;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Counts whose persons have to do with each other. Between scenes a reader knows of no equality:
/// from one day to another anybody may come or go. So nothing of one is worked out from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scene {
    /// The day of the memo.
    Today,
    /// What the extract holds, and what it lacks.
    Extract,
    /// An earlier day.
    Before(Day),
    /// A later day, with starts and without.
    Ahead(Day),
}

impl Scene {
    /// The scene of a day in a series or a forecast; the same counts on the day of the memo belong
    /// to that day.
    pub(crate) fn of(day: Day, today: Day) -> Self {
        match day.cmp(&today) {
            Ordering::Less => Self::Before(day),
            Ordering::Equal => Self::Today,
            Ordering::Greater => Self::Ahead(day),
        }
    }
}

/// For each case the counts that it belongs to, by their ids.
#[derive(Debug)]
pub(crate) struct People {
    belongs: Vec<BTreeSet<usize>>,
    /// The position of each count, and its scene.
    ids: BTreeMap<String, (usize, Scene)>,
}

impl People {
    /// So many cases that belong to nothing yet.
    pub(crate) fn new(cases: usize) -> Self {
        Self {
            belongs: vec![BTreeSet::new(); cases],
            ids: BTreeMap::new(),
        }
    }

    /// The case at this position belongs to that count.
    pub(crate) fn add(&mut self, scene: Scene, case: usize, id: String) {
        let next = self.ids.len();
        let (at, _) = *self.ids.entry(id).or_insert((next, scene));
        if let Some(belongs) = self.belongs.get_mut(case) {
            belongs.insert(at);
        }
    }

    /// How many cases belong to a count.
    pub(super) fn count(&self, id: &str) -> u64 {
        let Some((at, _)) = self.ids.get(id) else {
            return 0;
        };
        let all = self.belongs.iter();
        number(all.filter(|belongs| belongs.contains(at)).count())
    }

    /// Whether anyone belongs to it.
    pub(crate) fn is_any(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// The scene of a count; none if nobody belongs to it.
    pub(super) fn scene(&self, id: &str) -> Option<Scene> {
        self.ids.get(id).map(|(_, scene)| *scene)
    }

    /// The cases by which of these counts they belong to.
    pub(super) fn groups(&self, wanted: &[&str]) -> Vec<Persons> {
        let positions = wanted.iter().enumerate();
        let positions: BTreeMap<usize, usize> = positions
            .filter_map(|(position, id)| Some((self.ids.get(*id)?.0, position)))
            .collect();
        let mut groups: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
        for belongs in &self.belongs {
            let own = belongs.iter().filter_map(|at| positions.get(at).copied());
            let mut own: Vec<usize> = own.collect();
            own.sort_unstable();
            if !own.is_empty() {
                let number = groups.entry(own).or_default();
                *number = number.saturating_add(1);
            }
        }
        let groups = groups.into_iter();
        groups
            .map(|(counts, number)| Persons { counts, number })
            .collect()
    }
}

/// A count of things at hand.
pub(crate) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
