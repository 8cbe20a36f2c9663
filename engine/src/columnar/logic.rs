//! `og`, `eller`, `ikke` and `mindst N af` over a batch.

use super::aligned::Aligned;
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
    joined(values, or, |sum| sum == [Period::ALL])
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

/// Values put together two by two; `decided`: the rest changes nothing.
fn joined(values: &Aligned, pair: Pair, decided: fn(&[Period]) -> bool) -> Value {
    if let Some(mut single) = values.single()
        && let (Some(a), Some(b), None) = (single.next(), single.next(), single.next())
    {
        return two(a, b, pair);
    }
    let list = |side: Side| {
        let mut lists = Lists::with_capacity(values.count, 2);
        let (mut sum, mut next) = (Vec::new(), Vec::new());
        for lane in 0..values.count {
            sum.clear();
            sum.extend_from_slice(side(values.get(0, lane)).runs());
            for value in 1..values.len() {
                if decided(&sum) {
                    break;
                }
                next.clear();
                let other = side(values.get(value, lane));
                pair(Runs::new(&sum), other, &mut Building::new(&mut next));
                std::mem::swap(&mut sum, &mut next);
            }
            lists.lane(|out| sum.iter().for_each(|run| out.push(*run)));
        }
        lists
    };
    both(values, list)
}

/// Two values with one lane for each case.
fn two(a: &Value, b: &Value, pair: Pair) -> Value {
    let list = |a: &Lists, b: &Lists| {
        let mut lists = Lists::with_capacity(a.len(), 2);
        for (a, b) in a.iter().zip(b.iter()) {
            lists.lane(|out| pair(a, b, out));
        }
        lists
    };
    let sure = list(&a.sure, &b.sure);
    if a.possible.is_none() && b.possible.is_none() {
        return Value::known(sure);
    }
    Value::new(sure, list(a.possible(), b.possible()))
}
