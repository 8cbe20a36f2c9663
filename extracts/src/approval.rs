//! Whether the rules of a result were approved: said once, and shown wherever a result names what it rests on.

use hjemmel_grammar::diagnostic::Text;

/// Who has approved the rules of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "approval", rename_all = "lowercase")]
pub enum Approval {
    /// Two signatures were not asked for: what comes out is a draft.
    #[default]
    Draft,
    /// Enough approvers have signed the rule set.
    Approved {
        /// Their names.
        approved_by: Vec<String>,
    },
}

impl Approval {
    /// Whether it is a draft.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        matches!(self, Self::Draft)
    }

    /// As a line of its own.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Draft => Text::new(
                "Udkast: reglerne er brugt uden to godkenderes underskrift",
                "Draft: the rules were used without the signatures of two approvers",
            ),
            Self::Approved { approved_by } => {
                let names: Vec<String> = approved_by
                    .iter()
                    .map(|name| crate::hide::escaped(name))
                    .collect();
                Text::new(
                    format!("Reglerne er godkendt af {}", names.join(" og ")),
                    format!("The rules were approved by {}", names.join(" and ")),
                )
            }
        }
    }
}
