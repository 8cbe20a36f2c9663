//! The words that a field can have.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The words that a field can have, in the order of their declaration. Copies share them, and a word is
/// found without a look at each: a field may have thousands, and be named as often.
#[derive(Clone)]
pub struct Choices(Arc<Listed>);

struct Listed {
    words: Vec<String>,
    /// The positions of the words in alphabetical order.
    sorted: Vec<usize>,
}

impl Choices {
    /// Where a word stands among them.
    #[must_use]
    pub fn position(&self, word: &str) -> Option<usize> {
        let at = |position: usize| self.get(position).map(String::as_str);
        let sorted = &self.0.sorted;
        let first = sorted.partition_point(|position| at(*position) < Some(word));
        let found = sorted.get(first).copied();
        found.filter(|position| at(*position) == Some(word))
    }
}

impl From<Vec<String>> for Choices {
    fn from(words: Vec<String>) -> Self {
        let mut sorted: Vec<usize> = (0..words.len()).collect();
        sorted.sort_by_key(|position| words.get(*position));
        Self(Arc::new(Listed { words, sorted }))
    }
}

impl FromIterator<String> for Choices {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        Self::from(Vec::from_iter(words))
    }
}

impl Deref for Choices {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0.words
    }
}

impl PartialEq for Choices {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.words == other.0.words
    }
}

impl Eq for Choices {}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.words.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn a_word_is_found_where_it_stands_first() {
        let choices: Choices = ["b", "a", "c", "a"]
            .map(str::to_owned)
            .into_iter()
            .collect();
        let places = ["a", "b", "c", "d", ""].map(|word| choices.position(word));
        assert_eq!(places, [Some(1), Some(0), Some(2), None, None]);
    }
}
