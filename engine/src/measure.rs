//! Measures: who is counted, out of whom, split by what.

use crate::case::Value;
use crate::evaluate::{Evaluation, View};
use crate::model::{
    Bound, FieldType, Measure, MeasureId, Model, SplitBy, Subject, TableId, Version,
};
use crate::time::{Day, Period, Truth};
use hjemmel_grammar::syntax::Order;

/// What one case adds to a measure on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whether it is in the denominator.
    pub out_of: Truth,
    /// Whether it is in the numerator: counted, and in the denominator.
    pub counted: Truth,
    /// The group it belongs to, one word for each thing the measure is split by: the value,
    /// `ingen` where there is none, `flere` where there is more than one, or `ukendt`.
    pub group: Vec<String>,
}

/// The two counts of a measure, and the number of cases that may belong to either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tæller.
    pub counted: u64,
    /// Nævner.
    pub out_of: u64,
    /// Cases of which it is unknown whether they belong to the one or the other.
    pub unknown: u64,
}

impl Counts {
    /// Adds a case.
    pub fn add(&mut self, contribution: &Contribution) {
        let one = |yes: bool| u64::from(yes);
        let sure = contribution.out_of == Truth::Yes;
        self.out_of = self.out_of.saturating_add(one(sure));
        self.counted = self
            .counted
            .saturating_add(one(contribution.counted == Truth::Yes));
        let unknown =
            contribution.out_of == Truth::Unknown || contribution.counted == Truth::Unknown;
        self.unknown = self.unknown.saturating_add(one(unknown));
    }
}

impl Counts {
    /// Whether the share is within a limit, whatever the unknown cases are; `None` where there is
    /// nobody to take a share of.
    ///
    /// `percent` is in thousandths of a per cent.
    #[must_use]
    pub fn keeps(&self, order: Order, percent: i64) -> Option<Truth> {
        let with = |counted: u64, out_of: u64| {
            let share = i128::from(counted).saturating_mul(100_000);
            let limit = i128::from(percent).saturating_mul(i128::from(out_of));
            order.holds(share.cmp(&limit))
        };
        let all = self.out_of.saturating_add(self.unknown);
        if all == 0 {
            return None;
        }
        // The least and the greatest share that the unknown cases leave open.
        let (least, greatest) = (
            with(self.counted, all),
            with(self.counted.saturating_add(self.unknown).min(all), all),
        );
        Some(match (least, greatest) {
            (true, true) => Truth::Yes,
            (false, false) => Truth::No,
            _ => Truth::Unknown,
        })
    }
}

/// The limit of a measure on `day` in thousandths of a per cent; `None` without one, or where its
/// parameter has no value in force.
#[must_use]
pub fn limit_on(model: &Model, measure: &Measure, day: Day) -> Option<(Order, i64)> {
    let limit = measure.limit.as_ref()?;
    match model.bound_on(limit.percent, day)? {
        Bound::Number(percent) => Some((limit.order, percent)),
        Bound::Date(_) => None,
    }
}

/// What a case adds to a measure on `day`; `None` if the measure has no version in force.
#[must_use]
pub fn contribution(
    model: &Model,
    evaluation: &Evaluation<'_>,
    id: MeasureId,
    day: Day,
) -> Option<Contribution> {
    let version = measure_on(model, id, day)?;
    let view = evaluation.view(day)?;
    let out_of = view.timeline(version.body.out_of).at(day);
    let counted = view.timeline(version.body.count).at(day).min(out_of);
    let split = version.body.split_by.iter();
    let group = split
        .map(|by| group_of(model, view, evaluation, *by, day))
        .collect();
    Some(Contribution {
        out_of,
        counted,
        group,
    })
}

/// The version of a measure in force on `day`.
#[must_use]
pub fn measure_on(model: &Model, id: MeasureId, day: Day) -> Option<&Version<Measure>> {
    model.measures.get(id.0)?.on(model.law_on(day))
}

fn group_of(
    model: &Model,
    view: &View<'_>,
    evaluation: &Evaluation<'_>,
    by: SplitBy,
    day: Day,
) -> String {
    match by {
        SplitBy::Classification(id) => {
            let subject = Subject::Classification(id);
            let run = evaluation
                .history(subject, Period::inclusive(day, day))
                .into_iter()
                .next();
            run.map_or_else(|| "ingen".to_owned(), |run| run.state.name().to_owned())
        }
        SplitBy::Field(table, field) => {
            let declared = model
                .tables
                .get(table.0)
                .and_then(|table| table.fields.get(field.0));
            let Some(FieldType::Choice(values)) = declared.map(|field| &field.ty) else {
                return "ukendt".to_owned();
            };
            let found = values_on(view, table, field.0, day);
            match found.as_slice() {
                [] => "ingen".to_owned(),
                [Some(only)] => values.get(*only).cloned().unwrap_or_default(),
                _ if found.contains(&None) => "ukendt".to_owned(),
                _ => "flere".to_owned(),
            }
        }
    }
}

/// The different values of a field in the rows that cover a day; `None` among them is unknown.
fn values_on(view: &View<'_>, table: TableId, field: usize, day: Day) -> Vec<Option<usize>> {
    let mut found = Vec::new();
    for (row, covers) in view.rows_on(table, day) {
        let value = match row.values.get(field) {
            Some(Some(Value::Choice(value))) if covers == Truth::Yes => Some(*value),
            _ => None,
        };
        found.push(value);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_kept_only_if_the_unknown_cannot_break_it() {
        let keeps = |counted, out_of, unknown| {
            let counts = Counts {
                counted,
                out_of,
                unknown,
            };
            counts.keeps(Order::Under, 20_000)
        };
        assert_eq!(keeps(19, 100, 0), Some(Truth::Yes));
        assert_eq!(
            keeps(20, 100, 0),
            Some(Truth::No),
            "20 per cent is not under 20"
        );
        assert_eq!(keeps(19, 100, 1), Some(Truth::Yes), "20 of 101 at most");
        assert_eq!(keeps(19, 100, 2), Some(Truth::Unknown), "21 of 102 at most");
        assert_eq!(keeps(21, 100, 2), Some(Truth::No), "21 of 102 at least");
        assert_eq!(keeps(0, 0, 0), None);
    }
}
