//! What may stand after `hjemmel initiatives`.

use super::account::AccountArguments;
use super::shared::{BookArguments, DataArguments, DayArguments, RulesArguments};
use clap::Args;
use std::path::PathBuf;

/// `hjemmel initiatives`
#[derive(Debug, Args)]
pub(crate) struct InitiativesArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "FIL",
        help = "Listen over initiativer: initiativer.csv | The list of initiatives: initiativer.csv"
    )]
    pub(crate) list: PathBuf,
    #[command(flatten)]
    pub(crate) day: DayArguments,
    #[command(flatten)]
    pub(crate) out: BookArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
