//! What is read of a batch.

use crate::model::{FieldId, Model, Table, TableId};

/// Which tables and fields are read: the others need not be in a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reads(Vec<Option<Vec<bool>>>);

impl Reads {
    /// Nothing.
    #[must_use]
    pub fn none(model: &Model) -> Self {
        Self(vec![None; model.tables.len()])
    }

    /// Everything that the model declares.
    #[must_use]
    pub fn all(model: &Model) -> Self {
        let fields = |table: &Table| Some(vec![true; table.fields.len()]);
        Self(model.tables.iter().map(fields).collect())
    }

    /// Adds the rows of a table (a table that is not read may be given without rows).
    pub fn add_table(&mut self, model: &Model, table: TableId) {
        if let (Some(slot), Some(declared)) = (self.0.get_mut(table.0), model.tables.get(table.0)) {
            slot.get_or_insert_with(|| vec![false; declared.fields.len()]);
        }
    }

    /// Adds a field and its table.
    pub fn add_field(&mut self, model: &Model, table: TableId, field: FieldId) {
        self.add_table(model, table);
        let fields = self.0.get_mut(table.0).and_then(Option::as_mut);
        if let Some(slot) = fields.and_then(|fields| fields.get_mut(field.0)) {
            *slot = true;
        }
    }

    /// Whether the rows of a table are read.
    #[must_use]
    pub fn table(&self, table: TableId) -> bool {
        self.0.get(table.0).is_some_and(Option::is_some)
    }

    /// Whether a field is read.
    #[must_use]
    pub fn field(&self, table: TableId, field: FieldId) -> bool {
        let fields = self.0.get(table.0).and_then(Option::as_ref);
        fields.is_some_and(|fields| fields.get(field.0) == Some(&true))
    }
}
