//! Problems of the text of a file: bytes, quotes, separators, limits.

use crate::codes;
use crate::columns::Expected;
use crate::csv::{COLUMN_CAP, FIELD_CAP, ROW_CAP};
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::Text;

pub(crate) fn empty(place: Place) -> Problem {
    let message = Text::new("tom fil", "empty file");
    Problem::error(codes::EMPTY, place, message).hint(Text::new(
        "et tomt udtræk er oftest et mislykket udtræk: lav det igen, eller fjern filen",
        "an empty extract is most often a failed one: make it again, or remove the file",
    ))
}

pub(crate) fn empty_folder(place: Place) -> Problem {
    let message = Text::new("tom mappe", "empty folder");
    Problem::error(codes::EMPTY, place, message).hint(Text::new(
        "læg tabellens dele i den, eller fjern mappen",
        "put the parts of the table in it, or remove the folder",
    ))
}

pub(crate) fn no_rows(place: Place) -> Problem {
    let message = Text::new(
        "kun overskrifter, ingen rækker",
        "headings only, there are no rows",
    );
    Problem::error(codes::NO_ROWS, place, message).hint(Text::new(
        "er tabellen virkelig tom, så skriv rækker = 0 om den i udtræk.toml, eller tillad det med --allow-empty",
        "if the table really is empty, say rækker = 0 of it in udtræk.toml, or allow it with --allow-empty",
    ))
}

pub(crate) fn compressed(place: Place) -> Problem {
    let message = Text::new(
        "filen er komprimeret eller en Excel-fil, forventet tekst",
        "the file is compressed or a workbook, expected text",
    );
    Problem::error(codes::COMPRESSED, place, message).hint(Text::new(
        "pak den ud, eller gem den som CSV (UTF-8)",
        "unpack it, or save it as CSV (UTF-8)",
    ))
}

pub(crate) fn utf16(place: Place) -> Problem {
    let message = Text::new(
        "filen er UTF-16, forventet UTF-8",
        "the file is UTF-16, expected UTF-8",
    );
    Problem::error(codes::UTF16, place, message).hint(Text::new(
        "gem den som \"CSV UTF-8\" (ikke som Unicode-tekst)",
        "save it as \"CSV UTF-8\" (not as Unicode text)",
    ))
}

pub(crate) fn nul(place: Place) -> Problem {
    let message = Text::new(
        "NUL-tegn, forventet tekst",
        "a NUL character, expected text",
    );
    Problem::error(codes::NUL, place, message).hint(Text::new(
        "filen er beskadiget eller ikke en tekstfil: lav udtrækket igen",
        "the file is damaged or not a text file: make the extract again",
    ))
}

pub(crate) fn not_utf8(place: Place) -> Problem {
    let message = Text::new("tegnet er ikke UTF-8", "the byte is not UTF-8");
    Problem::error(codes::ENCODING, place, message).hint(Text::new(
        "er filen fra et ældre system, så skriv tegnsæt = \"Windows-1252\" i udtræk.toml",
        "if the file is from an older system, write tegnsæt = \"Windows-1252\" in udtræk.toml",
    ))
}

pub(crate) fn not_1252(place: Place) -> Problem {
    let message = Text::new(
        "tegnet findes ikke i Windows-1252",
        "the byte does not exist in Windows-1252",
    );
    Problem::error(codes::ENCODING, place, message).hint(Text::new(
        "er filen UTF-8, så fjern tegnsæt fra udtræk.toml",
        "if the file is UTF-8, remove tegnsæt from udtræk.toml",
    ))
}

pub(crate) fn marked_utf8(place: Place) -> Problem {
    let message = Text::new(
        "filen begynder med mærket for UTF-8, men udtræk.toml siger Windows-1252",
        "the file begins with the mark of UTF-8, but udtræk.toml says Windows-1252",
    );
    Problem::error(codes::ENCODING, place, message).hint(Text::new(
        "fjern tegnsæt fra udtræk.toml",
        "remove tegnsæt from udtræk.toml",
    ))
}

pub(crate) fn quote_open(place: Place) -> Problem {
    let message = Text::new(
        "anførselstegnet her lukkes ikke",
        "the quote that opens here is not closed",
    );
    Problem::error(codes::QUOTE_OPEN, place, message).hint(quotes())
}

pub(crate) fn quote_inside(place: Place) -> Problem {
    let message = Text::new("anførselstegn inde i et felt", "a quote inside a field");
    Problem::error(codes::QUOTE_INSIDE, place, message).hint(quotes())
}

