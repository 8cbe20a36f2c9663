//! A first `udtræk.toml`, from what stands in an extract. A person completes it.

use crate::columns::{self, Expected, Role, normal};
use crate::dates::DateFormat;
use crate::extract::Refused;
use crate::guess::{self, Guess};
use crate::hide;
use crate::kinds;
use crate::mapping::{Encoding, TableMapping};
use crate::sample::Sample;
use crate::source::{self, Location};
use hjemmel_engine::model::{Field, FieldType, Model, Table};
use std::collections::BTreeMap;
use std::path::Path;

/// A first `udtræk.toml` for the extract at `path`: the columns by the nearest headings, the formats
/// that were found, and questions where a person has to decide. It can be read back as it is.
///
/// # Errors
///
/// [`Refused`] if there is no extract at `path`, or a workbook that cannot be opened.
pub fn draft(path: &Path, model: &Model) -> Result<String, Refused> {
    let refused = |fault: Box<crate::Problem>| Refused {
        problems: vec![*fault],
    };
    let samples = match source::locate(path).map_err(refused)? {
        Location::Folder(found) => {
            let tables = found.iter().filter_map(|(name, path)| {
                let (part, kind) = kinds::first(name, path)?;
                Some((name.clone(), Sample::of(&part, kind)?))
            });
            tables.collect()
        }
        Location::Workbook(name) => crate::xlsx::samples(path, &name).map_err(refused)?,
    };
    Ok(Draft::new(model, samples).text())
}

/// Samples by the name of their file or sheet.
pub(crate) type Samples = BTreeMap<String, Sample>;

/// What is known before the text is written.
struct Draft<'a> {
    model: &'a Model,
    samples: Samples,
    /// For each table its file or sheet.
    files: Vec<Option<String>>,
}

impl<'a> Draft<'a> {
    fn new(model: &'a Model, samples: Samples) -> Self {
        let names: Vec<&str> = samples.keys().map(String::as_str).collect();
        let files = model
            .tables
            .iter()
            .map(|table| guess::file(&table.name, &names).map(str::to_owned))
            .collect();
        Self {
            model,
            samples,
            files,
        }
    }

    fn text(&self) -> String {
        let tables: Vec<(&Table, Option<(&String, &Sample)>)> = self
            .model
            .tables
            .iter()
            .zip(&self.files)
            .map(|(table, file)| {
                let file = file.as_ref();
                (
                    table,
                    file.and_then(|file| Some((file, self.samples.get(file)?))),
                )
            })
            .collect();
        let found = || {
            tables
                .iter()
                .filter_map(|(table, found)| Some((*table, found.as_ref()?.1)))
        };
        let formats: Vec<Formats> = found()
            .map(|(table, sample)| Formats::of(table, sample))
            .collect();
        let common = Formats {
            encoding: common(formats.iter().map(|formats| formats.encoding)),
            separator: common(formats.iter().map(|formats| formats.separator)),
            dates: common(formats.iter().map(|formats| formats.dates)),
        };
        let mut text = String::from(
            "# Udkast. Ret det, der er gættet forkert, og svar, hvor der står ????.\n\n\
             # udtræksdato = ????-??-??   # dagen, udtrækket er lavet\n",
        );
        text += &common.text(&Formats::default());
        for (table, found) in &tables {
            text.push('\n');
            match found {
                Some((file, sample)) => {
                    text += &table_text(table, file, sample, &common);
                }
                None => text += &format!("# tabellen {} har ingen fil\n", table.name),
            }
        }
        text
    }
}

/// The formats of a file; none where it does not show.
#[derive(Clone, Copy, Debug, Default)]
struct Formats {
    encoding: Option<Encoding>,
    separator: Option<char>,
    dates: Option<DateFormat>,
}

