//! What may stand after `hjemmel run`.

use super::account::AccountArguments;
use super::shared::{DataArguments, OverrideArguments, RulesArguments};
use clap::Args;
use std::path::PathBuf;

/// `hjemmel run`
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "DATO",
        required_unless_present = "timeline",
        conflicts_with = "timeline",
        help = "Dagen, der bedømmes: 2017-07-31 | The day that is judged: 2017-07-31"
    )]
    pub(crate) as_of: Option<String>,
    #[arg(
        long,
        requires = "from",
        requires = "to",
        help = "Bedøm alle dage fra --from til --to | Judge every day from --from to --to"
    )]
    pub(crate) timeline: bool,
    #[arg(
        long,
        value_name = "DATO",
        requires = "timeline",
        help = "Første dag | First day"
    )]
    pub(crate) from: Option<String>,
    #[arg(
        long,
        value_name = "DATO",
        requires = "timeline",
        help = "Sidste dag | Last day"
    )]
    pub(crate) to: Option<String>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv en række pr. sag og regel: .csv, .json, .parquet eller .arrow | Write a row for each case and rule: .csv, .json, .parquet or .arrow"
    )]
    pub(crate) out: Option<PathBuf>,
    #[arg(
        long,
        requires = "out",
        help = "Erstat filen, hvis den findes | Replace the file if it exists"
    )]
    pub(crate) overwrite: bool,
    #[arg(
        long,
        help = "Slut med kode 1, hvis nogen er ukendt | End with code 1 if anyone is unknown"
    )]
    pub(crate) fail_on_unknown: bool,
    #[command(flatten)]
    pub(crate) decided: OverrideArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
