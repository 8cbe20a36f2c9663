//! The same extract stored in other ways: rows and columns in another order, tables in parts, JSON
//! Lines, a workbook; and with somebody else in it. The same cases come out, but for the places of their rows.

use super::shipped::{root, rules};
use super::{counted, number, times};
use crate::oracle::Random;
use hjemmel_engine::case::{Case, Row, Source, Value};
use hjemmel_extracts::{Options, read};
use rust_xlsxwriter::Workbook;
use std::fs;
use std::path::Path;

/// A table of the exercise: its file's name without the ending, headings, rows.
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

pub(super) fn stored() -> (String, Vec<Stored>) {
    let folder = root().join("vejledning/øvelse/udtræk");
    let settings = fs::read_to_string(folder.join("udtræk.toml")).unwrap();
    let mut tables = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains('"'), "no field of the exercise is quoted");
        let mut lines = text
            .lines()
            .map(|line| line.split(';').map(str::to_owned).collect());
        tables.push(Stored {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            columns: lines.next().unwrap(),
            rows: lines.collect(),
        });
    }
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    (settings, tables)
}

impl Stored {
    pub(super) fn csv(&self, rows: &[Vec<String>]) -> String {
        let mut lines = vec![self.columns.join(";")];
        lines.extend(rows.iter().map(|row| row.join(";")));
        lines.join("\n") + "\n"
    }

    fn shuffle(&mut self, random: &mut Random) {
        for i in (1..self.rows.len()).rev() {
            self.rows.swap(i, random.below(i + 1));
        }
        for i in (1..self.columns.len()).rev() {
            let j = random.below(i + 1);
            self.columns.swap(i, j);
            self.rows.iter_mut().for_each(|row| row.swap(i, j));
        }
    }
}

/// The cases of an extract, their rows in an order of their own and without places.
fn cases(path: &Path) -> Vec<Case> {
    let mut cases = read(
        path,
        rules(),
        &Options {
            allow_empty: true,
            ..Options::default()
        },
    )
    .unwrap()
    .cases;
    for table in cases.iter_mut().flat_map(|case| &mut case.tables) {
        let row = |row: &Row| Row {
            source: Source::default(),
            ..row.clone()
        };
        table.rows = table.rows.iter().map(row).collect();
        table.rows.sort_by_key(|row| {
            let texts = row.values.iter().flatten().filter_map(|value| match value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            });
            (format!("{row:?}"), texts.collect::<Vec<_>>())
        });
    }
    cases
}

fn same(law: &str, write: impl Fn(&Path, &[Stored], &mut Random)) {
    let (settings, tables) = stored();
    let expected = cases(&root().join("vejledning/øvelse/udtræk"));
    let mut tried = 0;
    let first = number("HJEMMEL_SEED").unwrap_or(1);
    for seed in first..first + 2 * times().min(50) {
        let mut random = Random::new(seed);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("udtræk.toml"), &settings).unwrap();
        write(folder.path(), &tables, &mut random);
        let workbook = folder.path().join("udtræk.xlsx");
        let path = if workbook.exists() {
            workbook
        } else {
            folder.path().to_owned()
        };
        assert!(cases(&path) == expected, "{law}, seed {seed}: other cases");
        tried += expected.len() as u64;
    }
    counted(&format!("A7 relation {law}"), tried);
}

#[test]
fn r01_rows_and_columns_of_files_in_another_order() {
    same(
        "1 rows and columns of files in another order",
        |folder, tables, random| {
            for table in tables {
                let mut table = Stored {
                    name: table.name.clone(),
                    columns: table.columns.clone(),
                    rows: table.rows.clone(),
                };
                table.shuffle(random);
                fs::write(
                    folder.join(format!("{}.csv", table.name)),
                    table.csv(&table.rows),
                )
                .unwrap();
            }
        },
    );
}

#[test]
fn r06_a_file_in_parts() {
    same("6 files in parts", |folder, tables, random| {
        for table in tables {
            let cut = random.below(table.rows.len() + 1);
            let parts = folder.join(&table.name);
            fs::create_dir(&parts).unwrap();
            for (name, rows) in [("1.csv", &table.rows[..cut]), ("2.csv", &table.rows[cut..])] {
                fs::write(parts.join(name), table.csv(rows)).unwrap();
            }
        }
    });
}

#[test]
fn r12_json_lines_and_csv_mixed() {
    same("12 JSON Lines", |folder, tables, random| {
        for table in tables {
            // A file without objects would have no columns.
            if table.rows.is_empty() || random.one_in(3) {
                fs::write(
                    folder.join(format!("{}.csv", table.name)),
                    table.csv(&table.rows),
                )
                .unwrap();
                continue;
            }
            let object = |row: &Vec<String>| {
                let value = |text: &String| match text.as_str() {
                    "" => serde_json::Value::Null,
                    text => text.into(),
                };
                let fields = table.columns.iter().cloned().zip(row.iter().map(value));
                serde_json::Value::Object(fields.collect()).to_string() + "\n"
            };
            let lines: String = table.rows.iter().map(object).collect();
            fs::write(folder.join(format!("{}.jsonl", table.name)), lines).unwrap();
        }
    });
}

#[test]
fn r12_a_workbook() {
    same("12 a workbook", |folder, tables, random| {
        let mut book = Workbook::new();
        let declared = folder.join("udtræk.toml");
        let mut settings = fs::read_to_string(&declared).unwrap();
        let mut order: Vec<_> = tables.iter().collect();
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        for table in order {
            // A sheet has a name of at most 31 characters.
            let name: String = table.name.chars().take(31).collect();
            if name != table.name {
                let heading = format!("[tabel.\"{}\"]\n", table.name);
                assert!(settings.contains(&heading), "{heading}");
                settings = settings.replace(&heading, &format!("{heading}ark = \"{name}\"\n"));
            }
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (line, row) in [&table.columns].into_iter().chain(&table.rows).enumerate() {
                for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    sheet
                        .write_string(line as u32, column as u16, text)
                        .unwrap();
                }
            }
        }
        fs::write(declared, settings).unwrap();
        book.save(folder.join("udtræk.xlsx")).unwrap();
    });
}

#[test]
fn r02_somebody_else_in_the_files() {
    let (settings, tables) = stored();
    let expected = cases(&root().join("vejledning/øvelse/udtræk"));
    let folder = tempfile::tempdir().unwrap();
    for table in &tables {
        let mut rows = table.rows.clone();
        if let Some(first) = table.rows.first() {
            let mut another = first.clone();
            another[0] = "S99".to_owned();
            rows.insert(rows.len() / 2, another);
        }
        fs::write(
            folder.path().join(format!("{}.csv", table.name)),
            table.csv(&rows),
        )
        .unwrap();
    }
    // There are more rows than it says.
    let settings: Vec<_> = settings
        .lines()
        .filter(|line| !line.starts_with("\"rækker\""))
        .collect();
    fs::write(folder.path().join("udtræk.toml"), settings.join("\n")).unwrap();
    let mut found = cases(folder.path());
    assert_eq!(found.pop().unwrap().id.reveal(), "S99");
    assert!(found == expected, "the others are other cases");
    counted(
        "A7 relation 2 somebody else in the files",
        expected.len() as u64,
    );
}
