//! The row that is begun: written as a row of an example, without its days.

use crate::exit::{Exit, Failure};
use crate::print::{self, Paint, text};
use crate::session::{Rules, Session};
use hjemmel_engine::case::Row;
use hjemmel_engine::check_rules;
use hjemmel_engine::evaluate::{subject_name, subjects};
use hjemmel_engine::model::TableId;
use hjemmel_engine::time::Day;
use hjemmel_grammar::Pieces;
use hjemmel_grammar::diagnostic::{Language, Severity};
use hjemmel_grammar::syntax::Shape;

/// The row, read by the rules' own reader of examples, so that it is checked as one.
pub(crate) fn row(
    session: &Session,
    rules: &Rules,
    given: &str,
    day: Day,
) -> Result<(TableId, Row), Failure> {
    let table = given.split_whitespace().next().unwrap_or_default();
    let shape = rules.model.table_named(table).map(|(_, table)| table.shape);
    let events = shape == Some(Shape::Events);
    let mut sources = rules.sources.clone();
    let Some(rule) = subjects(&rules.model).into_iter().next() else {
        return Err(no_row());
    };
    let rule = subject_name(&rules.model, rule);
    let words = |language: Language| match language {
        Language::Danish => (
            ["eksempel", "givet", "så", "er ukendt"],
            ["fra", "den", "fortsat"],
        ),
        Language::English => (
            ["example", "given", "then", "is unknown"],
            ["from", "on", "ongoing"],
        ),
    };
    let mut files = rules
        .sources
        .iter()
        .map(|(_, source)| Pieces::read(&source.text));
    let language = files.find(|file| !file.declares_nothing());
    let language = language.map_or(session.language(), |file| file.language());
    let ([example, given_word, then, unknown], [from, on, ongoing]) = words(language);
    let days = if events {
        format!("{on} {day}")
    } else {
        format!("{from} {day}, {ongoing}")
    };
    // One line: what stands on another is no part of the row.
    let given = given.replace(['\n', '\r'], " ");
    let text = format!(
        "{example} \"--start\"\n  {given_word}\n    {given}, {days}\n  {then}\n    {rule} {unknown} {on} {day}\n"
    );
    let file = sources.add("--start", text);
    let checked = check_rules(&sources);
    let here = |site: Option<hjemmel_grammar::span::Site>| site.is_some_and(|it| it.file == file);
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error && here(it.site()))
        .cloned()
        .collect();
    if !errors.is_empty() {
        let paint = Paint {
            on: print::colour_on_stderr(),
        };
        print::err(&text::render(&sources, &errors, session.language(), paint));
        return Err(no_row());
    }
    let mut examples = checked.model.examples.into_iter();
    let example = examples.find(|example| example.site.file == file);
    let tables = example
        .map(|example| example.case.tables)
        .unwrap_or_default();
    let mut rows = tables.into_iter().enumerate().flat_map(|(table, rows)| {
        let rows = rows.rows.into_iter();
        rows.map(move |row| (TableId(table), row))
    });
    // It counts as known from the first: nobody would have registered it otherwise.
    let (table, mut row) = rows.next().ok_or_else(no_row)?;
    row.registered = Some(Day::FIRST);
    Ok((table, row))
}

fn no_row() -> Failure {
    Failure::new(
        Exit::Usage,
        "--start er ikke en række, der kan bruges",
        "--start is not a row that can be used",
    )
    .hint(
        "skriv den som i et eksempel, uden dage: \"indsats løntilskud, igang, timer_pr_uge 37\"",
        "write it as in an example, without days: \"indsats løntilskud, igang, timer_pr_uge 37\"",
    )
}
