//! Provisions as places in an act: which of them lie in each other.
//!
//! A citation of a paragraph is one of all that stands in it, and a citation of a number is one of
//! its paragraph too: the one place is the beginning of the other. A range is all it spans.

use crate::model::Model;
use hjemmel_grammar::syntax::{ActReference, Provision};
use std::cmp::Ordering;

/// A level of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Chapter,
    Paragraph,
    Stk,
    Nr,
    Litra,
    Pkt,
}

/// `92`, `96 c` or, of a `litra`, `c`: by the number, then by the letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Numeral {
    number: u32,
    letters: String,
}

/// `92-96 c`: the first and the last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    first: Numeral,
    last: Numeral,
}

/// A place in an act, from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    levels: Vec<(Level, Range)>,
}

impl Place {
    pub(super) fn of(provision: &Provision) -> Self {
        let top = if provision.chapter {
            Level::Chapter
        } else {
            Level::Paragraph
        };
        let deeper = [&provision.nr, &provision.litra, &provision.pkt];
        // A paragraph that is cited by number alone has only one stk.
        let stk = match &provision.stk {
            None if deeper.iter().any(|it| it.is_some()) => Some("1"),
            stk => stk.as_deref(),
        };
        let written = [
            (top, Some(provision.paragraph.as_str())),
            (Level::Stk, stk),
            (Level::Nr, provision.nr.as_deref()),
            (Level::Litra, provision.litra.as_deref()),
            (Level::Pkt, provision.pkt.as_deref()),
        ];
        let written = written.into_iter();
        let levels = written.filter_map(|(level, text)| Some((level, Range::of(text?))));
        Self {
            levels: levels.collect(),
        }
    }

    /// Whether one is the beginning of the other, or some of what one spans is.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let both = self.levels.iter().zip(&other.levels);
        both.into_iter()
            .all(|((level, mine), (other, theirs))| level == other && mine.meets(theirs))
    }

    /// By the order of the act; what stands above comes before what stands in it.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let key = |place: &Self| -> Vec<(u8, Range)> {
            let levels = place.levels.iter();
            levels
                .map(|(level, range)| (*level as u8, range.clone()))
                .collect()
        };
        key(self).cmp(&key(other))
    }
}

impl Range {
    /// `92-96 c` as the language tidies it.
    fn of(text: &str) -> Self {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        Self {
            first: Numeral::of(first),
            last: Numeral::of(last),
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl Numeral {
    fn of(text: &str) -> Self {
        let text = text.trim();
        let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = text.strip_suffix(letters).unwrap_or_default();
        Self {
            number: digits.parse().unwrap_or(0),
            letters: letters.trim().to_owned(),
        }
    }
}

/// The act that a citation is of: an edition of an act that the rules name is that act.
pub(super) fn source<'a>(model: &'a Model, act: &'a ActReference) -> Source<'a> {
    let edition = |it: &&crate::model::Act| it.editions.iter().any(|it| it.reference == *act);
    match act {
        ActReference::Named(name) => Source::Named(name),
        ActReference::Numbered { kind, number, year } => match model.acts.iter().find(edition) {
            Some(named) => Source::Named(&named.name),
            None => Source::Numbered(kind, *year, *number),
        },
    }
}

/// What provisions belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source<'a> {
    /// An act that the rules name.
    Named(&'a str),
    /// A document: its kind, its year, its number.
    Numbered(&'a str, u32, u32),
}

#[cfg(test)]
mod tests {
    use super::Place;
    use hjemmel_grammar::parse_provisions;

    fn place(text: &str) -> Place {
        let provisions = parse_provisions(&format!("LAB {text}")).unwrap();
        Place::of(&provisions[0])
    }

    #[test]
    fn one_is_the_beginning_of_the_other() {
        for (a, b) in [
            ("§ 92", "§ 92, stk. 2"),
            ("§§ 92-96 c", "§ 96 b, stk. 1"),
            ("§§ 92-96 c", "§§ 96 b-99"),
            ("§ 6, nr. 2-3", "§ 6, nr. 3"),
            ("§ 6, nr. 2-3", "§ 6"),
            ("§ 6, nr. 3", "§ 6, stk. 1, nr. 3"),
            ("§ 6, stk. 1", "§ 6, nr. 3"),
            ("§ 2, stk. 1, litra c", "§ 2, stk. 1, litra a-d"),
            ("kap. 17 a", "kap. 17 a"),
        ] {
            assert!(place(a).meets(&place(b)), "{a} and {b}");
            assert!(place(b).meets(&place(a)), "{b} and {a}");
        }
    }

    #[test]
    fn others_do_not_meet() {
        for (a, b) in [
            ("§ 92", "§ 92 a"),
            ("§§ 92-96", "§ 96 a"),
            ("§ 9", "§ 92"),
            ("§ 92, stk. 2", "§ 92, stk. 20"),
            ("§ 6, nr. 3", "§ 6, stk. 2, nr. 3"),
            ("§ 6, stk. 2, nr. 3", "§ 6, stk. 2, 1. pkt."),
            ("kap. 17", "§ 17"),
        ] {
            assert!(!place(a).meets(&place(b)), "{a} and {b}");
            assert!(!place(b).meets(&place(a)), "{b} and {a}");
        }
    }
}
