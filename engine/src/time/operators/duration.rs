//! `varighed`: the runs that last long enough, first to last day inclusive.

use crate::time::{Building, Days, Length, Runs, Timeline, TimelineRuns};
use hjemmel_grammar::syntax::Order;

/// The runs with last day + 1 ≥ first day + D.
pub fn lasting_at_least(days: Runs<'_>, length: Length, out: &mut Building<'_>) {
    for run in days.runs() {
        if length.after(run.start) <= run.end {
            out.push(*run);
        }
    }
}

/// The runs with last day + 1 > first day + D.
pub fn longer_than(days: Runs<'_>, length: Length, out: &mut Building<'_>) {
    for run in days.runs() {
        if length.after(run.start) < run.end {
            out.push(*run);
        }
    }
}

/// The days of the spells that pass a test of their duration.
#[must_use]
pub fn lasting(spells: TimelineRuns<'_>, order: Order, length: Length) -> Timeline {
    let long = |days: Runs<'_>| {
        Days::build(|out| match order {
            Order::AtLeast | Order::Under => lasting_at_least(days, length, out),
            Order::Over | Order::AtMost => longer_than(days, length, out),
        })
    };
    let (sure, possible) = (long(spells.sure), long(spells.possible));
    match order {
        Order::AtLeast | Order::Over => Timeline::new(sure, &possible),
        // A spell that may turn out longer is surely short only if even that is short.
        Order::Under | Order::AtMost => {
            let short = |days: Runs<'_>, long: &Days| days.to_days().without(long);
            Timeline::new(
                short(spells.sure, &possible),
                &short(spells.possible, &sure),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn two_weeks_are_fourteen_days() {
        let a = days("2017-01-01..2017-01-13 2017-02-01..2017-02-14 2017-03-01..2017-03-15");
        let weeks = Length::new(2, Unit::Weeks);
        assert_eq!(
            picture(&Days::build(|out| lasting_at_least(
                a.as_runs(),
                weeks,
                out
            ))),
            "2017-02-01..2017-02-14 2017-03-01..2017-03-15"
        );
        assert_eq!(
            picture(&Days::build(|out| longer_than(a.as_runs(), weeks, out))),
            "2017-03-01..2017-03-15"
        );
    }
}
