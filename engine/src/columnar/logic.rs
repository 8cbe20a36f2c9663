//! `og`, `eller`, `ikke` and `mindst N af` over a batch.

use super::aligned::{Aligned, Sets};
use super::lists::{Lists, Value};
use crate::time::operators::{and, at_least, not, or};
use crate::time::{Building, Period, Runs, TimelineRuns};

type Pair = fn(Runs<'_>, Runs<'_>, &mut Building<'_>);

/// The days on which all hold.
pub(super) fn all(values: &Aligned) -> Value {
    joined(values, and, |sum| sum.is_empty())
}

/// The days on which one holds.
pub(super) fn any(values: &Aligned) -> Value {
    joined(values, or, |sum| sum.runs() == [Period::ALL])
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

/// Values put together one after the other; `decided`: the rest changes nothing.
fn joined(values: &Aligned, pair: Pair, decided: fn(Runs<'_>) -> bool) -> Value {
    let list = |sure: bool| {
        let mut lists = Lists::with_capacity(values.count, 1);
        let mut each: Vec<Sets<'_>> = (0..values.len())
            .map(|value| values.each_lane(value, sure))
            .collect();
        let Some((last, before)) = each.split_last_mut() else {
            return lists;
        };
        let (mut sum, mut next) = (Vec::new(), Vec::new());
        for _ in 0..values.count {
            let mut first = before.iter_mut();
            let Some(one) = first.next() else {
                let only = last.next_lane();
                lists.lane(|out| only.runs().iter().for_each(|run| out.push_day(*run)));
                continue;
            };
            sum.clear();
            let one = one.next_lane();
            // Of two there is nothing between to be kept.
            let mut so_far = one;
            for other in first {
                let other = other.next_lane();
                if !decided(so_far) {
                    next.clear();
                    pair(so_far, other, &mut Building::new(&mut next));
                    std::mem::swap(&mut sum, &mut next);
                    so_far = Runs::new(&sum);
                }
            }
            let other = last.next_lane();
            lists.lane(|out| match decided(so_far) {
                true => so_far.runs().iter().for_each(|run| out.push_day(*run)),
                false => pair(so_far, other, out),
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