fn quotes() -> Text {
    Text::new(
        "et felt med anførselstegn skrives \"sådan \"\"her\"\" med\"",
        "a field that holds quotes is written \"like \"\"this\"\" one\"",
    )
}

pub(crate) fn field_cap(place: Place) -> Problem {
    let kib = FIELD_CAP / 1024;
    cap(
        place,
        format!("feltet er længere end {kib} KiB"),
        format!("the field is longer than {kib} KiB"),
    )
}

pub(crate) fn row_cap(place: Place) -> Problem {
    let kib = ROW_CAP / 1024;
    cap(
        place,
        format!("rækken er længere end {kib} KiB"),
        format!("the row is longer than {kib} KiB"),
    )
}

pub(crate) fn column_cap(place: Place) -> Problem {
    cap(
        place,
        format!("rækken har mere end {COLUMN_CAP} kolonner"),
        format!("the row has more than {COLUMN_CAP} columns"),
    )
}

fn cap(place: Place, da: String, en: String) -> Problem {
    Problem::error(codes::CAP, place, Text::new(da, en)).hint(Text::new(
        "lukkes alle anførselstegn? ellers er filen ikke et udtræk",
        "is every quote closed? else the file is not an extract",
    ))
}

pub(crate) fn unreadable(place: Place, error: &std::io::Error) -> Problem {
    // The kind and not the error: the latter may hold anything.
    let kind = error.kind();
    let message = Text::new(
        format!("filen kan ikke læses ({kind})"),
        format!("the file cannot be read ({kind})"),
    );
    Problem::error(codes::UNREADABLE, place, message)
}

pub(crate) fn wrong_separator(place: Place, declared: char, other: char) -> Problem {
    let message = Text::new(
        format!("én kolonne fundet med separator '{declared}', brug '{other}'"),
        format!("one column found by the separator '{declared}', use '{other}'"),
    );
    Problem::error(codes::SEPARATOR, place, message).hint(Text::new(
        format!("skriv separator = \"{other}\" i udtræk.toml"),
        format!("write separator = \"{other}\" in udtræk.toml"),
    ))
}

pub(crate) fn no_known_heading(place: Place, expected: &[Expected]) -> Problem {
    let required = expected.iter().filter(|column| column.required);
    let names = super::quoted(required.filter_map(|column| column.headings.first()));
    let message = Text::new(
        "ingen kendt overskrift, hverken med separator ';' eller ','",
        "no known heading, neither by the separator ';' nor ','",
    );
    Problem::error(codes::SEPARATOR, place, message).hint(Text::new(
        format!("forventet {names}; hedder de andet, så skriv kolonner i udtræk.toml, og er separatoren en anden, så skriv separator"),
        format!("expected {names}; if they have other names, write kolonner in udtræk.toml, and if the separator is another, write separator"),
    ))
}

pub(crate) fn two_separators(place: Place) -> Problem {
    let message = Text::new(
        "både ';' og ',' giver kendte overskrifter",
        "both ';' and ',' give known headings",
    );
    Problem::error(codes::SEPARATOR, place, message).hint(Text::new(
        "skriv separator = \";\" eller \",\" i udtræk.toml",
        "write separator = \";\" or \",\" in udtræk.toml",
    ))
}

pub(crate) fn field_count(place: Place, found: usize, expected: usize) -> Problem {
    let message = Text::new(
        format!("rækken har {found} felter, forventet {expected}"),
        format!("the row has {found} fields, expected {expected}"),
    );
    let hint = if found < expected {
        Text::new(
            "er rækken eller filen skåret over, så lav udtrækket igen",
            "if the row or the file was cut off, make the extract again",
        )
    } else {
        Text::new(
            "en tekst, der indeholder separatoren, skal stå i anførselstegn",
            "a text that holds the separator must stand in quotes",
        )
    };
    Problem::error(codes::FIELD_COUNT, place, message).hint(hint)
}

pub(crate) fn blank_line(place: Place) -> Problem {
    let message = Text::new(
        "blank linje inde i filen, springes over",
        "blank line inside the file, skipped",
    );
    Problem::warning(codes::BLANK_LINE, place, message)
}

pub(crate) fn lone_cr(place: Place) -> Problem {
    let message = Text::new(
        "linjen slutter med CR alene, læst som linjeskift",
        "the line ends in CR alone, read as a line break",
    );
    Problem::warning(codes::LONE_CR, place, message)
}

pub(crate) fn no_last_newline(place: Place) -> Problem {
    let message = Text::new(
        "sidste linje slutter uden linjeskift, filen kan være skåret af",
        "the last line ends without a line break, the file may be cut off",
    );
    Problem::warning(codes::NO_LAST_NEWLINE, place, message)
}
