//! `hjemmel completions`: what a shell needs to complete commands and flags.

use crate::arguments::CompletionsArguments;
use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::{help, print};

/// Prints the completions for a shell.
pub(crate) fn completions(
    session: &Session,
    arguments: &CompletionsArguments,
) -> Result<Exit, Failure> {
    let mut command = help::command(session.language());
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "hjemmel", &mut script);
    print::out(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
