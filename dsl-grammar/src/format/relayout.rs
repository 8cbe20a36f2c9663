//! Lines, indentation, and the columns of a classification.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::spacing::spaced;
use crate::layout::{Line, Role};
use crate::parse::Reading;
use crate::syntax::{Clause, ClauseKind};

/// Lays the lines of a text out anew.
pub(super) fn relayout(text: &str, reading: &Reading) -> String {
    let mut page = Page {
        text,
        seams: seams(reading),
        first_lines: first_lines(&reading.layout.lines),
        out: String::new(),
        blank: false,
    };
    for (index, line) in reading.layout.lines.iter().enumerate() {
        page.line(reading, index, line);
    }
    page.out
}

/// What is done between two parts of a line.
#[derive(Clone, Copy)]
enum Seam {
    /// Two blanks, before the basis at the end of a line.
    Gap,
    /// As many blanks as bring the line to that width.
    Column(usize),
}

/// Where lines are taken apart: bytes of the text.
fn seams(reading: &Reading) -> BTreeMap<usize, Seam> {
    let mut seams = BTreeMap::new();
    for word in reading.words.iter().filter(|word| word.da == "hjemmel") {
        seams.insert(size(word.span.start), Seam::Gap);
    }
    for declaration in reading.declarations.iter().flatten() {
        let is_branch = |clause: &Clause| matches!(clause.kind, ClauseKind::Branch(_));
        for group in declaration
            .clauses
            .chunk_by(|a, b| is_branch(a) && is_branch(b))
        {
            align(reading, group, &mut seams);
        }
    }
    seams
}

/// Puts the titles of neighbouring branches below each other, and `når` and `ellers` too.
fn align(reading: &Reading, branches: &[Clause], seams: &mut BTreeMap<usize, Seam>) {
    let heads: Vec<_> = branches
        .iter()
        .filter_map(|clause| head(reading, clause))
        .collect();
    let widest = |widths: &dyn Fn(&Head) -> usize| heads.iter().map(widths).max().unwrap_or(0);
    let (name, title) = (widest(&|head| head.name), widest(&|head| head.title));
    let title_column = 1 + name;
    let keyword_column = if title == 0 {
        title_column
    } else {
        title_column + 1 + title
    };
    for head in heads {
        seams.extend(head.title_at.map(|at| (at, Seam::Column(title_column))));
        seams.insert(head.keyword_at, Seam::Column(keyword_column));
    }
}

/// The parts of a branch before its condition: where they stand and how wide they will be.
struct Head {
    name: usize,
    title: usize,
    title_at: Option<usize>,
    keyword_at: usize,
}

fn head(reading: &Reading, clause: &Clause) -> Option<Head> {
    let ClauseKind::Branch(branch) = &clause.kind else {
        return None;
    };
    let title = branch.title.as_ref();
    let before = title.map_or(branch.state.span, |title| title.span);
    let after = reading
        .words
        .partition_point(|word| word.span.start < before.end);
    Some(Head {
        name: branch.state.text.chars().count(),
        title: title.map_or(0, |title| title.text.chars().count() + 2),
        title_at: title.map(|title| size(title.span.start)),
        keyword_at: size(reading.words.get(after)?.span.start),
    })
}

fn size(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// The text in the making.
struct Page<'a> {
    text: &'a str,
    seams: BTreeMap<usize, Seam>,
    first_lines: BTreeSet<usize>,
    out: String,
    /// A blank line was seen and is due before the next line.
    blank: bool,
}

impl<'a> Page<'a> {
    fn line(&mut self, reading: &Reading, index: usize, line: &Line) {
        let next = || next_code(reading, index);
        let chunks = &reading.layout.chunks;
        let begun = chunks.partition_point(|chunk| chunk.lines.start <= index);
        let chunk = begun.checked_sub(1).filter(|at| {
            let lines = chunks.get(*at).map(|chunk| &chunk.lines);
            lines.is_some_and(|lines| lines.contains(&index))
        });
        let chunk_kept = |at: usize| {
            reading
                .declarations
                .get(at)
                .is_none_or(|each| each.as_ref().is_none_or(|each| each.broken))
        };
        let verbatim = match chunk {
            Some(chunk) => chunk_kept(chunk),
            None => line.role != Role::Summary && !line.code.is_empty(),
        };
        if self.first_lines.contains(&index) {
            self.blank = true;
        }
        if verbatim {
            self.emit(0, self.slice(&line.whole));
            return;
        }
        let comment = line
            .comment
            .as_ref()
            .map(|comment| self.slice(comment).trim_end());
        match (line.role, comment) {
            (Role::Blank, None) => self.blank |= !below_summary(&reading.layout.lines, index),
            (Role::Blank, Some(comment)) => {
                let indent = comment_indent(line, next());
                self.emit(indent, comment);
            }
            (Role::Summary, _) => {
                let words = self.slice(&line.code).trim_start_matches('>').trim();
                self.emit(0, format!("> {words}").trim_end());
            }
            (role, comment) => {
                let code = self.code(line, role);
                let comment = comment.map_or(String::new(), |comment| format!("  {comment}"));
                self.emit(indent(role), &(code + &comment));
            }
        }
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or("")
    }

