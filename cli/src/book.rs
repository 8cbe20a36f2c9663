//! Files of tables: which kind is asked for, and what is said when one is written.

use crate::account::journal;
use crate::arguments::{BookArguments, CsvFor};
use crate::exit::Failure;
use crate::print;
use crate::run::not_written;
use crate::session::Session;
use hjemmel_reports::{Book, Cell, CsvStyle, Form, Table};
use std::path::Path;

/// The file that is asked for, and its kind by its name.
pub(crate) fn target(arguments: &BookArguments) -> Result<Option<(&Path, Form)>, Failure> {
    let Some(path) = arguments.out.as_deref() else {
        return Ok(None);
    };
    let style = match arguments.csv {
        Some(CsvFor::Da) => CsvStyle::People,
        Some(CsvFor::Machine) | None => CsvStyle::Machine,
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    let form = ending.and_then(|ending| Form::of_ending(ending, style));
    let shown = print::path(path);
    match form {
        None => Err(Failure::usage(
            format!("--out {shown}: navnet skal ende på .xlsx, .csv eller .json"),
            format!("--out {shown}: the name must end in .xlsx, .csv or .json"),
        )),
        Some(Form::Xlsx | Form::Json) if arguments.csv.is_some() => Err(Failure::usage(
            format!("--csv gælder kun en fil, der ender på .csv, ikke {shown}"),
            format!("--csv is only for a file that ends in .csv, not {shown}"),
        )),
        Some(form) => Ok(Some((path, form))),
    }
}

/// The persons of a table are shown, or written: the log of use is to know.
pub(crate) fn shows_persons(table: &Table) {
    let case = table.columns.iter().position(|column| column.id == "case");
    let keys = table.rows.iter().filter_map(|row| match row.get(case?)? {
        Cell::Text(key) => Some(key.as_str()),
        _ => None,
    });
    journal::persons(|| keys);
}

/// Writes the book, and says so.
pub(crate) fn write(
    session: &Session,
    arguments: &BookArguments,
    extract: &Path,
    (path, form): (&Path, Form),
    book: &Book,
) -> Result<String, Failure> {
    let options = session.save_options(arguments.overwrite, Some(extract));
    book.tables.iter().for_each(shows_persons);
    hjemmel_reports::save(path, form, book, session.language(), options)
        .map_err(|error| not_written(&error))?;
    let rows = book.tables.first().map_or(0, |table| table.rows.len());
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let rows = crate::language::count(rows, session.language());
    let beside = match form {
        Form::Csv(_) => session.say(
            ", og hvad den hviler på, i .provenance.json ved siden af",
            ", and what it rests on in .provenance.json beside it",
        ),
        Form::Xlsx | Form::Json => "",
    };
    Ok(format!(
        "{}: {} ({rows} {}){beside}\n",
        session.say("Skrevet", "Written"),
        print::path(path),
        session.say("rækker", "rows"),
    ))
}
