//! Pictures of what came out: the tree in a few words a line, and a message drawn under its source.

use hjemmel_grammar::{Diagnostic, FileId, Language, Parse, Severity, Span, parse};

pub(crate) const FILE: FileId = FileId(0);

pub(crate) fn read(text: &str) -> Parse {
    parse(FILE, text)
}

/// Parses what must be free of messages.
#[track_caller]
pub(crate) fn good(text: &str) -> Parse {
    let parsed = read(text);
    assert!(
        parsed.diagnostics.is_empty(),
        "\n{}",
        pictures(text, &parsed.diagnostics)
    );
    parsed
}

/// The text of the `regel` blocks of LANGUAGE.md, in order.
pub(crate) fn language_blocks() -> Vec<String> {
    let page = include_str!("../../LANGUAGE.md");
    let blocks = page.split("\n```regel").skip(1).filter_map(|rest| {
        let (_, body) = rest.split_once('\n')?;
        body.split("\n```").next().map(|body| format!("{body}\n"))
    });
    blocks.collect()
}

/// All messages, each below the lines it speaks of.
pub(crate) fn pictures(text: &str, diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| picture(text, diagnostic))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A message as source with `^^^` below each place, in Danish and then in English.
pub(crate) fn picture(text: &str, diagnostic: &Diagnostic) -> String {
    let level = if diagnostic.severity == Severity::Error {
        "error"
    } else {
        "warning"
    };
    let Diagnostic {
        code,
        message,
        hint,
        replacement,
        ..
    } = diagnostic;
    let mut out = format!("{level} {code}: {} / {}\n", message.da, message.en);
    for label in &diagnostic.labels {
        out.push_str(&underline(
            text,
            label.site.span,
            label.text.get(Language::Danish),
            label.text.get(Language::English),
        ));
    }
    if let Some(hint) = hint {
        out.push_str(&format!("  råd: {}\n  hint: {}\n", hint.da, hint.en));
    }
    if let Some(replacement) = replacement {
        out.push_str(&format!("  instead: `{replacement}`\n"));
    }
    out
}

fn underline(text: &str, span: Span, da: &str, en: &str) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text
        .get(..start)
        .expect("a span begins on a character of the text");
    let inside = text
        .get(start..end)
        .expect("a span ends on a character of the text");
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line: String = text[line_start..]
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .take(120)
        .collect();
    let column = text[line_start..start].chars().count();
    let width = inside
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .count()
        .clamp(1, 120);
    let shown: String = line
        .chars()
        .map(|c| if c.is_control() { '·' } else { c })
        .collect();
    format!(
        "  | {shown}\n  | {}{} {da} / {en}\n",
        " ".repeat(column),
        "^".repeat(width)
    )
}

/// The files of a folder of `test_data`, by name and text, in the order of their names.
pub(crate) fn corpus(folder: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("test_data")
        .join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder exists")
        .map(|entry| {
            let path = entry.expect("the folder can be read").path();
            let name = path
                .file_stem()
                .expect("files have names")
                .to_string_lossy()
                .into_owned();
            (
                name,
                std::fs::read_to_string(&path).expect("test files are UTF-8"),
            )
        })
        .collect();
    files.sort();
    files
}
