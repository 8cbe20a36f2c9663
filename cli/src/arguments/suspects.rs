//! What may stand after `hjemmel suspects`.

use super::account::AccountArguments;
use super::shared::{BookArguments, DataArguments, DayArguments, RulesArguments};
use clap::Args;
use std::path::PathBuf;

/// `hjemmel suspects`
#[derive(Debug, Args)]
pub(crate) struct SuspectsArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) day: DayArguments,
    #[arg(
        long = "rule",
        value_name = "PLIGT",
        help = "Kun sager, hvor denne pligt er overskredet (kan gentages; ellers alle pligter) | Only cases where this duty is overdue (may be repeated; otherwise all duties)"
    )]
    pub(crate) duties: Vec<String>,
    #[arg(
        long = "state",
        value_name = "REGEL=TILSTAND",
        help = "Sager med denne tilstand: opfølgning=uden_indsats (kan gentages) | Cases in this state: opfølgning=uden_indsats (may be repeated)"
    )]
    pub(crate) states: Vec<String>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Hvilke fejl der ledes efter (ellers mistanke.toml i regelmappen) | Which errors to look for (otherwise mistanke.toml in the folder of rules)"
    )]
    pub(crate) slips: Option<PathBuf>,
    #[arg(
        long,
        value_name = "ANTAL",
        default_value = "20",
        hide_default_value = true,
        help = "Hvor mange mistanker der vises (20); filen har dem alle | How many suspicions are shown (20); the file has them all"
    )]
    pub(crate) top: usize,
    #[command(flatten)]
    pub(crate) book: BookArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
