//! Rows: the days covered by those that meet a filter.

use super::filter::{self, Codes};
use super::lists::{Lanes, Lists, Value};
use super::over_time::push;
use crate::columns::{NO_DAY, TableColumns, UNKNOWN_DAY};
use crate::model::Table;
use crate::plan::{Filter, RowsOf};
use crate::time::{Building, Day, Days, Period, Truth};
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
#[derive(Clone, Copy)]
pub(super) enum Sight<'l> {
    /// From one day: rows that begin later do not exist.
    From(Day),
    /// From the first day of each of these lanes.
    Each(&'l Rc<Lanes>),
}

impl Sight<'_> {
    /// The lanes, if there are several.
    pub(super) fn lanes(self) -> Option<Rc<Lanes>> {
        match self {
            Self::From(_) => None,
            Self::Each(lanes) => Some(Rc::clone(lanes)),
        }
    }

    /// The days from which each case is looked at, one case after the other.
    pub(super) fn days(&self) -> impl Iterator<Item = &[Day]> {
        let (one, lanes) = match self {
            Self::From(day) => (Some(std::iter::repeat(std::slice::from_ref(day))), None),
            Self::Each(lanes) => (None, Some(lanes.iter().map(|(_, days)| days))),
        };
        one.into_iter().flatten().chain(lanes.into_iter().flatten())
    }
}

/// The days covered by rows that meet the filter.
pub(super) fn covered(asked: &Asked<'_>, sight: Sight<'_>) -> Value {
    match sight {
        _ if !asked.is_plain() => doubtful(asked, sight),
        Sight::Each(lanes) => in_lanes(asked, lanes),
        Sight::From(day) => within_window(asked, Period::inclusive(Day::FIRST, day)),
    }
}

