//! Result files: whole or not there, never in the extract, with their provenance.

use crate::result_batch;
use crate::result_file::Writer;
use crate::source::{digest, hex};
use crate::write::{Format, Provenance, ResultRow, write_csv, write_json};
use hjemmel_grammar::diagnostic::Text;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

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
/// is in place before it: a CSV without its provenance never appears.
///
/// # Errors
///
/// [`WriteError`]; then the file is what it was, and no temporary file is left.
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
        Format::Parquet | Format::Arrow => {
            bytes = columns(format, provenance, rows).map_err(failed)?;
        }
    }
    let beside = (format == Format::Csv).then_some(provenance);
    save_bytes(path, bytes, beside, options)
}

/// Puts bytes into a file, which appears whole or not at all; with `beside` also
/// `<name>.provenance.json`, which names the file by its hash and is in place before it.
///
/// # Errors
///
/// [`WriteError`]; then the file is what it was, and no temporary file is left.
pub fn save_bytes(
    path: &Path,
    bytes: Vec<u8>,
    beside: Option<&Provenance>,
    options: SaveOptions<'_>,
) -> Result<(), WriteError> {
    let mut files = Vec::new();
    if let Some(provenance) = beside {
        let beside = sidecar_path(path);
        let sidecar = sidecar(path, provenance, digest(&bytes)).map_err(|error| {
            WriteError::new(&beside, WriteFault::Io(std::io::Error::from(error).kind()))
        })?;
        files.push((beside, sidecar));
    }
    files.push((path.to_owned(), bytes));
    save_together(files, options)
}

/// Puts bytes into each of some files: none is touched unless all may be written, and each is
/// whole beside its place before the first is moved into it.
///
/// # Errors
///
/// [`WriteError`]; then no temporary file is left, and unless a move itself failed every file is
/// what it was.
pub fn save_together(
    files: Vec<(PathBuf, Vec<u8>)>,
    options: SaveOptions<'_>,
) -> Result<(), WriteError> {
    for (path, _) in &files {
        allowed(path, options).map_err(|fault| WriteError::new(path, fault))?;
    }
    put(files, options.replace)
}

fn columns<R: ResultRow>(
    format: Format,
    provenance: &Provenance,
    rows: &[R],
) -> std::io::Result<Vec<u8>> {
    let batch = result_batch::of_rows(rows).map_err(std::io::Error::other)?;
    let mut writer = Writer::new(Vec::new(), format, &batch.schema())?;
    writer.write(&batch)?;
    Ok(writer.finish(provenance)?.0)
}

/// `<name>.provenance.json`
pub(crate) fn sidecar_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".provenance.json");
    path.with_file_name(name)
}

/// What stands beside a CSV with this digest.
pub(crate) fn sidecar(
    path: &Path,
    provenance: &Provenance,
    csv: [u8; 32],
) -> serde_json::Result<Vec<u8>> {
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
        sha256: hex(csv),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Whether a file may be put at `path`.
pub(crate) fn allowed(path: &Path, options: SaveOptions<'_>) -> Result<(), WriteFault> {
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
pub(crate) fn put(files: Vec<(PathBuf, Vec<u8>)>, replace: bool) -> Result<(), WriteError> {
    let mut written = Vec::new();
    for (path, bytes) in files {
        let failed = |error: std::io::Error| WriteError::new(&path, WriteFault::Io(error.kind()));
        let mut file = NamedTempFile::new_in(folder_of(&path)).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        written.push((path, file));
    }
    for (path, file) in written {
        persist(file, &path, replace)?;
    }
    Ok(())
}

/// Moves a file into its place.
pub(crate) fn persist(file: NamedTempFile, path: &Path, replace: bool) -> Result<(), WriteError> {
    let failed = |error: std::io::Error| WriteError::new(path, WriteFault::Io(error.kind()));
    // What cannot be moved is removed when `error.file` is dropped.
    if replace {
        file.persist(path).map_err(|error| failed(error.error))?;
    } else {
        file.persist_noclobber(path)
            .map_err(|error| failed(error.error))?;
    }
    // Not every system can do this, and the file is in place.
    let _ = std::fs::File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}

pub(crate) fn folder_of(path: &Path) -> &Path {
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
    pub(crate) fn new(path: &Path, fault: WriteFault) -> Self {
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
                format!("kan ikke skrives ({kind}); filen er, som den var"),
                format!("cannot be written ({kind}); the file is as it was"),
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
