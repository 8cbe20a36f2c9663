//! The wording of every problem, by what it is about. Each function makes one.

pub(crate) mod columns;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod mapping;
pub(crate) mod tables;
pub(crate) mod text;
pub(crate) mod values;
pub(crate) mod weeks;
pub(crate) mod workbook;

use crate::codes;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::{Code, Text};

/// A line that counts the problems of one kind that are not listed one by one.
pub(crate) fn more_of_a_kind(code: Code, file: String, name: Option<String>, rest: u64) -> Problem {
    let place = Place {
        name,
        ..Place::file(file)
    };
    let message = Text::new(
        format!("{rest} flere af samme slags ({code}) vises ikke enkeltvis"),
        format!("{rest} more of the same kind ({code}) are not listed one by one"),
    );
    Problem::warning(codes::MORE, place, message)
}

/// Names in quotes, separated by commas.
fn quoted<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = names
        .into_iter()
        .map(|name| format!("\"{}\"", crate::hide::escaped(name)))
        .collect();
    names.join(", ")
}
