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

mod index;

use super::parts::{Examined, Part, Reach, examine, part_at};
use super::{declares_nothing, names_nothing, nothing_declared, of_the_file, should_be_used, sort};
use crate::diagnostics::{analysis, structure};
use crate::resolve::Kinds;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::span::{FileId, Site};
use hjemmel_grammar::syntax::{Declaration, Kind};
use hjemmel_grammar::{Piece, Pieces};
use index::{Index, PieceId, WordId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is known of a rule set as it was last.
#[derive(Debug, Default)]
pub struct Checker {
    files: BTreeMap<Arc<str>, Followed>,
    index: Index,
    /// Of the pieces of which there is something to say.
    findings: BTreeMap<PieceId, Finding>,
    /// What every name is declared as.
    kinds: Arc<Kinds>,
}

/// A file as it was last, and the ids of its pieces.
#[derive(Debug)]
struct Followed {
    pieces: Arc<Pieces>,
    ids: Vec<PieceId>,
}

/// What was found of a piece. Sites name a piece as their file, and count from its first byte.
#[derive(Debug)]
struct Finding {
    diagnostics: Vec<Diagnostic>,
    /// Expectations in it that the rules contradict.
    contradictions: Vec<Diagnostic>,
    reach: Reach,
}

/// What is different from last time.
#[derive(Default)]
struct Edit {
    removed: BTreeSet<PieceId>,
    added: BTreeSet<PieceId>,
    /// The words whose meaning was decided by what was removed, or is by what was added.
    words: BTreeSet<WordId>,
}

/// Where each piece stands: its file, and the byte that it begins at.
struct Places(Vec<(FileId, u32)>);

impl Checker {
    /// What is wrong with the files of a rule set, by file and place. They come with their paths,
    /// in the order of these; a file's number is its position.
    pub fn check(&mut self, files: &[(Arc<str>, Arc<Pieces>)]) -> Vec<Diagnostic> {
        let edit = self.follow(files);
        let places = self.places(files);
        let mut changed = edit.added.clone();
        changed.extend(self.that_speak_of(&edit.removed));
        if self.declare(&edit.words, &places) {
            // A name that was not found may be found now, or another be nearer to it.
            changed.extend(self.that_name_nothing());
        }
        let affected = self.index.dependents(changed, edit.words);
        if !affected.is_empty() {
            self.examine(affected, &places);
        }
        self.collect(files, &places)
    }

    /// Takes over the files as they are now.
    fn follow(&mut self, files: &[(Arc<str>, Arc<Pieces>)]) -> Edit {
        let mut edit = Edit::default();
        let mut before = std::mem::take(&mut self.files);
        for (path, pieces) in files {
            let followed = match before.remove(path) {
                Some(followed) if Arc::ptr_eq(&followed.pieces, pieces) => followed,
                followed => self.replace(followed, pieces, &mut edit),
            };
            self.files.insert(path.clone(), followed);
        }
        for gone in before.into_values().flat_map(|followed| followed.ids) {
            self.remove(gone, &mut edit);
        }
        edit
    }

    /// Takes over a file whose first and last pieces may be the same as before.
    fn replace(
        &mut self,
        before: Option<Followed>,
        pieces: &Arc<Pieces>,
        edit: &mut Edit,
    ) -> Followed {
        let (old, ids) =
            before.map_or_else(Default::default, |it| (it.pieces.list().to_vec(), it.ids));
        let new = pieces.list();
        let same = |(a, b): &(&hjemmel_grammar::Placed, &hjemmel_grammar::Placed)| {
            Arc::ptr_eq(&a.piece, &b.piece)
        };
        let head = old.iter().zip(new).take_while(same).count();
        let rest = old.len().min(new.len()).saturating_sub(head);
        let backwards = old.iter().rev().zip(new.iter().rev()).take(rest);
        let tail = backwards.take_while(same).count();
        let (old_end, new_end) = (
            old.len().saturating_sub(tail),
            new.len().saturating_sub(tail),
        );
        for gone in ids.get(head..old_end).unwrap_or_default() {
            self.remove(*gone, edit);
        }
        let added: Vec<_> = new
            .get(head..new_end)
            .unwrap_or_default()
            .iter()
            .map(|it| self.insert(Arc::clone(&it.piece), edit))
            .collect();
        let kept = |range: std::ops::Range<usize>| ids.get(range).unwrap_or_default().to_vec();
        Followed {
            pieces: Arc::clone(pieces),
            ids: [kept(0..head), added, kept(old_end..old.len())].concat(),
        }
    }

    fn insert(&mut self, piece: Arc<Piece>, edit: &mut Edit) -> PieceId {
        let id = self.index.insert(piece);
        edit.added.insert(id);
        edit.words.extend(self.index.decided_by(id));
        id
    }

    fn remove(&mut self, id: PieceId, edit: &mut Edit) {
        edit.words.extend(self.index.remove(id));
        edit.removed.insert(id);
        self.findings.remove(&id);
    }

    fn places(&self, files: &[(Arc<str>, Arc<Pieces>)]) -> Places {
        let mut places = Vec::new();
        for (file, (path, pieces)) in (0..).map(FileId).zip(files) {
            let ids = self.files.get(path).into_iter().flat_map(|it| &it.ids);
            for (id, placed) in ids.zip(pieces.list()) {
                if places.len() <= id.place() {
                    places.resize(id.place().saturating_add(1), (FileId(0), 0));
                }
                if let Some(place) = places.get_mut(id.place()) {
                    *place = (file, placed.start);
                }
            }
        }
        Places(places)
    }

    /// The pieces of which something was said that points at one of these.
    fn that_speak_of(&self, gone: &BTreeSet<PieceId>) -> Vec<PieceId> {
        let points = |it: &Diagnostic| {
            it.labels
                .iter()
                .any(|label| gone.contains(&piece_of(label.site)))
        };
        let found = self.findings.iter();
        let found = found.filter(|(_, finding)| {
            finding.diagnostics.iter().any(points) || finding.contradictions.iter().any(points)
        });
        found.map(|(id, _)| *id).collect()
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

    /// Checks these pieces again.
    fn examine(&mut self, mut affected: BTreeSet<PieceId>, places: &Places) {
        let (mut ids, mut pieces) = self.with_needs(&affected, places);
        let mut examined = examine(&parts(&pieces), Some(Arc::clone(&self.kinds)));
        // Where a ring is cut depends on all who use it.
        if examined.diagnostics.iter().any(structure::cuts) && ids.len() < self.index.len() {
            affected = self.index.all();
            (ids, pieces) = self.with_needs(&affected, places);
            examined = examine(&parts(&pieces), Some(Arc::clone(&self.kinds)));
        }
        for id in &affected {
            self.findings.remove(id);
        }
        self.remember(&affected, &ids, &parts(&pieces), examined);
    }

    /// These pieces and what they need, in order of place.
    fn with_needs(
        &self,
        pieces: &BTreeSet<PieceId>,
        places: &Places,
    ) -> (Vec<PieceId>, Vec<Arc<Piece>>) {
        let mut ids: Vec<_> = self.index.needs(pieces).into_iter().collect();
        ids.sort_by_key(|id| places.of(*id));
        let pieces = ids.iter().filter_map(|id| self.index.piece(*id).cloned());
        let pieces = pieces.collect();
        (ids, pieces)
    }

    /// Keeps what was found of the affected pieces. `ids` are those of the parts.
    fn remember(
        &mut self,
        affected: &BTreeSet<PieceId>,
        ids: &[PieceId],
        parts: &[Part<'_>],
        examined: Examined,
    ) {
        let id_of = |site: Site| ids.get(part_at(parts, site)?).copied();
        let own = |it: &Diagnostic| {
            let id = id_of(it.site()?)?;
            let it = it.clone().moved(|site| Site {
                file: FileId(id_of(site).map_or(u32::MAX, |id| id.0)),
                ..site
            });
            affected.contains(&id).then_some((id, it))
        };
        let contradictions = examined.contradictions();
        for (id, it) in contradictions.iter().filter_map(own) {
            self.finding(id).contradictions.push(it);
        }
        for (id, it) in examined.diagnostics.iter().filter_map(own) {
            self.finding(id).diagnostics.push(it);
        }
        let mut uses: BTreeMap<PieceId, Vec<&str>> = BTreeMap::new();
        for (part, used) in examined.part_of.iter().zip(&examined.uses.of) {
            let names = used.iter().filter_map(|id| examined.uses.names.get(*id));
            if let Some(id) = ids.get(*part) {
                let names = names.map(|known| known.text.as_str());
                uses.entry(*id).or_default().extend(names);
            }
        }
        for (id, reach) in ids.iter().zip(&examined.reach) {
            if affected.contains(id) {
                if *reach != Reach::Nothing {
                    self.finding(*id).reach = *reach;
                }
                let used = uses.remove(id).unwrap_or_default();
                self.index.set_uses(*id, &used);
            }
        }
    }

    fn finding(&mut self, id: PieceId) -> &mut Finding {
        self.findings.entry(id).or_insert_with(|| Finding {
            diagnostics: Vec::new(),
            contradictions: Vec::new(),
            reach: Reach::Nothing,
        })
    }

    /// Everything that is known to be wrong, where it stands now.
    fn collect(&self, files: &[(Arc<str>, Arc<Pieces>)], places: &Places) -> Vec<Diagnostic> {
        let place = |site: Site| places.site(site);
        let pieces = files.iter().map(|(_, pieces)| pieces);
        let of_files = (0..).map(FileId).zip(pieces.clone());
        let of_files = of_files.filter_map(|(file, pieces)| of_the_file(file, pieces));
        let mut all: Vec<_> = of_files.collect();
        let found = self.findings.values();
        let own = found.clone().flat_map(|finding| &finding.diagnostics);
        all.extend(own.map(|it| it.clone().moved(place)));
        let lost = pieces.clone().any(|pieces| pieces.is_refused())
            || found
                .clone()
                .any(|finding| finding.reach == Reach::Everything);
        if !lost {
            let contradictions = found.flat_map(|finding| &finding.contradictions);
            all.extend(contradictions.map(|it| it.clone().moved(place)));
        }
        if !lost && !self.index.is_broken() && !all.iter().any(names_nothing) {
            all.extend(self.unused(places));
        }
        if declares_nothing(pieces) && all.is_empty() {
            all.push(nothing_declared());
        }
        sort(&mut all);
        all
    }

    fn unused(&self, places: &Places) -> impl Iterator<Item = Diagnostic> {
        self.index.unused().filter_map(|(name, deciding)| {
            let (id, declaration) = self.declaration(name, deciding, places)?;
            let span = declaration.name.as_ref()?.span;
            let site = places.site(Site {
                file: FileId(id.0),
                span,
            });
            should_be_used(declaration.kind).then(|| analysis::unused(site, declaration.kind, name))
        })
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
