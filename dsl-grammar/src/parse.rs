//! From text to tree: never fails, never panics.
//!
//! The text is cut first ([`crate::layout`]); then every header, clause and row is parsed on its
//! own. What cannot be read is reported and left out, and only its own declaration is marked
//! broken.

use std::ops::Range;

use pest::Parser;
use pest::iterators::Pairs;

use crate::diagnostic::{Diagnostic, Severity};
use crate::dispatch;
use crate::explain::{Failure, explain, explain_unknown};
use crate::grammar::{Grammar, Rule};
use crate::layout::flat::{Flat, span};
use crate::layout::{Chunk, ClausePiece, Layout, layout};
use crate::lower::{Header, Lower, Word};
use crate::pieces::Pieces;
use crate::span::{FileId, Site, Span};
use crate::syntax::{Clause, ClauseKind, Declaration, File, Kind, Provision};
use crate::syntax_errors as errors;

/// What came of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parse {
    /// The tree of all that could be read.
    pub file: File,
    /// What was wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The keywords, units, dates and decimals in it, in the order of the text.
    pub words: Vec<Word>,
}

impl Parse {
    /// Whether nothing worse than warnings was found.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// Parses a file.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parse {
    Pieces::read(text).join(file)
}

/// A file with its lines, as the formatter needs it.
pub(crate) struct Reading {
    pub(crate) layout: Layout,
    /// For each chunk of the layout what it declares, if that could be told.
    pub(crate) declarations: Vec<Option<Declaration>>,
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) words: Vec<Word>,
}

/// The stack that reading the deepest text takes is well below this, in bytes. Where less is left, another is
/// used: what is read never depends on the thread that reads it.
const ROOM: usize = 1 << 20;

/// Reads a file into its parts.
pub(crate) fn read(file: FileId, text: &str) -> Reading {
    stacker::maybe_grow(ROOM, 2 * ROOM, || read_here(file, text))
}

fn read_here(file: FileId, text: &str) -> Reading {
    let layout = layout(file, text);
    let mut reader = Reader {
        file,
        flat: &layout.flat,
        lower: Lower::new(file, &layout.flat),
    };
    let declarations = layout
        .chunks
        .iter()
        .map(|chunk| reader.declaration(chunk))
        .collect();
    let Lower {
        diagnostics: found,
        mut words,
        ..
    } = reader.lower;
    words.sort_by_key(|word| word.span);
    Reading {
        layout,
        declarations,
        found,
        words,
    }
}

/// Parses the bytes of a file, which may not be UTF-8; then nothing of it is read.
#[must_use]
pub fn parse_bytes(file: FileId, bytes: &[u8]) -> Parse {
    match str::from_utf8(bytes) {
        Ok(text) => parse(file, text),
        Err(error) => {
            let at = error.valid_up_to();
            let site = Site {
                file,
                span: span(at, at),
            };
            let byte = bytes.get(at).copied().unwrap_or_default();
            Pieces::refused(errors::not_utf8(site, byte)).join(file)
        }
    }
}

/// Reads provisions as lawyers write them, where they stand alone: `LAB § 92, stk. 2, og § 96`.
/// `None` where the text is anything else. Their places count from the first byte of the text.
#[must_use]
pub fn parse_provisions(text: &str) -> Option<Vec<Provision>> {
    let mut flat = Flat::default();
    flat.push(text, 0);
    let mut pairs = Grammar::parse(Rule::cited_alone, flat.piece(&(0..flat.len()))).ok()?;
    Lower::new(FileId(0), &flat).provisions_alone(&pairs.next()?)
}

/// Reads the pieces of a file one by one.
struct Reader<'a> {
    file: FileId,
    flat: &'a Flat,
    lower: Lower<'a>,
}

impl<'a> Reader<'a> {
    fn declaration(&mut self, chunk: &Chunk) -> Option<Declaration> {
        let mut broken = chunk.broken;
        let Header {
            kind,
            keyword,
            name,
            title,
            targets,
        } = self.header(&chunk.header, &mut broken)?;
        let mut clauses = Vec::new();
        if !chunk.too_deep {
            for piece in &chunk.clauses {
                match self.clause(piece, kind, &mut broken) {
                    Some(clause) => clauses.push(clause),
                    None => broken = true,
                }
            }
        }
        let end = chunk.clauses.last().map_or(&chunk.header, |clause| {
            clause.rows.last().unwrap_or(&clause.text)
        });
        let span = keyword.to(self.flat.original(chunk.header.start, chunk.header.end));
        let span = span.to(self.trimmed(end));
        Some(Declaration {
            kind,
            keyword,
            name,
            title,
            targets,
            summary: chunk.summary.clone(),
            clauses,
            span,
            broken,
        })
    }

