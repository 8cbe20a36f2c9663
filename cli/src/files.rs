//! Rule files: finding and reading them. The only place that reads rules; data files are the
//! business of `hjemmel-extracts`.

use crate::account::manifest::FileSeen;
use crate::exit::{Exit, Failure};
use crate::{print, small_files};
use hjemmel_engine::Checked;
use hjemmel_grammar::diagnostic::Diagnostic;
use hjemmel_grammar::{FileId, Sources, parse_bytes};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How many files a rule set may have.
pub(crate) const MOST_FILES: usize = 10_000;
/// How many folders deep a rule file may lie.
pub(crate) const DEEPEST: usize = 64;
/// How much of a file is read: one byte more than the language allows, so that the grammar says
/// that the file is too large.
pub(crate) const MOST_BYTES: u64 = 1024 * 1024 + 1;

/// The rule files of a command.
pub(crate) struct RuleFiles {
    pub(crate) sources: Sources,
    /// Files that are not UTF-8. They stand empty in `sources`.
    pub(crate) unreadable: Vec<Diagnostic>,
    /// SHA-256 (hexadecimal) over the paths below the given folders and the contents, by path.
    pub(crate) hash: String,
    /// The files that the hash is over, in its order.
    pub(crate) each: Vec<FileSeen>,
}

impl RuleFiles {
    /// What `check` finds, together with the files that could not be read at all.
    pub(crate) fn checked(&self, check: fn(&Sources) -> Checked) -> Checked {
        let mut checked = check(&self.sources);
        let whole = |file: FileId| {
            let mut sites = self.unreadable.iter().filter_map(Diagnostic::site);
            !sites.any(|site| site.file == file)
        };
        // Of a file that stands empty here, nothing else can be said.
        checked
            .diagnostics
            .retain(|each| each.site().is_none_or(|site| whole(site.file)));
        checked.diagnostics.extend(self.unreadable.iter().cloned());
        checked
    }
}

/// A rule file that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Below the folder that was named, with `/`; of a file that was named, its name.
    pub(crate) below: String,
    /// As it is opened and shown.
    pub(crate) path: PathBuf,
}

/// Reads the rules in files and folders.
pub(crate) fn read(paths: &[PathBuf]) -> Result<RuleFiles, Failure> {
    let found = find(paths)?.into_iter().map(|found| {
        Ok(RuleBytes {
            bytes: bytes(&found.path)?,
            shown: print::path(&found.path),
            below: found.below,
        })
    });
    Ok(together(found.collect::<Result<_, Failure>>()?))
}

/// A rule file as it was read, from wherever.
pub(crate) struct RuleBytes {
    /// As in [`Found`].
    pub(crate) below: String,
    /// How messages call it.
    pub(crate) shown: String,
    pub(crate) bytes: Vec<u8>,
}

/// A rule set of files that were read.
pub(crate) fn together(files: Vec<RuleBytes>) -> RuleFiles {
    let mut sources = Sources::new();
    let mut unreadable = Vec::new();
    let mut digests: Vec<(String, [u8; 32])> = Vec::new();
    for file in files {
        digests.push((file.below, Sha256::digest(&file.bytes).into()));
        match String::from_utf8(file.bytes) {
            Ok(text) => {
                sources.add(file.shown, text);
            }
            Err(error) => {
                let id = sources.add_unreadable(file.shown, error.as_bytes());
                unreadable.extend(not_utf8(id, error.as_bytes()));
            }
        }
    }
    digests.sort_unstable();
    let mut all = Sha256::new();
    let mut each = Vec::new();
    for (below, digest) in digests {
        all.update(below.as_bytes());
        all.update([0]);
        all.update(digest);
        each.push(FileSeen {
            file: below,
            sha256: small_files::hex(&digest),
        });
    }
    let digest: [u8; 32] = all.finalize().into();
    let hash = small_files::hex(&digest);
    RuleFiles {
        sources,
        unreadable,
        hash,
        each,
    }
}

/// What the grammar says of bytes that are not UTF-8; a cut at the limit is not the file's fault.
fn not_utf8(id: FileId, bytes: &[u8]) -> Vec<Diagnostic> {
    let cut = is_cut(bytes);
    match std::str::from_utf8(bytes) {
        Err(error) if cut && error.error_len().is_none() => {
            let spaces = " ".repeat(bytes.len());
            hjemmel_grammar::parse(id, &spaces).diagnostics
        }
        _ => parse_bytes(id, bytes).diagnostics,
    }
}

