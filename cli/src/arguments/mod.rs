//! What may stand on the command line, a file a command. Every help text has both languages:
//! `dansk | English`.

mod account;
mod audit;
mod compare;
mod count;
mod explain;
mod extract;
mod forecast;
mod initiatives;
mod reconcile;
mod report;
mod rules;
mod run;
mod series;
mod shared;
mod suspects;
mod worklist;

pub(crate) use account::{
    AccountArguments, AnswerArguments, KeyFor, Profile, SignArguments, SignCommand,
    SignKeyArguments, SignRulesArguments, UseLogArguments, VerifyArguments,
};
pub(crate) use audit::{AuditArguments, AuditCommand, ReadArguments, SampleArguments};
pub(crate) use compare::{CompareArguments, CompareFormat};
pub(crate) use count::{CountArguments, Every};
pub(crate) use explain::ExplainArguments;
pub(crate) use extract::{
    ExtractArguments, ExtractCheckArguments, ExtractCommand, ExtractDescribeArguments,
    ExtractDraftArguments,
};
pub(crate) use forecast::ForecastArguments;
pub(crate) use initiatives::InitiativesArguments;
pub(crate) use reconcile::ReconcileArguments;
pub(crate) use report::ReportArguments;
pub(crate) use rules::{
    CheckArguments, CoverageArguments, CoverageFormat, FmtArguments, Format, MutateFormat,
    TestArguments,
};
pub(crate) use run::RunArguments;
pub(crate) use series::{Rhythmic, SeriesArguments};
pub(crate) use shared::{
    BookArguments, CountFormat, CsvFor, DataArguments, DayArguments, ReadingArguments,
    WindowArguments,
};
pub(crate) use suspects::SuspectsArguments;
pub(crate) use worklist::WorklistArguments;

use clap::{ArgAction, Args, Parser, Subcommand};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "hjemmel",
    version,
    about = "Kontrollerer regler, og bedømmer sager efter dem | Checks rules, and judges cases by them",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[arg(long, global = true, display_order = 1000, value_name = "da|en", value_parser = ["da", "en"], hide_possible_values = true,
        help = "Sprog i meddelelser | Language of messages")]
    pub(crate) lang: Option<String>,
    #[arg(long, short, global = true, display_order = 1001, action = ArgAction::Help, help = "Vis hjælp | Show help")]
    help: Option<bool>,
    #[arg(long, short = 'V', action = ArgAction::Version, help = "Vis version | Show the version")]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = "Kontrollér regler | Check rules")]
    Check(CheckArguments),
    #[command(about = "Bedøm alle sager i et udtræk | Judge all cases of an extract")]
    Run(RunArguments),
    #[command(
        about = "Tæl tilstande i et stort udtræk, på en dag eller over tid | Count states in a large extract, on a day or over time"
    )]
    Count(CountArguments),
    #[command(about = "Skriv målingerne uge for uge | Write the measures week by week")]
    Series(SeriesArguments),
    #[command(
        about = "Afstem to udtræk om de samme personer | Reconcile two extracts about the same persons"
    )]
    Reconcile(ReconcileArguments),
    #[command(
        about = "Sammenlign to udgaver af reglerne: hvem får et andet svar, og hvorfor | Compare two versions of the rules: who gets another answer, and why"
    )]
    Compare(CompareArguments),
    #[command(about = "Skriv listen over sager at handle på | Write the list of cases to act on")]
    Worklist(WorklistArguments),
    #[command(
        about = "Fremskriv målinger, hvis intet nyt registreres | Forecast measures if nothing new is registered"
    )]
    Forecast(ForecastArguments),
    #[command(
        about = "Gør initiativerne op: målgruppe, deltagere og deres tal før og nu | Count the initiatives: target group, participants, and their figures then and now"
    )]
    Initiatives(InitiativesArguments),
    #[command(
        about = "Skriv notatet: tal, årsager og plan, til underskrift | Write the memo: figures, causes and plan, to be signed"
    )]
    Report(ReportArguments),
    #[command(about = "Begrund afgørelsen i én sag | Explain the answer for one case")]
    Explain(ExplainArguments),
    #[command(
        about = "Find sandsynlige registreringsfejl bag dårlige svar | Find likely registration errors behind bad answers"
    )]
    Suspects(SuspectsArguments),
    #[command(
        about = "Lad folk gennemgå en stikprøve af svarene, og se, hvor enige de er | Let people review a sample of the answers, and see how well they agree"
    )]
    Audit(AuditArguments),
    #[command(
        about = "Kør en kørsel igen efter dens manifest, og sammenlign | Carry a run out again from its manifest, and compare"
    )]
    Verify(VerifyArguments),
    #[command(about = "Skriv under på regler | Sign rules")]
    Sign(SignArguments),
    #[command(
        about = "Vis en borger, hvem der har brugt oplysningerne | Show a citizen who has used the data"
    )]
    UseLog(UseLogArguments),
    #[command(about = "Kør reglernes eksempler | Run the examples of rules")]
    Test(TestArguments),
    #[command(
        about = "Vis, hvilke regler og eksempler hver bestemmelse i registrene har | Show which rules and examples each provision of the registers has"
    )]
    Coverage(CoverageArguments),
    #[command(
        about = "Skriv regelfiler i fast form, eller oversæt dem | Write rule files in canonical form, or translate them"
    )]
    Fmt(FmtArguments),
    #[command(about = "Undersøg et udtræk | Examine an extract")]
    Extract(ExtractArguments),
    #[command(about = "Kør sprogserveren for en editor | Run the language server for an editor")]
    Lsp(LspArguments),
    #[command(about = "Skriv fuldførelse til en skal | Print completions for a shell")]
    Completions(CompletionsArguments),
}

