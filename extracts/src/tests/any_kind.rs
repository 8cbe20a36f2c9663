//! One extract as CSV, JSON Lines, Parquet, Arrow and in parts: the same cases, the same remarks.

use super::columnar::{Random, invented};
use super::kinds::{batch, file_bytes, parquet_bytes, shared, stream_bytes, texts};
use super::*;
use crate::csv::{Lines, Records};
use crate::mapping::Encoding;
use crate::problem::Problem;
use arrow_array::RecordBatch;
use hjemmel_engine::columns::Batch;

/// The headings and the rows of a CSV.
struct Rows {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn rows(bytes: &[u8], encoding: Encoding) -> Option<Rows> {
    let mut lines = Lines::new(bytes, "", encoding);
    let mut first = String::new();
    lines.next(&mut first).ok()?;
    let mut records = Records::new(lines, first, ';');
    let mut all: Vec<Vec<String>> = Vec::new();
    while let Some(record) = records.next().ok()? {
        if !record.is_blank() {
            all.push(
                record
                    .cells
                    .iter()
                    .map(crate::record::Cell::shown)
                    .collect(),
            );
        }
    }
    let headings = all.remove(0);
    let same = all.iter().all(|row| row.len() == headings.len());
    (same && !all.is_empty()).then_some(Rows {
        headings,
        rows: all,
    })
}

impl Rows {
    /// As a batch of texts; blank ones are missing, or not.
    fn batch(&self, random: &mut Random) -> RecordBatch {
        let columns = self.headings.iter().enumerate().map(|(at, name)| {
            let missing = random.below(2) == 0;
            let cell =
                |row: &[String]| Some(row[at].clone()).filter(|it| !missing || !it.is_empty());
            let cells: Vec<Option<String>> = self.rows.iter().map(|row| cell(row)).collect();
            let cells: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
            let array = match random.below(2) {
                0 => texts(&cells),
                _ => shared(&cells),
            };
            (name.as_str(), array)
        });
        batch(columns.collect())
    }

    fn json(&self) -> Vec<u8> {
        let mut lines = String::new();
        for row in &self.rows {
            let cells = self.headings.iter().zip(row);
            let cells = cells.map(|(name, cell)| format!("{name:?}:{}", serde_json::json!(cell)));
            lines += &format!("{{{}}}\n", cells.collect::<Vec<_>>().join(","));
        }
        lines.into_bytes()
    }
}

/// What was said, without places and counts of lines.
fn said(problems: &[Problem]) -> Vec<(&'static str, Option<String>)> {
    use crate::codes::{BLANK_LINE, LONE_CR, MORE, NO_LAST_NEWLINE};
    let text = [BLANK_LINE, LONE_CR, NO_LAST_NEWLINE, MORE];
    let problems = problems.iter().filter(|it| !text.contains(&it.code));
    let mut said: Vec<_> = problems
        .map(|it| (it.code.0, it.place.name.clone()))
        .collect();
    said.sort();
    said
}

/// Writes a table into a folder as one of the kinds, or as parts.
fn write(folder: &Path, table: &str, rows: &Rows, random: &mut Random) {
    let batch = rows.batch(random);
    let (name, bytes) = match random.below(5) {
        0 => (format!("{table}.jsonl"), rows.json()),
        1 => (format!("{table}.parquet"), parquet_bytes(&batch)),
        2 => (format!("{table}.arrow"), file_bytes(&batch)),
        3 => (format!("{table}.arrows"), stream_bytes(&batch)),
        _ => {
            let parts = folder.join(table);
            std::fs::create_dir(&parts).unwrap();
            let count = batch.num_rows();
            let (first, second) = (random.below(count), random.below(count));
            let (first, second) = (first.min(second), first.max(second));
            for (part, from, to) in [(1, 0, first), (2, first, second), (3, second, count)] {
                let name = parts.join(format!("{part}.parquet"));
                std::fs::write(name, parquet_bytes(&batch.slice(from, to - from))).unwrap();
            }
            return;
        }
    };
    std::fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn invented_extracts_say_the_same_as_any_kind() {
    let model = model();
    let mut compared = 0;
    for seed in 0..60 {
        let files = invented(seed);
        let mapping = String::from_utf8(files[5].1.clone()).unwrap();
        let encoding = match mapping.contains("1252") {
            true => Encoding::Windows1252,
            false => Encoding::Utf8,
        };
        let tables: Option<Vec<(&str, Rows)>> = files[..5]
            .iter()
            .map(|(name, bytes)| Some((name.strip_suffix(".csv")?, rows(bytes, encoding)?)))
            .collect();
        let Some(tables) = tables else {
            continue;
        };
        let csv: Vec<(&str, &[u8])> = files.iter().map(|(name, it)| (*name, &**it)).collect();
        let csv = crate::read(folder(&csv).path(), &model, &Options::default());
        for again in 0..3 {
            let mut random = Random(seed * 10 + again);
            let mixed = folder(&[("udtræk.toml", mapping.as_bytes())]);
            for (table, rows) in &tables {
                write(mixed.path(), table, rows, &mut random);
            }
            // In columns too: see `columnar`.
            let read = read_path(&model, mixed.path());
            let (Ok(csv), Ok(read)) = (&csv, &read) else {
                assert_eq!(csv.is_ok(), read.is_ok(), "seed {seed}");
                continue;
            };
            let batch = |extract: &Extract| Batch::from_cases(&model, &extract.cases).unwrap();
            assert!(batch(read) == batch(csv), "seed {seed}");
            assert_eq!(read.unreadable, csv.unreadable, "seed {seed}");
            let parts = read.files.len() > 5;
            assert!(
                parts || said(&read.problems) == said(&csv.problems),
                "seed {seed}"
            );
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} were compared");
}
