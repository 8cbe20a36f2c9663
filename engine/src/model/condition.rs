//! Conditions, resolved.

use super::{
    AssessmentId, Basis, ClassificationId, DutyId, DutyState, FieldId, ParameterId, TableId, TermId,
};
use crate::case::Value;
use crate::time::{Day, Length};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{Edge, Order, Side};

/// A position in [`super::Model::conditions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConditionId(pub usize);

/// A condition and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Where.
    pub site: Site,
}

/// What a condition says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// Could not be resolved (a diagnostic says why): unknown on every day.
    Unreadable,
    /// Some row of the table that covers the day meets the filter; with duration tests, the spells
    /// of such rows that pass them.
    Rows {
        /// The table.
        table: TableId,
        /// What one and the same row must meet.
        filter: RowCondition,
        /// What the merged spells must meet.
        durations: Vec<DurationTest>,
    },
    /// Whole years since the date of birth in this field of this `stamdata` table.
    Age {
        /// The table.
        table: TableId,
        /// The field.
        field: FieldId,
        /// How it is compared.
        order: Order,
        /// With what.
        years: u32,
    },
    /// The term holds, by its version in force.
    Term(TermId),
    /// A decision `ja` covers the day and is not past its reassessment date; with a filter, one
    /// whose row meets it.
    Assessed {
        /// The assessment.
        assessment: AssessmentId,
        /// What its row must meet besides.
        filter: RowCondition,
    },
    /// The duty has one of these states.
    DutyIs(DutyId, Vec<DutyState>),
    /// The classification has one of these states, by their names (versions may differ in order).
    ClassifiedAs(ClassificationId, Vec<String>),
    /// A yes/no parameter.
    Parameter(ParameterId),
    /// All hold.
    All(Vec<ConditionId>),
    /// One holds.
    Any(Vec<ConditionId>),
    /// At least so many hold.
    AtLeast(u32, Vec<ConditionId>),
    /// It does not hold.
    Not(ConditionId),
    /// The last exception that holds decides, else the base.
    Except {
        /// The base.
        base: ConditionId,
        /// The exceptions in the order written.
        exceptions: Vec<Exception>,
    },
    /// `A i mindst D`
    HeldFor(ConditionId, LengthValue),
    /// `A inden for de seneste D`
    Within(ConditionId, LengthValue),
    /// `A i alt mindst D inden for de seneste E`
    TotalWithin {
        /// A.
        condition: ConditionId,
        /// D, of days or weeks.
        total: LengthValue,
        /// E.
        window: LengthValue,
    },
    /// `A afbrudt højst D`
    Bridged(ConditionId, LengthValue),
    /// `A afbrudt af en kalendermåned`
    BridgedMonth(ConditionId),
    /// `A i hele uger`
    WholeWeeks(ConditionId),
    /// `højst D efter A begynder`
    Near(LengthValue, Anchor),
    /// `A kendt pr. D`
    KnownOn(ConditionId, Literal<Day>),
}

/// A value that is written out or a parameter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Literal<T> {
    /// Written out.
    Fixed(T),
    /// The parameter's value in force.
    Parameter(ParameterId),
}

/// A length of time, written out or a parameter's.
pub type LengthValue = Literal<Length>;

/// `efter A begynder`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// A.
    pub condition: ConditionId,
    /// Its first or its last day.
    pub edge: Edge,
    /// After or before.
    pub side: Side,
}

/// `dog ikke når B`, `dog også når B`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exception {
    /// What the condition is when B holds.
    pub holds: bool,
    /// B.
    pub when: ConditionId,
    /// Its own basis.
    pub basis: Option<Basis>,
}

/// A test of the duration of a spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DurationTest {
    /// How it is compared.
    pub order: Order,
    /// With what.
    pub length: LengthValue,
}

/// A condition on one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowCondition {
    /// All hold; of none: every row.
    All(Vec<RowCondition>),
    /// One holds.
    Any(Vec<RowCondition>),
    /// At least so many hold.
    AtLeast(u32, Vec<RowCondition>),
    /// It does not hold.
    Not(Box<RowCondition>),
    /// A test of one field.
    Field(FieldId, RowTest),
}

/// A link of a condition on rows, and where it stands: for those who speak of what is written. The
/// meaning is in the [`ConditionKind`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowLink {
    /// Where.
    pub site: Site,
    /// What it says.
    pub says: RowLinkKind,
}

/// What a link of a condition on rows says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowLinkKind {
    /// Of a row.
    Row(RowCondition),
    /// Of the merged spells of the rows that meet the other links.
    Duration(DurationTest),
}

/// A test of a field's value; unknown if the value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowTest {
    /// It is one of these.
    OneOf(Vec<Value>),
    /// It compares so with this value (number or date).
    Ordered(Order, Literal<Bound>),
}

/// A number (in thousandths) or a date to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// Thousandths.
    Number(i64),
    /// A date.
    Date(Day),
}

impl ConditionKind {
    /// The conditions that this one is made of.
    #[must_use]
    pub fn operands(&self) -> Vec<ConditionId> {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => parts.clone(),
            Self::Not(part)
            | Self::HeldFor(part, _)
            | Self::Within(part, _)
            | Self::TotalWithin {
                condition: part, ..
            }
            | Self::Bridged(part, _)
            | Self::BridgedMonth(part)
            | Self::WholeWeeks(part)
            | Self::KnownOn(part, _) => vec![*part],
            Self::Near(_, anchor) => vec![anchor.condition],
            Self::Except { base, exceptions } => {
                let exceptions = exceptions.iter().map(|exception| exception.when);
                [*base].into_iter().chain(exceptions).collect()
            }
            Self::Unreadable
            | Self::Rows { .. }
            | Self::Age { .. }
            | Self::Term(_)
            | Self::Assessed { .. }
            | Self::DutyIs(..)
            | Self::ClassifiedAs(..)
            | Self::Parameter(_) => Vec::new(),
        }
    }
}
