//! `udtræk.toml`: how an extract's files, columns and codes correspond to the declared tables.
//!
//! Only what differs from the declaration has to be said. `EXTRACT.md` shows every key.

use crate::dates::DateFormat;
use crate::weeks::Weeks;
use hjemmel_engine::time::{Day, Days, Period};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What `udtræk.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// `udtræksdato = 2017-07-31`: the day the extract was made.
    #[serde(
        rename = "udtræksdato",
        alias = "udtraeksdato",
        default,
        deserialize_with = "day"
    )]
    pub date: Option<Day>,
    /// `separator = ";"`: what stands between the fields. Found from the headings if not given.
    #[serde(default)]
    pub separator: Option<char>,
    /// `tegnsæt = "Windows-1252"`: the character set; `UTF-8` if not given.
    #[serde(rename = "tegnsæt", alias = "tegnsaet", default)]
    pub encoding: Option<Encoding>,
    /// `datoformat = "DD-MM-ÅÅÅÅ"`: how dates are written; `ÅÅÅÅ-MM-DD` if not given.
    #[serde(rename = "datoformat", default)]
    pub date_format: Option<DateFormat>,
    /// `decimaltegn = ","`: the decimal sign. Without it `1,5` and `1.5` are both one and a half,
    /// and a number that could be read in two ways (`1.234`) is unknown.
    #[serde(rename = "decimaltegn", default)]
    pub decimal: Option<Decimal>,
    /// `blank_slutdato = "fortsat"`: what a blank end date means. Without it one refuses the
    /// extract.
    #[serde(rename = "blank_slutdato", default)]
    pub blank_end: Option<BlankEnd>,
    /// `[tabel.ydelse]`: what holds for one table.
    #[serde(rename = "tabel", default)]
    pub tables: BTreeMap<String, TableMapping>,
    /// `[arbejdsliste]`: what a worklist shows beside what the rules say.
    #[serde(rename = "arbejdsliste", default)]
    pub worklist: Worklist,
}

/// What a worklist shows of the extract itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worklist {
    /// `kolonner = ["ansvarlig.team"]`: a field of a table for each column; never a sensitive one.
    #[serde(rename = "kolonner", default)]
    pub columns: Vec<String>,
}

/// What `udtræk.toml` says about one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMapping {
    /// `fil = "Ydelser 2017.csv"`: the file's name; else the table's and `.csv`.
    #[serde(rename = "fil", default)]
    pub file: Option<String>,
    /// `ark = "Ydelser"`: the sheet's name; else the table's.
    #[serde(rename = "ark", default)]
    pub sheet: Option<String>,
    /// `header_row = 3`: the row of a sheet that holds the headings; else the first.
    #[serde(default)]
    pub header_row: Option<u32>,
    /// `kolonner = { sag = "CPR_nøgle" }`: the headings, where they are not the declared names.
    #[serde(rename = "kolonner", default)]
    pub columns: BTreeMap<String, String>,
    /// `registreret = "Opdateret"`: the heading of the day of registration.
    #[serde(rename = "registreret", default)]
    pub registered: Option<String>,
    /// `mangler = ["timer"]`: fields that the extract does not have; they are unknown.
    #[serde(rename = "mangler", default)]
    pub absent: Vec<String>,
    /// `uger = { kolonner = "y_ÅÅUU", koder = "koder.csv" }`: the file has a column for each week
    /// and in it one code.
    #[serde(rename = "uger", default)]
    pub weeks: Option<WeeksMapping>,
    /// `koder.art = { "730" = "kontanthjælp" }`: what the codes of a field mean. `"ukendt"` says
    /// that a code tells nothing.
    #[serde(rename = "koder", default)]
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
    /// `fuldstændig = { fra = 2015-01-01 }`: the days on which no row means no.
    #[serde(rename = "fuldstændig", alias = "fuldstaendig", default)]
    pub complete: Option<Complete>,
    /// `blank_slutdato = "ukendt"` for this table alone.
    #[serde(rename = "blank_slutdato", default)]
    pub blank_end: Option<BlankEnd>,
    /// `slutdato_fortsat = ["9999-12-31"]`: end dates, as they are written, that mean ongoing.
    #[serde(rename = "slutdato_fortsat", default)]
    pub ongoing: Vec<String>,
    /// `rækker = 268`: how many rows there must be, if the sender says.
    #[serde(rename = "rækker", alias = "raekker", default)]
    pub rows: Option<u64>,
    /// `separator` for this table alone.
    #[serde(default)]
    pub separator: Option<char>,
    /// `tegnsæt` for this table alone.
    #[serde(rename = "tegnsæt", alias = "tegnsaet", default)]
    pub encoding: Option<Encoding>,
    /// `datoformat` for this table alone.
    #[serde(rename = "datoformat", default)]
    pub date_format: Option<DateFormat>,
    /// `decimaltegn` for this table alone.
    #[serde(rename = "decimaltegn", default)]
    pub decimal: Option<Decimal>,
}

/// A file with a column for each week.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeksMapping {
    /// `kolonner = "y_ÅÅUU"`: how their headings are written, `ÅÅ` or `ÅÅÅÅ` for the year and `UU`
    /// for the ISO week.
    #[serde(rename = "kolonner")]
    pub columns: String,
    /// `koder = "koder.csv"`: the list of what the codes say.
    #[serde(rename = "koder")]
    pub codes: String,
    /// The file, once it has been looked at.
    #[serde(skip)]
    pub(crate) looked: Option<Arc<Weeks>>,
}

/// A character set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum Encoding {
    /// `UTF-8`, with or without a byte order mark.
    #[default]
    #[serde(rename = "UTF-8")]
    Utf8,
    /// `Windows-1252`, what older Danish systems write.
    #[serde(rename = "Windows-1252")]
    Windows1252,
}

/// A decimal sign. The other one may then group thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Decimal {
    /// `1.234,5`
    #[serde(rename = ",")]
    Comma,
    /// `1,234.5`
    #[serde(rename = ".")]
    Point,
}

/// What a blank end date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum BlankEnd {
    /// The period has no end.
    #[serde(rename = "fortsat")]
    Ongoing,
    /// Nobody knows when it ended.
    #[serde(rename = "ukendt")]
    Unknown,
}

/// The days on which a register is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Complete {
    /// All days, or none.
    Whole(bool),
    /// Some.
    Span(CompleteSpan),
}

/// From a first to a last day, both included. Without a first day from the beginning, without a
/// last one up to the day the extract was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompleteSpan {
    /// First day.
    #[serde(rename = "fra", default, deserialize_with = "day")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(rename = "til", default, deserialize_with = "day")]
    pub to: Option<Day>,
}

impl Complete {
    /// The days, of an extract drawn on `drawn`: of what has happened since it can say nothing.
    #[must_use]
    pub fn days(self, drawn: Option<Day>) -> Days {
        let last = drawn.unwrap_or(Day::END.previous());
        match self {
            Self::Whole(true) => Days::of(Period::inclusive(Day::FIRST, last)),
            Self::Whole(false) => Days::none(),
            Self::Span(span) => Days::of(Period::inclusive(
                span.from.unwrap_or(Day::FIRST),
                span.to.unwrap_or(last),
            )),
        }
    }
}

impl Encoding {
    /// As in `udtræk.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// What [`day`] says of something else.
pub(crate) const NO_DATE: &str = "not a date";

/// A date, as TOML writes dates or as a text of the same form.
pub(crate) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::String(text) => text,
        other => other.type_str().to_owned(),
    };
    match DateFormat::Iso.read(&text) {
        Some(date) if !date.with_time => Ok(Some(date.day)),
        _ => Err(serde::de::Error::custom(NO_DATE)),
    }
}

/// The keys of `udtræk.toml`, for the nearest when one is misspelt.
pub(crate) const KEYS: [&str; 23] = [
    "udtræksdato",
    "separator",
    "tegnsæt",
    "datoformat",
    "decimaltegn",
    "blank_slutdato",
    "tabel",
    "fil",
    "ark",
    "header_row",
    "kolonner",
    "registreret",
    "mangler",
    "koder",
    "uger",
    "fuldstændig",
    "slutdato_fortsat",
    "rækker",
    "fra",
    "til",
    "sag",
    "dato",
    "arbejdsliste",
];
