//! Problems of workbooks.

use crate::codes;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::Text;

fn save_as() -> Text {
    Text::new(
        "åbn den i Excel, og gem den som .xlsx uden adgangskode",
        "open it in Excel, and save it as .xlsx without a password",
    )
}

pub(crate) fn protected(place: Place) -> Problem {
    let message = Text::new(
        "projektmappen er beskyttet med adgangskode",
        "the workbook is protected by a password",
    );
    Problem::error(codes::PROTECTED, place, message).hint(save_as())
}

pub(crate) fn old_format(place: Place) -> Problem {
    let message = Text::new(
        "gammelt .xls-format, forventet .xlsx",
        "old .xls format, expected .xlsx",
    );
    Problem::error(codes::OLD_FORMAT, place, message).hint(save_as())
}

pub(crate) fn broken(place: Place) -> Problem {
    let message = Text::new(
        "projektmappen er beskadiget eller skåret af",
        "the workbook is damaged or cut off",
    );
    Problem::error(codes::BROKEN_WORKBOOK, place, message).hint(Text::new(
        "lav udtrækket igen, eller åbn og gem projektmappen i Excel",
        "make the extract again, or open and save the workbook in Excel",
    ))
}

pub(crate) fn doctype(place: Place) -> Problem {
    let message = Text::new(
        "projektmappen indeholder en dokumenttype (DOCTYPE), det gør en .xlsx aldrig",
        "the workbook holds a document type (DOCTYPE), an .xlsx never does",
    );
    Problem::error(codes::BROKEN_WORKBOOK, place, message)
}

pub(crate) fn odd_entries(place: Place) -> Problem {
    let message = Text::new(
        "projektmappens indhold har samme navn to gange eller peger uden for sig selv",
        "the workbook's contents hold a name twice or point outside it",
    );
    Problem::error(codes::BROKEN_WORKBOOK, place, message)
}

pub(crate) fn too_large(place: Place, da: &str, en: &str) -> Problem {
    let message = Text::new(
        format!("projektmappen er {da}, den pakkes ikke ud"),
        format!("the workbook is {en}, it is not unpacked"),
    );
    Problem::error(codes::WORKBOOK_SIZE, place, message).hint(Text::new(
        "gem arkene som CSV i en mappe",
        "save the sheets as CSV in a folder",
    ))
}

pub(crate) fn merged(place: Place, range: &str) -> Problem {
    let message = Text::new(
        format!("flettede celler {range} i data"),
        format!("merged cells {range} in the data"),
    );
    Problem::error(codes::MERGED, place, message).hint(Text::new(
        "ophæv fletningen, så hver række har sine egne værdier",
        "unmerge them, so that each row has its own values",
    ))
}

pub(crate) fn sheet_full(place: Place) -> Problem {
    let message = Text::new(
        "arket er fyldt til sidste række, data er formentlig skåret af",
        "the sheet is filled to its last row, the data are probably cut off",
    );
    Problem::error(codes::SHEET_FULL, place, message).hint(Text::new(
        "lav udtrækket som CSV; er intet skåret af, så tillad det med --allow-full-sheet",
        "make the extract as CSV; if nothing is cut off, allow it with --allow-full-sheet",
    ))
}

pub(crate) fn macros(place: Place) -> Problem {
    let message = Text::new(
        "projektmappen har makroer, de læses ikke",
        "the workbook has macros, they are not read",
    );
    Problem::warning(codes::MACROS, place, message)
}

pub(crate) fn external(place: Place) -> Problem {
    let message = Text::new(
        "projektmappen henter data udefra, det følges ikke",
        "the workbook fetches data from outside, that is not followed",
    );
    Problem::warning(codes::EXTERNAL, place, message)
}

pub(crate) fn hidden(place: Place) -> Problem {
    let message = Text::new(
        "arket er skjult og læses også",
        "the sheet is hidden and is read as well",
    );
    Problem::warning(codes::HIDDEN, place, message)
}

pub(crate) fn hidden_rows(place: Place, count: u64) -> Problem {
    let message = Text::new(
        format!("skjulte eller filtrerede rækker: {count}; de læses også"),
        format!("hidden or filtered rows: {count}; they are read as well"),
    );
    Problem::warning(codes::HIDDEN, place, message).hint(Text::new(
        "vis dem, eller slet dem, der ikke hører med",
        "show them, or delete those that do not belong",
    ))
}

pub(crate) fn header_row(problem: Problem, table: &str, row: u32) -> Problem {
    let place = Place {
        line: row,
        ..problem.place
    };
    let message = Text::new(
        format!("overskrifterne står i række {row}"),
        format!("the headings stand in row {row}"),
    );
    Problem::error(codes::HEADER_ROW, place, message).hint(Text::new(
        format!("skriv header_row = {row} under [tabel.{table}] i konfigurationen"),
        format!("write header_row = {row} below [tabel.{table}] in the mapping file"),
    ))
}
