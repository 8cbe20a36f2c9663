//! What may stand after `hjemmel compare`.

use super::account::AccountArguments;
use super::shared::{DataArguments, WindowArguments};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `hjemmel compare`
#[derive(Debug, Args)]
pub(crate) struct CompareArguments {
    #[arg(
        value_name = "GAMLE",
        help = "De gamle regler: en mappe eller fil (rules), loven på en dag (rules@2019-12-31) eller en revision (HEAD~1:rules) | The old rules: a folder or file (rules), the law of a day (rules@2019-12-31) or a revision (HEAD~1:rules)"
    )]
    pub(crate) old: String,
    #[arg(
        value_name = "NYE",
        help = "De nye regler, på samme måde | The new rules, likewise"
    )]
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) window: WindowArguments,
    #[arg(
        long = "rule",
        value_name = "NAVN",
        help = "Kun svar af denne regel (kan gentages) | Only the answers of this rule (may be repeated)"
    )]
    pub(crate) only: Vec<String>,
    #[arg(
        long,
        value_name = "SAG",
        conflicts_with = "case_file",
        help = "Kun denne sag, ved dens nøgle; aldrig et CPR-nummer | Only this case, by its key; never a CPR number"
    )]
    pub(crate) case: Option<String>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Fil med sagens nøgle (- er stdin) | File with the key of the case (- is stdin)"
    )]
    pub(crate) case_file: Option<PathBuf>,
    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "FORMAT",
        hide_possible_values = true,
        hide_default_value = true,
        help = "text (ellers), json, csv eller github: en kommentar uden personer | text (the default), json, csv or github: a comment without persons"
    )]
    pub(crate) format: CompareFormat,
    #[arg(
        long,
        value_name = "ANTAL",
        default_value = "10",
        hide_default_value = true,
        help = "Hvor mange ændrede svar teksten viser, med sagens nøgle (10) | How many changed answers the text shows, with the key of the case (10)"
    )]
    pub(crate) limit: usize,
    #[arg(
        long = "persons",
        visible_alias = "out",
        value_name = "FIL",
        help = "Skriv en række pr. ændret svar: .csv, .json, .parquet eller .arrow | Write a row for each changed answer: .csv, .json, .parquet or .arrow"
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
        help = "Vis også antal under 5 i --format github | Show counts under 5 in --format github too"
    )]
    pub(crate) small_counts: bool,
    #[arg(
        long,
        help = "Slut med kode 1, hvis en regel eller et svar er et andet | End with code 1 if a rule or an answer is another"
    )]
    pub(crate) fail_on_change: bool,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    Text,
    Json,
    Csv,
    Github,
}
