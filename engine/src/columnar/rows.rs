//! Rows: the days covered by those that meet a filter.

use super::filter::{self, Codes};
use super::lists::{Lanes, Lists, Value};
use super::over_time::push;
use crate::columns::{NO_DAY, TableColumns, UNKNOWN_DAY};
use crate::model::Table;
use crate::plan::{Filter, RowsOf};
use crate::time::{Building, Day, Days, Period, Timeline, Truth};
use hjemmel_grammar::syntax::Shape;
use std::ops::Range;
use std::rc::Rc;

/// The rows that a condition asks about, for a stretch of the cases of a batch.
pub(super) struct Asked<'a> {
    pub(super) declared: &'a Table,
    pub(super) columns: &'a TableColumns,
    pub(super) rows: &'a RowsOf,
    pub(super) cases: Range<usize>,
}

/// From which days cases are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sight {
    /// From one day: rows that begin later do not exist.
    From(Day),
    /// From each day of a period, in lanes.
    Each(Period),
}

impl Sight {
    /// The last of the days.
    fn last(self) -> Day {
        match self {
            Self::From(day) => day,
            Self::Each(window) => window.last(),
        }
    }
}

/// The days covered by rows that meet the filter.
pub(super) fn covered(asked: &Asked<'_>, sight: Sight) -> Value {
    if !asked.is_plain() {
        return doubtful(asked, sight);
    }
    match (Codes::of(&asked.rows.filter, asked.columns), sight) {
        (_, Sight::Each(window)) => lanes(asked, window),
        (Some(codes), Sight::From(day)) => Value::known(chosen(asked, &codes, day)),
        (None, Sight::From(day)) if asked.rows.filter == Filter::All(Vec::new()) => {
            Value::known(every(asked, day))
        }
        (None, Sight::From(day)) => {
            let truths = asked.truths();
            let met = |row: usize| truths.get(row) == Some(&Truth::Yes);
            Value::known(met_by(asked, met, day))
        }
    }
}

/// The days that a row covers, in columns without anything unknown.
#[inline]
fn days(from: Day, to: Day) -> Period {
    Period::new(from, to.min(Day::END.previous()).next())
}

/// Adds up the rows of each case.
#[inline]
fn each_case(asked: &Asked<'_>, mut add: impl FnMut(Range<usize>, &mut Building<'_>)) -> Lists {
    let mut lists = Lists::with_capacity(asked.cases.len(), 2);
    let offsets = asked.columns.offsets();
    let offsets = offsets.get(asked.cases.start..=asked.cases.end);
    let offsets = offsets.unwrap_or_default();
    for (start, end) in offsets.iter().zip(offsets.iter().skip(1)) {
        lists.lane(|out| add(*start as usize..*end as usize, out));
    }
    lists
}

/// All rows.
fn every(asked: &Asked<'_>, begun_by: Day) -> Lists {
    let (from, to) = (asked.columns.from(), asked.columns.to());
    each_case(asked, |rows, out| {
        let from = from.get(rows.clone()).unwrap_or_default();
        let to = to.get(rows).unwrap_or_default();
        for (from, to) in from.iter().zip(to) {
            if begun_by < *from {
                break;
            }
            out.push(days(*from, *to));
        }
    })
}

/// Rows whose value is one of a few.
fn chosen(asked: &Asked<'_>, codes: &Codes<'_>, begun_by: Day) -> Lists {
    let (from, to) = (asked.columns.from(), asked.columns.to());
    each_case(asked, |rows, out| {
        let from = from.get(rows.clone()).unwrap_or_default();
        let to = to.get(rows.clone()).unwrap_or_default();
        let codes_of = codes.codes.get(rows).unwrap_or_default();
        for ((from, to), code) in from.iter().zip(to).zip(codes_of) {
            if begun_by < *from {
                break;
            }
            if *code < 64 && codes.wanted >> code & 1 == 1 {
                out.push(days(*from, *to));
            }
        }
    })
}

/// Rows that meet a test, by their positions among those of the cases.
fn met_by(asked: &Asked<'_>, met: impl Fn(usize) -> bool, begun_by: Day) -> Lists {
    let (from, to) = (asked.columns.from(), asked.columns.to());
    let first = asked.row_range().start;
    each_case(asked, |rows, out| {
        let start = rows.start.saturating_sub(first);
        let from = from.get(rows.clone()).unwrap_or_default();
        let to = to.get(rows).unwrap_or_default();
        for (row, (from, to)) in (start..).zip(from.iter().zip(to)) {
            if begun_by < *from {
                break;
            }
            if met(row) {
                out.push(days(*from, *to));
            }
        }
    })
}

