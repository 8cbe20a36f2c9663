//! Reading `mistanke.toml`, which says what may have gone wrong when a row was registered.

use crate::mapping_file::{quote_keys, syntax_problem};
use crate::messages::mapping as messages;
use crate::problem::{Place, Problem};
use hjemmel_engine::case::Value;
use hjemmel_engine::model::{Field, FieldId, FieldType, Model, Table};
use hjemmel_engine::suspects::{Edge, Slip, Slips, What};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::syntax::Shape;
use serde::Deserialize;

/// The keys of the file, for the nearest when one is misspelt.
const KEYS: [&str; 18] = [
    "vaner",
    "ugedag",
    "varighed",
    "registreret",
    "fejl",
    "navn",
    "titel",
    "title",
    "tabel",
    "slags",
    "dato",
    "højst",
    "felt",
    "fra",
    "til",
    "begyndt",
    "point",
    "pr_dag",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "vaner")]
    habits: Habits,
    #[serde(rename = "fejl")]
    kinds: Vec<Kind>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Habits {
    #[serde(rename = "ugedag")]
    weekday: u16,
    #[serde(rename = "varighed")]
    length: u16,
    #[serde(rename = "registreret")]
    delay: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    #[serde(rename = "navn")]
    name: String,
    #[serde(rename = "titel")]
    da: String,
    #[serde(rename = "title", default)]
    en: Option<String>,
    #[serde(rename = "tabel")]
    table: String,
    #[serde(rename = "slags")]
    what: Word,
    #[serde(rename = "dato", default)]
    edge: Option<EdgeWord>,
    #[serde(rename = "højst", alias = "hoejst", default)]
    most: Option<u8>,
    #[serde(rename = "felt", default)]
    field: Option<String>,
    #[serde(rename = "fra", default)]
    from: Vec<String>,
    #[serde(rename = "til", default)]
    to: Option<String>,
    #[serde(rename = "begyndt", default)]
    begun: bool,
    #[serde(rename = "point")]
    points: i16,
    #[serde(rename = "pr_dag", default)]
    per_day: i16,
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum Word {
    #[serde(rename = "værdi")]
    Value,
    #[serde(rename = "dage")]
    Days,
    #[serde(rename = "måned")]
    Month,
    #[serde(rename = "år")]
    Year,
    #[serde(rename = "dag_og_måned_byttet")]
    Swapped,
    #[serde(rename = "cifre_byttet")]
    Digits,
    #[serde(rename = "ingen_slutdato")]
    NoEnd,
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum EdgeWord {
    #[serde(rename = "fra")]
    First,
    #[serde(rename = "til")]
    Last,
    #[serde(rename = "begge")]
    Both,
}

/// What the text of `mistanke.toml` says, for the tables of a model. `file` is its name in
/// messages.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn slips(text: &str, file: &str, model: &Model) -> Result<Slips, Vec<Problem>> {
    let quoted = quote_keys(text);
    let read: File = match toml::from_str(&quoted) {
        Ok(read) => read,
        Err(error) => {
            return Err(vec![syntax_problem(&quoted, file, &error, KEYS)]);
        }
    };
    let mut problems = Vec::new();
    let reader = Reader { text, file, model };
    let kinds = read.kinds.iter().filter_map(|kind| {
        let slip = reader.slip(kind);
        slip.map_err(|problem| problems.push(*problem)).ok()
    });
    let kinds = kinds.collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Slips {
        kinds,
        weekday: read.habits.weekday.into(),
        length: read.habits.length.into(),
        delay: read.habits.delay.into(),
    })
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    model: &'a Model,
}

type Found<T> = Result<T, Box<Problem>>;

