//! The server alone on standard input and output, for tests and for trying an editor.
//!
//! ```text
//! hjemmel-lsp [LINES BYTES]
//! ```
//!
//! How large a rule file may be, if not as large as usual.

use hjemmel_lsp::{Limits, Setup};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse().ok());
    let usual = Limits::default();
    let lines = numbers.next().flatten().unwrap_or(usual.lines);
    let bytes = numbers.next().flatten().unwrap_or(usual.bytes);
    hjemmel_lsp::run_with(Setup {
        limits: Limits { bytes, lines },
        ..Setup::default()
    })
}
