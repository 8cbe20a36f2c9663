//! The server alone on standard input and output, for tests and for trying an editor.

use std::process::ExitCode;

fn main() -> ExitCode {
    hjemmel_lsp::run()
}
