//! The rows and expectations of an example, as written.

use super::{Date, Literal, Name};
use crate::span::Span;

/// A row of an example: `ydelse kontanthjælp fra 4. januar 2017, fortsat`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenRow {
    /// The table, or the assessment.
    pub table: Name,
    /// Its values and days.
    pub items: Vec<GivenItem>,
    /// The whole line.
    pub span: Span,
}

/// A part of an example's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenItem {
    /// A bare value: `kontanthjælp`
    Value(Literal),
    /// A field and its value: `timer_pr_uge 2`, `grund ukendt` (`None`)
    Field(Name, Option<Literal>),
    /// `fra D`
    From(Date),
    /// `til D`, `til og med D`
    To(Date),
    /// `den D` (events)
    On(Date),
    /// `fortsat`
    Ongoing(Span),
    /// `slutdato ukendt`
    EndUnknown(Span),
    /// `registreret D`
    Registered(Date),
    /// `ikke fuldstændig`: no row of this table does not mean no, in this example
    NotComplete(Span),
}

/// A line of what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The duty, classification, term, warning or assessment.
    pub subject: Name,
    /// What is expected of it.
    pub expected: Expected,
    /// On which days.
    pub days: ExpectedDays,
    /// The whole line.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `er overskredet`, `er ja`, `er ukendt` (a name in any case)
    State(Name),
    /// `har frist D`
    Due(Date),
}

/// On which days an expectation must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedDays {
    /// `den D`
    On(Date),
    /// `fra D`, `til og med D`, `fra D til og med D`: a run of days that begins and ends exactly there.
    Run {
        /// First day of the run.
        from: Option<Date>,
        /// Last day of the run.
        to: Option<Date>,
    },
}
