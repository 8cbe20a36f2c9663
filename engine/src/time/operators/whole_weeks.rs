//! `A i hele uger`: an ISO week with any day of A counts whole.

use crate::time::{Days, Period};

/// Every run widened to the Monday of its first and the Sunday of its last day.
#[must_use]
pub fn whole_weeks(days: &Days) -> Days {
    Days::from_sorted(
        days.runs()
            .iter()
            .map(|run| Period::inclusive(run.start.monday(), run.last().sunday())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn a_week_with_any_day_counts_whole() {
        let a = days("2017-01-04..2017-01-04 2017-01-09..2017-01-10 2017-01-29..2017-01-29");
        assert_eq!(
            picture(&whole_weeks(&a)),
            "2017-01-02..2017-01-15 2017-01-23..2017-01-29"
        );
    }
}
