//! Random conditions.
//!
//! An `anchored` condition holds only where rows make it hold, so that what is counted from it
//! begins within the window that the oracle looks at.

use super::schema::{INDSATS, PERSON, SAERLIGT, YDELSE};
use super::{Builder, day};
use hjemmel_engine::case::Value;
use hjemmel_engine::model::{
    Anchor, AssessmentId, Bound, ClassificationId, ConditionId, ConditionKind, DurationTest,
    DutyId, DutyState, Exception, FieldId, FieldType, Literal, ParameterId, ParameterValue,
    RowCondition, RowTest, TableId,
};
use hjemmel_engine::time::{Day, Length, Unit};
use hjemmel_grammar::syntax::{Edge, Order, Side};

const ORDERS: [Order; 4] = [Order::AtLeast, Order::AtMost, Order::Under, Order::Over];

impl Builder {
    /// A condition of at most `depth` nested operators.
    pub(crate) fn condition(&mut self, depth: usize, anchored: bool) -> ConditionId {
        if depth == 0 || self.random.one_in(4) {
            return self.atom(anchored);
        }
        let choice = self.random.below(16);
        let anchored_part = anchored || self.random.one_in(3);
        let a = self.condition(depth - 1, anchored_part);
        let kind = match choice {
            0 => ConditionKind::All(vec![a, self.condition(depth - 1, false)]),
            1 => ConditionKind::Any(vec![a, self.condition(depth - 1, anchored)]),
            2 => match anchored {
                true => {
                    let b = self.condition(depth - 1, false);
                    let not = self.add(ConditionKind::Not(b));
                    ConditionKind::All(vec![a, not])
                }
                false => ConditionKind::Not(a),
            },
            3 | 4 => self.except(a, depth - 1, anchored),
            5 | 6 => ConditionKind::HeldFor(a, self.length()),
            7 | 8 => ConditionKind::Within(a, self.length()),
            9 | 10 => {
                let total = match self.random.below(3) {
                    0 => Length::new(self.random.between(1, 3) as u32, Unit::Weeks),
                    _ => Length::new(self.random.between(2, 30) as u32, Unit::Days),
                };
                ConditionKind::TotalWithin {
                    condition: a,
                    total: Literal::Fixed(total),
                    window: self.length(),
                }
            }
            11 => ConditionKind::Bridged(a, self.length()),
            12 => ConditionKind::BridgedMonth(a),
            13 => ConditionKind::WholeWeeks(a),
            14 => {
                let anchor = self.anchor(a);
                ConditionKind::Near(self.length(), anchor)
            }
            _ => {
                let dated = self.parameter(|value| matches!(value, ParameterValue::Date(_)));
                let known_on = match dated.filter(|_| self.random.one_in(3)) {
                    Some(id) => Literal::Parameter(id),
                    None => Literal::Fixed(self.day_of_2016()),
                };
                ConditionKind::KnownOn(a, known_on)
            }
        };
        self.add(kind)
    }

    pub(crate) fn day_of_2016(&mut self) -> Day {
        day(2016, 1, 1).plus(self.random.between(0, 300))
    }

    pub(crate) fn anchor(&mut self, condition: ConditionId) -> Anchor {
        let edge = self.random.pick(&[Edge::Begins, Edge::Ends]);
        let side = self.random.pick(&[Side::After, Side::After, Side::Before]);
        Anchor {
            condition,
            edge,
            side,
        }
    }

    fn except(&mut self, base: ConditionId, depth: usize, anchored: bool) -> ConditionKind {
        let count = self.random.between(1, 2);
        let exceptions = (0..count).map(|_| {
            let holds = self.random.one_in(2);
            let when = self.condition(depth, anchored && holds);
            Exception {
                holds,
                when,
                basis: None,
            }
        });
        ConditionKind::Except {
            base,
            exceptions: exceptions.collect(),
        }
    }

    /// `mindst 2 af:`, which stands on lines of its own.
    pub(crate) fn at_least(&mut self, depth: usize) -> ConditionId {
        let of: Vec<_> = (0..self.random.between(3, 4))
            .map(|_| self.condition(depth, true))
            .collect();
        let least = self.random.between(2, of.len() as i32 - 1) as u32;
        self.add(ConditionKind::AtLeast(least, of))
    }

    fn atom(&mut self, anchored: bool) -> ConditionId {
        let kind = match self.random.below(if anchored { 9 } else { 12 }) {
            0 | 1 if !self.terms.is_empty() => {
                ConditionKind::Term(self.random.pick(&self.terms.clone()))
            }
            2 => self.assessed(),
            3 | 4 if self.late => self.state(),
            9 => ConditionKind::Age {
                table: PERSON,
                field: FieldId(0),
                order: self.random.pick(&ORDERS),
                years: self.random.pick(&[18, 20, 28, 30]),
            },
            10 => match self.parameter(|value| matches!(value, ParameterValue::YesNo(_))) {
                Some(id) => ConditionKind::Parameter(id),
                None => self.rows(),
            },
            11 => {
                let rows = self.rows();
                let rows = self.add(rows);
                ConditionKind::Not(rows)
            }
            _ => self.rows(),
        };
        self.add(kind)
    }

