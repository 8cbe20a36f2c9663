//! Problems of `udtræk.toml`.

use crate::codes;
use crate::hide::escaped;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::{Text, nearest};

pub(crate) fn too_long(place: Place, limit: u64) -> Problem {
    let message = Text::new(
        format!("filen er større end {limit} byte, den læses ikke"),
        format!("the file is larger than {limit} bytes, it is not read"),
    );
    Problem::error(codes::MAPPING_SYNTAX, place, message).hint(Text::new(
        "en konfiguration er kort: er det den rigtige fil?",
        "a mapping file is short: is it the right file?",
    ))
}

pub(crate) fn syntax(place: Place, detail: &str) -> Problem {
    let detail = escaped(detail);
    let message = Text::new(
        format!("kan ikke læses som konfiguration: {detail}"),
        format!("cannot be read as a mapping file: {detail}"),
    );
    Problem::error(codes::MAPPING_SYNTAX, place, message)
}

pub(crate) fn unknown_key<'a>(
    place: Place,
    key: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Problem {
    let shown = escaped(key);
    let message = Text::new(
        format!("ukendt nøgle \"{shown}\""),
        format!("unknown key \"{shown}\""),
    );
    let known: Vec<&str> = known.into_iter().collect();
    Problem::error(codes::MAPPING_KEY, place, message).hint(did_you_mean(key, &known))
}

pub(crate) fn unknown_value(place: Place, value: &str, known: &[&str]) -> Problem {
    let shown = escaped(value);
    let message = Text::new(
        format!("\"{shown}\" kan ikke stå her"),
        format!("\"{shown}\" cannot stand here"),
    );
    Problem::error(codes::MAPPING_VALUE, place, message).hint(did_you_mean(value, known))
}

pub(crate) fn unknown_name(place: Place, name: &str, known: &[&str]) -> Problem {
    let shown = escaped(name);
    let message = Text::new(
        format!("\"{shown}\" er ikke erklæret i reglerne"),
        format!("\"{shown}\" is not declared in the rules"),
    );
    Problem::error(codes::MAPPING_NAME, place, message).hint(did_you_mean(name, known))
}

pub(crate) fn sensitive_column(place: Place, name: &str) -> Problem {
    let shown = escaped(name);
    let message = Text::new(
        format!("{shown} er følsom og kan ikke være en kolonne i en arbejdsliste"),
        format!("{shown} is sensitive and cannot be a column of a worklist"),
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}

fn did_you_mean(name: &str, known: &[&str]) -> Text {
    match nearest(name, known.iter().copied()) {
        Some(near) => Text::new(format!("mente du {near}?"), format!("did you mean {near}?")),
        None => Text::new(
            format!("forventet en af {}", known.join(", ")),
            format!("expected one of {}", known.join(", ")),
        ),
    }
}

pub(crate) fn no_codes(place: Place, field: &str) -> Problem {
    let message = Text::new(
        format!("feltet {field} har ingen koder at oversætte til"),
        format!("the field {field} has no codes to translate to"),
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}

pub(crate) fn not_a_date(place: Place) -> Problem {
    let message = Text::new(
        "ikke en dato, forventet ÅÅÅÅ-MM-DD",
        "not a date, expected YYYY-MM-DD",
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}

pub(crate) fn bad_separator(place: Place) -> Problem {
    let message = Text::new(
        "separator skal være et tegn som ';', ',', '|' eller tabulator",
        "separator must be a character such as ';', ',', '|' or a tab",
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}

pub(crate) fn bad_file(place: Place) -> Problem {
    let message = Text::new(
        "fil skal være navnet på en fil i samme mappe",
        "fil must be the name of a file in the same folder",
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}

pub(crate) fn bad_bounds(place: Place) -> Problem {
    let message = Text::new(
        "fuldstændig slutter før den begynder",
        "fuldstændig ends before it begins",
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}

pub(crate) fn bad_header_row(place: Place) -> Problem {
    let message = Text::new("header_row tæller fra 1", "header_row counts from 1");
    Problem::error(codes::MAPPING_VALUE, place, message)
}

pub(crate) fn two_mappings(place: Place, other: &str) -> Problem {
    let message = Text::new(
        format!("der ligger også en {other}"),
        format!("there is a {other} as well"),
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
        .hint(Text::new("behold den ene", "keep one of them"))
}

pub(crate) fn lacks_key(place: Place, kind: &str, key: &str) -> Problem {
    let shown = escaped(kind);
    let message = Text::new(
        format!("\"{shown}\" mangler {key}"),
        format!("\"{shown}\" lacks {key}"),
    );
    Problem::error(codes::MAPPING_VALUE, place, message)
}
