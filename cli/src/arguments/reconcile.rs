//! What may stand after `hjemmel reconcile`.

use super::account::AccountArguments;
use super::shared::{BookArguments, DayArguments};
use clap::Args;
use std::path::PathBuf;

/// `hjemmel reconcile`
#[derive(Debug, Args)]
pub(crate) struct ReconcileArguments {
    #[arg(
        value_name = "A",
        help = "Det ene udtræk, f.eks. kommunens eget | The one extract, e.g. the municipality's own"
    )]
    pub(crate) first: PathBuf,
    #[arg(
        value_name = "B",
        help = "Det andet udtræk om de samme personer, f.eks. et registers | The other extract about the same persons, e.g. a register's"
    )]
    pub(crate) second: PathBuf,
    #[arg(
        long = "rules",
        value_name = "REGLER",
        required = true,
        num_args = 1..,
        help = "Regelfiler, eller mapper med dem | Rule files, or folders of them"
    )]
    pub(crate) rules: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Målingen, der tages af A | The measure that is taken of A"
    )]
    pub(crate) measure: String,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Målingen, der tages af B, hvis den er en anden | The measure that is taken of B, if it is another"
    )]
    pub(crate) measure_b: Option<String>,
    #[command(flatten)]
    pub(crate) day: DayArguments,
    #[arg(
        long,
        value_name = "DATO",
        help = "Brug af A kun, hvad der var registreret denne dag | Use of A only what was registered by this day"
    )]
    pub(crate) known_on: Option<String>,
    #[arg(long, value_name = "DATO", help = "Det samme af B | The same of B")]
    pub(crate) known_on_b: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
