//! The shape of a file before its words are read: lines, indentation, bullets, comments.
//!
//! One linear pass cuts the text into declarations, clauses and rows, so that the grammar knows
//! nothing of indentation and a mistake in one clause cannot reach the next. Limits are checked
//! here, before anything that could recurse. Comments end here; the formatter reads [`Line`]s.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Site, Span};
use crate::syntax_errors as errors;

pub(crate) mod flat;
mod scan;

use flat::{BEGIN, END, Flat, ITEM, span};

/// The longest line, in bytes.
pub(crate) const MAX_LINE_BYTES: usize = 4096;
/// The deepest nesting of parentheses and bullets together.
pub(crate) const MAX_NESTING: usize = 64;

/// What a line is, for the formatter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing, or only a comment.
    Blank,
    /// `> …`
    Summary,
    /// The line in column 0.
    Header,
    /// The first line of a clause.
    Clause,
    /// A bullet, and how deep its list is (from 1).
    Bullet(usize),
    /// A line of `givet` or `så`.
    Row,
    /// Continues what stands above; inside so many lists of bullets, in a row or not.
    Continuation {
        /// Lists of bullets around it.
        depth: usize,
        /// Continues a row.
        row: bool,
    },
}

/// A line of the file; offsets are bytes of the file.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// What it is.
    pub(crate) role: Role,
    /// All of it, without its end of line.
    pub(crate) whole: Range<usize>,
    /// Its code.
    pub(crate) code: Range<usize>,
    /// Its comment.
    pub(crate) comment: Option<Range<usize>>,
}

/// A clause: its own text and, below `givet` and `så`, its rows. Ranges of the flat text.
#[derive(Clone, Debug)]
pub(crate) struct ClausePiece {
    pub(crate) text: Range<usize>,
    pub(crate) rows: Vec<Range<usize>>,
}

/// A declaration: its header and its clauses. Ranges of the flat text.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub(crate) summary: Vec<String>,
    pub(crate) header: Range<usize>,
    pub(crate) clauses: Vec<ClausePiece>,
    /// Something in it was reported that makes its text unreliable.
    pub(crate) broken: bool,
    /// It nests too deeply to be read.
    pub(crate) too_deep: bool,
    /// The lines it stands on.
    pub(crate) lines: Range<usize>,
}

/// A file cut into its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    pub(crate) flat: Flat,
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) lines: Vec<Line>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Layout {
    /// The words that can be names, in alphabetical order, each once: those outside quotes.
    pub(crate) fn mentions(&self) -> Vec<String> {
        let clauses = self.chunks.iter().flat_map(|chunk| &chunk.clauses);
        let clauses = clauses.flat_map(|clause| clause.rows.iter().chain([&clause.text]));
        let parts = self.chunks.iter().map(|chunk| &chunk.header).chain(clauses);
        let outside = parts.flat_map(|part| self.flat.piece(part).split('"').step_by(2));
        let between = |c: char| !(c.is_alphanumeric() || c == '_');
        let words = outside.flat_map(|code| code.split(between));
        let words = words.filter(|word| word.starts_with(char::is_alphabetic));
        let mut words: Vec<&str> = words.collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Cuts a file into its parts.
pub(crate) fn layout(file: FileId, text: &str) -> Layout {
    let mut cutter = Cutter::new(file, text);
    let mut start = if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    };
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        let content = content(line);
        cutter.line(start, content);
        start += line.len();
    }
    cutter.finish()
}

/// A line without its end. Carriage returns belong to the end however many there are, and where no line
/// feed follows too: a line that kept one would end otherwise when it is written again.
pub(crate) fn content(line: &str) -> &str {
    line.strip_suffix('\n')
        .unwrap_or(line)
        .trim_end_matches('\r')
}

/// A list of bullets that is open: its column, and the parentheses that were open before it.
struct List {
    column: usize,
    parentheses: usize,
}

/// The state of the pass.
struct Cutter<'a> {
    file: FileId,
    text: &'a str,
    out: Layout,
    summary: Vec<String>,
    summary_at: Option<Span>,
    /// The column of the clauses of the declaration at hand.
    clause_column: Option<usize>,
    /// The clause at hand has rows, and (once known) their column.
    rows: Option<Option<usize>>,
    lists: Vec<List>,
    parentheses: usize,
    /// Where the clause or row that is being gathered begins in the flat text.
    piece: Option<usize>,
}

impl<'a> Cutter<'a> {
    fn new(file: FileId, text: &'a str) -> Self {
        Self {
            file,
            text,
            out: Layout::default(),
            summary: Vec::new(),
            summary_at: None,
            clause_column: None,
            rows: None,
            lists: Vec::new(),
            parentheses: 0,
            piece: None,
        }
    }

