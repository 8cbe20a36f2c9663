//! What may stand on the command line. Every help text has both languages: `dansk | English`.

mod reconcile;
mod series;

pub(crate) use reconcile::ReconcileArguments;
pub(crate) use series::{Rhythmic, SeriesArguments};

use crate::audit::AuditArguments;
use crate::suspects::SuspectsArguments;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

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

/// `hjemmel run`
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "DATO",
        required_unless_present = "timeline",
        conflicts_with = "timeline",
        help = "Dagen, der bedømmes: 2017-07-31 | The day that is judged: 2017-07-31"
    )]
    pub(crate) as_of: Option<String>,
    #[arg(
        long,
        requires = "from",
        requires = "to",
        help = "Bedøm alle dage fra --from til --to | Judge every day from --from to --to"
    )]
    pub(crate) timeline: bool,
    #[arg(
        long,
        value_name = "DATO",
        requires = "timeline",
        help = "Første dag | First day"
    )]
    pub(crate) from: Option<String>,
    #[arg(
        long,
        value_name = "DATO",
        requires = "timeline",
        help = "Sidste dag | Last day"
    )]
    pub(crate) to: Option<String>,
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv en række pr. sag og regel: .csv, .json, .parquet eller .arrow | Write a row for each case and rule: .csv, .json, .parquet or .arrow"
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
        help = "Slut med kode 1, hvis nogen er ukendt | End with code 1 if anyone is unknown"
    )]
    pub(crate) fail_on_unknown: bool,
}

/// `hjemmel count`
#[derive(Debug, Args)]
pub(crate) struct CountArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "DATO",
        required_unless_present = "from",
        conflicts_with_all = ["from", "to", "every"],
        help = "Dagen, der tælles på: 2017-07-31 | The day that is counted on: 2017-07-31"
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
    #[arg(
        long,
        value_enum,
        requires = "from",
        value_name = "day|week|month",
        hide_possible_values = true,
        help = "Tæl hver dag (ellers), hver mandag eller den 1. i hver måned | Count every day (the default), every Monday or the 1st of every month"
    )]
    pub(crate) every: Option<Every>,
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
    #[arg(
        long,
        value_name = "FIL",
        help = "Skriv alles daterede tilstande: .csv, .parquet eller .arrow | Write everyone's dated states: .csv, .parquet or .arrow"
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
        value_enum,
        default_value = "text",
        value_name = "FORMAT",
        hide_possible_values = true,
        hide_default_value = true,
        help = "text (ellers), csv eller json | text (the default), csv or json"
    )]
    pub(crate) format: CountFormat,
}

/// The days of a window that are counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Every {
    Day,
    Week,
    Month,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountFormat {
    Text,
    Csv,
    Json,
}

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
    #[arg(
        long,
        value_name = "DATO",
        required_unless_present = "from",
        conflicts_with_all = ["from", "to"],
        help = "Dagen, der sammenlignes på: 2017-07-31 | The day that is compared on: 2017-07-31"
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
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    Text,
    Json,
    Csv,
    Github,
}

/// `hjemmel worklist`
#[derive(Debug, Args)]
pub(crate) struct WorklistArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der bedømmes: 2017-07-31 | The day that is judged: 2017-07-31"
    )]
    pub(crate) as_of: String,
    #[arg(
        long,
        value_name = "ANTAL",
        default_value_t = 4,
        hide_default_value = true,
        value_parser = clap::value_parser!(u16).range(0..=520),
        help = "Så mange uger ses der frem (4) | How many weeks to look ahead (4)"
    )]
    pub(crate) weeks: u16,
    #[arg(
        long,
        value_name = "NAVN",
        help = "Opdeling, der giver årsagen | Classification that gives the cause"
    )]
    pub(crate) cause: Option<String>,
    #[arg(
        long,
        value_name = "FIL",
        conflicts_with = "since_known",
        help = "Sammenlign med en tidligere liste eller kørsel: .json eller .csv fra --out | Compare with an earlier list or run: .json or .csv of --out"
    )]
    pub(crate) since: Option<PathBuf>,
    #[arg(
        long,
        value_name = "DATO",
        help = "Sammenlign med, hvad der var registreret denne dag | Compare with what was registered by this day"
    )]
    pub(crate) since_known: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArguments,
}

/// `hjemmel forecast`
#[derive(Debug, Args)]
pub(crate) struct ForecastArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der kendes: 2017-07-31 | The day that is known: 2017-07-31"
    )]
    pub(crate) as_of: String,
    #[arg(
        long,
        value_name = "DATO",
        required_unless_present = "by",
        help = "Sidste dag, der ses frem til | The last day to look ahead to"
    )]
    pub(crate) until: Option<String>,
    #[arg(
        long = "measure",
        value_name = "NAVN",
        help = "Måling, der fremskrives (kan gentages; ellers alle) | Measure to forecast (may be repeated; all by default)"
    )]
    pub(crate) measures: Vec<String>,
    #[arg(
        long,
        value_name = "PROCENT",
        requires = "by",
        requires = "start",
        help = "Målet for andelen: \"højst 0\", \"mindst 80\" | The target of the share: \"at most 0\", \"at least 80\""
    )]
    pub(crate) target: Option<String>,
    #[arg(
        long,
        value_name = "DATO",
        requires = "target",
        help = "Dagen, målet skal være nået | The day by which the target is to be reached"
    )]
    pub(crate) by: Option<String>,
    #[arg(
        long,
        value_name = "RÆKKE",
        requires = "target",
        help = "Det, der begyndes, som en række i et eksempel, uden dage: \"indsats løntilskud, igang\" | What is begun, as a row of an example, without days: \"indsats løntilskud, igang\""
    )]
    pub(crate) start: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArguments,
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

/// `hjemmel explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
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
    #[arg(
        long,
        value_name = "DATO",
        help = "Dagen, der bedømmes: 2017-07-31 | The day that is judged: 2017-07-31"
    )]
    pub(crate) as_of: String,
    #[arg(
        long,
        help = "Vis alle led, også i regler der ikke gælder personen | Show all links, also of rules that do not cover the person"
    )]
    pub(crate) full: bool,
    #[arg(
        long = "rule",
        value_name = "NAVN",
        help = "Kun denne regel (kan gentages) | Only this rule (may be repeated)"
    )]
    pub(crate) only: Vec<String>,
    #[arg(
        long,
        value_name = "RÆKKE",
        help = "Vis også svaret med denne række, skrevet som i et eksempel (kan gentages) | Show the answer with this row too, written as in an example (may be repeated)"
    )]
    pub(crate) with: Vec<String>,
    #[arg(
        long,
        value_name = "STED",
        help = "Vis også svaret uden rækken på dette sted, f.eks. indsats.csv:12 (kan gentages) | Show the answer without the row at this place too, such as indsats.csv:12 (may be repeated)"
    )]
    pub(crate) without: Vec<String>,
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
