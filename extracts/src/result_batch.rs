//! Results as record batches: a row for each run of days, or for each outcome.

use crate::write::{ResultCell, ResultRow};
use arrow_array::builder::{Date32Builder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array as _, ArrayRef, Date32Array, DictionaryArray, Int32Array, RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::{DutyState, Model};
use hjemmel_engine::outcome::{Due, State};
use std::sync::Arc;

/// The columns of [`states`]: `case`, `rule`, `state`, `from`, `to` and `due`.
#[must_use]
pub(crate) fn schema() -> SchemaRef {
    let shared = |name: &str| Field::new(name, shared_type(), false);
    Arc::new(Schema::new(vec![
        Field::new("case", DataType::Utf8, false),
        shared("rule"),
        shared("state"),
        Field::new("from", DataType::Date32, false),
        Field::new("to", DataType::Date32, false),
        Field::new("due", DataType::Date32, true),
    ]))
}

fn shared_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// The words that stand in a column, in an order that is the same for every batch of one rule set:
/// Arrow files have one list of words for all their batches.
struct Words(Vec<String>);

impl Words {
    fn rules(model: &Model) -> Self {
        let duties = model.duties.iter().map(|rule| &rule.name);
        let classifications = model.classifications.iter().map(|rule| &rule.name);
        let terms = model.terms.iter().map(|rule| &rule.name);
        let assessments = model.assessments.iter().map(|rule| &rule.name);
        let warnings = model.warnings.iter().map(|rule| &rule.name);
        let names = duties.chain(classifications).chain(terms);
        Self(names.chain(assessments).chain(warnings).cloned().collect())
    }

    fn states(model: &Model) -> Self {
        let mut words: Vec<String> = Vec::new();
        let duty = DutyState::ALL.iter().map(|state| state.name().to_owned());
        let truth = ["ja", "nej", "ukendt"].map(str::to_owned);
        let versions = model.classifications.iter().flat_map(|rule| &rule.versions);
        let branches = versions.flat_map(|version| &version.body.branches);
        let branches = branches.map(|branch| branch.state.clone());
        for word in duty.chain(truth).chain(branches) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Self(words)
    }

    fn position(&mut self, word: &str) -> i32 {
        let found = self.0.iter().position(|known| known == word);
        let at = found.unwrap_or_else(|| {
            self.0.push(word.to_owned());
            self.0.len().saturating_sub(1)
        });
        i32::try_from(at).unwrap_or(i32::MAX)
    }

    fn column(self, keys: Vec<i32>) -> Result<ArrayRef, ArrowError> {
        let words = Arc::new(StringArray::from(self.0));
        let column = DictionaryArray::<Int32Type>::try_new(Int32Array::from(keys), words)?;
        Ok(Arc::new(column))
    }
}

/// The runs of all rules, rule after rule; within a rule by case and day.
///
/// # Errors
///
/// There are other numbers of keys than of cases.
pub(crate) fn states(
    model: &Model,
    keys: &StringArray,
    histories: &[Histories],
) -> Result<RecordBatch, ArrowError> {
    let (mut rules, mut states) = (Words::rules(model), Words::states(model));
    let runs = histories.iter().map(|history| history.days.len()).sum();
    let mut case = StringBuilder::with_capacity(runs, runs.saturating_mul(11));
    let (mut rule, mut state) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    let (mut from, mut to) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    let mut due = Date32Builder::with_capacity(runs);
    for history in histories {
        if keys.len().saturating_add(1) != history.offsets.len() {
            let (keys, cases) = (keys.len(), history.offsets.len().saturating_sub(1));
            return Err(ArrowError::InvalidArgumentError(format!(
                "{keys} keys were given for {cases} cases"
            )));
        }
        let name = rules.position(model.name_of(history.subject));
        let names: Vec<i32> = history
            .states
            .iter()
            .map(State::name)
            .map(|name| states.position(name))
            .collect();
        for (number, key) in keys.iter().enumerate() {
            for run in history.runs_of(number) {
                let (Some(days), Some(code)) = (history.days.get(run), history.state.get(run))
                else {
                    continue;
                };
                case.append_value(key.unwrap_or_default());
                rule.push(name);
                state.push(names.get(usize::from(*code)).copied().unwrap_or(-1));
                from.push(days.start.number());
                to.push(days.last().number());
                let certain = history
                    .due
                    .get(run)
                    .copied()
                    .flatten()
                    .and_then(Due::certain);
                due.append_option(certain.map(|day| day.number()));
            }
        }
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(case.finish()),
        rules.column(rule)?,
        states.column(state)?,
        Arc::new(Date32Array::from(from)),
        Arc::new(Date32Array::from(to)),
        Arc::new(due.finish()),
    ];
    RecordBatch::try_new(schema(), columns)
}

/// Rows of a result: the case as text, days as dates, everything else as words that many share.
pub(crate) fn of_rows<R: ResultRow>(rows: &[R]) -> Result<RecordBatch, ArrowError> {
    let mut columns: Vec<Building> = R::HEADER.iter().map(|name| Building::new(name)).collect();
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row.cells()) {
            column.push(cell);
        }
    }
    let fields = R::HEADER.iter().zip(&columns);
    let fields = fields.map(|(name, column)| Field::new(*name, column.data_type(), true));
    let schema = Schema::new(fields.collect::<Vec<_>>());
    let arrays = columns.into_iter().map(Building::finish);
    RecordBatch::try_new(Arc::new(schema), arrays.collect())
}

/// A column while it is built. Without rows nothing says what it holds but its name.
enum Building {
    Texts(StringBuilder),
    Words(StringDictionaryBuilder<Int32Type>),
    Days(Date32Builder),
}

impl Building {
    fn new(name: &str) -> Self {
        match name {
            "case" => Self::Texts(StringBuilder::new()),
            "since" | "until" | "due" | "from" | "to" => Self::Days(Date32Builder::new()),
            _ => Self::Words(StringDictionaryBuilder::new()),
        }
    }

    fn data_type(&self) -> DataType {
        match self {
            Self::Texts(_) => DataType::Utf8,
            Self::Words(_) => shared_type(),
            Self::Days(_) => DataType::Date32,
        }
    }

    fn push(&mut self, cell: ResultCell) {
        match (self, cell) {
            (Self::Days(days), ResultCell::Day(day)) => {
                days.append_option(day.map(|day| day.number()));
            }
            (Self::Days(days), ResultCell::Text(_)) => days.append_null(),
            (Self::Texts(texts), cell) => texts.append_option(cell.text()),
            (Self::Words(words), cell) => words.append_option(cell.text()),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Texts(mut texts) => Arc::new(texts.finish()),
            Self::Words(mut words) => Arc::new(words.finish()),
            Self::Days(mut days) => Arc::new(days.finish()),
        }
    }
}
