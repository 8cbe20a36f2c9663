//! Texts, each once, with a number: the keys of persons, and the texts that tell rows apart.
//!
//! A million keys in little memory: all of them one after the other, found again by being next to
//! the one asked for last (files are often in one order), by search while they came in order, and
//! by a table of hashes only when they did not.

use std::cmp::Ordering;
use std::hash::{BuildHasher as _, RandomState};

/// Texts numbered as they are met.
#[derive(Clone, Default)]
pub(crate) struct Numbered {
    text: String,
    /// Where each ends in `text`.
    ends: Vec<usize>,
    /// The number that was asked for last.
    last: u32,
    /// Numbers by the hash of their texts; empty as long as the texts came in the order of their bytes.
    slots: Vec<u32>,
    hasher: RandomState,
}

crate::hide::sealed!(Numbered);

/// A slot that no number has.
const FREE: u32 = u32::MAX;

impl Numbered {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with this number.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        self.text.get(self.range(number)?)
    }

    /// The texts came in the order of their bytes.
    pub(crate) fn is_sorted(&self) -> bool {
        self.slots.is_empty()
    }

    /// Forgets all, and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.slots.clear();
        self.last = 0;
    }

    /// How many bytes the texts have.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The number of a text, and whether it is new.
    pub(crate) fn number(&mut self, text: &str) -> (u32, bool) {
        let found = if self.slots.is_empty() {
            self.search(text)
        } else {
            self.near(text).or_else(|| self.hashed(text))
        };
        let number = found.unwrap_or_else(|| self.add(text));
        self.last = number;
        (number, found.is_none())
    }

    fn range(&self, number: u32) -> Option<std::ops::Range<usize>> {
        let at = number as usize;
        let end = *self.ends.get(at)?;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        Some(start..end)
    }

    /// The bytes of a text, which compare faster than characters.
    fn of(&self, number: u32) -> Option<&[u8]> {
        self.text.as_bytes().get(self.range(number)?)
    }

    /// Among texts in order: from the last one onwards in growing steps, then by halves.
    fn search(&self, text: &str) -> Option<u32> {
        let text = text.as_bytes();
        let (mut low, mut step) = (self.last, 1_u32);
        // Mostly it is the one after that which was asked for last.
        let next = low.saturating_add(1);
        if self.of(next) == Some(text) {
            return Some(next);
        }
        match self.of(low)?.cmp(text) {
            Ordering::Equal => return Some(low),
            Ordering::Greater => low = 0,
            Ordering::Less => {}
        }
        let count = u32::try_from(self.len()).unwrap_or(FREE);
        let mut high = loop {
            let next = low.saturating_add(step);
            match self.of(next).map(|it| it.cmp(text)) {
                Some(Ordering::Equal) => return Some(next),
                Some(Ordering::Less) => low = next,
                Some(Ordering::Greater) => break next,
                None => break count,
            }
            step = step.saturating_mul(2);
        };
        while low < high {
            let middle = low.midpoint(high);
            match self.of(middle)?.cmp(text) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => low = middle.saturating_add(1),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The last one again, or one of those after it.
    fn near(&self, text: &str) -> Option<u32> {
        let mut near = self.last..self.last.saturating_add(4);
        near.find(|number| self.of(*number) == Some(text.as_bytes()))
    }

    fn hashed(&self, text: &str) -> Option<u32> {
        let slot = self.slot(text)?;
        self.slots
            .get(slot)
            .copied()
            .filter(|number| *number != FREE)
    }

    /// Where the number of the text stands, or would.
    fn slot(&self, text: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let hash = usize::try_from(self.hasher.hash_one(text) >> 16).unwrap_or(0);
        let mut slot = hash & mask;
        loop {
            let number = *self.slots.get(slot)?;
            if number == FREE || self.of(number) == Some(text.as_bytes()) {
                return Some(slot);
            }
            slot = slot.wrapping_add(1) & mask;
        }
    }

    fn add(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.len()).unwrap_or(FREE);
        let before = number.checked_sub(1).and_then(|before| self.of(before));
        let in_order = self.slots.is_empty() && before < Some(text.as_bytes());
        self.text.push_str(text);
        self.ends.push(self.text.len());
        if !in_order {
            self.enter(number, text);
        }
        number
    }

    /// Enters a number in the table of hashes, which is kept at most half full.
    fn enter(&mut self, number: u32, text: &str) {
        let room = self.len().saturating_mul(2).next_power_of_two().max(16);
        if self.slots.len() < room {
            self.slots = vec![FREE; room];
            for number in 0..number {
                let text = self.get(number).unwrap_or_default();
                if let Some(slot) = self.slot(text)
                    && let Some(slot) = self.slots.get_mut(slot)
                {
                    *slot = number;
                }
            }
        }
        if let Some(slot) = self.slot(text)
            && let Some(slot) = self.slots.get_mut(slot)
        {
            *slot = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Numbered;
    use std::collections::BTreeMap;

    #[test]
    fn a_text_keeps_its_number_in_whatever_order_they_come() {
        let in_order: Vec<u32> = (0..500)
            .chain(0..500)
            .chain([499, 0, 250, 600, 601])
            .collect();
        let mixed: Vec<u32> = (0..4000_u32)
            .map(|at| at.wrapping_mul(7919) % 1013)
            .collect();
        for (asked, sorted) in [(in_order, true), (mixed, false)] {
            let mut numbered = Numbered::default();
            let mut known: BTreeMap<String, u32> = BTreeMap::new();
            for text in asked.iter().map(|at| format!("{at:05}")) {
                let next = u32::try_from(known.len()).unwrap();
                let expected = *known.entry(text.clone()).or_insert(next);
                assert_eq!(
                    numbered.number(&text),
                    (expected, expected == next),
                    "{text}"
                );
                assert_eq!(numbered.get(expected), Some(text.as_str()));
            }
            assert_eq!(
                (numbered.len(), numbered.is_sorted()),
                (known.len(), sorted)
            );
        }
    }
}
