//! The row that is begun: written as a row of an example, without its days.

use crate::exit::Failure;
use crate::imagined_row;
use crate::session::{Rules, Session};
use hjemmel_engine::case::Row;
use hjemmel_engine::model::TableId;
use hjemmel_engine::time::Day;
use hjemmel_grammar::Pieces;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::syntax::Shape;

/// The row, beginning on `day`. It counts as known from the first.
pub(crate) fn row(
    session: &Session,
    rules: &Rules,
    given: &str,
    day: Day,
) -> Result<(TableId, Row), Failure> {
    let table = given.split_whitespace().next().unwrap_or_default();
    let shape = rules.model.table_named(table).map(|(_, table)| table.shape);
    let days = match (language(session, rules), shape) {
        (Language::Danish, Some(Shape::Events)) => format!("den {day}"),
        (Language::English, Some(Shape::Events)) => format!("on {day}"),
        (Language::Danish, _) => format!("fra {day}, fortsat"),
        (Language::English, _) => format!("from {day}, ongoing"),
    };
    let hint = Text::new(
        "skriv den som i et eksempel, uden dage: \"indsats løntilskud, igang, timer_pr_uge 37\"",
        "write it as in an example, without days: \"indsats løntilskud, igang, timer_pr_uge 37\"",
    );
    // After a table's name alone there is nothing to set the days apart from.
    let apart = if given.trim() == table { " " } else { ", " };
    let words = format!("{given}{apart}{days}");
    imagined_row::row(session, rules, "--start", &words, &hint)
}

/// The language that the rules are written in, in which a row is written too.
fn language(session: &Session, rules: &Rules) -> Language {
    let mut files = rules
        .sources
        .iter()
        .map(|(_, source)| Pieces::read(&source.text));
    let file = files.find(|file| !file.declares_nothing());
    file.map_or(session.language(), |file| file.language())
}
