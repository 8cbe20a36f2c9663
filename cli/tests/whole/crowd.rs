//! An extract of as many persons as one likes: those of `tests/helsingor/udtræk`, over and over, each
//! time under other keys, as CSV and as Parquet. Nothing is held in memory but the original.

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// What was written.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) persons: u64,
    /// Of all tables, the persons' own among them.
    pub(crate) rows: u64,
}

/// One table.
struct Table {
    name: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// How many copies of a table go into one batch of a Parquet file.
const BATCH: usize = 64;

/// Writes so many copies of the extract; in Parquet every column is text, as a register's export.
pub(crate) fn write(folder: &Path, copies: usize, parquet: bool) -> Written {
    std::fs::create_dir_all(folder).unwrap();
    let source = crate::folder("tests/helsingor/udtræk");
    // How many rows each file has is said of the original only.
    let description = std::fs::read_to_string(source.join("udtræk.toml")).unwrap();
    let lines = description
        .lines()
        .filter(|line| !line.starts_with("\"rækker\"") || line.ends_with(" 0"));
    let lines: Vec<&str> = lines.collect();
    std::fs::write(folder.join("udtræk.toml"), lines.join("\n") + "\n").unwrap();
    let mut written = Written::default();
    for table in tables(&source) {
        let rows = u64::try_from(table.rows.len() * copies).unwrap();
        written.rows += rows;
        if table.name == "person" {
            written.persons = rows;
        }
        match parquet {
            false => table.write_csv(folder, copies),
            true => table.write_parquet(folder, copies),
        }
    }
    written
}

/// The key of a person in a copy: in the order of the copies, then of the original.
fn key(copy: usize, original: &str) -> String {
    format!("K{copy:05}{original}")
}

fn tables(source: &Path) -> Vec<Table> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            let text = std::fs::read_to_string(&path).unwrap();
            let mut lines = text
                .lines()
                .map(|line| line.split(';').map(str::to_owned).collect());
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            tables.push(Table {
                name,
                header: lines.next().unwrap(),
                rows: lines.collect(),
            });
        }
    }
    tables
}

impl Table {
    fn write_csv(&self, folder: &Path, copies: usize) {
        let file = File::create(folder.join(format!("{}.csv", self.name))).unwrap();
        let mut out = BufWriter::with_capacity(1 << 20, file);
        writeln!(out, "{}", self.header.join(";")).unwrap();
        for copy in 0..copies {
            for row in &self.rows {
                let (first, rest) = row.split_first().unwrap();
                writeln!(out, "{};{}", key(copy, first), rest.join(";")).unwrap();
            }
        }
        out.into_inner().unwrap();
    }

    fn write_parquet(&self, folder: &Path, copies: usize) {
        let file = File::create(folder.join(format!("{}.parquet", self.name))).unwrap();
        let mut writer = ArrowWriter::try_new(file, self.batch(0..0).schema(), None).unwrap();
        let mut copy = 0;
        while copy < copies {
            let end = (copy + BATCH).min(copies);
            writer.write(&self.batch(copy..end)).unwrap();
            writer.flush().unwrap();
            copy = end;
        }
        writer.close().unwrap();
    }

    fn batch(&self, copies: std::ops::Range<usize>) -> RecordBatch {
        let columns = self.header.iter().enumerate().map(|(n, name)| {
            let cells = copies.clone().flat_map(|copy| {
                self.rows.iter().map(move |row| match (n, row[n].as_str()) {
                    (0, original) => Some(key(copy, original)),
                    (_, "") => None,
                    (_, cell) => Some(cell.to_owned()),
                })
            });
            let column: ArrayRef = Arc::new(cells.collect::<StringArray>());
            (name, column, true)
        });
        RecordBatch::try_from_iter_with_nullable(columns).unwrap()
    }
}
