//! Which character stands between the fields of a text file: found, not guessed.

use crate::columns::Expected;
use crate::messages::text as messages;
use crate::problem::{Place, Problem};

/// How many of the headings are `known` if the first line is split at `separator`.
fn known_headings(line: &str, separator: char, known: &[String]) -> (usize, usize) {
    let headings = line
        .split(separator)
        .map(|heading| heading.trim().trim_matches('"').trim());
    let (mut all, mut found) = (0_usize, 0_usize);
    for heading in headings {
        all = all.saturating_add(1);
        if known.contains(&crate::columns::normal(heading)) {
            found = found.saturating_add(1);
        }
    }
    (all, found)
}

/// The separator of a file by its first line: the only one that gives known headings.
pub(crate) fn find(
    line: &str,
    declared: Option<char>,
    expected: &[Expected],
    place: Place,
) -> Result<char, Box<Problem>> {
    let known = &crate::columns::known(expected);
    if let Some(declared) = declared {
        let other = if declared == ';' { ',' } else { ';' };
        let (fields, _) = known_headings(line, declared, known);
        let (_, better) = known_headings(line, other, known);
        return if fields == 1 && better > 1 {
            Err(Box::new(messages::wrong_separator(place, declared, other)))
        } else {
            Ok(declared)
        };
    }
    let (semicolons, by_semicolon) = known_headings(line, ';', known);
    let (commas, by_comma) = known_headings(line, ',', known);
    match (by_semicolon, by_comma) {
        (0, 0) => Err(Box::new(messages::no_known_heading(place, expected))),
        (_, 0) => Ok(';'),
        (0, _) => Ok(','),
        _ if commas == 1 => Ok(';'),
        _ if semicolons == 1 => Ok(','),
        _ => Err(Box::new(messages::two_separators(place))),
    }
}
