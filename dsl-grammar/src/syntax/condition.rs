//! Conditions, and the values in them, as written.

use super::{Anchor, Basis, Date, Length, Name, Quoted};
use crate::span::Span;
use std::cmp::Ordering;

/// One or two names joined by a full stop: `ydelse.art`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The first name.
    pub head: Name,
    /// The name after the full stop.
    pub field: Option<Name>,
}

impl Path {
    /// The whole path's place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.field
            .as_ref()
            .map_or(self.head.span, |field| self.head.span.to(field.span))
    }
}

/// A value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A bare word: an enumerated value, a state, or a parameter. The states of a duty are
    /// keywords; here they stand by their Danish name in either language.
    Name(Name),
    /// A number in thousandths: `1,5` is 1500.
    Number(i64, Span),
    /// A date.
    Date(Date),
    /// A length of time with a unit.
    Length(Length),
    /// `ja` or `nej`
    YesNo(bool, Span),
    /// A text in quotes.
    Text(Quoted),
}

impl Literal {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Name(name) | Self::Length(Length::Parameter(name)) => name.span,
            Self::Number(_, span)
            | Self::YesNo(_, span)
            | Self::Length(Length::Fixed { span, .. }) => *span,
            Self::Date(date) => date.span,
            Self::Text(text) => text.span,
        }
    }
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Order {
    /// `er mindst`
    AtLeast,
    /// `er højst`
    AtMost,
    /// `er under`; of dates `er før`
    Under,
    /// `er over`; of dates `er efter`
    Over,
}

impl Order {
    /// Whether a value that compares like this with the bound meets it.
    #[must_use]
    pub fn holds(self, compared: Ordering) -> bool {
        match self {
            Self::AtLeast => compared.is_ge(),
            Self::AtMost => compared.is_le(),
            Self::Under => compared.is_lt(),
            Self::Over => compared.is_gt(),
        }
    }
}

/// What a subject is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `er X`, `er ikke X`, `er en af X, Y`, `er ikke en af X, Y`
    OneOf {
        /// One or more values.
        values: Vec<Literal>,
        /// `er ikke`
        negated: bool,
    },
    /// `er mindst 2`
    Ordered(Order, Literal),
}

/// A condition as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Where, parentheses included.
    pub span: Span,
}

/// What a condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// `ydelse.art er kontanthjælp`, `opfølgning er uden_indsats`, in a row `art er …`
    Is {
        /// Whose value.
        subject: Path,
        /// Compared how.
        comparison: Comparison,
    },
    /// `alder er under 30`: whole years
    Age(Order, u32),
    /// `varighed er mindst 2 uger` (only as a link of a row condition)
    Duration(Order, Length),
    /// A bare name: a term, an assessment, or a table (some row covers the day)
    Name(Path),
    /// `indsats hvor …`
    Where {
        /// The table.
        table: Name,
        /// The condition on one and the same row.
        filter: Box<Condition>,
    },
    /// `ikke A`
    Not(Box<Condition>),
    /// `A og B og C`, `alle af:`
    All(Vec<Condition>),
    /// `A eller B`, `mindst én af:`
    Any(Vec<Condition>),
    /// `ingen af:`
    None(Vec<Condition>),
    /// `mindst N af:` with N at least 2
    AtLeast(u32, Vec<Condition>),
    /// `A dog ikke når B`, `… dog også når C`: the last exception that holds decides
    Except {
        /// The rule.
        base: Box<Condition>,
        /// Its exceptions in the order written.
        exceptions: Vec<Exception>,
    },
    /// `A i mindst D`
    HeldFor(Box<Condition>, Length),
    /// `A inden for de seneste D`
    Within(Box<Condition>, Length),
    /// `A i alt mindst D inden for de seneste D`
    TotalWithin {
        /// The condition.
        condition: Box<Condition>,
        /// How much in all; days or weeks.
        total: Length,
        /// The window.
        window: Length,
    },
    /// `A afbrudt højst D`
    Bridged(Box<Condition>, Length),
    /// `A afbrudt af en kalendermåned`
    BridgedMonth(Box<Condition>),
    /// `A i hele uger`
    WholeWeeks(Box<Condition>),
    /// `højst D efter A begynder`: the days at most D after (before) the first (last) day of a run
    Near {
        /// How near.
        length: Length,
        /// To what.
        anchor: Box<Anchor>,
    },
    /// `A kendt pr. D`; a date or the name of a parameter
    KnownOn(Box<Condition>, Literal),
}

/// `dog ikke når B` or `dog også når C`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// `også`: the condition holds after all; else it does not.
    pub holds: bool,
    /// When.
    pub when: Condition,
    /// The basis at the end of the line.
    pub basis: Option<Basis>,
}
