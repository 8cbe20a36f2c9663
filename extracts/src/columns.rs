//! Headings to columns: which column of a file is which field of the table.

use crate::mapping::TableMapping;
use crate::messages::columns as messages;
use crate::problem::{Place, Problem};
use hjemmel_engine::model::{FieldId, Table};
use hjemmel_grammar::syntax::Shape;
use unicode_normalization::UnicodeNormalization as _;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Key,
    From,
    To,
    Date,
    Registered,
    Field(FieldId),
}

/// A column that is expected.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) role: Role,
    /// The headings that are understood; the first is the one to name.
    pub(crate) headings: Vec<String>,
    pub(crate) required: bool,
}

/// A column that is read.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) role: Role,
    /// Its position in a record, from 0.
    pub(crate) index: usize,
    /// Its heading.
    pub(crate) name: String,
}

/// The columns of a file, and how many there are in all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(crate) used: Vec<Column>,
    pub(crate) count: usize,
}

impl Columns {
    /// There is a column of days of registration.
    pub(crate) fn is_dated(&self) -> bool {
        let mut roles = self.used.iter().map(|column| column.role);
        roles.any(|role| role == Role::Registered)
    }
}

/// A heading and where it stands.
pub(crate) struct Heading {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A heading or code in the form in which it is compared.
pub(crate) fn normal(text: &str) -> String {
    text.trim().nfc().collect()
}

/// The columns that a table asks for.
pub(crate) fn expected(table: &Table, mapping: &TableMapping) -> Vec<Expected> {
    let mut columns = vec![standard(mapping, Role::Key, ["sag", "case"], true)];
    match table.shape {
        Shape::Periods => {
            columns.push(standard(mapping, Role::From, ["fra", "from"], true));
            columns.push(standard(mapping, Role::To, ["til", "to"], true));
        }
        Shape::Events => columns.push(standard(mapping, Role::Date, ["dato", "date"], true)),
        Shape::Facts => {}
    }
    let mut registered = standard(
        mapping,
        Role::Registered,
        ["registreret", "registered"],
        false,
    );
    if let Some(heading) = &mapping.registered {
        registered.headings = vec![normal(heading)];
        registered.required = true;
    }
    columns.push(registered);
    for (i, field) in table.fields.iter().enumerate() {
        if mapping.absent.contains(&field.name) {
            continue;
        }
        let heading = mapping.columns.get(&field.name);
        let optional = table.assessment && FieldId(i) == Table::REASSESS && heading.is_none();
        columns.push(Expected {
            role: Role::Field(FieldId(i)),
            headings: vec![normal(heading.unwrap_or(&field.name))],
            required: !optional,
        });
    }
    columns
}

fn standard(mapping: &TableMapping, role: Role, names: [&str; 2], required: bool) -> Expected {
    let mapped = names.iter().find_map(|name| mapping.columns.get(*name));
    Expected {
        role,
        headings: match mapped {
            Some(heading) => vec![normal(heading)],
            None => names.map(str::to_owned).to_vec(),
        },
        required: required || mapped.is_some(),
    }
}

/// Every heading that is understood.
pub(crate) fn known(expected: &[Expected]) -> Vec<String> {
    expected
        .iter()
        .flat_map(|column| column.headings.iter().cloned())
        .collect()
}

/// Finds the expected columns among the headings. The warnings are about columns not read.
pub(crate) fn assign(
    expected: &[Expected],
    headings: &[Heading],
    place: &Place,
) -> Result<(Columns, Vec<Problem>), Box<Problem>> {
    let mut used = Vec::new();
    let mut missing = Vec::new();
    for column in expected {
        let mut found = headings.iter().enumerate().filter(|(_, heading)| {
            column
                .headings
                .iter()
                .any(|known| *known == normal(&heading.text))
        });
        match (found.next(), found.next()) {
            (Some((index, heading)), None) => used.push(Column {
                role: column.role,
                index,
                name: normal(&heading.text),
            }),
            (Some((_, first)), Some((_, second))) => {
                return Err(Box::new(messages::heading_twice(first, second)));
            }
            (None, _) if column.required => missing.extend(column.headings.first().cloned()),
            (None, _) => {}
        }
    }
    if !missing.is_empty() {
        let problem = messages::columns_missing(place.clone(), &missing, headings);
        return Err(Box::new(problem));
    }
    let warnings = unused(&used, headings)?;
    let count = headings.len();
    Ok((Columns { used, count }, warnings))
}

/// A warning for each column that nothing reads; the same heading twice is refused here as well.
fn unused(used: &[Column], headings: &[Heading]) -> Result<Vec<Problem>, Box<Problem>> {
    let mut warnings = Vec::new();
    let mut seen = std::collections::BTreeMap::new();
    for (index, heading) in headings.iter().enumerate() {
        let name = normal(&heading.text);
        if !name.is_empty()
            && let Some(first) = seen.insert(name, heading)
        {
            return Err(Box::new(messages::heading_twice(first, heading)));
        }
        if !used.iter().any(|column| column.index == index) {
            warnings.push(messages::unused_column(heading));
        }
    }
    Ok(warnings)
}
