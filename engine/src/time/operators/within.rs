//! `A inden for de seneste D`: A held on some day of [t − D, t].

use crate::time::{Days, Length, Period};

/// Every run lives on for as long as the window of a later day still reaches its last day.
#[must_use]
pub fn within(days: &Days, length: Length) -> Days {
    Days::from_sorted(
        days.runs()
            .iter()
            .map(|run| Period::inclusive(run.start, length.last_reach(run.last()).max(run.last()))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn both_edges_of_the_window_count() {
        let a = days("2016-07-01..2016-07-30");
        let year = Length::new(12, Unit::Months);
        assert_eq!(picture(&within(&a, year)), "2016-07-01..2017-07-30");
    }

    #[test]
    fn the_window_of_a_leap_day_reaches_the_28th() {
        let a = days("2015-02-01..2015-02-28");
        let year = Length::new(12, Unit::Months);
        assert_eq!(picture(&within(&a, year)), "2015-02-01..2016-02-29");
    }
}
