//! JSON Lines to records: an object on each line, with plain values and each name once.
//!
//! The columns are all names that any object has, so the file is read twice: once for the names (and
//! for everything that is wrong with it), once for the rows. A name that a row leaves out is blank.

use crate::csv::{COLUMN_CAP, Lines};
use crate::kinds::Part;
use crate::mapping::Encoding;
use crate::messages::{tables as messages, text};
use crate::problem::{Place, Problem};
use crate::record::{Cell, CellValue, Exact, Record};
use crate::rows::TableReader;
use crate::sample::Sample;
use crate::source::Opened;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

/// A plain value.
#[derive(Clone, PartialEq)]
enum Plain {
    Null,
    Yes(bool),
    Whole(i128),
    Number(f64),
    Text(String),
}

crate::hide::sealed!(Plain);

/// One object, in the order of its names.
pub(crate) struct Object(Vec<(String, Plain)>);

/// What [`Plain`] says of a list or an object.
const NESTED: &str = "nested";
/// What [`Object`] says of a name that it has already.
const TWICE: &str = "twice";

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor)
    }
}

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(NESTED)
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Plain, E> {
        Ok(Plain::Yes(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
        Ok(Plain::Whole(i128::from(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
        Ok(Plain::Whole(i128::from(number)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Plain, E> {
        Ok(Plain::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
        Ok(Plain::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Plain, E> {
        Ok(Plain::Text(text))
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut cells: Vec<(String, Plain)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Plain>()? {
            if cells.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(TWICE));
            }
            if cells.len() >= COLUMN_CAP {
                return Err(A::Error::custom(NESTED));
            }
            cells.push((name, value));
        }
        Ok(Object(cells))
    }
}

/// The objects of a file.
struct Objects<R> {
    lines: Lines<R>,
    name: String,
    line: String,
}

impl<R: std::io::BufRead> Objects<R> {
    fn new(input: R, name: &str) -> Self {
        Self {
            lines: Lines::new(input, name, Encoding::Utf8),
            name: name.to_owned(),
            line: String::new(),
        }
    }

    /// The next object, with its line; blank lines are passed over.
    fn next(&mut self) -> Result<Option<(u32, Object)>, Box<Problem>> {
        loop {
            self.line.clear();
            if !self.lines.next(&mut self.line)? {
                return Ok(None);
            }
            if self.line.trim().is_empty() {
                continue;
            }
            let number = self.lines.number;
            return match serde_json::from_str(&self.line) {
                Ok(object) => Ok(Some((number, object))),
                Err(error) => Err(Box::new(self.fault(&error))),
            };
        }
    }

    fn fault(&self, error: &serde_json::Error) -> Problem {
        let column = u32::try_from(error.column().max(1)).unwrap_or(u32::MAX);
        let place = Place::at(&self.name, self.lines.number, column);
        let said = error.to_string();
        if said.starts_with(TWICE) {
            messages::json_key_twice(place)
        } else if said.contains(NESTED) {
            messages::json_nested(place)
        } else {
            messages::json_line(place)
        }
    }
}

/// All names, in the order in which they are met.
fn names<R: std::io::BufRead>(objects: &mut Objects<R>) -> Result<Vec<String>, Box<Problem>> {
    let mut names: Vec<String> = Vec::new();
    while let Some((line, Object(cells))) = objects.next()? {
        for (name, _) in cells {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > COLUMN_CAP {
            let at = Place::at(&objects.name, line, 0);
            return Err(Box::new(text::column_cap(at)));
        }
    }
    Ok(names)
}

/// A file that is being read a second time, for its rows.
pub(crate) struct JsonRows {
    names: Vec<String>,
    objects: Objects<Opened>,
    /// The digest of what was read the first time.
    before: [u8; 32],
}

impl JsonRows {
    pub(crate) fn open(part: &Part) -> Result<Self, Box<Problem>> {
        let name = part.name.as_str();
        let mut first = Objects::new(Opened::open(&part.path, name)?, name);
        let names = names(&mut first)?;
        let before = first.lines.input.finish(name)?;
        if names.is_empty() {
            return Err(Box::new(text::empty(Place::file(name))));
        }
        Ok(Self {
            names,
            objects: Objects::new(Opened::open(&part.path, name)?, name),
            before,
        })
    }

    pub(crate) fn headings(&self) -> Record<'_> {
        record(0, self.names.iter().map(|name| CellValue::Text(name)))
    }

    /// The next object, with its line.
    pub(crate) fn next(&mut self) -> Result<Option<(u32, Object)>, Box<Problem>> {
        self.objects.next()
    }

    /// An object as a row.
    pub(crate) fn record<'a>(&self, line: u32, object: &'a Object) -> Record<'a> {
        record(line, self.names.iter().map(|name| object.value(name)))
    }

    /// The digest of the file.
    pub(crate) fn finish(self) -> Result<[u8; 32], Box<Problem>> {
        let name = self.objects.name;
        let after = self.objects.lines.input.finish(&name)?;
        if self.before != after {
            let place = Place::file(name);
            return Err(Box::new(crate::messages::files::changed(place)));
        }
        Ok(after)
    }
}

/// Reads one file. Gives its digest.
pub(crate) fn read(reader: &mut TableReader<'_>, part: &Part) -> Result<[u8; 32], Box<Problem>> {
    let mut rows = JsonRows::open(part)?;
    reader.record(&rows.headings())?;
    while let Some((line, object)) = rows.next()? {
        reader.record(&rows.record(line, &object))?;
    }
    rows.finish()
}

/// The beginning of a file, as far as it can be read.
pub(crate) fn sample(part: &Part) -> Option<Sample> {
    let mut rows = JsonRows::open(part).ok()?;
    let mut sample = Sample::default();
    sample.add(&rows.headings());
    while let Ok(Some((line, object))) = rows.next() {
        if !sample.add(&rows.record(line, &object)) {
            break;
        }
    }
    Some(sample)
}

fn record<'a>(line: u32, values: impl Iterator<Item = CellValue<'a>>) -> Record<'a> {
    let cell = |value| Cell {
        value,
        line,
        column: 0,
    };
    Record {
        line,
        cells: values.map(cell).collect(),
    }
}

impl Object {
    /// The value of a name; blank if there is none.
    fn value(&self, name: &str) -> CellValue<'_> {
        let found = self.0.iter().find(|(own, _)| own == name);
        match found.map(|(_, value)| value) {
            None | Some(Plain::Null) => CellValue::Text(""),
            Some(Plain::Yes(yes)) => CellValue::Yes(*yes),
            Some(Plain::Whole(digits)) => CellValue::Exact(Exact {
                digits: *digits,
                decimals: 0,
            }),
            Some(Plain::Number(number)) => CellValue::Number(*number),
            Some(Plain::Text(text)) => CellValue::Text(text),
        }
    }
}
