//! What may stand after `hjemmel count`.

use super::account::AccountArguments;
use super::shared::{
    CountFormat, DataArguments, ReadingArguments, RulesArguments, WindowArguments,
};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `hjemmel count`
#[derive(Debug, Args)]
pub(crate) struct CountArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) window: WindowArguments,
    #[arg(
        long,
        value_enum,
        requires = "from",
        conflicts_with = "as_of",
        value_name = "day|week|month",
        hide_possible_values = true,
        help = "Tæl hver dag (ellers), hver mandag eller den 1. i hver måned | Count every day (the default), every Monday or the 1st of every month"
    )]
    pub(crate) every: Option<Every>,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv alles daterede tilstande: .csv, .parquet eller .arrow | Write everyone's dated states: .csv, .parquet or .arrow"
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
        value_enum,
        default_value = "text",
        value_name = "FORMAT",
        hide_possible_values = true,
        hide_default_value = true,
        help = "text (ellers), csv eller json | text (the default), csv or json"
    )]
    pub(crate) format: CountFormat,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}

/// The days of a window that are counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Every {
    Day,
    Week,
    Month,
}
