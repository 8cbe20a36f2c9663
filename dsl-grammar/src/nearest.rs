//! Which word was meant by one that nothing declares.

use std::collections::BTreeMap;

/// The candidate that `word` most probably misspells, if one is near enough: at most a third of
/// its letters wrong (one, in a short word), and never more than three. Of a single letter nothing
/// can be said.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let shape = Shape::of(word);
    let limit = shape.limit();
    candidates
        .into_iter()
        .filter(|candidate| shape.may_be_within(limit, &Shape::of(candidate)))
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| 0 < *distance && *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Words that may be misspelt, each with what belongs to it, by what can be told of them at a glance.
///
/// Thousands of unknown names are held against thousands of known ones: most of these share their shape with
/// others, and all of one shape are told apart from a word at once.
#[derive(Debug)]
pub struct Lookalikes<T> {
    shapes: BTreeMap<Shape, Vec<T>>,
}

impl<'w, T> FromIterator<(&'w str, T)> for Lookalikes<T> {
    fn from_iter<I: IntoIterator<Item = (&'w str, T)>>(words: I) -> Self {
        let mut shapes: BTreeMap<Shape, Vec<T>> = BTreeMap::new();
        for (word, its) in words {
            shapes.entry(Shape::of(word)).or_default().push(its);
        }
        Self { shapes }
    }
}

impl<T> Lookalikes<T> {
    /// What belongs to the words that look like this one, in no order: among them is the [`nearest`] of all.
    pub fn of(&self, word: &str) -> impl Iterator<Item = &T> {
        let shape = Shape::of(word);
        let limit = shape.limit();
        let alike = move |other: &Shape| shape.may_be_within(limit, other);
        let groups = self.shapes.iter().filter(move |(other, _)| alike(other));
        groups.flat_map(|(_, words)| words)
    }
}

/// What can be told of a word at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    letters: usize,
    /// A bit for each letter that stands in it; some share one.
    which: u64,
}

impl Shape {
    fn of(word: &str) -> Self {
        let bits = word.chars().map(|letter| 1 << (u32::from(letter) % 64));
        Self {
            letters: word.chars().count(),
            which: bits.fold(0, |all, bit: u64| all | bit),
        }
    }

    /// How many letters of the word may be wrong.
    fn limit(self) -> usize {
        match self.letters {
            0 | 1 => 0,
            letters => (letters / 3).clamp(1, 3),
        }
    }

    /// Whether so many wrong letters may lie between two words: each makes one longer by one at most, and
    /// exchanges one letter for another at most.
    fn may_be_within(self, wrong: usize, other: &Self) -> bool {
        let exchanged = (self.which ^ other.which).count_ones() as usize;
        self.letters.abs_diff(other.letters) <= wrong && exchanged <= 2 * wrong
    }
}

#[cfg(test)]
mod tests {
    use super::{Lookalikes, Shape, nearest};

    /// The nearest is found among all words, not only among those that look alike.
    #[test]
    fn a_glance_leaves_out_no_word_that_is_near() {
        let mut number = 1_u64;
        let mut roll = |sides: u64| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (number >> 33) % sides
        };
        let letters: Vec<char> = "aæ_1".chars().collect();
        let mut word = || {
            let letter = |at: u64| letters.get(usize::try_from(at).ok()?).copied();
            let length = 1 + roll(12);
            (0..length)
                .filter_map(|_| letter(roll(4)))
                .collect::<String>()
        };
        let mut found = 0;
        for _ in 0..400 {
            let (wanted, known) = (word(), (0..20).map(|_| word()).collect::<Vec<_>>());
            let limit = match wanted.chars().count() {
                1 => 0,
                count => (count / 3).clamp(1, 3),
            };
            let all = known
                .iter()
                .map(|it| (strsim::damerau_levenshtein(&wanted, it), it.as_str()));
            let near = all
                .filter(|(distance, _)| (1..=limit).contains(distance))
                .min();
            let near = near.map(|(_, word)| word);
            found += usize::from(near.is_some());
            let known = || known.iter().map(String::as_str);
            assert_eq!(nearest(&wanted, known()), near, "{wanted}");
            let alike: Lookalikes<&str> = known().map(|it| (it, it)).collect();
            let alike = alike.of(&wanted).copied();
            assert_eq!(nearest(&wanted, alike), near, "{wanted}");
        }
        assert!(found > 50, "only {found} are near");
    }

    /// What is compared letter by letter costs a hundred times as much.
    #[test]
    fn names_that_look_different_are_told_apart_at_a_glance() {
        let told = |one, two| !Shape::of(one).may_be_within(3, &Shape::of(two));
        assert!(told("ukendt_123", "a123"));
        assert!(told("virksomhedspraktik", "uddannelseshjælp"));
        assert!(!told("kontanthjælp", "kontanthælp"));
    }
}
