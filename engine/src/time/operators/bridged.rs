//! `A afbrudt højst D` and `A afbrudt af en kalendermåned`: gaps that do not break a period.

use crate::time::{Building, Day, Length, Runs};

/// A with every gap filled that lasts at most D: it begins on g, the next run on b, and b ≤ g + D.
#[inline]
pub fn bridged(days: Runs<'_>, length: Length, out: &mut Building<'_>) {
    fill(days, out, |gap, next| next <= length.after(gap))
}

/// A with every gap filled that holds no whole calendar month (the 1st to the last).
pub fn bridged_month(days: Runs<'_>, out: &mut Building<'_>) {
    fill(days, out, |gap, next| {
        let first = if gap.previous().next_month() == gap {
            gap
        } else {
            gap.next_month()
        };
        next < first.next_month()
    })
}

/// Joins neighbouring runs where `bridges(first day of the gap, first day of the next run)`.
#[inline]
fn fill(days: Runs<'_>, out: &mut Building<'_>, bridges: impl Fn(Day, Day) -> bool) {
    let mut runs = days.runs().iter();
    let Some(mut last) = runs.next().copied() else {
        return;
    };
    for run in runs {
        if bridges(last.end, run.start) {
            last.end = run.end;
        } else {
            out.push(last);
            last = *run;
        }
    }
    out.push(last);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn a_gap_of_exactly_the_length_is_bridged_and_one_day_more_is_not() {
        let length = Length::new(28, Unit::Days);
        let a = days("2017-01-01..2017-01-31 2017-03-01..2017-03-31");
        assert_eq!(
            picture(&Days::build(|out| bridged(a.as_runs(), length, out))),
            "2017-01-01..2017-03-31"
        );
        let a = days("2017-01-01..2017-01-31 2017-03-02..2017-03-31");
        assert_eq!(
            picture(&Days::build(|out| bridged(a.as_runs(), length, out))),
            picture(&a)
        );
    }

    #[test]
    fn only_a_whole_calendar_month_breaks() {
        // 2 January to 27 February is long, but no month is whole; 1 to 28 February is one.
        let a = days("2017-01-01..2017-01-01 2017-02-28..2017-03-31");
        assert_eq!(
            picture(&Days::build(|out| bridged_month(a.as_runs(), out))),
            "2017-01-01..2017-03-31"
        );
        let a = days("2017-01-01..2017-01-31 2017-03-01..2017-03-31");
        assert_eq!(
            picture(&Days::build(|out| bridged_month(a.as_runs(), out))),
            picture(&a)
        );
        let a = days("2016-12-01..2016-12-30 2017-01-31..2017-03-31");
        assert_eq!(
            picture(&Days::build(|out| bridged_month(a.as_runs(), out))),
            "2016-12-01..2017-03-31"
        );
        let a = days("2016-12-01..2016-12-31 2017-02-01..2017-03-31");
        assert_eq!(
            picture(&Days::build(|out| bridged_month(a.as_runs(), out))),
            picture(&a)
        );
    }
}
