//! Problems of files in columns (Parquet, Arrow), of JSON Lines, and of tables in parts.

use crate::codes;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::Text;

pub(crate) fn two_files(place: Place, other: &str, table: &str) -> Problem {
    let other = crate::hide::escaped(other);
    let message = Text::new(
        format!("tabellen {table} har også filen {other}, forventet én"),
        format!("the table {table} also has the file {other}, expected one"),
    );
    Problem::error(codes::TWO_FILES, place, message).hint(Text::new(
        format!("fjern den ene, eller skriv fil under [tabel.{table}] i udtræk.toml"),
        format!("remove one of them, or write fil below [tabel.{table}] in udtræk.toml"),
    ))
}

fn parts_hint() -> Text {
    Text::new(
        "en mappe med en tabel holder kun dens dele, alle .csv, .jsonl, .parquet eller .arrow",
        "a folder of a table holds its parts only, all .csv, .jsonl, .parquet or .arrow",
    )
}

pub(crate) fn no_part(place: Place) -> Problem {
    let message = Text::new("er ikke en del af en tabel", "is not a part of a table");
    Problem::error(codes::PARTS, place, message).hint(parts_hint())
}

pub(crate) fn other_part(place: Place, first: &str) -> Problem {
    let first = crate::hide::escaped(first);
    let message = Text::new(
        format!("er af en anden slags end {first}"),
        format!("is of another kind than {first}"),
    );
    Problem::error(codes::PARTS, place, message).hint(parts_hint())
}

fn again() -> Text {
    Text::new(
        "lav udtrækket igen, og vent, til filen er skrevet færdig",
        "make the extract again, and wait until the file has been written",
    )
}

pub(crate) fn registered_in_some(place: Place) -> Problem {
    let message = Text::new(
        "kun nogle af tabellens dele har en kolonne med registreringsdatoer",
        "only some of the parts of the table have a column of days of registration",
    );
    Problem::error(codes::PARTS, place, message).hint(Text::new(
        "lav alle dele med de samme kolonner",
        "make all parts with the same columns",
    ))
}

/// `detail` says what was found and what was expected.
pub(crate) fn broken(place: Place, detail: Text) -> Problem {
    let message = Text::new(
        format!("filen er beskadiget eller skåret af: {}", detail.da),
        format!("the file is damaged or cut off: {}", detail.en),
    );
    Problem::error(codes::BROKEN_FILE, place, message).hint(again())
}

pub(crate) fn magic(kind: &'static str, at: Text) -> Text {
    Text::new(
        format!("forventet {kind}, og {} er det ikke", at.da),
        format!("expected {kind}, and {} is not", at.en),
    )
}

pub(crate) fn footer() -> Text {
    Text::new(
        "indholdsfortegnelsen kan ikke læses",
        "its table of contents cannot be read",
    )
}

pub(crate) fn data() -> Text {
    Text::new(
        "rækkerne herfra kan ikke læses",
        "the rows from here on cannot be read",
    )
}

pub(crate) fn fewer_rows(found: u64, expected: u64) -> Text {
    Text::new(
        format!("{found} rækker, og filen siger selv {expected}"),
        format!("{found} rows, and the file itself says {expected}"),
    )
}

pub(crate) fn encrypted(place: Place) -> Problem {
    let message = Text::new("filen er krypteret", "the file is encrypted");
    Problem::error(codes::ENCRYPTED, place, message).hint(Text::new(
        "skriv den uden kryptering; beskyt mappen i stedet",
        "write it without encryption; protect the folder instead",
    ))
}

pub(crate) fn packing(place: Place, column: &str, found: &str) -> Problem {
    let message = Text::new(
        format!("kolonnen {column} er pakket med {found}, som ikke læses"),
        format!("the column {column} is packed with {found}, which is not read"),
    );
    Problem::error(codes::PACKING, place, message).hint(Text::new(
        "skriv filen med Snappy eller Zstandard, eller uden pakning",
        "write the file with Snappy or Zstandard, or unpacked",
    ))
}

