//! `hjemmel`: the program. Arguments, dispatch, exit code.
//!
//! One file per command. What is said to people stands in both languages beside the command that
//! says it; rules are read in [`files`], data in `hjemmel-extracts`, and everything printed goes
//! through [`print`]. No clock, no network.

mod arguments;
mod check;
mod completions;
mod condense;
mod exit;
mod explain;
mod extract;
mod files;
mod fmt;
mod input;
mod judged;
mod language;
mod print;
mod reasons;
mod run;
mod session;
mod source_rows;
mod states;
mod summary;
mod table;
mod test;
mod timeline;
mod timelines;
mod usage;

use arguments::{Arguments, Command};
use clap::FromArgMatches as _;
use exit::{Exit, Failure};
use session::Session;
use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let session = Session::new(&arguments);
    // A panic says where in the program it was, and nothing of the data.
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| program(&session, &arguments)));
    let exit = outcome
        .unwrap_or_else(|_| Err(bug()))
        .unwrap_or_else(|failure| {
            print::err(&failure.render(session.language()));
            failure.exit
        });
    ExitCode::from(exit.code())
}

/// The program from its arguments to its exit code.
fn program(session: &Session, arguments: &[OsString]) -> Result<Exit, Failure> {
    usage::refuse_persons(arguments)?;
    let command = arguments::command(session.language());
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error, arguments, session.language()),
    };
    let arguments = Arguments::from_arg_matches(&matches).map_err(|_| bug())?;
    match &arguments.command {
        Command::Check(arguments) => check::check(session, arguments),
        Command::Run(arguments) => run::run(session, arguments),
        Command::Explain(arguments) => explain::explain(session, arguments),
        Command::Test(arguments) => test::test(session, arguments),
        Command::Fmt(arguments) => fmt::fmt(session, arguments),
        Command::Extract(arguments) => extract::extract(session, &arguments.command),
        Command::Completions(arguments) => completions::completions(session, arguments),
    }
}

/// What is said when the program itself is wrong.
pub(crate) fn bug() -> Failure {
    Failure::new(
        Exit::Bug,
        "der er en fejl i programmet; intet resultat er skrevet",
        "there is a bug in the program; no result has been written",
    )
}
