//! `højst D efter A begynder` and its three kin: the days near the edge of a run.

use crate::time::{Building, Days, Length, Period, Runs, Timeline, TimelineRuns};
use hjemmel_grammar::syntax::{Edge, Side};

/// After: [first, first + D] or [last + 1, last + D]. Before: [first − D, first − 1] or
/// [last − D, last].
pub fn near(days: Runs<'_>, length: Length, side: Side, edge: Edge, out: &mut Building<'_>) {
    // Later runs have later edges, so the days come in order.
    for run in days.runs() {
        out.push(match (side, edge) {
            (Side::After, Edge::Begins) => Period::inclusive(run.start, length.after(run.start)),
            (Side::After, Edge::Ends) => Period::inclusive(run.end, length.after(run.last())),
            (Side::Before, Edge::Begins) => Period::new(length.before(run.start), run.start),
            (Side::Before, Edge::Ends) => Period::inclusive(length.before(run.last()), run.last()),
        });
    }
}

/// The same where something may be unknown: a run that is not wholly known may begin and end on any
/// of the days that it may have.
#[must_use]
pub fn maybe_near(timeline: TimelineRuns<'_>, length: Length, side: Side, edge: Edge) -> Timeline {
    let near = |runs: &[Period]| Days::build(|out| near(Runs::new(runs), length, side, edge, out));
    let sure_runs = timeline.sure.runs();
    if timeline.is_known() {
        return Timeline::known(near(sure_runs));
    }
    let (mut exact, mut possible) = (Vec::new(), Vec::new());
    for run in timeline.possible.runs() {
        if sure_runs.contains(run) {
            exact.push(*run);
        } else {
            possible.push(match side {
                Side::After => Period::inclusive(run.start, length.after(run.last())),
                Side::Before => Period::new(length.before(run.start), run.end),
            });
        }
    }
    Timeline::new(near(&exact), &Days::from_periods(possible))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn each_side_of_each_edge() {
        let a = days("2017-03-10..2017-03-20");
        let week = Length::new(1, Unit::Weeks);
        let check =
            |side, edge| picture(&Days::build(|out| near(a.as_runs(), week, side, edge, out)));
        assert_eq!(check(Side::After, Edge::Begins), "2017-03-10..2017-03-17");
        assert_eq!(check(Side::After, Edge::Ends), "2017-03-21..2017-03-27");
        assert_eq!(check(Side::Before, Edge::Begins), "2017-03-03..2017-03-09");
        assert_eq!(check(Side::Before, Edge::Ends), "2017-03-13..2017-03-20");
    }
}
