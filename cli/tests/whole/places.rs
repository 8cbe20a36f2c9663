//! Places in a text as the protocol writes them, counted anew and not by the server's code: lines
//! end in `\n`, `\r\n` or `\r`, and columns are units of UTF-16.

use serde_json::{Value, json};

/// A text and where its lines begin.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = |n: &usize| {
            bytes[*n] == b'\n' || (bytes[*n] == b'\r' && bytes.get(n + 1) != Some(&b'\n'))
        };
        let after = (0..bytes.len()).filter(ends).map(|n| n + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    /// The line and column of a byte.
    pub(crate) fn position(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        (
            line,
            self.text[self.starts[line]..at].encode_utf16().count(),
        )
    }

    /// The byte of a position; none if there is no such place.
    pub(crate) fn byte(&self, line: usize, column: usize) -> Option<usize> {
        let start = *self.starts.get(line)?;
        let end = self
            .starts
            .get(line + 1)
            .copied()
            .unwrap_or(self.text.len());
        let mut units = 0;
        for (n, c) in self.text[start..end].char_indices() {
            if units == column {
                return Some(start + n);
            }
            units += c.len_utf16();
        }
        (units == column).then_some(end)
    }
}

/// The position of a byte, as JSON.
pub(crate) fn told(text: &str, at: usize) -> Value {
    let (line, character) = Lines::new(text).position(at);
    json!({ "line": line, "character": character })
}

/// The byte of a position that a server has told; none if there is no such place.
pub(crate) fn byte(text: &str, position: &Value) -> Option<usize> {
    let number = |key: &str| usize::try_from(position[key].as_u64()?).ok();
    Lines::new(text).byte(number("line")?, number("character")?)
}

/// The nearest byte at or before where an editor may put its cursor: never inside a character or
/// between `\r` and `\n`.
pub(crate) fn cursor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let bytes = text.as_bytes();
    if 0 < at && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
        at -= 1;
    }
    at
}

#[test]
fn places_are_counted_by_hand() {
    let text = "a😀b\r\næ\rø\n";
    let expected = [
        (0, (0, 0)),
        (5, (0, 3)),
        (8, (1, 0)),
        (11, (2, 0)),
        (14, (3, 0)),
    ];
    for (at, place) in expected {
        assert_eq!(Lines::new(text).position(at), place, "{at}");
        assert_eq!(byte(text, &told(text, at)), Some(at));
    }
    assert_eq!(cursor(text, 3), 1);
    assert_eq!(cursor(text, 7), 6);
    assert_eq!(byte(text, &json!({ "line": 0, "character": 2 })), None);
    assert_eq!(byte(text, &json!({ "line": 4, "character": 0 })), None);
}
