//! Which piece mentions which word, and which piece decides what a word means.

use crate::check::health::decides;
use crate::check::is_broken;
use hjemmel_grammar::Piece;
use hjemmel_grammar::syntax::{ClauseKind, Declaration, FieldType, Kind};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A piece, as long as it is in the rule set; then its number is given to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PieceId(pub(super) u32);

/// A word that was mentioned once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WordId(usize);

/// All pieces and words.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pieces: Vec<Option<Entry>>,
    free: Vec<PieceId>,
    ids: HashMap<String, WordId>,
    words: Vec<Word>,
    /// How many pieces could not be read in full.
    broken: usize,
}

#[derive(Clone, Debug)]
struct Entry {
    piece: Arc<Piece>,
    mentions: Vec<WordId>,
    /// The words whose meaning it decides.
    decides: Vec<WordId>,
    /// The names that the engine looked up for it.
    uses: Vec<WordId>,
}

#[derive(Clone, Debug)]
struct Word {
    text: String,
    mentioned: BTreeSet<PieceId>,
    decided: BTreeSet<PieceId>,
    /// How many pieces use it.
    used: usize,
}

impl Index {
    /// Adds a piece.
    pub(super) fn insert(&mut self, piece: Arc<Piece>) -> PieceId {
        let next = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
        let id = self.free.pop().unwrap_or(PieceId(next));
        let mentions = piece.mentions.iter();
        let mentions: Vec<_> = mentions.map(|word| self.word(word)).collect();
        let decides = piece.declarations.iter().flat_map(decided_words);
        let decides: Vec<_> = decides.map(|word| self.word(word)).collect();
        self.broken = self.broken.saturating_add(usize::from(is_broken(&piece)));
        for word in &mentions {
            self.at(*word, |word| word.mentioned.insert(id));
        }
        for word in &decides {
            // A name with a letter that is not seen is not among the words.
            self.at(*word, |word| {
                word.mentioned.insert(id) | word.decided.insert(id)
            });
        }
        let entry = Some(Entry {
            piece,
            mentions,
            decides,
            uses: Vec::new(),
        });
        match self.pieces.get_mut(id.place()) {
            Some(slot) => *slot = entry,
            None => self.pieces.push(entry),
        }
        id
    }

    /// Takes a piece away, and gives the words whose meaning it decided.
    pub(super) fn remove(&mut self, id: PieceId) -> Vec<WordId> {
        self.set_uses(id, &[]);
        let slot = self.pieces.get_mut(id.place());
        let Some(entry) = slot.and_then(Option::take) else {
            return Vec::new();
        };
        self.broken = self
            .broken
            .saturating_sub(usize::from(is_broken(&entry.piece)));
        for word in entry.mentions.iter().chain(&entry.decides) {
            self.at(*word, |word| {
                word.mentioned.remove(&id) | word.decided.remove(&id)
            });
        }
        self.free.push(id);
        entry.decides
    }

    /// A piece; nothing if there is no such piece any more.
    pub(super) fn piece(&self, id: PieceId) -> Option<&Arc<Piece>> {
        Some(&self.entry(id)?.piece)
    }

    /// The words whose meaning a piece decides.
    pub(super) fn decided_by(&self, id: PieceId) -> &[WordId] {
        self.entry(id).map_or(&[], |entry| &entry.decides)
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.pieces.len().saturating_sub(self.free.len())
    }

    /// How many words were ever mentioned.
    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    /// Whether some piece could not be read in full.
    pub(super) fn is_broken(&self) -> bool {
        0 < self.broken
    }

    /// Remembers which names are used by a piece.
    pub(super) fn set_uses(&mut self, id: PieceId, names: &[&str]) {
        let uses: Vec<_> = names.iter().map(|name| self.word(name)).collect();
        for word in &uses {
            self.at(*word, |word| word.used = word.used.saturating_add(1));
        }
        let entry = self.pieces.get_mut(id.place()).and_then(Option::as_mut);
        let before = entry.map(|entry| std::mem::replace(&mut entry.uses, uses));
        for word in before.unwrap_or_default() {
            self.at(word, |word| word.used = word.used.saturating_sub(1));
        }
    }

