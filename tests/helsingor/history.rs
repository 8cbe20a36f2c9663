//! One person's rows, as they are written.

use super::calendar::{AFTER_THE_LIST, BEFORE_THE_LIST, EXTRACTED, MEASURED, plus, working_day};
use super::people::Person;
use super::profiles::{Effort, Member, Story, Twist};
use chrono::NaiveDate;
use hjemmel_tests::random::Random;

/// A table of the extract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Person,
    Benefit,
    Visitation,
    Effort,
    Absence,
    Imminent,
    Cause,
    Talk,
    ExceptionalCase,
    CannotTakePart,
    OtherCircumstances,
    Departure,
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) table: Table,
    pub(crate) from: NaiveDate,
    /// `None` is "still".
    pub(crate) to: Option<NaiveDate>,
    pub(crate) values: Vec<String>,
    pub(crate) registered: NaiveDate,
}

/// First and last day; no last day is "still".
pub(crate) type Span = (NaiveDate, Option<NaiveDate>);

/// One person: who, and every row so far.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) member: Member,
    pub(crate) person: Person,
    pub(crate) random: Random,
    /// Days without benefit between the first and the last day on it, in order.
    pub(crate) gaps: Vec<(NaiveDate, NaiveDate)>,
    pub(crate) rows: Vec<Row>,
}

impl History {
    /// Adds a row that was entered on that day.
    pub(crate) fn put(&mut self, table: Table, span: Span, values: &[&str], registered: NaiveDate) {
        self.rows.push(Row {
            table,
            from: span.0,
            to: span.1,
            values: values.iter().map(ToString::to_string).collect(),
            registered,
        });
    }

    /// Adds a row that was entered as rows are: see [`History::entered`].
    pub(crate) fn add(&mut self, table: Table, span: Span, values: &[&str]) {
        let registered = self.entered(span.0);
        self.put(table, span, values, registered);
    }

    /// When something that begins on that day is entered: within days, now and then weeks later.
    /// What began by the measured day is there when the list is drawn.
    pub(crate) fn entered(&mut self, from: NaiveDate) -> NaiveDate {
        let delay = match self.random.chance(4) {
            true => self.random.between(14, 50),
            false => self.random.between(0, 5),
        };
        let latest = match from <= MEASURED {
            true => BEFORE_THE_LIST,
            false => EXTRACTED,
        };
        working_day(plus(from, delay)).min(latest)
    }

    /// A day between the list and the memo.
    pub(crate) fn entered_late(&mut self) -> NaiveDate {
        working_day(self.random.day(AFTER_THE_LIST, EXTRACTED))
    }

    /// Whether the days overlap a time without benefit.
    pub(crate) fn in_a_gap(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.gaps.iter().any(|gap| gap.0 <= to && from <= gap.1)
    }

    /// Whether this is the person's twist.
    pub(crate) fn has(&self, twist: Twist) -> bool {
        self.member.twist == Some(twist)
    }

    /// Whether nothing in the story depends on single days, so that chance may add to it.
    pub(crate) fn ordinary(&self) -> bool {
        let counted = matches!(
            self.member.story,
            Story::Exempt(_) | Story::Misregistered(_) | Story::Active(Effort::OneHourAWeek)
        );
        !counted && self.member.twist.is_none()
    }
}
