//! One person's rows, as they are written, and the days that the story turns on.

use super::flows::{Fate, Group, Member, Reason, monday_of};
use chrono::{Datelike, NaiveDate};
use hjemmel_tests::days::{day, plus, plus_months, working_day};
use hjemmel_tests::random::Random;

/// The extract's own day, a Monday: the week after the last of the series.
pub(crate) const EXTRACTED: NaiveDate = day(2017, 12, 11);

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
    ExceptionalCase,
    CannotTakePart,
    OtherCircumstances,
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

/// One person: who, and every row so far.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) member: Member,
    pub(crate) random: Random,
    pub(crate) born: NaiveDate,
    pub(crate) educated: bool,
    /// First day on benefit.
    pub(crate) first: NaiveDate,
    /// Last day on benefit.
    pub(crate) last: Option<NaiveDate>,
    pub(crate) rows: Vec<Row>,
}

impl Life {
    /// A life with nothing in it but the person.
    pub(crate) fn of(member: Member, mut random: Random) -> Self {
        let (born, educated) = birth(member, &mut random);
        let first = first_day(member, born, &mut random);
        let last = last_day(member, &mut random);
        let rows = Vec::new();
        Self {
            member,
            random,
            born,
            educated,
            first,
            last,
            rows,
        }
    }

    /// Adds a row that was entered as rows are: within days, now and then weeks later.
    pub(crate) fn add(
        &mut self,
        table: Table,
        days: (NaiveDate, Option<NaiveDate>),
        values: &[&str],
    ) {
        let delay = match self.random.chance(4) {
            true => self.random.between(14, 50),
            false => self.random.between(0, 5),
        };
        let registered = working_day(plus(days.0, delay)).min(EXTRACTED);
        self.put(table, days, values, registered);
    }

    /// Adds a row that was entered on that day.
    pub(crate) fn put(
        &mut self,
        table: Table,
        (from, to): (NaiveDate, Option<NaiveDate>),
        values: &[&str],
        registered: NaiveDate,
    ) {
        self.rows.push(Row {
            table,
            from,
            to,
            values: values.iter().map(ToString::to_string).collect(),
            registered,
        });
    }
}

/// The young are under 30 all the autumn and have no education to live by; the others are over 30
/// all the time they are on benefit, or have one.
fn birth(member: Member, random: &mut Random) -> (NaiveDate, bool) {
    let (from, to, educated_percent) = match member.group {
        Group::Education => (day(1988, 3, 1), day(1996, 12, 31), 0),
        Group::Cash if random.chance(12) => (day(1985, 1, 1), day(1992, 12, 31), 100),
        Group::Cash => (day(1954, 1, 1), day(1979, 12, 31), 35),
    };
    // What a birthday on a leap day is, is for other tests.
    let born = random.day(from, to);
    let born = match (born.month(), born.day()) {
        (2, 29) => plus(born, 1),
        _ => born,
    };
    (born, random.chance(educated_percent))
}

fn first_day(member: Member, born: NaiveDate, random: &mut Random) -> NaiveDate {
    let (from, to) = match member.fate {
        // The year from the Monday of the first week is over within the week before the Monday.
        Fate::EntersWith(week) | Fate::EntersWithout(week) => {
            let monday = plus(monday_of(week), -371);
            (monday, plus(monday, 4))
        }
        Fate::Outside(Reason::UnderAYear) => (day(2016, 12, 12), day(2017, 11, 24)),
        Fate::Outside(Reason::Programme) => (day(2015, 9, 1), day(2017, 3, 31)),
        Fate::Outside(Reason::MonthGap) => (day(2014, 1, 6), day(2015, 12, 31)),
        _ => (day(2014, 1, 6), day(2016, 8, 21)),
    };
    let adult = plus(plus_months(born, 18 * 12), 30);
    random.day(from.max(adult.min(to)), to)
}

fn last_day(member: Member, random: &mut Random) -> Option<NaiveDate> {
    match member.fate {
        Fate::LeavesWith(week) | Fate::LeavesWithout(week) => {
            let monday = monday_of(week);
            Some(random.day(plus(monday, -7), plus(monday, -1)))
        }
        Fate::Outside(Reason::Ended) => Some(random.day(day(2016, 12, 1), day(2017, 9, 1))),
        _ => None,
    }
}
