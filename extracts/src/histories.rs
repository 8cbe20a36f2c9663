//! A file of dated states, written batch by batch: whole or not there, with its provenance.
//!
//! The rows of a million persons never stand in memory together, so this is apart from
//! [`save`](crate::save()). A new format is a variant of [`HistoryFormat`] and an [`Encoder`].

use crate::save::{SaveOptions, WriteError, WriteFault, allowed, folder_of, sidecar, sidecar_path};
use crate::slice::Keys;
use crate::source::hex;
use crate::write::{Provenance, neutral, quoted};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::outcome::Due;
use hjemmel_engine::time::Day;
use sha2::{Digest as _, Sha256};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The format of a file of dated states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryFormat {
    /// Comma-separated values; what they rest on stands in a file beside it.
    Csv,
}

impl HistoryFormat {
    /// The format that the ending of a file's name asks for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => Some(Self::Csv),
            _ => None,
        }
    }

    fn encoder(self) -> Box<dyn Encoder> {
        match self {
            Self::Csv => Box::new(CsvRows::default()),
        }
    }
}

/// Makes the bytes of a format.
trait Encoder {
    /// What stands before all rows.
    fn begin(&mut self, out: &mut dyn Write) -> std::io::Result<()>;

    /// A row for each run of each case: all rules of a case together.
    fn batch(&mut self, out: &mut dyn Write, batch: &HistoryBatch<'_>) -> std::io::Result<()>;

    /// What stands after all rows.
    fn end(&mut self, out: &mut dyn Write) -> std::io::Result<()>;
}

/// The dated states of some cases.
#[derive(Clone, Copy, Debug)]
pub struct HistoryBatch<'a> {
    /// The cases.
    pub keys: &'a Keys,
    /// The names of the rules, one for each of `histories`.
    pub rules: &'a [&'a str],
    /// What the rules say of the cases.
    pub histories: &'a [Histories],
}

impl HistoryBatch<'_> {
    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        let runs = self.histories.iter().map(|history| history.days.len());
        runs.fold(0, |sum, runs| {
            sum.saturating_add(crate::cases::number(runs))
        })
    }
}

/// A file of dated states that is being written. If it is dropped before [`HistoryFile::finish`],
/// nothing is left of it.
pub struct HistoryFile {
    path: PathBuf,
    replace: bool,
    encoder: Box<dyn Encoder>,
    out: BufWriter<Hashed>,
    rows: u64,
}

/// Bytes on their way to the file, which the provenance names by their hash.
struct Hashed {
    file: NamedTempFile,
    hash: Sha256,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl HistoryFile {
    /// Begins a file beside its place.
    ///
    /// # Errors
    ///
    /// The file may not stand there, or the system says so.
    pub fn create(
        path: &Path,
        format: HistoryFormat,
        options: SaveOptions<'_>,
    ) -> Result<Self, WriteError> {
        for path in [path, &sidecar_path(path)] {
            allowed(path, options).map_err(|fault| WriteError::new(path, fault))?;
        }
        let failed = |error: std::io::Error| WriteError::new(path, WriteFault::Io(error.kind()));
        let hashed = Hashed {
            file: NamedTempFile::new_in(folder_of(path)).map_err(failed)?,
            hash: Sha256::new(),
        };
        let mut out = BufWriter::with_capacity(256 * 1024, hashed);
        let mut encoder = format.encoder();
        encoder.begin(&mut out).map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            replace: options.replace,
            encoder,
            out,
            rows: 0,
        })
    }

    /// Writes the rows of a batch after those before.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn add(&mut self, batch: &HistoryBatch<'_>) -> Result<(), WriteError> {
        self.rows = self.rows.saturating_add(batch.rows());
        let written = self.encoder.batch(&mut self.out, batch);
        written.map_err(|error| WriteError::new(&self.path, WriteFault::Io(error.kind())))
    }

    /// Puts the file in its place, its provenance first. How many rows it has.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; then the file is what it was, and no temporary file is left.
    pub fn finish(mut self, provenance: &Provenance) -> Result<u64, WriteError> {
        let path = self.path;
        let failed = |error: std::io::Error| WriteError::new(&path, WriteFault::Io(error.kind()));
        self.encoder.end(&mut self.out).map_err(failed)?;
        let hashed = self
            .out
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        hashed.file.as_file().sync_all().map_err(failed)?;
        let beside = sidecar_path(&path);
        let digest: [u8; 32] = hashed.hash.finalize().into();
        let bytes =
            sidecar(&path, provenance, hex(digest)).map_err(|error| failed(error.into()))?;
        crate::save::put(vec![(beside, bytes)], self.replace)?;
        crate::save::persist(hashed.file, &path, self.replace)?;
        Ok(self.rows)
    }
}

/// Dated states as RFC 4180.
#[derive(Debug, Default)]
struct CsvRows {
    line: Vec<u8>,
}

impl Encoder for CsvRows {
    fn begin(&mut self, out: &mut dyn Write) -> std::io::Result<()> {
        out.write_all(b"case,rule,state,from,to,due\r\n")
    }

    fn batch(&mut self, out: &mut dyn Write, batch: &HistoryBatch<'_>) -> std::io::Result<()> {
        let cell = |text: &str| quoted(&neutral(text.to_owned()));
        let rules: Vec<String> = batch.rules.iter().map(|rule| cell(rule)).collect();
        let states: Vec<Vec<String>> = batch
            .histories
            .iter()
            .map(|history| {
                history
                    .states
                    .iter()
                    .map(|state| cell(state.name()))
                    .collect()
            })
            .collect();
        for (case, key) in batch.keys.iter().enumerate() {
            let key = cell(key);
            for ((history, rule), states) in batch.histories.iter().zip(&rules).zip(&states) {
                for run in history.runs_of(case) {
                    let state = history.state.get(run).map(|code| usize::from(*code));
                    let state = state.and_then(|code| states.get(code));
                    let days = history.days.get(run).copied();
                    let due = history
                        .due
                        .get(run)
                        .copied()
                        .flatten()
                        .and_then(Due::certain);
                    self.line.clear();
                    for word in [key.as_str(), rule, state.map_or("", String::as_str)] {
                        self.line.extend_from_slice(word.as_bytes());
                        self.line.push(b',');
                    }
                    self.day(days.map(|days| days.start));
                    self.line.push(b',');
                    self.day(days.map(hjemmel_engine::time::Period::last));
                    self.line.push(b',');
                    self.day(due);
                    self.line.extend_from_slice(b"\r\n");
                    out.write_all(&self.line)?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, _out: &mut dyn Write) -> std::io::Result<()> {
        Ok(())
    }
}

impl CsvRows {
    /// A day as ISO 8601; nothing for none.
    fn day(&mut self, day: Option<Day>) {
        if let Some(day) = day {
            // Writing to memory cannot fail.
            let _ = write!(self.line, "{day}");
        }
    }
}
