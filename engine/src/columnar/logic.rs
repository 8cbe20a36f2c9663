//! `og`, `eller`, `ikke` and `mindst N af` over a batch.

use super::aligned::{Aligned, Column};
use super::lists::{Lists, Value};
use crate::time::operators::{and, at_least, not, or};
use crate::time::{Building, Period, Runs, TimelineRuns};

/// Every day.
const ALL: &[Period] = &[Period::ALL];

type Pair = fn(Runs<'_>, Runs<'_>, &mut Building<'_>);

/// The days on which all hold.
pub(super) fn all(values: &Aligned) -> Value {
    joined(values, and, ALL, |sum| sum.is_empty())
}

/// The days on which one holds.
pub(super) fn any(values: &Aligned) -> Value {
    joined(values, or, &[], |sum| sum.runs() == ALL)
}

/// The days on which so many hold.
pub(super) fn so_many(count: u32, values: &Aligned) -> Value {
    let list = |side: Side| {
        let mut lists = Lists::with_capacity(values.count, 1);
        let mut sets: Vec<Runs<'_>> = Vec::with_capacity(values.len());
        for lane in 0..values.count {
            sets.clear();
            sets.extend((0..values.len()).map(|value| side(values.get(value, lane))));
            lists.lane(|out| at_least(count, &sets, out));
        }
        lists
    };
    both(values, list)
}

/// The days on which it does not hold.
pub(super) fn none(value: &Value) -> Value {
    let opposite = |lists: &Lists| {
        let mut out = Lists::with_capacity(lists.len(), 2);
        for runs in lists.iter() {
            out.lane(|out| not(runs, out));
        }
        out
    };
    let sure = opposite(value.possible());
    let opposite = match &value.possible {
        Some(_) => Value::new(sure, opposite(&value.sure)),
        None => Value::known(sure),
    };
    opposite.in_lanes(value.lanes.clone())
}

/// The sure or the possible days of a timeline.
type Side = fn(TimelineRuns<'_>) -> Runs<'_>;

/// The sure days, and the possible ones if something is unknown.
fn both(values: &Aligned, list: impl Fn(Side) -> Lists) -> Value {
    let sure = list(|timeline| timeline.sure);
    let value = if values.any_unknown() {
        Value::new(sure, list(|timeline| timeline.possible))
    } else {
        Value::known(sure)
    };
    value.in_lanes(values.lanes.clone())
}

/// Values put together one after the other, beginning with `neutral`; `decided`: the rest changes
/// nothing.
fn joined(
    values: &Aligned,
    pair: Pair,
    neutral: &[Period],
    decided: fn(Runs<'_>) -> bool,
) -> Value {
    let list = |sure: bool| {
        let mut lists = Lists::with_capacity(values.count, 1);
        let mut each: Vec<Column<'_>> = (0..values.len())
            .filter_map(|value| values.column(value, sure))
            .collect();
        // What seldom holds decides soonest.
        each.sort_by_key(Column::runs);
        let Some((last, before)) = each.split_last() else {
            return lists;
        };
        let (mut sum, mut next) = (Vec::new(), Vec::new());
        for lane in 0..values.count {
            let mut so_far = match before.first() {
                Some(first) => first.lane(lane),
                None => Runs::new(neutral),
            };
            for other in before.iter().skip(1) {
                if decided(so_far) {
                    break;
                }
                next.clear();
                pair(so_far, other.lane(lane), &mut Building::new(&mut next));
                std::mem::swap(&mut sum, &mut next);
                so_far = Runs::new(&sum);
            }
            lists.lane(|out| match decided(so_far) {
                true => so_far.runs().iter().for_each(|run| out.push_day(*run)),
                false => pair(so_far, last.lane(lane), out),
            });
        }
        lists
    };
    let sure = list(true);
    let value = if values.any_unknown() {
        Value::new(sure, list(false))
    } else {
        Value::known(sure)
    };
    value.in_lanes(values.lanes.clone())
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::{in_2016, when};

    #[test]
    fn what_is_unknown_matters_only_where_it_decides() {
        let cases = [
            "ydelse x fra 1. marts 2016 til 30. juni 2016; tilbud x fra 1. juni 2016, slutdato ukendt",
        ];
        assert_eq!(
            in_2016(&when("ydelse og tilbud"), &cases),
            ["2016-06-01..2016-06-01 ja, 2016-06-02..2016-06-30 ukendt"]
        );
        assert_eq!(
            in_2016(&when("ydelse eller tilbud"), &cases),
            ["2016-03-01..2016-06-30 ja, 2016-07-01..2016-12-31 ukendt"]
        );
    }
}
