//! Rows: the days covered by those that meet a filter.

use super::filter::{self, Codes};
use super::lists::{Lanes, Lists, Value};
use super::over_time::push;
use crate::columns::{NO_DAY, TableColumns, UNKNOWN_DAY};
use crate::model::Table;
use crate::plan::{Filter, RowsOf};
use crate::time::{Day, Days, Period, Timeline, Truth};
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
    match sight {
        _ if !asked.is_plain() => doubtful(asked, sight),
        Sight::Each(window) => lanes(asked, window),
        Sight::From(day) => {
            let mut all = All(Lists::with_capacity(asked.cases.len(), 1));
            asked.each_plain(day, &mut all);
            Value::known(all.0)
        }
    }
}

/// The days covered by plain rows that meet the filter and share a day with the window.
pub(super) fn within_window(asked: &Asked<'_>, window: Period) -> Value {
    let mut all = All(Lists::with_capacity(asked.cases.len(), 1));
    asked.each_touching(window, &mut all);
    Value::known(all.0)
}

/// Lists of the days of the rows of each case.
struct All(Lists);

impl Each for All {
    #[inline]
    fn case(&mut self, rows: impl Iterator<Item = Period>) {
        self.0.lane(|out| rows.for_each(|days| out.push_day(days)));
    }
}

/// What is done with the days of the rows of each case.
pub(super) trait Each {
    /// The next case: the days of its rows that meet the filter, by first day.
    fn case(&mut self, rows: impl Iterator<Item = Period>);
}

impl Asked<'_> {
    /// Hands over the days of the rows of each case that meet the filter and begin by a day; of
    /// plain rows only.
    #[inline]
    pub(super) fn each_plain(&self, begun_by: Day, each: &mut impl Each) {
        self.each_touching(Period::inclusive(Day::FIRST, begun_by), each);
    }

    /// The same of rows that share a day with a period.
    #[inline]
    fn each_touching(&self, period: Period, each: &mut impl Each) {
        let (begun_by, until) = (period.last(), period.start);
        let touches = move |from: &Day, to: &Day| (*from <= begun_by) & (until <= *to);
        let days = part(self, self.columns.from()).zip(part(self, self.columns.to()));
        if self.rows.filter == Filter::All(Vec::new()) {
            return self.each_kept(days.map(|(from, to)| (*from, *to, touches(from, to))), each);
        }
        if let Some(codes) = Codes::of(&self.rows.filter, self.columns) {
            let wanted = codes.wanted;
            let rows = days.zip(part(self, codes.codes)).map(|((from, to), code)| {
                let chosen = wanted >> (code & 63) & 1 == 1 && *code < 64;
                (*from, *to, chosen & touches(from, to))
            });
            return self.each_kept(rows, each);
        }
        let truths = self.truths();
        let rows = days
            .zip(&truths)
            .map(|((from, to), truth)| (*from, *to, (*truth == Truth::Yes) & touches(from, to)));
        self.each_kept(rows, each);
    }

    /// The rows of each case that are kept; `rows` gives of each its first and last day and whether
    /// it is.
    #[inline]
    fn each_kept(&self, mut rows: impl Iterator<Item = (Day, Day, bool)>, each: &mut impl Each) {
        let offsets = self.columns.offsets();
        let offsets = offsets.get(self.cases.start..=self.cases.end);
        let offsets = offsets.unwrap_or_default();
        for (start, end) in offsets.iter().zip(offsets.iter().skip(1)) {
            let of_case = rows.by_ref().take(end.wrapping_sub(*start) as usize);
            each.case(
                of_case
                    .filter(|(.., kept)| *kept)
                    .map(|(from, to, _)| days(from, to)),
            );
        }
    }

    /// Whether each row of the cases meets the filter, begins by a day, and ends on a day or later;
    /// of plain rows only.
    fn hold(&self, begun_by: Day, until: Day) -> Vec<bool> {
        let days = part(self, self.columns.from()).zip(part(self, self.columns.to()));
        let holds = |from: &Day, to: &Day| (*from <= begun_by) & (until <= *to);
        if self.rows.filter == Filter::All(Vec::new()) {
            return days.map(|(from, to)| holds(from, to)).collect();
        }
        if let Some(codes) = Codes::of(&self.rows.filter, self.columns) {
            let wanted = codes.wanted;
            let chosen = |code: &u16| (wanted >> (code & 63) & 1 == 1) & (*code < 64);
            let rows = days.zip(part(self, codes.codes));
            return rows
                .map(|((from, to), code)| holds(from, to) & chosen(code))
                .collect();
        }
        let truths = self.truths();
        let rows = days.zip(&truths);
        rows.map(|((from, to), truth)| holds(from, to) & (*truth == Truth::Yes))
            .collect()
    }

    /// Whether some row of each case meets the filter, begins by a day, and ends on a day or later;
    /// of plain rows only.
    pub(super) fn any_holds(&self, begun_by: Day, until: Day) -> Vec<Truth> {
        let hold = self.hold(begun_by, until);
        // How many hold before each row: no branch for each row or case.
        let mut count = 0_u32;
        let mut before = Vec::with_capacity(hold.len().saturating_add(1));
        before.push(0);
        before.extend(hold.iter().map(|holds| {
            count = count.wrapping_add(u32::from(*holds));
            count
        }));
        let offsets = self.columns.offsets();
        let offsets = offsets.get(self.cases.start..=self.cases.end);
        let offsets = offsets.unwrap_or_default();
        let first = offsets.first().copied().unwrap_or(0);
        let at = |offset: &u32| before.get(offset.wrapping_sub(first) as usize).copied();
        let pairs = offsets.iter().zip(offsets.iter().skip(1));
        pairs
            .map(|(start, end)| Truth::from(at(start) != at(end)))
            .collect()
    }
}

/// The days that a row covers, in columns without anything unknown.
#[inline]
fn days(from: Day, to: Day) -> Period {
    Period::new(from, to.min(Day::END.previous()).next())
}

/// A column's values for the rows of the cases.
fn part<'c, T>(asked: &Asked<'_>, column: &'c [T]) -> std::slice::Iter<'c, T> {
    column.get(asked.row_range()).unwrap_or_default().iter()
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
    pub(super) fn is_plain(&self) -> bool {
        let complete = self.columns.is_complete() || self.declared.assessment;
        let all_known = self.rows.known_on.is_none() || self.columns.registered().is_none();
        self.declared.shape != Shape::Facts
            && self.columns.is_plain()
            && complete
            && all_known
            && self.is_without_rivals()
            && !filter::is_doubtful(&self.rows.filter, self.columns)
    }

    /// No row contradicts another.
    pub(super) fn is_without_rivals(&self) -> bool {
        !self.declared.exclusive || self.columns.is_disjoint()
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
