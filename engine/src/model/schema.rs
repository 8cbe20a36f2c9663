//! The schema of a case: tables and fields; and the acts that provisions belong to.

use super::{Choices, Validity};
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::{ActReference, Shape};

/// A position in [`super::Model::tables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub usize);

/// A position in [`Table::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub usize);

/// A table of the case extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, which is also the name of its file or sheet.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What a row is.
    pub shape: Shape,
    /// No row means no.
    pub complete: bool,
    /// Rows with different values on one day contradict each other.
    pub exclusive: bool,
    /// Holds the decisions of the assessment of the same name. Its first fields are then
    /// `afgørelse` (`ja`, `nej`, `afventer`) and `revurderes` (a date, the last day).
    pub assessment: bool,
    /// Its fields, beside the columns that are always there.
    pub fields: Vec<Field>,
    /// Where it is declared.
    pub site: Site,
}

impl Table {
    /// The field `afgørelse` of an assessment's table.
    pub const DECISION: FieldId = FieldId(0);
    /// The field `revurderes` of an assessment's table.
    pub const REASSESS: FieldId = FieldId(1);
    /// How many such fields there are; after them come the declared ones.
    pub const OWN_FIELDS: usize = 2;
    /// The value `ja` of `afgørelse`.
    pub const DECIDED_YES: usize = 0;
    /// The value `afventer` of `afgørelse`: there is no decision yet.
    pub const PENDING: usize = 2;

    /// The field of that name.
    #[must_use]
    pub fn field_named(&self, name: &str) -> Option<(FieldId, &Field)> {
        let mut fields = self.fields.iter().enumerate();
        fields
            .find(|(_, field)| field.name == name)
            .map(|(i, field)| (FieldId(i), field))
    }
}

/// A field of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, which is also the name of its column.
    pub name: String,
    /// Its type.
    pub ty: FieldType,
    /// Its values never appear in a message.
    pub sensitive: bool,
    /// Where it is declared.
    pub site: Site,
}

impl Table {
    /// Whether extracts for the one are extracts for the other: all is the same but titles and
    /// places.
    #[must_use]
    pub fn reads_as(&self, other: &Self) -> bool {
        let fields = |table: &Self| {
            let fields = table.fields.iter();
            fields
                .map(|field| (field.name.clone(), field.ty.clone()))
                .collect::<Vec<_>>()
        };
        self.name == other.name
            && self.shape == other.shape
            && self.complete == other.complete
            && self.exclusive == other.exclusive
            && self.assessment == other.assessment
            && fields(self) == fields(other)
    }
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// One of these words.
    Choice(Choices),
    /// A number, in thousandths.
    Number,
    /// A date.
    Date,
    /// A date of birth.
    BirthDate,
    /// Yes or no.
    YesNo,
    /// Text for people; never part of a condition.
    Text,
}

/// An act that provisions belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The short name.
    pub name: String,
    /// The full title.
    pub title: Option<String>,
    /// Its consolidations.
    pub editions: Vec<Edition>,
    /// Where it is declared.
    pub site: Site,
}

/// A consolidation of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// `LBK 1342/2016`
    pub reference: ActReference,
    /// When it is in force.
    pub validity: Validity,
}
