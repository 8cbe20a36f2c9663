//! Trees that move: every span of a declaration counted from another place.
//!
//! Every part is taken apart in full, so that a new field cannot be forgotten.

use super::{
    Anchor, Basis, BasisKind, Branch, Clause, ClauseKind, Comparison, Condition, ConditionKind,
    CountedFrom, Date, Deadline, DeadlineException, Declaration, Exception, Expectation, Expected,
    ExpectedDays, FieldType, Fulfilment, GivenItem, GivenRow, Length, Literal, Name, Next, Path,
    Provision, Quoted, Restart,
};
use crate::span::Span;

impl Declaration {
    /// Moves it: its spans count from a place that lies `by` bytes before.
    pub(crate) fn shift(&mut self, by: u32) {
        if by != 0 {
            Shift::shift(self, by);
        }
    }
}

trait Shift {
    fn shift(&mut self, by: u32);
}

impl Shift for Span {
    fn shift(&mut self, by: u32) {
        *self = self.shifted(by);
    }
}

impl<T: Shift> Shift for Option<T> {
    fn shift(&mut self, by: u32) {
        if let Some(part) = self {
            part.shift(by);
        }
    }
}

impl<T: Shift> Shift for Vec<T> {
    fn shift(&mut self, by: u32) {
        for part in self {
            part.shift(by);
        }
    }
}

impl<T: Shift> Shift for Box<T> {
    fn shift(&mut self, by: u32) {
        self.as_mut().shift(by);
    }
}

/// A struct: the parts that have spans, and those that have none.
macro_rules! shift_struct {
    ($($name:ident { $($part:ident),* $(; $($plain:ident),*)? })*) => {$(
        impl Shift for $name {
            fn shift(&mut self, by: u32) {
                let Self { $($part,)* $($($plain: _,)*)? } = self;
                $($part.shift(by);)*
            }
        }
    )*};
}

shift_struct! {
    Name { span; text }
    Quoted { span; text }
    Date { span; year, month, day }
    Declaration { keyword, name, title, targets, clauses, span; kind, summary, broken }
    Clause { kind, span }
    CountedFrom { condition, restarts }
    Restart { begins, basis }
    Deadline { length, anchor, exceptions }
    DeadlineException { length, when, basis }
    Anchor { condition; edge, side }
    Fulfilment { by, when, then, exceptions, basis }
    Branch { state, title, when, basis }
    Basis { kind, span }
    Provision { span; act, paragraph, chapter, stk, nr, litra, pkt }
    Path { head, field }
    Condition { kind, span }
    Exception { when, basis; holds }
    GivenRow { table, items, span }
    Expectation { subject, expected, days, span }
}

impl Shift for Length {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Fixed {
                count: _,
                unit: _,
                span,
            } => span.shift(by),
            Self::Parameter(name) => name.shift(by),
        }
    }
}

impl Shift for ClauseKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Basis { basis, from, to } => {
                basis.shift(by);
                from.shift(by);
                to.shift(by);
            }
            Self::Validity { from, to }
            | Self::Edition {
                reference: _,
                from,
                to,
            } => {
                from.shift(by);
                to.shift(by);
            }
            Self::Unverified { why, from, to } => {
                why.shift(by);
                from.shift(by);
                to.shift(by);
            }
            Self::When(condition)
            | Self::Scope(condition)
            | Self::Count(condition)
            | Self::OutOf(condition) => condition.shift(by),
            Self::CountedFrom(counted) => counted.shift(by),
            Self::Deadline(deadline) => deadline.shift(by),
            Self::FulfilledBy(fulfilment) => fulfilment.shift(by),
            Self::TimelyInWeek { basis } => basis.shift(by),
            Self::OnEntry {
                length,
                at_most,
                basis,
            } => {
                length.shift(by);
                at_most.shift(by);
                basis.shift(by);
            }
            Self::RequiresAssessment {
                assessment,
                when,
                basis,
            } => {
                assessment.shift(by);
                when.shift(by);
                basis.shift(by);
            }
            Self::Grace(length) | Self::ReassessedAfter(length) => length.shift(by),
            Self::Branch(branch) => branch.shift(by),
            Self::SplitBy(paths) => paths.shift(by),
            Self::Limit {
                order: _,
                percent,
                basis,
            } => {
                percent.shift(by);
                basis.shift(by);
            }
            Self::Field {
                name,
                ty,
                sensitive: _,
            } => {
                name.shift(by);
                ty.shift(by);
            }
            Self::DecidedBy(names) => names.shift(by),
            Self::Value { value, from, to } => {
                value.shift(by);
                from.shift(by);
                to.shift(by);
            }
            Self::Pinned {
                begun_before,
                law_of,
            } => {
                begun_before.shift(by);
                law_of.shift(by);
            }
            Self::Given(rows) => rows.shift(by),
            Self::Expect(lines) => lines.shift(by),
            Self::KnownOn(date) => date.shift(by),
            Self::InOrder | Self::Every(_) | Self::Shape { .. } => {}
        }
    }
}

