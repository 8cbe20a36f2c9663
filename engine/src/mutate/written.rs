//! A rule's declaration as it is written: where its words stand.

use hjemmel_grammar::span::{FileId, Site, Span, slice};
use hjemmel_grammar::syntax::{ClauseKind, Declaration, Length};
use hjemmel_grammar::{Pieces, Sources};
use std::collections::BTreeMap;

/// How many characters of the changed words stand in an id.
const LONGEST: usize = 60;

/// All that is written, by the place of each declaration.
pub(super) struct Library {
    files: Vec<Pieces>,
    /// File, piece and declaration by the place of the whole.
    at: BTreeMap<Site, (usize, usize, usize)>,
}

impl Library {
    pub(super) fn read(sources: &Sources) -> Self {
        let mut files = Vec::new();
        let mut at = BTreeMap::new();
        for (id, source) in sources.iter() {
            let pieces = Pieces::read(&source.text);
            for (n, placed) in pieces.list().iter().enumerate() {
                for (k, declaration) in placed.piece.declarations.iter().enumerate() {
                    let span = declaration.span.shifted(placed.start);
                    at.insert(Site { file: id, span }, (files.len(), n, k));
                }
            }
            files.push(pieces);
        }
        Self { files, at }
    }

    /// The declaration at a place.
    pub(super) fn find(&self, site: Site) -> Option<Written<'_>> {
        let (file, piece, declaration) = *self.at.get(&site)?;
        let placed = self.files.get(file)?.list().get(piece)?;
        Some(Written {
            file: site.file,
            start: placed.start,
            text: &placed.piece.text,
            declaration: placed.piece.declarations.get(declaration)?,
        })
    }
}

/// A declaration and the text that its places count in.
#[derive(Clone, Copy)]
pub(super) struct Written<'w> {
    file: FileId,
    start: u32,
    text: &'w str,
    pub(super) declaration: &'w Declaration,
}

impl<'w> Written<'w> {
    /// A place of the declaration as a place of the rule set.
    pub(super) fn site(&self, span: Span) -> Site {
        Site {
            file: self.file,
            span: span.shifted(self.start),
        }
    }

    /// The words at a place as they stand in an id: on one line, and not too many.
    pub(super) fn words(&self, span: Span) -> String {
        let words: Vec<&str> = slice(self.text, span).split_whitespace().collect();
        let line = words.join(" ").replace(';', ",");
        if line.chars().count() <= LONGEST {
            return line;
        }
        let kept: String = line.chars().take(LONGEST).collect();
        kept + "…"
    }

    /// A place without blanks around it, and without the parenthesis that ends what it stands in.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let words = slice(self.text, span);
        let mut kept = words.trim();
        while kept.matches('(').count() < kept.matches(')').count() && kept.ends_with(')') {
            kept = kept.strip_suffix(')').unwrap_or(kept).trim_end();
        }
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let before = words.len().saturating_sub(words.trim_start().len());
        let start = span
            .start
            .saturating_add(u32::try_from(before).unwrap_or(0));
        Span::new(start, start.saturating_add(length(kept)))
    }

    /// The first clause that `pick` accepts, with its place.
    pub(super) fn clause<T>(
        &self,
        pick: impl Fn(&'w ClauseKind) -> Option<T>,
    ) -> Option<(T, Span)> {
        self.clauses(pick).into_iter().next()
    }

    /// The clauses that `pick` accepts, with their places.
    pub(super) fn clauses<T>(&self, pick: impl Fn(&'w ClauseKind) -> Option<T>) -> Vec<(T, Span)> {
        let clauses = self.declaration.clauses.iter();
        clauses
            .filter_map(|clause| Some((pick(&clause.kind)?, clause.span)))
            .collect()
    }
}

/// Where a length stands.
pub(super) fn length_span(length: &Length) -> Span {
    match length {
        Length::Fixed { span, .. } => *span,
        Length::Parameter(name) => name.span,
    }
}