impl Reader<'_> {
    fn slip(&self, kind: &Kind) -> Found<Slip> {
        let Some((id, table)) = self.model.table_named(&kind.table) else {
            let known = self.model.tables.iter().map(|table| table.name.as_str());
            return Err(self.unknown(kind, &kind.table, known));
        };
        let en = kind.en.as_ref().unwrap_or(&kind.da);
        Ok(Slip {
            name: kind.name.clone(),
            title: Text::new(&kind.da, en),
            table: id,
            what: self.what(kind, table)?,
            points: kind.points.into(),
            per_day: kind.per_day.into(),
        })
    }

    fn what(&self, kind: &Kind, table: &Table) -> Found<What> {
        let edge = || self.edge(kind, table);
        Ok(match kind.what {
            Word::Value => self.value(kind, table)?,
            Word::Days => What::Days(edge()?, self.given(kind, "højst", kind.most)?.into()),
            Word::Month => What::Month(edge()?),
            Word::Year => What::Year(edge()?),
            Word::Swapped => What::Swapped(edge()?),
            Word::Digits => What::Digits(edge()?),
            Word::NoEnd => What::NoEnd,
        })
    }

    /// The day of an event is its first and its last.
    fn edge(&self, kind: &Kind, table: &Table) -> Found<Edge> {
        if table.shape == Shape::Events {
            return Ok(Edge::Both);
        }
        Ok(match self.given(kind, "dato", kind.edge)? {
            EdgeWord::First => Edge::First,
            EdgeWord::Last => Edge::Last,
            EdgeWord::Both => Edge::Both,
        })
    }

    fn value(&self, kind: &Kind, table: &Table) -> Found<What> {
        let name = self.given(kind, "felt", kind.field.as_ref())?;
        let Some((field, declared)) = table.field_named(name) else {
            let known = table.fields.iter().map(|field| field.name.as_str());
            return Err(self.unknown(kind, name, known));
        };
        let to = self.given(kind, "til", kind.to.as_ref())?;
        if kind.from.is_empty() {
            return Err(self.lacks(kind, "fra"));
        }
        let from = kind
            .from
            .iter()
            .map(|word| self.choice(kind, declared, word));
        Ok(What::Value {
            field: FieldId(field.0),
            from: from.collect::<Found<_>>()?,
            to: self.choice(kind, declared, to)?,
            begun: kind.begun,
        })
    }

    fn choice(&self, kind: &Kind, field: &Field, word: &str) -> Found<Value> {
        let yes_no = ["nej".to_owned(), "ja".to_owned()];
        let words: &[String] = match &field.ty {
            FieldType::Choice(words) => words,
            FieldType::YesNo => &yes_no,
            _ => {
                return Err(Box::new(messages::no_codes(
                    self.place(kind, word),
                    &field.name,
                )));
            }
        };
        let known = || words.iter().map(String::as_str);
        let Some(position) = known().position(|known| known == word) else {
            return Err(self.unknown(kind, word, known()));
        };
        Ok(match &field.ty {
            FieldType::YesNo => Value::YesNo(position == 1),
            _ => Value::Choice(position),
        })
    }

    fn given<T>(&self, kind: &Kind, key: &str, value: Option<T>) -> Found<T> {
        value.ok_or_else(|| self.lacks(kind, key))
    }

    fn lacks(&self, kind: &Kind, key: &str) -> Box<Problem> {
        let place = self.place(kind, &kind.name);
        Box::new(messages::lacks_key(place, &kind.name, key))
    }

    fn unknown<'k>(
        &self,
        kind: &Kind,
        name: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> Box<Problem> {
        let known: Vec<&str> = known.collect();
        Box::new(messages::unknown_name(self.place(kind, name), name, &known))
    }

    /// The first line below the name of the kind that holds a word.
    fn place(&self, kind: &Kind, word: &str) -> Place {
        let quoted = |word: &str| format!("\"{word}\"");
        let lines = || self.text.lines().zip(1_u32..);
        let (name, word) = (quoted(&kind.name), quoted(word));
        let start = lines().find(|(line, _)| line.contains(&name));
        let start = start.map_or(1, |(_, number)| number);
        let below = |number: u32| number >= start;
        let found = lines().find(|(line, number)| below(*number) && line.contains(&word));
        let (line, number) = found.unwrap_or(("", start));
        let before = line.split(&word).next().unwrap_or_default();
        let column = u32::try_from(before.chars().count().saturating_add(1));
        Place::at(self.file, number, column.unwrap_or(u32::MAX))
    }
}