/// The same with a lane from each day on which another row begins.
fn lanes(asked: &Asked<'_>, window: Period) -> Value {
    let (from, to) = (asked.columns.from(), asked.columns.to());
    let truths = asked.truths();
    let first = asked.row_range().start;
    let (mut lanes, mut lists) = (Lanes::default(), Lists::default());
    let mut met: Vec<(Day, Period)> = Vec::new();
    let mut begins: Vec<Day> = Vec::new();
    for case in asked.cases.clone() {
        met.clear();
        begins.clear();
        begins.push(window.start);
        for row in asked.columns.rows_of(case) {
            let meets = truths.get(row.saturating_sub(first)) == Some(&Truth::Yes);
            if let (true, Some(from), Some(to)) = (meets, from.get(row), to.get(row)) {
                met.push((*from, days(*from, *to)));
                if window.start < *from && *from < window.end && begins.last() != Some(from) {
                    begins.push(*from);
                }
            }
        }
        for day in &begins {
            lists.lane(|out| {
                let begun = met.iter().take_while(|(from, _)| from <= day);
                begun.for_each(|(_, period)| out.push(*period));
            });
        }
        lanes.case(begins.iter().copied());
    }
    Value::known(lists).in_lanes(Some(Rc::new(lanes)))
}

impl Asked<'_> {
    /// Nothing about the rows can be unknown, and none contradicts another.
    fn is_plain(&self) -> bool {
        let complete = self.columns.is_complete() || self.declared.assessment;
        let all_known = self.rows.known_on.is_none() || self.columns.registered().is_none();
        self.declared.shape != Shape::Facts
            && self.columns.is_plain()
            && complete
            && all_known
            && (!self.declared.exclusive || self.columns.is_disjoint())
            && !filter::is_doubtful(&self.rows.filter, self.columns)
    }

    /// The positions of the rows of all the cases.
    pub(super) fn row_range(&self) -> Range<usize> {
        let offsets = self.columns.offsets();
        let at = |case: usize| offsets.get(case).map_or(0, |offset| *offset as usize);
        at(self.cases.start)..at(self.cases.end)
    }

    /// Whether each row of the cases meets the filter.
    pub(super) fn truths(&self) -> Vec<Truth> {
        filter::truths(&self.rows.filter, self.columns, &self.row_range())
    }

    /// Whether a row was registered by the knowledge date.
    pub(super) fn known(&self, row: usize) -> Truth {
        known(self.columns, self.rows.known_on, row)
    }
}

/// Whether a row was registered by a knowledge date.
pub(super) fn known(columns: &TableColumns, known_on: Option<Day>, row: usize) -> Truth {
    let (Some(known_on), Some(registered)) = (known_on, columns.registered()) else {
        return Truth::Yes;
    };
    match registered.get(row) {
        Some(day) if *day != UNKNOWN_DAY => Truth::from(*day <= known_on),
        _ => Truth::Unknown,
    }
}

/// The first day, and the last if the row has one, of a row whose days may be unknown.
#[derive(Clone, Copy)]
pub(super) struct RowDays {
    pub(super) from: Option<Day>,
    to: Day,
}

impl RowDays {
    pub(super) fn of(columns: &TableColumns, row: usize) -> Self {
        let from = columns.from().get(row).copied().unwrap_or(UNKNOWN_DAY);
        Self {
            from: (from != UNKNOWN_DAY).then_some(from),
            to: columns.to().get(row).copied().unwrap_or(UNKNOWN_DAY),
        }
    }

    /// The days that the row surely covers.
    pub(super) fn surely(self) -> Option<Period> {
        match (self.from, self.to) {
            (Some(from), UNKNOWN_DAY) => Some(Period::inclusive(from, from)),
            (Some(from), NO_DAY) => Some(Period::new(from, Day::END)),
            (Some(from), to) => Some(Period::inclusive(from, to)),
            (None, UNKNOWN_DAY | NO_DAY) => None,
            // A row of unknown start has surely begun on its last day.
            (None, to) => Some(Period::inclusive(to, to)),
        }
    }

