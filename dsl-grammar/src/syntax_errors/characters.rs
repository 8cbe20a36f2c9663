//! Messages about characters, and about the limits of a file.

use super::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::layout::{MAX_LINE_BYTES, MAX_NESTING};
use crate::span::Site;

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// H0108: quotes that are not closed on their line.
pub(crate) fn text_not_closed(site: Site) -> Diagnostic {
    let message = text("Teksten er ikke afsluttet", "The text is not closed");
    Diagnostic::error(
        Code("H0108"),
        message,
        site,
        text("begynder her", "begins here"),
    )
    .hint(text(
        "En tekst slutter med „\"“ på samme linje",
        "A text ends with “\"” on the same line",
    ))
}

/// H0110: a tab.
pub(crate) fn tab(site: Site) -> Diagnostic {
    let message = text("Tabulatorer er ikke tilladt", "Tabs are not allowed");
    Diagnostic::error(Code("H0110"), message, site, text("en tabulator", "a tab")).hint(text(
        "Brug mellemrum: to for hvert trin",
        "Use spaces: two for each level",
    ))
}

/// H0111: a character that cannot be seen, or that changes the order of what is seen.
pub(crate) fn forbidden_character(site: Site, c: char) -> Diagnostic {
    let point = code_point(c);
    let message = text(
        format!("Det usynlige tegn {point} er ikke tilladt"),
        format!("The invisible character {point} is not allowed"),
    );
    Diagnostic::error(
        Code("H0111"),
        message,
        site,
        text(format!("{point} står her"), format!("{point} stands here")),
    )
    .hint(text(
        "Slet det: det kan få en regel til at se ud som noget andet end det den siger",
        "Delete it: it can make a rule look like something other than what it says",
    ))
    .replace_with("")
}

/// H0112: a name with letters of two scripts.
pub(crate) fn mixed_scripts(site: Site, word: &str, first: char, second: char) -> Diagnostic {
    let message = text(
        format!("„{word}“ blander to alfabeter"),
        format!("“{word}” mixes two scripts"),
    );
    let (a, b) = (code_point(first), code_point(second));
    let label = text(
        format!("„{first}“ er {a}, „{second}“ er {b}"),
        format!("“{first}” is {a}, “{second}” is {b}"),
    );
    Diagnostic::error(Code("H0112"), message, site, label).hint(text(
        "Skriv navnet igen på tastaturet; bogstaver der ligner hinanden, er ikke de samme",
        "Type the name again; letters that look alike are not the same",
    ))
}

/// H0113: nesting over the limit, at the first place that is over it.
pub(crate) fn too_deep(site: Site) -> Diagnostic {
    let message = text(
        format!("Mere end {MAX_NESTING} parenteser og lister i hinanden"),
        format!("More than {MAX_NESTING} parentheses and lists inside each other"),
    );
    let n = MAX_NESTING + 1;
    Diagnostic::error(
        Code("H0113"),
        message,
        site,
        text(
            format!("dette er nummer {n}"),
            format!("this is number {n}"),
        ),
    )
    .hint(text(
        "Giv en del af betingelsen et navn med „begreb“",
        "Give a part of the condition a name with “term”",
    ))
}

/// H0113: one condition with too many operators of time after each other.
pub(crate) fn too_many_operators(site: Site, limit: usize) -> Diagnostic {
    let message = text(
        format!("Mere end {limit} tidsangivelser efter hinanden"),
        format!("More than {limit} operators of time after each other"),
    );
    Diagnostic::error(
        Code("H0113"),
        message,
        site,
        text("en for mange", "one too many"),
    )
    .hint(text(
        "Giv en del af betingelsen et navn med „begreb“",
        "Give a part of the condition a name with “term”",
    ))
}

fn over_limit(message: (String, String), site: Site, label: (&str, &str)) -> Diagnostic {
    Diagnostic::error(
        Code("H0114"),
        text(message.0, message.1),
        site,
        text(label.0, label.1),
    )
    .hint(text(
        "Del filen: et regelsæt er alle filer i mappen",
        "Split the file: a rule set is all files in the folder",
    ))
}

/// H0114: a file over a mebibyte.
pub(crate) fn file_too_large(site: Site, bytes: usize, limit: usize) -> Diagnostic {
    let message = (
        format!("Filen er på {bytes} byte; grænsen er {limit}"),
        format!("The file has {bytes} bytes; the limit is {limit}"),
    );
    over_limit(
        message,
        site,
        ("filen er ikke læst", "the file was not read"),
    )
}

/// H0114: a file with too many lines.
pub(crate) fn too_many_lines(site: Site, limit: usize) -> Diagnostic {
    let message = (
        format!("Filen har mere end {limit} linjer"),
        format!("The file has more than {limit} lines"),
    );
    over_limit(
        message,
        site,
        (
            "filen er ikke læst; her er den første linje for meget",
            "the file was not read; this is the first line too many",
        ),
    )
}

/// H0114: a line that is too long.
pub(crate) fn line_too_long(site: Site, bytes: usize) -> Diagnostic {
    let message = text(
        format!("Linjen er på {bytes} byte; grænsen er {MAX_LINE_BYTES}"),
        format!("The line has {bytes} bytes; the limit is {MAX_LINE_BYTES}"),
    );
    Diagnostic::error(
        Code("H0114"),
        message,
        site,
        text("linjen er ikke læst", "the line was not read"),
    )
    .hint(text(
        "Del linjen: det der fortsætter et led, rykkes længere ind",
        "Break the line: what continues a clause is indented deeper",
    ))
}

/// H0115: bytes that are not UTF-8, at the first of them.
pub(crate) fn not_utf8(site: Site, byte: u8) -> Diagnostic {
    let message = text("Filen er ikke UTF-8", "The file is not UTF-8");
    let label = text(
        format!("byten {byte:#04X} er ikke UTF-8"),
        format!("the byte {byte:#04X} is not UTF-8"),
    );
    Diagnostic::error(Code("H0115"), message, site, label).hint(text(
        "Gem filen som UTF-8; en ældre Windows-fil er ofte i Windows-1252",
        "Save the file as UTF-8; an older Windows file is often in Windows-1252",
    ))
}

/// H0121: a word whose accents are characters of their own (warning).
pub(crate) fn not_composed(site: Site, composed: &str) -> Diagnostic {
    let message = text(
        format!("„{composed}“ er skrevet med løse accenter"),
        format!("“{composed}” is written with loose accents"),
    );
    Diagnostic::warning(
        Code("H0121"),
        message,
        site,
        text("ikke i NFC", "not in NFC"),
    )
    .hint(text(
        "Ordet er læst som det ser ud; „hjemmel fmt“ skriver det med hele tegn",
        "The word was read as it looks; “hjemmel fmt” writes it with whole characters",
    ))
    .replace_with(composed)
}