    /// A word, and the pieces that decide what it means.
    pub(super) fn decisions(&self, word: WordId) -> Option<(&str, &BTreeSet<PieceId>)> {
        let word = self.words.get(word.0)?;
        Some((&word.text, &word.decided))
    }

    /// The words that mean something and that nothing uses.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&str, &BTreeSet<PieceId>)> {
        let words = self.words.iter();
        let unused = words.filter(|word| word.used == 0 && !word.decided.is_empty());
        unused.map(|word| (word.text.as_str(), &word.decided))
    }

    /// These pieces, the pieces that mention one of these words, those that mention a word that one
    /// of them decides, and so on.
    pub(super) fn dependents(
        &self,
        pieces: impl IntoIterator<Item = PieceId>,
        words: impl IntoIterator<Item = WordId>,
    ) -> BTreeSet<PieceId> {
        let mut seen = vec![false; self.words.len()];
        let mut found: BTreeSet<PieceId> = pieces.into_iter().collect();
        let mut queue: Vec<WordId> = words.into_iter().collect();
        queue.extend(found.iter().flat_map(|id| self.decided_by(*id)));
        while let Some(id) = queue.pop() {
            let Some((seen, word)) = seen.get_mut(id.0).zip(self.words.get(id.0)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            for piece in &word.mentioned {
                if found.insert(*piece) {
                    queue.extend(self.decided_by(*piece));
                }
            }
        }
        found
    }

    /// These pieces, the pieces that decide what their words mean, and so on.
    pub(super) fn needs(&self, pieces: &BTreeSet<PieceId>) -> BTreeSet<PieceId> {
        let mut seen = vec![false; self.words.len()];
        let mut found = pieces.clone();
        let mut queue: Vec<PieceId> = pieces.iter().copied().collect();
        while let Some(entry) = queue.pop().map(|id| self.entry(id)) {
            for id in entry
                .into_iter()
                .flat_map(|it| it.mentions.iter().chain(&it.decides))
            {
                let Some((seen, word)) = seen.get_mut(id.0).zip(self.words.get(id.0)) else {
                    continue;
                };
                if !std::mem::replace(seen, true) {
                    queue.extend(word.decided.iter().filter(|piece| found.insert(**piece)));
                }
            }
        }
        found
    }

    /// Every piece.
    pub(super) fn all(&self) -> BTreeSet<PieceId> {
        let ids = (0..).map(PieceId).zip(&self.pieces);
        ids.filter_map(|(id, entry)| entry.as_ref().map(|_| id))
            .collect()
    }

    fn entry(&self, id: PieceId) -> Option<&Entry> {
        self.pieces.get(id.place())?.as_ref()
    }

    fn at<T>(&mut self, word: WordId, change: impl Fn(&mut Word) -> T) {
        if let Some(word) = self.words.get_mut(word.0) {
            change(word);
        }
    }

    fn word(&mut self, text: &str) -> WordId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = WordId(self.words.len());
        self.ids.insert(text.to_owned(), id);
        self.words.push(Word {
            text: text.to_owned(),
            mentioned: BTreeSet::new(),
            decided: BTreeSet::new(),
            used: 0,
        });
        id
    }
}

impl PieceId {
    /// Its place in a list by number.
    pub(super) fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The names whose meaning a declaration decides. The word `alder` means what the table of birth
/// dates makes of it.
fn decided_words(declaration: &Declaration) -> impl Iterator<Item = &str> {
    let has_birth_date = declaration.clauses.iter().any(|clause| {
        matches!(
            clause.kind,
            ClauseKind::Field {
                ty: FieldType::BirthDate,
                ..
            }
        )
    });
    let counts_age = has_birth_date && declaration.kind == Kind::Data;
    let age = ["alder", "age"].into_iter().filter(move |_| counts_age);
    decides(declaration).chain(age)
}
