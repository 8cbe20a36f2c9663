//! `hjemmel lsp`: the language server, with a reader of extracts for live numbers.

use crate::arguments::LspArguments;
use hjemmel_extracts::Options;
use hjemmel_lsp::population::{Model, People, Population};
use hjemmel_lsp::{Limits, Setup};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Reads the extract that the user's own settings name; only numbers reach the editor.
struct Extracts;

impl Population for Extracts {
    fn load(&self, path: &Path, model: &Model) -> Option<People> {
        let options = Options {
            allow_empty: false,
            allow_full_sheet: false,
        };
        let extract = hjemmel_extracts::read(path, model, &options).ok()?;
        Some(People {
            cases: extract.cases,
            day: extract.date,
        })
    }
}

/// Serves an editor until it is gone.
pub(crate) fn lsp(arguments: &LspArguments) -> ExitCode {
    let limits = Limits::default();
    hjemmel_lsp::run_with(Setup {
        population: Some(Arc::new(Extracts)),
        limits: Limits {
            bytes: arguments.max_bytes.unwrap_or(limits.bytes),
            lines: arguments.max_lines.unwrap_or(limits.lines),
        },
    })
}
