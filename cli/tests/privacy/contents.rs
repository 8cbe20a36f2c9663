//! What a file says, whatever it is packed in.

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use std::io::{Cursor, Read as _};

/// The text of a file: of a workbook all its parts, of Parquet and Arrow their rows; of others the bytes as they are.
pub(crate) fn of(name: &str, bytes: &[u8]) -> Vec<u8> {
    match name.rsplit('.').next() {
        Some("xlsx") => workbook(bytes)
            .into_iter()
            .flat_map(|(_, text)| text)
            .collect(),
        Some("parquet") => {
            let file = tempfile::tempfile().expect("a file");
            std::io::copy(&mut Cursor::new(bytes), &mut &file).expect("written");
            let reader = SerializedFileReader::new(file).expect("Parquet");
            let rows = reader.get_row_iter(None).expect("rows");
            let rows = rows.map(|row| row.expect("a row").to_string() + "\n");
            let metadata = format!("{:?}", reader.metadata().file_metadata());
            (rows.collect::<String>() + &metadata).into_bytes()
        }
        Some("arrow") => {
            let reader = arrow_ipc::reader::FileReader::try_new(Cursor::new(bytes), None);
            let reader = reader.expect("Arrow");
            let metadata = format!("{:?}", reader.schema().metadata());
            let batches = reader.map(|batch| format!("{:?}", batch.expect("a batch").columns()));
            (batches.collect::<String>() + &metadata).into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

/// The parts of a workbook, by name.
pub(crate) fn workbook(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let parts = (0..zip.len()).map(|at| {
        let mut part = zip.by_index(at).expect("a part");
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("unpacked");
        (part.name().expect("a name").into_owned(), text)
    });
    parts.collect()
}
