//! Texts about a person: a key, a note. They go through the program sealed, so that no message, log or panic can
//! hold one by oversight; whoever opens one says so in the code.

use std::fmt;

/// A text about a person.
///
/// It has no `Display`, its `Debug` tells nothing, and no serialisation: only [`Personal::reveal`] gives
/// the text, and is called where the text is what was asked for, or to compare it.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Personal(String);

impl Personal {
    /// Seals a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// What stands in place of a text about a person.
pub const HIDDEN: &str = "‹skjult›";

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Value;

    #[test]
    fn what_is_sealed_is_shown_by_no_format() {
        let key = Personal::new("0101701234");
        let value = Some(Value::Text(Personal::new("depression")));
        for shown in [
            format!("{key:?}"),
            format!("{key:#?}"),
            format!("{value:?}"),
        ] {
            assert!(shown.contains("‹skjult›"), "{shown}");
            assert!(
                !shown.contains("0101701234") && !shown.contains("depression"),
                "{shown}"
            );
        }
        assert_eq!(key.reveal(), "0101701234");
    }
}