impl Command {
    /// How the run is accounted for, of a command that gives answers.
    pub(crate) fn account(&self) -> Option<&AccountArguments> {
        match self {
            Self::Run(it) => Some(&it.account),
            Self::Count(it) => Some(&it.account),
            Self::Series(it) => Some(&it.account),
            Self::Reconcile(it) => Some(&it.account),
            Self::Compare(it) => Some(&it.account),
            Self::Worklist(it) => Some(&it.account),
            Self::Forecast(it) => Some(&it.account),
            Self::Initiatives(it) => Some(&it.account),
            Self::Report(it) => Some(&it.account),
            Self::Suspects(it) => Some(&it.account),
            Self::Audit(it) => Some(match &it.command {
                AuditCommand::Sample(it) => &it.account,
                AuditCommand::Read(it) => &it.account,
            }),
            Self::Check(_)
            | Self::Explain(_)
            | Self::Verify(_)
            | Self::Sign(_)
            | Self::UseLog(_)
            | Self::Test(_)
            | Self::Coverage(_)
            | Self::Fmt(_)
            | Self::Extract(_)
            | Self::Lsp(_)
            | Self::Completions(_) => None,
        }
    }
}

impl Command {
    /// What is asked of every command that gives answers.
    pub(crate) fn answer(&self) -> Option<&AnswerArguments> {
        match self {
            Self::Explain(it) => Some(&it.answer),
            _ => self.account().map(|account| &account.answer),
        }
    }
}

/// How large a rule file the language server reads.
#[derive(Debug, Args)]
pub(crate) struct LspArguments {
    #[arg(
        long,
        value_name = "ANTAL",
        help = "Flest linjer i en regelfil (20.000) | The most lines of a rule file (20,000)"
    )]
    pub(crate) max_lines: Option<usize>,
    #[arg(
        long,
        value_name = "ANTAL",
        help = "Flest byte i en regelfil (1.048.576) | The most bytes of a rule file (1,048,576)"
    )]
    pub(crate) max_bytes: Option<usize>,
}

/// `hjemmel completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    #[arg(
        value_name = "SKAL",
        help = "bash, elvish, fish, powershell eller zsh | bash, elvish, fish, powershell or zsh",
        hide_possible_values = true
    )]
    pub(crate) shell: clap_complete::Shell,
}
