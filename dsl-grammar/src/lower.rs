//! From what the grammar found to the syntax tree.
//!
//! Only this module knows pest's pairs. A function gives `None` when its part has no meaning; the
//! reason has then been reported, the clause is left out and the declaration is marked broken.

mod citation;
mod clause;
mod condition;
mod example;
mod header;
mod value;
mod words;

use pest::iterators::{Pair, Pairs};

use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::layout::flat::{BEGIN, END, Flat, ITEM};
use crate::span::{FileId, Site, Span};
use crate::syntax::{Name, Quoted};

pub(crate) use header::Header;
pub use words::Word;
pub(crate) use words::is_keyword;

type P<'a> = Pair<'a, Rule>;

/// The tree of one piece of a declaration in the making.
pub(crate) struct Lower<'a> {
    file: FileId,
    flat: &'a Flat,
    /// Where the piece begins in the flat text.
    base: usize,
    /// What was wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The words that translation changes.
    pub(crate) words: Vec<Word>,
}

impl<'a> Lower<'a> {
    /// Nothing yet, of the piece that begins at `base` of the flat text.
    pub(crate) fn new(file: FileId, flat: &'a Flat) -> Self {
        Self {
            file,
            flat,
            base: 0,
            diagnostics: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Goes on with the piece that begins at `base` of the flat text.
    pub(crate) fn piece(&mut self, base: usize, pairs: &Pairs<'_, Rule>) {
        self.base = base;
        self.collect_words(pairs);
    }

    /// The bytes of the file that a pair stands for, without blanks and marks at its end.
    fn span(&self, pair: &P<'_>) -> Span {
        let text = pair
            .as_str()
            .trim_end_matches([' ', '\n', BEGIN, ITEM, END]);
        let start = self.base + pair.as_span().start();
        self.flat.original(start, start + text.len())
    }

    fn at(&self, span: Span) -> Site {
        Site {
            file: self.file,
            span,
        }
    }

    fn site(&self, pair: &P<'_>) -> Site {
        self.at(self.span(pair))
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn name(&self, pair: &P<'_>) -> Name {
        Name {
            text: pair.as_str().to_owned(),
            span: self.span(pair),
        }
    }

    fn names(&self, pair: P<'_>) -> Vec<Name> {
        pair.into_inner()
            .filter(|part| part.as_rule() == Rule::name)
            .map(|part| self.name(&part))
            .collect()
    }

    fn quoted(&self, pair: &P<'_>) -> Quoted {
        let text = pair.as_str().trim_matches('"').to_owned();
        Quoted {
            text,
            span: self.span(pair),
        }
    }
}

/// The first part of that rule.
fn find<'a>(pair: &P<'a>, rule: Rule) -> Option<P<'a>> {
    pair.clone()
        .into_inner()
        .find(|part| part.as_rule() == rule)
}

/// The first part.
fn first<'a>(pair: &P<'a>) -> Option<P<'a>> {
    pair.clone().into_inner().next()
}
