//! `ækvivalente_mutanter.csv`: mutants that no example can kill, each with its reason.
//!
//! A plain file beside the rules: `mutant;begrundelse`, a line for each. What it claims is checked:
//! an entry that names no mutant, or one that an example kills, is itself a finding.

use crate::exit::{Exit, Failure};
use crate::{files, print};
use std::path::{Path, PathBuf};

/// Its name, in the folder of the rules.
const NAME: &str = "ækvivalente_mutanter.csv";
/// Its first line.
const HEADER: [&str; 2] = ["mutant", "begrundelse"];

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Equivalent {
    /// The id of the mutant.
    pub(crate) id: String,
    /// Why it is the same rule.
    pub(crate) reason: String,
    /// The file, as it is shown.
    pub(crate) file: String,
    /// The line in it, from 1.
    pub(crate) line: usize,
}

/// The entries in the folders that were named.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<Equivalent>, Failure> {
    let mut entries = Vec::new();
    for path in paths.iter().map(|path| path.join(NAME)) {
        if path.is_file() {
            let bytes = files::bytes(&path)?;
            if files::is_cut(&bytes) {
                return Err(malformed(
                    &path,
                    1,
                    "filen er større end 1 MiB",
                    "the file is larger than 1 MiB",
                ));
            }
            let Ok(text) = String::from_utf8(bytes) else {
                return Err(malformed(&path, 1, "ikke UTF-8", "not UTF-8"));
            };
            entries.extend(parse(&path, &text)?);
        }
    }
    Ok(entries)
}

fn parse(path: &Path, text: &str) -> Result<Vec<Equivalent>, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).map(|(n, line)| (n, fields(line)));
    if lines.next().is_none_or(|(_, fields)| fields != HEADER) {
        return Err(malformed(
            path,
            1,
            "den første linje skal være mutant;begrundelse",
            "the first line must be mutant;begrundelse",
        ));
    }
    let mut entries = Vec::new();
    for (line, fields) in lines {
        match fields.as_slice() {
            [blank] if blank.is_empty() => {}
            [id, reason] if !id.is_empty() && !reason.is_empty() => entries.push(Equivalent {
                id: id.clone(),
                reason: reason.clone(),
                file: print::path(path),
                line,
            }),
            _ => {
                return Err(malformed(
                    path,
                    line,
                    "skriv mutantens id, et semikolon og begrundelsen",
                    "write the mutant's id, a semicolon and the reason",
                ));
            }
        }
    }
    Ok(entries)
}

fn malformed(path: &Path, line: usize, da: &str, en: &str) -> Failure {
    let shown = print::path(path);
    Failure::new(
        Exit::Usage,
        format!("{shown}:{line}: {da}"),
        format!("{shown}:{line}: {en}"),
    )
}

/// The fields of a line; quotes round one as a spreadsheet writes them.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let empty = fields.last().is_none_or(|field| field.trim().is_empty());
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                push(&mut fields, '"');
            }
            '"' if quoted || empty => quoted = !quoted,
            ';' if !quoted => fields.push(String::new()),
            c => push(&mut fields, c),
        }
    }
    fields.iter().map(|field| field.trim().to_owned()).collect()
}

fn push(fields: &mut [String], c: char) {
    if let Some(field) = fields.last_mut() {
        field.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_may_stand_in_quotes() {
        assert_eq!(fields("a/b;fordi"), ["a/b", "fordi"]);
        assert_eq!(
            fields("\"a;b\" ; \"han sagde \"\"nej\"\"\""),
            ["a;b", "han sagde \"nej\""]
        );
        assert_eq!(fields(""), [""]);
    }
}
