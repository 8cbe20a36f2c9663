//! What several commands are told in the same way.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The rules that a command works on.
#[derive(Debug, Args)]
pub(crate) struct RulesArguments {
    #[arg(
        required = true,
        value_name = "REGLER",
        help = "Regelfiler, eller mapper med dem | Rule files, or folders of them"
    )]
    pub(crate) rules: Vec<PathBuf>,
}

/// The extract that a command works on, and how much of it was known.
#[derive(Debug, Args)]
pub(crate) struct DataArguments {
    #[arg(
        long = "data",
        value_name = "UDTRÆK",
        help = "Udtræk: en mappe eller en .xlsx | Extract: a folder or an .xlsx"
    )]
    pub(crate) path: PathBuf,
    #[arg(long, help = "Tillad tabeller uden rækker | Allow tables without rows")]
    pub(crate) allow_empty: bool,
    #[arg(
        long,
        help = "Tillad ark, der er fyldt til sidste række | Allow sheets filled to their last row"
    )]
    pub(crate) allow_full_sheet: bool,
    #[arg(
        long,
        value_name = "DATO",
        help = "Brug kun, hvad der var registreret denne dag | Use only what was registered by this day"
    )]
    pub(crate) known_on: Option<String>,
}

/// A file of tables, and how it is written.
#[derive(Debug, Args)]
pub(crate) struct BookArguments {
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv det hele: .xlsx, .csv eller .json | Write all of it: .xlsx, .csv or .json"
    )]
    pub(crate) out: Option<PathBuf>,
    #[arg(
        long,
        value_enum,
        requires = "out",
        value_name = "da|machine",
        hide_possible_values = true,
        help = "CSV til dansk Excel (da) eller til programmer (machine, ellers) | CSV for Danish Excel (da) or for programs (machine, the default)"
    )]
    pub(crate) csv: Option<CsvFor>,
    #[arg(
        long,
        requires = "out",
        help = "Erstat filen, hvis den findes | Replace the file if it exists"
    )]
    pub(crate) overwrite: bool,
}

/// For whom a CSV is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CsvFor {
    /// Danish Excel.
    Da,
    /// Programs.
    Machine,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountFormat {
    Text,
    Csv,
    Json,
}

/// The day that is judged.
#[derive(Debug, Args)]
pub(crate) struct DayArguments {
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der bedømmes: 2017-07-31 | The day that is judged: 2017-07-31"
    )]
    pub(crate) as_of: String,
}

/// A day, or the days of a window.
#[derive(Debug, Args)]
pub(crate) struct WindowArguments {
    #[arg(
        long,
        value_name = "DATO",
        required_unless_present = "from",
        conflicts_with_all = ["from", "to"],
        help = "Dagen, der bedømmes: 2017-07-31 | The day that is judged: 2017-07-31"
    )]
    pub(crate) as_of: Option<String>,
    #[arg(
        long,
        value_name = "DATO",
        requires = "to",
        help = "Første dag | First day"
    )]
    pub(crate) from: Option<String>,
    #[arg(
        long,
        value_name = "DATO",
        requires = "from",
        help = "Sidste dag | Last day"
    )]
    pub(crate) to: Option<String>,
}

/// How an extract of any size is read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArguments {
    #[arg(
        long,
        help = "Filerne er ordnet efter nøglen: læs dem side om side, uden at holde dem i hukommelsen | The files are sorted by key: read them side by side, without holding them in memory"
    )]
    pub(crate) sorted: bool,
    #[arg(
        long,
        value_name = "ANTAL",
        help = "Hvor mange tråde der bedømmer (alle kerner) | How many threads judge (all cores)"
    )]
    pub(crate) threads: Option<std::num::NonZero<usize>>,
}

/// One case, by its key or a file with it.
#[derive(Debug, Args)]
pub(crate) struct CaseArguments {
    #[arg(
        long,
        value_name = "SAG",
        required_unless_present = "case_file",
        conflicts_with = "case_file",
        help = "Sagens nøgle; aldrig et CPR-nummer | The key of the case; never a CPR number"
    )]
    pub(crate) case: Option<String>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Fil med sagens nøgle (- er stdin) | File with the key of the case (- is stdin)"
    )]
    pub(crate) case_file: Option<PathBuf>,
}

/// What caseworkers have decided, to be shown beside the answers.
#[derive(Debug, Args)]
pub(crate) struct OverrideArguments {
    #[arg(
        long,
        value_name = "FIL",
        help = "Registrerede afgørelser at vise ved siden af (ellers tilsidesættelser.csv ved udtrækket) | Registered decisions to show beside (otherwise tilsidesættelser.csv beside the extract)"
    )]
    pub(crate) overrides: Option<PathBuf>,
}
