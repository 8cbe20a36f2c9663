//! `hjemmel initiatives`: what may stand on its command line.

use crate::arguments::{BookArguments, DataArguments, RulesArguments};
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
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der gøres op: 2017-09-13 | The day that is counted: 2017-09-13"
    )]
    pub(crate) as_of: String,
    #[command(flatten)]
    pub(crate) out: BookArguments,
}
