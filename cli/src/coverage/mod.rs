//! `hjemmel coverage`: what rests on each provision of the registers, which examples speak of it,
//! and which conditions no example exercises.

mod html;
mod json;
mod register;
mod report;
mod text;

use crate::arguments::{CoverageArguments, CoverageFormat};
use crate::exit::{Exit, Failure};
use crate::print;
use crate::run::not_written;
use crate::session::Session;
use hjemmel_extracts::save_bytes;
use report::Report;
use std::path::Path;

/// Compares rules with the registers beside them.
pub(crate) fn coverage(session: &Session, arguments: &CoverageArguments) -> Result<Exit, Failure> {
    let paths = &arguments.rules.rules;
    let rules = session.rules(paths, hjemmel_engine::check_rules)?;
    let registers = register::read(session, paths, &rules.model)?;
    let coverage = hjemmel_engine::coverage::coverage(&rules.model, &registers.entries);
    let report = Report {
        session,
        rules: &rules,
        registers: &registers,
        coverage: &coverage,
    };
    let format = arguments
        .format
        .or_else(|| of_name(arguments.out.as_deref()?));
    let on_terminal = arguments.out.is_none() && print::colour_on_stdout();
    let told = match format.unwrap_or(CoverageFormat::Text) {
        CoverageFormat::Text => text::render(&report, print::Paint { on: on_terminal }),
        CoverageFormat::Json => json::render(&report)?,
        CoverageFormat::Html => html::render(&report)?,
    };
    match &arguments.out {
        None => print::out(&told)?,
        Some(path) => {
            let options = session.save_options(arguments.overwrite, None);
            let bytes = told.into_bytes();
            save_bytes(path, bytes, None, options).map_err(|error| not_written(&error))?;
            let (written, shown) = (session.say("Skrevet", "Written"), print::path(path));
            print::out(&format!("{}{written}: {shown}\n", text::summary(&report)))?;
        }
    }
    Ok(if coverage.is_complete() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// The format that a file's name asks for.
fn of_name(path: &Path) -> Option<CoverageFormat> {
    match path.extension()?.to_str()? {
        "json" => Some(CoverageFormat::Json),
        "html" | "htm" => Some(CoverageFormat::Html),
        _ => None,
    }
}
