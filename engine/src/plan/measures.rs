//! Measures made ready: who is counted, out of whom, and the groups, under each law.

use super::compile::{Compiler, Context};
use super::node::{NodeId, States, StatesId};
use super::{laws, states_of};
use crate::measure::value_filter;
use crate::model::{ConditionId, FieldId, FieldType, Measure, MeasureId, Model, SplitBy, Subject};
use crate::model::{TableId, Version};
use crate::outcome::State;
use crate::time::{Day, Period};
use std::sync::Arc;

/// A measure that is asked.
#[derive(Debug)]
pub(crate) struct AskedMeasure {
    pub(crate) measure: MeasureId,
    /// What it is under each law, on days that follow each other; none where it is not in force.
    pub(crate) stretches: Vec<(Period, MeasurePlan)>,
}

/// A measure under one law.
#[derive(Debug)]
pub(crate) struct MeasurePlan {
    pub(crate) out_of: StatesId,
    pub(crate) counted: StatesId,
    pub(crate) splits: Vec<SplitPlan>,
}

/// What a measure is split by, under one law.
#[derive(Debug)]
pub(crate) enum SplitPlan {
    /// A classification, whose codes stand for these states.
    Classification(StatesId, Arc<[State]>),
    /// A classification that is not in force: nobody is in a group.
    NotInForce,
    /// A field: for each value its name, and whether a row has it.
    Values(Vec<(String, StatesId)>),
}

/// A measure under each law of the days asked about.
pub(super) fn ask(
    compiler: &mut Compiler<'_>,
    measure: MeasureId,
    window: Period,
    known_on: Option<Day>,
) -> AskedMeasure {
    let model = compiler.model;
    let versions = model.measures.get(measure.0);
    let versions = versions.into_iter().flat_map(|rule| &rule.versions);
    let mut stretches = Vec::new();
    let laws = laws(model, window);
    for (version, law) in versions.flat_map(|version| laws.iter().map(move |law| (version, law))) {
        let days = version.validity.period.and(*law);
        if days.is_empty() {
            continue;
        }
        let context = Context {
            law: days.start,
            known_on,
            expired_counts: false,
        };
        stretches.push((days, plan(compiler, version, context)));
    }
    stretches.sort_by_key(|(days, _)| *days);
    AskedMeasure { measure, stretches }
}

fn plan(compiler: &mut Compiler<'_>, version: &Version<Measure>, context: Context) -> MeasurePlan {
    let body = &version.body;
    let mut truth = |id: ConditionId| {
        let node = compiler.condition(id, context);
        compiler.made.states(States::Truth(node))
    };
    let (out_of, counted) = (truth(body.out_of), truth(body.count));
    let splits = body.split_by.iter().map(|by| match by {
        SplitBy::Classification(id) => {
            let subject = Subject::Classification(*id);
            match compiler.subject(subject, context) {
                Some(states) => {
                    SplitPlan::Classification(states, states_of(compiler.model, subject))
                }
                None => SplitPlan::NotInForce,
            }
        }
        SplitBy::Field(table, field) => {
            SplitPlan::Values(values(compiler, *table, *field, context))
        }
    });
    MeasurePlan {
        out_of,
        counted,
        splits: splits.collect(),
    }
}

/// For each value of a field whether a row has it.
fn values(
    compiler: &mut Compiler<'_>,
    table: TableId,
    field: FieldId,
    context: Context,
) -> Vec<(String, StatesId)> {
    let model: &Model = compiler.model;
    let declared = model
        .tables
        .get(table.0)
        .and_then(|table| table.fields.get(field.0));
    let Some(FieldType::Choice(values)) = declared.map(|field| &field.ty) else {
        return Vec::new();
    };
    let each = values.iter().enumerate().map(|(value, name)| {
        let filter = value_filter(field, value);
        let node: NodeId = compiler.rows(table, &filter, &[], context);
        (name.clone(), compiler.made.states(States::Truth(node)))
    });
    each.collect()
}
