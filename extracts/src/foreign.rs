//! Files that a library of others takes apart, byte by byte: where they lie, and which are being read.
//!
//! A panic of such a library is caught and is the file's fault. What cannot be caught (a stack that overflows, an
//! allocation that fails) ends the process; whoever waits for it can name the file by what [`watch`] told.

use crate::kinds::Kind;
use crate::source;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

/// Where it is told.
static WATCHED: OnceLock<File> = OnceLock::new();

const BEGINS: u8 = b'+';
const ENDS: u8 = b'-';
/// No name of a file holds it.
const BEHIND: u8 = 0;

/// From now on every foreign file of this process that is being read is told of in `told`, which is opened for appending.
/// Only the first call counts.
pub fn watch(told: File) {
    let _ = WATCHED.set(told);
}

/// The files that were being read when the process that told this ended, each once, in the order of their names.
#[must_use]
pub fn were_read(told: &[u8]) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for line in told.split(|byte| *byte == BEHIND) {
        let Some((what, name)) = line.split_first() else {
            continue;
        };
        let name = String::from_utf8_lossy(name).into_owned();
        if *what == BEGINS {
            open.push(name);
        } else if let Some(at) = open.iter().position(|other| *other == name) {
            open.swap_remove(at);
        }
    }
    open.sort();
    open.dedup();
    open
}

/// Whether a workbook, or a file in columns, lies at `path` or in the folder there: as a table or as a part of one.
#[must_use]
pub fn is_at(path: &Path) -> bool {
    let foreign = |path: &Path| {
        let name = path.to_string_lossy();
        source::is_workbook(path) || matches!(Kind::of(&name), Some(Kind::Parquet | Kind::Arrow))
    };
    let within = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let parts = |path: &Path| path.is_dir() && within(path).iter().any(|path| foreign(path));
    match path.is_dir() {
        true => within(path).iter().any(|path| foreign(path) || parts(path)),
        false => foreign(path),
    }
}

/// A foreign file is being read for as long as this lives.
pub(crate) struct BeingRead<'n>(&'n str);

impl<'n> BeingRead<'n> {
    pub(crate) fn begin(name: &'n str) -> Self {
        tell(BEGINS, name);
        Self(name)
    }
}

impl Drop for BeingRead<'_> {
    fn drop(&mut self) {
        tell(ENDS, self.0);
    }
}

/// In one call, so that what several threads tell does not mix. What cannot be told leaves a file unnamed.
fn tell(what: u8, name: &str) {
    if let Some(mut told) = WATCHED.get() {
        let _ = told.write_all(&[&[what], name.as_bytes(), &[BEHIND]].concat());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_and_not_ended_was_being_read() {
        let told = "+a.parquet\0+b.parquet\0-a.parquet\0+a.parquet\0+c.xlsx\0-c.xlsx\0+b.parquet\0";
        assert_eq!(were_read(told.as_bytes()), ["a.parquet", "b.parquet"]);
        assert!(were_read(b"").is_empty());
    }

    #[test]
    fn foreign_files_are_found_as_tables_and_as_parts_of_them() {
        let place = tempfile::tempdir().unwrap();
        let [plain, table, part] = ["plain", "table", "part"].map(|name| place.path().join(name));
        std::fs::create_dir_all(plain.join("ydelse")).unwrap();
        std::fs::write(plain.join("ydelse/1.csv"), "").unwrap();
        std::fs::create_dir(&table).unwrap();
        std::fs::write(table.join("ydelse.parquet"), "").unwrap();
        std::fs::create_dir_all(part.join("ydelse")).unwrap();
        std::fs::write(part.join("ydelse/1.ARROW"), "").unwrap();
        assert_eq!(
            [&plain, &table, &part].map(|path| is_at(path)),
            [false, true, true]
        );
        let book = place.path().join("udtræk.xlsx");
        std::fs::write(&book, "").unwrap();
        assert!(is_at(&book) && !is_at(&place.path().join("none")));
    }
}
