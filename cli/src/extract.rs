//! `hjemmel extract`: what stands in an extract, and a first mapping file for one.

use crate::arguments::{ExtractCheckArguments, ExtractCommand, ExtractDraftArguments};
use crate::exit::{Exit, Failure, refused};
use crate::run::not_written;
use crate::session::Session;
use crate::{bug, print};
use hjemmel_extracts::check::{Report, examine};
use hjemmel_extracts::{Options, Refused, WriteFault, draft, read, save_bytes};
use hjemmel_grammar::diagnostic::{Severity, Text};
use std::path::{Path, PathBuf};

/// Examines an extract, or drafts its mapping file.
pub(crate) fn extract(session: &Session, command: &ExtractCommand) -> Result<Exit, Failure> {
    match command {
        ExtractCommand::Check(arguments) => check(session, arguments),
        ExtractCommand::Draft(arguments) => first_draft(session, arguments),
        ExtractCommand::Describe(arguments) => crate::describe::describe(session, arguments),
    }
}

fn check(session: &Session, arguments: &ExtractCheckArguments) -> Result<Exit, Failure> {
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    // Whoever examines an extract wants to see all of it.
    let options = Options {
        allow_empty: true,
        allow_full_sheet: true,
    };
    let (report, exit) = match read(&arguments.extract, &rules.model, &options) {
        Ok(extract) => {
            let report = examine(&extract, &rules.model);
            let errors = report
                .problems
                .iter()
                .any(|problem| problem.severity == Severity::Error);
            (report, if errors { Exit::Findings } else { Exit::Done })
        }
        Err(refusal) => {
            let exit = refused(&refusal);
            (
                Report {
                    refused: true,
                    problems: refusal.problems,
                    ..Report::default()
                },
                exit,
            )
        }
    };
    if arguments.json {
        let json = crate::print::json_text(&report).map_err(|_| bug())?;
        print::out(&(json + "\n"))?;
    } else {
        print::out(&report.render(session.language()))?;
    }
    Ok(exit)
}

fn first_draft(session: &Session, arguments: &ExtractDraftArguments) -> Result<Exit, Failure> {
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let text = draft(&arguments.extract, &rules.model).map_err(|refusal: Refused| {
        print::err(&(refusal.render(session.language()) + "\n"));
        Failure::silent(refused(&refusal))
    })?;
    if arguments.print {
        print::out(&text)?;
        return Ok(Exit::Done);
    }
    let path = mapping_path(&arguments.extract);
    write_new(session, &path, &text)?;
    let shown = print::path(&path);
    let told = Text::new(
        format!("Skrevet: {shown}. Ret den, hvor der står ????, og prøv hjemmel extract check\n"),
        format!("Written: {shown}. Mend it where it says ????, and try hjemmel extract check\n"),
    );
    print::out(told.get(session.language()))?;
    Ok(Exit::Done)
}

/// Where the mapping of an extract stands: in its folder, or beside its workbook.
fn mapping_path(extract: &Path) -> PathBuf {
    if extract.is_dir() {
        extract.join("udtræk.toml")
    } else {
        extract.with_extension("toml")
    }
}

/// Writes a file that is not there yet.
fn write_new(session: &Session, path: &Path, text: &str) -> Result<(), Failure> {
    let options = session.save_options(false, None);
    let saved = save_bytes(path, text.as_bytes().to_vec(), None, options);
    saved.map_err(|error| match error.fault {
        WriteFault::Exists => {
            let shown = print::path(path);
            Failure::usage(
                format!("{shown} er der allerede; --print viser udkastet i stedet"),
                format!("{shown} is there already; --print shows the draft instead"),
            )
        }
        _ => not_written(&error),
    })
}