/// The rule files at `paths`, by path; each once.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let mut below = Vec::new();
        if metadata.is_dir() {
            walk(path, "", 0, ".regel", &mut below)?;
        } else if metadata.is_file() {
            refuse_data(path)?;
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            below.push(Found {
                below: name,
                path: path.clone(),
            });
        } else {
            let shown = print::path(path);
            return Err(Failure::usage(
                format!("{shown} er hverken en fil eller en mappe"),
                format!("{shown} is neither a file nor a folder"),
            ));
        }
        for each in below {
            let real =
                fs::canonicalize(&each.path).map_err(|error| unreadable(&each.path, &error))?;
            if let Some(first) = found.insert(real, each) {
                let shown = print::path(&first.path);
                return Err(Failure::usage(
                    format!("{shown} er nævnt to gange"),
                    format!("{shown} is named twice"),
                ));
            }
        }
    }
    if found.is_empty() {
        let shown: Vec<String> = paths.iter().map(|path| print::path(path)).collect();
        let shown = shown.join(", ");
        return Err(Failure::usage(
            format!("ingen regelfiler (.regel) i {shown}"),
            format!("no rule files (.regel) in {shown}"),
        ));
    }
    let mut files: Vec<Found> = found.into_values().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Endings of files that hold data or settings.
const DATA: [&str; 16] = [
    "csv", "tsv", "json", "jsonl", "ndjson", "parquet", "arrow", "arrows", "feather", "xlsx",
    "xlsm", "xls", "xlsb", "ods", "toml", "gz",
];

/// An extract that is taken for rules would be quoted, line by line, in what is wrong with them.
fn refuse_data(path: &Path) -> Result<(), Failure> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    if !DATA.contains(&ending.to_lowercase().as_str()) {
        return Ok(());
    }
    let shown = print::path(path);
    Err(Failure::usage(
        format!("{shown} holder data og læses ikke som regler"),
        format!("{shown} holds data and is not read as rules"),
    )
    .hint(
        "nævn regelfiler (.regel) eller mapper med dem",
        "name rule files (.regel) or folders of them",
    ))
}

/// The files with this ending that lie in the folders among `paths`, by path.
pub(crate) fn beside(paths: &[PathBuf], ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for folder in paths.iter().filter(|path| path.is_dir()) {
        walk(folder, "", 0, ending, &mut found)?;
    }
    let mut files: Vec<PathBuf> = found.into_iter().map(|file| file.path).collect();
    files.sort();
    Ok(files)
}

/// Gathers the files with an ending of a folder and the folders in it. Links in a folder are not followed:
/// what lies in the folder is found without them, and what does not is not part of it.
fn walk(
    folder: &Path,
    below: &str,
    depth: usize,
    ending: &str,
    found: &mut Vec<Found>,
) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let kind = entry
            .file_type()
            .map_err(|error| unreadable(folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        if kind.is_dir() && !name.starts_with('.') && depth < DEEPEST {
            walk(
                &entry.path(),
                &inner,
                depth.saturating_add(1),
                ending,
                found,
            )?;
        } else if kind.is_file() && name.ends_with(ending) {
            found.push(Found {
                below: inner,
                path: entry.path(),
            });
        }
        if found.len() > MOST_FILES {
            return Err(too_many());
        }
    }
    Ok(())
}

/// More files than are read.
pub(crate) fn too_many() -> Failure {
    Failure::new(
        Exit::Io,
        format!("flere end {MOST_FILES} filer"),
        format!("more than {MOST_FILES} files"),
    )
}

/// The bytes of a rule file, as far as the language reads them.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let read = file.take(MOST_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

/// The text of a file that is no rule file: a regular one (a pipe or a device would never end) of
/// at most so many MiB.
pub(crate) fn text(path: &Path, most: u64) -> Result<String, Failure> {
    let io = |da: String, en: String| Failure::new(Exit::Io, da, en);
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let shown = print::path(path);
    if !metadata.is_file() {
        return Err(io(
            format!("{shown} er ikke en almindelig fil"),
            format!("{shown} is not a regular file"),
        ));
    }
    let mut text = String::new();
    let bytes = most.saturating_mul(1024 * 1024);
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut input = file.take(bytes.saturating_add(1));
    let read = input.read_to_string(&mut text);
    if u64::try_from(text.len()).map_or(true, |length| length > bytes) {
        return Err(io(
            format!("{shown} er større end {most} MiB"),
            format!("{shown} is larger than {most} MiB"),
        ));
    }
    read.map_err(|error| unreadable(path, &error))?;
    Ok(text)
}

/// Whether a file was longer than what was read of it.
pub(crate) fn is_cut(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()) == Ok(MOST_BYTES)
}

/// A path that is not there is a slip of the keyboard; other trouble is the system's.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let shown = print::path(path);
    if error.kind() == std::io::ErrorKind::NotFound {
        return Failure::usage(
            format!("{shown} findes ikke"),
            format!("{shown} does not exist"),
        );
    }
    let kind = error.kind();
    Failure::new(
        Exit::Io,
        format!("{shown} kan ikke læses ({kind})"),
        format!("{shown} cannot be read ({kind})"),
    )
}
