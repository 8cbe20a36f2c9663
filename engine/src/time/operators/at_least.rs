//! `mindst N af:`: at least N of several conditions hold.

use crate::time::{Day, Days, Period};

/// The days on which at least `count` of the sets have the day: one sweep over all edges.
#[must_use]
pub fn at_least(count: u32, sets: &[&Days]) -> Days {
    let mut edges: Vec<(Day, i64)> = sets
        .iter()
        .flat_map(|set| set.runs())
        .flat_map(|run| [(run.start, 1), (run.end, -1)])
        .collect();
    edges.sort_unstable();
    let (mut periods, mut holding, mut since) = (Vec::new(), 0_i64, Day::FIRST);
    for (day, step) in edges {
        if i64::from(count) <= holding {
            periods.push(Period::new(since, day));
        }
        holding = holding.saturating_add(step);
        since = day;
    }
    if count == 0 {
        return Days::all();
    }
    Days::from_sorted(periods)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn two_of_three() {
        let (a, b, c) = (
            days("2017-01-01..2017-01-10"),
            days("2017-01-05..2017-01-20"),
            days("2017-01-11..2017-01-12 2017-01-20..2017-01-25"),
        );
        let two = at_least(2, &[&a, &b, &c]);
        assert_eq!(
            picture(&two),
            "2017-01-05..2017-01-12 2017-01-20..2017-01-20"
        );
    }
}
