//! Workbooks: any bytes, or any parts packed as they should be, so that what is in them is reached.

use crate::extract::{Folder, read_both_ways};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Begins a part: the rest of the line is its name.
const PART: &str = "%% ";

/// A workbook is what begins as an archive does; anything else is parts, each after a line that names it.
pub fn xlsx(data: &[u8]) {
    let packed;
    let bytes = if data.starts_with(b"PK") {
        data
    } else {
        packed = pack(data);
        &packed
    };
    let folder = Folder::new();
    let path = folder.path().join("udtræk.xlsx");
    std::fs::write(&path, bytes).unwrap();
    read_both_ways(&path, (2, false));
}

/// An archive of the parts, not packed any smaller.
fn pack(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in text.split(PART).skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        // Names that an archive cannot hold are tried as bytes.
        if archive.start_file(name, options).is_ok() {
            archive.write_all(content.as_bytes()).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}
