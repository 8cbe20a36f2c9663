//! Rows: which of them meet a condition, and on which days.

use super::View;
use super::decisions::{Decided, Decision, Decisions};
use crate::case::{End, Row, Start, Value};
use crate::model::{
    AssessmentId, Bound, DurationTest, Field, FieldId, FieldType, LengthValue, Literal,
    RowCondition, RowTest, Table, TableId,
};
use crate::time::operators::lasting;
use crate::time::{Day, Days, Period, Timeline, Truth};
use hjemmel_grammar::syntax::Shape;

impl View<'_> {
    /// The days covered by rows that meet `filter` and whose merged spells pass the tests.
    pub(crate) fn row_days(
        &self,
        table: TableId,
        filter: &RowCondition,
        durations: &[DurationTest],
    ) -> Timeline {
        let Some(declared) = self.model.tables.get(table.0) else {
            return Timeline::unknown();
        };
        let (mut sure, mut possible, mut contradicting) = (Vec::new(), Vec::new(), Vec::new());
        for row in self.rows(table) {
            let truth = self.applies(table, row, filter);
            if truth == Truth::Yes {
                sure.extend(self.surely_covered(row));
            }
            if truth != Truth::No {
                possible.push(possibly_covered(row));
            }
            if declared.exclusive && truth != Truth::Yes {
                contradicting.push(possibly_covered(row));
            }
        }
        let mut sure = Days::from_periods(sure);
        if !contradicting.is_empty() {
            sure = sure.without(&Days::from_periods(contradicting));
        }
        let possible = Days::from_periods(possible).or(&self.uncovered(table, declared));
        self.lasting(Timeline::new(sure, &possible), durations)
    }

    /// The days that a row which is not there may still cover: those for which the register is not
    /// complete, as far as such a row can have begun. Of the person himself something is always
    /// true, so `stamdata` without a row that surely was known is unknown.
    pub(super) fn uncovered(&self, table: TableId, declared: &Table) -> Days {
        if declared.assessment {
            return Days::none();
        }
        if declared.shape == Shape::Facts {
            let has_row = self
                .rows(table)
                .any(|row| self.known(table, row) == Truth::Yes);
            return if has_row { Days::none() } else { Days::all() };
        }
        self.see_table(table);
        let Some(rows) = self.case.tables.get(table.0) else {
            return Days::all();
        };
        let open = rows.complete.not();
        Days::from_sorted(
            open.runs()
                .iter()
                .copied()
                .filter(|run| run.start <= self.begun_by),
        )
    }

    /// Whether a row exists in the view and meets a condition.
    pub(super) fn applies(&self, table: TableId, row: &Row, filter: &RowCondition) -> Truth {
        self.row_meets(row, filter).min(self.known(table, row))
    }

    /// The days that a row surely covers: its known days; of an unknown end the first day, of an
    /// unknown start the last day once it has come.
    pub(super) fn surely_covered(&self, row: &Row) -> Option<Period> {
        match (row.from, row.to) {
            (Start::On(from), End::On(to)) => Some(Period::inclusive(from, to)),
            (Start::On(from), End::Ongoing) => Some(Period::new(from, Day::END)),
            (Start::On(from), End::Unknown) => Some(Period::inclusive(from, from)),
            (Start::Unknown, End::On(to)) => {
                (to <= self.begun_by).then(|| Period::inclusive(to, to))
            }
            (Start::Unknown, End::Ongoing | End::Unknown) => None,
        }
    }

    /// The rows of a table that meet a condition, or may do so.
    pub(crate) fn rows_meeting(&self, table: TableId, filter: &RowCondition) -> Vec<&Row> {
        self.rows(table)
            .filter(|row| self.applies(table, row, filter) != Truth::No)
            .collect()
    }

    /// Applies tests of duration to the spells of a timeline.
    fn lasting(&self, spells: Timeline, tests: &[DurationTest]) -> Timeline {
        let mut result = spells.clone();
        for test in tests {
            let Some(length) = self.length(test.length) else {
                return Timeline::unknown();
            };
            let passed = lasting(spells.as_runs(), test.order, length);
            result = result.and(&passed);
        }
        result
    }

    /// Whether one row meets a condition.
    pub(crate) fn row_meets(&self, row: &Row, condition: &RowCondition) -> Truth {
        match condition {
            RowCondition::All(parts) => parts
                .iter()
                .map(|part| self.row_meets(row, part))
                .min()
                .unwrap_or(Truth::Yes),
            RowCondition::Any(parts) => parts
                .iter()
                .map(|part| self.row_meets(row, part))
                .max()
                .unwrap_or(Truth::No),
            RowCondition::AtLeast(count, parts) => {
                let met = |least: Truth| {
                    let met = parts
                        .iter()
                        .filter(|part| least <= self.row_meets(row, part));
                    u32::try_from(met.count()).unwrap_or(u32::MAX)
                };
                if *count <= met(Truth::Yes) {
                    Truth::Yes
                } else if *count <= met(Truth::Unknown) {
                    Truth::Unknown
                } else {
                    Truth::No
                }
            }
            RowCondition::Not(part) => self.row_meets(row, part).not(),
            RowCondition::Field(field, test) => match row.values.get(field.0) {
                Some(Some(value)) => self.value_meets(value, test),
                _ => Truth::Unknown,
            },
        }
    }

    fn value_meets(&self, value: &Value, test: &RowTest) -> Truth {
        match test {
            RowTest::OneOf(values) => Truth::from(values.contains(value)),
            RowTest::Ordered(order, bound) => match self.compare(value, bound) {
                None => Truth::Unknown,
                Some(compared) => Truth::from(order.holds(compared)),
            },
        }
    }

    fn compare(&self, value: &Value, bound: &Literal<Bound>) -> Option<std::cmp::Ordering> {
        let bound = self.bound(*bound)?;
        match (value, bound) {
            (Value::Number(number), Bound::Number(bound)) => Some(number.cmp(&bound)),
            (Value::Date(day), Bound::Date(bound)) => Some(day.cmp(&bound)),
            _ => None,
        }
    }

    /// The days covered by decisions that count as `decided` and whose row meets `filter`: up to the
    /// reassessment date, or (with `expired`) the days after it.
    pub(super) fn decisions(
        &self,
        assessment: AssessmentId,
        filter: &RowCondition,
        decided: Decided,
        expired: bool,
    ) -> Timeline {
        let rule = self.model.assessments.get(assessment.0);
        let Some(version) = self.version(rule) else {
            return Timeline::unknown();
        };
        let table = version.body.table;
        let after = version.body.reassessed_after;
        let rows: Vec<&Row> = self.rows(table).collect();
        let decision = |row: &&Row| Decision {
            covered: self.surely_covered(row),
            possibly: possibly_covered(row),
            decided: match row.values.get(Table::DECISION.0) {
                Some(Some(Value::Choice(decided))) => Some(*decided),
                _ => None,
            },
            last: self.until_reassessment(row, after),
            known: self.known(table, row),
            applies: self.applies(table, row, filter),
        };
        let all: Vec<Decision> = rows.iter().map(decision).collect();
        let declared = self.model.tables.get(table.0);
        let fields = declared.map_or(&[][..], |table| &table.fields);
        let same_matter = |a: usize, b: usize| match (rows.get(a), rows.get(b)) {
            (Some(a), Some(b)) => same_matter(fields, a, b),
            _ => Truth::No,
        };
        let all = &all;
        Decisions { all, same_matter }.days(decided, expired)
    }

    /// Whether a decision of an assessment, `ja` or `nej`, surely covers a day.
    pub(crate) fn is_decided(&self, assessment: AssessmentId, day: Day) -> bool {
        let any = RowCondition::All(Vec::new());
        self.decisions(assessment, &any, Decided::Either, false)
            .at(day)
            == Truth::Yes
    }

    /// The last day before a decision must be reassessed; [`Day::END`] if never, `None` if unknown.
    fn until_reassessment(&self, row: &Row, after: Option<LengthValue>) -> Option<Day> {
        match row.values.get(Table::REASSESS.0)?.as_ref()? {
            Value::Date(day) => Some(*day),
            Value::NotGiven => match (after, row.from) {
                (None, _) => Some(Day::END),
                (Some(after), Start::On(from)) => {
                    self.length(after).map(|length| length.after(from))
                }
                (Some(_), Start::Unknown) => None,
            },
            _ => None,
        }
    }

    /// The date in a field of a `stamdata` table; `None` if it is unknown.
    pub(super) fn fact_date(&self, table: TableId, field: FieldId) -> Option<Day> {
        let row = self.rows(table).next()?;
        if self.known(table, row) != Truth::Yes {
            return None;
        }
        match row.values.get(field.0)? {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }
}

/// Whether two rows of decisions are about the same matter: their declared fields are the same,
/// texts aside, which are for people.
fn same_matter(fields: &[Field], a: &Row, b: &Row) -> Truth {
    let values = fields.iter().zip(a.values.iter().zip(&b.values));
    let declared = values
        .skip(Table::OWN_FIELDS)
        .filter(|(field, _)| field.ty != FieldType::Text);
    let same = declared.map(|(_, values)| match values {
        (Some(a), Some(b)) => Truth::from(a == b),
        _ => Truth::Unknown,
    });
    same.min().unwrap_or(Truth::Yes)
}

/// The days that a row may cover.
pub(crate) fn possibly_covered(row: &Row) -> Period {
    let start = match row.from {
        Start::On(from) => from,
        Start::Unknown => Day::FIRST,
    };
    match row.to {
        End::On(to) => Period::inclusive(start, to),
        End::Ongoing | End::Unknown => Period::new(start, Day::END),
    }
}
