//! What is known of one file by itself, worked out once for each text it has had.
//!
//! Nothing here depends on another file, so an edit throws away exactly one [`Memo`].
//! INVARIANT: spans are bytes of `text`; the file's number is not stored, since it may change.

use crate::occurrence::{Occurrence, occurrences};
use crate::tokens::{Token, tokens};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::FileId;
use hjemmel_grammar::syntax::File;
use hjemmel_grammar::{Parse, parse};
use std::sync::{Arc, OnceLock};

/// A file and what is known of it.
#[derive(Debug)]
pub(crate) struct Memo {
    /// Its path.
    pub(crate) path: Arc<str>,
    /// Its text.
    pub(crate) text: Arc<str>,
    parse: OnceLock<Arc<Parse>>,
    tokens: OnceLock<Vec<Token>>,
    occurrences: OnceLock<Vec<Occurrence>>,
}

impl Memo {
    /// A file of which nothing is known yet.
    pub(crate) fn new(path: Arc<str>, text: Arc<str>) -> Self {
        Self {
            path,
            text,
            parse: OnceLock::new(),
            tokens: OnceLock::new(),
            occurrences: OnceLock::new(),
        }
    }

    /// Its tree, syntax errors and keywords.
    pub(crate) fn parse(&self) -> &Arc<Parse> {
        self.parse
            .get_or_init(|| Arc::new(parse(FileId(0), &self.text)))
    }

    /// Its tree.
    pub(crate) fn tree(&self) -> &File {
        &self.parse().file
    }

    /// The language of its keywords.
    pub(crate) fn language(&self) -> Language {
        self.tree().language
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