    /// The code of a line, its parts put together anew.
    fn code(&self, line: &Line, role: Role) -> String {
        let mut out = String::new();
        let mut start = line.code.start;
        if let Role::Bullet(_) = role {
            out.push_str("- ");
            let code = self.slice(&line.code);
            start += code.len() - code.trim_start_matches(['-', '–', '•']).len();
        }
        let first = start;
        for (at, seam) in self.seams.range(first + 1..line.code.end) {
            out.push_str(&spaced(self.slice(&(start..*at))));
            start = *at;
            let width = match seam {
                Seam::Gap => out.chars().count() + 2,
                Seam::Column(width) => *width,
            };
            let blanks = width.saturating_sub(out.chars().count());
            out.push_str(&" ".repeat(blanks));
        }
        out + &spaced(self.slice(&(start..line.code.end)))
    }

    fn emit(&mut self, indent: usize, line: &str) {
        let divides = std::mem::take(&mut self.blank) && !self.out.is_empty();
        // At the beginning it would be the mark of the text, which is no part of it: an error would be gone.
        let is_no_mark = self.out.is_empty() && line.starts_with('\u{FEFF}');
        if divides || is_no_mark {
            self.out.push('\n');
        }
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn indent(role: Role) -> usize {
    match role {
        Role::Blank | Role::Summary | Role::Header => 0,
        Role::Clause => 2,
        Role::Row
        | Role::Continuation {
            depth: 0,
            row: false,
        } => 4,
        Role::Continuation { row: true, .. } => 6,
        Role::Bullet(depth) => 2 + 2 * depth,
        Role::Continuation { depth, .. } => 4 + 2 * depth,
    }
}

/// The next line that is not blank and not a comment.
fn next_code(reading: &Reading, index: usize) -> Option<Role> {
    let below = reading.layout.lines.get(index + 1..)?;
    below
        .iter()
        .map(|line| line.role)
        .find(|role| *role != Role::Blank)
}

/// A comment goes with the line below it; one that is indented above a header ends what is above.
fn comment_indent(line: &Line, next: Option<Role>) -> usize {
    let indented = line
        .comment
        .as_ref()
        .is_some_and(|comment| line.whole.start < comment.start);
    match next {
        None | Some(Role::Header | Role::Summary) if indented => 2,
        None | Some(Role::Header | Role::Summary) => 0,
        Some(role) => indent(role),
    }
}

/// The first line of each declaration, its summary and the comments directly above it included.
fn first_lines(lines: &[Line]) -> BTreeSet<usize> {
    let headers = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.role == Role::Header);
    headers
        .map(|(header, _)| first_line(lines.get(..header).unwrap_or(&[])))
        .collect()
}

/// Where the block of comments and summaries at the end of `above` begins. Blank lines below a
/// summary do not end it.
fn first_line(above: &[Line]) -> usize {
    let mut first = above.len();
    for (index, line) in above.iter().enumerate().rev() {
        let column = line
            .comment
            .as_ref()
            .map(|comment| comment.start - line.whole.start);
        match (line.role, column) {
            (Role::Summary, _) | (Role::Blank, Some(0)) => first = index,
            (Role::Blank, None) if below_summary(above, index) => {}
            _ => break,
        }
    }
    first
}

/// Whether a summary is what stands nearest above the line.
fn below_summary(lines: &[Line], index: usize) -> bool {
    let mut above = lines.iter().take(index).rev();
    let nearest = above.find(|line| line.role != Role::Blank || line.comment.is_some());
    nearest.is_some_and(|line| line.role == Role::Summary)
}
