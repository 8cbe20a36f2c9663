//! What the pages of a Parquet column will make the library ask memory for, worked out before it does.
//!
//! A page says how large it is unpacked, a dictionary how many values it has, and a list of lengths
//! packed as differences how many there are: the library reserves room for all of it at once, true
//! or not, and where that fails the program ends, which nothing can catch.

use crate::delta;
use crate::thrift::{self, Sort};
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::serialized_reader::SerializedPageReader;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

/// The longest header of a page that is looked at, in bytes: a text may stand in it.
const HEADER_CAP: u64 = 16 * 1024 * 1024;
/// What the place of a value takes in memory, in bytes, whatever the library makes of it.
const PLACE: u64 = 16;
/// What a length takes, in bytes.
const LENGTH: u64 = 4;

/// What the headers of the pages of a column ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Bytes of memory.
    pub(crate) bytes: u64,
    /// Some pages have lengths packed as differences.
    pub(crate) differences: bool,
}

/// Goes from header to header of a column. None if one is not sound, or a page larger than the column.
pub(crate) fn asked(file: &File, start: u64, length: u64) -> Option<Asked> {
    let (mut at, mut left, mut asked) = (start, length, Asked::default());
    while left > 0 {
        let page = header(file, at, left)?;
        let taken = page.header.checked_add(page.packed)?;
        left = left.checked_sub(taken)?;
        at = at.checked_add(taken)?;
        let places = match page.sort {
            Some(Sort::Dictionary(values)) => values.checked_mul(PLACE)?,
            _ => 0,
        };
        asked.bytes = asked
            .bytes
            .checked_add(page.unpacked)?
            .checked_add(places)?;
        asked.differences |= matches!(page.sort, Some(Sort::Data(6 | 7)));
    }
    Some(asked)
}

/// The header of the page at a place with so many bytes left in its column.
fn header(mut file: &File, at: u64, left: u64) -> Option<thrift::Page> {
    // Most are some dozen bytes.
    for longest in [1024, HEADER_CAP] {
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut header = Vec::new();
        file.take(longest.min(left)).read_to_end(&mut header).ok()?;
        if let Some(page) = thrift::page(&header) {
            return Some(page);
        }
    }
    None
}

/// The bytes of memory that lengths packed as differences ask for, in all pages of a column.
///
/// The pages are unpacked for it, so it must be known that they are not too large.
pub(crate) fn lengths(file: &File, column: &ColumnChunkMetaData, rows: usize) -> Option<u64> {
    let file = Arc::new(file.try_clone().ok()?);
    let mut pages = SerializedPageReader::new(file, column, rows, None).ok()?;
    let mut bytes = 0_u64;
    // What the library cannot read here, it cannot read later.
    while let Ok(Some(page)) = pages.get_next_page() {
        let count = match page.encoding() {
            Encoding::DELTA_LENGTH_BYTE_ARRAY => delta::count(values(&page, column)?),
            Encoding::DELTA_BYTE_ARRAY => delta::counts(values(&page, column)?),
            _ => 0,
        };
        bytes = bytes.checked_add(count.checked_mul(LENGTH)?)?;
    }
    Some(bytes)
}

/// The bytes of a page after those that say which values are missing.
fn values<'a>(page: &'a Page, column: &ColumnChunkMetaData) -> Option<&'a [u8]> {
    let (mut rest, count) = (page.buffer().as_ref(), page.num_values());
    match page {
        Page::DataPage {
            def_level_encoding,
            rep_level_encoding,
            ..
        } => {
            let levels = column.column_descr();
            for (most, encoding) in [
                (levels.max_rep_level(), rep_level_encoding),
                (levels.max_def_level(), def_level_encoding),
            ] {
                let taken = match (most, encoding) {
                    (0, _) => 0,
                    (_, Encoding::RLE) => {
                        let length = <[u8; 4]>::try_from(rest.get(..4)?).ok()?;
                        u32::from_le_bytes(length).checked_add(4)?
                    }
                    // Of a bit each.
                    (1, _) => count.div_ceil(8),
                    _ => return None,
                };
                rest = rest.get(usize::try_from(taken).ok()?..)?;
            }
        }
        Page::DataPageV2 {
            def_levels_byte_len,
            rep_levels_byte_len,
            ..
        } => {
            let taken = def_levels_byte_len.checked_add(*rep_levels_byte_len)?;
            rest = rest.get(usize::try_from(taken).ok()?..)?;
        }
        Page::DictionaryPage { .. } => {}
    }
    Some(rest)
}
