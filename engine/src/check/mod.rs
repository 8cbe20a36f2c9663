//! Checks of a rule set, after every declaration has been resolved.
//!
//! [`check`] checks a rule set at once. [`Checker`] follows one that is being edited, and checks
//! again only what an edit can have changed; what it finds is what [`check`] finds.

mod branches;
mod canonical;
mod checker;
mod dependencies;
mod health;
mod logic;
mod parts;
mod versions;

pub use checker::Checker;
pub(crate) use dependencies::conditions_of;
pub(crate) use versions::compare;

use crate::diagnostics::{analysis, structure};
use crate::model::Model;
use crate::resolve::{Uses, resolve};
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::Kind;
use hjemmel_grammar::{Piece, Pieces, Sources};
use parts::{Examined, Part, Reach, declarations, examine};
use std::sync::Arc;

/// A rule set, read and checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the rules mean. Use it for answers only if [`Checked::is_usable`].
    pub model: Model,
    /// What was read of each file, in the order of the sources.
    pub files: Vec<Arc<Pieces>>,
    /// What is wrong, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether there is no error, so that answers may be given. Warnings do not count.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.diagnostics.iter().all(|it| !is_error(it))
    }
}

/// Reads and checks a rule set, its examples included. Where something is wrong, the examples of
/// the rules that it cannot reach still run.
#[must_use]
pub fn check(sources: &Sources) -> Checked {
    check_pieces(read(sources))
}

/// Reads and checks a rule set without running its examples.
#[must_use]
pub fn check_rules(sources: &Sources) -> Checked {
    check_whole(read(sources), |_| Vec::new())
}

/// The same as [`check`] for files that have been read before: an editor reads only what was
/// edited. A file's number is its position here.
#[must_use]
pub fn check_pieces(files: Vec<Arc<Pieces>>) -> Checked {
    check_whole(files, Examined::contradictions)
}

/// What rules mean that have been checked before. Where something is wrong with them, the answer
/// is unknown.
#[must_use]
pub fn resolve_pieces(files: &[Arc<Pieces>]) -> Model {
    let parts = parts_of(files);
    let (declared, _) = declarations(&parts);
    let mut model = resolve(&declared, None).model;
    // A ring would have no end.
    dependencies::check(&mut model);
    model
}

fn read(sources: &Sources) -> Vec<Arc<Pieces>> {
    sources
        .iter()
        .map(|(_, source)| Arc::new(Pieces::read(&source.text)))
        .collect()
}

fn check_whole(
    files: Vec<Arc<Pieces>>,
    run_examples: impl Fn(&Examined) -> Vec<Diagnostic>,
) -> Checked {
    let parts = parts_of(&files);
    let mut examined = examine(&parts, None);
    let whole = Whole {
        found: std::mem::take(&mut examined.diagnostics),
        lost: examined.reach.contains(&Reach::Everything),
        broken: parts.iter().any(|part| is_broken(part.piece)),
    };
    let diagnostics = whole.diagnostics(
        files.iter(),
        || run_examples(&examined),
        || unused(&examined.uses),
    );
    Checked {
        model: examined.model,
        files,
        diagnostics,
    }
}

/// What is known of all parts of a rule set.
struct Whole {
    /// What is wrong with them, apart from examples that the rules contradict.
    found: Vec<Diagnostic>,
    /// What some part declares cannot be told.
    lost: bool,
    /// Something in some part could not be read.
    broken: bool,
}

impl Whole {
    /// What is wrong with the rule set: with its parts, with its files, and with all together.
    fn diagnostics<'p>(
        self,
        files: impl Iterator<Item = &'p Arc<Pieces>> + Clone,
        contradictions: impl FnOnce() -> Vec<Diagnostic>,
        unused: impl FnOnce() -> Vec<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut all = self.found;
        let of_files = (0..).map(FileId).zip(files.clone());
        all.extend(of_files.filter_map(|(file, pieces)| of_the_file(file, pieces)));
        // What was not read may have been a version of any rule.
        let lost = self.lost || files.clone().any(|pieces| pieces.is_refused());
        if !lost {
            all.extend(contradictions());
        }
        if !lost && !self.broken && !all.iter().any(names_nothing) {
            all.extend(unused());
        }
        if files.clone().all(|pieces| pieces.declares_nothing()) && all.is_empty() {
            all.push(nothing_declared());
        }
        // By file and place, so that the order never depends on which check ran first.
        all.sort_by(|a, b| (a.site(), a.code, a).cmp(&(b.site(), b.code, b)));
        all.dedup();
        all
    }
}

fn parts_of(files: &[Arc<Pieces>]) -> Vec<Part<'_>> {
    let numbered = (0..).map(FileId).zip(files);
    let parts = numbered.flat_map(|(file, pieces)| {
        pieces.list().iter().map(move |it| Part {
            file,
            start: it.start,
            piece: &it.piece,
        })
    });
    parts.collect()
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// What is wrong with a file as a whole.
fn of_the_file(file: FileId, pieces: &Pieces) -> Option<Diagnostic> {
    let whole = pieces.of_the_whole().cloned();
    whole.map(|it| it.moved(|site| Site { file, ..site }))
}

/// Whether something in a piece could not be read. It may have used any name.
fn is_broken(piece: &Piece) -> bool {
    piece.declarations.iter().any(|it| it.broken)
}

/// Whether a name that is not declared stands there. Any name may have been meant.
fn names_nothing(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.0.starts_with("H02")
}

/// The kinds of which every name should be used somewhere.
fn should_be_used(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Act | Kind::Term | Kind::Parameter | Kind::Assessment
    )
}

/// Reports names that nothing uses: no rule, no citation, no example.
fn unused(uses: &Uses) -> Vec<Diagnostic> {
    let mut used = vec![false; uses.names.len()];
    for id in uses.of.iter().flatten() {
        if let Some(used) = used.get_mut(*id) {
            *used = true;
        }
    }
    let names = uses.names.iter().zip(used);
    let names = names.filter(|(name, used)| !used && should_be_used(name.kind));
    names
        .map(|(name, _)| analysis::unused(name.site, name.kind, &name.text))
        .collect()
}

/// There is nothing to judge by; said at the beginning of the first file.
fn nothing_declared() -> Diagnostic {
    structure::no_rules(Site {
        file: FileId(0),
        span: Span::default(),
    })
}
