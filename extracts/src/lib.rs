//! Case extracts: files to the engine's [`Case`]s, outcomes to files.
//!
//! The only crate that parses data files. An extract is a folder with one file per declared table
//! (CSV, JSON Lines, Parquet, Arrow; or a folder of parts), or a workbook with a sheet per table;
//! `udtræk.toml` beside it says where it differs from the declaration ([`mapping::Mapping`];
//! `EXTRACT.md` shows every key).
//!
//! ```text
//! files -kinds, csv, jsonl, parquet, ipc, xlsx-> records -columns, rows, values-> rows of persons -cases-> Extract
//! a form that was filled -grid, form_file-> lines with their answers
//! files -table_stream-> chunks of columns -gather or merge, slice-> slices of the population
//! ```
//!
//! Three promises: a value that cannot be read is unknown and has a problem with its place; a fault
//! of the whole file refuses the extract; and no row or person disappears, which every read checks.
//! Knows no rules, no clock and no terminal.

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

mod approval;
pub mod arrow;
mod batches;
mod births;
mod cases;
pub mod check;
mod chunk;
pub mod codes;
mod columns;
mod container;
mod csv;
pub mod dates;
mod delta;
mod draft;
mod extract;
pub mod foreign;
mod form_file;
mod gather;
mod grid;
mod guess;
mod hide;
mod ipc;
mod jsonl;
mod keys;
mod kinds;
pub mod mapping;
mod mapping_file;
mod merge;
mod messages;
mod numbered;
mod outputs;
mod pages;
mod parquet;
mod part;
mod partition;
mod persons;
mod plain;
mod plain_dates;
pub mod problem;
mod read;
mod read_columns;
mod record;
mod report_text;
mod result_batch;
mod result_file;
mod rows;
mod sample;
mod save;
mod separator;
mod settings;
mod slice;
mod slips_file;
mod small_file;
mod source;
mod table_stream;
mod text_part;
mod thrift;
mod typed;
mod typed_plain;
mod typed_rows;
mod typed_stream;
mod values;
mod week_codes;
mod weekly;
mod weeks;
mod words;
pub mod write;
mod xlsx;

pub use draft::draft;
pub(crate) use extract::place_of;
pub use extract::{Extract, Options, Refused, RefusedKind, RowCounts};
pub use form_file::{
    ExpectedForm, ExpectedLine, FORM_MARK, FilledLine, FormColumns, FormFile, FormRead,
};
pub use outputs::{Outputs, Recovered, Staged};
pub use problem::{Place, Problem};
pub use read::read;
pub use read_columns::{ColumnExtract, ColumnOptions, NotRead, read_columns};
pub use save::{SaveOptions, WriteError, WriteFault, save, save_bytes, save_together};
pub use slice::{Keys, Slice};
pub use slips_file::slips;
pub use small_file::{FileDay, small_file, undeclared};
pub use weekly::{WeeklyCodes, weekly_codes};

#[cfg(test)]
mod tests;

#[cfg(doc)]
use hjemmel_engine::case::Case;