    fn site(&self, range: &Range<usize>) -> Site {
        Site {
            file: self.file,
            span: span(range.start, range.end),
        }
    }

    fn code(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn line(&mut self, start: usize, content: &str) {
        if MAX_LINE_BYTES < content.len() {
            let site = self.site(&(start..start + content.len()));
            self.out
                .diagnostics
                .push(errors::line_too_long(site, content.len()));
            self.break_chunk();
            let code = start..start + content.len();
            let role = Role::Continuation {
                depth: 0,
                row: false,
            };
            return self.out.lines.push(Line {
                role,
                whole: code.clone(),
                code,
                comment: None,
            });
        }
        if content.starts_with('>') {
            return self.summary_line(start, content);
        }
        let parts = scan::line(self.file, start, content, &mut self.out.diagnostics);
        let code = self.code(&parts.code);
        scan::words(self.file, parts.code.start, code, &mut self.out.diagnostics);
        let role = match (code.is_empty(), parts.indent) {
            (true, _) => Role::Blank,
            (false, 0) => self.header(&parts),
            (false, _) => self.indented(&parts, code),
        };
        // What stands in a line without code is said, and changes nothing of the declaration above it.
        if parts.unreliable && role != Role::Blank {
            self.break_chunk();
        }
        if let (Some(chunk), true) = (self.out.chunks.last_mut(), role != Role::Blank) {
            chunk.lines.end = self.out.lines.len() + 1;
        }
        self.out.lines.push(Line {
            role,
            whole: start..start + content.len(),
            code: parts.code,
            comment: parts.comment,
        });
    }

    fn break_chunk(&mut self) {
        if let Some(chunk) = self.out.chunks.last_mut() {
            chunk.broken = true;
        }
    }

    fn summary_line(&mut self, start: usize, content: &str) {
        self.close_clause();
        let range = start..start + content.trim_end().len();
        scan::refuse_invisible(self.file, start, content, &mut self.out.diagnostics);
        self.summary
            .push(content.trim_start_matches('>').trim().to_owned());
        self.summary_at.get_or_insert(span(range.start, range.end));
        self.out.lines.push(Line {
            role: Role::Summary,
            whole: range.clone(),
            code: range,
            comment: None,
        });
    }

    fn header(&mut self, parts: &scan::LineParts) -> Role {
        self.close_clause();
        self.clause_column = None;
        self.summary_at = None;
        let line = self.out.lines.len();
        self.out.chunks.push(Chunk {
            summary: std::mem::take(&mut self.summary),
            header: 0..0,
            clauses: Vec::new(),
            broken: false,
            too_deep: false,
            lines: line..line + 1,
        });
        let start = self.out.flat.len();
        self.push(parts);
        let header = start..self.out.flat.len();
        if let Some(chunk) = self.out.chunks.last_mut() {
            chunk.header = header;
        }
        self.parentheses = 0;
        Role::Header
    }

    fn indented(&mut self, parts: &scan::LineParts, code: &str) -> Role {
        let Some(chunk) = self.out.chunks.last() else {
            self.out
                .diagnostics
                .push(errors::belongs_to_nothing(self.site(&parts.code)));
            return Role::Blank;
        };
        let no_clause_yet = chunk.clauses.is_empty();
        let is_bullet = code.starts_with(['-', '–', '•']);
        let column = *self.clause_column.get_or_insert(parts.indent);
        if is_bullet && no_clause_yet {
            self.out
                .diagnostics
                .push(errors::bullet_without_list(self.site(&parts.code)));
            self.break_chunk();
            return Role::Continuation {
                depth: 0,
                row: false,
            };
        } else if is_bullet {
            return self.bullet(parts, column, code);
        } else if parts.indent < column && !no_clause_yet {
            self.out
                .diagnostics
                .push(errors::wrong_indentation(self.site(&parts.code), column));
        } else if column < parts.indent {
            return self.continuation(parts);
        }
        self.clause(parts, code)
    }

    fn clause(&mut self, parts: &scan::LineParts, code: &str) -> Role {
        self.close_clause();
        self.piece = Some(self.out.flat.len());
        if let Some(chunk) = self.out.chunks.last_mut() {
            chunk.clauses.push(ClausePiece {
                text: 0..0,
                rows: Vec::new(),
            });
        }
        let has_rows = ["givet", "så", "given", "then"]
            .iter()
            .any(|word| code.nfc().eq(word.chars()));
        self.rows = has_rows.then_some(None);
        self.push(parts);
        Role::Clause
    }

    fn continuation(&mut self, parts: &scan::LineParts) -> Role {
        if let Some(column) = self.rows {
            let column = column.unwrap_or(parts.indent);
            self.rows = Some(Some(column));
            if parts.indent <= column {
                self.close_piece();
                self.piece = Some(self.out.flat.len());
                if let Some(clause) = self.last_clause() {
                    clause.rows.push(0..0);
                }
                self.push(parts);
                return Role::Row;
            }
        }
        while self
            .lists
            .last()
            .is_some_and(|list| parts.indent <= list.column)
        {
            self.close_list(parts.code.start);
        }
        self.out.flat.mark('\n', parts.code.start);
        self.push(parts);
        Role::Continuation {
            depth: self.lists.len(),
            row: self.rows.is_some(),
        }
    }

    fn bullet(&mut self, parts: &scan::LineParts, clause_column: usize, code: &str) -> Role {
        let site = self.site(&parts.code);
        let mut column = parts.indent;
        if column <= clause_column {
            self.out.diagnostics.push(errors::bullet_not_indented(site));
            column = self
                .lists
                .first()
                .map_or(clause_column + 1, |list| list.column);
        }
        while let Some(list) = self.lists.last().filter(|list| column < list.column) {
            let outer = self.lists.iter().rev().nth(1);
            if outer.map_or(clause_column, |list| list.column) < column {
                // It stands between two lists: which one is meant cannot be told.
                column = list.column;
                self.out.diagnostics.push(errors::bullet_fits_no_list(site));
                self.break_chunk();
                break;
            }
            self.close_list(parts.code.start);
        }
        if self.lists.last().is_none_or(|list| list.column < column) {
            self.lists.push(List {
                column,
                parentheses: self.parentheses,
            });
            self.check_nesting(&parts.code);
            self.out.flat.mark(BEGIN, parts.code.start);
        }
        self.out.flat.mark(ITEM, parts.code.start);
        let depth = self.lists.len();
        let text = code.trim_start_matches(['-', '–', '•']).trim_start();
        let start = parts.code.start + (code.len() - text.len());
        self.push(&scan::LineParts {
            code: start..parts.code.end,
            ..parts.clone()
        });
        Role::Bullet(depth)
    }

    /// Adds the code of a line to the flat text.
    fn push(&mut self, parts: &scan::LineParts) {
        let code = self.code(&parts.code);
        let mut done = 0;
        let mut quoted = false;
        for (at, byte) in code.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'(' if !quoted => {
                    self.parentheses += 1;
                    self.check_nesting(&(parts.code.start + at..parts.code.start + at + 1));
                }
                b')' if !quoted => {
                    // A list inside parentheses ends with them.
                    while self
                        .lists
                        .last()
                        .is_some_and(|list| self.parentheses <= list.parentheses)
                    {
                        self.out
                            .flat
                            .push(code.get(done..at).unwrap_or(""), parts.code.start + done);
                        done = at;
                        self.close_list(parts.code.start + at);
                    }
                    self.parentheses = self.parentheses.saturating_sub(1);
                }
                _ => {}
            }
        }
        self.out
            .flat
            .push(code.get(done..).unwrap_or(""), parts.code.start + done);
        if parts.open_text {
            self.out.flat.mark('"', parts.code.end);
        }
    }

    fn check_nesting(&mut self, range: &Range<usize>) {
        let site = self.site(range);
        if let Some(chunk) = self.out.chunks.last_mut()
            && MAX_NESTING < self.parentheses + self.lists.len()
            && !chunk.too_deep
        {
            chunk.too_deep = true;
            chunk.broken = true;
            self.out.diagnostics.push(errors::too_deep(site));
        }
    }

    fn close_list(&mut self, at: usize) {
        self.lists.pop();
        self.out.flat.mark(END, at);
    }

    fn last_clause(&mut self) -> Option<&mut ClausePiece> {
        self.out.chunks.last_mut()?.clauses.last_mut()
    }

    /// Ends the clause, or the row of it, that is being gathered.
    fn close_piece(&mut self) {
        let Some(start) = self.piece.take() else {
            return;
        };
        let at = self.out.lines.last().map_or(0, |line| line.code.end);
        while !self.lists.is_empty() {
            self.close_list(at);
        }
        self.parentheses = 0;
        let piece = start..self.out.flat.len();
        if let Some(clause) = self.last_clause() {
            match clause.rows.last_mut() {
                Some(row) => *row = piece,
                None => clause.text = piece,
            }
        }
    }

    fn close_clause(&mut self) {
        self.close_piece();
        self.rows = None;
    }

    fn finish(mut self) -> Layout {
        self.close_clause();
        if let Some(span) = self.summary_at {
            self.out.diagnostics.push(errors::summary_of_nothing(Site {
                file: self.file,
                span,
            }));
        }
        self.out
    }
}
