//! From which days cases are looked at: a lane from each on which a table has something new.

use super::lists::Lanes;
use super::rows::RowDays;
use crate::columns::Batch;
use crate::model::TableId;
use crate::time::{Day, Period};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// For each lane the lane of another set that it looks as.
type Places = Rc<Vec<u32>>;

/// The lanes of a stretch of cases, for whichever tables are read together; each made once.
pub(super) struct Sights<'a> {
    batch: &'a Batch,
    cases: Range<usize>,
    window: Period,
    lanes: RefCell<BTreeMap<Vec<TableId>, Option<Rc<Lanes>>>>,
    places: RefCell<BTreeMap<[Vec<TableId>; 2], Places>>,
}

impl<'a> Sights<'a> {
    pub(super) fn new(batch: &'a Batch, cases: Range<usize>, window: Period) -> Self {
        Self {
            batch,
            cases,
            window,
            lanes: RefCell::default(),
            places: RefCell::default(),
        }
    }

    /// How many cases there are.
    pub(super) fn cases(&self) -> usize {
        self.cases.len()
    }

    /// The lanes of what rests on these tables (sorted); none if every case has but one.
    pub(super) fn of(&self, tables: &[TableId]) -> Option<Rc<Lanes>> {
        if let Some(made) = self.lanes.borrow().get(tables) {
            return made.clone();
        }
        let lanes = match tables {
            [] => None,
            [table] => self.of_table(*table),
            several => self.union(several),
        };
        let mut made = self.lanes.borrow_mut();
        made.insert(tables.to_vec(), lanes.clone());
        lanes
    }

    /// The lane in `own` that each lane of `all` looks as; without `own` the case's only one.
    pub(super) fn places(&self, own: Option<&Rc<Lanes>>, all: &Rc<Lanes>) -> Places {
        let tables = own.map_or_else(Vec::new, |own| own.tables().to_vec());
        let key = [tables, all.tables().to_vec()];
        if let Some(made) = self.places.borrow().get(&key) {
            return Rc::clone(made);
        }
        let places = Rc::new(places(all, own.map(|own| &**own)));
        self.places.borrow_mut().insert(key, Rc::clone(&places));
        places
    }

    fn of_table(&self, table: TableId) -> Option<Rc<Lanes>> {
        let columns = self.batch.tables().get(table.0)?;
        let mut lanes = Lanes::of(vec![table]);
        let mut days: Vec<Day> = Vec::new();
        for case in self.cases.clone() {
            days.clear();
            let rows = columns.rows_of(case);
            days.extend(rows.map(|row| RowDays::of(columns, row).sure_from()));
            days.extend(columns.open(case).iter().map(|open| open.start));
            self.add(&mut lanes, &mut days);
        }
        lanes.if_several()
    }

    fn union(&self, tables: &[TableId]) -> Option<Rc<Lanes>> {
        let each: Vec<Rc<Lanes>> = tables.iter().filter_map(|it| self.of(&[*it])).collect();
        let mut walks: Vec<_> = each.iter().map(|lanes| lanes.iter()).collect();
        let mut lanes = Lanes::of(tables.to_vec());
        let mut days: Vec<Day> = Vec::new();
        for _ in self.cases.clone() {
            days.clear();
            for walk in &mut walks {
                days.extend(walk.next().map_or(&[][..], |(_, days)| days));
            }
            self.add(&mut lanes, &mut days);
        }
        lanes.if_several()
    }

    /// Adds a case with a lane from the window's first day and from each of the days in it.
    fn add(&self, lanes: &mut Lanes, days: &mut Vec<Day>) {
        days.retain(|day| self.window.start < *day && *day < self.window.end);
        days.push(self.window.start);
        days.sort_unstable();
        days.dedup();
        lanes.case(days.iter().copied());
    }
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
                let mut begun = 0_usize;
                for day in days {
                    // The last lane that has begun.
                    while from
                        .get(begun.saturating_add(1))
                        .is_some_and(|next| next <= day)
                    {
                        begun = begun.saturating_add(1);
                    }
                    places.push(first.saturating_add(begun) as u32);
                }
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lane_looks_as_the_last_that_has_begun() {
        let lanes = |cases: &[&[i32]]| {
            let mut lanes = Lanes::default();
            for from in cases {
                lanes.case(from.iter().map(|day| Day::from_number(*day)));
            }
            lanes
        };
        let all = lanes(&[&[1, 3, 5, 7], &[1, 9]]);
        let own = lanes(&[&[1, 5], &[1]]);
        assert_eq!(places(&all, Some(&own)), [0, 0, 1, 1, 2, 2]);
        assert_eq!(places(&all, None), [0, 0, 0, 0, 1, 1]);
    }
}
