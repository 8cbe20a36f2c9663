//! Kinds of files, and which file (or folder of parts) holds a table.

use crate::columns;
use crate::mapping::TableMapping;
use crate::messages::{tables as messages, text};
use crate::problem::{Place, Problem};
use crate::source;
use hjemmel_engine::model::Table;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// CSV.
    Text,
    /// JSON Lines: an object for each row.
    Lines,
    /// Parquet.
    Parquet,
    /// Arrow IPC, as a file or as a stream.
    Arrow,
    /// CSV with a column for each week and a code in each.
    Weeks,
}

/// The endings of names, each with its kind. Without dot; the first is that of the examples.
const ENDINGS: [(&str, Kind); 7] = [
    ("csv", Kind::Text),
    ("jsonl", Kind::Lines),
    ("ndjson", Kind::Lines),
    ("parquet", Kind::Parquet),
    ("arrow", Kind::Arrow),
    ("arrows", Kind::Arrow),
    ("feather", Kind::Arrow),
];

impl Kind {
    /// The kind that a name says.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_lowercase();
        let found = ENDINGS.iter().find(|(known, _)| *known == ending);
        found.map(|(_, kind)| *kind)
    }

    /// Its places are rows, not lines and columns of a text.
    pub(crate) fn by_rows(self) -> bool {
        self != Self::Text
    }
}

/// The name without the ending that says its kind, and without the `/` of a folder.
pub(crate) fn stem(name: &str) -> &str {
    match (name.strip_suffix('/'), Kind::of(name)) {
        (Some(folder), _) => folder,
        (None, Some(_)) => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        (None, None) => name,
    }
}

/// One file, by its path in the extract.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// The file of a table, or the parts of which it is put together, in the order of their names.
#[derive(Clone, Debug)]
pub(crate) struct TableFiles {
    /// The file, or the folder with `/`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) parts: Vec<Part>,
}

/// The names that a table's file may have, the one of the documentation first.
pub(crate) fn names(table: &Table, mapping: &TableMapping) -> Vec<String> {
    match &mapping.file {
        Some(file) => {
            let file = columns::normal(file);
            let folder = format!("{file}/");
            vec![file, folder]
        }
        None => {
            let name = columns::normal(&table.name);
            let files = ENDINGS.iter().map(|(ending, _)| format!("{name}.{ending}"));
            files.chain([format!("{name}/")]).collect()
        }
    }
}

/// Finds a table among the files of a folder (a folder in it ends in `/`).
pub(crate) fn find(
    found: &BTreeMap<String, PathBuf>,
    table: &Table,
    mapping: &TableMapping,
) -> Result<Option<TableFiles>, Box<Problem>> {
    let names = names(table, mapping);
    let mut there = names.iter().filter_map(|name| found.get_key_value(name));
    let Some((name, path)) = there.next() else {
        return Ok(None);
    };
    if let Some((other, _)) = there.next() {
        let place = Place::file(other.clone());
        return Err(Box::new(messages::two_files(place, name, &table.name)));
    }
    if name.ends_with('/') {
        return parts(name, path).map(Some);
    }
    Ok(Some(TableFiles {
        name: name.clone(),
        kind: match &mapping.weeks {
            Some(_) => Kind::Weeks,
            None => Kind::of(name).unwrap_or(Kind::Text),
        },
        parts: vec![Part {
            name: name.clone(),
            path: path.clone(),
        }],
    }))
}

/// The file of this name, or the first part of the folder of this name, if it may be a table.
pub(crate) fn first(name: &str, path: &Path) -> Option<(Part, Kind)> {
    if name.ends_with('/') {
        let found = parts(name, path).ok()?;
        return Some((found.parts.into_iter().next()?, found.kind));
    }
    let part = Part {
        name: name.to_owned(),
        path: path.to_owned(),
    };
    Some((part, Kind::of(name)?))
}

/// The parts in a folder. Names that begin with `.` or `_` are marks of the program that wrote it.
fn parts(folder: &str, path: &Path) -> Result<TableFiles, Box<Problem>> {
    let mut kinds: Option<(Kind, String)> = None;
    let mut parts = Vec::new();
    for (name, path) in source::list(path, folder)? {
        if name.starts_with('_') {
            continue;
        }
        let shown = format!("{folder}{name}");
        let Some(kind) = Kind::of(&name) else {
            return Err(Box::new(messages::no_part(Place::file(shown))));
        };
        match &kinds {
            Some((first, other)) if *first != kind => {
                let place = Place::file(shown);
                return Err(Box::new(messages::other_part(place, other)));
            }
            Some(_) => {}
            None => kinds = Some((kind, shown.clone())),
        }
        parts.push(Part { name: shown, path });
    }
    match kinds {
        Some((kind, _)) => Ok(TableFiles {
            name: folder.to_owned(),
            kind,
            parts,
        }),
        None => Err(Box::new(text::empty_folder(Place::file(folder)))),
    }
}
