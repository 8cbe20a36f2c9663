//! `A i hele uger`: an ISO week with any day of A counts whole.

use crate::time::{Building, Period, Runs};

/// Every run widened to the Monday of its first and the Sunday of its last day.
pub fn whole_weeks(days: Runs<'_>, out: &mut Building<'_>) {
    for run in days.runs() {
        out.push(Period::inclusive(run.start.monday(), run.last().sunday()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn a_week_with_any_day_counts_whole() {
        let a = days("2017-01-04..2017-01-04 2017-01-09..2017-01-10 2017-01-29..2017-01-29");
        assert_eq!(
            picture(&Days::build(|out| whole_weeks(a.as_runs(), out))),
            "2017-01-02..2017-01-15 2017-01-23..2017-01-29"
        );
    }
}
