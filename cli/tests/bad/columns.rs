//! Parquet and Arrow files of few rows, column by column.

use crate::entry::Column;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Float64Array, Int64Array, ListArray, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use parquet::basic::{Compression, ZstdLevel};
use std::path::Path;
use std::sync::Arc;

/// The bytes of a file with these columns, of the kind its name tells.
pub(crate) fn bytes(path: &Path, columns: &[Column]) -> Vec<u8> {
    let columns_are_long = columns.iter().any(|it| it.ty == "long");
    let columns = columns.iter().map(|it| (it.name.as_str(), array(it), true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).expect("equal lengths");
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    match ending.as_str() {
        "parquet" => {
            let properties = parquet::file::properties::WriterProperties::builder()
                .set_compression(match columns_are_long {
                    // Packs a repeated letter some thousand times.
                    true => Compression::ZSTD(ZstdLevel::default()),
                    false => Compression::SNAPPY,
                })
                .set_dictionary_enabled(!columns_are_long)
                .build();
            let writer =
                parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties));
            let mut writer = writer.expect("a writer");
            writer.write(&batch).expect("written");
            writer.into_inner().expect("finished")
        }
        "arrow" => {
            let writer = arrow_ipc::writer::FileWriter::try_new(Vec::new(), &batch.schema());
            let mut writer = writer.expect("a writer");
            writer.write(&batch).expect("written");
            writer.into_inner().expect("finished")
        }
        other => panic!("no columns in .{other}"),
    }
}

fn array(column: &Column) -> ArrayRef {
    let values = column.values.iter().cycle();
    let values = values.take(column.values.len() * column.times);
    let known = |text: &String| (!text.is_empty()).then(|| text.clone());
    match column.ty.as_str() {
        "text" => Arc::new(values.map(known).collect::<StringArray>()),
        "long" => {
            let texts = values.map(|count| Some("x".repeat(count.parse().expect("a count"))));
            Arc::new(texts.collect::<StringArray>())
        }
        "word" => {
            let words: Vec<Option<&str>> = values
                .map(|text| Some(text.as_str()).filter(|text| !text.is_empty()))
                .collect();
            Arc::new(words.into_iter().collect::<DictionaryArray<Int32Type>>())
        }
        "int" => {
            let numbers = values.map(|text| text.parse::<i64>().ok());
            Arc::new(numbers.collect::<Int64Array>())
        }
        "float" => {
            let numbers = values.map(|text| text.parse::<f64>().ok());
            Arc::new(numbers.collect::<Float64Array>())
        }
        "day" => {
            let numbers = values.map(|text| text.parse::<i32>().ok());
            Arc::new(numbers.collect::<Date32Array>())
        }
        "zone" => {
            let numbers = values.map(|text| text.parse::<i64>().ok());
            let times = numbers.collect::<TimestampMicrosecondArray>();
            Arc::new(times.with_timezone("Europe/Copenhagen"))
        }
        "list" => {
            let lists = values.map(|text| Some(vec![text.parse::<i32>().ok()]));
            Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(lists))
        }
        other => panic!("no type {other}"),
    }
}
