//! Diagnostics for programs: one JSON object of a stable shape, with both languages.

use super::{counts, range};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity, Tag, Text};
use hjemmel_grammar::span::Site;
use serde::Serialize;

/// The whole output. A field never changes meaning or disappears within a version.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    files: Vec<&'a str>,
    diagnostics: Vec<Message<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    code: &'static str,
    severity: &'static str,
    message: Both<'a>,
    labels: Vec<Place<'a>>,
    hint: Option<Both<'a>>,
    tag: Option<&'static str>,
    replacement: Option<&'a str>,
}

#[derive(Serialize)]
struct Both<'a> {
    da: &'a str,
    en: &'a str,
}

/// A place; lines and columns (in characters) from 1, the end just after the last character,
/// offsets in bytes.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start: Point,
    end: Point,
    text: Both<'a>,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
    offset: u32,
}

/// The diagnostics as JSON.
pub(crate) fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> serde_json::Result<String> {
    let (errors, warnings) = counts(diagnostics);
    let report = Report {
        version: 1,
        errors,
        warnings,
        files: sources
            .iter()
            .map(|(_, source)| source.path.as_str())
            .collect(),
        diagnostics: diagnostics
            .iter()
            .map(|each| message(sources, each))
            .collect(),
    };
    Ok(super::json_text(&report)? + "\n")
}

fn message<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Message<'a> {
    Message {
        code: diagnostic.code.0,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: both(&diagnostic.message),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| place(sources, label.site, &label.text))
            .collect(),
        hint: diagnostic.hint.as_ref().map(both),
        tag: diagnostic.tag.map(|tag| match tag {
            Tag::Unused => "unused",
            Tag::Obsolete => "obsolete",
        }),
        replacement: diagnostic.replacement.as_deref(),
    }
}

fn both(text: &Text) -> Both<'_> {
    Both {
        da: &text.da,
        en: &text.en,
    }
}

fn place<'a>(sources: &'a Sources, site: Site, text: &'a Text) -> Place<'a> {
    let (start, end) = range(sources, site);
    Place {
        file: sources.path(site.file),
        start: Point {
            line: start.line,
            column: start.column,
            offset: site.span.start,
        },
        end: Point {
            line: end.line,
            column: end.column,
            offset: site.span.end,
        },
        text: both(text),
    }
}
