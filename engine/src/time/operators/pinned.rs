//! Transitional provisions: spells that began before a day are judged by an earlier law.

use crate::time::{Day, Days, Period, Runs, Timeline, TimelineRuns};

/// The spells of `old` that begin before the day, and those of `new` that begin on it or later.
///
/// Exact: a day is in doubt only if the doubtful days of each can be filled in so that it is in such a spell, and so that
/// it is not.
#[must_use]
pub fn pinned(old: TimelineRuns<'_>, new: TimelineRuns<'_>, before: Day) -> Timeline {
    let begun = |days: Runs<'_>, early: bool| {
        let runs = days.runs().iter().copied();
        Days::from_sorted(runs.filter(|run| (run.start < before) == early))
    };
    // The doubtful days before a sure spell move its beginning back: for the old one that does no harm, for the new one it may.
    let sure = begun(old.sure, true).or(&begun(new.sure, false).and(&begun(new.possible, false)));
    let possible = begun(old.possible, true).or(&begun_possibly(new, before));
    Timeline::new(sure, &possible)
}

/// The days of spells that may have begun on `day` or later: not those of a spell that surely had begun, nor the day after it,
/// which can only belong to it.
fn begun_possibly(timeline: TimelineRuns<'_>, day: Day) -> Days {
    let sure = timeline.sure.runs().iter();
    let earlier = sure.filter(|run| run.start < day);
    let with_next = earlier.map(|run| Period::new(run.start, run.end.next()));
    let later = Days::of(Period::new(day, Day::END));
    let possible = Days::from_sorted(timeline.possible.runs().iter().copied());
    possible.and(&later).without(&Days::from_sorted(with_next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn a_spell_belongs_where_it_begins() {
        let old = Timeline::known(days("2016-12-01..2017-02-28 2017-03-05..2017-03-06"));
        let new = Timeline::known(days("2016-12-01..2017-01-31 2017-04-01..2017-04-30"));
        let before = days("2017-01-01..2017-01-01").runs()[0].start;
        let pinned = pinned(old.as_runs(), new.as_runs(), before);
        assert_eq!(
            picture(pinned.sure()),
            "2016-12-01..2017-02-28 2017-04-01..2017-04-30"
        );
    }

    /// How the days of a universe are drawn: in, out, or in doubt.
    const DAYS: usize = 6;

    fn at(index: usize) -> Day {
        days("2017-01-01..2017-01-01").runs()[0]
            .start
            .plus(index as i32)
    }

    fn set(drawn: &[char], of: &str) -> Days {
        let chosen = (0..DAYS).filter(|day| of.contains(drawn[*day]));
        Days::from_periods(
            chosen
                .map(|day| Period::new(at(day), at(day + 1)))
                .collect(),
        )
    }

    fn drawn(days: &Days) -> String {
        let in_it = |day| days.contains(at(day));
        (0..DAYS)
            .map(|day| if in_it(day) { 'x' } else { '.' })
            .collect()
    }

    /// Every way to draw the days with these signs.
    fn every(signs: &[char]) -> Vec<Vec<char>> {
        let mut all = vec![Vec::new()];
        for _ in 0..DAYS {
            let longer = |drawn: Vec<char>| {
                signs.iter().map(move |sign| {
                    let mut drawn = drawn.clone();
                    drawn.push(*sign);
                    drawn
                })
            };
            all = all.into_iter().flat_map(longer).collect();
        }
        all
    }

    #[test]
    fn a_day_is_in_doubt_only_if_it_can_come_out_both_ways() {
        let before = at(3);
        let none = Timeline::known(Days::none());
        for doubtful in every(&['.', '?', 'x']) {
            let timeline = Timeline::new(set(&doubtful, "x"), &set(&doubtful, "x?"));
            // Every way to fill in what is in doubt.
            let filled = every(&['.', 'x']).into_iter().filter(|filled| {
                let mut both = filled.iter().zip(&doubtful);
                both.all(|(filled, doubtful)| *doubtful == '?' || filled == doubtful)
            });
            let (mut old, mut new) = ([Days::all(), Days::none()], [Days::all(), Days::none()]);
            for filled in filled {
                let days = set(&filled, "x");
                let begun = |early: bool| {
                    let runs = days.runs().iter().copied();
                    Days::from_sorted(runs.filter(|run| (run.start < before) == early))
                };
                old = [old[0].and(&begun(true)), old[1].or(&begun(true))];
                new = [new[0].and(&begun(false)), new[1].or(&begun(false))];
            }
            let cases = [
                (
                    pinned(timeline.as_runs(), none.as_runs(), before),
                    old,
                    "old",
                ),
                (
                    pinned(none.as_runs(), timeline.as_runs(), before),
                    new,
                    "new",
                ),
            ];
            for (pinned, [sure, possible], which) in cases {
                let told = (drawn(pinned.sure()), drawn(pinned.possible()));
                let doubtful: String = doubtful.iter().collect();
                assert_eq!(told, (drawn(&sure), drawn(&possible)), "{which} {doubtful}");
            }
        }
    }
}
