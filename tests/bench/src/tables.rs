//! A table as Markdown, from whole numbers.

use std::fmt::Write as _;

/// A table that is being written, cell by cell.
#[derive(Clone, Debug)]
pub struct Table(String);

impl Table {
    /// With these headings.
    #[must_use]
    pub fn new(headings: &[&str]) -> Self {
        let rule = "| --- ".repeat(headings.len());
        Self(format!("| {} |\n{rule}|\n", headings.join(" | ")))
    }

    /// A cell.
    pub fn word(&mut self, word: &str) -> &mut Self {
        let _ = write!(self.0, "| {word} ");
        self
    }

    /// Nanoseconds, for each case.
    pub fn per_case(&mut self, nanoseconds: u64, cases: usize) -> &mut Self {
        let cases = u64::try_from(cases).unwrap_or(1).max(1);
        self.word(&format!("{} ns", nanoseconds / cases))
    }

    /// Nanoseconds as microseconds.
    pub fn microseconds(&mut self, nanoseconds: u64) -> &mut Self {
        self.word(&format!("{} µs", nanoseconds / 1000))
    }

    /// Nanoseconds as milliseconds.
    pub fn milliseconds(&mut self, nanoseconds: u64) -> &mut Self {
        self.word(&format!("{} ms", nanoseconds / 1_000_000))
    }

    /// Kibibytes as mebibytes.
    pub fn mebibytes(&mut self, kibibytes: u64) -> &mut Self {
        self.word(&format!("{} MiB", kibibytes / 1024))
    }

    /// How many times the other, with two decimals below ten and one above.
    pub fn ratio(&mut self, cost: u64, other: u64) -> &mut Self {
        let word = match cost.saturating_mul(100).checked_div(other) {
            Some(it) if it < 1000 => format!("{}.{:02}", it / 100, it % 100),
            Some(it) => format!("{}.{}", it / 100, it % 100 / 10),
            None => "-".to_owned(),
        };
        self.word(&word)
    }

    /// Ends the line.
    pub fn end(&mut self) {
        self.0.push_str("|\n");
    }

    /// The table, and an empty line.
    #[must_use]
    pub fn text(mut self) -> String {
        self.0.push('\n');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_ratio_is_rounded_down() {
        let mut table = Table::new(&["one", "two", "three"]);
        table.ratio(35, 10).ratio(12_399, 100).ratio(1, 0).end();
        let expected = "| one | two | three |\n| --- | --- | --- |\n| 3.50 | 123.9 | - |\n\n";
        assert_eq!(table.text(), expected);
    }
}
