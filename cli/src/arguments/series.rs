//! What may stand after `hjemmel series`.

use super::account::AccountArguments;
use super::shared::{BookArguments, CountFormat, DataArguments, ReadingArguments, RulesArguments};
use clap::{Args, ValueEnum};

/// `hjemmel series`
#[derive(Debug, Args)]
pub(crate) struct SeriesArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(long, value_name = "DATO", help = "Første dag | First day")]
    pub(crate) from: String,
    #[arg(long, value_name = "DATO", help = "Sidste dag | Last day")]
    pub(crate) to: String,
    #[arg(
        long = "measure",
        value_name = "NAVN",
        help = "Kun denne måling (kan gentages) | Only this measure (may be repeated)"
    )]
    pub(crate) only: Vec<String>,
    #[arg(
        long,
        value_enum,
        value_name = "week|month",
        hide_possible_values = true,
        help = "Hver mandag eller den sidste i hver måned, i stedet for reglernes egen rytme | Every Monday or the last day of every month, in place of the rules' own rhythm"
    )]
    pub(crate) every: Option<Rhythmic>,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
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
    pub(crate) book: BookArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rhythmic {
    Week,
    Month,
}
