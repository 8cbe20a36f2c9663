//! An open document: its text, and the way there.
//!
//! A client may send changes out of order (seen of a real one), and each change is about the text
//! that the one before it left. So the last steps are kept, and a late change is put in its place.

use crate::convert::{Encoding, Lines};
use std::collections::VecDeque;
use std::sync::Arc;
use tower_lsp::ls_types::TextDocumentContentChangeEvent;

/// How many steps are kept.
const MAX_STEPS: usize = 64;
/// How many bytes of earlier texts are kept.
const MAX_BYTES: usize = 16 << 20;

/// A document as the client has it.
#[derive(Debug)]
pub(crate) struct Document {
    /// The newest version that was heard of.
    pub(crate) version: i32,
    /// Its text.
    pub(crate) text: Arc<str>,
    /// Another text stands for it, until the client sends a whole one.
    let_go: bool,
    steps: VecDeque<Step>,
}

/// A version, its changes and the text before them.
#[derive(Debug)]
struct Step {
    version: i32,
    changes: Vec<TextDocumentContentChangeEvent>,
    before: Arc<str>,
}

impl Document {
    /// A document as it was opened.
    pub(crate) fn new(version: i32, text: String) -> Self {
        Self {
            version,
            text: text.into(),
            let_go: false,
            steps: VecDeque::new(),
        }
    }

    /// How much room its text takes, in bytes.
    pub(crate) fn room(&self) -> usize {
        if self.let_go { 0 } else { self.text.len() }
    }

    /// Lets go of a text for which there is no room. What is told of it then is what is told of
    /// `instead`.
    pub(crate) fn let_go(&mut self, instead: Arc<str>) {
        self.text = instead;
        self.let_go = true;
        self.steps.clear();
    }

    /// Makes the changes of a version: after all earlier versions and before all later ones,
    /// whenever it comes. A version that comes twice is taken in the order it comes.
    pub(crate) fn change(
        &mut self,
        version: i32,
        mut changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        if self.let_go {
            self.version = self.version.max(version);
            let Some(whole) = changes.iter().rposition(|change| change.range.is_none()) else {
                return;
            };
            changes.drain(..whole);
            self.let_go = false;
        }
        let place = self.steps.iter().position(|step| version < step.version);
        let later = self.steps.split_off(place.unwrap_or(self.steps.len()));
        if let Some(first) = later.front() {
            self.text = first.before.clone();
        }
        self.step(version, changes, encoding);
        for step in later {
            self.step(step.version, step.changes, encoding);
        }
        self.version = self.version.max(version);
        self.forget();
    }

    fn step(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let before = self.text.clone();
        for change in &changes {
            self.text = changed(&self.text, change, encoding);
        }
        self.steps.push_back(Step {
            version,
            changes,
            before,
        });
    }

    /// Drops the oldest steps over the limits.
    fn forget(&mut self) {
        let mut bytes: usize = self.steps.iter().map(|step| step.before.len()).sum();
        while MAX_STEPS < self.steps.len() || MAX_BYTES < bytes {
            let Some(oldest) = self.steps.pop_front() else {
                return;
            };
            bytes = bytes.saturating_sub(oldest.before.len());
        }
    }
}

/// The text after one change.
fn changed(text: &str, change: &TextDocumentContentChangeEvent, encoding: Encoding) -> Arc<str> {
    let Some(range) = change.range else {
        return change.text.as_str().into();
    };
    let span = Lines::new(text, encoding).span(range);
    let before = text.get(..span.start as usize).unwrap_or(text);
    let after = text.get(span.end as usize..).unwrap_or("");
    [before, &change.text, after].concat().into()
}

#[cfg(test)]
mod tests {
    use super::{Document, MAX_STEPS};
    use crate::convert::Encoding;
    use tower_lsp::ls_types::{Position, Range, TextDocumentContentChangeEvent};

    /// Inserts a text at a column of the first line.
    fn insert(column: u32, text: &str) -> Vec<TextDocumentContentChangeEvent> {
        let at = Position::new(0, column);
        vec![TextDocumentContentChangeEvent {
            range: Some(Range::new(at, at)),
            range_length: None,
            text: text.to_owned(),
        }]
    }

