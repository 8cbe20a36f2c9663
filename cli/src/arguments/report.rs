//! What may stand after `hjemmel report`.

use super::account::AccountArguments;
use super::shared::{DataArguments, DayArguments, RulesArguments};
use clap::Args;
use std::path::PathBuf;

/// `hjemmel report`
#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) day: DayArguments,
    #[arg(
        long,
        value_name = "FIL",
        help = "Hvad notatet skal indeholde (ellers notat.toml ved udtrækket) | What the memo is to hold (otherwise notat.toml beside the extract)"
    )]
    pub(crate) memo: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FIL",
        required_unless_present_any = ["trace", "workbook"],
        help = "Skriv notatet som én .html, der kan printes | Write the memo as one .html, fit to print"
    )]
    pub(crate) out: Option<PathBuf>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv de samme tabeller som .xlsx | Write the same tables as .xlsx"
    )]
    pub(crate) workbook: Option<PathBuf>,
    #[arg(long, help = "Vis også antal under 5 | Show counts under 5 too")]
    pub(crate) allow_small_counts: bool,
    #[arg(
        long,
        value_name = "TAL-ID",
        conflicts_with_all = ["out", "workbook"],
        help = "Vis i stedet reglerne og antallene bag ét tal i notatet | Show instead the rules and counts behind one figure of the memo"
    )]
    pub(crate) trace: Option<String>,
    #[arg(
        long,
        help = "Erstat filerne, hvis de findes | Replace the files if they exist"
    )]
    pub(crate) overwrite: bool,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
