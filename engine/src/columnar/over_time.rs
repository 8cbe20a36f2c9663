//! The operators of time over a batch: each makes one list of runs into another, lane by lane.

use super::aligned::Aligned;
use super::lists::{Lists, Value};
use crate::plan::Node;
use crate::time::operators::{
    bridged, bridged_month, held_for, lasting, maybe_near, near, pinned, total_within, whole_weeks,
    within,
};
use crate::time::{Building, Day, Days, Runs, StepTable, Timeline, TimelineRuns};

/// What an operator of one operand makes of its value; `None` if the node is no such operator.
pub(super) fn of(node: &Node, value: &Value) -> Option<Value> {
    Some(match *node {
        Node::HeldFor(_, length) => {
            let steps = StepTable::of(length);
            each(value, |runs, out| held_for(runs, &*steps, out))
        }
        Node::Within(_, length) => {
            let steps = StepTable::of(length);
            each(value, |runs, out| within(runs, &*steps, out))
        }
        Node::TotalWithin(_, total, window) => {
            let steps = StepTable::of(window);
            each(value, |runs, out| total_within(runs, total, &*steps, out))
        }
        Node::Bridged(_, length) => {
            let steps = StepTable::of(length);
            each(value, |runs, out| bridged(runs, &*steps, out))
        }
        Node::BridgedMonth(_) => each(value, bridged_month),
        Node::WholeWeeks(_) => each(value, whole_weeks),
        Node::Near(_, length, side, edge) => match value.possible {
            None => each(value, |runs, out| near(runs, length, side, edge, out)),
            Some(_) => timelines(value, |it| maybe_near(it, length, side, edge)),
        },
        Node::Lasting { order, length, .. } => timelines(value, |it| lasting(it, order, length)),
        _ => return None,
    })
}

/// An operator that works on the sure and the possible days apart.
#[inline]
fn each(value: &Value, operator: impl Fn(Runs<'_>, &mut Building<'_>)) -> Value {
    value.map(|lists| {
        let mut out = Lists::with_capacity(lists.len(), 2);
        for runs in lists.iter() {
            out.lane(|out| operator(runs, out));
        }
        out
    })
}

/// An operator that must see both at once.
fn timelines(value: &Value, operator: impl Fn(TimelineRuns<'_>) -> Timeline) -> Value {
    let lanes = value.sure.len();
    let (mut sure, mut possible) = (Lists::default(), Lists::default());
    for lane in 0..lanes {
        let made = operator(value.get(lane));
        push(&mut sure, made.sure());
        push(&mut possible, made.possible());
    }
    Value::new(sure, possible).in_lanes(value.lanes.clone())
}

/// Spells that began before a day by their own law: `values` are the old term and the new one.
pub(super) fn pins(values: &Aligned, before: Day) -> Value {
    let (mut sure, mut possible) = (Lists::default(), Lists::default());
    for lane in 0..values.count {
        let made = pinned(values.get(0, lane), values.get(1, lane), before);
        push(&mut sure, made.sure());
        push(&mut possible, made.possible());
    }
    Value::new(sure, possible).in_lanes(values.lanes.clone())
}

/// Adds a lane with these days.
pub(super) fn push(lists: &mut Lists, days: &Days) {
    lists.lane(|out| days.runs().iter().for_each(|run| out.push(*run)));
}

#[cfg(test)]
mod tests {
    use crate::columnar::testing::{in_2016, when};

    #[test]
    fn nobody_knows_beforehand_that_a_week_will_have_another_day() {
        // 6 July is a Wednesday: Monday and Tuesday did not know of it.
        let cases = ["ydelse x fra 6. juli 2016 til 7. juli 2016"];
        assert_eq!(
            in_2016(&when("ydelse i hele uger"), &cases),
            ["2016-07-06..2016-07-10 ja"]
        );
    }
}
