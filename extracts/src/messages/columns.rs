//! Problems of the headings.

use crate::codes;
use crate::columns::{Heading, normal};
use crate::hide;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::{Text, nearest};

pub(crate) fn columns_missing(place: Place, missing: &[String], headings: &[Heading]) -> Problem {
    let names = super::quoted(missing);
    let message = if missing.len() == 1 {
        Text::new(
            format!("kolonnen {names} mangler"),
            format!("the column {names} is missing"),
        )
    } else {
        Text::new(
            format!("kolonnerne {names} mangler"),
            format!("the columns {names} are missing"),
        )
    };
    // Headings are shown only where they are near a name that is expected: in a file without
    // headings, what stands here is data about a person.
    let found: Vec<String> = headings
        .iter()
        .map(|heading| normal(&heading.text))
        .collect();
    let near: Vec<(String, &str)> = missing
        .iter()
        .filter_map(|name| Some((name.clone(), near(name, &found)?)))
        .collect();
    let hint = if found.iter().any(|heading| hide::doubly_encoded(heading)) {
        Text::new(
            "overskrifterne er kodet to gange (Ã¦ for æ): lav udtrækket igen som UTF-8",
            "the headings are encoded twice (Ã¦ for æ): make the extract again as UTF-8",
        )
    } else if let Some((name, heading)) = near.first() {
        let line = format!("kolonner = {{ {name} = \"{}\" }}", hide::escaped(heading));
        Text::new(
            format!(
                "er det overskriften \"{}\"? så skriv {line} i udtræk.toml",
                hide::escaped(heading)
            ),
            format!(
                "is it the heading \"{}\"? then write {line} in udtræk.toml",
                hide::escaped(heading)
            ),
        )
    } else {
        Text::new(
            "hedder den andet, så skriv kolonner i udtræk.toml; har udtrækket ikke feltet, så skriv mangler",
            "if it has another name, write kolonner in udtræk.toml; if the extract does not have the field, write mangler",
        )
    };
    Problem::error(codes::COLUMNS_MISSING, place, message).hint(hint)
}

/// The heading that is the name in other case, or a misspelling of it.
fn near<'a>(name: &str, found: &'a [String]) -> Option<&'a str> {
    let same = found
        .iter()
        .find(|heading| heading.to_lowercase() == name.to_lowercase());
    match same {
        Some(heading) => Some(heading),
        None => nearest(name, found.iter().map(String::as_str)),
    }
}

pub(crate) fn heading_twice(first: &Heading, second: &Heading) -> Problem {
    let place = Place {
        name: Some(normal(&second.text)),
        ..second.place.clone()
    };
    let message = Text::new(
        format!("samme overskrift også på {}", first.place),
        format!("the same heading also at {}", first.place),
    );
    Problem::error(codes::HEADING_TWICE, place, message).hint(Text::new(
        "giv de to kolonner hver sit navn",
        "give the two columns different names",
    ))
}

pub(crate) fn unused_column(heading: &Heading) -> Problem {
    let text = normal(&heading.text);
    let place = Place {
        name: (!text.is_empty() && !hide::holds_cpr(&text)).then_some(text),
        ..heading.place.clone()
    };
    let message = Text::new(
        "kolonnen kendes ikke og læses ikke",
        "the column is not known and is not read",
    );
    Problem::warning(codes::UNUSED_COLUMN, place, message)
}
