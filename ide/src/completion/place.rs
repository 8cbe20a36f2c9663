//! Where the cursor stands, told from the lines and words before it: the line itself is seldom
//! whole while it is written.

use crate::memo::Memo;
use crate::tokens::{Token, TokenKind, index, line_start, span};
use hjemmel_grammar::keyword;
use hjemmel_grammar::span::{Span, slice};
use hjemmel_grammar::syntax::Kind;

/// Where the cursor stands.
#[derive(Clone, Debug)]
pub(super) enum Place<'t> {
    /// In column 0.
    Declaration,
    /// In a header, after its keyword.
    Header(Line<'t>),
    /// In a clause.
    Clause(Line<'t>),
    /// In a row of `givet`.
    Given(Line<'t>),
    /// In a line of `så`.
    Expect(Line<'t>),
}

/// What stands before the cursor.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// The kind of declaration, if its keyword can be read.
    pub(super) kind: Option<Kind>,
    /// The words and marks from the beginning of the clause (row, header) to the word begun.
    pub(super) before: Vec<&'t str>,
    /// The declaration's lines without indentation, the cursor's own left out.
    pub(super) others: Vec<&'t str>,
}

impl Line<'_> {
    /// Whether the words before the cursor end with a keyword, given in Danish.
    pub(super) fn ends_with(&self, danish: &'static str) -> bool {
        ends_with(&self.before, danish)
    }
}

/// Whether words end with a keyword, given in Danish, in either language.
pub(super) fn ends_with(words: &[&str], danish: &'static str) -> bool {
    let (da, en) = keyword::find(danish).map_or((danish, danish), |(it, _)| (it.da, it.en));
    [da, en].iter().any(|form| {
        let phrase: Vec<&str> = form.split(' ').collect();
        words.ends_with(&phrase)
    })
}

/// Where byte `offset` stands, and the word begun there. Nothing in comments, texts, summaries.
pub(super) fn place(memo: &Memo, offset: u32) -> Option<(Place<'_>, Span)> {
    let text = &*memo.text;
    let cursor = index(text, offset);
    let tokens = memo.tokens();
    let until = tokens.partition_point(|token| u32_of(cursor) > token.span.start);
    let before = tokens.get(..until)?;
    let (before, replace) = match before.split_last() {
        Some((last, rest)) if u32_of(cursor) <= last.span.end => match last.kind {
            TokenKind::Word | TokenKind::Number => {
                (rest, Span::new(last.span.start, u32_of(cursor)))
            }
            TokenKind::Mark => (before, span(cursor, cursor)),
            TokenKind::Comment | TokenKind::Summary => return None,
            // After the closing quote one may go on.
            TokenKind::Text if is_closed(text, last.span) && last.span.end == u32_of(cursor) => {
                (before, span(cursor, cursor))
            }
            TokenKind::Text => return None,
        },
        _ => (before, span(cursor, cursor)),
    };
    let here = line_start(text, cursor);
    let remark = before.last().filter(|last| {
        let remark = matches!(last.kind, TokenKind::Summary | TokenKind::Comment);
        remark && here <= index(text, last.span.start)
    });
    if remark.is_some() {
        return None;
    }
    let column = index(text, replace.start) - here;
    if column == 0 {
        return Some((Place::Declaration, replace));
    }
    Some((inside(text, before, here)?, replace))
}

fn u32_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn is_closed(text: &str, span: Span) -> bool {
    let text = slice(text, span);
    text.len() > 1 && text.ends_with('"')
}

/// A line of code: where it begins, its indentation and its text.
struct CodeLine<'t> {
    start: usize,
    indent: usize,
    code: &'t str,
}

fn code_lines(text: &str) -> impl Iterator<Item = CodeLine<'_>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        let code = line.trim_start_matches([' ', '\t', '\u{FEFF}']);
        CodeLine {
            start: at,
            indent: line.len() - code.len(),
            code: code.trim_end(),
        }
    });
    lines.filter(|line| !line.code.is_empty() && !line.code.starts_with(['#', '>']))
}

/// The place in a declaration: header, clause or row.
fn inside<'t>(text: &'t str, before: &[Token], here: usize) -> Option<Place<'t>> {
    let lines: Vec<CodeLine<'t>> = code_lines(text).collect();
    let header = lines
        .iter()
        .rposition(|line| line.start <= here && line.indent == 0)?;
    let body = lines.get(header + 1..).unwrap_or(&[]);
    let end = body
        .iter()
        .position(|line| line.indent == 0)
        .unwrap_or(body.len());
    let body = body.get(..end).unwrap_or(body);
    let header = lines.get(header)?;
    let words_from = |from: usize| -> Vec<&'t str> {
        let code = before
            .iter()
            .filter(|token| token.kind != TokenKind::Comment && u32_of(from) <= token.span.start);
        code.map(|token| slice(text, token.span)).collect()
    };
    let line = |from: usize| Line {
        kind: header.code.split_whitespace().next().and_then(kind_named),
        before: words_from(from),
        others: body
            .iter()
            .filter(|line| line.start != here)
            .map(|line| line.code)
            .collect(),
    };
    if header.start == here {
        return Some(Place::Header(line(here)));
    }
    // The blanks before the cursor tell how deep a line is that holds nothing else yet.
    let own = body
        .iter()
        .find(|line| line.start == here)
        .map(|line| line.indent);
    let own = own.unwrap_or_else(|| indentation(text, here));
    let column = body.first().map_or(own, |first| first.indent.min(own));
    let above = |limit: usize| {
        let mut above = body.iter().rev();
        above.find(move |line| line.start < here && line.indent <= limit)
    };
    if own <= column {
        return Some(Place::Clause(line(here)));
    }
    let clause = above(column)?;
    Some(match clause.code {
        "givet" | "given" => Place::Given(line(here)),
        "så" | "then" => Place::Expect(line(here)),
        _ => Place::Clause(line(clause.start)),
    })
}

fn indentation(text: &str, start: usize) -> usize {
    let line = text.get(start..).unwrap_or("");
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The kind that a keyword declares, in either language.
fn kind_named(word: &str) -> Option<Kind> {
    let (keyword, _) = keyword::find(word)?;
    Some(match keyword.da {
        "lov" => Kind::Act,
        "data" => Kind::Data,
        "skøn" => Kind::Assessment,
        "parameter" => Kind::Parameter,
        "begreb" => Kind::Term,
        "pligt" => Kind::Duty,
        "fritagelse" => Kind::Exemption,
        "udsættelse" => Kind::Suspension,
        "opdeling" => Kind::Classification,
        "advarsel" => Kind::Warning,
        "måling" => Kind::Measure,
        "overgang" => Kind::Transition,
        "eksempel" => Kind::Example,
        _ => return None,
    })
}
