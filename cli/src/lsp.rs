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

/// How many heaps the C library of Linux may have.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HEAPS: &str = "MALLOC_ARENA_MAX";

/// Goes on as the same process with one heap. The C library gives each thread one of its own, in which what was freed
/// stays: with two hundred rule files a session took 387 MiB, and 165 with one heap. It can only be told before
/// a program begins.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(
    clippy::disallowed_methods,
    reason = "no other process: the same program takes the place of this one"
)]
fn with_one_heap() {
    use std::os::unix::process::CommandExt as _;
    if std::env::var_os(HEAPS).is_none()
        && let Ok(program) = std::env::current_exe()
    {
        let arguments = std::env::args_os().skip(1);
        // It comes back only if that cannot be done; then there are more heaps.
        let _ = std::process::Command::new(program)
            .args(arguments)
            .env(HEAPS, "1")
            .exec();
    }
}

/// Serves an editor until it is gone.
pub(crate) fn lsp(arguments: &LspArguments) -> ExitCode {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    with_one_heap();
    let limits = Limits::default();
    hjemmel_lsp::run_with(Setup {
        population: Some(Arc::new(Extracts)),
        limits: Limits {
            bytes: arguments.max_bytes.unwrap_or(limits.bytes),
            lines: arguments.max_lines.unwrap_or(limits.lines),
        },
    })
}
