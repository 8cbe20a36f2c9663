//! `A i alt mindst D inden for de seneste E`: a rolling total.

use crate::time::{Building, Day, Days, Length, Period, Runs};

/// The days t such that at least `total` days of [t − window, t] are in `days`.
///
/// The total is piecewise linear in t. Between two neighbouring *knots* (an edge of a run met by
/// t or by t − window, and the days where month clipping bends t − window) it changes by a
/// constant step a day, so the crossing of the threshold is computed, not searched for. Where no
/// edge lies in the window it is all or nothing, and bends do not matter if every window is long
/// enough for the total.
pub fn total_within(days: Runs<'_>, total: i32, window: Length, out: &mut Building<'_>) {
    let straddled = straddled(days, window);
    let all_or_nothing = total <= window.shortest();
    let bends = match (window.fixed_days(), all_or_nothing) {
        (Some(_), _) => Vec::new(),
        (None, true) => Days::from_periods(straddled.clone()).runs().to_vec(),
        (None, false) => hull(&straddled),
    };
    let knots = knots(&straddled, &bends);
    let count = |t: Day| days.count_in(Period::inclusive(window.before(t), t));
    let mut bends = bends.iter().peekable();
    for (start, end) in knots.iter().zip(knots.iter().skip(1)) {
        while bends.next_if(|run| run.end <= *start).is_some() {}
        let first = count(*start);
        let length = end.since(*start);
        let is_level = match window.fixed_days() {
            Some(_) => length < 2,
            None => length < 2 || bends.peek().is_none_or(|run| *start < run.start),
        };
        let step = match is_level {
            true => 0,
            false => count(start.next()).saturating_sub(first),
        };
        if let Some(period) = above(*start, length, first, step, total) {
            out.push(period);
        }
    }
}

/// The days t on which an edge of a run lies in [t − window, t], from each edge to where t − window has
/// crossed it.
fn straddled(days: Runs<'_>, window: Length) -> Vec<Period> {
    let edges = days.runs().iter().flat_map(|run| [run.start, run.end]);
    edges
        .map(|edge| Period::new(edge, window.last_reach(edge.previous()).next()))
        .collect()
}

/// From the first day to the last.
fn hull(periods: &[Period]) -> Vec<Period> {
    let first = periods.iter().map(|period| period.start).min();
    let last = periods.iter().map(|period| period.end).max();
    let hull = first
        .zip(last)
        .map(|(first, last)| Period::new(first, last));
    hull.into_iter().collect()
}

/// The part of `length` days from `start` where `first + step·i ≥ total` for the i-th day.
fn above(start: Day, length: i32, first: i32, step: i32, total: i32) -> Option<Period> {
    let missing = total.saturating_sub(first);
    let (from, to) = match step {
        1.. if 0 < missing => {
            // The first i with step·i ≥ missing.
            (
                missing
                    .saturating_add(step)
                    .saturating_sub(1)
                    .checked_div(step)?,
                length,
            )
        }
        ..=-1 if missing <= 0 => {
            // The last i with step·i ≥ missing, and one more for the half-open end.
            (0, missing.checked_div(step)?.saturating_add(1).min(length))
        }
        _ if missing <= 0 => (0, length),
        _ => return None,
    };
    (from < to).then(|| Period::new(start.plus(from), start.plus(to)))
}

/// The days between which the total is linear, in order: where t or t − window meets an edge, and in
/// `bends` around the ends of months, where t − window does not move by one a day.
fn knots(straddled: &[Period], bends: &[Period]) -> Vec<Day> {
    let mut knots: Vec<Day> = straddled
        .iter()
        .flat_map(|period| [period.start, period.end])
        .collect();
    for run in bends {
        let mut month = Day::from_number(run.start.number()).previous();
        while month < run.end {
            month = month.next_month();
            knots.extend((-4..=1).map(|offset| month.plus(offset)));
        }
    }
    knots.extend([Day::FIRST, Day::END]);
    knots.retain(|knot| Period::ALL.contains(*knot) || *knot == Day::END);
    knots.sort_unstable();
    knots.dedup();
    knots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn the_total_is_reached_and_lost_on_exact_days() {
        let a = days("2017-01-01..2017-01-10");
        let window = Length::new(30, Unit::Days);
        // Five days are reached on the 5th; on 5 February the window begins on the 6th.
        assert_eq!(
            picture(&Days::build(|out| total_within(
                a.as_runs(),
                5,
                window,
                out
            ))),
            "2017-01-05..2017-02-05"
        );
    }

    #[test]
    fn no_days_are_always_reached() {
        let month = Length::new(1, Unit::Months);
        for days in [Days::none(), days("2016-01-20..2016-02-10")] {
            let rolling = Days::build(|out| total_within(days.as_runs(), 0, month, out));
            assert_eq!(rolling, Days::all());
        }
    }

    #[test]
    fn it_agrees_with_counting_every_day() {
        let sets = [
            "2016-01-20..2016-02-10 2016-02-25..2016-03-05 2016-03-31..2016-03-31",
            "2015-12-31..2016-01-31 2016-05-01..2016-05-31 2016-08-29..2016-09-02",
            "2015-11-30..2015-12-30 2016-02-01..2190-01-01",
            // Two days from edge to edge; and windows that become shorter as they leave the edge.
            "2016-01-10..2016-01-11 2016-01-20..2016-01-21",
            "2017-01-28..2190-01-01",
        ];
        let windows = [
            (45, Unit::Days),
            (1, Unit::Months),
            (3, Unit::Months),
            (1, Unit::Years),
        ];
        for (set, (count, unit)) in sets.iter().flat_map(|set| windows.map(|w| (set, w))) {
            let (a, window) = (days(set), Length::new(count, unit));
            for total in [1, 2, 5, 14, 28, 29, 30, 31, 32, 60, 91, 92, 366, 367] {
                let rolling = Days::build(|out| total_within(a.as_runs(), total, window, out));
                let mut t = Day::from_ymd(2015, 11, 1).unwrap();
                while t < Day::from_ymd(2018, 1, 1).unwrap() {
                    let counted = a.count_in(Period::inclusive(window.before(t), t));
                    assert_eq!(
                        rolling.contains(t),
                        total <= counted,
                        "{set} {window:?} {total} {t}"
                    );
                    t = t.next();
                }
            }
        }
    }
}
