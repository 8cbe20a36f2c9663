//! What the program is made of, as Cargo knows it: the lock file, and which of its crates become part of the program.

pub mod sbom;

use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate in `Cargo.lock`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locked {
    /// Its name.
    pub name: String,
    /// Its version, which is exact.
    pub version: String,
    /// Where it comes from; none if it is one of our own.
    pub source: Option<String>,
    /// SHA-256 of its archive, if it comes from a registry.
    pub checksum: Option<String>,
    /// What it rests on: a name, and a version if there are several.
    pub dependencies: Vec<String>,
}

/// The root of the workspace, as Cargo tells it to what it runs: no folder is written into the program.
#[must_use]
pub fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR");
    own.map_or_else(|| PathBuf::from("."), |own| Path::new(&own).join("../.."))
}

/// Every crate in a lock file, in its order.
///
/// # Errors
///
/// What is not a lock file, in words.
pub fn locked(text: &str) -> Result<Vec<Locked>, String> {
    let lock: toml::Table = text
        .parse()
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let packages = packages.ok_or("Cargo.lock names no package")?;
    packages
        .iter()
        .map(|package| {
            let field = |name| package.get(name).and_then(toml::Value::as_str);
            let named = |name| field(name).ok_or(format!("a package in Cargo.lock has no {name}"));
            let dependencies = package.get("dependencies").and_then(toml::Value::as_array);
            Ok(Locked {
                name: named("name")?.to_owned(),
                version: named("version")?.to_owned(),
                source: field("source").map(str::to_owned),
                checksum: field("checksum").map(str::to_owned),
                dependencies: dependencies
                    .into_iter()
                    .flatten()
                    .filter_map(|dependency| dependency.as_str().map(str::to_owned))
                    .collect(),
            })
        })
        .collect()
}

/// The crates, as `name version`, that the program uses along the edges that `cargo tree` is asked for, on this
/// kind of machine. `normal,no-proc-macro` is what is linked into it; `normal,build` is with what runs while it is built.
///
/// # Errors
///
/// What Cargo says when it cannot tell.
pub fn used(edges: &str) -> Result<BTreeSet<String>, String> {
    let words = ["tree", "--locked", "--offline", "--package", "hjemmel"];
    let shape = ["--edges", edges, "--prefix", "none", "--format", "{p}"];
    let told = cargo(words.iter().chain(&shape))?;
    let crates = told.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some(format!(
            "{} {}",
            words.next()?,
            words.next()?.strip_prefix('v')?
        ))
    });
    Ok(crates.collect())
}

/// The packages that are built on this kind of machine, as the JSON of `cargo metadata`.
///
/// # Errors
///
/// What Cargo says when it cannot tell.
pub fn metadata() -> Result<Value, String> {
    let version = told(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    // Only what is built here has been fetched here.
    let host = host.ok_or("rustc does not tell its host")?;
    let words = ["metadata", "--format-version", "1", "--locked", "--offline"];
    let told = cargo(words.iter().chain(&["--filter-platform", host]))?;
    serde_json::from_str(&told).map_err(|error| format!("cargo metadata: {error}"))
}

/// What Cargo says, asked at the root.
fn cargo<'a>(words: impl Iterator<Item = &'a &'a str>) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    told(Command::new(cargo).args(words).current_dir(root()))
}

fn told(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
