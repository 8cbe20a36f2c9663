//! Outcomes as CSV, JSON, Parquet and Arrow; [`save`](crate::save()) puts them into files.
//!
//! CSV is RFC 4180 in UTF-8. JSON is one object with `provenance` and `rows`. Cells that a spreadsheet would run as
//! formulas, or parts of them if it expects another separator, are neutralised in CSV; JSON is exact.

pub use crate::approval::Approval;
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use std::collections::BTreeMap;
use std::io::Write;

/// What a rule says about a case on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeRow {
    /// The person's key.
    pub case: Personal,
    /// The rule.
    pub rule: String,
    /// The state.
    pub state: String,
    /// The first day of the unbroken run of the state.
    pub since: Option<Day>,
    /// The last day of the state if nothing new is registered.
    pub until: Option<Day>,
    /// The last timely day.
    pub due: Option<Day>,
    /// What decided it.
    pub ground: String,
    /// The provisions it rests on.
    pub basis: String,
    /// The facts that are missing.
    pub missing: String,
    /// The state that a caseworker has decided on, if one has: beside `state` and never in its place.
    pub override_state: String,
    /// The role that decided.
    pub override_by: String,
    /// The day that the decision was registered.
    pub override_registered: Option<Day>,
}

/// A run of days on which a rule says the same about a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineRow {
    /// The person's key.
    pub case: Personal,
    /// The rule.
    pub rule: String,
    /// The state.
    pub state: String,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// What decided it.
    pub ground: String,
    /// The provisions it rests on.
    pub basis: String,
    /// The facts that are missing.
    pub missing: String,
}

/// A cell of a result file.
#[derive(Clone, PartialEq, Eq)]
pub enum ResultCell {
    /// A text; it may be blank.
    Text(String),
    /// A day; without one a cell without a value.
    Day(Option<Day>),
}

crate::hide::sealed!(ResultCell);

impl ResultCell {
    /// As it is written in texts.
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Day(day) => day.map(|day| day.to_string()),
        }
    }
}

/// A row of a result file. A blank date is a cell without a value.
pub trait ResultRow {
    /// The names of the columns.
    const HEADER: &'static [&'static str];

    /// One cell for each column.
    fn cells(&self) -> Vec<ResultCell>;
}

impl ResultRow for OutcomeRow {
    const HEADER: &'static [&'static str] = &[
        "case",
        "rule",
        "state",
        "since",
        "until",
        "due",
        "ground",
        "basis",
        "missing",
        "override_state",
        "override_by",
        "override_registered",
    ];

    fn cells(&self) -> Vec<ResultCell> {
        vec![
            ResultCell::Text(self.case.reveal().to_owned()),
            ResultCell::Text(self.rule.clone()),
            ResultCell::Text(self.state.clone()),
            ResultCell::Day(self.since),
            ResultCell::Day(self.until),
            ResultCell::Day(self.due),
            ResultCell::Text(self.ground.clone()),
            ResultCell::Text(self.basis.clone()),
            ResultCell::Text(self.missing.clone()),
            ResultCell::Text(self.override_state.clone()),
            ResultCell::Text(self.override_by.clone()),
            ResultCell::Day(self.override_registered),
        ]
    }
}

impl ResultRow for TimelineRow {
    const HEADER: &'static [&'static str] = &[
        "case", "rule", "state", "from", "to", "ground", "basis", "missing",
    ];

    fn cells(&self) -> Vec<ResultCell> {
        vec![
            ResultCell::Text(self.case.reveal().to_owned()),
            ResultCell::Text(self.rule.clone()),
            ResultCell::Text(self.state.clone()),
            ResultCell::Day(self.from),
            ResultCell::Day(self.to),
            ResultCell::Text(self.ground.clone()),
            ResultCell::Text(self.basis.clone()),
            ResultCell::Text(self.missing.clone()),
        ]
    }
}

/// What a result rests on: with the same of all, the same bytes come out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Provenance {
    /// The hash of the rule set.
    pub rule_set_hash: String,
    /// [`crate::Extract::hash`].
    pub extract_hash: String,
    /// The version of the program.
    pub engine_version: String,
    /// Whether the rules were approved, and by whom.
    #[serde(flatten)]
    pub approval: Approval,
    /// The day that is judged, if it is one day.
    #[serde(serialize_with = "iso")]
    pub as_of: Option<Day>,
    /// The first day that is judged, if there are several.
    #[serde(serialize_with = "iso")]
    pub from: Option<Day>,
    /// The last.
    #[serde(serialize_with = "iso")]
    pub to: Option<Day>,
    /// The knowledge date; everything registered counts if none.
    #[serde(serialize_with = "iso")]
    pub known_on: Option<Day>,
    /// Of a comparison the other side: the rule set that was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_rule_set_hash: Option<String>,
    /// The day whose law every day is judged by, if it is pinned.
    #[serde(serialize_with = "iso", skip_serializing_if = "Option::is_none")]
    pub law_of: Option<Day>,
    /// The same of the rule set that was compared with.
    #[serde(serialize_with = "iso", skip_serializing_if = "Option::is_none")]
    pub old_law_of: Option<Day>,
    /// SHA-256 of the list of registered decisions that are shown beside the answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overrides_hash: Option<String>,
    /// Of a form to fill: how its lines were chosen, by name. `hjemmel-extracts` gives it back when the
    /// form is [read](crate::FormFile).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub question: BTreeMap<String, String>,
}