    #[test]
    fn the_order_of_arrival_does_not_matter() {
        // 1: a, 2: ab, 3: æab, 4: æaxb
        let steps = [
            (2, insert(1, "b")),
            (3, insert(0, "æ")),
            (4, insert(2, "x")),
        ];
        for order in [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ] {
            let mut document = Document::new(1, "a".to_owned());
            for n in order {
                let (version, changes) = steps[n].clone();
                document.change(version, changes, Encoding::Utf16);
            }
            assert_eq!(
                (&*document.text, document.version),
                ("æaxb", 4),
                "{order:?}"
            );
        }
    }

    #[test]
    fn a_text_that_was_let_go_of_comes_back_whole() {
        let mut document = Document::new(1, "begreb a".to_owned());
        document.let_go("for stor".into());
        assert_eq!(document.room(), 0);
        document.change(2, insert(8, "b"), Encoding::Utf8);
        assert_eq!((&*document.text, document.version), ("for stor", 2));
        let whole = TextDocumentContentChangeEvent {
            range: None,
            range_length: None,
            text: "begreb c".to_owned(),
        };
        let changes = [insert(8, "b"), vec![whole], insert(8, "d")].concat();
        document.change(3, changes, Encoding::Utf8);
        assert_eq!((&*document.text, document.room()), ("begreb cd", 9));
    }

    #[test]
    fn a_client_without_version_numbers_is_taken_by_arrival() {
        let mut document = Document::new(0, String::new());
        for text in ["a", "b", "c"] {
            document.change(0, insert(99, text), Encoding::Utf8);
        }
        assert_eq!(&*document.text, "abc");
    }

    #[test]
    fn a_whole_text_replaces_all_and_old_steps_are_forgotten() {
        let mut document = Document::new(1, "a".to_owned());
        for version in 2..200 {
            document.change(version, insert(0, "x"), Encoding::Utf8);
        }
        let whole = TextDocumentContentChangeEvent {
            range: None,
            range_length: None,
            text: "ny".to_owned(),
        };
        document.change(200, vec![whole], Encoding::Utf8);
        assert_eq!(&*document.text, "ny");
        assert_eq!(document.steps.len(), MAX_STEPS);
    }

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % sides
        }
    }

    /// The position of a character, counted by hand.
    fn position(text: &[char], at: usize, encoding: Encoding) -> Position {
        let line = text[..at].iter().filter(|c| **c == '\n').count();
        let start = text[..at]
            .iter()
            .rposition(|c| *c == '\n')
            .map_or(0, |n| n + 1);
        let width = |c: &char| match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        };
        let column: usize = text[start..at].iter().map(width).sum();
        Position::new(u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
    }

    #[test]
    fn after_random_edits_in_random_order_both_have_the_same_text() {
        for (encoding, seed) in [
            (Encoding::Utf8, 1),
            (Encoding::Utf16, 2),
            (Encoding::Utf16, 3),
        ] {
            let mut dice = Dice(seed);
            let mut text: Vec<char> = Vec::new();
            let mut document = Document::new(0, String::new());
            let mut held: Vec<(i32, Vec<TextDocumentContentChangeEvent>)> = Vec::new();
            for version in 1..=2_000 {
                let from = dice.roll(text.len() + 1);
                let to = (from + dice.roll(6)).min(text.len());
                let pieces = ["a", "æø", "😀", "\n", "𝕊x\n", "", "begreb "];
                let new = pieces[dice.roll(pieces.len())];
                let range = Range::new(
                    position(&text, from, encoding),
                    position(&text, to, encoding),
                );
                text.splice(from..to, new.chars());
                held.push((
                    version,
                    vec![TextDocumentContentChangeEvent {
                        range: Some(range),
                        range_length: None,
                        text: new.to_owned(),
                    }],
                ));
                // A few are held back and let go in any order.
                while held.len() > 8 || (version == 2_000 && !held.is_empty()) {
                    let (version, changes) = held.swap_remove(dice.roll(held.len()));
                    document.change(version, changes, encoding);
                }
            }
            assert_eq!(*document.text, *text.iter().collect::<String>());
        }
    }
}
