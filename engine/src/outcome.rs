//! What comes out: states with ground, basis, due dates and missing facts.

use crate::case::Source;
use crate::model::{Basis, DutyState, FieldId, Subject, TableId};
use crate::time::{Day, Period, Truth};

/// The state of a rule on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Of a duty.
    Duty(DutyState),
    /// Of a classification: the name of its branch.
    Branch(String),
    /// Of a classification whose branch is unknown.
    UnknownBranch,
    /// Of a term, an assessment or a warning.
    Truth(Truth),
}

impl State {
    /// The Danish name, as in rules and result files.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Duty(state) => state.name(),
            Self::Branch(name) => name,
            Self::UnknownBranch | Self::Truth(Truth::Unknown) => "ukendt",
            Self::Truth(Truth::Yes) => "ja",
            Self::Truth(Truth::No) => "nej",
        }
    }

    /// Whether the state is `ukendt`.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::Duty(DutyState::Unknown) | Self::UnknownBranch | Self::Truth(Truth::Unknown)
        )
    }
}

/// A run of days on which a rule gives a case one and the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRun {
    /// The days.
    pub days: Period,
    /// The state.
    pub state: State,
    /// The last timely day, where the duty's clock gives one: bounds that are equal when nothing
    /// unknown can move it.
    pub due: Option<Due>,
    /// What the state rests on besides the rule's own basis: the exemptions, suspensions,
    /// fulfilments, assessments or the branch that decided.
    pub grounds: Vec<Ground>,
    /// What the rule rests on. Empty only for a warning without a basis.
    pub basis: Option<Basis>,
    /// The facts that are missing, where the state is `ukendt`.
    pub missing: Vec<MissingFact>,
}

/// The earliest and the latest day that the last timely day can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Due {
    /// The earliest.
    pub earliest: Day,
    /// The latest.
    pub latest: Day,
}

impl Due {
    /// The due date, if it is certain.
    #[must_use]
    pub fn certain(self) -> Option<Day> {
        (self.earliest == self.latest).then_some(self.earliest)
    }
}

/// Something that decided a state, by its name, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The name of the exemption, suspension, term, assessment or branch.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What it rests on.
    pub basis: Option<Basis>,
}

/// A fact whose absence makes an answer unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MissingFact {
    /// The register is not complete on the day, and has no row that covers it.
    NoRow {
        /// The register.
        table: TableId,
    },
    /// A field of a row is blank or unreadable.
    Value {
        /// The table.
        table: TableId,
        /// The field.
        field: FieldId,
        /// The row.
        source: Source,
    },
    /// The first day of a row is unknown.
    Start {
        /// The table.
        table: TableId,
        /// The row.
        source: Source,
    },
    /// The last day of a row is unknown.
    End {
        /// The table.
        table: TableId,
        /// The row.
        source: Source,
    },
    /// It is not known when a row was registered, and so whether it counts.
    Registered {
        /// The table.
        table: TableId,
        /// The row.
        source: Source,
    },
    /// Two rows contradict each other.
    Contradiction {
        /// The table.
        table: TableId,
        /// The later row.
        source: Source,
    },
    /// A rule has no version in force.
    NoVersion {
        /// Its name.
        rule: String,
    },
}

/// The answer of one rule for one case on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The rule.
    pub subject: Subject,
    /// The state on the day, with what it rests on.
    pub run: StateRun,
    /// The first day of the unbroken run of the state, looking back (each day by what it could
    /// know). `None` if it reaches back to the first day that is judged.
    pub since: Option<Day>,
    /// The last day of the state if nothing new is registered. `None` if it never ends.
    pub until: Option<Day>,
}