impl Shift for Next {
    fn shift(&mut self, by: u32) {
        match self {
            Self::After(length) => length.shift(by),
            Self::AtOnce(span) => span.shift(by),
        }
    }
}

impl Shift for FieldType {
    fn shift(&mut self, by: u32) {
        match self {
            Self::OneOf(values) => values.shift(by),
            Self::Number | Self::Date | Self::BirthDate | Self::YesNo | Self::Text => {}
        }
    }
}

impl Shift for BasisKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Provisions(provisions) => provisions.shift(by),
            Self::Source(source) => source.shift(by),
        }
    }
}

impl Shift for Literal {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Name(name) => name.shift(by),
            Self::Number(_, span) | Self::YesNo(_, span) => span.shift(by),
            Self::Date(date) => date.shift(by),
            Self::Length(length) => length.shift(by),
            Self::Text(text) => text.shift(by),
        }
    }
}

impl Shift for Comparison {
    fn shift(&mut self, by: u32) {
        match self {
            Self::OneOf { values, negated: _ } => values.shift(by),
            Self::Ordered(_, value) => value.shift(by),
        }
    }
}

impl Shift for ConditionKind {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Is {
                subject,
                comparison,
            } => {
                subject.shift(by);
                comparison.shift(by);
            }
            Self::Age(..) => {}
            Self::Duration(_, length) => length.shift(by),
            Self::Name(path) => path.shift(by),
            Self::Where { table, filter } => {
                table.shift(by);
                filter.shift(by);
            }
            Self::Not(part) | Self::BridgedMonth(part) | Self::WholeWeeks(part) => part.shift(by),
            Self::All(parts) | Self::Any(parts) | Self::None(parts) | Self::AtLeast(_, parts) => {
                parts.shift(by);
            }
            Self::Except { base, exceptions } => {
                base.shift(by);
                exceptions.shift(by);
            }
            Self::HeldFor(part, length)
            | Self::Within(part, length)
            | Self::Bridged(part, length) => {
                part.shift(by);
                length.shift(by);
            }
            Self::TotalWithin {
                condition,
                total,
                window,
            } => {
                condition.shift(by);
                total.shift(by);
                window.shift(by);
            }
            Self::Near { length, anchor } => {
                length.shift(by);
                anchor.shift(by);
            }
            Self::KnownOn(part, date) => {
                part.shift(by);
                date.shift(by);
            }
        }
    }
}

impl Shift for GivenItem {
    fn shift(&mut self, by: u32) {
        match self {
            Self::Value(value) => value.shift(by),
            Self::Field(name, value) => {
                name.shift(by);
                value.shift(by);
            }
            Self::From(date) | Self::To(date) | Self::On(date) | Self::Registered(date) => {
                date.shift(by);
            }
            Self::Ongoing(span) | Self::EndUnknown(span) | Self::NotComplete(span) => {
                span.shift(by);
            }
        }
    }
}

impl Shift for Expected {
    fn shift(&mut self, by: u32) {
        match self {
            Self::State(name) => name.shift(by),
            Self::Due(date) => date.shift(by),
        }
    }
}

impl Shift for ExpectedDays {
    fn shift(&mut self, by: u32) {
        match self {
            Self::On(date) => date.shift(by),
            Self::Run { from, to } => {
                from.shift(by);
                to.shift(by);
            }
        }
    }
}
