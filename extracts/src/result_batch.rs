//! Results as record batches: a row for each run of days, or for each outcome.

use crate::write::{ResultCell, ResultRow};
use arrow_array::builder::{Date32Builder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Date32Array, DictionaryArray, Int32Array, RecordBatch, StringArray};
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

/// The runs of all rules, case after case; within a case by rule and day.
///
/// # Errors
///
/// There are other numbers of keys than of cases.
pub(crate) fn states<'a>(
    model: &Model,
    (count, keys): (usize, impl Iterator<Item = &'a str>),
    histories: &[Histories],
) -> Result<RecordBatch, ArrowError> {
    let mut runs = Runs::new(model, histories);
    for history in histories {
        let cases = history.offsets.len().saturating_sub(1);
        if cases != count {
            return Err(ArrowError::InvalidArgumentError(format!(
                "{count} keys were given for {cases} cases"
            )));
        }
    }
    for (number, key) in keys.enumerate() {
        for at in 0..histories.len() {
            runs.push(number, key, at);
        }
    }
    runs.finish()
}

/// The columns while they are built.
struct Runs<'a> {
    /// The runs of each rule, with the positions of its name and of its states.
    rules: Vec<(&'a Histories, i32, Vec<i32>)>,
    rule_words: Words,
    state_words: Words,
    case: StringBuilder,
    rule: Vec<i32>,
    state: Vec<i32>,
    from: Vec<i32>,
    to: Vec<i32>,
    due: Date32Builder,
}

impl<'a> Runs<'a> {
    fn new(model: &Model, histories: &'a [Histories]) -> Self {
        let (mut rule_words, mut state_words) = (Words::rules(model), Words::states(model));
        let mut rules = Vec::new();
        for history in histories {
            let name = rule_words.position(model.name_of(history.subject));
            let states = history.states.iter().map(State::name);
            let states = states.map(|state| state_words.position(state)).collect();
            rules.push((history, name, states));
        }
        let runs = histories.iter().map(|history| history.days.len()).sum();
        Self {
            rules,
            rule_words,
            state_words,
            case: StringBuilder::with_capacity(runs, runs.saturating_mul(11)),
            rule: Vec::with_capacity(runs),
            state: Vec::with_capacity(runs),
            from: Vec::with_capacity(runs),
            to: Vec::with_capacity(runs),
            due: Date32Builder::with_capacity(runs),
        }
    }

    /// Adds the runs of one rule for a case.
    fn push(&mut self, case: usize, key: &str, rule: usize) {
        let Some((history, name, states)) = self.rules.get(rule) else {
            return;
        };
        for run in history.runs_of(case) {
            let (Some(days), Some(code)) = (history.days.get(run), history.state.get(run)) else {
                continue;
            };
            self.case.append_value(key);
            self.rule.push(*name);
            let state = states.get(usize::from(*code)).copied();
            self.state.push(state.unwrap_or(-1));
            self.from.push(days.start.number());
            self.to.push(days.last().number());
            let due = history.due.get(run).copied().flatten();
            let certain = due.and_then(Due::certain);
            self.due.append_option(certain.map(|day| day.number()));
        }
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.case.finish()),
            self.rule_words.column(self.rule)?,
            self.state_words.column(self.state)?,
            Arc::new(Date32Array::from(self.from)),
            Arc::new(Date32Array::from(self.to)),
            Arc::new(self.due.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
    }
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
            "since" | "until" | "due" | "from" | "to" | "override_registered" => {
                Self::Days(Date32Builder::new())
            }
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
