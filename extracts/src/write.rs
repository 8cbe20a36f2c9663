//! Outcomes to files, whole or not at all, with what they rest on beside them.
//!
//! CSV is RFC 4180 in UTF-8; its provenance stands in a file of its own, since comment lines break
//! readers. JSON is one object with `provenance` and `rows`. Cells that a spreadsheet would run as
//! formulas are neutralised in CSV; JSON is exact.

use crate::source::{digest, hex};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::Text;
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a rule says about a case on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeRow {
    /// The person's key.
    pub case: String,
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
}

/// A run of days on which a rule says the same about a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineRow {
    /// The person's key.
    pub case: String,
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

/// A row of a result file. A blank date is a cell without a value.
pub trait ResultRow {
    /// The names of the columns.
    const HEADER: &'static [&'static str];

    /// One cell for each column.
    fn cells(&self) -> Vec<Option<String>>;
}

impl ResultRow for OutcomeRow {
    const HEADER: &'static [&'static str] = &[
        "case", "rule", "state", "since", "until", "due", "ground", "basis", "missing",
    ];

    fn cells(&self) -> Vec<Option<String>> {
        vec![
            Some(self.case.clone()),
            Some(self.rule.clone()),
            Some(self.state.clone()),
            self.since.map(|day| day.to_string()),
            self.until.map(|day| day.to_string()),
            self.due.map(|day| day.to_string()),
            Some(self.ground.clone()),
            Some(self.basis.clone()),
            Some(self.missing.clone()),
        ]
    }
}

impl ResultRow for TimelineRow {
    const HEADER: &'static [&'static str] = &[
        "case", "rule", "state", "from", "to", "ground", "basis", "missing",
    ];

    fn cells(&self) -> Vec<Option<String>> {
        vec![
            Some(self.case.clone()),
            Some(self.rule.clone()),
            Some(self.state.clone()),
            self.from.map(|day| day.to_string()),
            self.to.map(|day| day.to_string()),
            Some(self.ground.clone()),
            Some(self.basis.clone()),
            Some(self.missing.clone()),
        ]
    }
}

/// What a result rests on: with the same four, the same bytes come out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Provenance {
    /// The hash of the rule set.
    pub rule_set_hash: String,
    /// [`crate::Extract::hash`].
    pub extract_hash: String,
    /// The version of the program.
    pub engine_version: String,
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
}

#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
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
            let cell = cell.map(|cell| quoted(&neutral(cell))).unwrap_or_default();
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
                object.serialize_entry(name, &cell)?;
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

/// A cell that no spreadsheet runs: an apostrophe in front of what would begin a formula.
fn neutral(cell: String) -> String {
    let formula = [
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
    ];
    if cell.starts_with(formula) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// A cell in quotes where it needs them.
fn quoted(cell: &str) -> String {
    let needs = cell.contains([',', ';', '"', '\r', '\n']) || cell.trim() != cell;
    if needs {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// How [`save`] treats what is there already.
#[derive(Clone, Copy, Debug, Default)]
pub struct SaveOptions<'a> {
    /// An existing file may be replaced.
    pub replace: bool,
    /// The extract, in which nothing may be written.
    pub extract: Option<&'a Path>,
}

/// Writes rows to a file, which appears whole or not at all.
///
/// A CSV gets its provenance in `<name>.provenance.json`, which also names the CSV by its hash and
/// is in place before it.
///
/// # Errors
///
/// [`WriteError`]; then nothing has changed and no temporary file is left.
pub fn save<R: ResultRow>(
    path: &Path,
    format: Format,
    provenance: &Provenance,
    rows: &[R],
    options: SaveOptions<'_>,
) -> Result<(), WriteError> {
    let mut bytes = Vec::new();
    let failed = |error: std::io::Error| WriteError::new(path, WriteFault::Io(error.kind()));
    match format {
        Format::Json => write_json(&mut bytes, provenance, rows).map_err(failed)?,
        Format::Csv => write_csv(&mut bytes, rows).map_err(failed)?,
    }
    let mut files = Vec::new();
    if format == Format::Csv {
        let beside = sidecar_path(path);
        let sidecar = sidecar(path, provenance, &bytes).map_err(|error| {
            WriteError::new(&beside, WriteFault::Io(std::io::Error::from(error).kind()))
        })?;
        files.push((beside, sidecar));
    }
    files.push((path.to_owned(), bytes));
    for (path, _) in &files {
        allowed(path, options).map_err(|fault| WriteError::new(path, fault))?;
    }
    put(files)
}

/// `<name>.provenance.json`
fn sidecar_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".provenance.json");
    path.with_file_name(name)
}

