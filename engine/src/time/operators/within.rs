//! `A inden for de seneste D`: A held on some day of [t − D, t].

use crate::time::{Building, Length, Period, Runs};

/// Every run lives on for as long as the window of a later day still reaches its last day.
#[inline]
pub fn within(days: Runs<'_>, length: Length, out: &mut Building<'_>) {
    for run in days.runs() {
        let last = length.last_reach(run.last()).max(run.last());
        out.push(Period::inclusive(run.start, last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn both_edges_of_the_window_count() {
        let a = days("2016-07-01..2016-07-30");
        let year = Length::new(12, Unit::Months);
        assert_eq!(
            picture(&Days::build(|out| within(a.as_runs(), year, out))),
            "2016-07-01..2017-07-30"
        );
    }

    #[test]
    fn the_window_of_a_leap_day_reaches_the_28th() {
        let a = days("2015-02-01..2015-02-28");
        let year = Length::new(12, Unit::Months);
        assert_eq!(
            picture(&Days::build(|out| within(a.as_runs(), year, out))),
            "2015-02-01..2016-02-29"
        );
    }
}
