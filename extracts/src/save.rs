//! Result files: where they may be, what stands in and beside them, and what is said if they cannot be written.

use crate::outputs::Outputs;
use crate::result_batch;
use crate::result_file::Writer;
use crate::source::{digest, hex};
use crate::write::{Format, Provenance, ResultRow, write_csv, write_json};
use hjemmel_grammar::diagnostic::Text;
use std::path::{Path, PathBuf};

/// How [`save`] treats what is there already.
#[derive(Clone, Copy, Debug, Default)]
pub struct SaveOptions<'a> {
    /// An existing file may be replaced.
    pub replace: bool,
    /// The extract, in which nothing may be written.
    pub extract: Option<&'a Path>,
    /// The outputs of the run that this is one of, which appear when they are committed; a file that is
    /// none of a run's appears at once.
    pub outputs: Option<&'a Outputs>,
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

/// Puts bytes into each of some files: all of them, in this order, or none.
///
/// # Errors
///
/// [`WriteError`]; then no temporary file is left, and every file is what it was.
pub fn save_together(
    files: Vec<(PathBuf, Vec<u8>)>,
    options: SaveOptions<'_>,
) -> Result<(), WriteError> {
    let own = Outputs::default();
    let outputs = options.outputs.unwrap_or(&own);
    for (path, bytes) in files {
        outputs.stage(&path, &bytes, options)?;
    }
    if options.outputs.is_none() {
        outputs.commit()?;
    }
    Ok(())
}

fn columns<R: ResultRow>(
    format: Format,
    provenance: &Provenance,
    rows: &[R],
) -> std::io::Result<Vec<u8>> {
    let batch = result_batch::of_rows(rows).map_err(std::io::Error::other)?;
    let mut writer = Writer::new(Vec::new(), format, &batch.schema())?;
    writer.write(&batch)?;
    writer.finish(provenance)
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
    /// Another process is writing it; its number, if it says so.
    Held(Option<u32>),
    /// Something went wrong while files were moved, and again while that was taken back: of its set some
    /// may be new and some old, as a file beside it says.
    Unfinished,
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

    /// Whether something else was asked for than can be had, so that nothing is wrong with the system.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self.fault {
            WriteFault::InsideExtract | WriteFault::Exists | WriteFault::NotAFile => true,
            WriteFault::Held(_) | WriteFault::Unfinished | WriteFault::Io(_) => false,
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
            WriteFault::Held(process) => {
                let number = process.map_or_else(String::new, |number| format!(" ({number})"));
                (
                    format!(
                        "skrives af en anden proces{number}; vent, til den er færdig, eller vælg et andet navn"
                    ),
                    format!(
                        "is being written by another process{number}; wait until it is done, or choose another name"
                    ),
                )
            }
            WriteFault::Unfinished => (
                "og filerne, der hører til, kunne hverken skrives eller gøres til, hvad de var; brug dem ikke: næste kørsel, der skriver her, rydder op".to_owned(),
                "and the files that belong to it could neither be written nor made what they were; do not use them: the next run that writes here clears up".to_owned(),
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
