//! What was measured, as a table in Markdown.

use crate::measure::{Measured, Times};
use crate::server::QUESTIONS;
use crate::texts::Layout;
use std::time::Duration;

/// A heading and a table: a row for each thing measured, a column for each server.
pub(crate) fn drawn(layout: Layout, lines: usize, edits: usize, all: &[Measured]) -> String {
    let lines = thousands(lines);
    let what = match layout {
        Layout::OneFile => format!("One file of {lines} lines"),
        Layout::Workspace => format!("A workspace of {lines} lines in files of 1,000"),
    };
    let mut out = format!("### {what}, {edits} edits\n\n");
    let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
    out += &row("p50 / p99 in ms", &names);
    out += &format!("| --- |{}\n", " ---: |".repeat(names.len()));
    out += &measured_row("keystroke to diagnostics", all, |it| Some(&it.typing));
    let after = "… when questions came between";
    out += &measured_row(after, all, |it| Some(&it.diagnostics));
    for (at, question) in QUESTIONS.iter().enumerate() {
        let name = question.method.trim_start_matches("textDocument/");
        out += &measured_row(name, all, |it| it.answers.get(at));
    }
    out
}

fn measured_row<'m>(
    what: &str,
    all: &'m [Measured],
    times: impl Fn(&'m Measured) -> Option<&'m Times>,
) -> String {
    let cells: Vec<String> = all
        .iter()
        .map(|it| times(it).and_then(cell).unwrap_or_else(|| "–".to_owned()))
        .collect();
    row(what, &cells)
}

/// Median and 99th percentile; an asterisk if there never was anything to answer.
fn cell(times: &Times) -> Option<String> {
    let nothing = if times.says { "" } else { " \\*" };
    let (half, most) = (times.percentile(50)?, times.percentile(99)?);
    let (half, most) = (milliseconds(half), milliseconds(most));
    Some(format!("{half} / {most}{nothing}"))
}

fn milliseconds(time: Duration) -> String {
    let tenths = (time.as_micros() + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn row(first: &str, cells: &[impl AsRef<str>]) -> String {
    let cells = cells.iter().map(|it| format!(" {} |", it.as_ref()));
    format!("| {first} |{}\n", cells.collect::<String>())
}

fn thousands(number: usize) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
}
