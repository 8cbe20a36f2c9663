//! What must hold of any bytes at all. Each target is a function that panics if it does not.
//!
//! `libfuzzer/` calls them with bytes that it makes up, as many as there is time for; `tests/hostile/`
//! with those of `corpus/`, in every run of the tests. See `README.md`.

mod dice;
mod extract;
mod frames;
mod library;
mod lsp_edits;
mod lsp_frames;
mod rules;
mod tokens;
mod tree;
mod workbook;

pub use extract::{arrow, csv, json, parquet};
pub use library::{passed_on, quiet_libraries};
pub use lsp_edits::edits as lsp_edits;
pub use lsp_frames::frames as lsp_frames;
pub use rules::{bytes as rules, format, structured as rules_structured};
pub use workbook::xlsx;

/// A target: its name, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 10] = [
    ("rules", rules),
    ("rules_structured", rules_structured),
    ("format", format),
    ("csv", csv),
    ("json", json),
    ("xlsx", xlsx),
    ("parquet", parquet),
    ("arrow", arrow),
    ("lsp_frames", lsp_frames),
    ("lsp_edits", lsp_edits),
];
