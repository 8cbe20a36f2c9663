//! The archive that a workbook is: looked through, with limits, before anything reads it.

use crate::messages::workbook as messages;
use crate::problem::{Place, Problem};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The largest workbook, in bytes.
pub(crate) const FILE_CAP: u64 = 100 * 1024 * 1024;
/// The most it may unpack to.
const UNPACKED_CAP: u64 = 1024 * 1024 * 1024;
/// Entries larger than this …
const RATIO_FROM: u64 = 1024 * 1024;
/// … may not be more than so many times their packed size.
const RATIO: u64 = 100;

/// A text that cells share takes at least so many bytes: `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// Refuses what is not a sound archive of a reasonable size. Gives warnings about its contents.
///
/// A panic of the library that reads archives is the archive's fault.
pub(crate) fn check(bytes: &[u8], place: &Place) -> Result<Vec<Problem>, Box<Problem>> {
    let looked = std::panic::catch_unwind(|| look_through(bytes, place));
    looked.unwrap_or_else(|_| Err(Box::new(messages::broken(place.clone()))))
}

fn look_through(bytes: &[u8], place: &Place) -> Result<Vec<Problem>, Box<Problem>> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Box::new(compound(bytes, place)));
    }
    let broken = || Box::new(messages::broken(place.clone()));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.has_duplicate_names() {
        return Err(Box::new(messages::odd_entries(place.clone())));
    }
    let mut names = Vec::new();
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| broken())?;
        if entry.encrypted() {
            return Err(Box::new(messages::protected(place.clone())));
        }
        if entry.enclosed_name().is_none() {
            return Err(Box::new(messages::odd_entries(place.clone())));
        }
        names.push(entry.name().map_err(|_| broken())?.into_owned());
        unpacked = unpacked.saturating_add(entry.size());
        let packed = entry.compressed_size().saturating_mul(RATIO);
        if entry.size() > RATIO_FROM && entry.size() > packed {
            return Err(Box::new(too_dense(place)));
        }
    }
    if unpacked > UNPACKED_CAP {
        return Err(Box::new(messages::too_large(
            place.clone(),
            "mere end 1 GiB pakket ud",
            "more than 1 GiB when unpacked",
        )));
    }
    let mut hidden = 0_u64;
    for (index, name) in names.iter().enumerate() {
        let found = unpack(&mut archive, index, place)?;
        if name.starts_with("xl/worksheets/") {
            hidden = hidden.saturating_add(found);
        }
    }
    let mut warnings = warnings(&names, place);
    if hidden > 0 {
        warnings.push(messages::hidden_rows(place.clone(), hidden));
    }
    Ok(warnings)
}

/// Unpacks an entry once, into nothing: what the directory says of it may be a lie. How many rows
/// it hides.
fn unpack(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    place: &Place,
) -> Result<u64, Box<Problem>> {
    let broken = || Box::new(messages::broken(place.clone()));
    let entry = archive.by_index(index).map_err(|_| broken())?;
    let declared = entry.size();
    let mut input = entry.take(declared.saturating_add(1));
    let mut buffer = vec![0_u8; 64 * 1024];
    let mut tags = Tags::default();
    let mut total = 0_u64;
    loop {
        let count = input.read(&mut buffer).map_err(|_| broken())?;
        if count == 0 {
            break;
        }
        total = total.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        tags.read(buffer.get(..count).unwrap_or_default());
        if tags.doctype {
            return Err(Box::new(messages::doctype(place.clone())));
        }
    }
    if total == declared && tags.declared.saturating_mul(SHORTEST_TEXT) <= total {
        Ok(tags.hidden_rows)
    } else {
        Err(broken())
    }
}

/// What is looked for among the tags of a part, whatever the pieces it comes in.
#[derive(Default)]
struct Tags {
    /// The tag that has begun, as far as it matters.
    open: Vec<u8>,
    /// There is a document type.
    doctype: bool,
    /// Rows that are hidden, or filtered away.
    hidden_rows: u64,
    /// How many texts there are said to be. The library asks for room for them at once.
    declared: u64,
    /// How much of [`Tags::COUNT`] has been read, and the number after it.
    counting: (usize, Option<u64>),
}

impl Tags {
    /// Longer tags are no rows that a spreadsheet program writes.
    const LONGEST: usize = 1024;

    /// Says how many texts there are.
    const COUNT: &[u8] = b"uniqueCount";

    fn read(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.count(byte);
            match byte {
                b'<' => {
                    self.open.clear();
                    self.open.push(byte);
                }
                b'>' => {
                    self.hidden_rows = self.hidden_rows.saturating_add(u64::from(self.hides()));
                    self.open.clear();
                }
                _ if self.open.is_empty() || self.open.len() >= Self::LONGEST => {}
                _ => {
                    self.open.push(byte);
                    self.doctype |= self.open == b"<!DOCTYPE";
                }
            }
        }
    }

    fn count(&mut self, byte: u8) {
        let (read, number) = self.counting;
        self.counting = match (Self::COUNT.get(read), byte, number) {
            (Some(next), _, _) if *next == byte => (read.saturating_add(1), None),
            (None, b'0'..=b'9', _) => {
                let digit = u64::from(byte.saturating_sub(b'0'));
                let before = number.unwrap_or_default();
                let number = before.saturating_mul(10).saturating_add(digit);
                self.declared = self.declared.max(number);
                (read, Some(number))
            }
            (None, b'=' | b'"' | b'\'' | b'+' | b' ' | b'\t' | b'\r' | b'\n', None) => (read, None),
            _ => (usize::from(Self::COUNT.first() == Some(&byte)), None),
        };
    }

    fn hides(&self) -> bool {
        let holds = |word: &[u8]| self.open.windows(word.len()).any(|some| some == word);
        let row = self.open.starts_with(b"<row ") || self.open.starts_with(b"<x:row ");
        row && (holds(b" hidden=\"1\"") || holds(b" hidden=\"true\""))
    }
}

/// An old compound file: a protected workbook or an old one.
fn compound(bytes: &[u8], place: &Place) -> Problem {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let protected = bytes.windows(name.len()).any(|window| window == name);
    if protected {
        messages::protected(place.clone())
    } else {
        messages::old_format(place.clone())
    }
}

fn too_dense(place: &Place) -> Problem {
    messages::too_large(
        place.clone(),
        "mere end 100 gange så stor pakket ud",
        "more than 100 times as large when unpacked",
    )
}

fn warnings(names: &[String], place: &Place) -> Vec<Problem> {
    let holds = |part: &str| names.iter().any(|name| name.to_lowercase().contains(part));
    let mut warnings = Vec::new();
    if holds("vbaproject.bin") {
        warnings.push(messages::macros(place.clone()));
    }
    if holds("externallinks/") || holds("connections.xml") || holds("ddelink") {
        warnings.push(messages::external(place.clone()));
    }
    warnings
}
