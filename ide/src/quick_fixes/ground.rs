//! The file that a fix is for, and the edits that fixes are made of.

use crate::diagnostics::Diagnostic;
use crate::memo::Memo;
use crate::rule_set::RuleSet;
use crate::text_edit::TextEdit;
use crate::tokens::{index, line_end, line_start, span};
use crate::words::{in_language, pick};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::{FileId, Span, slice};
use hjemmel_grammar::syntax::{Clause, Declaration};

/// A file, what stands around it, and its language.
pub(crate) struct Ground<'s> {
    /// All files.
    pub(crate) set: &'s RuleSet,
    /// The file.
    pub(crate) file: FileId,
    /// What is known of it.
    pub(crate) memo: &'s Memo,
    /// Its language.
    pub(crate) language: Language,
}

impl<'s> Ground<'s> {
    /// A file of a rule set.
    pub(crate) fn new(set: &'s RuleSet, file: FileId) -> Option<Self> {
        let memo = set.memo(file)?;
        Some(Self {
            set,
            file,
            memo,
            language: memo.language(),
        })
    }

    /// Its text.
    pub(crate) fn text(&self) -> &'s str {
        &self.memo.text
    }

    /// One of two wordings.
    pub(crate) fn pick(&self, da: &'static str, en: &'static str) -> &'static str {
        pick(self.language, da, en)
    }

    /// A keyword, given in Danish, in the file's language.
    pub(crate) fn word(&self, danish: &'static str) -> &'static str {
        in_language(danish, self.language)
    }

    /// How the file ends its lines.
    pub(crate) fn end_of_line(&self) -> &'static str {
        if self.text().contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// The declaration that a place lies in.
    pub(crate) fn declaration(&self, at: Span) -> Option<&'s Declaration> {
        let mut all = self.memo.tree().declarations.iter();
        all.find(|it| it.span.start <= at.start && at.end <= it.span.end)
    }

    /// The clause that a place lies in.
    pub(crate) fn clause(&self, at: Span) -> Option<(&'s Declaration, &'s Clause)> {
        let declaration = self.declaration(at)?;
        let mut all = declaration.clauses.iter();
        let clause = all.find(|it| it.span.start <= at.start && at.end <= it.span.end)?;
        Some((declaration, clause))
    }

    /// The first of the other places of a diagnostic, if it is in this file.
    pub(crate) fn related(&self, it: &Diagnostic) -> Option<Span> {
        let (other, span) = self.beside(it)?;
        (other.file == self.file).then_some(span)
    }

    /// The first of the other places of a diagnostic, and its file.
    pub(crate) fn beside(&self, it: &Diagnostic) -> Option<(Self, Span)> {
        let (site, _) = it.related.first()?;
        Some((Self::new(self.set, site.file)?, site.span))
    }

    /// The title of what is done in a file: if it is another, with its name.
    pub(crate) fn title_in(&self, other: &Self, title: String) -> String {
        if other.file == self.file {
            return title;
        }
        let name = other.memo.path.rsplit(['/', '\\']).next();
        let word = self.pick("i", "in");
        format!("{title} {word} `{}`", name.unwrap_or_default())
    }

    /// The lines that a place lies on, with the end of the last.
    pub(crate) fn lines(&self, at: Span) -> Span {
        let text = self.text();
        let start = line_start(text, index(text, at.start));
        let end = index(text, at.end);
        let rest = text.get(end..).unwrap_or("");
        let end = rest.find('\n').map_or(text.len(), |n| end + n + 1);
        span(start, end)
    }

    /// Takes lines away.
    pub(crate) fn without_lines(&self, at: Span) -> TextEdit {
        replace(self.lines(at), "")
    }

    /// Lines below the line of a place.
    pub(crate) fn below(&self, at: u32, lines: &[String]) -> TextEdit {
        let end = line_end(self.text(), index(self.text(), at));
        let end_of_line = self.end_of_line();
        let text = lines.iter().map(|line| format!("{end_of_line}{line}"));
        replace(span(end, end), text.collect::<String>())
    }

    /// Lines above the line of a place.
    pub(crate) fn above(&self, at: u32, lines: &[String]) -> TextEdit {
        let start = line_start(self.text(), index(self.text(), at));
        replace(span(start, start), self.joined(lines))
    }

    /// A declaration at the end of the file.
    pub(crate) fn at_end(&self, lines: &[String]) -> TextEdit {
        let text = self.text();
        let kept = text.trim_end().len();
        let end_of_line = self.end_of_line();
        let gap = if kept == 0 {
            String::new()
        } else {
            end_of_line.repeat(2)
        };
        replace(
            span(kept, text.len()),
            format!("{gap}{}", self.joined(lines)),
        )
    }

    /// Lines, each with its end.
    pub(crate) fn joined(&self, lines: &[String]) -> String {
        let end_of_line = self.end_of_line();
        let lines = lines.iter().map(|line| format!("{line}{end_of_line}"));
        lines.collect()
    }

    /// A basis to be filled in, which says itself that it is not verified.
    pub(crate) fn basis(&self) -> [String; 2] {
        let [basis, source, unverified] =
            ["hjemmel", "kilde", "ubekræftet"].map(|word| self.word(word));
        let fill_in = self.pick("udfyld kilden", "fill in the source");
        let why = self.pick("Hjemlen er ikke fundet endnu", "The basis is not found yet");
        [
            format!("  {basis} {source} \"{fill_in}\""),
            format!("  {unverified} \"{why}\""),
        ]
    }

    /// The declaration of a place with its summary and the empty lines below it.
    pub(crate) fn whole(&self, declaration: &Declaration) -> Span {
        let text = self.text();
        let mut start = line_start(text, index(text, declaration.span.start));
        while let Some(before) = start.checked_sub(1) {
            let above = line_start(text, before);
            if !text.get(above..).is_some_and(|line| line.starts_with('>')) {
                break;
            }
            start = above;
        }
        let mut end = index(text, self.lines(declaration.span).end);
        while let Some(line) = text
            .get(end..)
            .and_then(|it| it.split_inclusive('\n').next())
        {
            if !line.trim().is_empty() {
                break;
            }
            end += line.len();
        }
        span(start, end)
    }
}

/// A text instead of a stretch.
pub(crate) fn replace(span: Span, text: impl Into<String>) -> TextEdit {
    TextEdit {
        span,
        text: text.into(),
    }
}

/// The parts of a sentence between two marks.
pub(crate) fn between_marks(text: &str, open: char, close: char) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((inside, behind)) = after.split_once(close) else {
            break;
        };
        found.push(inside);
        rest = behind;
    }
    found
}

/// The words of a sentence in backticks.
pub(crate) fn in_backticks(text: &str) -> Vec<&str> {
    between_marks(text, '`', '`')
}

/// Whether a text is nothing at a place.
pub(crate) fn is_blank(text: &str, at: Span) -> bool {
    slice(text, at).trim().is_empty()
}
