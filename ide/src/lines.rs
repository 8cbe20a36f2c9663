//! Where the lines of a text begin, as editors count them.

use std::ops::Range;

/// The lines of a text. A line ends with a line feed, a carriage return, or one after the other.
#[derive(Clone, Debug)]
pub struct LineStarts {
    /// The first byte of each line; the first line begins at 0.
    starts: Vec<u32>,
    end: u32,
}

impl LineStarts {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.strip_suffix('\n');
            let content = content.map_or(line, |it| it.strip_suffix('\r').unwrap_or(it));
            let alone = content.match_indices('\r').map(|(n, _)| at + n + 1);
            starts.extend(alone.map(size));
            at += line.len();
            starts.extend(line.ends_with('\n').then(|| size(at)));
        }
        Self {
            starts,
            end: size(text.len()),
        }
    }

    /// The bytes of a line, its end of line included. `None`: there is no such line.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<Range<u32>> {
        let n = usize::try_from(line).ok()?;
        let start = *self.starts.get(n)?;
        let end = self.starts.get(n.checked_add(1)?).copied();
        Some(start..end.unwrap_or(self.end))
    }

    /// The line of a byte, and the first byte of that line.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> (u32, u32) {
        let after = self.starts.partition_point(|start| *start <= offset);
        let line = after.saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        (size(line), start)
    }

    /// How long the text is, in bytes.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.end
    }
}

/// A place in a text; a text is far smaller than 4 GiB.
fn size(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::LineStarts;

    #[test]
    fn all_ends_of_line() {
        let lines = LineStarts::new("a\nb\r\næ\r\r\nd\r");
        let ranges: Vec<_> = (0..).map_while(|n| lines.line(n)).collect();
        assert_eq!(ranges, [0..2, 2..5, 5..8, 8..10, 10..12, 12..12]);
        assert_eq!((lines.line_of(7), lines.line_of(12)), ((2, 5), (5, 12)));
    }

    #[test]
    fn a_text_has_at_least_one_line() {
        assert_eq!(LineStarts::new("").line(0), Some(0..0));
        assert_eq!(LineStarts::new("a").line(1), None);
    }
}
