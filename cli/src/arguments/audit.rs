//! What may stand after `hjemmel audit`.

use super::account::AccountArguments;
use super::shared::{BookArguments, CsvFor, DataArguments, DayArguments, RulesArguments};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `hjemmel audit`
#[derive(Debug, Args)]
#[command(subcommand_required = true)]
pub(crate) struct AuditArguments {
    #[command(subcommand)]
    pub(crate) command: AuditCommand,
}

/// The commands about audits.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    #[command(
        about = "Træk en stikprøve af svar, og skriv et skema til at gennemgå dem i | Draw a sample of answers, and write a form to review them in"
    )]
    Sample(SampleArguments),
    #[command(
        about = "Læs et udfyldt skema, og sig, hvor enige gennemgangen og svarene er | Read a form that was filled, and say how well reviewers and answers agree"
    )]
    Read(ReadArguments),
}

/// `hjemmel audit sample`
#[derive(Debug, Args)]
pub(crate) struct SampleArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) day: DayArguments,
    #[arg(
        long = "rule",
        value_name = "NAVN",
        required_unless_present = "states",
        help = "Pligt, opdeling eller advarsel, hvis svar gennemgås (kan gentages) | Duty, classification or warning whose answers are reviewed (may be repeated)"
    )]
    pub(crate) rule: Vec<String>,
    #[arg(
        long = "state",
        value_name = "REGEL=TILSTAND",
        help = "Kun disse svar på reglen: opfølgning=uden_indsats (kan gentages) | Only these answers of the rule: opfølgning=uden_indsats (may be repeated)"
    )]
    pub(crate) states: Vec<String>,
    #[arg(
        long,
        help = "Også dem, en pligt ikke omfatter | Also those whom a duty does not cover"
    )]
    pub(crate) uncovered: bool,
    #[arg(
        long,
        value_name = "ANTAL",
        help = "Hvor mange svar der trækkes | How many answers are drawn"
    )]
    pub(crate) size: usize,
    #[arg(
        long,
        value_name = "TAL",
        help = "Frøet: samme tal, samme stikprøve | The seed: the same number, the same sample"
    )]
    pub(crate) seed: u64,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Lagdel efter en opdeling, et felt (ydelse.art), regel eller tilstand | Stratify by a classification, a field (ydelse.art), rule or state"
    )]
    pub(crate) stratify: Option<String>,
    #[arg(
        long,
        requires = "stratify",
        help = "Lige mange fra hvert lag, ikke efter lagenes størrelse | The same number from each stratum, not by their sizes"
    )]
    pub(crate) equal: bool,
    #[arg(
        long,
        help = "Træk sager med alle deres svar; --size er antallet af sager | Draw cases with all their answers; --size is the number of cases"
    )]
    pub(crate) whole_cases: bool,
    #[arg(
        long,
        help = "Vis svarene med begrundelse i skemaet (ellers gennemgås blindt) | Show the answers with their grounds in the form (otherwise the review is blind)"
    )]
    pub(crate) show_answer: bool,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skemaet: .xlsx (med lister at vælge på) eller .csv | The form: .xlsx (with lists to choose from) or .csv"
    )]
    pub(crate) out: PathBuf,
    #[arg(
        long,
        value_enum,
        value_name = "da|machine",
        hide_possible_values = true,
        help = "CSV til dansk Excel (da) eller til programmer (machine, ellers) | CSV for Danish Excel (da) or for programs (machine, the default)"
    )]
    pub(crate) csv: Option<CsvFor>,
    #[arg(
        long,
        help = "Erstat filen, hvis den findes | Replace the file if it exists"
    )]
    pub(crate) overwrite: bool,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}

/// `hjemmel audit read`
#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    #[arg(
        value_name = "SKEMA",
        help = "Det udfyldte skema | The form that was filled"
    )]
    pub(crate) form: PathBuf,
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der bedømmes (skemaets egen; en anden afvises) | The day that is judged (the form's own; another is refused)"
    )]
    pub(crate) as_of: Option<String>,
    #[arg(
        long,
        value_name = "PROCENT",
        help = "Slut med kode 1, hvis enigheden i alt er under så mange procent eller ikke kendes | End with code 1 if the agreement in all is under so many per cent or not known"
    )]
    pub(crate) fail_under: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArguments,
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