    fn header(&mut self, piece: &Range<usize>, broken: &mut bool) -> Option<Header> {
        match self.parse(Rule::header, piece) {
            Ok(mut pairs) => self.lower.header(&pairs.next()?),
            Err(failure) => {
                *broken = true;
                self.explain(piece, &failure);
                self.lower.broken_header(piece, self.flat.piece(piece))
            }
        }
    }

    fn clause(&mut self, piece: &ClausePiece, kind: Kind, broken: &mut bool) -> Option<Clause> {
        let Some(rule) = dispatch::clause(self.flat.piece(&piece.text), kind) else {
            let unknown = explain_unknown(self.file, self.flat, &piece.text);
            self.lower.diagnostics.push(unknown);
            return None;
        };
        let parsed = match self.parse(rule, &piece.text) {
            Ok(mut pairs) => pairs.next()?,
            Err(failure) => {
                self.explain(&piece.text, &failure);
                return None;
            }
        };
        let mut clause = self.lower.clause(&parsed)?;
        match &mut clause {
            ClauseKind::Given(rows) => {
                *rows = self.rows(piece, Rule::given_row, broken, |lower, pair| {
                    lower.given_row(&pair)
                });
            }
            ClauseKind::Expect(lines) => {
                *lines = self.rows(piece, Rule::expectation, broken, |lower, pair| {
                    lower.expectation(&pair)
                });
            }
            _ => {}
        }
        let start = self.trimmed(&piece.text);
        let end = piece.rows.last().map_or(start, |row| self.trimmed(row));
        Some(Clause {
            kind: clause,
            span: start.to(end),
        })
    }

    fn rows<T>(
        &mut self,
        piece: &ClausePiece,
        rule: Rule,
        broken: &mut bool,
        lower: impl Fn(&mut Lower<'a>, pest::iterators::Pair<'_, Rule>) -> Option<T>,
    ) -> Vec<T> {
        let mut rows = Vec::new();
        for range in &piece.rows {
            let row = match self.parse(rule, range) {
                Ok(mut pairs) => pairs.next().and_then(|pair| lower(&mut self.lower, pair)),
                Err(failure) => {
                    self.explain(range, &failure);
                    None
                }
            };
            *broken |= row.is_none();
            rows.extend(row);
        }
        rows
    }

    fn parse(&mut self, rule: Rule, piece: &Range<usize>) -> Result<Pairs<'a, Rule>, Failure> {
        let text = self.flat.piece(piece);
        let pairs = Grammar::parse(rule, text).map_err(|error| Failure::new(rule, error))?;
        self.lower.piece(piece.start, &pairs);
        Ok(pairs)
    }

    fn explain(&mut self, piece: &Range<usize>, failure: &Failure) {
        let diagnostic = explain(self.file, self.flat, piece, failure);
        self.lower.diagnostics.push(diagnostic);
    }

    /// The bytes of the file that a piece stands for.
    fn trimmed(&self, piece: &Range<usize>) -> Span {
        let text = self
            .flat
            .piece(piece)
            .trim_end_matches(|c: char| c.is_control() || c == ' ');
        self.flat.original(piece.start, piece.start + text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::parse_provisions;

    #[test]
    fn provisions_that_stand_alone() {
        let read = |text: &str| {
            let provisions = parse_provisions(text)?;
            let written: Vec<String> = provisions.iter().map(ToString::to_string).collect();
            Some(written.join("; "))
        };
        assert_eq!(
            read("BEK 1297/2016 § 18, stk. 2, nr. 3 og 4").as_deref(),
            Some("BEK 1297/2016 § 18, stk. 2, nr. 3; BEK 1297/2016 § 18, stk. 2, nr. 4")
        );
        assert_eq!(read("LAB §§ 92 – 96 c").as_deref(), Some("LAB §§ 92-96 c"));
        for wrong in [
            "",
            "LAB",
            "§ 92",
            "LAB § 92 stk 2",
            "LAB stk. 2",
            "LAB § 92; § 93",
        ] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
