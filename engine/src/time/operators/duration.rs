//! `varighed`: the runs that last long enough, first to last day inclusive.

use crate::time::{Building, Length, Runs};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
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
