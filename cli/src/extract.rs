//! `hjemmel extract`: what stands in an extract, and a first mapping file for one.

use crate::arguments::{ExtractCheckArguments, ExtractCommand, ExtractDraftArguments};
use crate::exit::{Exit, Failure, refused};
use crate::session::Session;
use crate::{bug, print};
use hjemmel_extracts::check::{Report, examine};
use hjemmel_extracts::{Options, Refused, draft, read};
use hjemmel_grammar::diagnostic::Severity;

/// Examines an extract, or drafts its mapping file.
pub(crate) fn extract(session: &Session, command: &ExtractCommand) -> Result<Exit, Failure> {
    match command {
        ExtractCommand::Check(arguments) => check(session, arguments),
        ExtractCommand::Draft(arguments) => first_draft(session, arguments),
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
        let json = serde_json::to_string_pretty(&report).map_err(|_| bug())?;
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
    print::out(&text)?;
    Ok(Exit::Done)
}
