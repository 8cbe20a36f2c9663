//! A rule set that is being edited: only what an edit can have changed is checked again.
//!
//! The checks themselves are those of [`super::parts`], asked of a part of the rule set. After an
//! edit that part is
//!
//! - what was edited, and every declaration of the same name;
//! - whatever mentions a name whose meaning these decide, and so on: nothing else can have another
//!   answer now;
//! - whatever all these mention, and so on: nothing else has a say in their answers. Of this last
//!   part, what was found before still stands.
//!
//! What concerns the rule set as a whole (a name that nothing uses) is put together from what is
//! known of each piece. INVARIANT: [`Checker::check`] finds what [`super::check_pieces`] finds.

mod edit;
mod finding;
mod index;

use super::names_nothing;
use super::parts::{Part, examine};
use crate::diagnostics::structure;
use crate::resolve::Kinds;
use finding::Finding;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site};
use hjemmel_grammar::syntax::{Declaration, Kind};
use hjemmel_grammar::{Piece, Pieces};
use index::{Index, PieceId, WordId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many words may come after the first check before everything is forgotten and checked anew.
/// Every letter of a name that is typed makes a word, and words are not forgotten one by one.
const MOST_WORDS: usize = 100_000;

/// What is known of a rule set as it was last. A clone knows the same, and goes its own way.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    files: BTreeMap<Arc<str>, Followed>,
    index: Index,
    /// Of the pieces of which there is something to say.
    findings: BTreeMap<PieceId, Finding>,
    /// What every name is declared as.
    kinds: Arc<Kinds>,
    /// How many words there were when the files were first taken over.
    words_at_first: usize,
}

/// A file as it was last, and the ids of its pieces.
#[derive(Clone, Debug)]
struct Followed {
    pieces: Arc<Pieces>,
    ids: Vec<PieceId>,
}

/// Where each piece stands: its file, and the byte that it begins at.
struct Places(Vec<(FileId, u32)>);

impl Checker {
    /// What is wrong with the files of a rule set, by file and place. They come with their paths,
    /// in the order of these; a file's number is its position.
    pub fn check(&mut self, files: &[(Arc<str>, Arc<Pieces>)]) -> Vec<Diagnostic> {
        if MOST_WORDS < self.index.words().saturating_sub(self.words_at_first) {
            *self = Self::default();
        }
        let is_first = self.files.is_empty();
        let edit = self.follow(files);
        if is_first {
            self.words_at_first = self.index.words();
        }
        let places = self.places(files);
        let mut changed = edit.added.clone();
        if self.declare(&edit.words, &places) {
            // A name that was not found may be found now, or another be nearer to it.
            changed.extend(self.that_name_nothing());
        }
        let mut affected = self.index.dependents(changed, edit.words.iter().copied());
        // Where a ring is cut, those decide who reach it first: it may be anybody.
        if self.has_ring() && !edit.words.is_empty() {
            affected = self.index.all();
        }
        if !affected.is_empty() && !self.examine(affected, &places) {
            self.examine(self.index.all(), &places);
        }
        self.collect(files, &places)
    }

    fn that_name_nothing(&self) -> Vec<PieceId> {
        let found = self.findings.iter();
        let found = found.filter(|(_, finding)| finding.diagnostics.iter().any(names_nothing));
        found.map(|(id, _)| *id).collect()
    }

    /// Takes over what these words are declared as; whether that is different now.
    fn declare(&mut self, words: &BTreeSet<WordId>, places: &Places) -> bool {
        let mut different = false;
        for word in words {
            let Some((name, deciding)) = self.index.decisions(*word) else {
                continue;
            };
            let kind = self
                .declaration(name, deciding, places)
                .map(|(_, it)| it.kind);
            if self.kinds.get(name).copied() == kind {
                continue;
            }
            different = true;
            let kinds = Arc::make_mut(&mut self.kinds);
            match kind {
                Some(kind) => kinds.insert(name.to_owned(), kind),
                None => kinds.remove(name),
            };
        }
        different
    }

    /// The first declaration of a name among the pieces that decide what it means.
    fn declaration<'i>(
        &'i self,
        name: &str,
        deciding: &BTreeSet<PieceId>,
        places: &Places,
    ) -> Option<(PieceId, &'i Declaration)> {
        let declares = |it: &&Declaration| {
            let own = it.name.as_ref().is_some_and(|own| own.text == name);
            own && it.kind != Kind::Example
        };
        let found = deciding.iter().filter_map(|id| {
            let piece = self.index.piece(*id)?;
            Some((*id, piece.declarations.iter().find(declares)?))
        });
        found.min_by_key(|(id, _)| places.of(*id))
    }

    fn has_ring(&self) -> bool {
        let mut found = self.findings.values().flat_map(|it| &it.diagnostics);
        found.any(structure::cuts)
    }

    /// Checks these pieces again, unless there turns out to be a ring and they are not all. Whether
    /// they were.
    fn examine(&mut self, affected: BTreeSet<PieceId>, places: &Places) -> bool {
        let mut ids: Vec<_> = self.index.needs(&affected).into_iter().collect();
        ids.sort_by_key(|id| places.of(*id));
        let pieces = ids.iter().filter_map(|id| self.index.piece(*id).cloned());
        let pieces: Vec<_> = pieces.collect();
        let examined = examine(&parts(&pieces), Some(Arc::clone(&self.kinds)));
        if affected.len() < self.index.len() && examined.diagnostics.iter().any(structure::cuts) {
            return false;
        }
        for id in &affected {
            self.findings.remove(id);
        }
        self.remember(&affected, &ids, &parts(&pieces), examined);
        true
    }
}

impl Places {
    fn of(&self, id: PieceId) -> (FileId, u32) {
        self.0
            .get(id.place())
            .copied()
            .unwrap_or((FileId(u32::MAX), 0))
    }

    /// A place that names a piece as its file, in the file that the piece is of.
    fn site(&self, site: Site) -> Site {
        let (file, start) = self.of(piece_of(site));
        Site {
            file,
            span: site.span.shifted(start),
        }
    }
}

fn piece_of(site: Site) -> PieceId {
    PieceId(site.file.0)
}

/// The pieces as if each were a file.
fn parts(pieces: &[Arc<Piece>]) -> Vec<Part<'_>> {
    let numbered = (0..).map(FileId).zip(pieces);
    let parts = numbered.map(|(file, piece)| Part {
        file,
        start: 0,
        piece,
    });
    parts.collect()
}
