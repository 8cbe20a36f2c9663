//! Problems of files and of whole rows.

use crate::codes;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::{Text, nearest};

pub(crate) fn not_found(path: &str) -> Problem {
    let message = Text::new(
        "findes ikke, forventet en mappe med CSV-filer eller en .xlsx",
        "does not exist, expected a folder of CSV files or an .xlsx",
    );
    Problem::error(codes::NOT_FOUND, Place::file(path), message)
}

pub(crate) fn wrong_kind(path: &str) -> Problem {
    let message = Text::new(
        "er hverken en mappe med CSV-filer eller en .xlsx",
        "is neither a folder of CSV files nor an .xlsx",
    );
    Problem::error(codes::NOT_FOUND, Place::file(path), message).hint(Text::new(
        "læg CSV-filerne i en mappe, én fil for hver tabel, og angiv mappen",
        "put the CSV files in a folder, one file for each table, and name the folder",
    ))
}

pub(crate) fn not_regular(place: Place) -> Problem {
    let message = Text::new("er ikke en almindelig fil", "is not a regular file");
    Problem::error(codes::UNREADABLE, place, message)
}

pub(crate) fn file_missing(file: &str, table: &str) -> Problem {
    let message = Text::new(
        format!("filen mangler, og tabellen {table} er fuldstændig: ingen række ville betyde nej"),
        format!("the file is missing, and the table {table} is complete: no row would mean no"),
    );
    Problem::error(codes::FILE_MISSING, Place::file(file), message).hint(Text::new(
        format!("læg filen i mappen, skriv fil under [tabel.{table}] i udtræk.toml, eller skriv fuldstændig = false dér"),
        format!("put the file in the folder, write fil below [tabel.{table}] in udtræk.toml, or write fuldstændig = false there"),
    ))
}

pub(crate) fn no_file_at_all(path: &str) -> Problem {
    let message = Text::new(
        "ingen fil i mappen hører til en tabel",
        "no file of the folder belongs to a table",
    );
    Problem::error(codes::FILE_MISSING, Place::file(path), message).hint(Text::new(
        "en fil hedder som sin tabel og .csv, .jsonl, .parquet eller .arrow; ellers skriv fil i udtræk.toml",
        "a file is called by its table and .csv, .jsonl, .parquet or .arrow; else write fil in udtræk.toml",
    ))
}

pub(crate) fn named_file_missing(file: &str, table: &str) -> Problem {
    let message = Text::new(
        format!("filen, som udtræk.toml nævner for {table}, findes ikke"),
        format!("the file that udtræk.toml names for {table} does not exist"),
    );
    Problem::error(codes::FILE_MISSING, Place::file(file), message)
}

pub(crate) fn sheet_missing(place: Place, table: &str, sheet: &str, sheets: &[String]) -> Problem {
    let found = super::quoted(sheets);
    let message = Text::new(
        format!("arket \"{sheet}\" til tabellen {table} findes ikke"),
        format!("the sheet \"{sheet}\" for the table {table} does not exist"),
    );
    Problem::error(codes::SHEET_MISSING, place, message).hint(Text::new(
        format!("fundet: {found}; skriv ark under [tabel.{table}], eller fuldstændig = false"),
        format!("found: {found}; write ark below [tabel.{table}], or fuldstændig = false"),
    ))
}

pub(crate) fn unused_file(file: &str, names: &[String]) -> Problem {
    let message = Text::new(
        "filen hører ikke til nogen tabel og læses ikke",
        "the file belongs to no table and is not read",
    );
    let problem = Problem::warning(codes::UNUSED_FILE, Place::file(file), message);
    match nearest(file, names.iter().map(String::as_str)) {
        Some(name) => problem.hint(Text::new(
            format!("skulle den hedde {name}?"),
            format!("should it be called {name}?"),
        )),
        None => problem,
    }
}

pub(crate) fn changed(place: Place) -> Problem {
    let message = Text::new(
        "filen blev ændret, mens den blev læst",
        "the file changed while it was read",
    );
    Problem::error(codes::CHANGED, place, message).hint(Text::new(
        "vent til udtrækket er skrevet færdigt, og kør igen",
        "wait until the extract has been written, and run again",
    ))
}

