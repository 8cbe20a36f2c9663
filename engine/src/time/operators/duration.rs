//! `varighed`: the runs that last long enough, first to last day inclusive.

use crate::time::{Days, Length};

/// The runs with last day + 1 ≥ first day + D.
#[must_use]
pub fn lasting_at_least(days: &Days, length: Length) -> Days {
    Days::from_sorted(
        days.runs()
            .iter()
            .copied()
            .filter(|run| length.after(run.start) <= run.end),
    )
}

/// The runs with last day + 1 > first day + D.
#[must_use]
pub fn longer_than(days: &Days, length: Length) -> Days {
    Days::from_sorted(
        days.runs()
            .iter()
            .copied()
            .filter(|run| length.after(run.start) < run.end),
    )
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
            picture(&lasting_at_least(&a, weeks)),
            "2017-02-01..2017-02-14 2017-03-01..2017-03-15"
        );
        assert_eq!(picture(&longer_than(&a, weeks)), "2017-03-01..2017-03-15");
    }
}
