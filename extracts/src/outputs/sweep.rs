//! Clears away what processes that died have left in a folder.

use super::Recovered;
use super::hold::Hold;
use super::names::{RECORD, is_temporary, mark_of};
use super::record::{Found, Record, settle};
use crate::save::WriteFault;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Clears a folder of which this process has just taken hold of `fresh`. What others hold stays, and so does
/// what this process held before: those files are its own.
pub(super) fn sweep(
    folder: &Path,
    fresh: &str,
    held: &dyn Fn(&Path, &str) -> bool,
) -> Result<Recovered, WriteFault> {
    let mut recovered = Recovered::default();
    // Whoever may not look into the folder may still write there.
    let Ok(names) = names(folder) else {
        return Ok(recovered);
    };
    let mut busy = BTreeSet::new();
    for (_, path) in names.iter().filter(|(name, _)| name.ends_with(RECORD)) {
        let Some(record) = Record::read(path) else {
            continue;
        };
        match settle(path, &record, held) {
            Found::Settled(files) => {
                recovered.restored.extend(files);
                recovered.removed = recovered.removed.saturating_add(1);
            }
            Found::Stuck(error) if record.speaks_of(fresh) => {
                return Err(WriteFault::Io(error.kind()));
            }
            Found::Stuck(_) | Found::Alive => {
                busy.extend(record.marks().into_iter().map(str::to_owned));
            }
        }
    }
    let marks: BTreeSet<&str> = names.iter().filter_map(|(name, _)| mark_of(name)).collect();
    for mark in marks {
        if busy.contains(mark) || mark != fresh && held(folder, mark) {
            continue;
        }
        let hold = match mark == fresh {
            true => None,
            false => match Hold::take(folder, mark) {
                Ok(hold) if hold.certain => Some(hold),
                Ok(_) | Err(_) => continue,
            },
        };
        let stale = hold.as_ref().is_some_and(|hold| hold.stale);
        let removed = remove(folder, mark).saturating_add(u64::from(stale));
        recovered.removed = recovered.removed.saturating_add(removed);
    }
    Ok(recovered)
}

/// Removes the temporary files of which this process has hold; how many.
fn remove(folder: &Path, mark: &str) -> u64 {
    let names = names(folder).unwrap_or_default();
    let stale = names
        .iter()
        .filter(|(name, _)| is_temporary(name) && mark_of(name) == Some(mark));
    let removed = stale.filter(|(_, path)| std::fs::remove_file(path).is_ok());
    u64::try_from(removed.count()).unwrap_or(u64::MAX)
}

/// The names in a folder that may be the program's own, and where they are: before a record's name stands that of
/// an output, which need not be UTF-8.
fn names(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if mark_of(&name).is_some() || name.ends_with(RECORD) {
            names.push((name, entry.path()));
        }
    }
    names.sort();
    Ok(names)
}
