//! Checks of the whole model, after every declaration has been resolved.

mod canonical;
mod dependencies;
mod health;
mod logic;
mod versions;

pub(crate) use versions::{compare, site_of};

use crate::diagnostics::structure;
use crate::examples;
use crate::model::{Model, NOWHERE};
use crate::resolve::resolve;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::File;
use hjemmel_grammar::{Sources, parse};

/// A rule set, read and checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the rules mean. Use it for answers only if [`Checked::is_usable`].
    pub model: Model,
    /// The tree of each file, in the order of the sources.
    pub files: Vec<File>,
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
    let mut checked = check_rules(sources);
    let healthy = health::healthy(&checked);
    let contradictions = examples::contradictions(&checked.model, |rule| healthy.contains(&rule));
    checked.diagnostics.extend(contradictions);
    sort(&mut checked.diagnostics);
    checked
}

/// Reads and checks a rule set without running its examples.
#[must_use]
pub fn check_rules(sources: &Sources) -> Checked {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for (id, source) in sources.iter() {
        let parsed = parse(id, &source.text);
        diagnostics.extend(parsed.diagnostics);
        files.push(parsed.file);
    }
    let trees: Vec<(FileId, &File)> = (0..).map(FileId).zip(&files).collect();
    let (mut model, resolved) = resolve(&trees);
    diagnostics.extend(resolved);
    if files.iter().all(|file| file.declarations.is_empty()) && diagnostics.is_empty() {
        let first = sources.iter().next();
        let site = first.map_or(NOWHERE, |(file, _)| Site {
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

/// By file and place, so that the order never depends on which check ran first.
fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.site(), a.code, a).cmp(&(b.site(), b.code, b)));
    diagnostics.dedup();
}
