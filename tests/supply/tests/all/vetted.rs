//! Who has vouched for each crate: `supply-chain/` holds it as cargo-vet keeps it.

use crate::{foreign, table};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The libraries that read what others have written: these we have read ourselves.
const PARSERS: [&str; 10] = [
    "arrow-ipc",
    "calamine",
    "csv",
    "csv-core",
    "parquet",
    "pest",
    "quick-xml",
    "serde_json",
    "tower-lsp-server",
    "zip",
];

/// `name version` of each entry of a section, with the entry.
fn entries<'a>(table: &'a Table, section: &str) -> BTreeMap<String, &'a Value> {
    let crates = table[section].as_table().expect("a table");
    let entries = crates.iter().flat_map(|(name, entries)| {
        let entries = entries.as_array().expect("a list").iter();
        entries.map(move |entry| {
            let version = entry["version"].as_str().expect("a version");
            (format!("{name} {version}"), entry)
        })
    });
    let mut found = BTreeMap::new();
    for (id, entry) in entries {
        assert!(
            found.insert(id.clone(), entry).is_none(),
            "{id} stands twice"
        );
    }
    found
}

#[test]
fn every_crate_is_read_by_us_or_exempted_by_name() {
    let (config, audits) = (
        table("supply-chain/config.toml"),
        table("supply-chain/audits.toml"),
    );
    let (exempted, read) = (entries(&config, "exemptions"), entries(&audits, "audits"));
    let crates = foreign();
    let locked: BTreeMap<String, &str> = crates
        .iter()
        .map(|found| {
            (
                format!("{} {}", found.name, found.version),
                found.name.as_str(),
            )
        })
        .collect();
    let neither: Vec<String> = locked
        .iter()
        .filter(|(id, _)| !exempted.contains_key(*id))
        .map(|(id, name)| {
            let version = id.rsplit(' ').next().unwrap_or_default();
            format!(
                "[[exemptions.{name}]]\nversion = \"{version}\"\ncriteria = \"safe-to-deploy\"\n"
            )
        })
        .collect();
    assert!(
        neither.is_empty(),
        "look at them, then write in supply-chain/config.toml:\n\n{}",
        neither.join("\n")
    );
    for id in exempted.keys().chain(read.keys()) {
        assert!(
            locked.contains_key(id),
            "{id} is not in Cargo.lock: take it out of supply-chain/"
        );
    }
    let unread = exempted.keys().filter(|id| !read.contains_key(*id)).count();
    println!("FIGURE;G3;crates of others in Cargo.lock;{}", locked.len());
    println!(
        "FIGURE;G3;crates whose unsafe code, build scripts and reach we have read;{}",
        read.len()
    );
    println!("FIGURE;G3;crates exempted by name and not read by us;{unread}");
    println!(
        "FIGURE;G3;crates neither read nor exempted;{}",
        neither.len()
    );
}

/// A new version of a parser is read before it comes in, or it says so itself.
#[test]
fn the_parsers_are_read_in_the_version_that_is_used() {
    let audits = table("supply-chain/audits.toml");
    let read = entries(&audits, "audits");
    for found in foreign() {
        if PARSERS.contains(&found.name.as_str()) {
            let entry = read.get(&format!("{} {}", found.name, found.version));
            let entry = entry.unwrap_or_else(|| panic!("{found:?} has not been read"));
            assert_eq!(
                entry["criteria"].as_str(),
                Some("read-at-the-edges"),
                "{found:?}"
            );
            let notes = entry["notes"].as_str().expect("what was found");
            assert!(100 < notes.len(), "{found:?} says too little: {notes}");
        }
    }
    assert!(audits["criteria"]["read-at-the-edges"]["description"].is_str());
}
