//! What is said about an extract: problems with a code, a place, both languages and a next step.
//!
//! Made by the named functions in `messages.rs`, never by building a [`Problem`] at the place of
//! the error. A value of the extract never stands in a problem; see `hide.rs`.

use hjemmel_grammar::diagnostic::{Code, Language, Severity, Text};
use std::fmt::Write as _;

/// One thing that is wrong with an extract, or that the reader should look at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Error: something could not be read, and is unknown (or the extract is refused).
    /// Warning: it could be read, and someone should look.
    pub severity: Severity,
    /// Stable code, from [`crate::codes`].
    pub code: Code,
    /// One sentence without a full stop.
    pub message: Text,
    /// What to do about it.
    pub hint: Option<Text>,
}

/// A place in an extract. Lines and columns count from 1; 0 is "the whole file" (the whole row).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file by its path in the extract; of a workbook `file.xlsx!sheet`.
    pub file: String,
    /// The line of a file, the row of a sheet.
    pub line: u32,
    /// The character of the line, the column of the sheet.
    pub column: u32,
    /// The heading of the column.
    pub name: Option<String>,
    /// Whether the file is a sheet, whose places are written `B12`.
    pub sheet: bool,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// A place in a text file.
    #[must_use]
    pub fn at(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self {
            line,
            column,
            ..Self::file(file)
        }
    }
}

/// The place of a cell, before anyone wants it in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CellPlace<'a> {
    pub(crate) file: &'a Place,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) name: &'a str,
}

impl CellPlace<'_> {
    pub(crate) fn place(self) -> Place {
        Place {
            line: self.line,
            column: self.column,
            name: Some(self.name.to_owned()),
            ..self.file.clone()
        }
    }
}

/// `sager.csv:1042:7`, `sager.xlsx!ydelse:B12`
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::hide::escaped(&self.file))?;
        match (self.sheet, self.line, self.column) {
            (_, 0, _) => Ok(()),
            (_, line, 0) => write!(f, ":{line}"),
            (false, line, column) => write!(f, ":{line}:{column}"),
            (true, line, column) => write!(f, ":{}{line}", letters(column)),
        }
    }
}

/// As JSON: the fields of [`Problem::render`], the wording in both languages.
impl serde::Serialize for Problem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let both = |text: &Text| [("da", text.da.clone()), ("en", text.en.clone())];
        let both = |text| std::collections::BTreeMap::from(both(text));
        let mut object = serializer.serialize_struct("Problem", 9)?;
        object.serialize_field("code", self.code.0)?;
        object.serialize_field("severity", severity)?;
        object.serialize_field("place", &self.place.to_string())?;
        object.serialize_field("file", &self.place.file)?;
        object.serialize_field("line", &self.place.line)?;
        object.serialize_field("column", &self.place.column)?;
        object.serialize_field("column_name", &self.place.name)?;
        object.serialize_field("message", &both(&self.message))?;
        object.serialize_field("hint", &self.hint.as_ref().map(both))?;
        object.end()
    }
}

impl Problem {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, place: Place, message: Text) -> Self {
        Self {
            place,
            severity: Severity::Error,
            code,
            message,
            hint: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, place: Place, message: Text) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, place, message)
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// One line, and a second with the hint if there is one:
    ///
    /// ```text
    /// fejl[E3102] sager.csv:1042:7 kolonne "slutdato": ikke en dato, forventet ÅÅÅÅ-MM-DD (værdi skjult, 10 tegn)
    ///   hjælp: …
    /// ```
    #[must_use]
    pub fn render(&self, language: Language) -> String {
        let (word, column, help) = match (language, self.severity) {
            (Language::Danish, Severity::Error) => ("fejl", "kolonne", "hjælp"),
            (Language::Danish, Severity::Warning) => ("advarsel", "kolonne", "hjælp"),
            (Language::English, Severity::Error) => ("error", "column", "help"),
            (Language::English, Severity::Warning) => ("warning", "column", "help"),
        };
        let mut line = format!("{word}[{}] {}", self.code, self.place);
        if let Some(name) = &self.place.name {
            // Writing to a string cannot fail.
            let _ = write!(line, " {column} \"{}\"", crate::hide::escaped(name));
        }
        let _ = write!(line, ": {}", self.message.get(language));
        if let Some(hint) = &self.hint {
            let _ = write!(line, "\n  {help}: {}", hint.get(language));
        }
        line
    }
}

/// The letters of a sheet's column: 1 is `A`, 27 is `AA`.
pub(crate) fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column = column.saturating_sub(1);
        let letter = u8::try_from(column % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// Problems as they are found, with a limit on how many of one kind are kept in full.
///
/// A column that is wrong in a million rows gives [`Collector::LIMIT`] problems and one that
/// counts the rest; nothing that counts persons or rows depends on what is kept.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    kept: Vec<Problem>,
    counts: std::collections::BTreeMap<(Code, String, Option<String>), u64>,
}

impl Collector {
    /// How many problems of one code in one column of one file are kept in full.
    pub(crate) const LIMIT: u64 = 3;

    pub(crate) fn push(&mut self, problem: Problem) {
        let place = &problem.place;
        let kind = (problem.code, place.file.clone(), place.name.clone());
        let count = self.counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        if *count <= Self::LIMIT {
            self.kept.push(problem);
        }
    }

    /// Adds what was found of another file.
    pub(crate) fn add(&mut self, other: Self) {
        self.kept.extend(other.kept);
        for (kind, more) in other.counts {
            let count = self.counts.entry(kind).or_default();
            *count = count.saturating_add(more);
        }
    }

    /// All that were kept, by place, each kind with a line that counts those that were not.
    pub(crate) fn finish(self) -> Vec<Problem> {
        let mut problems = self.kept;
        for ((code, file, name), count) in self.counts {
            if count > Self::LIMIT {
                let rest = count.saturating_sub(Self::LIMIT);
                problems.push(crate::messages::more_of_a_kind(code, file, name, rest));
            }
        }
        problems.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        problems
    }
}

/// By file and line, what concerns a whole file (and the counts of the rest) last.
fn sort_key(problem: &Problem) -> (&str, u32, u32, &Problem) {
    let place = &problem.place;
    (
        &place.file,
        place.line.wrapping_sub(1),
        place.column,
        problem,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_sheet_have_letters() {
        for (column, expected) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")] {
            assert_eq!(letters(column), expected);
        }
    }
}