    /// The days that the row may cover.
    pub(super) fn possibly(self) -> Period {
        let start = self.from.unwrap_or(Day::FIRST);
        match self.to {
            UNKNOWN_DAY | NO_DAY => Period::new(start, Day::END),
            to => Period::inclusive(start, to),
        }
    }

    /// The day from which on it is seen what the row surely covers.
    pub(super) fn sure_from(self) -> Day {
        self.from.unwrap_or(self.to)
    }

    /// The day from which on the row is seen.
    pub(super) fn seen_from(self) -> Day {
        self.from.unwrap_or(Day::FIRST)
    }
}

/// Days that something covers, and from when on that is seen.
struct Seen {
    from: Day,
    days: Period,
}

/// What is seen of the rows of one case.
#[derive(Default)]
struct SeenRows {
    sure: Vec<Seen>,
    possible: Vec<Seen>,
    /// Rows that contradict those that meet the filter.
    contradicting: Vec<Seen>,
}

impl SeenRows {
    fn of(asked: &Asked<'_>, truths: &[Truth], first: usize, case: usize) -> Self {
        let mut seen = Self::default();
        let mut any = false;
        for row in asked.columns.rows_of(case) {
            let known = asked.known(row);
            if known == Truth::No {
                continue;
            }
            any = true;
            let truth = truths.get(row.saturating_sub(first)).copied();
            let truth = truth.unwrap_or(Truth::Unknown).min(known);
            let days = RowDays::of(asked.columns, row);
            let (from, possibly) = (days.seen_from(), days.possibly());
            if let (Truth::Yes, Some(surely)) = (truth, days.surely()) {
                let from = days.sure_from();
                seen.sure.push(Seen { from, days: surely });
            }
            if truth != Truth::No {
                seen.possible.push(Seen {
                    from,
                    days: possibly,
                });
            }
            if asked.declared.exclusive && truth != Truth::Yes {
                seen.contradicting.push(Seen {
                    from,
                    days: possibly,
                });
            }
        }
        seen.missing(asked, case, any);
        seen
    }

    /// Rows that are not there and may yet be: on days for which the register is not complete. Of
    /// the person himself something is always true.
    fn missing(&mut self, asked: &Asked<'_>, case: usize, any: bool) {
        let open: &[Period] = match asked.declared.shape {
            _ if asked.declared.assessment => &[],
            Shape::Facts if any => &[],
            Shape::Facts => &[Period::ALL],
            _ => asked.columns.open(case),
        };
        let seen = open.iter().map(|days| Seen {
            from: days.start,
            days: *days,
        });
        self.possible.extend(seen);
    }

    /// The days of `window` after its first on which something comes to be seen, and the first.
    fn changes(&self, window: Period) -> Vec<Day> {
        let all = [&self.sure, &self.possible, &self.contradicting];
        let mut days: Vec<Day> = all.into_iter().flatten().map(|seen| seen.from).collect();
        days.retain(|day| window.start < *day && *day < window.end);
        days.push(window.start);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// What is seen from a day.
    fn from(&self, day: Day) -> Timeline {
        let days = |seen: &[Seen]| {
            let seen = seen.iter().filter(|seen| seen.from <= day);
            Days::from_periods(seen.map(|seen| seen.days).collect())
        };
        let mut sure = days(&self.sure);
        if !self.contradicting.is_empty() {
            sure = sure.without(&days(&self.contradicting));
        }
        Timeline::new(sure, &days(&self.possible))
    }
}

/// The days covered by rows where something may be unknown.
fn doubtful(asked: &Asked<'_>, sight: Sight) -> Value {
    let truths = asked.truths();
    let first = asked.row_range().start;
    let (mut sure, mut possible) = (Lists::default(), Lists::default());
    let mut lanes = Lanes::default();
    for case in asked.cases.clone() {
        let seen = SeenRows::of(asked, &truths, first, case);
        let days = match sight {
            Sight::From(_) => vec![sight.last()],
            Sight::Each(window) => seen.changes(window),
        };
        for day in &days {
            let timeline = seen.from(*day);
            push(&mut sure, timeline.sure());
            push(&mut possible, timeline.possible());
        }
        lanes.case(days);
    }
    let lanes = matches!(sight, Sight::Each(_)).then(|| Rc::new(lanes));
    Value::new(sure, possible).in_lanes(lanes)
}
