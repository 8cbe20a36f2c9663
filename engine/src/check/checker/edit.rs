//! What is different from last time: which pieces came, and which went.

use super::index::{PieceId, WordId};
use super::{Checker, Followed, Places};
use hjemmel_grammar::span::FileId;
use hjemmel_grammar::{Piece, Pieces, Placed};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is different from last time.
#[derive(Default)]
pub(super) struct Edit {
    pub(super) added: BTreeSet<PieceId>,
    /// The words whose meaning was decided by what was removed, or is by what was added.
    pub(super) words: BTreeSet<WordId>,
}

impl Checker {
    /// Takes over the files as they are now.
    pub(super) fn follow(&mut self, files: &[(Arc<str>, Arc<Pieces>)]) -> Edit {
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
        let old = before.as_ref().map_or(&[][..], |it| it.pieces.list());
        let ids = before.as_ref().map_or(&[][..], |it| it.ids.as_slice());
        let new = pieces.list();
        let same = |(a, b): &(&Placed, &Placed)| Arc::ptr_eq(&a.piece, &b.piece);
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
        self.findings.remove(&id);
    }

    /// Where each piece stands now.
    pub(super) fn places(&self, files: &[(Arc<str>, Arc<Pieces>)]) -> Places {
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
}
