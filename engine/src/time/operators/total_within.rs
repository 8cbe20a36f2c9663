//! `A i alt mindst D inden for de seneste E`: a rolling total.

use crate::time::{Building, Day, Length, Period, Runs, Steps};
use std::iter::Peekable;

/// The days t such that at least `total` days of [t − window, t] are in `days`.
///
/// Between two days on which t or t − window meets an edge of a run, each of them stays in a run or
/// outside: of the days that t passes all are won or none, and of those that t − window passes all
/// are lost or none. So where the total is reached and lost is computed, not searched for.
pub fn total_within(days: Runs<'_>, total: i32, window: impl Steps, out: &mut Building<'_>) {
    let length = window.length();
    let first_beyond = |day: Day| window.last_reach(day.previous()).next();
    let edges = || days.runs().iter().flat_map(|run| [run.start, run.end]);
    let mut won = Passed::new(edges().map(|edge| (edge, edge)));
    let mut lost = Passed::new(edges().map(|edge| (first_beyond(edge), edge)));
    let mut start = Day::FIRST;
    while start < Day::END {
        won.pass(start);
        lost.pass(start);
        let next = [won.next(), lost.next()].into_iter().flatten().min();
        let end = next.map_or(Day::END, |next| Day::END.min(next));
        let first = lost.inside.then(|| length.before(start));
        let lost_days = first.map_or(lost.days, |first| lost.before(first));
        let counted = won.before(start.next()).saturating_sub(lost_days);
        let spare = counted.saturating_sub(total);
        match (won.inside, first) {
            (true, Some(first)) => {
                let width = start.since(first).saturating_sub(spare);
                wide_enough(Period::new(start, end), length, width, out);
            }
            (true, None) => {
                let missing = spare.saturating_neg().max(0);
                out.push(Period::new(start.plus(missing), end));
            }
            (false, _) if spare < 0 => {}
            (false, Some(first)) => {
                let last = window.last_reach(first.plus(spare));
                out.push(Period::new(start, end.min(last.next())));
            }
            (false, None) => out.push(Period::new(start, end)),
        }
        start = end;
    }
}

/// How many days of a set a day has passed that moves on.
struct Passed<I: Iterator> {
    /// The edges that lie ahead, each after the time at which it is met.
    edges: Peekable<I>,
    /// The last edge behind, and how many days lie before it.
    edge: Day,
    days: i32,
    /// It is in a run.
    inside: bool,
}

impl<I: Iterator<Item = (Day, Day)>> Passed<I> {
    fn new(edges: I) -> Self {
        Self {
            edges: edges.peekable(),
            edge: Day::FIRST,
            days: 0,
            inside: false,
        }
    }

    /// Moves on to where it is at a time.
    fn pass(&mut self, time: Day) {
        while let Some((_, edge)) = self.edges.next_if(|(met, _)| *met <= time) {
            self.days = self.before(edge);
            self.edge = edge;
            self.inside = !self.inside;
        }
    }

    /// When the next edge is met.
    fn next(&mut self) -> Option<Day> {
        self.edges.peek().map(|(met, _)| *met)
    }

    /// How many days lie before a day, which no edge parts from where it is.
    fn before(&self, day: Day) -> i32 {
        match self.inside {
            true => self.days.saturating_add(day.since(self.edge)),
            false => self.days,
        }
    }
}

/// The days t of a stretch for which t − window lies at least `width` days back.
fn wide_enough(stretch: Period, window: Length, width: i32, out: &mut Building<'_>) {
    let (least, most) = window.widths();
    if width <= least {
        return out.push(stretch);
    }
    if most < width {
        return;
    }
    // In a month it lies as far back each day, and at its end, where t − window stays on the last
    // day of a shorter month, a day more each day.
    let width_of = |t: Day| t.since(window.before(t));
    let mut start = stretch.start;
    while start < stretch.end {
        let end = stretch.end.min(start.next_month());
        let last = end.previous();
        let from = match width <= width_of(start) {
            true => start,
            false => last.plus(width.saturating_sub(width_of(last))),
        };
        out.push(Period::new(from, end));
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::operators::testing::{days, picture};
    use crate::time::{Days, Unit};

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

    /// The days on which it is not what counting says.
    fn differs(a: &Days, total: i32, window: Length, judged: Period) -> Vec<Day> {
        let rolling = Days::build(|out| total_within(a.as_runs(), total, window, out));
        let judged = (judged.start.number()..judged.end.number()).map(Day::from_number);
        let counted = |t: Day| a.count_in(Period::inclusive(window.before(t), t));
        judged
            .filter(|t| rolling.contains(*t) != (total <= counted(*t)))
            .collect()
    }

    #[test]
    fn it_agrees_with_counting_at_the_first_and_the_last_days() {
        let sets = [
            "1900-01-01..1900-01-31 1900-02-27..1900-03-30",
            "1900-01-31..1900-01-31 2199-11-30..2199-12-31",
            "1900-01-01..2199-12-31",
        ];
        let windows = [
            Length::ZERO,
            Length::new(45, Unit::Days),
            Length::new(1, Unit::Months),
            Length::new(2, Unit::Months).with_days(1),
            Length::new(400, Unit::Years),
        ];
        let ends = [
            Period::new(Day::FIRST, Day::FIRST.plus(130)),
            Period::new(Day::END.plus(-130), Day::END),
        ];
        for (set, window) in sets.iter().flat_map(|set| windows.map(|it| (set, it))) {
            for total in [0, 1, 2, 28, 30, 31, 32, 46, 47, 60, 61, 109_573, i32::MAX] {
                for end in ends {
                    let differs = differs(&days(set), total, window, end);
                    assert_eq!(differs, [], "{set} {window:?} {total}");
                }
            }
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
            Length::new(45, Unit::Days),
            Length::new(1, Unit::Months),
            Length::new(1, Unit::Months).with_days(1),
            Length::new(3, Unit::Months),
            Length::new(3, Unit::Months).with_days(-1),
            Length::new(14, Unit::Months),
            Length::new(1, Unit::Years),
        ];
        let judged = Period::new(
            Day::from_ymd(2015, 11, 1).unwrap(),
            Day::from_ymd(2018, 1, 1).unwrap(),
        );
        for (set, window) in sets.iter().flat_map(|set| windows.map(|it| (set, it))) {
            for total in [1, 2, 5, 14, 28, 29, 30, 31, 32, 33, 60, 91, 92, 366, 367] {
                let differs = differs(&days(set), total, window, judged);
                assert_eq!(differs, [], "{set} {window:?} {total}");
            }
        }
    }
}
