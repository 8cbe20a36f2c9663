//! What may stand after `hjemmel forecast`.

use super::account::AccountArguments;
use super::shared::{BookArguments, DataArguments, RulesArguments};
use clap::Args;

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
    #[command(flatten)]
    pub(crate) account: AccountArguments,
}
