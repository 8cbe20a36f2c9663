//! The persons of an extract: every key that occurs in any table, each with a number.

use std::collections::HashMap;

/// The persons, numbered as they are met.
#[derive(Debug, Default)]
pub(crate) struct Persons {
    numbers: HashMap<String, u32>,
    keys: Vec<String>,
    unreadable: Vec<u32>,
    doubtful: Vec<bool>,
}

impl Persons {
    /// The number of the person with this key.
    pub(crate) fn number(&mut self, key: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.numbers.insert(key.to_owned(), number);
        self.keys.push(key.to_owned());
        self.unreadable.push(0);
        self.doubtful.push(false);
        number
    }

    /// Counts a value of the person that could not be read.
    pub(crate) fn unreadable(&mut self, person: u32) {
        if let Some(count) = self.unreadable.get_mut(index(person)) {
            *count = count.saturating_add(1);
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
        self.keys.get(index(person)).map_or("", String::as_str)
    }

    /// Forgets all persons.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
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

    /// The persons by the bytes of their keys.
    pub(crate) fn sorted(&self) -> Vec<(u32, &str)> {
        let numbered = self.keys.iter().zip(0_u32..);
        let mut sorted: Vec<(u32, &str)> = numbered
            .map(|(key, number)| (number, key.as_str()))
            .collect();
        sorted.sort_unstable_by_key(|(_, key)| *key);
        sorted
    }
}

/// A person's number as an index.
pub(crate) fn index(person: u32) -> usize {
    usize::try_from(person).unwrap_or(usize::MAX)
}
