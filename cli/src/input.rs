//! What a command that judges is given: days and an extract.

use crate::account::journal;
use crate::account::manifest::{ExtractSeen, TableSeen};
use crate::arguments::{DataArguments, DayArguments, WindowArguments};
use crate::exit::{Failure, refused};
use crate::language::day_text;
use crate::print;
use crate::session::Session;
use hjemmel_engine::model::Model;
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_extracts::{
    ColumnExtract, ColumnOptions, Extract, NotRead, Options, Problem, Refused, RowCounts, Slice,
};
use hjemmel_grammar::diagnostic::{Severity, Text};
use std::ops::ControlFlow;
use std::path::Path;

/// How many problems of an extract are shown by a command that does not examine it.
const SHOWN: usize = 5;
/// The day that a flag names: a whole date with four digits of year, between 1900 and 2199.
pub(crate) fn day(flag: &str, text: &str) -> Result<Day, Failure> {
    let shown = print::harmless(text);
    let digits = |text: &str, count: usize| {
        (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
    };
    let mut parts = text.split('-');
    let parts = (parts.next(), parts.next(), parts.next(), parts.next());
    let numbers = match parts {
        (Some(year), Some(month), Some(day), None) => digits(year, 4)
            .flatten()
            .zip(digits(month, 2).flatten())
            .zip(digits(day, 2).flatten()),
        _ => None,
    };
    let Some(((year, month), number)) = numbers else {
        return Err(Failure::usage(
            format!("{flag} {shown} er ikke en dato, som kan forstås"),
            format!("{flag} {shown} is not a date that can be understood"),
        )
        .hint(
            "skriv årstal med fire cifre, måned og dag: 2017-07-31",
            "write a year of four digits, month and day: 2017-07-31",
        ));
    };
    let found = i32::try_from(year)
        .ok()
        .and_then(|year| Day::from_ymd(year, month, number));
    let Some(day) = found else {
        return Err(Failure::usage(
            format!("{flag} {shown}: den dag findes ikke"),
            format!("{flag} {shown}: there is no such day"),
        ));
    };
    if !Period::ALL.contains(day) {
        return Err(Failure::usage(
            format!("{flag} {shown}: kun dage fra 1900 til 2199 kan bedømmes"),
            format!("{flag} {shown}: only days from 1900 to 2199 can be judged"),
        ));
    }
    Ok(day)
}

/// The day that a flag names, if it is given.
pub(crate) fn optional_day(flag: &str, text: Option<&str>) -> Result<Option<Day>, Failure> {
    text.map(|text| day(flag, text)).transpose()
}

impl DayArguments {
    /// The day that is judged.
    pub(crate) fn day(&self) -> Result<Day, Failure> {
        day("--as-of", &self.as_of)
    }
}

impl WindowArguments {
    /// The day, or all days of the window.
    pub(crate) fn days(&self) -> Result<Period, Failure> {
        let as_of = optional_day("--as-of", self.as_of.as_deref())?;
        let from = optional_day("--from", self.from.as_deref())?.or(as_of);
        let to = optional_day("--to", self.to.as_deref())?.or(as_of);
        let (Some(from), Some(to)) = (from, to) else {
            return Err(Failure::usage(
                "mangler --as-of, eller --from og --to",
                "missing --as-of, or --from and --to",
            ));
        };
        window(from, to)
    }
}

impl DataArguments {
    /// The day whose knowledge is judged by, if it is given.
    pub(crate) fn known_on(&self) -> Result<Option<Day>, Failure> {
        optional_day("--known-on", self.known_on.as_deref())
    }
}

/// The days from the one to the other.
pub(crate) fn window(from: Day, to: Day) -> Result<Period, Failure> {
    if to < from {
        return Err(Failure::usage(
            "--to ligger før --from",
            "--to lies before --from",
        ));
    }
    Ok(Period::inclusive(from, to))
}

/// Reads the extract. What is wrong with it is told on stderr; if it cannot be trusted as a whole,
/// nothing of it is used.
pub(crate) fn extract(
    session: &Session,
    arguments: &DataArguments,
    model: &Model,
) -> Result<Extract, Failure> {
    match hjemmel_extracts::read(&arguments.path, model, &options(arguments)) {
        Ok(extract) => {
            journal::extract(|| ExtractSeen {
                hash: extract.hash.clone(),
                made: extract.date.map(|day| day.to_string()),
                persons: u64::try_from(extract.cases.len()).unwrap_or(u64::MAX),
                tables: tables(model, &extract.files, &extract.rows, &extract.complete),
            });
            tell(session, &extract.problems);
            Ok(extract)
        }
        Err(refusal) => Err(unusable(session, &refusal)),
    }
}

/// Reads an extract that days until `last` are judged by, and warns of what it may not know of them.
pub(crate) fn judged_extract(
    session: &Session,
    arguments: &DataArguments,
    model: &Model,
    last: Day,
    known_on: Option<Day>,
) -> Result<Extract, Failure> {
    let extract = extract(session, arguments, model)?;
    let undated = undated(&extract, model);
    warn_if_old(session, extract.date, last);
    warn_of_knowledge(session, extract.date, &undated, known_on);
    Ok(extract)
}

/// Reads the extract in columns, as [`extract`] reads it by cases. None if `sink` wanted no more.
pub(crate) fn columns(
    session: &Session,
    path: &Path,
    model: &Model,
    options: &ColumnOptions<'_>,
    sink: &mut dyn FnMut(Slice) -> ControlFlow<()>,
) -> Result<Option<ColumnExtract>, Failure> {
    match hjemmel_extracts::read_columns(path, model, options, sink) {
        Ok(extract) => {
            journal::extract(|| ExtractSeen {
                hash: extract.hash.clone(),
                made: extract.date.map(|day| day.to_string()),
                persons: extract.persons,
                tables: tables(model, &extract.files, &extract.rows, &extract.complete),
            });
            tell(session, &extract.problems);
            Ok(Some(extract))
        }
        Err(NotRead::Stopped) => Ok(None),
        Err(NotRead::Refused(refusal)) => Err(unusable(session, &refusal)),
    }
}

/// The account of rows, as a manifest holds it.
fn tables(
    model: &Model,
    files: &[String],
    rows: &[RowCounts],
    complete: &[Days],
) -> Vec<TableSeen> {
    let place = |file: u32| files.get(usize::try_from(file).ok()?).cloned();
    // Days before the first and after the last that are judged are no bounds.
    let bound = |day: Day, open: Day| match day == open {
        true => "..".to_owned(),
        false => day.to_string(),
    };
    let period = |days: &Period| {
        let (first, last) = (Period::ALL.start, Period::ALL.last());
        format!("{}/{}", bound(days.start, first), bound(days.last(), last))
    };
    let columns = |name: &str| {
        let table = model.tables.iter().find(|table| table.name == name);
        let fields = table.into_iter().flat_map(|table| &table.fields);
        fields.map(|field| field.name.clone()).collect()
    };
    let table = |(rows, complete): (&RowCounts, &Days)| TableSeen {
        columns: columns(&rows.table),
        complete: complete.runs().iter().map(period).collect(),
        table: rows.table.clone(),
        file: rows.file.and_then(place),
        rows: rows.read,
        used: rows.used,
        refused: rows.refused,
    };
    rows.iter().zip(complete).map(table).collect()
}

/// Tells the errors of an extract that cannot be trusted as a whole.
pub(crate) fn unusable(session: &Session, refusal: &Refused) -> Failure {
    let errors = refusal
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    for problem in errors {
        print::err(&(problem.render(session.language()) + "\n"));
    }
    Failure::new(
        refused(refusal),
        "udtrækket kan ikke bruges; ingen er bedømt",
        "the extract cannot be used; nobody has been judged",
    )
    .hint(
        "hjemmel extract draft skriver en første udtræk.toml; hjemmel extract check viser alt",
        "hjemmel extract draft writes a first udtræk.toml; hjemmel extract check shows all",
    )
}

pub(crate) fn options(arguments: &DataArguments) -> Options {
    Options {
        allow_empty: arguments.allow_empty,
        allow_full_sheet: arguments.allow_full_sheet,
    }
}

/// The first problems of an extract that can be used, and how many more there are.
fn tell(session: &Session, problems: &[Problem]) {
    for problem in problems.iter().take(SHOWN) {
        print::err(&(problem.render(session.language()) + "\n"));
    }
    let more = problems.len().saturating_sub(SHOWN);
    if more > 0 {
        session.warn(&Text::new(
            format!(
                "{more} bemærkninger mere til udtrækket; se dem alle med hjemmel extract check"
            ),
            format!("{more} more remarks on the extract; see them all with hjemmel extract check"),
        ));
    }
}

/// The tables of an extract whose rows have no days of registration.
pub(crate) fn undated<'a>(extract: &Extract, model: &'a Model) -> Vec<&'a str> {
    let undated = model.tables.iter().enumerate().filter(|(i, _)| {
        let rows = extract.cases.iter().filter_map(|case| case.tables.get(*i));
        rows.clone()
            .any(|table| !table.rows.is_empty() && !table.dated)
    });
    undated.map(|(_, table)| table.name.as_str()).collect()
}

