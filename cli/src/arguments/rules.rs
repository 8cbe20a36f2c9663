//! What may stand after the commands on rules alone: `check`, `test`, `coverage` and `fmt`.

use super::shared::RulesArguments;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `hjemmel check`
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[arg(
        required_unless_present = "page",
        value_name = "REGLER",
        help = "Regelfiler, eller mapper med dem | Rule files, or folders of them"
    )]
    pub(crate) rules: Vec<PathBuf>,
    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "FORMAT",
        hide_possible_values = true,
        hide_default_value = true,
        help = "text (ellers), json, sarif eller github | text (the default), json, sarif or github"
    )]
    pub(crate) format: Format,
    #[arg(
        long,
        help = "Vis også, hvad der ikke er bekræftet, og hvorfor | Also list what is not verified, and why"
    )]
    pub(crate) unverified: bool,
    #[arg(long, value_name = "KODE", conflicts_with_all = ["rules", "unverified"],
        help = "Forklar en kode, f.eks. H0204 | Explain a code, e.g. H0204")]
    pub(crate) page: Option<String>,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// `hjemmel test`
#[derive(Debug, Args)]
pub(crate) struct TestArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[arg(
        long,
        help = "Lav hver lille fejl i reglerne, og vis dem, som intet eksempel opdager | Make every small mistake in the rules, and show those that no example notices"
    )]
    pub(crate) mutate: bool,
    #[arg(
        long = "rule",
        value_name = "NAVN",
        requires = "mutate",
        help = "Kun fejl i denne regel (kan gentages) | Only mistakes in this rule (may be repeated)"
    )]
    pub(crate) only: Vec<String>,
    #[arg(
        long,
        value_name = "ANTAL",
        requires = "mutate",
        help = "Vis højst så mange (alle) | Show at most so many (all)"
    )]
    pub(crate) limit: Option<usize>,
    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "FORMAT",
        requires = "mutate",
        hide_possible_values = true,
        hide_default_value = true,
        help = "text (ellers) eller json | text (the default) or json"
    )]
    pub(crate) format: MutateFormat,
}

/// How mutants are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MutateFormat {
    Text,
    Json,
}

/// `hjemmel coverage`
#[derive(Debug, Args)]
pub(crate) struct CoverageArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true,
        help = "text (ellers), json eller html | text (the default), json or html"
    )]
    pub(crate) format: Option<CoverageFormat>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv rapporten i en fil; .json og .html vælger formatet | Write the report to a file; .json and .html choose the format"
    )]
    pub(crate) out: Option<PathBuf>,
    #[arg(
        long,
        requires = "out",
        help = "Erstat filen, hvis den findes | Replace the file if it exists"
    )]
    pub(crate) overwrite: bool,
}

/// How the coverage is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CoverageFormat {
    Text,
    Json,
    Html,
}

/// `hjemmel fmt`
#[derive(Debug, Args)]
pub(crate) struct FmtArguments {
    #[arg(
        required = true,
        value_name = "STI",
        help = "Regelfiler, eller mapper med dem (- er stdin) | Rule files, or folders of them (- is stdin)"
    )]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(
        long,
        help = "Skriv intet; nævn filer, der ikke har fast form | Write nothing; name files that are not canonical"
    )]
    pub(crate) check: bool,
    #[arg(
        long,
        value_name = "da|en",
        value_parser = ["da", "en"],
        help = "Oversæt nøgleordene; navne og henvisninger bliver stående | Translate the keywords; names and citations stay"
    )]
    pub(crate) to: Option<String>,
}
