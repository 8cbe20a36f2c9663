//! What may stand after `hjemmel extract`.

use super::shared::RulesArguments;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `hjemmel extract`
#[derive(Debug, Args)]
#[command(subcommand_required = true)]
pub(crate) struct ExtractArguments {
    #[command(subcommand)]
    pub(crate) command: ExtractCommand,
}

/// The commands about extracts.
#[derive(Debug, Subcommand)]
pub(crate) enum ExtractCommand {
    #[command(
        about = "Gennemgå et udtræk uden at bedømme nogen | Go through an extract without judging anyone"
    )]
    Check(ExtractCheckArguments),
    #[command(about = "Skriv en første udtræk.toml | Write a first udtræk.toml")]
    Draft(ExtractDraftArguments),
    #[command(
        about = "Beskriv, hvilke oplysninger reglerne bruger, til hvad og efter hvilke regler | Describe which data the rules use, for what and on which basis"
    )]
    Describe(ExtractDescribeArguments),
}

/// `hjemmel extract check`
#[derive(Debug, Args)]
pub(crate) struct ExtractCheckArguments {
    #[arg(
        value_name = "UDTRÆK",
        help = "Udtræk: en mappe eller en .xlsx | Extract: a folder or an .xlsx"
    )]
    pub(crate) extract: PathBuf,
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[arg(long, help = "Skriv JSON | Write JSON")]
    pub(crate) json: bool,
}

/// `hjemmel extract draft`
#[derive(Debug, Args)]
pub(crate) struct ExtractDraftArguments {
    #[arg(
        value_name = "UDTRÆK",
        help = "Udtræk: en mappe eller en .xlsx | Extract: a folder or an .xlsx"
    )]
    pub(crate) extract: PathBuf,
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[arg(
        long,
        help = "Vis udkastet i stedet for at skrive det | Show the draft instead of writing it"
    )]
    pub(crate) print: bool,
}

/// `hjemmel extract describe`
#[derive(Debug, Args)]
pub(crate) struct ExtractDescribeArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv beskrivelsen (Markdown) i filen | Write the description (Markdown) to the file"
    )]
    pub(crate) out: Option<PathBuf>,
    #[arg(
        long,
        requires = "out",
        help = "Erstat filen, hvis den findes | Replace the file if it exists"
    )]
    pub(crate) overwrite: bool,
}
