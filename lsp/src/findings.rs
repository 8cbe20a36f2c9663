//! Diagnostics as the protocol writes them, of every file of a view.

use crate::convert::page_of;
use crate::view::{Place, View};
use hjemmel_ide::{Diagnostic, FileId, Severity, Tag};
use tower_lsp::ls_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    NumberOrString, Uri,
};

/// Who says so.
const SOURCE: &str = "hjemmel";

/// What is wrong in one file.
#[derive(Debug)]
pub(crate) struct Findings {
    /// The file.
    pub(crate) path: String,
    /// Its address.
    pub(crate) uri: Uri,
    /// The version that was looked at, if it is open.
    pub(crate) version: Option<i32>,
    /// What is wrong.
    pub(crate) diagnostics: Vec<lsp::Diagnostic>,
}

/// What is wrong in each file that is open or has something wrong in it.
pub(crate) fn findings(view: &View) -> Vec<Findings> {
    let mut all = Vec::new();
    for analysis in &view.sets {
        for file in analysis.files() {
            let place = Place {
                view,
                analysis,
                file,
            };
            all.extend(of_file(&place));
        }
    }
    all
}

fn of_file(place: &Place<'_>) -> Option<Findings> {
    let path = place.analysis.path(place.file);
    let version = place.view.version(path);
    let diagnostics = place.analysis.diagnostics(place.file);
    if version.is_none() && diagnostics.is_empty() {
        return None;
    }
    Some(Findings {
        path: path.to_owned(),
        uri: place.view.uri(path)?,
        version,
        diagnostics: to_protocol(place, place.file, &diagnostics),
    })
}

/// What is wrong in one file, as the protocol writes it.
pub(crate) fn of_place(place: &Place<'_>) -> Vec<lsp::Diagnostic> {
    let found = place.analysis.diagnostics(place.file);
    to_protocol(place, place.file, &found)
}

/// The diagnostics of one file.
fn to_protocol(place: &Place<'_>, file: FileId, found: &[Diagnostic]) -> Vec<lsp::Diagnostic> {
    if found.is_empty() {
        // Most files: their lines need not be found.
        return of_law(place, file);
    }
    let lines = place.lines_of(file);
    let worded = found.iter().map(|it| lsp::Diagnostic {
        range: lines.range(it.span),
        severity: Some(match it.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(it.code.to_owned())),
        code_description: page_of(it.code)
            .filter(|_| place.view.abilities.pages)
            .map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: message(it),
        related_information: Some(related(place, it)).filter(|all| !all.is_empty()),
        tags: it.tag.map(|tag| {
            vec![match tag {
                Tag::Unused => DiagnosticTag::UNNECESSARY,
                Tag::Obsolete => DiagnosticTag::DEPRECATED,
            }]
        }),
        ..lsp::Diagnostic::default()
    });
    worded.chain(of_law(place, file)).collect()
}

/// What the law of the day that is shown tells of a file.
fn of_law(place: &Place<'_>, file: FileId) -> Vec<lsp::Diagnostic> {
    let marks = place.analysis.law_marks(file);
    if marks.is_empty() {
        return Vec::new();
    }
    let lines = place.lines_of(file);
    let worded = marks.into_iter().map(|mark| lsp::Diagnostic {
        range: lines.range(mark.span),
        severity: Some(DiagnosticSeverity::HINT),
        source: Some(SOURCE.to_owned()),
        message: mark.message,
        tags: (!mark.in_force).then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..lsp::Diagnostic::default()
    });
    worded.collect()
}

/// The sentence, and below it what to do.
fn message(it: &Diagnostic) -> String {
    match &it.hint {
        Some(hint) => format!("{}\n→ {hint}", it.message),
        None => it.message.clone(),
    }
}

fn related(place: &Place<'_>, it: &Diagnostic) -> Vec<DiagnosticRelatedInformation> {
    let places = it.related.iter();
    let places = places.filter_map(|(site, message)| {
        Some(DiagnosticRelatedInformation {
            location: place.location(*site)?,
            message: message.clone(),
        })
    });
    places.collect()
}