/// The days covered by plain rows that meet the filter and share a day with the window.
///
/// One walk through the rows of all cases, without a branch on what they say, which nobody foresees.
pub(super) fn within_window(asked: &Asked<'_>, window: Period) -> Value {
    let range = asked.row_range();
    let first = range.start as u32;
    let offsets = asked.offsets();
    let mut begins = vec![false; range.len().saturating_add(1)];
    for offset in offsets {
        if let Some(begins) = begins.get_mut(offset.wrapping_sub(first) as usize) {
            *begins = true;
        }
    }
    let kept = asked.hold(window.last(), window.start);
    let rows = part(asked, asked.columns.from()).zip(part(asked, asked.columns.to()));
    let mut runs = vec![Period::new(Day::FIRST, Day::FIRST); range.len()];
    let mut ends_before = Vec::with_capacity(range.len().saturating_add(1));
    ends_before.push(0_u32);
    // The position of the run that was begun last: before the first there is none.
    let mut at = usize::MAX;
    let mut end = Day::FIRST;
    for (((from, to), kept), begins) in rows.zip(&kept).zip(&begins) {
        end = if *begins { Day::FIRST } else { end };
        // The first that is kept of a case, or one that begins after those before it have ended.
        let apart = *kept & ((end < *from) | (end == Day::FIRST));
        at = at.wrapping_add(usize::from(apart));
        end = if *kept {
            end.max(days(*from, *to).end)
        } else {
            end
        };
        if let Some(run) = runs.get_mut(at) {
            run.start = if apart { *from } else { run.start };
            run.end = if *kept { end } else { run.end };
        }
        ends_before.push(at.wrapping_add(1) as u32);
    }
    runs.truncate(at.wrapping_add(1));
    let of_case = offsets.iter().skip(1);
    let ends = of_case.map(|offset| ends_before.get(offset.wrapping_sub(first) as usize));
    Value::known(Lists::from_parts(
        ends.map(|end| end.copied().unwrap_or(0)).collect(),
        runs,
    ))
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
        let touches = move |from: &Day| *from <= begun_by;
        let days = part(self, self.columns.from()).zip(part(self, self.columns.to()));
        if self.rows.filter == Filter::All(Vec::new()) {
            return self.each_kept(days.map(|(from, to)| (*from, *to, touches(from))), each);
        }
        if let Some(codes) = Codes::of(&self.rows.filter, self.columns) {
            let wanted = codes.wanted;
            let rows = days.zip(part(self, codes.codes)).map(|((from, to), code)| {
                let chosen = wanted >> (code & 63) & 1 == 1 && *code < 64;
                (*from, *to, chosen & touches(from))
            });
            return self.each_kept(rows, each);
        }
        let truths = self.truths();
        let rows = days
            .zip(&truths)
            .map(|((from, to), truth)| (*from, *to, (*truth == Truth::Yes) & touches(from)));
        self.each_kept(rows, each);
    }

    /// The rows of each case that are kept; `rows` gives of each its first and last day and whether
    /// it is.
    #[inline]
    fn each_kept(&self, mut rows: impl Iterator<Item = (Day, Day, bool)>, each: &mut impl Each) {
        let offsets = self.offsets();
        for (start, end) in offsets.iter().zip(offsets.iter().skip(1)) {
            let of_case = rows.by_ref().take(end.wrapping_sub(*start) as usize);
            each.case(
                of_case
                    .filter(|(.., kept)| *kept)
                    .map(|(from, to, _)| days(from, to)),
            );
        }
    }

    /// Where the rows of each of the cases begin, and where those of the last end.
    fn offsets(&self) -> &[u32] {
        let offsets = self.columns.offsets();
        offsets
            .get(self.cases.start..=self.cases.end)
            .unwrap_or_default()
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
        let offsets = self.offsets();
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

/// The same from each lane.
fn in_lanes(asked: &Asked<'_>, lanes: &Rc<Lanes>) -> Value {
    struct InLanes<L> {
        days: L,
        lists: Lists,
        met: Vec<Period>,
    }
    impl<'l, L: Iterator<Item = (usize, &'l [Day])>> Each for InLanes<L> {
        fn case(&mut self, rows: impl Iterator<Item = Period>) {
            self.met.clear();
            self.met.extend(rows);
            for day in self.days.next().map_or(&[][..], |(_, days)| days) {
                self.lists.lane(|out| {
                    let begun = self.met.iter().take_while(|row| row.start <= *day);
                    begun.for_each(|row| out.push_day(*row));
                });
            }
        }
    }
    let mut each = InLanes {
        days: lanes.iter(),
        lists: Lists::with_capacity(lanes.len(), 1),
        met: Vec::new(),
    };
    asked.each_plain(Day::END, &mut each);
    Value::known(each.lists).in_lanes(Some(Rc::clone(lanes)))
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
    /// Looks at the rows of a case.
    fn see(&mut self, asked: &Asked<'_>, truths: &[Truth], first: usize, case: usize) {
        self.sure.clear();
        self.possible.clear();
        self.contradicting.clear();
        let mut surely_any = false;
        for row in asked.columns.rows_of(case) {
            let known = asked.known(row);
            if known == Truth::No {
                continue;
            }
            surely_any |= known == Truth::Yes;
            let truth = truths.get(row.saturating_sub(first)).copied();
            let truth = truth.unwrap_or(Truth::Unknown).min(known);
            let days = RowDays::of(asked.columns, row);
            let (from, possibly) = (days.seen_from(), days.possibly());
            if let (Truth::Yes, Some(surely)) = (truth, days.surely()) {
                let from = days.sure_from();
                self.sure.push(Seen { from, days: surely });
            }
            if truth != Truth::No {
                self.possible.push(Seen {
                    from,
                    days: possibly,
                });
            }
            if !asked.is_without_rivals() && truth != Truth::Yes {
                self.contradicting.push(Seen {
                    from,
                    days: possibly,
                });
            }
        }
        self.missing(asked, case, surely_any);
        for seen in [&mut self.sure, &mut self.possible] {
            if !seen.is_sorted_by_key(|seen| seen.days.start) {
                seen.sort_by_key(|seen| seen.days.start);
            }
        }
    }

    /// Rows that are not there and may yet be: on days for which the register is not complete. Of
    /// the person himself something is always true.
    fn missing(&mut self, asked: &Asked<'_>, case: usize, surely_any: bool) {
        let open: &[Period] = match asked.declared.shape {
            _ if asked.declared.assessment => &[],
            Shape::Facts if surely_any => &[],
            Shape::Facts => &[Period::ALL],
            _ => asked.columns.open(case),
        };
        let seen = open.iter().map(|days| Seen {
            from: days.start,
            days: *days,
        });
        self.possible.extend(seen);
    }

    /// Adds a lane with what is seen from a day.
    fn from(&self, day: Day, sure: &mut Lists, possible: &mut Lists) {
        let days = |seen: &[Seen], out: &mut Building<'_>| {
            let seen = seen.iter().filter(|seen| seen.from <= day);
            seen.for_each(|seen| out.push(seen.days));
        };
        possible.lane(|out| days(&self.possible, out));
        if self.contradicting.is_empty() {
            return sure.lane(|out| days(&self.sure, out));
        }
        let against = self.contradicting.iter().filter(|seen| seen.from <= day);
        let against = Days::from_periods(against.map(|seen| seen.days).collect());
        let all = Days::build(|out| days(&self.sure, out));
        push(sure, &all.without(&against));
    }
}

