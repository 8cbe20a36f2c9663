//! Where a file names what: every declared or used name with its place.
//!
//! Names are found in the tree; in text that could not be read they are found word by word, so
//! that a half-typed line does not hide its neighbours.

use crate::memo::Memo;
use crate::walk::Walk;
use hjemmel_grammar::span::Span;

/// Something that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Symbol {
    /// Anything declared: all declarations share one namespace.
    Name(String),
    /// A field of a table or an assessment.
    Field {
        /// The table.
        table: String,
        /// The field.
        field: String,
    },
    /// A word that an enumerated field can be.
    Value {
        /// The table.
        table: String,
        /// The field.
        field: String,
        /// The word.
        value: String,
    },
    /// A word in a row of an example that belongs to whichever field of the table can be it.
    BareValue {
        /// The table.
        table: String,
        /// The word.
        value: String,
    },
    /// A state of a classification or a duty.
    State {
        /// The classification or the duty.
        of: String,
        /// The state.
        state: String,
    },
}

impl Symbol {
    /// The word itself.
    pub(crate) fn word(&self) -> &str {
        match self {
            Self::Name(word)
            | Self::Field { field: word, .. }
            | Self::Value { value: word, .. }
            | Self::BareValue { value: word, .. }
            | Self::State { state: word, .. } => word,
        }
    }
}

/// Whether a name is declared or used at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Its declaration.
    Declares,
    /// A use.
    Uses,
}

/// A name at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Where.
    pub(crate) span: Span,
    /// Of what.
    pub(crate) symbol: Symbol,
    /// Declared or used.
    pub(crate) role: Role,
}

/// All occurrences of a file, in order of place.
pub(crate) fn occurrences(memo: &Memo) -> Vec<Occurrence> {
    let mut walk = Walk::new(&memo.text);
    for declaration in &memo.tree().declarations {
        walk.declaration(declaration);
    }
    let (mut found, read) = walk.finish();
    found.extend(crate::unread::occurrences(memo, &read));
    found.sort_by_key(|occurrence| occurrence.span);
    found
}
