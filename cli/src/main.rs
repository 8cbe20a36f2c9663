//! `hjemmel`: the program. Arguments, dispatch, exit code.
//!
//! One file per command. What is said to people stands in both languages beside the command that
//! says it; rules are read in [`files`], data in `hjemmel-extracts`, and everything printed goes
//! through [`print`]. No network; the clock is asked only for the time in a [manifest and a log of use](account).

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

mod account;
mod arguments;
mod audit;
mod book;
mod check;
mod compare;
mod comparison;
mod completions;
mod condense;
mod count;
mod count_text;
mod counted_days;
mod coverage;
mod describe;
mod equivalents;
mod exit;
mod explain;
mod extract;
mod files;
mod fmt;
mod forecast;
mod guarded;
mod help;
mod html;
mod imagined_row;
mod initiatives;
mod input;
mod judged;
mod language;
mod lists;
mod lsp;
mod measured;
mod mutate;
mod mutate_json;
mod mutate_text;
mod named;
mod outputs;
mod overrides;
mod pages;
mod panics;
mod print;
mod progress;
mod pseudonym;
mod reasons;
mod reconcile;
mod reconcile_book;
mod release;
mod report;
mod run;
mod secret_file;
mod series;
mod series_book;
mod session;
mod slices;
mod small_files;
mod source_rows;
mod spread;
mod states;
mod summary;
mod suspects;
mod table;
mod test;
mod timeline;
mod timelines;
mod usage;
mod what_if;
mod worklist;

use arguments::{Arguments, Command};
use clap::FromArgMatches as _;
use exit::{Exit, Failure};
use hjemmel_grammar::diagnostic::Language;
use session::Session;
use std::ffi::OsString;
use std::process::ExitCode;
use std::thread;

/// How much stack the program has, in bytes, whatever the shell's limit is: rules may be nested 64 deep.
const STACK: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    spread::no_core_files();
    panics::keep_places();
    match thread::Builder::new().stack_size(STACK).spawn(whole) {
        Ok(program) => program.join().unwrap_or_else(|_| Exit::Bug.into()),
        Err(error) => {
            let kind = error.kind();
            let failure = Failure::new(
                Exit::Io,
                format!("systemet giver ikke plads til programmet ({kind})"),
                format!("the system has no room for the program ({kind})"),
            );
            print::err(&failure.render(Language::Danish));
            failure.exit.into()
        }
    }
}

/// The program, and what is said when it fails.
fn whole() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let session = Session::new(&arguments);
    let exit = panics::caught(|| program(&session, &arguments)).unwrap_or_else(|| Err(bug()));
    exit.unwrap_or_else(|failure| {
        print::err(&failure.render(session.language()));
        failure.exit.into()
    })
}

/// The program from its arguments to its exit code.
fn program(session: &Session, arguments: &[OsString]) -> Result<ExitCode, Failure> {
    usage::refuse_persons(arguments)?;
    let command = help::command(session.language());
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            return usage::report(&error, arguments, session.language()).map(ExitCode::from);
        }
    };
    if let Some(ended) = guarded::guarded(session, arguments, &matches)? {
        return Ok(ended);
    }
    let arguments = Arguments::from_arg_matches(&matches).map_err(|_| bug())?;
    let account = account::Asked::of(&matches, arguments.command.account())?;
    let log = account::use_log::UseLog::of(&matches, arguments.command.answer())?;
    if account.is_some() || log.is_some() {
        account::journal::begin(log.is_some());
    }
    if let Some(arguments) = arguments.command.answer() {
        session.demand(account::approval::Demand::of(arguments)?);
    }
    if arguments.command.account().is_some() {
        outputs::reserve(session, &matches)?;
    }
    Ok(
        match logged(log, || completed(session, &arguments, account))? {
            Carried::Exit(exit) => exit.into(),
            Carried::Served(code) => code,
        },
    )
}

/// The command, its manifest, and then all that they wrote put in place together.
fn completed(
    session: &Session,
    arguments: &Arguments,
    account: Option<account::Asked>,
) -> Result<Carried, Failure> {
    let carried = carry_out(session, arguments)?;
    let told = match (account, &carried) {
        (Some(account), Carried::Exit(exit)) => account.finish(session, *exit)?,
        _ => String::new(),
    };
    outputs::commit(session)?;
    print::err(&told);
    Ok(carried)
}

/// How a command ended.
enum Carried {
    Exit(Exit),
    /// The language server ends as its client asks.
    Served(ExitCode),
}

/// Adds what came of a command to the log of use, also if it was not carried out.
fn logged(
    log: Option<account::use_log::UseLog>,
    command: impl FnOnce() -> Result<Carried, Failure>,
) -> Result<Carried, Failure> {
    let carried = command();
    let code = match &carried {
        Ok(Carried::Exit(exit)) => exit.code(),
        Ok(Carried::Served(_)) => Exit::Done.code(),
        Err(failure) => failure.exit.code(),
    };
    let added = log.map_or(Ok(()), |log| log.finish(code));
    carried.and_then(|carried| added.map(|()| carried))
}

/// The command itself.
fn carry_out(session: &Session, arguments: &Arguments) -> Result<Carried, Failure> {
    let exit = match &arguments.command {
        Command::Check(arguments) => check::check(session, arguments),
        Command::Run(arguments) => run::run(session, arguments),
        Command::Count(arguments) => count::count(session, arguments),
        Command::Series(arguments) => series::series(session, arguments),
        Command::Reconcile(arguments) => reconcile::reconcile(session, arguments),
        Command::Compare(arguments) => compare::compare(session, arguments),
        Command::Worklist(arguments) => worklist::worklist(session, arguments),
        Command::Forecast(arguments) => forecast::forecast(session, arguments),
        Command::Report(arguments) => report::report(session, arguments),
        Command::Initiatives(arguments) => initiatives::initiatives(session, arguments),
        Command::Explain(arguments) => explain::explain(session, arguments),
        Command::Audit(arguments) => audit::audit(session, arguments),
        Command::Suspects(arguments) => suspects::suspects(session, arguments),
        Command::Test(arguments) => test::test(session, arguments),
        Command::Coverage(arguments) => coverage::coverage(session, arguments),
        Command::Fmt(arguments) => fmt::fmt(session, arguments),
        Command::Extract(arguments) => extract::extract(session, &arguments.command),
        Command::Verify(arguments) => account::verify::verify(session, arguments),
        Command::Sign(arguments) => account::sign::sign(session, &arguments.command),
        Command::UseLog(arguments) => account::use_log::use_log(session, arguments),
        Command::Lsp(arguments) => return Ok(Carried::Served(lsp::lsp(arguments))),
        Command::Completions(arguments) => completions::completions(session, arguments),
    };
    exit.map(Carried::Exit)
}

/// What is said when the program itself is wrong.
pub(crate) fn bug() -> Failure {
    let place = panics::place();
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    Failure::new(
        Exit::Bug,
        format!("der er en fejl i programmet{place}; intet resultat er skrevet"),
        format!("there is a bug in the program{place}; no result has been written"),
    )
}
