//! What may stand after `hjemmel explain`.

use super::account::AnswerArguments;
use super::shared::{
    CaseArguments, DataArguments, DayArguments, OverrideArguments, RulesArguments,
};
use clap::Args;

/// `hjemmel explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) rules: RulesArguments,
    #[command(flatten)]
    pub(crate) data: DataArguments,
    #[command(flatten)]
    pub(crate) one: CaseArguments,
    #[command(flatten)]
    pub(crate) day: DayArguments,
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
    #[command(flatten)]
    pub(crate) decided: OverrideArguments,
    #[command(flatten)]
    pub(crate) answer: AnswerArguments,
}
