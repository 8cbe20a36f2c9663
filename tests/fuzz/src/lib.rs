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

pub use library::{passed_on, quiet_libraries};

/// A target: its name, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 10] = [
    ("rules", rules::bytes),
    ("rules_structured", rules::structured),
    ("format", rules::format),
    ("csv", extract::csv),
    ("json", extract::json),
    ("xlsx", workbook::xlsx),
    ("parquet", extract::parquet),
    ("arrow", extract::arrow),
    ("lsp_frames", lsp_frames::frames),
    ("lsp_edits", lsp_edits::edits),
];

/// Runs the target with this name.
///
/// # Panics
///
/// If there is none, and if what should hold does not.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, body) = target.expect("a target of this name");
    body(data);
}
