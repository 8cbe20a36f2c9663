//! Problems of values, and of rows against each other.

use crate::codes;
use crate::dates::DateFormat;
use crate::hide;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::{Code, Text, nearest};

/// `ikke en dato, forventet ÅÅÅÅ-MM-DD (værdi skjult, 10 tegn)`
fn unreadable(code: Code, place: Place, value: &str, da: &str, en: &str) -> Problem {
    let shape = hide::shape(value);
    let message = Text::new(
        format!("{da} ({})", shape.da),
        format!("{en} ({})", shape.en),
    );
    Problem::error(code, place, message)
}

pub(crate) fn not_a_date(place: Place, value: &str, format: DateFormat) -> Problem {
    let da = format!("ikke en dato, forventet {}", format.name());
    let en = format!("not a date, expected {}", format.english_name());
    let problem = unreadable(codes::NOT_A_DATE, place, value, &da, &en);
    let other = DateFormat::ALL
        .into_iter()
        .find(|other| *other != format && other.read(value).is_some());
    match other {
        Some(other) => problem.hint(Text::new(
            format!(
                "er alle datoer skrevet {0}, så skriv datoformat = \"{0}\" i udtræk.toml",
                other.name()
            ),
            format!(
                "if all dates are written {}, write datoformat = \"{}\" in udtræk.toml",
                other.english_name(),
                other.name()
            ),
        )),
        None => problem,
    }
}

pub(crate) fn serial_60(place: Place) -> Problem {
    let message = Text::new(
        "29. februar 1900 findes ikke (Excels dag 60)",
        "29 February 1900 does not exist (Excel's day 60)",
    );
    Problem::error(codes::NOT_A_DATE, place, message)
}

pub(crate) fn outside_range(place: Place, value: &str) -> Problem {
    unreadable(
        codes::OUTSIDE_RANGE,
        place,
        value,
        "datoen ligger ikke mellem 1. januar 1900 og 31. december 2199",
        "the date is not between 1 January 1900 and 31 December 2199",
    )
}

pub(crate) fn not_a_number(place: Place, value: &str) -> Problem {
    unreadable(
        codes::NOT_A_NUMBER,
        place,
        value,
        "ikke et tal, forventet højst tre decimaler",
        "not a number, expected at most three decimals",
    )
}

pub(crate) fn ambiguous_number(place: Place, value: &str) -> Problem {
    unreadable(
        codes::NOT_A_NUMBER,
        place,
        value,
        "tallet kan læses på to måder",
        "the number can be read in two ways",
    )
    .hint(Text::new(
        "skriv decimaltegn = \",\" eller \".\" i udtræk.toml",
        "write decimaltegn = \",\" or \".\" in udtræk.toml",
    ))
}

pub(crate) fn not_yes_no(place: Place, value: &str) -> Problem {
    unreadable(
        codes::NOT_YES_NO,
        place,
        value,
        "hverken ja eller nej",
        "neither ja (yes) nor nej (no)",
    )
    .hint(Text::new(
        "bruger udtrækket koder, så skriv koder i udtræk.toml",
        "if the extract uses codes, write koder in udtræk.toml",
    ))
}

pub(crate) fn code_unknown(
    place: Place,
    value: &str,
    choices: &[String],
    sensitive: bool,
) -> Problem {
    let twice = hide::doubly_encoded(value);
    let problem = match hide::showable(value, sensitive) {
        Some(shown) => Problem::error(
            codes::CODE_UNKNOWN,
            place,
            Text::new(
                format!("ukendt kode \"{shown}\""),
                format!("unknown code \"{shown}\""),
            ),
        ),
        None => unreadable(
            codes::CODE_UNKNOWN,
            place,
            value,
            "ukendt kode",
            "unknown code",
        ),
    };
    if twice {
        return problem.hint(Text::new(
            "teksten er kodet to gange (Ã¦ for æ): lav udtrækket igen som UTF-8",
            "the text is encoded twice (Ã¦ for æ): make the extract again as UTF-8",
        ));
    }
    let near = nearest(value, choices.iter().map(String::as_str)).filter(|_| !sensitive);
    problem.hint(match near {
        Some(near) => Text::new(format!("mente du {near}?"), format!("did you mean {near}?")),
        None => Text::new(
            format!(
                "forventet {}; andre koder skrives under koder i udtræk.toml",
                choices.join(", ")
            ),
            format!(
                "expected {}; other codes are written below koder in udtræk.toml",
                choices.join(", ")
            ),
        ),
    })
}

