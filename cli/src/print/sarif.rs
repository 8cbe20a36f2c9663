//! Diagnostics as SARIF 2.1.0, for code review systems.

use super::range;
use crate::pages;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Diagnostic, Label, Language, Severity};
use hjemmel_grammar::span::Site;
use serde::Serialize;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    language: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message<'static>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    message: Message<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Clone, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: Artifact,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

/// The diagnostics as a SARIF log.
pub(crate) fn render(
    sources: &Sources,
    diagnostics: &[Diagnostic],
    language: Language,
) -> serde_json::Result<String> {
    let mut codes: Vec<&'static str> = diagnostics.iter().map(|each| each.code.0).collect();
    codes.sort_unstable();
    codes.dedup();
    let results = diagnostics
        .iter()
        .map(|each| finding(sources, each, language, &codes));
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            results: results.collect(),
            column_kind: "unicodeCodePoints",
            language: match language {
                Language::Danish => "da",
                Language::English => "en",
            },
            tool: Tool {
                driver: Driver {
                    name: "hjemmel",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: codes.into_iter().map(|id| rule(id, language)).collect(),
                },
            },
        }],
    };
    Ok(super::json_text(&log)? + "\n")
}

fn rule(id: &'static str, language: Language) -> Rule {
    let text = pages::title(id, language).unwrap_or(id).into();
    Rule {
        id,
        short_description: Message { text },
    }
}

fn finding<'a>(
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
    language: Language,
    codes: &[&'static str],
) -> Finding<'a> {
    let message = diagnostic.message.get(language);
    let text = match &diagnostic.hint {
        Some(hint) => format!("{message}. {}", hint.get(language)).into(),
        None => message.into(),
    };
    let known = |label: &&Label| sources.get(label.site.file).is_some();
    let mut labels = diagnostic.labels.iter().filter(known);
    let first = labels.next();
    let fix = first.zip(diagnostic.replacement.as_deref());
    let related = labels
        .zip(1..)
        .map(|(label, id)| location(sources, label, language, Some(id)));
    Finding {
        rule_id: diagnostic.code.0,
        rule_index: codes.binary_search(&diagnostic.code.0).unwrap_or_default(),
        level: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: Message { text },
        locations: first
            .map(|label| location(sources, label, language, None))
            .into_iter()
            .collect(),
        related_locations: related.collect(),
        fixes: fix
            .map(|(label, text)| replacing(sources, label.site, text))
            .into_iter()
            .collect(),
    }
}

fn location<'a>(
    sources: &Sources,
    label: &'a Label,
    language: Language,
    id: Option<usize>,
) -> Location<'a> {
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: artifact(sources, label.site),
            region: region(sources, label.site),
        },
        message: Message {
            text: label.text.get(language).into(),
        },
    }
}

fn replacing<'a>(sources: &Sources, site: Site, text: &'a str) -> Fix<'a> {
    Fix {
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(sources, site),
            replacements: [Replacement {
                deleted_region: region(sources, site),
                inserted_content: Message { text: text.into() },
            }],
        }],
    }
}

fn region(sources: &Sources, site: Site) -> Region {
    let (start, end) = range(sources, site);
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// The path as a URI reference: everything but letters, digits and `-._~/` in per cent.
fn artifact(sources: &Sources, site: Site) -> Artifact {
    let mut uri = String::new();
    for byte in sources
        .path(site.file)
        .replace(std::path::MAIN_SEPARATOR, "/")
        .bytes()
    {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    Artifact { uri }
}
