//! H01xx: what cannot be read.

use super::ground::{Ground, between_marks, replace};
use super::{Fix, dates, links};
use crate::diagnostics::Diagnostic;
use crate::formatting::with_ends_of;
use crate::text_edit::between;
use crate::tokens::{index, line_start, span};
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::span::slice;
use hjemmel_grammar::translate;

/// The fixes of a diagnostic of this group.
pub(super) fn fixes(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    match it.code {
        "H0103" => one_language(ground),
        "H0104" => links::fixes(ground, it),
        "H0105" => parentheses(ground, it),
        "H0106" => date(ground, it).into_iter().collect(),
        "H0107" => another_name(ground, it).into_iter().collect(),
        "H0108" => vec![closed(ground, it)],
        "H0109" => indented(ground, it).into_iter().collect(),
        "H0110" => vec![blanks(ground, it)],
        "H0122" => vec![comment(ground, it)],
        _ => Vec::new(),
    }
}

/// The whole file in one language, whichever.
fn one_language(ground: &Ground<'_>) -> Vec<Fix> {
    let wanted = [
        (
            Language::Danish,
            ground.pick(
                "Skriv hele filen på dansk",
                "Write the whole file in Danish",
            ),
        ),
        (
            Language::English,
            ground.pick(
                "Skriv hele filen på engelsk",
                "Write the whole file in English",
            ),
        ),
    ];
    let fixes = wanted.into_iter().filter_map(|(language, title)| {
        let new = with_ends_of(ground.text(), translate(ground.text(), language).text);
        let edits = between(ground.text(), &new);
        (!edits.is_empty()).then(|| Fix::new(title, edits))
    });
    fixes.collect()
}

/// Both ways to read `ikke A i mindst D`.
fn parentheses(ground: &Ground<'_>, it: &Diagnostic) -> Vec<Fix> {
    let (None, Some(not), Some(hint)) = (&it.replacement, ground.related(it), &it.hint) else {
        return Vec::new();
    };
    let (open, close) = match ground.language {
        Language::Danish => ('„', '“'),
        Language::English => ('“', '”'),
    };
    let readings = between_marks(hint, open, close).into_iter();
    let fixes = readings.map(|reading| {
        let title = format!("{} `{reading}`", ground.pick("Skriv", "Write"));
        Fix::new(title, vec![replace(not.to(it.span), reading)])
    });
    fixes.collect()
}

/// The nearest day that exists.
fn date(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let written = slice(ground.text(), it.span);
    let new = match turned(written) {
        Some(date) => date,
        // "Den sidste dag i måneden er 28. februar 2017"
        None => {
            let hint = it.hint.as_deref()?;
            let of_month = [
                "Den sidste dag i måneden er ",
                "The last day of the month is ",
            ];
            let last = of_month.iter().find_map(|head| hint.strip_prefix(head))?;
            as_written(written, last)
        }
    };
    let title = format!("{} `{new}`", ground.pick("Ret til", "Change to"));
    Some(Fix::new(title, vec![replace(it.span, new)]))
}

/// `31-01-2017` with its year first.
fn turned(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split('-').collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let turned = format!("{year}-{month:0>2}-{day:0>2}");
    dates::from_iso(&turned).map(|_| turned)
}

/// The last day of a month, with a number for the month if the author wrote one.
fn as_written(written: &str, last: &str) -> String {
    let day = last.split(['.', ' ']).next().unwrap_or("");
    match written.rsplit_once('-') {
        Some((month, _)) => format!("{month}-{day:0>2}"),
        None => last.to_owned(),
    }
}

fn another_name(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let word = slice(ground.text(), it.span);
    let plain = !word.is_empty() && !word.contains(char::is_whitespace);
    let new = format!("{word}_1");
    let title = format!("{} `{new}`", ground.pick("Ret til", "Change to"));
    plain.then(|| Fix::new(title, vec![replace(it.span, new)]))
}

fn closed(ground: &Ground<'_>, it: &Diagnostic) -> Fix {
    let title = ground.pick("Afslut teksten", "Close the text");
    let end = span(
        index(ground.text(), it.span.end),
        index(ground.text(), it.span.end),
    );
    Fix::new(title, vec![replace(end, "\"")]).preferred()
}

/// The line below the clauses it belongs to: the message says in which column they begin.
fn indented(ground: &Ground<'_>, it: &Diagnostic) -> Option<Fix> {
    let (_, column) = it.label.rsplit_once(' ')?;
    let blanks = column.parse::<usize>().ok()?.checked_sub(1)?;
    let text = ground.text();
    let start = line_start(text, index(text, it.span.start));
    let line = text.get(start..)?;
    let old = line.len() - line.trim_start_matches(' ').len();
    let title = ground.pick(
        "Ryk linjen ind som de andre",
        "Indent the line as the others",
    );
    let edit = replace(span(start, start + old), " ".repeat(blanks));
    Some(Fix::new(title, vec![edit]).preferred())
}

fn blanks(ground: &Ground<'_>, it: &Diagnostic) -> Fix {
    let tabs = slice(ground.text(), it.span);
    let title = ground.pick("Skriv mellemrum", "Write blanks");
    let new = tabs.replace('\t', "  ");
    Fix::new(title, vec![replace(it.span, new)]).certain()
}

fn comment(ground: &Ground<'_>, it: &Diagnostic) -> Fix {
    let title = ground.pick("Gør den til en kommentar", "Make it a comment");
    let old = slice(ground.text(), it.span);
    let lines = old.split_inclusive('\n').map(|line| {
        line.strip_prefix('>')
            .map_or_else(|| line.to_owned(), |rest| format!("#{rest}"))
    });
    Fix::new(title, vec![replace(it.span, lines.collect::<String>())])
}
