//! A form for people to fill: a table with some columns blank, lists to choose from, instructions, and
//! what it rests on. As a workbook with drop-down lists, or as CSV.

use crate::form::CsvStyle;
use crate::table::Table;
use crate::{csv, xlsx_form};
use hjemmel_extracts::write::Provenance;
use hjemmel_extracts::{SaveOptions, WriteError, WriteFault, save_bytes};
use hjemmel_grammar::diagnostic::{Language, Text};
use std::path::Path;

/// A form.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// Its title.
    pub title: Text,
    /// How to fill it, a paragraph each.
    pub instructions: Vec<Text>,
    /// The lines. The columns to fill come last.
    pub lines: Table,
    /// How many of the last columns are to be filled.
    pub blank: usize,
    /// The column to choose a word in, among those of [`Questionnaire::lines`].
    pub choice: usize,
    /// The column for a day.
    pub day: usize,
    /// Of each line the position of its list in [`Questionnaire::lists`].
    pub list_of_line: Vec<usize>,
    /// The lists to choose from.
    pub lists: Vec<List>,
    /// How the lines were chosen, for people; nothing is read from it.
    pub account: Table,
    /// What it rests on; `question` in it says what the lines were chosen by.
    pub provenance: Provenance,
}

/// The words that may be chosen in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Of what.
    pub title: Text,
    /// The words, each with what it means.
    pub words: Vec<(Text, Text)>,
}

/// The kind of file a form is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// A workbook with drop-down lists.
    Xlsx,
    /// The lines as CSV; what they rest on in a file beside it.
    Csv(CsvStyle),
}

impl Questionnaire {
    /// The bytes of the file.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn bytes(&self, kind: FormKind, language: Language) -> std::io::Result<Vec<u8>> {
        match kind {
            FormKind::Xlsx => xlsx_form::bytes(self, language).map_err(std::io::Error::other),
            FormKind::Csv(style) => Ok(csv::bytes(&self.lines, style, language)),
        }
    }

    /// Writes the form to a file, which appears whole or not at all.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; then the file is what it was.
    pub fn save(
        &self,
        path: &Path,
        kind: FormKind,
        language: Language,
        options: SaveOptions<'_>,
    ) -> Result<(), WriteError> {
        let bytes = self.bytes(kind, language).map_err(|error| WriteError {
            path: path.to_owned(),
            fault: WriteFault::Io(error.kind()),
        })?;
        let beside = matches!(kind, FormKind::Csv(_)).then_some(&self.provenance);
        save_bytes(path, bytes, beside, options)
    }
}
