//! Values side by side: lanes that begin on different days are cut so that they agree.

use super::lists::{Lanes, Value};
use crate::time::{Day, TimelineRuns};
use std::rc::Rc;

/// Several values in the same lanes.
pub(super) struct Aligned {
    /// The lanes of all; none: one for each case.
    pub(super) lanes: Option<Rc<Lanes>>,
    /// How many lanes there are.
    pub(super) count: usize,
    values: Vec<(Value, Option<Vec<u32>>)>,
}

impl Aligned {
    /// Puts values side by side. `cases` is how many cases there are.
    pub(super) fn new(values: Vec<Value>, cases: usize) -> Self {
        let mut all = values.iter().filter_map(|value| value.lanes.as_ref());
        let Some(first) = all.next() else {
            let values = values.into_iter().map(|value| (value, None)).collect();
            return Self {
                lanes: None,
                count: cases,
                values,
            };
        };
        let lanes = match all.any(|other| !Rc::ptr_eq(other, first)) {
            true => Rc::new(union(&values, cases)),
            false => Rc::clone(first),
        };
        let place = |value: Value| {
            let same = value
                .lanes
                .as_ref()
                .is_some_and(|it| Rc::ptr_eq(it, &lanes));
            let places = (!same).then(|| places(&lanes, value.lanes.as_deref()));
            (value, places)
        };
        Self {
            count: lanes.len(),
            values: values.into_iter().map(place).collect(),
            lanes: Some(lanes),
        }
    }

    /// A value's timeline in a lane of all.
    #[inline]
    pub(super) fn get(&self, value: usize, lane: usize) -> TimelineRuns<'_> {
        let Some((value, places)) = self.values.get(value) else {
            return TimelineRuns::default();
        };
        let lane = match places {
            Some(places) => places.get(lane).map_or(usize::MAX, |lane| *lane as usize),
            None => lane,
        };
        value.get(lane)
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The values, if each has one lane for each case.
    pub(super) fn single(&self) -> Option<impl Iterator<Item = &Value>> {
        let values = self.values.iter().map(|(value, _)| value);
        self.lanes.is_none().then_some(values)
    }

    /// Whether something is unknown in one of them.
    pub(super) fn any_unknown(&self) -> bool {
        self.values
            .iter()
            .any(|(value, _)| value.possible.is_some())
    }
}

/// Lanes that begin whenever one of a case's does.
fn union(values: &[Value], cases: usize) -> Lanes {
    let lanes = values.iter().filter_map(|value| value.lanes.as_deref());
    let mut each: Vec<_> = lanes.map(Lanes::iter).collect();
    let mut union = Lanes::default();
    let mut days: Vec<Day> = Vec::new();
    for _ in 0..cases {
        days.clear();
        for lanes in &mut each {
            days.extend(lanes.next().map_or(&[][..], |(_, days)| days));
        }
        days.sort_unstable();
        days.dedup();
        union.case(days.iter().copied());
    }
    union
}

/// For each lane of all the value's own lane.
fn places(all: &Lanes, own: Option<&Lanes>) -> Vec<u32> {
    let mut places = Vec::with_capacity(all.len());
    let mut own = own.map(Lanes::iter);
    for (case, (_, days)) in all.iter().enumerate() {
        match own.as_mut() {
            None => places.extend(days.iter().map(|_| case as u32)),
            Some(own) => {
                let (first, from) = own.next().unwrap_or_default();
                for day in days {
                    // The last lane that has begun.
                    let begun = from.partition_point(|own| own <= day).saturating_sub(1);
                    places.push(first.saturating_add(begun) as u32);
                }
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::lists::Lists;
    use super::*;
    use crate::time::Period;

    fn day(number: i32) -> Day {
        Day::from_number(number)
    }

    /// A value with a lane from each of these days, in which it holds on that day.
    fn value(cases: &[&[i32]]) -> Value {
        let (mut lanes, mut lists) = (Lanes::default(), Lists::default());
        for from in cases {
            lanes.case(from.iter().map(|from| day(*from)));
            for from in *from {
                lists.lane(|out| out.push(Period::inclusive(day(*from), day(*from))));
            }
        }
        Value::known(lists).in_lanes(Some(Rc::new(lanes)))
    }

    #[test]
    fn each_lane_looks_as_the_last_that_has_begun() {
        let values = vec![value(&[&[1, 5], &[1]]), value(&[&[1, 3], &[1, 9]])];
        let aligned = Aligned::new(values, 2);
        let picture: Vec<(i32, i32)> = (0..aligned.count)
            .map(|lane| {
                let first = |value| {
                    let runs = aligned.get(value, lane).sure.runs();
                    runs.first().map_or(0, |run: &Period| run.start.number())
                };
                (first(0), first(1))
            })
            .collect();
        assert_eq!(picture, [(1, 1), (1, 3), (5, 3), (1, 1), (1, 9)]);
    }
}