/// Warns of a knowledge date that an extract of that day, with these undated tables, cannot
/// answer for.
pub(crate) fn warn_of_knowledge(
    session: &Session,
    made: Option<Day>,
    undated: &[&str],
    known_on: Option<Day>,
) {
    let Some(known_on) = known_on else { return };
    if made.is_some_and(|made| made < known_on) {
        let known = day_text(known_on);
        session.warn(&Text::new(
            format!(
                "udtrækket er lavet før {}; senere registreringer er ikke med",
                known.da
            ),
            format!(
                "the extract was made before {}; later registrations are not in it",
                known.en
            ),
        ));
    }
    if !undated.is_empty() {
        let names = undated.join(", ");
        session.warn(&Text::new(
            format!("uden registreringsdatoer, og derfor regnet som kendt hele tiden: {names}"),
            format!("without registration dates, and so taken as known all along: {names}"),
        ));
    }
}

/// Warns of a day that the extract does not reach, or that it may not reach.
pub(crate) fn warn_if_old(session: &Session, made: Option<Day>, last: Day) {
    let Some(made) = made else {
        session.warn(&Text::new(
            "udtræksdatoen er ikke oplyst, så ingen rækker regnes for at mangle; skriv \"udtræksdato\" i udtræk.toml",
            "the day of the extract is not given, so no rows are taken to be missing; write \"udtræksdato\" in udtræk.toml",
        ));
        return;
    };
    if last <= made {
        return;
    }
    let (made, last) = (day_text(made), day_text(last));
    session.warn(&Text::new(
        format!(
            "udtrækket er fra {}; hvad der er sket indtil {}, er ikke med, og svar, der beror på det, er ukendt; vælg en dag senest {}",
            made.da, last.da, made.da
        ),
        format!(
            "the extract is from {}; what happened until {} is not in it, and answers that depend on it are unknown; choose a day no later than {}",
            made.en, last.en, made.en
        ),
    ));
}
