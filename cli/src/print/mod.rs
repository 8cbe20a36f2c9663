//! Everything that is printed goes through here: to a terminal, a file or a pipe that may close.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod text;

use crate::account::journal;
use crate::exit::{Exit, Failure};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::span::Site;
use std::io::{IsTerminal as _, Write};
use std::path::Path;

/// Writes to stdout. A reader that has gone away wanted no more: that is no fault.
pub(crate) fn out(text: &str) -> Result<(), Failure> {
    journal::print(text);
    let mut stdout = std::io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let kind = error.kind();
            Err(Failure::new(
                Exit::Io,
                format!("stdout kan ikke skrives ({kind})"),
                format!("stdout cannot be written ({kind})"),
            ))
        }
        _ => Ok(()),
    }
}

/// Writes to stderr, as well as it can be done.
pub(crate) fn err(text: &str) {
    let mut stderr = std::io::stderr().lock();
    // There is nobody left to tell.
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}

/// Whether colours may be used on stdout.
pub(crate) fn colour_on_stdout() -> bool {
    std::io::stdout().is_terminal() && colour_wanted()
}

/// Whether colours may be used on stderr.
pub(crate) fn colour_on_stderr() -> bool {
    std::io::stderr().is_terminal() && colour_wanted()
}

fn colour_wanted() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Text in colours, or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) on: bool,
}

impl Paint {
    pub(crate) fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub(crate) fn yellow(self, text: &str) -> String {
        self.with("1;33", text)
    }

    pub(crate) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// A path as it may stand on a terminal.
pub(crate) fn path(path: &Path) -> String {
    let shown = path.display().to_string();
    harmless(shown.strip_prefix("./").unwrap_or(&shown)).replace('\n', "\u{fffd}")
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Text from outside without what could move the cursor or turn the text around.
pub(crate) fn harmless(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        '\t' => ' ',
        '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// A place for people and editors: lines and characters, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The first position of a place, and the one after its last character.
pub(crate) fn range(sources: &Sources, site: Site) -> (Position, Position) {
    let text = sources.shown(site.file);
    (
        position(text, site.span.start),
        position(text, site.span.end),
    )
}

fn position(text: &str, offset: u32) -> Position {
    let mut at = usize::try_from(offset)
        .unwrap_or(usize::MAX)
        .min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    let before = text.get(..at).unwrap_or_default();
    let line_start = before
        .rfind('\n')
        .map_or(0, |newline| newline.saturating_add(1));
    let number = |count: usize| u32::try_from(count.saturating_add(1)).unwrap_or(u32::MAX);
    let column = before.get(line_start..).unwrap_or_default().chars();
    // A byte order mark has no width.
    let column = column.filter(|c| *c != '\u{feff}').count();
    Position {
        line: number(before.matches('\n').count()),
        column: number(column),
    }
}

/// How many errors and warnings there are.
pub(crate) fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics
        .iter()
        .filter(|each| each.severity == Severity::Error)
        .count();
    (errors, diagnostics.len().saturating_sub(errors))
}
