//! Transitional provisions: spells that began before a day are judged by an earlier law.

use crate::time::{Day, Days, Period, Runs, Timeline, TimelineRuns};

/// The spells of `old` that begin before the day, and those of `new` that begin on it or later.
#[must_use]
pub fn pinned(old: TimelineRuns<'_>, new: TimelineRuns<'_>, before: Day) -> Timeline {
    let begun = |days: Runs<'_>, early: bool| {
        let runs = days.runs().iter().copied();
        Days::from_sorted(runs.filter(|run| (run.start < before) == early))
    };
    // When nobody knows where a spell begins, it may belong on either side of the date.
    let sure = begun(old.sure, true)
        .and(&begun(old.possible, true))
        .or(&begun(new.sure, false).and(&begun(new.possible, false)));
    let possible = begun_possibly(old, before, true).or(&begun_possibly(new, before, false));
    Timeline::new(sure, &possible)
}

/// The days of spells that may have begun before (on or after) `day`.
fn begun_possibly(timeline: TimelineRuns<'_>, day: Day, early: bool) -> Days {
    let may = |run: &Period| {
        if timeline.sure.runs().contains(run) {
            (run.start < day) == early
        } else {
            early && run.start < day || !early && day < run.end
        }
    };
    let runs = timeline.possible.runs().iter().copied();
    Days::from_sorted(runs.filter(may))
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

    #[test]
    fn a_spell_of_unknown_beginning_may_belong_on_either_side() {
        let before = days("2017-01-01..2017-01-01").runs()[0].start;
        let pinned = |old: &str, new: &str| {
            let maybe = |text| Timeline::new(Days::none(), &days(text));
            let pinned = pinned(maybe(old).as_runs(), maybe(new).as_runs(), before);
            assert!(pinned.sure().is_empty());
            picture(pinned.possible())
        };
        let across = "2016-12-01..2017-02-28";
        assert_eq!(pinned(across, ""), across);
        assert_eq!(pinned("", across), across);
        // It surely begins on one side of it.
        let (early, late) = ("2016-12-01..2016-12-31", "2017-01-01..2017-02-28");
        assert_eq!(pinned(early, ""), early);
        assert_eq!(pinned("", early), "");
        assert_eq!(pinned(late, ""), "");
        assert_eq!(pinned("", late), late);
    }
}
