//! What is known against the crates that are used: the record in `supply-chain/advisories.toml` of what RustSec
//! held on a day. It says what was looked up and when; it cannot know what came after.

use crate::{foreign, table};
use hjemmel_supply::{root, used};
use semver::{Version, VersionReq};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toml::Value;

fn texts<'a>(entry: &'a Value, name: &str) -> Vec<&'a str> {
    let list = entry.get(name).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Whether a version is outside what an advisory speaks of.
fn outside(advisory: &Value, version: &str) -> bool {
    let version = Version::parse(version).expect("a version");
    let within = |range: &&str| VersionReq::parse(range).expect(range).matches(&version);
    texts(advisory, "patched").iter().any(within)
        || texts(advisory, "unaffected").iter().any(within)
}

/// Whether the reason for which an advisory is accepted still holds.
fn acceptable(advisory: &Value, id: &str) -> Result<(), String> {
    if advisory
        .get("accepted")
        .and_then(Value::as_str)
        .is_none_or(|reason| reason.len() < 40)
    {
        return Err("no reason is given".to_owned());
    }
    if let Some(function) = advisory.get("not_called").and_then(Value::as_str)
        && let Some(file) = sources().iter().find(|file| named(file, function))
    {
        return Err(format!("{} names {function}", file.display()));
    }
    let linked = || used("normal,no-proc-macro").expect("cargo tree");
    if advisory.get("not_linked").is_some() && linked().contains(id) {
        return Err("it is linked into the program".to_owned());
    }
    Ok(())
}

/// Every source of the program.
fn sources() -> Vec<PathBuf> {
    let crates = [
        "cli",
        "dsl-grammar",
        "engine",
        "extracts",
        "ide",
        "lsp",
        "reports",
    ];
    let mut folders: Vec<PathBuf> = crates.map(|name| root().join(name).join("src")).into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    assert!(
        100 < found.len(),
        "too few sources to be true: {}",
        found.len()
    );
    found
}

fn named(file: &Path, function: &str) -> bool {
    std::fs::read_to_string(file)
        .expect("a source")
        .contains(function)
}

#[test]
fn nothing_known_on_the_day_of_the_record_speaks_of_a_version_that_is_used() {
    let record = table("supply-chain/advisories.toml");
    let looked: BTreeSet<&str> = texts(&record["record"], "crates").into_iter().collect();
    let mut crates: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in foreign() {
        crates.entry(found.name).or_default().push(found.version);
    }
    for name in crates.keys() {
        assert!(
            looked.contains(name.as_str()),
            "{name} has not been looked up: https://rustsec.org/packages/{name}.html"
        );
    }
    for name in &looked {
        assert!(crates.contains_key(*name), "{name} is no longer used");
    }

    let (mut open, mut accepted) = (Vec::new(), 0);
    let advisories = record["advisory"].as_array().expect("advisories");
    for advisory in advisories {
        let (id, name) = (
            advisory["id"].as_str(),
            advisory["crate"].as_str().expect("a name"),
        );
        assert!(
            looked.contains(name),
            "{id:?} is about {name}, which is not used"
        );
        for version in crates.get(name).into_iter().flatten() {
            if outside(advisory, version) {
                continue;
            }
            match acceptable(advisory, &format!("{name} {version}")) {
                Ok(()) => accepted += 1,
                Err(why) => open.push(format!("{id:?} speaks of {name} {version}: {why}")),
            }
        }
    }
    println!(
        "FIGURE;G1;crates looked up among the advisories;{}",
        looked.len()
    );
    println!(
        "FIGURE;G1;advisories found about them, of any version;{}",
        advisories.len()
    );
    println!(
        "FIGURE;G1;advisories that speak of a version in use, accepted with a reason;{accepted}"
    );
    println!(
        "FIGURE;G1;advisories that speak of a version in use, open;{}",
        open.len()
    );
    assert!(open.is_empty(), "{}", open.join("\n"));
    for field in ["looked_up", "newest_seen"] {
        let day = record["record"][field].as_str().expect("a day");
        assert_eq!(day.len(), "2026-11-22".len(), "{field}");
    }
}

/// An acceptance is worth no more than its reason.
#[test]
fn a_reason_that_no_longer_holds_is_seen() {
    let accept = |text: &str| {
        let advisory: Value = text.parse::<toml::Table>().expect("TOML").into();
        acceptable(&advisory, "chrono 0.4.45").is_ok()
    };
    let reason = "accepted = 'A reason that is long enough to be one, in a sentence.'\n";
    assert!(accept(reason));
    assert!(accept(&format!(
        "{reason}not_called = 'downcast_mut_of_nothing'"
    )));
    assert!(!accept("accepted = 'Fine.'"));
    assert!(!accept(&format!("{reason}not_called = 'catch_unwind'")));
    let linked = foreign()
        .into_iter()
        .find(|found| found.name == "chrono")
        .expect("chrono");
    let advisory: Value = format!("{reason}not_linked = true")
        .parse::<toml::Table>()
        .expect("TOML")
        .into();
    assert!(acceptable(&advisory, &format!("chrono {}", linked.version)).is_err());
}

#[test]
fn ranges_are_read_as_cargo_reads_them() {
    let advisory: Value = toml::from_str::<toml::Table>(
        "patched = ['>= 1.38.2, < 1.39.0', '>= 1.44.2']\nunaffected = ['< 0.2.5']",
    )
    .expect("TOML")
    .into();
    let versions = [
        "0.2.4", "0.2.5", "1.38.1", "1.38.2", "1.39.0", "1.44.1", "1.44.2",
    ];
    assert_eq!(
        versions.map(|version| outside(&advisory, version)),
        [true, false, false, true, false, false, true]
    );
}