pub(crate) fn code_case(place: Place, choice: &str) -> Problem {
    let message = Text::new(
        format!("læst som {choice}, skrevet med andre store og små bogstaver"),
        format!("read as {choice}, written in another case"),
    );
    Problem::warning(codes::CODE_CASE, place, message)
}

pub(crate) fn twice_encoded(place: Place) -> Problem {
    let message = Text::new(
        "teksten ser ud til at være kodet to gange (Ã¦ for æ)",
        "the text seems to be encoded twice (Ã¦ for æ)",
    );
    Problem::warning(codes::TWICE_ENCODED, place, message)
}

pub(crate) fn error_cell(place: Place) -> Problem {
    let message = Text::new(
        "cellen har en fejlværdi eller en formel uden resultat",
        "the cell holds an error value or a formula without a result",
    );
    Problem::error(codes::ERROR_CELL, place, message).hint(Text::new(
        "åbn projektmappen, ret formlen, og gem den igen",
        "open the workbook, correct the formula, and save it again",
    ))
}

pub(crate) fn time_left_out(place: Place) -> Problem {
    let message = Text::new(
        "klokkeslættet er udeladt, datoen er brugt",
        "the time of day is left out, the date is used",
    );
    Problem::warning(codes::TIME_LEFT_OUT, place, message)
}

pub(crate) fn start_missing(place: Place) -> Problem {
    let message = Text::new(
        "datoen er blank: rækkens første dag er ukendt",
        "the date is blank: the first day of the row is unknown",
    );
    Problem::warning(codes::START_MISSING, place, message)
}

pub(crate) fn blank_end(place: Place, table: &str) -> Problem {
    let message = Text::new(
        "blank slutdato, og det er ikke sagt, hvad den betyder",
        "blank end date, and nothing says what it means",
    );
    Problem::error(codes::BLANK_END, place, message).hint(Text::new(
        format!("skriv blank_slutdato = \"fortsat\" eller \"ukendt\" i udtræk.toml, evt. under [tabel.{table}]"),
        format!("write blank_slutdato = \"fortsat\" (ongoing) or \"ukendt\" (unknown) in udtræk.toml, perhaps below [tabel.{table}]"),
    ))
}

pub(crate) fn sentinel_end(place: Place, table: &str) -> Problem {
    let message = Text::new(
        "slutdatoen ligner en pladsholder, og det er ikke sagt, hvad den betyder",
        "the end date looks like a placeholder, and nothing says what it means",
    );
    Problem::error(codes::SENTINEL_END, place, message).hint(Text::new(
        format!("skriv slutdato_fortsat = [\"…\"] under [tabel.{table}] i udtræk.toml"),
        format!("write slutdato_fortsat = [\"…\"] below [tabel.{table}] in udtræk.toml"),
    ))
}

pub(crate) fn end_before_start(place: Place) -> Problem {
    let message = Text::new(
        "slutdatoen ligger før startdatoen: begge regnes for ukendte",
        "the end lies before the start: both count as unknown",
    );
    Problem::error(codes::END_BEFORE_START, place, message)
}

pub(crate) fn row_twice(place: Place, first: u32) -> Problem {
    let message = Text::new(
        format!("samme oplysninger som linje {first}, talt én gang"),
        format!("the same facts as line {first}, counted once"),
    );
    Problem::warning(codes::ROW_TWICE, place, message)
}

pub(crate) fn contradiction(place: Place, first: u32) -> Problem {
    let message = Text::new(
        format!("strider mod linje {first} om samme person: værdien er ukendt"),
        format!("contradicts line {first} about the same person: the value is unknown"),
    );
    Problem::error(codes::CONTRADICTION, place, message)
}

pub(crate) fn facts_missing(place: Place, persons: usize) -> Problem {
    let message = Text::new(
        format!(
            "antal personer fra andre tabeller, der ikke står her: {persons}; deres stamdata er ukendte"
        ),
        format!("persons of other tables who do not stand here: {persons}; their data are unknown"),
    );
    Problem::warning(codes::FACTS_MISSING, place, message)
}

pub(crate) fn before_birth(place: Place) -> Problem {
    let message = Text::new(
        "perioden begynder før personens fødsel: dens første dag regnes for ukendt",
        "the period begins before the person's birth: its first day counts as unknown",
    );
    Problem::error(codes::BEFORE_BIRTH, place, message)
}