/// The days covered by rows where something may be unknown.
fn doubtful(asked: &Asked<'_>, sight: Sight<'_>) -> Value {
    let truths = asked.truths();
    let first = asked.row_range().start;
    let (mut sure, mut possible) = (Lists::default(), Lists::default());
    let mut seen = SeenRows::default();
    for (case, days) in asked.cases.clone().zip(sight.days()) {
        seen.see(asked, &truths, first, case);
        for day in days {
            seen.from(*day, &mut sure, &mut possible);
        }
    }
    Value::new(sure, possible).in_lanes(sight.lanes())
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::{in_2016, in_2016_whatever_is_complete, when};

    #[test]
    fn rows_are_merged_and_an_end_that_is_not_known_leaves_the_days_after_open() {
        let cases = [
            "ydelse x fra 1. marts 2016 til 31. marts 2016; ydelse x fra 1. april 2016, fortsat; ydelse y fra 1. januar 2016, fortsat",
        ];
        assert_eq!(
            in_2016(&when("ydelse.art er x"), &cases),
            ["2016-03-01..2016-12-31 ja"]
        );
        let cases = ["tilbud x fra 1. marts 2016, slutdato ukendt"];
        assert_eq!(
            in_2016(&when("tilbud.art er x"), &cases),
            ["2016-03-01..2016-03-01 ja, 2016-03-02..2016-12-31 ukendt"]
        );
    }

    #[test]
    fn of_the_person_himself_something_is_true_and_it_is_open_what_where_nothing_is_said() {
        let table = "data bolig\n  stamdata\n  art er en af x, y\n\n";
        let rules = table.to_owned() + &when("bolig.art er x");
        let cases = [
            "bolig x",
            "bolig y",
            "bolig",
            "tilbud x fra 1. marts 2016, fortsat",
        ];
        assert_eq!(
            in_2016(&rules, &cases),
            [
                "2016-01-01..2016-12-31 ja",
                "",
                "2016-01-01..2016-12-31 ukendt",
                "2016-01-01..2016-12-31 ukendt"
            ]
        );
    }

    #[test]
    fn rows_that_touch_are_one_run_and_rows_that_do_not_are_two() {
        let cases = [
            "ydelse x fra 1. januar 2016 til 31. marts 2016; ydelse x fra 1. april 2016 til 31. maj 2016",
            "ydelse x fra 1. januar 2016 til 31. marts 2016; ydelse x fra 2. april 2016 til 31. maj 2016",
        ];
        assert_eq!(
            in_2016(
                &when("højst 7 dage efter (ydelse.art er x) slutter"),
                &cases
            ),
            [
                "2016-06-01..2016-06-07 ja",
                "2016-04-01..2016-04-07 ja, 2016-06-01..2016-06-07 ja"
            ]
        );
    }

    #[test]
    fn rows_may_begin_on_the_first_day_there_is() {
        let cases = [
            "ydelse x fra 1. januar 1900 til 31. marts 2016",
            "ydelse y fra 1. januar 1900, fortsat; ydelse x fra 1. januar 1900 til 31. marts 2016",
        ];
        let day = "2016-01-01..2016-03-31 ja";
        assert_eq!(in_2016(&when("ydelse.art er x"), &cases), [day, day]);
    }

    #[test]
    fn of_decisions_and_of_the_person_himself_no_register_is_complete_or_not() {
        let table = "data bolig\n  stamdata\n  art er en af x, y\n\n";
        let rules = table.to_owned() + &when("bolig.art er x eller særligt");
        let cases = [
            "bolig x",
            "bolig y; særligt ja, revurderes 30. april 2016 fra 1. marts 2016, fortsat",
            "særligt ja, revurderes 30. april 2016 fra 1. marts 2016, fortsat",
        ];
        assert_eq!(
            in_2016_whatever_is_complete(&rules, &cases),
            [
                "2016-01-01..2016-12-31 ja",
                "2016-03-01..2016-04-30 ja",
                "2016-01-01..2016-02-29 ukendt, 2016-03-01..2016-04-30 ja, 2016-05-01..2016-12-31 ukendt"
            ]
        );
    }
}