fn sidecar(path: &Path, provenance: &Provenance, csv: &[u8]) -> serde_json::Result<Vec<u8>> {
    #[derive(serde::Serialize)]
    struct Sidecar<'a> {
        provenance: &'a Provenance,
        file: String,
        sha256: String,
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut bytes = serde_json::to_vec_pretty(&Sidecar {
        provenance,
        file: name.into_owned(),
        sha256: hex(digest(csv)),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Whether a file may be put at `path`.
fn allowed(path: &Path, options: SaveOptions<'_>) -> Result<(), WriteFault> {
    let folder = folder_of(path)
        .canonicalize()
        .map_err(|error| WriteFault::Io(error.kind()))?;
    if let Some(extract) = options.extract.and_then(|path| path.canonicalize().ok()) {
        let name = path.file_name().unwrap_or_default();
        let beside = [extract.clone(), extract.with_extension("toml")];
        if folder.starts_with(&extract) || beside.contains(&folder.join(name)) {
            return Err(WriteFault::InsideExtract);
        }
    }
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(WriteFault::Io(error.kind())),
        Ok(metadata) if !metadata.is_file() => Err(WriteFault::NotAFile),
        Ok(_) if !options.replace => Err(WriteFault::Exists),
        Ok(_) => Ok(()),
    }
}

/// Writes every file beside its place, and only then moves each into it.
fn put(files: Vec<(PathBuf, Vec<u8>)>) -> Result<(), WriteError> {
    let mut written = Vec::new();
    for (path, bytes) in files {
        let failed = |error: std::io::Error| WriteError::new(&path, WriteFault::Io(error.kind()));
        let mut file = tempfile::NamedTempFile::new_in(folder_of(&path)).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        written.push((path, file));
    }
    for (path, file) in written {
        let failed = |error: std::io::Error| WriteError::new(&path, WriteFault::Io(error.kind()));
        // What cannot be moved is removed when `error.file` is dropped.
        file.persist(&path).map_err(|error| failed(error.error))?;
        // Not every system can do this, and the file is in place.
        let _ = std::fs::File::open(folder_of(&path)).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A file that was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub fault: WriteFault,
}

/// Why a file was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteFault {
    /// It would lie in the extract, or replace it.
    InsideExtract,
    /// It exists.
    Exists,
    /// It is a folder, a link, a pipe or a device.
    NotAFile,
    /// The system says so.
    Io(std::io::ErrorKind),
}

impl WriteError {
    fn new(path: &Path, fault: WriteFault) -> Self {
        Self {
            path: path.to_owned(),
            fault,
        }
    }

    /// What to tell the user.
    #[must_use]
    pub fn message(&self) -> Text {
        let path = crate::hide::escaped(&self.path.display().to_string());
        let (da, en) = match self.fault {
            WriteFault::InsideExtract => (
                "ligger i udtrækket; vælg en anden mappe".to_owned(),
                "lies in the extract; choose another folder".to_owned(),
            ),
            WriteFault::Exists => (
                "findes allerede; vælg et andet navn, eller brug --overwrite".to_owned(),
                "exists already; choose another name, or use --overwrite".to_owned(),
            ),
            WriteFault::NotAFile => (
                "er en mappe, et link eller en enhed; vælg en almindelig fil".to_owned(),
                "is a folder, a link or a device; choose a regular file".to_owned(),
            ),
            WriteFault::Io(kind) => (
                format!("kan ikke skrives ({kind}); intet er ændret"),
                format!("cannot be written ({kind}); nothing has changed"),
            ),
        };
        Text::new(format!("{path} {da}"), format!("{path} {en}"))
    }
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for WriteError {}
