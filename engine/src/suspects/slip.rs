//! What can have gone wrong when a row was registered: data, which the search is given.

use crate::case::Value;
use crate::model::{FieldId, TableId};
use hjemmel_grammar::diagnostic::Text;

/// Everything that is looked for, and how much the habits of a register may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slips {
    /// The kinds of slips.
    pub kinds: Vec<Slip>,
    /// The most points, up or down, for how usual the weekday of a date is.
    pub weekday: i32,
    /// The most points, up or down, for how usual it is that a row lasts so many days.
    pub length: i32,
    /// The most points, up or down, for how usual it is to register a row so many days after its
    /// first day.
    pub delay: i32,
}

/// One kind of slip, and how plausible it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Its name in result files.
    pub name: String,
    /// What it is, in a few words.
    pub title: Text,
    /// The table in whose rows it may have happened.
    pub table: TableId,
    /// What was written in place of what.
    pub what: What,
    /// Points of the slip, in tenths of a power of ten: ten points more are ten times as plausible.
    pub points: i32,
    /// Points for every day beyond the first that a date is off. Nothing but [`What::Days`] has it.
    pub per_day: i32,
}

/// What a slip put in place of the right thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Another value of a field.
    Value {
        /// The field.
        field: FieldId,
        /// What stands there.
        from: Vec<Value>,
        /// What should have stood there.
        to: Value,
        /// Only in rows whose first day has come.
        begun: bool,
    },
    /// A day so many days off, at most.
    Days(Edge, i32),
    /// The same day of the month before or after.
    Month(Edge),
    /// The same date of the year before or after.
    Year(Edge),
    /// Day and month in the wrong order: 3 August for 8 March.
    Swapped(Edge),
    /// The two digits of the day in the wrong order: the 13th for the 31st.
    Digits(Edge),
    /// No end, though the register goes on with another row.
    NoEnd,
}

/// Which of a row's days were mistaken. The day of an event is [`Edge::Both`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The first.
    First,
    /// The last.
    Last,
    /// Both, by the same step.
    Both,
}
