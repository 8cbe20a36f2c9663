//! What is known of one file by itself, worked out once for each text it has had.
//!
//! Nothing here depends on another file, so an edit throws away exactly one [`Memo`]; and the new
//! one reads only the pieces of the file that the edit is in.
//! INVARIANT: spans are bytes of `text`; the file's number is not stored, since it may change.

use crate::lines::LineStarts;
use crate::occurrence::{Occurrence, occurrences};
use crate::tokens::{Token, tokens};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::FileId;
use hjemmel_grammar::syntax::File;
use hjemmel_grammar::{Limits, Parse, Pieces};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// A file and what is known of it.
#[derive(Debug)]
pub(crate) struct Memo {
    /// Its path.
    pub(crate) path: Arc<str>,
    /// Its text.
    pub(crate) text: Arc<str>,
    /// How large it may be.
    pub(crate) limits: Limits,
    /// The pieces of an earlier text, if they were read; let go of when this one's are.
    before: Mutex<Option<Arc<Pieces>>>,
    pieces: OnceLock<Arc<Pieces>>,
    parse: OnceLock<Parse>,
    lines: OnceLock<LineStarts>,
    tokens: OnceLock<Vec<Token>>,
    occurrences: OnceLock<Vec<Occurrence>>,
}

impl Memo {
    /// A file of which nothing is known yet.
    pub(crate) fn new(path: Arc<str>, text: Arc<str>, limits: Limits) -> Self {
        Self {
            path,
            text,
            limits,
            before: Mutex::default(),
            pieces: OnceLock::new(),
            parse: OnceLock::new(),
            lines: OnceLock::new(),
            tokens: OnceLock::new(),
            occurrences: OnceLock::new(),
        }
    }

    /// The same file with another text.
    pub(crate) fn edited(&self, text: Arc<str>) -> Self {
        let read = self.pieces.get().cloned().or_else(|| self.before().clone());
        Self {
            before: Mutex::new(read),
            ..Self::new(self.path.clone(), text, self.limits)
        }
    }

    fn before(&self) -> MutexGuard<'_, Option<Arc<Pieces>>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was read of it, piece by piece.
    pub(crate) fn pieces(&self) -> &Arc<Pieces> {
        self.pieces.get_or_init(|| {
            let before = self.before().clone();
            let read = match before {
                Some(before) => before.reread(&self.text),
                None => Pieces::read_within(self.limits, &self.text),
            };
            *self.before() = None;
            Arc::new(read)
        })
    }

    /// Its tree, syntax errors and keywords.
    pub(crate) fn parse(&self) -> &Parse {
        self.parse.get_or_init(|| self.pieces().join(FileId(0)))
    }

    /// Its tree.
    pub(crate) fn tree(&self) -> &File {
        &self.parse().file
    }

    /// The language of its keywords.
    pub(crate) fn language(&self) -> Language {
        self.pieces().language()
    }

    /// Where its lines begin.
    pub(crate) fn lines(&self) -> &LineStarts {
        self.lines.get_or_init(|| LineStarts::new(&self.text))
    }

    /// Its words, in order.
    pub(crate) fn tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| tokens(&self.text))
    }

    /// Where it names what, in order.
    pub(crate) fn occurrences(&self) -> &[Occurrence] {
        self.occurrences.get_or_init(|| occurrences(self))
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;
    use hjemmel_grammar::Limits;
    use std::sync::Arc;

    #[test]
    fn an_earlier_reading_is_let_go_of_once_the_new_one_is_there() {
        let memo = Memo::new("a.regel".into(), "begreb a\n".into(), Limits::default());
        let read = memo.pieces().clone();
        let later = memo.edited("begreb b\n".into());
        drop(memo);
        assert_eq!(
            Arc::strong_count(&read),
            2,
            "it is what the new one is read from"
        );
        later.pieces();
        assert_eq!(Arc::strong_count(&read), 1);
    }
}
