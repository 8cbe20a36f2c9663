//! Small TOML files that people write beside rules and extracts, with Danish keys as they are.

use crate::mapping_file::{quote_keys, syntax_problem};
use crate::messages::mapping as messages;
use crate::problem::{Place, Problem};
use hjemmel_engine::time::Day;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A day in such a file: as TOML writes dates, or a text of the same form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileDay(pub Day);

impl<'de> Deserialize<'de> for FileDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let day = crate::mapping::day(deserializer)?;
        day.map(Self)
            .ok_or_else(|| serde::de::Error::custom(crate::mapping::NO_DATE))
    }
}

/// What the text of a small file says. `file` is its name in messages, `keys` are those that may
/// stand in it.
///
/// # Errors
///
/// What is wrong with it, with its place and what to do.
pub fn small_file<'k, T: DeserializeOwned>(
    text: &str,
    file: &str,
    keys: impl IntoIterator<Item = &'k str>,
) -> Result<T, Box<Problem>> {
    let quoted = quote_keys(text);
    let wrong = |error| Box::new(syntax_problem(&quoted, file, &error, keys));
    toml::from_str(&quoted).map_err(wrong)
}

/// A name in a small file that the rules do not declare; `known` are those that could stand there.
/// Its place is the first line that has it in quotes.
#[must_use]
pub fn undeclared(text: &str, file: &str, name: &str, known: &[&str]) -> Problem {
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    let mut lines = (1_u32..).zip(text.lines());
    let found = lines.find(|(_, line)| quoted.iter().any(|quoted| line.contains(quoted)));
    let place = match found {
        Some((line, _)) => Place::at(file, line, 0),
        None => Place::file(file),
    };
    messages::unknown_name(place, name, known)
}