pub(crate) fn old_feather(place: Place) -> Problem {
    let message = Text::new(
        "gammelt Feather-format (version 1), forventet Arrow IPC",
        "old Feather format (version 1), expected Arrow IPC",
    );
    Problem::error(codes::BROKEN_FILE, place, message).hint(Text::new(
        "skriv den som Feather version 2, Arrow eller Parquet",
        "write it as Feather version 2, Arrow or Parquet",
    ))
}

pub(crate) fn too_large(place: Place) -> Problem {
    let message = Text::new(
        "en rækkegruppe fylder mere end 2 GiB pakket ud, eller over 64 MiB og mere end 100 gange sit mål i filen: den pakkes ikke ud",
        "a row group is more than 2 GiB when unpacked, or over 64 MiB and more than 100 times its size in the file: it is not unpacked",
    );
    Problem::error(codes::UNPACKED_SIZE, place, message).hint(Text::new(
        "skriv filen med mindre rækkegrupper, eller del den",
        "write the file with smaller row groups, or split it",
    ))
}

pub(crate) fn column_type(place: Place, found: &str) -> Problem {
    let message = Text::new(
        format!("kolonnens type {found} læses ikke"),
        format!("the column's type {found} is not read"),
    );
    Problem::error(codes::COLUMN_TYPE, place, message).hint(Text::new(
        "skriv den som tekst, heltal, decimaltal med højst 38 cifre, kommatal, dato eller boolesk",
        "write it as text, whole number, decimal of at most 38 digits, float, date or Boolean",
    ))
}

pub(crate) fn time_zone(place: Place) -> Problem {
    let message = Text::new(
        "et tidspunkt med tidszone er ikke en dag: døgnet afhænger af zonen",
        "a time with a time zone is not a day: the day depends on the zone",
    );
    Problem::error(codes::COLUMN_TYPE, place, message).hint(Text::new(
        "skriv kolonnen som dato, eller som tidspunkt uden tidszone i dansk tid",
        "write the column as a date, or as a time without a zone in Danish time",
    ))
}

pub(crate) fn key_type(place: Place, found: &str) -> Problem {
    let message = Text::new(
        format!("nøglen har typen {found}, forventet tekst eller heltal"),
        format!("the key is of type {found}, expected text or whole numbers"),
    );
    Problem::error(codes::COLUMN_TYPE, place, message).hint(Text::new(
        "lav udtrækket igen med nøglen som tekst",
        "make the extract again with the key as text",
    ))
}

pub(crate) fn json_line(place: Place) -> Problem {
    let message = Text::new(
        "linjen er ikke ét JSON-objekt, forventet {\"sag\": …} og intet efter",
        "the line is not one JSON object, expected {\"sag\": …} and nothing after it",
    );
    Problem::error(codes::JSON_LINE, place, message).hint(Text::new(
        "skriv ét objekt på hver linje (JSON Lines), ikke en liste",
        "write one object on each line (JSON Lines), not a list",
    ))
}

pub(crate) fn json_key_twice(place: Place) -> Problem {
    let message = Text::new(
        "samme navn to gange i objektet",
        "the same name twice in the object",
    );
    Problem::error(codes::JSON_KEY_TWICE, place, message).hint(Text::new(
        "hvert navn står én gang: lav udtrækket igen",
        "each name stands once: make the extract again",
    ))
}

pub(crate) fn json_nested(place: Place) -> Problem {
    let message = Text::new(
        "en liste eller et objekt som værdi, forventet tekst, tal, true, false eller null",
        "a list or an object as value, expected text, number, true, false or null",
    );
    Problem::error(codes::JSON_LINE, place, message).hint(Text::new(
        "giv hver række sit eget objekt med enkle værdier",
        "give each row its own object with plain values",
    ))
}

pub(crate) fn no_such_table(name: &str) -> Problem {
    let message = Text::new(
        "reglerne har ingen tabel af det navn",
        "the rules have no table of that name",
    );
    Problem::error(codes::UNUSED_FILE, Place::file(name), message)
}
