//! Diagnostics for people, drawn by miette: the sentence, every place involved, and what to do.

use super::{Paint, counts, harmless_lines};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Diagnostic, Label, Language, Severity, Text};
use hjemmel_grammar::outside::does_harm;
use hjemmel_grammar::span::FileId;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use std::borrow::Cow;
use std::fmt;

/// How wide a page is.
const WIDTH: usize = 110;

/// How many diagnostics are drawn; the rest are counted. Nobody mends more at a time, and a place
/// is found by reading its file from the start.
const MOST: usize = 50;

/// The diagnostics, each followed by a blank line.
pub(crate) fn render(
    sources: &Sources,
    diagnostics: &[Diagnostic],
    language: Language,
    paint: Paint,
) -> String {
    let drawn = diagnostics.iter().take(MOST);
    let mut text: String = drawn
        .map(|each| diagnostic(sources, each, language, paint) + "\n")
        .collect();
    let more = diagnostics.len().saturating_sub(MOST);
    if more > 0 {
        let more = Text::new(format!("… og {more} til"), format!("… and {more} more"));
        text += &format!("{}\n\n", more.get(language));
    }
    text
}

/// `2 fejl, 1 advarsel`
pub(crate) fn summary(diagnostics: &[Diagnostic]) -> Text {
    let (errors, warnings) = counts(diagnostics);
    let (advarsler, s) = if warnings == 1 {
        ("advarsel", "")
    } else {
        ("advarsler", "s")
    };
    let es = if errors == 1 { "" } else { "s" };
    Text::new(
        format!("{errors} fejl, {warnings} {advarsler}"),
        format!("{errors} error{es}, {warnings} warning{s}"),
    )
}

/// One diagnostic: a report for each file it has a place in, the first place's file first.
fn diagnostic(
    sources: &Sources,
    diagnostic: &Diagnostic,
    language: Language,
    paint: Paint,
) -> String {
    let mut files: Vec<FileId> = Vec::new();
    for file in diagnostic.labels.iter().map(|label| label.site.file) {
        if !files.contains(&file) && sources.get(file).is_some() {
            files.push(file);
        }
    }
    let first = files.first().copied();
    let mut reports = vec![Report::of(sources, diagnostic, first, language)];
    reports.extend(files.iter().skip(1).map(|file| {
        let also = Text::new("se også", "see also").get(language).to_owned();
        let report = Report::of(sources, diagnostic, Some(*file), language);
        Report {
            code: None,
            severity: miette::Severity::Advice,
            message: also,
            ..report
        }
    }));
    // miette's own word for the hint is English; its footer has no word.
    let hint = diagnostic.hint.as_ref().map(|hint| {
        let help = Text::new("hjælp", "help");
        format!(
            "{}: {}",
            help.get(language),
            harmless_lines(hint.get(language))
        )
    });
    let last = reports.len().saturating_sub(1);
    let drawn = reports.iter().enumerate().map(|(i, report)| {
        let hint = hint.clone().filter(|_| i == last);
        report.draw(paint, hint)
    });
    drawn.collect()
}

/// The text with another sign of the same length in bytes for each that does harm, so that places stay where they
/// are.
fn in_place(text: &str) -> Cow<'_, str> {
    let harms = |c: char| does_harm(c) && !matches!(c, '\n' | '\t');
    if !text.contains(harms) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        out.push(match c.len_utf8() {
            _ if !harms(c) => c,
            _ if c == '\r' && signs.peek() == Some(&'\n') => c,
            1 => '?',
            2 => '·',
            _ => '\u{fffd}',
        });
    }
    Cow::Owned(out)
}

/// What miette draws: one sentence with its places in one file.
#[derive(Debug)]
struct Report<'a> {
    code: Option<String>,
    severity: miette::Severity,
    message: String,
    source: File<'a>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Report<'a> {
    fn of(
        sources: &'a Sources,
        diagnostic: &Diagnostic,
        file: Option<FileId>,
        language: Language,
    ) -> Self {
        let (word, severity) = match diagnostic.severity {
            Severity::Error => (Text::new("fejl", "error"), miette::Severity::Error),
            Severity::Warning => (Text::new("advarsel", "warning"), miette::Severity::Warning),
        };
        let source = File {
            path: file.map_or_else(String::new, |file| sources.path(file).to_owned()),
            text: file.map_or(Cow::Borrowed(""), |file| in_place(sources.shown(file))),
        };
        let here = diagnostic
            .labels
            .iter()
            .filter(|label| Some(label.site.file) == file);
        Self {
            code: Some(format!("{}[{}]", word.get(language), diagnostic.code)),
            severity,
            message: harmless_lines(diagnostic.message.get(language)),
            labels: here
                .map(|label| labelled(label, diagnostic, language))
                .collect(),
            source,
        }
    }

    fn draw(&self, paint: Paint, hint: Option<String>) -> String {
        let theme = if paint.on {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(WIDTH)
            .with_break_words(false);
        let handler = match hint {
            Some(hint) => handler.with_footer(hint),
            None => handler,
        };
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, self).is_err() {
            // A place that miette cannot draw still has its sentence.
            drawn = format!(
                "{}: {}\n",
                self.code.as_deref().unwrap_or_default(),
                self.message
            );
        }
        drawn
            .lines()
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect()
    }
}

fn labelled(label: &Label, diagnostic: &Diagnostic, language: Language) -> LabeledSpan {
    let offset = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let (start, end) = (offset(label.site.span.start), offset(label.site.span.end));
    let text = Some(harmless_lines(label.text.get(language)));
    let span = SourceSpan::new(start.into(), end.saturating_sub(start));
    if diagnostic.site() == Some(label.site) {
        LabeledSpan::new_primary_with_span(text, span)
    } else {
        LabeledSpan::new_with_span(text, span)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'c>(&'c self) -> Option<Box<dyn fmt::Display + 'c>> {
        self.code
            .as_ref()
            .map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.labels.is_empty()).then_some(&self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// A rule file as it may stand on a terminal.
#[derive(Debug)]
struct File<'a> {
    path: String,
    text: Cow<'a, str>,
}

impl SourceCode for File<'_> {
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let contents = self.text.read_span(span, before, after)?;
        // miette counts bytes; people count characters.
        let above = self
            .text
            .get(..contents.span().offset())
            .unwrap_or_default();
        let column = above.rsplit('\n').next().unwrap_or_default().chars();
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            contents.data(),
            *contents.span(),
            contents.line(),
            column.filter(|c| *c != '\u{feff}').count(),
            contents.line_count(),
        )))
    }
}
