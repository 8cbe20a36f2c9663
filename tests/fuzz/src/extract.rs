//! Extracts: a table of any bytes, with any `udtræk.toml`.
//!
//! What holds: it is read or refused, with a place; no row disappears; a refusal is never a bug; and the
//! same extract in columns says the same.

use hjemmel_engine::columns::{Batch, Reads};
use hjemmel_engine::model::Model;
use hjemmel_extracts::{
    ColumnExtract, ColumnOptions, Extract, NotRead, Options, Refused, RefusedKind, Slice, codes,
};
use hjemmel_grammar::Sources;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// Divides the mapping from the table.
const BETWEEN: &[u8] = b"\n%%\n";
/// The table that a first byte chooses.
const TABLES: [&str; 5] = ["person", "ydelse", "samtale", "fravær", "særligt"];

/// How an extract is read in columns: how many persons to a slice, and whether its files are said to be sorted.
pub(crate) type Way = (usize, bool);
/// Those that a first byte chooses.
const WAYS: [Way; 2] = [(1_000, false), (2, true)];

/// What the tables of `model.regel` are, and what is read of them.
pub(crate) struct Declared {
    pub(crate) model: Model,
    reads: Reads,
}

pub(crate) static DECLARED: LazyLock<Declared> = LazyLock::new(|| {
    let mut sources = Sources::new();
    sources.add("model.regel", include_str!("model.regel"));
    let model = hjemmel_engine::check_rules(&sources).model;
    let names: Vec<&str> = model.tables.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, TABLES, "model.regel declares what it should");
    Declared {
        reads: Reads::all(&model),
        model,
    }
});

/// A folder in memory, if there is one: files are written and read more often than kept.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        Self(folder.unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

/// CSV, with a mapping before it if there is one.
pub fn csv(data: &[u8]) {
    text(data, "csv");
}

/// JSON Lines, likewise.
pub fn json(data: &[u8]) {
    text(data, "jsonl");
}

/// What stands beside a file in columns.
const MAPPING: &[u8] = "blank_slutdato = \"fortsat\"\n".as_bytes();

/// Parquet.
pub fn parquet(data: &[u8]) {
    table(data, "parquet", Some(MAPPING));
}

/// Arrow IPC, as a file or as a stream.
pub fn arrow(data: &[u8]) {
    table(data, "arrow", Some(MAPPING));
}

fn text(data: &[u8], ending: &str) {
    let mut places = data.windows(BETWEEN.len());
    match places.position(|four| four == BETWEEN) {
        Some(at) => {
            let (mapping, rest) = data.split_at(at);
            table(&rest[BETWEEN.len()..], ending, Some(mapping));
        }
        None => table(data, ending, None),
    }
}

/// A first byte that chooses the table and how its columns are read, and its file.
fn table(data: &[u8], ending: &str, mapping: Option<&[u8]>) {
    let Some((first, bytes)) = data.split_first() else {
        return;
    };
    let folder = Folder::new();
    let first = usize::from(*first);
    let name = TABLES[first % TABLES.len()];
    folder.write(&format!("{name}.{ending}"), bytes);
    if let Some(mapping) = mapping {
        folder.write("udtræk.toml", mapping);
    }
    read_both_ways(folder.path(), WAYS[first / TABLES.len() % WAYS.len()]);
}

/// Reads an extract by cases, and in columns.
pub(crate) fn read_both_ways(path: &Path, (cases, sorted): Way) {
    let model = &DECLARED.model;
    let options = Options::default();
    let by_cases = hjemmel_extracts::read(path, model, &options);
    match &by_cases {
        Ok(extract) => accounted(extract),
        Err(refused) => assert_ne!(refused.kind(), RefusedKind::Internal, "{refused}"),
    }
    let asked = ColumnOptions {
        extract: options,
        reads: &DECLARED.reads,
        sorted,
        cases,
        progress: None,
    };
    let mut slices = Vec::new();
    let read = hjemmel_extracts::read_columns(path, model, &asked, &mut |slice| {
        slices.push(slice);
        ControlFlow::Continue(())
    });
    match (read, &by_cases) {
        (Ok(read), Ok(extract)) => same(extract, &read, &slices, cases),
        (Err(NotRead::Refused(_)), Err(_)) => {}
        (Err(NotRead::Refused(refused)), Ok(_)) if sorted && not_sorted(&refused) => {}
        (read, _) => panic!("{read:?} in columns, {by_cases:?} by cases"),
    }
}

/// Every row that was read stands in a case, or is said to repeat another.
fn accounted(extract: &Extract) {
    for rows in &extract.rows {
        assert_eq!(rows.read, rows.used + rows.refused, "{rows:?}");
    }
    let tables = extract.cases.iter().flat_map(|case| &case.tables);
    let kept: usize = tables.map(|table| table.rows.len()).sum();
    let used: u64 = extract.rows.iter().map(|rows| rows.used).sum();
    assert_eq!(used, kept as u64);
    assert_eq!(extract.unreadable.len(), extract.cases.len());
}

fn not_sorted(refused: &Refused) -> bool {
    let mut codes = refused.problems.iter().map(|problem| problem.code);
    codes.any(|code| code == codes::NOT_SORTED || code == codes::SORTED_KEY_ZERO)
}

fn same(extract: &Extract, read: &ColumnExtract, slices: &[Slice], cases: usize) {
    assert_eq!(read.problems, extract.problems);
    assert_eq!(read.hash, extract.hash);
    assert_eq!(read.rows, extract.rows);
    assert_eq!(read.date, extract.date);
    assert_eq!(read.unknown_codes, extract.unknown_codes);
    assert_eq!(read.persons, extract.cases.len() as u64);
    let expected = extract.cases.chunks(cases);
    assert_eq!(slices.len(), expected.len());
    for (slice, expected) in slices.iter().zip(expected) {
        let keys: Vec<&str> = expected.iter().map(|case| case.id.reveal()).collect();
        assert_eq!(slice.keys.iter().collect::<Vec<_>>(), keys);
        let batch = Batch::from_cases(&DECLARED.model, expected).unwrap();
        assert_eq!(slice.batch, batch);
    }
}
