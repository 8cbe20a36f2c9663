//! What came of mutants, for programs: one JSON object of a stable shape, with both languages.

use crate::mutate::Report;
use crate::print::range;
use hjemmel_engine::mutate::Mutant;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Text;
use serde::Serialize;

/// The whole output. A field never changes meaning or disappears within a version.
#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    made: usize,
    killed: usize,
    equivalent: usize,
    survived: usize,
    survivors: Vec<Survivor<'a>>,
    equivalents: Vec<Same<'a>>,
    findings: Vec<Finding<'a>>,
}

/// A mutant that no example notices. `tried` lines of examples rest on what it changes.
#[derive(Serialize)]
struct Survivor<'a> {
    id: &'a str,
    rule: &'a str,
    place: Place<'a>,
    change: Both<'a>,
    hint: Both<'a>,
    tried: usize,
}

/// Lines and columns (in characters) from 1, the end just after the last character.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    text: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Same<'a> {
    id: &'a str,
    reason: Both<'a>,
}

#[derive(Serialize)]
struct Finding<'a> {
    id: &'a str,
    file: &'a str,
    line: usize,
    message: Both<'a>,
}

#[derive(Serialize)]
struct Both<'a> {
    da: &'a str,
    en: &'a str,
}

/// The report as JSON.
pub(crate) fn render(sources: &Sources, report: &Report<'_>) -> serde_json::Result<String> {
    let limit = report.limit.unwrap_or(usize::MAX);
    let survivors = report.survived.iter().take(limit);
    let output = Output {
        version: 1,
        made: report.made(),
        killed: report.killed,
        equivalent: report.equivalent.len(),
        survived: report.survived.len(),
        survivors: survivors
            .map(|(mutant, tried)| survivor(sources, mutant, *tried))
            .collect(),
        equivalents: report
            .equivalent
            .iter()
            .map(|(mutant, reason)| Same {
                id: &mutant.id,
                reason: both(reason),
            })
            .collect(),
        findings: report
            .findings
            .iter()
            .map(|(entry, text)| Finding {
                id: &entry.id,
                file: &entry.file,
                line: entry.line,
                message: both(text),
            })
            .collect(),
    };
    Ok(crate::print::json_text(&output)? + "\n")
}

fn survivor<'a>(sources: &'a Sources, mutant: &'a Mutant, tried: usize) -> Survivor<'a> {
    let (start, end) = range(sources, mutant.site);
    Survivor {
        id: &mutant.id,
        rule: &mutant.rule,
        place: Place {
            file: sources.path(mutant.site.file),
            text: sources.slice(mutant.site),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
        change: both(&mutant.change),
        hint: both(&mutant.hint),
        tried,
    }
}

fn both(text: &Text) -> Both<'_> {
    Both {
        da: &text.da,
        en: &text.en,
    }
}
