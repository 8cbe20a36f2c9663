//! `hjemmel audit`: a sample of answers for people to judge again, and how well they agree.
//!
//! The form holds what its lines were drawn by. Reading it back draws the same lines again from the
//! same rules and extract, so that nothing a form says of itself is taken on trust. How samples are
//! drawn and what the shares mean stands in `hjemmel_engine::audit` and `AUDIT.md`.

mod form;
mod population;
mod question;
mod read;
mod result;
mod sample;
mod words;

use crate::arguments::{AuditArguments, AuditCommand};
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// Draws a sample, or reads a form.
pub(crate) fn audit(session: &Session, arguments: &AuditArguments) -> Result<Exit, Failure> {
    match &arguments.command {
        AuditCommand::Sample(arguments) => sample::sample(session, arguments),
        AuditCommand::Read(arguments) => read::read(session, arguments),
    }
}
