//! Checks of the whole model, after every declaration has been resolved.

mod canonical;
mod dependencies;
mod health;
mod logic;
mod versions;

pub(crate) use versions::compare;

use crate::diagnostics::structure;
use crate::examples;
use crate::model::{Model, NOWHERE};
use crate::resolve::resolve;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::File;
use hjemmel_grammar::{Parse, Sources, parse};
use std::sync::Arc;

/// A rule set, read and checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the rules mean. Use it for answers only if [`Checked::is_usable`].
    pub model: Model,
    /// What was read of each file, in the order of the sources.
    pub files: Vec<Arc<Parse>>,
    /// What is wrong, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether there is no error, so that answers may be given. Warnings do not count.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// Reads and checks a rule set, its examples included. Where something is wrong, the examples of
/// the rules that it cannot reach still run.
#[must_use]
pub fn check(sources: &Sources) -> Checked {
    check_parsed(read(sources))
}

/// Reads and checks a rule set without running its examples.
#[must_use]
pub fn check_rules(sources: &Sources) -> Checked {
    check_trees(read(sources))
}

/// The same as [`check`] for files that have been read before: an editor reads only the file that
/// was edited. A file's number is its position here, whatever it was read as.
#[must_use]
pub fn check_parsed(files: Vec<Arc<Parse>>) -> Checked {
    let mut checked = check_trees(files);
    let healthy = health::healthy(&checked);
    let contradictions = examples::contradictions(&checked.model, |rule| healthy.contains(&rule));
    checked.diagnostics.extend(contradictions);
    sort(&mut checked.diagnostics);
    checked
}

fn read(sources: &Sources) -> Vec<Arc<Parse>> {
    sources
        .iter()
        .map(|(id, source)| Arc::new(parse(id, &source.text)))
        .collect()
}

fn check_trees(files: Vec<Arc<Parse>>) -> Checked {
    let trees: Vec<(FileId, &File)> = (0..)
        .map(FileId)
        .zip(files.iter().map(|parsed| &parsed.file))
        .collect();
    let mut diagnostics: Vec<Diagnostic> = (0..)
        .map(FileId)
        .zip(&files)
        .flat_map(|(id, parsed)| syntax_errors(id, parsed))
        .collect();
    let (mut model, resolved) = resolve(&trees);
    diagnostics.extend(resolved);
    if trees.iter().all(|(_, file)| file.declarations.is_empty()) && diagnostics.is_empty() {
        let first = trees.first().map(|(file, _)| *file);
        let site = first.map_or(NOWHERE, |file| Site {
            file,
            span: Span::default(),
        });
        diagnostics.push(structure::no_rules(site));
    }
    diagnostics.extend(dependencies::check(&mut model));
    diagnostics.extend(versions::check(&model));
    diagnostics.extend(logic::check(&model));
    sort(&mut diagnostics);
    Checked {
        model,
        files,
        diagnostics,
    }
}

/// What is wrong with a file by itself, under the number that it has in this rule set.
fn syntax_errors(id: FileId, parsed: &Parse) -> impl Iterator<Item = Diagnostic> {
    parsed
        .diagnostics
        .iter()
        .cloned()
        .map(move |mut diagnostic| {
            for label in &mut diagnostic.labels {
                label.site.file = id;
            }
            diagnostic
        })
}

/// By file and place, so that the order never depends on which check ran first.
fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.site(), a.code, a).cmp(&(b.site(), b.code, b)));
    diagnostics.dedup();
}
