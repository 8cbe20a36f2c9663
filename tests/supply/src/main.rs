//! Prints the list of what the program is made of, as CycloneDX.

use hjemmel_supply::sbom::{Known, sbom};
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match listed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn listed() -> Result<(), String> {
    let lock = std::fs::read_to_string(hjemmel_supply::root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    let crates = hjemmel_supply::locked(&lock)?;
    // The crates of the workspace have one version.
    let list = sbom(&crates, &Known::asked()?, env!("CARGO_PKG_VERSION"));
    let text = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
    writeln!(std::io::stdout(), "{text}").map_err(|error| error.to_string())
}
