//! Files that an entry makes: long ones, workbooks, columns, links, and damage.

use crate::entry::{Book, Make, Part};
use crate::{book, columns};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Makes one file, or `count` of them.
pub(crate) fn make(recipe: &Make, work: &Path) {
    let name = |n: usize| recipe.file.replace("{n}", &n.to_string());
    for path in (1..=recipe.count.unwrap_or(1)).map(|n| work.join(name(n))) {
        one(recipe, &path);
        if let Some(mode) = recipe.mode {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
        }
    }
}

fn one(recipe: &Make, path: &Path) {
    if recipe.remove {
        let removed = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        return removed.expect("removed");
    }
    if recipe.folder {
        return fs::create_dir_all(path).expect("made");
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).expect("made");
    }
    if let Some(target) = &recipe.link {
        return std::os::unix::fs::symlink(target, path).expect("linked");
    }
    if recipe.fifo {
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo");
        return assert!(made.success());
    }
    if let Some(bytes) = bytes(recipe, path) {
        fs::write(path, damaged(bytes, recipe)).expect("written");
    }
}

/// The bytes of a file, as they are before damage. None if only its mode changes.
fn bytes(recipe: &Make, path: &Path) -> Option<Vec<u8>> {
    if let Some(parts) = &recipe.parts {
        return Some(pieces(parts));
    }
    if let Some(book) = &recipe.book {
        return Some(workbook(book, &path.with_file_name("udtræk")));
    }
    if let Some(found) = &recipe.columns {
        return Some(columns::bytes(path, found));
    }
    (recipe.cut.is_some() || !recipe.patch.is_empty()).then(|| fs::read(path).expect("read"))
}

fn damaged(mut bytes: Vec<u8>, recipe: &Make) -> Vec<u8> {
    let at = |at: i64, length: usize| match usize::try_from(at) {
        Ok(at) => at,
        Err(_) => length - usize::try_from(-at).expect("a place"),
    };
    if let Some(cut) = recipe.cut {
        bytes.truncate(at(cut, bytes.len()));
    }
    for patch in &recipe.patch {
        let new = hex(&patch.hex);
        if let Some(place) = patch.at {
            let from = at(place, bytes.len());
            bytes[from..from + new.len()].copy_from_slice(&new);
        }
        if let Some(find) = &patch.find {
            let found = replace(&mut bytes, &hex(find), &new);
            assert!(found > 0, "{find} is not in {}", recipe.file);
        }
    }
    bytes
}

/// The bytes that parts stand for.
pub(crate) fn pieces(parts: &[Part]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => bytes.extend(text.as_bytes()),
            Part::Times { text, times } => bytes.extend(text.as_bytes().repeat(*times)),
            Part::Hex { hex: text, times } => bytes.extend(hex(text).repeat(*times)),
            Part::Each { each, times } => {
                for n in 1..=*times {
                    bytes.extend(each.replace("{n}", &n.to_string()).as_bytes());
                }
            }
        }
    }
    bytes
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let byte = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16);
    digits
        .chunks(2)
        .map(|two| byte(two).expect("hexadecimal"))
        .collect()
}

/// A workbook; tables it says nothing of have the rows of the CSV files in `others`.
fn workbook(recipe: &Book, others: &Path) -> Vec<u8> {
    let mut sheets: Vec<(&str, String)> = recipe
        .sheets
        .iter()
        .map(|sheet| {
            let cells: Vec<Vec<&str>> = sheet
                .rows
                .iter()
                .map(|row| row.iter().map(String::as_str).collect())
                .collect();
            let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
            let text = |parts: &[Part]| String::from_utf8(pieces(parts)).expect("text");
            let rows = if sheet.xml.is_empty() {
                book::rows(&cells)
            } else {
                text(&sheet.xml)
            };
            let xml = text(&sheet.before) + &rows + &text(&sheet.after);
            (sheet.name.as_str(), xml)
        })
        .collect();
    let named = |table: &&str| recipe.sheets.iter().all(|sheet| sheet.name != *table);
    let tables = ["person", "ydelse", "visitation", "indsats", "fravær"];
    for table in tables.into_iter().filter(named) {
        let text = fs::read_to_string(others.join(format!("{table}.csv"))).expect("a table");
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        sheets.push((table, book::rows(&rows)));
    }
    let mut made = book::book(&sheets);
    made.workbook_attributes.clone_from(&recipe.workbook);
    made.sheet_attributes.clone_from(&recipe.sheet);
    let extra = recipe.extra.iter();
    made.extra = extra
        .map(|it| (it.name.clone(), pieces(&it.parts)))
        .collect();
    let mut bytes = made.bytes();
    if let Some((from, to)) = &recipe.rename {
        replace(&mut bytes, from.as_bytes(), to.as_bytes());
    }
    bytes
}

/// Writes other bytes over all of these; how often they were there.
fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) -> usize {
    let mut found = 0;
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            found += 1;
        }
    }
    found
}
