//! The persons of an extract: every key that occurs in any table, each with a number.

use crate::numbered::Numbered;

/// The persons, numbered as they are met.
#[derive(Debug, Default)]
pub(crate) struct Persons {
    keys: Numbered,
    unreadable: Vec<u32>,
    doubtful: Vec<bool>,
}

impl Persons {
    /// The number of the person with this key.
    pub(crate) fn number(&mut self, key: &str) -> u32 {
        let (number, new) = self.keys.number(key);
        if new {
            self.unreadable.push(0);
            self.doubtful.push(false);
        }
        number
    }

    /// Counts a value of the person that could not be read.
    pub(crate) fn unreadable(&mut self, person: u32) {
        self.unreadable_by(person, 1);
    }

    /// Counts so many.
    pub(crate) fn unreadable_by(&mut self, person: u32, more: u32) {
        if let Some(count) = self.unreadable.get_mut(index(person)) {
            *count = count.saturating_add(more);
        }
    }

    /// Rows of the person may stand under another key: no row proves nothing.
    pub(crate) fn doubt(&mut self, person: u32) {
        if let Some(doubtful) = self.doubtful.get_mut(index(person)) {
            *doubtful = true;
        }
    }

    /// The key of a person.
    pub(crate) fn key(&self, person: u32) -> &str {
        self.keys.get(person).unwrap_or_default()
    }

    /// Forgets all persons.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
        self.unreadable.clear();
        self.doubtful.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn unreadable_of(&self, person: u32) -> u32 {
        self.unreadable.get(index(person)).copied().unwrap_or(0)
    }

    pub(crate) fn is_doubtful(&self, person: u32) -> bool {
        self.doubtful.get(index(person)).copied().unwrap_or(false)
    }

    /// The persons' numbers by the bytes of their keys; none if they were numbered so.
    pub(crate) fn numbers_by_key(&self) -> Option<Vec<u32>> {
        if self.keys.is_sorted() {
            return None;
        }
        let mut numbers: Vec<u32> = (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).collect();
        numbers.sort_unstable_by(|a, b| self.key(*a).cmp(self.key(*b)));
        Some(numbers)
    }

    /// The persons by the bytes of their keys.
    pub(crate) fn sorted(&self) -> Vec<(u32, &str)> {
        let numbers = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        let mut sorted: Vec<(u32, &str)> =
            numbers.map(|number| (number, self.key(number))).collect();
        if !self.keys.is_sorted() {
            sorted.sort_unstable_by_key(|(_, key)| *key);
        }
        sorted
    }
}

/// A person's number as an index.
pub(crate) fn index(person: u32) -> usize {
    usize::try_from(person).unwrap_or(usize::MAX)
}
