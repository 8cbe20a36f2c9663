//! Measures: who is counted, out of whom, split by what.

use crate::case::Value;
use crate::evaluate::{Evaluation, View};
use crate::model::{
    Bound, FieldId, FieldType, Measure, MeasureId, Model, RowCondition, RowTest, SplitBy, Subject,
    Version,
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
    /// `ingen` where there surely is none, `flere` where there surely are several, or `ukendt`.
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
        .map(|by| group_by(model, view, evaluation, *by, day))
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

/// The group that a case is in on `day`: by a classification its state (`ingen` where that is not in
/// force), by a field the value that a row surely has and no other may have.
#[must_use]
pub fn group_on(
    model: &Model,
    evaluation: &Evaluation<'_>,
    by: SplitBy,
    day: Day,
) -> Option<String> {
    let view = evaluation.view(day)?;
    Some(group_by(model, view, evaluation, by, day))
}

fn group_by(
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
                return Group::UNKNOWN.to_owned();
            };
            let holds = |value| {
                view.row_days(table, &value_filter(field, value), &[])
                    .at(day)
            };
            let word = match group_of((0..values.len()).map(holds)) {
                Group::Value(value) => values.get(value).map_or(Group::UNKNOWN, String::as_str),
                Group::None => Group::NONE,
                Group::Several => Group::SEVERAL,
                Group::Unknown => Group::UNKNOWN,
            };
            word.to_owned()
        }
    }
}

/// The group that a case is in by a field of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Of the value at this position, and surely of no other.
    Value(usize),
    /// Surely of none.
    None,
    /// Surely of several.
    Several,
    /// Not known.
    Unknown,
}

impl Group {
    pub(crate) const NONE: &'static str = "ingen";
    pub(crate) const SEVERAL: &'static str = "flere";
    pub(crate) const UNKNOWN: &'static str = "ukendt";
}

/// The group, by whether a row has each of the values.
pub(crate) fn group_of(truths: impl Iterator<Item = Truth>) -> Group {
    let (mut sure, mut doubtful) = (Vec::new(), false);
    for (value, truth) in truths.enumerate() {
        match truth {
            Truth::Yes => sure.push(value),
            Truth::Unknown => doubtful = true,
            Truth::No => {}
        }
    }
    match (sure.as_slice(), doubtful) {
        ([], false) => Group::None,
        ([only], false) => Group::Value(*only),
        ([_, _, ..], _) => Group::Several,
        _ => Group::Unknown,
    }
}

/// A row has this value in that field.
pub(crate) fn value_filter(field: FieldId, value: usize) -> RowCondition {
    RowCondition::Field(field, RowTest::OneOf(vec![Value::Choice(value)]))
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
