//! How a run is accounted for, and what may stand after `hjemmel verify`.

use super::shared::{CaseArguments, RulesArguments};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The manifest of a run. Read by name, as every command that gives answers has it.
#[derive(Debug, Args)]
pub(crate) struct AccountArguments {
    #[arg(
        long,
        display_order = 900,
        value_name = "FIL",
        help = "Skriv et manifest: hvad kørslen hviler på og gav, til hjemmel verify | Write a manifest: what the run rests on and gave, for hjemmel verify"
    )]
    pub(crate) manifest: Option<PathBuf>,
    #[arg(
        long,
        display_order = 901,
        requires = "manifest",
        value_name = "FIL",
        help = "Det forrige manifest, i samme mappe: så er de en kæde | The previous manifest, in the same folder: then they are a chain"
    )]
    pub(crate) follows: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) answer: AnswerArguments,
}

/// Of every command that gives answers: which rules are good enough, and whether its use is logged.
#[derive(Debug, Args)]
pub(crate) struct AnswerArguments {
    #[arg(
        long,
        display_order = 902,
        value_enum,
        value_name = "draft|production",
        hide_possible_values = true,
        help = "production: kun regler, som to godkendere har skrevet under på | production: only rules that two approvers have signed"
    )]
    pub(crate) profile: Option<Profile>,
    #[arg(
        long,
        display_order = 903,
        required_if_eq("profile", "production"),
        value_name = "FIL",
        help = "Listen over godkendere: godkendere.toml | The list of approvers: godkendere.toml"
    )]
    pub(crate) approvers: Option<PathBuf>,
    #[arg(
        long,
        display_order = 904,
        required_if_eq("profile", "production"),
        value_name = "FIL",
        help = "Underskrifterne: underskrifter.toml | The signatures: underskrifter.toml"
    )]
    pub(crate) signatures: Option<PathBuf>,
    #[arg(
        long,
        display_order = 905,
        requires = "log_key",
        value_name = "FIL",
        help = "Føj en linje til brugsloggen: hvem, hvornår, om hvem og hvorfor | Add a line to the log of use: who, when, about whom and what for"
    )]
    pub(crate) use_log: Option<PathBuf>,
    #[arg(
        long,
        display_order = 906,
        requires = "use_log",
        value_name = "FIL",
        help = "Nøglen til navne i stedet for personer, fra hjemmel sign key --for pseudonyms | The key of names in place of persons, of hjemmel sign key --for pseudonyms"
    )]
    pub(crate) log_key: Option<PathBuf>,
    #[arg(
        long,
        display_order = 907,
        value_name = "ROLLE",
        help = "Til brugsloggen: din rolle, aldrig et navn | For the log of use: your role, never a name"
    )]
    pub(crate) user: Option<String>,
    #[arg(
        long,
        display_order = 908,
        value_name = "TEKST",
        help = "Til brugsloggen: hvad det skal bruges til | For the log of use: what it is for"
    )]
    pub(crate) purpose: Option<String>,
}

/// `hjemmel verify`
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    #[arg(
        value_name = "MANIFEST",
        help = "Manifestet af en kørsel | The manifest of a run"
    )]
    pub(crate) manifest: PathBuf,
    #[arg(
        value_name = "REGLER",
        help = "Reglerne, hvis de ligger et andet sted nu | The rules, if they lie elsewhere now"
    )]
    pub(crate) rules: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "UDTRÆK",
        help = "Udtrækket, hvis det ligger et andet sted nu | The extract, if it lies elsewhere now"
    )]
    pub(crate) data: Option<PathBuf>,
    #[arg(
        long,
        help = "Kør ikke igen: se kun på segl, kæde og filer | Do not run again: look at the seal, the chain and the files only"
    )]
    pub(crate) no_rerun: bool,
}

/// Which rules are good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// Rules that are being written, or tried.
    Draft,
    /// Rules that two approvers have signed.
    Production,
}

/// `hjemmel sign`
#[derive(Debug, Args)]
pub(crate) struct SignArguments {
    #[command(subcommand)]
    pub(crate) command: SignCommand,
}

/// What `hjemmel sign` does.
#[derive(Debug, Subcommand)]
pub(crate) enum SignCommand {
    #[command(
        about = "Lav en nøgle at skrive under med, eller at give personer navne med | Make a key to sign with, or to name persons with"
    )]
    Key(SignKeyArguments),
    #[command(about = "Skriv under på regler, som de er nu | Sign rules as they are now")]
    Rules(SignRulesArguments),
}

/// `hjemmel sign key`
#[derive(Debug, Args)]
pub(crate) struct SignKeyArguments {
    #[arg(
        long,
        value_name = "FIL",
        help = "Filen til den hemmelige nøgle | The file for the secret key"
    )]
    pub(crate) out: PathBuf,
    #[arg(
        long = "for",
        value_enum,
        default_value = "signing",
        value_name = "signing|pseudonyms",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Til underskrifter (ellers), eller til navne i stedet for personers nøgler | For signatures (the default), or for names in place of persons' keys"
    )]
    pub(crate) purpose: KeyFor,
}

/// What a new key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyFor {
    Signing,
    Pseudonyms,
}

/// `hjemmel sign rules`
#[derive(Debug, Args)]
pub(crate) struct SignRulesArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[arg(
        long,
        value_name = "FIL",
        help = "Din hemmelige nøgle | Your secret key"
    )]
    pub(crate) key: PathBuf,
    #[arg(
        long = "as",
        value_name = "NAVN",
        help = "Dit navn på listen over godkendere | Your name in the list of approvers"
    )]
    pub(crate) approver: String,
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen i dag: 2026-01-31 | Today: 2026-01-31"
    )]
    pub(crate) day: String,
    #[arg(
        long,
        value_name = "FIL",
        help = "Filen, som underskriften føjes til | The file that the signature is added to"
    )]
    pub(crate) signatures: PathBuf,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv også under på, hvem der får et andet svar: fra hjemmel compare --format json | Sign too who gets another answer: of hjemmel compare --format json"
    )]
    pub(crate) impact: Option<PathBuf>,
}

/// `hjemmel use-log`
#[derive(Debug, Args)]
pub(crate) struct UseLogArguments {
    #[arg(value_name = "BRUGSLOG", help = "Brugsloggen | The log of use")]
    pub(crate) log: PathBuf,
    #[arg(
        long,
        value_name = "FIL",
        help = "Nøglen, som personerne står med i loggen | The key that persons are named with in the log"
    )]
    pub(crate) log_key: PathBuf,
    #[command(flatten)]
    pub(crate) one: CaseArguments,
}