pub(crate) fn row_count(place: Place, found: u64, expected: u64) -> Problem {
    let message = Text::new(
        format!("{found} rækker af {expected}"),
        format!("{found} rows of {expected}"),
    );
    Problem::error(codes::ROW_COUNT, place, message).hint(Text::new(
        "filen er skåret af, eller rækker i udtræk.toml er forældet",
        "the file is cut off, or rækker in udtræk.toml is out of date",
    ))
}

pub(crate) fn sum_line(place: Place) -> Problem {
    let message = Text::new(
        "en linje med en sum er ikke en person",
        "a line of totals is not a person",
    );
    Problem::error(codes::SUM_LINE, place, message).hint(Text::new(
        "slet linjen, eller lav udtrækket uden totaler",
        "delete the line, or make the extract without totals",
    ))
}

pub(crate) fn key_blank(place: Place) -> Problem {
    let message = Text::new(
        "rækken har ingen nøgle, den kan ikke henføres til en person",
        "the row has no key, it cannot be assigned to a person",
    );
    Problem::error(codes::KEY_BLANK, place, message)
}

pub(crate) fn key_number(place: Place) -> Problem {
    let message = Text::new(
        "nøglen er blevet et afrundet tal (1,01E+09), cifre er tabt",
        "the key has become a rounded number (1.01E+09), digits are lost",
    );
    Problem::error(codes::KEY_NUMBER, place, message).hint(text_column())
}

pub(crate) fn key_zero(place: Place) -> Problem {
    let message = Text::new(
        "nøglen er et tal på 9 cifre, en foranstillet nul kan være tabt: personens oplysninger regnes ikke for fuldstændige",
        "the key is a number of 9 digits, a leading zero may be lost: the person's data are not taken as complete",
    );
    Problem::error(codes::KEY_ZERO, place, message).hint(text_column())
}

fn text_column() -> Text {
    Text::new(
        "lav udtrækket igen med nøglen som tekst",
        "make the extract again with the key as text",
    )
}

pub(crate) fn key_trimmed(place: Place) -> Problem {
    let message = Text::new(
        "hårdt mellemrum om nøglen, set bort fra",
        "no-break space around the key, ignored",
    );
    Problem::warning(codes::KEY_TRIMMED, place, message)
}

pub(crate) fn not_sorted(place: Place) -> Problem {
    let message = Text::new(
        "nøglen kommer før den i rækken ovenfor, og filerne er sagt at være ordnet efter nøglen",
        "the key comes before that of the row above, and the files were said to be sorted by key",
    );
    Problem::error(codes::NOT_SORTED, place, message).hint(Text::new(
        "ordn alle filer efter nøglens byte (i en skal: LC_ALL=C sort), eller læs udtrækket uden at sige, at det er ordnet",
        "sort all files by the bytes of the key (in a shell: LC_ALL=C sort), or read the extract without saying that it is sorted",
    ))
}

pub(crate) fn sorted_key_zero(place: Place) -> Problem {
    let message = Text::new(
        "nøglen er på 9 cifre, og andre er på 10: en foranstillet nul kan være tabt, og hvem det rammer, kan ikke afgøres en person ad gangen",
        "the key has 9 digits, and others have 10: a leading zero may be lost, and whom that concerns cannot be settled a person at a time",
    );
    Problem::error(codes::SORTED_KEY_ZERO, place, message).hint(Text::new(
        "lav udtrækket igen med nøglen som tekst, eller læs det uden at sige, at det er ordnet",
        "make the extract again with the key as text, or read it without saying that it is sorted",
    ))
}

pub(crate) fn columns_unfit(why: &str) -> Problem {
    let message = Text::new(
        format!("kolonnerne kan ikke sættes sammen: {why}"),
        format!("the columns cannot be put together: {why}"),
    );
    Problem::error(codes::NOT_CONSERVED, Place::default(), message).hint(Text::new(
        "det er en fejl i programmet, og intet er beregnet: meld den",
        "this is a bug in the program, and nothing was computed: report it",
    ))
}

pub(crate) fn not_conserved(file: &str, read: u64, used: u64, refused: u64) -> Problem {
    let message = Text::new(
        format!("{read} rækker læst, men {used} brugt og {refused} udeladt"),
        format!("{read} rows read, but {used} used and {refused} left out"),
    );
    Problem::error(codes::NOT_CONSERVED, Place::file(file), message).hint(Text::new(
        "det er en fejl i programmet, og intet er beregnet: meld den",
        "this is a bug in the program, and nothing was computed: report it",
    ))
}
