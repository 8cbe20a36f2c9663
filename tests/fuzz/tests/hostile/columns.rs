//! Parquet and Arrow files of few rows, written in as many ways as the format has.

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, RecordBatch, StringArray,
};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::schema::types::ColumnPath;
use std::sync::Arc;

/// The tables by the byte that chooses them, each with its columns.
pub(crate) fn tables() -> Vec<(u8, RecordBatch)> {
    let texts = |some: &[Option<&str>]| Arc::new(StringArray::from(some.to_vec())) as ArrayRef;
    let words = |some: &[Option<&str>]| {
        Arc::new(some.iter().copied().collect::<DictionaryArray<Int32Type>>()) as ArrayRef
    };
    let days = |some: &[Option<i32>]| Arc::new(Date32Array::from(some.to_vec())) as ArrayRef;
    let keys = texts(&[Some("a1"), Some("a2"), Some("b")]);
    let from = days(&[Some(17_170), Some(17_000), Some(17_400)]);
    let to = days(&[Some(17_300), None, Some(17_500)]);
    let typed = vec![
        ("sag", keys.clone(), true),
        ("fra", from.clone(), true),
        ("til", to, true),
        (
            "art",
            words(&[Some("kontanthjælp"), None, Some("uddannelseshjælp")]),
            true,
        ),
        (
            "timer",
            Arc::new(Float64Array::from(vec![Some(37.0), None, Some(0.5)])) as ArrayRef,
            true,
        ),
    ];
    let written = vec![
        ("sag", keys.clone(), false),
        (
            "fra",
            texts(&[Some("2017-01-04"), Some("2016-02-29"), Some("2017-01-04")]),
            true,
        ),
        (
            "til",
            texts(&[Some("fortsat"), Some("2017-01-04"), Some("ukendt")]),
            true,
        ),
        (
            "grund",
            words(&[Some("barsel"), Some("sygdom"), Some("sygdom")]),
            true,
        ),
        (
            "afgjort",
            Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)])) as ArrayRef,
            true,
        ),
        ("note", texts(&[Some("æøå"), None, Some("")]), true),
    ];
    let met = vec![
        ("sag", keys, true),
        ("dato", from, true),
        ("fremmøde", texts(&[Some("ja"), Some("nej"), None]), true),
    ];
    let tables = [(1, typed), (3, written), (2, met)];
    let batch = |columns| RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    tables
        .map(|(table, columns)| (table, batch(columns)))
        .into()
}

/// A batch as Parquet, by its compressions and encodings.
pub(crate) fn parquet(batch: &RecordBatch) -> Vec<(&'static str, Vec<u8>)> {
    let plain = || WriterProperties::builder().set_compression(Compression::UNCOMPRESSED);
    let key = || ColumnPath::from("sag");
    let differences = plain().set_dictionary_enabled(false);
    let ways = [
        ("plain", plain().set_dictionary_enabled(false)),
        ("words", plain()),
        (
            "second",
            plain().set_writer_version(WriterVersion::PARQUET_2_0),
        ),
        ("groups", plain().set_max_row_group_row_count(Some(1))),
        ("snappy", plain().set_compression(Compression::SNAPPY)),
        (
            "zstd",
            plain().set_compression(Compression::ZSTD(ZstdLevel::default())),
        ),
        (
            "lengths",
            differences
                .clone()
                .set_column_encoding(key(), Encoding::DELTA_LENGTH_BYTE_ARRAY),
        ),
        (
            "prefixes",
            differences.set_column_encoding(key(), Encoding::DELTA_BYTE_ARRAY),
        ),
    ];
    let written = ways.map(|(name, properties)| {
        let mut writer =
            ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.build())).unwrap();
        writer.write(batch).unwrap();
        (name, writer.into_inner().unwrap())
    });
    written.into()
}

/// A batch as Arrow IPC, by its form and compression.
pub(crate) fn arrow(batch: &RecordBatch) -> Vec<(&'static str, Vec<u8>)> {
    let options = |packed| {
        IpcWriteOptions::default()
            .try_with_compression(packed)
            .unwrap()
    };
    let file = |packed| {
        let mut writer =
            FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options(packed)).unwrap();
        writer.write(batch).unwrap();
        writer.into_inner().unwrap()
    };
    let stream = |packed| {
        let mut writer =
            StreamWriter::try_new_with_options(Vec::new(), &batch.schema(), options(packed))
                .unwrap();
        writer.write(&batch.slice(0, 1)).unwrap();
        writer.write(&batch.slice(1, 2)).unwrap();
        writer.into_inner().unwrap()
    };
    vec![
        ("file", file(None)),
        ("file_lz4", file(Some(CompressionType::LZ4_FRAME))),
        ("file_zstd", file(Some(CompressionType::ZSTD))),
        ("stream", stream(None)),
        ("stream_lz4", stream(Some(CompressionType::LZ4_FRAME))),
    ]
}
