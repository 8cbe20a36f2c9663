//! `mindst N af:`: at least N of several conditions hold.

use crate::time::{Building, Day, Period, Runs};

/// The days on which at least `count` of the sets have the day: one sweep over all edges.
pub fn at_least(count: u32, sets: &[Runs<'_>], out: &mut Building<'_>) {
    if count == 0 {
        return out.push(Period::ALL);
    }
    let mut edges: Vec<(Day, i64)> = sets
        .iter()
        .flat_map(|set| set.runs())
        .flat_map(|run| [(run.start, 1), (run.end, -1)])
        .collect();
    edges.sort_unstable();
    let (mut holding, mut since) = (0_i64, Day::FIRST);
    for (day, step) in edges {
        if i64::from(count) <= holding {
            out.push(Period::new(since, day));
        }
        holding = holding.saturating_add(step);
        since = day;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Days;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn two_of_three() {
        let (a, b, c) = (
            days("2017-01-01..2017-01-10"),
            days("2017-01-05..2017-01-20"),
            days("2017-01-11..2017-01-12 2017-01-20..2017-01-25"),
        );
        let sets = [a.as_runs(), b.as_runs(), c.as_runs()];
        let two = Days::build(|out| at_least(2, &sets, out));
        assert_eq!(
            picture(&two),
            "2017-01-05..2017-01-12 2017-01-20..2017-01-20"
        );
    }
}
