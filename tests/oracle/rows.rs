//! The rows that a picture shows, and what one row meets.

use super::days::Marks;
use super::picture::{Calendar, Picture, View};
use super::world::{Fact, Fault};
use hjemmel_engine::case::Value;
use hjemmel_engine::model::{
    AssessmentId, Bound, FieldId, FieldType, RowCondition, RowTest, Table, TableId,
};
use hjemmel_engine::time::{Day, Length, Unit};
use hjemmel_grammar::syntax::Order;

impl Picture<'_> {
    fn visible(&self, row: &Fact, known_on: Option<Day>) -> bool {
        let known_on = known_on.map(|day| day.plus(self.slip(Fault::Registered)));
        let registered = match (row.registered, known_on) {
            (Some(registered), Some(known_on)) => registered <= known_on,
            _ => true,
        };
        registered && row.first <= self.begun_by.plus(self.slip(Fault::Foresight))
    }

    /// Of rows that contradict each other on a day one is believed.
    pub(crate) fn rows_by_day(&self, table: TableId, known_on: Option<Day>) -> Calendar {
        let rows = &self.world.tables[table.0];
        let exclusive = self.model.tables[table.0].exclusive;
        let mut calendar: Calendar = vec![Vec::new(); self.window.days().count()];
        for (i, row) in rows.iter().enumerate() {
            if self.visible(row, known_on) {
                let last = row
                    .last
                    .map_or(self.window.last, |last| last.plus(self.slip(Fault::RowEnd)));
                for day in
                    super::days::days(row.first.max(self.window.first), last.min(self.window.last))
                {
                    calendar[day.since(self.window.first) as usize].push(i);
                }
            }
        }
        for (day, on_day) in self.window.days().zip(&mut calendar) {
            if exclusive
                && on_day
                    .iter()
                    .any(|i| rows[*i].values != rows[on_day[0]].values)
            {
                self.guess();
                let believed = on_day[self.fill.pick(table.0, day, on_day.len())];
                *on_day = vec![believed];
            }
        }
        calendar
    }

    /// The days on which some row of the table is one that `counts`.
    pub(crate) fn rows(&self, table: TableId, view: View, counts: impl Fn(&Fact) -> bool) -> Marks {
        let counting: Vec<bool> = self.world.tables[table.0].iter().map(counts).collect();
        self.rows_on(table, view, |row, _| counting[row])
    }

    fn rows_on(&self, table: TableId, view: View, counts: impl Fn(usize, Day) -> bool) -> Marks {
        let calendar = self.calendar(table, view.known_on);
        let mut on_days = calendar.iter();
        Marks::by(self.window, |day| {
            on_days
                .next()
                .is_some_and(|rows| rows.iter().any(|row| counts(*row, day)))
        })
    }

    /// Whether one row meets the filter.
    pub(crate) fn meets(&self, row: &Fact, filter: &RowCondition, view: View) -> bool {
        match filter {
            RowCondition::All(all) => all.iter().all(|one| self.meets(row, one, view)),
            RowCondition::Any(any) => any.iter().any(|one| self.meets(row, one, view)),
            RowCondition::AtLeast(n, some) => {
                some.iter().filter(|one| self.meets(row, one, view)).count() >= *n as usize
            }
            RowCondition::Not(one) => !self.meets(row, one, view),
            RowCondition::Field(field, RowTest::OneOf(values)) => row.values[field.0]
                .as_ref()
                .is_some_and(|value| values.contains(value)),
            RowCondition::Field(field, RowTest::Ordered(order, bound)) => {
                match (&row.values[field.0], self.bound(*bound, view)) {
                    (Some(Value::Number(value)), Bound::Number(bound)) => {
                        compare(*order, value, &bound)
                    }
                    (Some(Value::Date(value)), Bound::Date(bound)) => {
                        compare(*order, value, &bound)
                    }
                    (value, bound) => panic!("{value:?} compared with {bound:?}"),
                }
            }
        }
    }

    /// `alder`: n whole years from the day of birth + n years on.
    pub(crate) fn age(
        &self,
        table: TableId,
        field: FieldId,
        (order, years): (Order, u32),
        view: View,
    ) -> Marks {
        let turns = |born: Day, n: u32| {
            Length::new(n, Unit::Years)
                .after(born)
                .plus(self.slip(Fault::Age))
        };
        let turns = |row: &Fact| match row.values[field.0] {
            Some(Value::Date(born)) => (turns(born, years), turns(born, years + 1)),
            _ => panic!("a date of birth is a date"),
        };
        let turns: Vec<_> = self.world.tables[table.0].iter().map(turns).collect();
        self.rows_on(table, view, |row, day| match order {
            Order::AtLeast => turns[row].0 <= day,
            Order::Under => day < turns[row].0,
            Order::Over => turns[row].1 <= day,
            Order::AtMost => day < turns[row].1,
        })
    }

    /// On which days a decision that `counts` covers the day in time, and on which one past its
    /// reassessment date does.
    pub(crate) fn decided(
        &self,
        id: AssessmentId,
        filter: &RowCondition,
        view: View,
        counts: impl Fn(usize) -> bool,
    ) -> (Marks, Marks) {
        let Some(version) = self.model.assessments[id.0].on(view.law) else {
            return (self.hole(id.0), Marks::by(self.window, |_| false));
        };
        let table = version.body.table;
        let after = version
            .body
            .reassessed_after
            .map(|length| self.length(length, view));
        let rows = &self.world.tables[table.0];
        let last_timely = |row: &Fact| match (&row.values[Table::REASSESS.0], after) {
            (Some(Value::Date(day)), _) => *day,
            (_, Some(after)) => after.after(row.first),
            (_, None) => Day::END,
        };
        let slip = self.slip(Fault::Reassess);
        let last_timely: Vec<_> = rows
            .iter()
            .map(|row| last_timely(row).plus(-slip))
            .collect();
        let counting = |row: &Fact| match row.values[Table::DECISION.0] {
            Some(Value::Choice(decision)) => counts(decision) && self.meets(row, filter, view),
            _ => false,
        };
        let counting: Vec<bool> = rows.iter().map(counting).collect();
        let past = |row: usize, day| last_timely[row] < day;
        let fields = &self.model.tables[table.0].fields;
        // What a decision is about: its declared fields, texts aside.
        let matter = |row: &Fact| -> Vec<Option<Value>> {
            let declared = fields.iter().zip(&row.values).skip(Table::OWN_FIELDS);
            let declared = declared.filter(|(field, _)| field.ty != FieldType::Text);
            declared.map(|(_, value)| value.clone()).collect()
        };
        // The decisions about one matter that are in time on a day.
        let calendar = self.calendar(table, view.known_on);
        let in_time = |row: usize, day: Day| -> Vec<usize> {
            let on_day = &calendar[day.since(self.window.first) as usize];
            let about = |other: &usize| {
                let decided = |i: usize| decision(&rows[i]).is_some_and(|it| it != Table::PENDING);
                matter(&rows[*other]) == matter(&rows[row]) && decided(*other) && !past(*other, day)
            };
            on_day.iter().copied().filter(about).collect()
        };
        // Of two that contradict each other one is believed.
        let believed = |row: usize, day: Day| {
            let rivals = in_time(row, day);
            let same = |i: &usize| decision(&rows[*i]) == decision(&rows[row]);
            if rivals.iter().all(same) {
                return true;
            }
            self.guess();
            same(&rivals[self.fill.pick(table.0, day, rivals.len())])
        };
        let timely = |row: usize, day| counting[row] && !past(row, day) && believed(row, day);
        let expired =
            |row: usize, day| counting[row] && past(row, day) && in_time(row, day).is_empty();
        (
            self.rows_on(table, view, |row, day| {
                timely(row, day) || view.lenient && expired(row, day)
            }),
            self.rows_on(table, view, |row, day| !view.lenient && expired(row, day)),
        )
    }
}

/// The decision of a row, if it is known.
fn decision(row: &Fact) -> Option<usize> {
    match row.values[Table::DECISION.0] {
        Some(Value::Choice(decision)) => Some(decision),
        _ => None,
    }
}

pub(crate) fn compare<T: Ord>(order: Order, value: &T, bound: &T) -> bool {
    match order {
        Order::AtLeast => value >= bound,
        Order::AtMost => value <= bound,
        Order::Under => value < bound,
        Order::Over => value > bound,
    }
}
