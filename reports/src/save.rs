//! A book to a file.

use crate::form::Form;
use crate::table::Book;
use crate::{csv, json, xlsx};
use hjemmel_extracts::{SaveOptions, WriteError, WriteFault, save_bytes};
use hjemmel_grammar::diagnostic::Language;
use std::path::Path;

/// The bytes of a book in a form, in the language of `language` where people read it.
///
/// # Errors
///
/// What the writer of the form says.
pub fn bytes(book: &Book, form: Form, language: Language) -> std::io::Result<Vec<u8>> {
    match form {
        Form::Xlsx => xlsx::bytes(book, language).map_err(std::io::Error::other),
        Form::Csv(style) => {
            let first = book.tables.first();
            Ok(first.map_or_else(Vec::new, |table| csv::bytes(table, style, language)))
        }
        Form::Json => json::bytes(book, language),
    }
}

/// Writes a book to a file, which appears whole or not at all. What a CSV rests on stands in
/// `<name>.provenance.json` beside it; the others hold it.
///
/// # Errors
///
/// [`WriteError`]; then the file is what it was, and no temporary file is left.
pub fn save(
    path: &Path,
    form: Form,
    book: &Book,
    language: Language,
    options: SaveOptions<'_>,
) -> Result<(), WriteError> {
    let bytes = bytes(book, form, language).map_err(|error| WriteError {
        path: path.to_owned(),
        fault: WriteFault::Io(error.kind()),
    })?;
    let beside = matches!(form, Form::Csv(_)).then_some(&book.provenance);
    save_bytes(path, bytes, beside, options)
}