impl Formats {
    fn of(table: &Table, sample: &Sample) -> Self {
        let guesses = guesses(table, sample);
        let mut dates = guesses.iter().filter(|(column, _)| is_date(table, column));
        Self {
            encoding: sample
                .format
                .map(|(encoding, _)| encoding)
                .filter(|_| !sample.ascii),
            separator: sample.format.map(|(_, separator)| separator),
            dates: dates.find_map(|(_, guess)| sample.date_format(guess.index)),
        }
    }

    /// What has to be said beyond what is said already (and beyond the defaults).
    fn text(&self, said: &Self) -> String {
        let mut text = String::new();
        if let Some(encoding) = self.encoding
            && encoding != said.encoding.unwrap_or_default()
        {
            text += &format!("tegnsæt = \"{}\"\n", encoding.name());
        }
        let separator = self.separator.filter(|separator| match said.separator {
            Some(said) => said != *separator,
            None => !matches!(separator, ';' | ','),
        });
        if let Some(separator) = separator {
            text += &format!("separator = {}\n", quoted(&separator.to_string()));
        }
        if let Some(dates) = self.dates
            && dates != said.dates.unwrap_or_default()
        {
            text += &format!("datoformat = \"{}\"\n", dates.name());
        }
        text
    }
}

/// What all that say something say.
fn common<T: Copy + PartialEq>(values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let mut said = values.flatten();
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// The expected columns of a table with the headings they probably have.
fn guesses(table: &Table, sample: &Sample) -> Vec<(Expected, Guess)> {
    let expected = columns::expected(table, &TableMapping::default());
    let mut taken = Vec::new();
    let mut found = Vec::new();
    // Certain ones first, so that a heading is not taken by a column that only resembles it.
    for sure in [true, false] {
        for column in &expected {
            let done = found
                .iter()
                .any(|(other, _): &(Expected, Guess)| other.role == column.role);
            if done {
                continue;
            }
            let Some(guess) = guess::heading(column, &sample.headings, &taken) else {
                continue;
            };
            if guess.exact || !sure {
                taken.push(guess.index);
                found.push((column.clone(), guess));
            }
        }
    }
    found
}

fn table_text(table: &Table, file: &str, sample: &Sample, common: &Formats) -> String {
    let mut text = format!("[tabel.{}]\n", key(&table.name));
    let named = kinds::names(table, &TableMapping::default());
    if sample.sheet {
        if normal(file) != table.name {
            text += &format!("ark = {}\n", quoted(file));
        }
    } else if !named.contains(&normal(file)) {
        let file = file.strip_suffix('/').unwrap_or(file);
        text += &format!("fil = {}\n", quoted(file));
    }
    text += &Formats::of(table, sample).text(common);
    let guesses = guesses(table, sample);
    let expected = columns::expected(table, &TableMapping::default());
    let renamed: Vec<String> = guesses
        .iter()
        .filter(|(_, guess)| !guess.exact)
        .filter_map(|(column, guess)| {
            let name = key(column.headings.first()?);
            Some(format!("{name} = {}", quoted(&guess.heading)))
        })
        .collect();
    if !renamed.is_empty() {
        text += &format!("kolonner = {{ {} }}\n", renamed.join(", "));
    }
    let absent = expected.iter().filter(|column| column.required);
    let absent =
        absent.filter(|column| !guesses.iter().any(|(found, _)| found.role == column.role));
    for name in absent.filter_map(|column| column.headings.first()) {
        text += &format!(
            "# ????: ingen overskrift ligner \"{name}\"; skriv den i kolonner, eller i mangler\n"
        );
    }
    text += &unused_text(sample, &guesses);
    for (column, guess) in &guesses {
        match column.role {
            Role::To => text += &ends_text(sample, guess),
            Role::Field(id) => {
                if let Some(field) = table.fields.get(id.0) {
                    text += &codes_text(field, sample, guess);
                }
            }
            _ => {}
        }
    }
    if table.complete {
        text += "# reglerne siger, at ingen række betyder nej; gælder det kun en tid, så skriv\n";
        text += "# fuldstændig = { fra = ????-??-?? }\n";
    }
    text
}

/// The headings that nothing reads. In a file without headings they are data, so none is shown
/// unless some heading was recognised.
fn unused_text(sample: &Sample, guesses: &[(Expected, Guess)]) -> String {
    let numbered = sample.headings.iter().enumerate();
    let unused: Vec<String> = numbered
        .filter(|(index, _)| !guesses.iter().any(|(_, guess)| guess.index == *index))
        .filter(|(_, heading)| !heading.is_empty() && !hide::holds_cpr(heading))
        .map(|(_, heading)| quoted(&hide::escaped(heading)))
        .collect();
    if unused.is_empty() || guesses.is_empty() {
        return String::new();
    }
    format!("# overskrifter, der ikke bruges: {}\n", unused.join(", "))
}

/// Questions about the end dates.
fn ends_text(sample: &Sample, guess: &Guess) -> String {
    let mut text = String::new();
    if sample.has_blanks(guess.index) {
        text += "# ????: hvad betyder en blank slutdato? Skriv én af dem uden #\n";
        text += "# blank_slutdato = \"fortsat\"\n# blank_slutdato = \"ukendt\"\n";
    }
    let mut far: Vec<&str> = sample
        .values(guess.index)
        .filter(|value| value.contains("9999") || value.contains("2099"))
        .filter(|value| {
            DateFormat::ALL
                .iter()
                .any(|format| format.read(value).is_some())
        })
        .collect();
    far.sort_unstable();
    far.dedup();
    if !far.is_empty() {
        let list: Vec<String> = far.into_iter().take(5).map(quoted).collect();
        text += "# ????: betyder disse slutdatoer, at perioden fortsætter? Så fjern #\n";
        text += &format!("# slutdato_fortsat = [{}]\n", list.join(", "));
    }
    text
}

/// A list of codes to fill in.
fn codes_text(field: &Field, sample: &Sample, guess: &Guess) -> String {
    let words: Vec<&str> = match &field.ty {
        FieldType::Choice(words) => words.iter().map(String::as_str).collect(),
        FieldType::YesNo => vec!["ja", "nej"],
        _ => return String::new(),
    };
    let mut codes: BTreeMap<&str, u64> = BTreeMap::new();
    for value in sample.values(guess.index) {
        let known = words
            .iter()
            .any(|word| word.to_lowercase() == value.to_lowercase());
        if !known {
            let count = codes.entry(value).or_default();
            *count = count.saturating_add(1);
        }
    }
    if codes.is_empty() {
        return String::new();
    }
    // More different codes than that are something else.
    let shown: Vec<(String, u64)> = codes
        .iter()
        .filter_map(|(code, count)| Some((hide::showable(code, field.sensitive)?, *count)))
        .take(200)
        .collect();
    let hidden = codes.len().saturating_sub(shown.len());
    let mut text = format!(
        "# ????: hvad betyder koderne? Mulige: {}, ukendt\n",
        words.join(", ")
    );
    for (code, count) in shown {
        let (field, code) = (key(&field.name), quoted(&code));
        text += &format!("# koder.{field}.{code} = \"????\"   # rækker: {count}\n");
    }
    if hidden > 0 {
        text += &format!("# og {hidden} andre, der ikke vises\n");
    }
    text
}

fn is_date(table: &Table, column: &Expected) -> bool {
    match column.role {
        Role::From | Role::To | Role::Date | Role::Registered => true,
        Role::Key => false,
        Role::Field(id) => table
            .fields
            .get(id.0)
            .is_some_and(|field| matches!(field.ty, FieldType::Date | FieldType::BirthDate)),
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A key, which the reader of `udtræk.toml` accepts in Danish letters as it is.
fn key(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if plain { name.to_owned() } else { quoted(name) }
}
