//! `A i mindst D`: A has held without a break for D.

use crate::time::{Building, Length, Period, Runs};

/// The days t on which a run that began on s holds and s + D ≤ t.
#[inline]
pub fn held_for(days: Runs<'_>, length: Length, out: &mut Building<'_>) {
    for run in days.runs() {
        out.push(Period::new(length.after(run.start).max(run.start), run.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn the_first_day_plus_the_length_is_the_first_that_counts() {
        let a = days("2017-01-04..2017-07-31 2017-08-02..2017-08-05");
        assert_eq!(
            picture(&Days::build(|out| held_for(
                a.as_runs(),
                Length::new(6, Unit::Months),
                out
            ))),
            "2017-07-04..2017-07-31"
        );
    }
}
