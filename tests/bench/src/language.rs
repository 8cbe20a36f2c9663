//! What reading and checking rules costs, by the number of lines: it should be linear.

use crate::measure::{Cost, median, timed};
use crate::rule_text::rules;
use crate::tables::Table;
use hjemmel_engine::{Checked, check_pieces};
use hjemmel_grammar::{Limits, Pieces};
use std::sync::Arc;

/// How many lines.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// No file is too large here.
const LIMITS: Limits = Limits {
    bytes: usize::MAX,
    lines: usize::MAX,
};

/// A table of medians of so many runs: parsing, checking with all examples, both, and both for each
/// line beside that of the smallest size.
///
/// # Errors
///
/// Something is wrong with the rules.
pub fn language(runs: usize) -> Result<String, String> {
    let mut table = Table::new(&[
        "lines",
        "bytes",
        "parse, CPU",
        "check, CPU",
        "both, CPU",
        "both, wall",
        "a line, × that of the smallest",
    ]);
    let mut smallest = 0;
    for lines in SIZES {
        let text = rules(lines);
        let (parse, check) = costs(&text, runs)?;
        let (cpu, wall) = (parse.cpu + check.cpu, parse.wall + check.wall);
        let thousands = u64::try_from(lines / 1000).unwrap_or(1);
        let each = cpu / thousands;
        if smallest == 0 {
            smallest = each;
        }
        table
            .word(&lines.to_string())
            .word(&text.len().to_string())
            .microseconds(parse.cpu)
            .microseconds(check.cpu)
            .microseconds(cpu)
            .microseconds(wall)
            .ratio(each, smallest)
            .end();
    }
    Ok(table.text())
}

/// Reads and checks rules of so many lines once, for a profile: no clock is read.
///
/// # Errors
///
/// Something is wrong with the rules.
pub fn once(lines: usize) -> Result<(), String> {
    nothing_wrong(&check_pieces(vec![Arc::new(read(&rules(lines)))]))
}

fn read(text: &str) -> Pieces {
    Pieces::read_within(LIMITS, text)
}

fn nothing_wrong(checked: &Checked) -> Result<(), String> {
    match checked.diagnostics.first() {
        Some(wrong) => Err(format!("{wrong:?}")),
        None => Ok(()),
    }
}

fn costs(text: &str, runs: usize) -> Result<(Cost, Cost), String> {
    let (mut parses, mut checks) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        let (pieces, cost) = timed(|| read(text));
        parses.push(cost);
        let (checked, cost) = timed(|| check_pieces(vec![Arc::new(pieces)]));
        checks.push(cost);
        nothing_wrong(&checked)?;
    }
    Ok((median(&parses), median(&checks)))
}
