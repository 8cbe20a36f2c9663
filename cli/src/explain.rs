//! `hjemmel explain`: why a rule says what it says about one case.
use crate::arguments::ExplainArguments;
use crate::exit::{Exit, Failure};
use crate::session::Session;
pub(crate) fn explain(_: &Session, _: &ExplainArguments) -> Result<Exit, Failure> { Ok(Exit::Done) }
