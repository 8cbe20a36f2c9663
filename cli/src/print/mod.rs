//! Everything that is printed goes through here: to a terminal, a file or a pipe that may close.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod text;

use crate::account::journal;
use crate::exit::{Exit, Failure};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::outside::does_harm;
pub(crate) use hjemmel_grammar::outside::{harmless, harmless_lines};
use hjemmel_grammar::span::Site;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{IsTerminal as _, Write};
use std::path::Path;

/// Writes to stdout. A reader that has gone away wanted no more: that is no fault.
pub(crate) fn out(text: &str) -> Result<(), Failure> {
    journal::print(text);
    let text = guarded(text, colour_on_stdout());
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
    put(&guarded(text, colour_on_stderr()));
}

/// Shows a line on a terminal in the place of the one before; nothing stays of an empty one.
pub(crate) fn in_place(line: &str) {
    put(&format!("\r{}\u{1b}[K", harmless(line)));
}

/// Writes to stderr as it is.
fn put(text: &str) {
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
    harmless(shown.strip_prefix("./").unwrap_or(&shown))
}

/// The last part of a path, as it may be shown.
pub(crate) fn name(path: &Path) -> String {
    harmless(&path.file_name().unwrap_or_default().to_string_lossy())
}

/// JSON in which signs that do harm on a terminal stand by their numbers: the same JSON.
fn harmless_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // Between values only line ends and blanks stand.
        if does_harm(c) && c != '\n' {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// A value as JSON that may be printed.
pub(crate) fn json_text(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(|json| harmless_json(&json))
}

/// What is printed, once more without signs that do harm: nothing but line ends, and colours where there are any,
/// leaves the program, whatever was forgotten where the text was put together.
fn guarded(text: &str, colours: bool) -> Cow<'_, str> {
    let fine = |c: char| matches!(c, '\n' | '\t') || !does_harm(c);
    if text.chars().all(fine) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let own = if rest.starts_with("\r\n") {
            2
        } else if colours {
            colour(rest)
        } else {
            0
        };
        let (kept, after) = rest
            .split_at_checked(own.max(c.len_utf8()))
            .unwrap_or((rest, ""));
        match c {
            _ if own > 0 || fine(c) => out.push_str(kept),
            _ => out.push('\u{fffd}'),
        }
        rest = after;
    }
    Cow::Owned(out)
}

/// How long the change of colour is that the text begins with; 0 if it is none.
fn colour(text: &str) -> usize {
    let Some(codes) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let end = codes.find(|c: char| !c.is_ascii_digit() && c != ';');
    match end.and_then(|end| Some((end, codes.get(end..)?))) {
        Some((end, rest)) if rest.starts_with('m') => end.saturating_add(3),
        _ => 0,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_lines_and_colours_leaves_the_program() {
        let text = "a\u{1b}[1;31mb\u{1b}[0m\u{1b}[2Jc\r\nd\re\tf\u{202e}\u{9b}";
        assert_eq!(
            guarded(text, true),
            "a\u{1b}[1;31mb\u{1b}[0m�[2Jc\r\nd�e\tf��"
        );
        assert_eq!(guarded(text, false), "a�[1;31mb�[0m�[2Jc\r\nd�e\tf��");
        assert_eq!(guarded("æ\n\u{1b}[", true), "æ\n�[");
    }

    #[test]
    fn json_stays_the_same_json() {
        let value = serde_json::json!({ "a\u{9b}": "\u{1b}\u{202e}\n\u{2028}æ\u{7f}" });
        let shown = harmless_json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!shown.chars().any(|c| does_harm(c) && c != '\n'), "{shown}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
            value
        );
    }
}
