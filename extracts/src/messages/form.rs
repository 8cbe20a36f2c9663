//! Problems of a form that was filled. What people wrote in it never stands in a message.

use crate::codes;
use crate::hide;
use crate::problem::{Place, Problem};
use hjemmel_grammar::diagnostic::Text;

pub(crate) fn not_found(place: Place) -> Problem {
    let message = Text::new(
        "skemaet findes ikke eller er ikke en fil",
        "the form does not exist or is no file",
    );
    Problem::error(codes::NOT_FOUND, place, message)
}

pub(crate) fn no_basis(place: Place) -> Problem {
    let message = Text::new(
        "skemaet siger ikke, hvad det hviler på",
        "the form does not say what it rests on",
    );
    Problem::error(codes::FORM_BASIS, place, message).hint(Text::new(
        "læs den .xlsx, som hjemmel audit sample skrev, med det skjulte ark i behold; en .csv skal have sin .provenance.json ved siden af",
        "read the .xlsx that hjemmel audit sample wrote, its hidden sheet kept; a .csv needs its .provenance.json beside it",
    ))
}

pub(crate) fn no_columns(place: Place, missing: &[String]) -> Problem {
    let missing = super::quoted(missing);
    let message = Text::new(
        format!("intet ark har skemaets kolonner; der mangler {missing}"),
        format!("no sheet has the columns of the form; missing are {missing}"),
    );
    Problem::error(codes::FORM_COLUMNS, place, message).hint(Text::new(
        "lad overskrifterne stå, som de blev skrevet",
        "leave the headings as they were written",
    ))
}

pub(crate) fn not_a_line(place: Place, lines: usize) -> Problem {
    let message = Text::new(
        format!("ikke nummeret på en af skemaets linjer, forventet 1 til {lines}"),
        format!("not the number of a line of the form, expected 1 to {lines}"),
    );
    Problem::error(codes::FORM_LINE, place, message).hint(Text::new(
        "en stikprøve får ingen linjer til: fjern rækken",
        "a sample gets no more lines: remove the row",
    ))
}

pub(crate) fn line_twice(place: Place, number: usize, first: &Place) -> Problem {
    let message = Text::new(
        format!("linje {number} står også i {first}"),
        format!("line {number} stands in {first} too"),
    );
    Problem::error(codes::FORM_LINE_TWICE, place, message).hint(Text::new(
        "en linje har ét svar: fjern den ene",
        "a line has one answer: remove one of them",
    ))
}

pub(crate) fn line_missing(place: Place, number: usize) -> Problem {
    let message = Text::new(
        format!("linje {number} mangler"),
        format!("line {number} is missing"),
    );
    Problem::error(codes::FORM_LINE_MISSING, place, message).hint(Text::new(
        "en linje, der ikke er gennemgået, skal stå uden svar, ikke slettes",
        "a line that was not reviewed stays without an answer, it is not deleted",
    ))
}

pub(crate) fn changed(place: Place, number: usize) -> Problem {
    let message = Text::new(
        format!("ikke det, som linje {number} blev trukket med"),
        format!("not what line {number} was drawn with"),
    );
    Problem::error(codes::FORM_CHANGED, place, message).hint(Text::new(
        "sag og regel skal stå urørt; har et regneark ændret nøglen, så brug .xlsx i stedet for .csv",
        "case and rule must be left alone; if a spreadsheet has changed the key, use .xlsx in place of .csv",
    ))
}

pub(crate) fn not_an_answer(place: Place, value: &str, answers: &[&str]) -> Problem {
    let shape = hide::shape(value);
    let answers: Vec<String> = answers.iter().map(|answer| hide::escaped(answer)).collect();
    let answers = answers.join(", ");
    let message = Text::new(
        format!("ikke et svar på reglen ({})", shape.da),
        format!("not an answer of the rule ({})", shape.en),
    );
    Problem::error(codes::FORM_ANSWER, place, message).hint(Text::new(
        format!("vælg på listen: {answers}"),
        format!("choose on the list: {answers}"),
    ))
}

pub(crate) fn no_answer(place: Place) -> Problem {
    let message = Text::new(
        "bemærkninger uden svar: linjen tæller som ikke gennemgået",
        "remarks without an answer: the line counts as not reviewed",
    );
    Problem::warning(codes::FORM_NO_ANSWER, place, message)
}