impl Provenance {
    /// The same without what is not there, as names and texts: how a form holds it.
    #[must_use]
    pub fn named(&self) -> BTreeMap<String, String> {
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        let own = [
            ("rule_set_hash", Some(self.rule_set_hash.clone())),
            ("extract_hash", Some(self.extract_hash.clone())),
            ("engine_version", Some(self.engine_version.clone())),
            ("approval", Some(self.approval.text().da)),
            ("as_of", day(self.as_of)),
            ("known_on", day(self.known_on)),
        ];
        let own = own.into_iter();
        let own = own.filter_map(|(name, value)| Some((name.to_owned(), value?)));
        own.chain(self.question.clone()).collect()
    }
}

fn iso<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

/// The format of a result file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// One JSON object.
    Json,
    /// Parquet.
    Parquet,
    /// An Arrow IPC file.
    Arrow,
}

impl Format {
    /// The format that the ending of a file's name asks for (`csv`, `json`, `parquet`, `arrow`).
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "parquet" => Some(Self::Parquet),
            "arrow" => Some(Self::Arrow),
            _ => None,
        }
    }
}

/// Writes rows as CSV.
///
/// # Errors
///
/// What the writer says.
pub fn write_csv<R: ResultRow>(out: &mut impl Write, rows: &[R]) -> std::io::Result<()> {
    write!(out, "{}\r\n", R::HEADER.join(","))?;
    for row in rows {
        for (i, cell) in row.cells().into_iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            let cell = cell.text().map(|text| csv_cell(&text)).unwrap_or_default();
            write!(out, "{comma}{cell}")?;
        }
        out.write_all(b"\r\n")?;
    }
    out.flush()
}

/// Writes provenance and rows as one JSON object.
///
/// # Errors
///
/// What the writer says.
pub fn write_json<R: ResultRow>(
    out: &mut impl Write,
    provenance: &Provenance,
    rows: &[R],
) -> std::io::Result<()> {
    #[derive(serde::Serialize)]
    struct File<'a, R: ResultRow> {
        provenance: &'a Provenance,
        #[serde(serialize_with = "objects")]
        rows: &'a [R],
    }
    serde_json::to_writer_pretty(&mut *out, &File { provenance, rows })?;
    out.write_all(b"\n")?;
    out.flush()
}

fn objects<R: ResultRow, S: Serializer>(rows: &&[R], serializer: S) -> Result<S::Ok, S::Error> {
    struct Object<'a, R>(&'a R);
    impl<R: ResultRow> Serialize for Object<'_, R> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = serializer.serialize_map(Some(R::HEADER.len()))?;
            for (name, cell) in R::HEADER.iter().zip(self.0.cells()) {
                object.serialize_entry(name, &cell.text())?;
            }
            object.end()
        }
    }
    let mut list = serializer.serialize_seq(Some(rows.len()))?;
    for row in *rows {
        list.serialize_element(&Object(row))?;
    }
    list.end()
}

/// A text as it stands in a CSV: neutralised, and in quotes where it needs them, whether the
/// separator is a comma or a semicolon.
#[must_use]
pub fn csv_cell(cell: &str) -> String {
    quoted(&neutral(cell))
}

/// How a cell begins that a spreadsheet would run.
const FORMULA: [char; 12] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
];

/// How a formula begins that is not at the beginning of the cell.
const WITHIN: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What may be taken for the end of a cell, by a spreadsheet that expects another separator.
const ENDS: [char; 7] = [',', ';', '|', '"', '\t', '\r', '\n'];

/// Whether a formula begins here, behind any apostrophes: these count, so that one more can be
/// taken off again.
fn begins_formula(rest: &str, first: bool) -> bool {
    let rest = rest.trim_start_matches('\'');
    if first {
        rest.starts_with(FORMULA)
    } else {
        rest.starts_with(WITHIN)
    }
}

/// The text in pieces that a spreadsheet may take for cells: each but the last with its end.
fn pieces(cell: &str) -> impl Iterator<Item = (bool, &str)> {
    let first = std::iter::once(true).chain(std::iter::repeat(false));
    first.zip(cell.split_inclusive(ENDS))
}

/// A cell that no spreadsheet runs: an apostrophe in front of what would begin a formula, at the beginning or
/// behind what may be taken for the end of a cell.
#[must_use]
pub fn neutral(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for (first, piece) in pieces(cell) {
        if begins_formula(piece, first) {
            out.push('\'');
        }
        out.push_str(piece);
    }
    out
}

/// A cell as it was before it was neutralised.
#[must_use]
pub fn natural(cell: &str) -> String {
    let piece = |(first, piece): (bool, &str)| {
        let stripped = piece.strip_prefix('\'');
        let stripped = stripped.filter(|_| begins_formula(piece, first));
        stripped.unwrap_or(piece).to_owned()
    };
    pieces(cell).map(piece).collect()
}

/// A cell in quotes where it needs them.
pub(crate) fn quoted(cell: &str) -> String {
    let needs = cell.contains([',', ';', '"', '\r', '\n']) || cell.trim() != cell;
    if needs {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
