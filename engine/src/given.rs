//! A row that somebody imagines, written as in an example: what if it stood in the case?

use crate::case::Row;
use crate::model::{Model, TableId};
use crate::resolve::{Declared, given};
use crate::time::Day;
use hjemmel_grammar::diagnostic::{Diagnostic, Severity};
use hjemmel_grammar::span::{FileId, Site, Span};

/// What a row stands below in an example, in each language.
const ABOVE: [&str; 2] = [
    "eksempel \"Hvad nu hvis\"\n  givet\n    ",
    "example \"What if\"\n  given\n    ",
];

/// A text that is no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotARow {
    /// What is wrong with it, as of a row in an example. Places are bytes of the text.
    Wrong(Vec<Diagnostic>),
    /// It is not one row: empty, a comment, several lines, or a table said to be incomplete.
    NotOne,
}

/// The row that a line of `givet` means, in either language, checked as in an example. Without
/// `registreret` it counts as known all along. Where it stands is left to the caller.
///
/// # Errors
///
/// [`NotARow`]. `file` is the file that `text` is all of, for the places.
pub fn row(model: &Model, file: FileId, text: &str) -> Result<(TableId, Row), NotARow> {
    if text.chars().any(char::is_control) {
        return Err(NotARow::NotOne);
    }
    let [danish, english] = ABOVE.map(|above| read(model, file, above, text));
    match (danish, english) {
        (Ok(row), _) | (_, Ok(row)) => Ok(row),
        // The language in which the row can be read, or in which less is wrong, was meant.
        (Err(danish), Err(english)) => Err(match (&danish.found, &english.found) {
            (NotARow::Wrong(da), NotARow::Wrong(en))
                if (english.read, danish.read) == (true, false)
                    || (english.read == danish.read && en.len() < da.len()) =>
            {
                english.found
            }
            _ => danish.found,
        }),
    }
}

/// Why a text is no row in one language.
struct Refused {
    /// The line could be read; what it says is wrong.
    read: bool,
    found: NotARow,
}

fn read(model: &Model, file: FileId, above: &str, text: &str) -> Result<(TableId, Row), Refused> {
    let parsed = hjemmel_grammar::parse(file, &format!("{above}{text}\n"));
    let refused = |read, found: Vec<Diagnostic>| {
        let errors = found.into_iter();
        let errors = errors.filter(|it| it.severity == Severity::Error);
        let here: Vec<_> = errors.map(|it| below(it, file, above)).collect();
        let found = if here.is_empty() {
            NotARow::NotOne
        } else {
            NotARow::Wrong(here)
        };
        Refused { read, found }
    };
    let [declaration] = parsed.file.declarations.as_slice() else {
        return Err(refused(false, parsed.diagnostics));
    };
    if declaration.broken || !parsed.is_ok() {
        return Err(refused(false, parsed.diagnostics));
    }
    let declared = Declared {
        file,
        start: 0,
        number: 0,
        declaration,
    };
    let (case, found) = given(model, declared);
    let tables = (0..).map(TableId).zip(case.tables);
    let mut rows = tables.flat_map(|(id, table)| {
        let rows = table.rows.into_iter();
        rows.map(move |row| (id, row))
    });
    let wrong = found.iter().any(|it| it.severity == Severity::Error);
    match (rows.next(), rows.next()) {
        (Some((id, mut row)), None) if !wrong => {
            row.registered = row.registered.or(Some(Day::FIRST));
            Ok((id, row))
        }
        _ => Err(refused(true, found)),
    }
}

/// A diagnostic of the text below what an example begins with, with the places it has there alone.
fn below(diagnostic: Diagnostic, file: FileId, above: &str) -> Diagnostic {
    let before = u32::try_from(above.len()).unwrap_or(u32::MAX);
    diagnostic.moved(|site| {
        let start = site.span.start.saturating_sub(before);
        let end = site.span.end.saturating_sub(before);
        let moved = Site {
            file,
            span: Span::new(start, end),
        };
        if site.file == file { moved } else { site }
    })
}

#[cfg(test)]
mod tests {
    use super::{NotARow, row};
    use crate::case::{End, Start};
    use crate::time::Day;
    use hjemmel_grammar::Sources;

    const TABLES: &str = "data indsats\n  perioder\n  art er en af mentor, løntilskud\n\n";

    /// What comes of a row, and where the mistakes are.
    fn told(text: &str) -> String {
        let mut sources = Sources::new();
        sources.add("data.regel", TABLES);
        let model = crate::check_rules(&sources).model;
        let file = sources.add("--with", text);
        match row(&model, file, text) {
            Ok((id, row)) => format!("{} {row:?}", id.0),
            Err(NotARow::NotOne) => "not one row".to_owned(),
            Err(NotARow::Wrong(found)) => {
                let each = found.iter().map(|it| {
                    let place = it.site().map(|site| sources.slice(site));
                    format!("{} {}", it.code, place.unwrap_or_default())
                });
                each.collect::<Vec<_>>().join("; ")
            }
        }
    }

    #[test]
    fn a_row_in_either_language_is_the_same_row() {
        let danish = told("indsats løntilskud fra 1. september 2017, fortsat");
        let english = told("indsats løntilskud from 1 September 2017, ongoing");
        assert_eq!(danish, english);
        let first = Day::from_ymd(2017, 9, 1).unwrap();
        for part in [
            format!("{:?}", Start::On(first)),
            format!("{:?}", End::Ongoing),
        ] {
            assert!(danish.contains(&part), "{danish}");
        }
    }

    #[test]
    fn mistakes_are_those_of_an_example_and_have_their_places() {
        let found = [
            "indsatz mentor fra 1. september 2017, fortsat",
            "indsats mentår fra 1. september 2017, fortsat",
            "indsats mentor fra 1. september 2017",
            "indsats mentor fra 1. september 2017 til 1. august 2017",
            "indsats mentor fra 31. september 2017, fortsat",
            "indsats ikke fuldstændig",
            "# intet",
            "",
            "indsats mentor fra 1. maj 2017, fortsat\n    indsats mentor fra 1. maj 2017, fortsat",
        ];
        let told: Vec<String> = found.map(told).to_vec();
        insta::assert_snapshot!(told.join("\n"));
    }
}