    /// A parameter whose values are of the kind that `is` tells.
    fn parameter(&self, is: impl Fn(&ParameterValue) -> bool) -> Option<ParameterId> {
        let mut rules = self.model.parameters.iter();
        rules
            .position(|rule| is(&rule.versions[0].body.values[0].1))
            .map(ParameterId)
    }

    fn assessed(&mut self) -> ConditionKind {
        let filter = if self.random.one_in(2) {
            RowCondition::All(Vec::new())
        } else {
            RowCondition::Field(
                FieldId(2),
                RowTest::OneOf(vec![Value::Choice(self.random.below(2))]),
            )
        };
        ConditionKind::Assessed {
            assessment: AssessmentId(0),
            filter,
        }
    }

    /// That a decision says so: what exemptions often rest on.
    pub(crate) fn decision(&mut self) -> ConditionId {
        let decided = self.assessed();
        self.add(decided)
    }

    /// The state of a duty or a classification.
    fn state(&mut self) -> ConditionKind {
        if self.random.one_in(3) && !self.model.classifications.is_empty() {
            let branches = &self.model.classifications[0].versions[0].body.branches;
            let names: Vec<_> = branches.iter().map(|branch| branch.state.clone()).collect();
            let name = names[self.random.below(names.len())].clone();
            return ConditionKind::ClassifiedAs(ClassificationId(0), vec![name]);
        }
        let state = self.random.pick(&DutyState::ALL[1..9]);
        let other = self
            .random
            .pick(&[DutyState::Overdue, DutyState::DeadlineRunning]);
        let mut states = vec![state];
        if other != state && self.random.one_in(2) {
            states.push(other);
        }
        ConditionKind::DutyIs(DutyId(0), states)
    }

    /// Rows of a table, now and then by the duration of their spells.
    fn rows(&mut self) -> ConditionKind {
        let table = TableId(self.random.between(YDELSE.0 as i32, SAERLIGT.0 as i32 - 1) as usize);
        let filter = match self.random.below(6) {
            0 => RowCondition::All(Vec::new()),
            1 => RowCondition::All(vec![self.row(table, 0), self.row(table, 0)]),
            2 => self.row(table, 2),
            _ => self.row(table, 0),
        };
        let durations = match self.random.below(6) {
            0 => {
                let order = self.random.pick(&[
                    Order::AtLeast,
                    Order::AtLeast,
                    ORDERS[1],
                    ORDERS[2],
                    ORDERS[3],
                ]);
                vec![DurationTest {
                    order,
                    length: self.length(),
                }]
            }
            _ => Vec::new(),
        };
        ConditionKind::Rows {
            table,
            filter,
            durations,
        }
    }

    /// `hvor mindst 2 af:` with bullets, in place of what a term said: it is drawn when all else is, so
    /// that the rule sets without it stay what they were.
    pub(crate) fn list_of_rows(&mut self) {
        let table = self.random.pick(&[YDELSE, INDSATS]);
        let rows: Vec<_> = (0..self.random.between(3, 4))
            .map(|_| self.row(table, 0))
            .collect();
        let least = self.random.between(2, rows.len() as i32 - 1) as u32;
        let when = self.add(ConditionKind::Rows {
            table,
            filter: RowCondition::AtLeast(least, rows),
            durations: Vec::new(),
        });
        if let Some(version) = self.model.terms[0].versions.first_mut() {
            version.body.when = when;
        }
    }

    fn row(&mut self, table: TableId, depth: usize) -> RowCondition {
        if depth > 0 {
            let (a, b) = (self.row(table, depth - 1), self.row(table, depth - 1));
            return match self.random.below(3) {
                0 => RowCondition::Any(vec![a, b]),
                1 => RowCondition::All(vec![a, RowCondition::Not(Box::new(b))]),
                _ => RowCondition::Not(Box::new(a)),
            };
        }
        let fields = self.model.tables[table.0].fields.clone();
        let field = self.random.below(fields.len());
        let test = match &fields[field].ty {
            FieldType::Choice(words) => RowTest::OneOf(self.some_of(words.len())),
            FieldType::YesNo => RowTest::OneOf(vec![Value::YesNo(self.random.one_in(2))]),
            FieldType::Number => {
                let bound = self.random.pick(&[1500, 20_000, 37_000]);
                RowTest::Ordered(self.random.pick(&ORDERS), self.number(bound))
            }
            _ => {
                let order = self.random.pick(&[Order::Under, Order::Over]);
                RowTest::Ordered(order, Literal::Fixed(Bound::Date(self.day_of_2016())))
            }
        };
        let row = RowCondition::Field(FieldId(field), test);
        if self.random.one_in(4) {
            RowCondition::Not(Box::new(row))
        } else {
            row
        }
    }

    fn number(&mut self, bound: i64) -> Literal<Bound> {
        match self.parameter(|value| matches!(value, ParameterValue::Number(_))) {
            Some(id) if self.random.one_in(2) => Literal::Parameter(id),
            _ => Literal::Fixed(Bound::Number(bound)),
        }
    }

    fn some_of(&mut self, words: usize) -> Vec<Value> {
        let first = self.random.below(words);
        let mut values = vec![Value::Choice(first)];
        if self.random.one_in(3) {
            values.push(Value::Choice((first + 1) % words));
        }
        values
    }
}
