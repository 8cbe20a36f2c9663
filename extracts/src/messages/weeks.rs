//! Problems of files with a column for each week, and of the lists of their codes.

use crate::codes;
use crate::hide::{escaped, showable};
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::Text;

pub(crate) fn pattern(place: Place) -> Problem {
    let message = Text::new(
        "mønstret for ugekolonner skal nævne år og uge én gang hver",
        "the pattern of the week columns must name year and week once each",
    );
    Problem::error(codes::WEEK_COLUMNS, place, message).hint(Text::new(
        "f.eks. y_ÅÅUU for y_1736, eller uge_ÅÅÅÅ_UU for uge_2017_36",
        "e.g. y_ÅÅUU for y_1736, or uge_ÅÅÅÅ_UU for uge_2017_36",
    ))
}

pub(crate) fn not_periods(place: Place) -> Problem {
    let message = Text::new(
        "kun en tabel med perioder kan komme fra en kolonne for hver uge",
        "only a table of periods can come from a column for each week",
    );
    Problem::error(codes::WEEK_COLUMNS, place, message)
}

pub(crate) fn not_csv(place: Place) -> Problem {
    let message = Text::new(
        "en fil med en kolonne for hver uge skal være CSV",
        "a file with a column for each week must be CSV",
    );
    Problem::error(codes::WEEK_COLUMNS, place, message)
}

pub(crate) fn no_columns(place: Place, wanted: &str) -> Problem {
    let wanted = escaped(wanted);
    let message = Text::new(
        format!("ingen kolonne hedder {wanted}"),
        format!("no column is called {wanted}"),
    );
    Problem::error(codes::WEEK_COLUMNS, place, message)
}

pub(crate) fn bad_week(place: Place, heading: &str) -> Problem {
    let heading = escaped(heading);
    let message = Text::new(
        format!("ugen i {heading} findes ikke, eller den står der to gange"),
        format!("there is no week {heading}, or it stands there twice"),
    );
    Problem::error(codes::WEEK_COLUMNS, place, message)
}

pub(crate) fn hole(place: Place, heading: &str) -> Problem {
    let heading = escaped(heading);
    let message = Text::new(
        format!("ugen før {heading} mangler mellem kolonnerne"),
        format!("the week before {heading} is missing between the columns"),
    );
    Problem::error(codes::WEEK_COLUMNS, place, message)
}

pub(crate) fn code_list(place: Place, detail: Text) -> Problem {
    Problem::error(codes::WEEK_CODES, place, detail).hint(Text::new(
        "kodelisten er CSV med kolonnerne kode, tabel, felt og værdi",
        "the list of codes is CSV with the columns kode, tabel, felt and værdi",
    ))
}

/// A code that the list does not have; of what it means nothing may be guessed.
pub(crate) fn unknown_code(place: Place, code: &str, list: &str) -> Problem {
    let list = escaped(list);
    let shown = showable(code, false).map(|code| format!(" \"{code}\""));
    let shown = shown.unwrap_or_default();
    let message = Text::new(
        format!("ukendt kode{shown}: den står ikke i {list}"),
        format!("unknown code{shown}: it does not stand in {list}"),
    );
    Problem::error(codes::CODE_UNKNOWN, place, message).hint(Text::new(
        "en kode, der intet siger om tabellerne, skrives i listen uden tabel",
        "a code that says nothing of the tables is written in the list without a table",
    ))
}
