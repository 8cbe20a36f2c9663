//! Diagnostics for people: the sentence, every place involved with its line, and what to do.

use super::{Paint, counts, harmless, range};
use hjemmel_grammar::diagnostic::{Diagnostic, Label, Language, Severity, Text};
use hjemmel_grammar::span::FileId;
use hjemmel_grammar::{Sources, Span};
use unicode_width::UnicodeWidthStr as _;

/// All diagnostics, each followed by a blank line.
pub(crate) fn render(sources: &Sources, diagnostics: &[Diagnostic], language: Language, paint: Paint) -> String {
    let printer = Printer { sources, language, paint };
    diagnostics.iter().map(|each| printer.diagnostic(each) + "\n").collect()
}

/// `2 fejl, 1 advarsel`
pub(crate) fn summary(diagnostics: &[Diagnostic]) -> Text {
    let (errors, warnings) = counts(diagnostics);
    let (advarsler, s) = if warnings == 1 { ("advarsel", "") } else { ("advarsler", "s") };
    let es = if errors == 1 { "" } else { "s" };
    Text::new(
        format!("{errors} fejl, {warnings} {advarsler}"),
        format!("{errors} error{es}, {warnings} warning{s}"),
    )
}

struct Printer<'a> {
    sources: &'a Sources,
    language: Language,
    paint: Paint,
}

impl Printer<'_> {
    fn diagnostic(&self, diagnostic: &Diagnostic) -> String {
        let words = |da: &'static str, en: &'static str| match self.language {
            Language::Danish => da,
            Language::English => en,
        };
        let head = match diagnostic.severity {
            Severity::Error => self.paint.red(&format!("{}[{}]", words("fejl", "error"), diagnostic.code)),
            Severity::Warning => self.paint.yellow(&format!("{}[{}]", words("advarsel", "warning"), diagnostic.code)),
        };
        let message = harmless(diagnostic.message.get(self.language));
        let mut text = format!("{head}: {}\n", self.paint.bold(&message));
        text += &self.places(diagnostic);
        if let Some(hint) = &diagnostic.hint {
            let help = self.paint.bold(words("hjælp", "help"));
            text += &format!("  {help}: {}\n", harmless(hint.get(self.language)));
        }
        text
    }

    /// The lines of every place, file by file, the first place's file first.
    fn places(&self, diagnostic: &Diagnostic) -> String {
        let known = |label: &&Label| self.sources.get(label.site.file).is_some();
        let labels: Vec<&Label> = diagnostic.labels.iter().filter(known).collect();
        let mut files: Vec<FileId> = Vec::new();
        for label in &labels {
            if !files.contains(&label.site.file) {
                files.push(label.site.file);
            }
        }
        let last = labels.iter().map(|label| range(self.sources, label.site).0.line).max();
        let margin = last.unwrap_or(1).to_string().len();
        let mut text = String::new();
        for file in files {
            let mut here: Vec<(bool, &Label)> =
                labels.iter().enumerate().map(|(i, label)| (i == 0, *label)).collect();
            here.retain(|(_, label)| label.site.file == file);
            text += &self.file(file, here, margin);
        }
        text
    }

    /// The labelled lines of one file.
    fn file(&self, file: FileId, mut labels: Vec<(bool, &Label)>, margin: usize) -> String {
        let pad = " ".repeat(margin);
        let start = labels.first().map(|(_, label)| range(self.sources, label.site).0);
        let at = start.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let corner = self.paint.dim("┌─");
        let mut text = format!("{pad} {corner} {}{at}\n", self.sources.path(file));
        labels.sort_by_key(|(_, label)| label.site.span);
        let mut above: Option<u32> = None;
        for (first, label) in labels {
            let line = range(self.sources, label.site).0.line;
            let source = self.line(file, line);
            if above != Some(line) {
                if above.is_some_and(|above| above.saturating_add(1) < line) {
                    text += &format!("{pad} {}\n", self.paint.dim("·"));
                }
                let shown = shown(source.1);
                let gutter = self.paint.dim(&format!("{line:>margin$} │"));
                text += format!("{gutter} {shown}").trim_end();
                text.push('\n');
                above = Some(line);
            }
            let gutter = self.paint.dim(&format!("{pad} │"));
            text += &format!("{gutter} {}\n", self.underline(source, first, label));
        }
        text
    }

    /// Where a line begins, and its text.
    fn line(&self, file: FileId, number: u32) -> (usize, &str) {
        let text = self.sources.text(file);
        let mut start: usize = 0;
        for (line, count) in text.split_inclusive('\n').zip(1_u32..) {
            if count == number {
                return (start, line.trim_end_matches(['\n', '\r']));
            }
            start = start.saturating_add(line.len());
        }
        (start, "")
    }

    /// `      ^^^^^^^ findes ikke`
    fn underline(&self, (start, line): (usize, &str), first: bool, label: &Label) -> String {
        let Span { start: from, end: to } = label.site.span;
        let inside = |offset: u32| {
            let mut at = usize::try_from(offset).unwrap_or(usize::MAX).saturating_sub(start).min(line.len());
            while !line.is_char_boundary(at) {
                at = at.saturating_sub(1);
            }
            at
        };
        let (from, to) = (inside(from), inside(to));
        let before = shown(line.get(..from).unwrap_or_default()).width();
        let under = shown(line.get(from..to).unwrap_or_default()).width().max(1);
        let mark = if first { "^" } else { "-" }.repeat(under);
        let text = harmless(label.text.get(self.language));
        let marked = format!("{mark} {text}");
        let marked = marked.trim_end();
        let blank = " ".repeat(before);
        if first { format!("{blank}{}", self.paint.red(marked)) } else { format!("{blank}{}", self.paint.yellow(marked)) }
    }
}

/// A line of a rule file as it may stand on a terminal.
fn shown(line: &str) -> String {
    harmless(line.trim_start_matches('\u{feff}'))
}
