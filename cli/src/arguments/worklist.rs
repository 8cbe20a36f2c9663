//! What may stand after `hjemmel worklist`.

use super::account::AccountArguments;
use super::shared::{
    BookArguments, DataArguments, DayArguments, OverrideArguments, RulesArguments,
};
use clap::Args;
use std::path::PathBuf;

/// `hjemmel worklist`
#[derive(Debug, Args)]
pub(crate) struct WorklistArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) day: DayArguments,
    #[arg(
        long,
        value_name = "ANTAL",
        default_value_t = 4,
        hide_default_value = true,
        value_parser = clap::value_parser!(u16).range(0..=520),
        help = "Så mange uger ses der frem (4) | How many weeks to look ahead (4)"
    )]
    pub(crate) weeks: u16,
    #[arg(
        long = "rule",
        value_name = "PLIGT",
        help = "Kun denne pligt (kan gentages) | Only this duty (may be repeated)"
    )]
    pub(crate) only: Vec<String>,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Opdeling, der giver årsagen | Classification that gives the cause"
    )]
    pub(crate) cause: Option<String>,
    #[arg(
        long,
        value_name = "FIL",
        conflicts_with = "since_known",
        help = "Sammenlign med en tidligere liste eller kørsel: .json eller .csv fra --out | Compare with an earlier list or run: .json or .csv of --out"
    )]
    pub(crate) since: Option<PathBuf>,
    #[arg(
        long,
        value_name = "DATO",
        help = "Sammenlign med, hvad der var registreret denne dag | Compare with what was registered by this day"
    )]
    pub(crate) since_known: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArguments,
    #[command(flatten)]
    pub(crate) decided: OverrideArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
