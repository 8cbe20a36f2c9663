//! Whom each count of the memo counts. The counts themselves leave here as figures alone.

use hjemmel_reports::suppression::Persons;
use std::collections::{BTreeMap, BTreeSet};

/// For each case the counts that it belongs to, by their ids.
#[derive(Debug)]
pub(crate) struct People {
    belongs: Vec<BTreeSet<usize>>,
    ids: BTreeMap<String, usize>,
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
    pub(crate) fn add(&mut self, case: usize, id: String) {
        let next = self.ids.len();
        let at = *self.ids.entry(id).or_insert(next);
        if let Some(belongs) = self.belongs.get_mut(case) {
            belongs.insert(at);
        }
    }

    /// How many cases belong to a count.
    pub(super) fn count(&self, id: &str) -> u64 {
        let Some(at) = self.ids.get(id) else { return 0 };
        let all = self.belongs.iter();
        number(all.filter(|belongs| belongs.contains(at)).count())
    }

    /// Whether anyone belongs to it.
    pub(crate) fn is_any(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// The cases by which of these counts they belong to.
    pub(super) fn groups(&self, wanted: &[&str]) -> Vec<Persons> {
        let positions = wanted.iter().enumerate();
        let positions: BTreeMap<usize, usize> = positions
            .filter_map(|(position, id)| Some((*self.ids.get(*id)?, position)))
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
