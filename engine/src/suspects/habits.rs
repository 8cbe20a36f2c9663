//! How rows of a register usually look: which weekdays they begin and end on, how long they last,
//! and how soon after their first day they are registered. Counted in the extract itself, right and wrong rows alike;
//! the few wrong ones hardly move the counts.

use crate::case::{Case, End, Row, Start};
use crate::model::TableId;
use crate::time::Day;

/// Days from a row's first day to its registration, in classes; each ends before this number.
/// A register is kept within days, weeks, a quarter, most of a year, around a year, or later.
const DELAYS: [i32; 7] = [-30, 0, 8, 32, 93, 330, 400];

/// How many days a row lasts, in classes; each ends before this number: a week, two, a month, a
/// quarter, half a year, a year, two years, or more.
const LENGTHS: [i32; 7] = [8, 15, 32, 93, 185, 367, 732];

/// The habits of every table.
#[derive(Clone, Debug)]
pub(super) struct Habits(Vec<Habit>);

#[derive(Clone, Debug, Default)]
struct Habit {
    /// How many rows begin on each weekday, from Monday.
    first: [u64; 7],
    /// How many end on each.
    last: [u64; 7],
    /// How many last so long.
    length: [u64; LENGTHS.len() + 1],
    /// How many are registered with each class of delay.
    delay: [u64; DELAYS.len() + 1],
}

/// Points for what an edit does to a row's looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) weekday: i32,
    pub(super) length: i32,
    pub(super) delay: i32,
}

impl Habits {
    /// Of the rows that were known by a day.
    pub(super) fn of(tables: usize, cases: &[Case], known_on: Option<Day>) -> Self {
        let mut habits = vec![Habit::default(); tables];
        for case in cases {
            for (habit, table) in habits.iter_mut().zip(&case.tables) {
                let rows = table.rows.iter();
                rows.filter(|row| is_known(row, known_on))
                    .for_each(|row| habit.count(row));
            }
        }
        Self(habits)
    }

    /// Whether a row looks more usual after an edit than before: points for and against it.
    pub(super) fn compare(&self, table: TableId, before: &Row, after: &Row) -> Looks {
        let Some(habit) = self.0.get(table.0) else {
            return Looks::default();
        };
        let compared = |rows: fn(&Habit, &Row) -> Option<u64>| {
            let both = rows(habit, before).zip(rows(habit, after));
            both.map_or(0, |(before, after)| ratio_points(after, before))
        };
        let first = compared(|habit, row| habit.first.get(weekday(first_day(row)?)).copied());
        let last = compared(|habit, row| habit.last.get(weekday(last_day(row)?)).copied());
        Looks {
            weekday: first.saturating_add(last),
            length: compared(|habit, row| habit.length.get(length_class(row)?).copied()),
            delay: compared(|habit, row| habit.delay.get(delay_class(row)?).copied()),
        }
    }
}

impl Habit {
    fn count(&mut self, row: &Row) {
        let first = first_day(row).and_then(|day| self.first.get_mut(weekday(day)));
        let last = last_day(row).and_then(|day| self.last.get_mut(weekday(day)));
        let delay = delay_class(row).and_then(|class| self.delay.get_mut(class));
        let length = length_class(row).and_then(|class| self.length.get_mut(class));
        for count in [first, last, length, delay].into_iter().flatten() {
            *count = count.saturating_add(1);
        }
    }
}

/// Whether a row was, or may have been, registered by a day.
pub(super) fn is_known(row: &Row, known_on: Option<Day>) -> bool {
    match (known_on, row.registered) {
        (Some(known_on), Some(registered)) => registered <= known_on,
        _ => true,
    }
}

fn first_day(row: &Row) -> Option<Day> {
    match row.from {
        Start::On(day) => Some(day),
        Start::Unknown => None,
    }
}

fn last_day(row: &Row) -> Option<Day> {
    match row.to {
        End::On(day) => Some(day),
        End::Ongoing | End::Unknown => None,
    }
}

/// From 0 for Monday.
fn weekday(day: Day) -> usize {
    usize::try_from(day.since(day.monday())).unwrap_or_default()
}

fn length_class(row: &Row) -> Option<usize> {
    let days = last_day(row)?.next().since(first_day(row)?);
    Some(class(&LENGTHS, days))
}

/// How many of the classes end at or before a number.
fn class(ends: &[i32], number: i32) -> usize {
    ends.iter().take_while(|end| **end <= number).count()
}

fn delay_class(row: &Row) -> Option<usize> {
    let delay = row.registered?.since(first_day(row)?);
    Some(class(&DELAYS, delay))
}

/// Ten times the logarithm of `(part + 1) / (of + 1)` to the base ten, cut to a whole number: one
/// is added so that what has never been seen is rare and not impossible.
fn ratio_points(part: u64, of: u64) -> i32 {
    let (part, of) = (part.saturating_add(1), of.saturating_add(1));
    if part < of {
        return log(of, part).saturating_neg();
    }
    log(part, of)
}

/// A tenth of a power of ten, in millionths: how much one point is.
const POINT: u128 = 1_258_925;
const MILLION: u128 = 1_000_000;

/// How many points `large` is above `small`.
fn log(large: u64, small: u64) -> i32 {
    let (large, mut reached) = (
        u128::from(large).saturating_mul(MILLION),
        u128::from(small).saturating_mul(MILLION),
    );
    let mut points = 0_i32;
    loop {
        reached = reached.saturating_mul(POINT) / MILLION;
        if large < reached {
            return points;
        }
        points = points.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::ratio_points;

    #[test]
    fn ten_points_are_ten_times() {
        let points =
            |part: u64, of: u64| ratio_points(part.saturating_sub(1), of.saturating_sub(1));
        let seen = [
            points(7, 7),
            points(13, 10),
            points(2, 1),
            points(10, 1),
            points(1, 10),
            points(1, 200),
        ];
        assert_eq!(seen, [0, 1, 3, 10, -10, -23]);
    }
}
