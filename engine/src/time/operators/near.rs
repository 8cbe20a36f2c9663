//! `højst D efter A begynder` and its three kin: the days near the edge of a run.

use crate::time::{Days, Length, Period};
use hjemmel_grammar::syntax::{Edge, Side};

/// After: [first, first + D] or [last + 1, last + D]. Before: [first − D, first − 1] or
/// [last − D, last].
#[must_use]
pub fn near(days: &Days, length: Length, side: Side, edge: Edge) -> Days {
    Days::from_periods(
        days.runs()
            .iter()
            .map(|run| match (side, edge) {
                (Side::After, Edge::Begins) => {
                    Period::inclusive(run.start, length.after(run.start))
                }
                (Side::After, Edge::Ends) => Period::inclusive(run.end, length.after(run.last())),
                (Side::Before, Edge::Begins) => Period::new(length.before(run.start), run.start),
                (Side::Before, Edge::Ends) => {
                    Period::inclusive(length.before(run.last()), run.last())
                }
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Unit;
    use crate::time::operators::testing::{days, picture};

    #[test]
    fn each_side_of_each_edge() {
        let a = days("2017-03-10..2017-03-20");
        let week = Length::new(1, Unit::Weeks);
        let check = |side, edge| picture(&near(&a, week, side, edge));
        assert_eq!(check(Side::After, Edge::Begins), "2017-03-10..2017-03-17");
        assert_eq!(check(Side::After, Edge::Ends), "2017-03-21..2017-03-27");
        assert_eq!(check(Side::Before, Edge::Begins), "2017-03-03..2017-03-09");
        assert_eq!(check(Side::Before, Edge::Ends), "2017-03-13..2017-03-20");
    }
}
