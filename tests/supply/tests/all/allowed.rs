//! What may come in: the licences, bans and sources of `deny.toml`, which cargo-deny reads too.

use crate::{lock, table};
use hjemmel_supply::{Locked, metadata, used};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use toml::Table;

/// The strings at a place in a TOML file.
fn strings<'a>(table: &'a Table, section: &str, name: &str) -> Vec<&'a str> {
    let list = table[section][name].as_array().expect("a list");
    list.iter()
        .map(|text| text.as_str().expect("a text"))
        .collect()
}

/// The crates that are banned, or with `several` those that may come in one version only.
fn banned(deny: &Table, several: bool) -> Vec<&str> {
    let list = deny["bans"]["deny"].as_array().expect("a list");
    list.iter()
        .filter(|ban| ban.get("deny-multiple-versions").is_some() == several)
        .map(|ban| ban["crate"].as_str().expect("a name"))
        .collect()
}

/// Whether an SPDX expression can be met with the licences that are allowed: every part joined by `AND` has an
/// alternative that is one.
fn permissive(expression: &str, allowed: &[&str]) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    let mut parts = plain.split(" AND ");
    !expression.is_empty()
        && parts.all(|part| {
            part.split(" OR ")
                .any(|licence| allowed.contains(&licence.trim()))
        })
}

/// What is against `deny.toml` in the packages that Cargo names (`cargo metadata`) and in a lock file.
fn breaches(deny: &Table, metadata: &Value, crates: &[Locked]) -> Vec<String> {
    let mut found = Vec::new();
    let allowed = strings(deny, "licenses", "allow");
    for package in metadata["packages"].as_array().expect("packages") {
        let (name, licence) = (
            &package["name"],
            package["license"].as_str().unwrap_or_default(),
        );
        if !permissive(licence, &allowed) {
            found.push(format!("{name} has the licence {licence:?}"));
        }
    }
    for entry in deny["bans"]["features"].as_array().expect("a list") {
        let banned = strings_of(&entry["deny"]);
        let name = entry["crate"].as_str().expect("a name");
        for node in metadata["resolve"]["nodes"].as_array().expect("nodes") {
            let id = node["id"].as_str().expect("an id");
            let features = node["features"].as_array().expect("features");
            let on = |feature: &&Value| feature.as_str().is_some_and(|on| banned.contains(&on));
            if id.contains(&format!("#{name}@")) && features.iter().any(|feature| on(&feature)) {
                found.push(format!("{name} has a feature of {banned:?}"));
            }
        }
    }
    let (banned, single) = (banned(deny, false), banned(deny, true));
    let registries = strings(deny, "sources", "allow-registry");
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for Locked { name, source, .. } in crates {
        if banned.contains(&name.as_str()) {
            found.push(format!("{name} is banned"));
        }
        *versions.entry(name).or_default() += 1;
        let registry = |source: &String| {
            let registry = source.strip_prefix("registry+").unwrap_or_default();
            !registries.contains(&registry)
        };
        if source.as_ref().is_some_and(registry) {
            found.push(format!("{name} comes from {source:?}"));
        }
    }
    for name in single {
        match versions.get(name) {
            Some(1) => {}
            Some(several) => found.push(format!("{name} comes in {several} versions")),
            None => found.push(format!("{name} is named for nothing: it is not used")),
        }
    }
    found
}

fn strings_of(list: &toml::Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|text| text.as_str().expect("a text"))
        .collect()
}

#[test]
fn nothing_comes_in_that_is_not_allowed() {
    let (deny, crates) = (table("deny.toml"), lock());
    let metadata = metadata().expect("cargo metadata");
    let found = breaches(&deny, &metadata, &crates);
    assert!(found.is_empty(), "{}", found.join("\n"));
    println!(
        "FIGURE;G2;crates held against licences, bans and sources;{}",
        crates.len()
    );
    println!("FIGURE;G2;crates against them;{}", found.len());
}

/// Each kind of breach, planted: none goes by.
#[test]
fn a_breach_of_every_kind_is_seen() {
    let deny = table("deny.toml");
    let metadata = json!({
        "packages": [
            {"name": "fine", "license": "(MIT OR GPL-3.0) AND Zlib"},
            {"name": "viral", "license": "MIT AND GPL-3.0"},
            {"name": "silent"},
        ],
        "resolve": {"nodes": [
            {"id": "registry+x#tokio@1.0.0", "features": ["rt", "net"]},
            {"id": "registry+x#tokio-util@1.0.0", "features": ["net"]},
        ]},
    });
    let one = |name: &str, source: &str| Locked {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        source: Some(source.to_owned()),
        checksum: None,
        dependencies: Vec::new(),
    };
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    let mut crates: Vec<Locked> = banned(&deny, true)
        .into_iter()
        .map(|name| one(name, registry))
        .collect();
    crates.extend([
        one("hyper", registry),
        one("serde", registry),
        one("forked", "git+https://example.org/forked#12ab"),
        one("elsewhere", "registry+https://example.org/index"),
    ]);
    assert_eq!(
        breaches(&deny, &metadata, &crates),
        [
            "\"viral\" has the licence \"MIT AND GPL-3.0\"",
            "\"silent\" has the licence \"\"",
            "tokio has a feature of [\"net\", \"process\", \"full\"]",
            "hyper is banned",
            "forked comes from Some(\"git+https://example.org/forked#12ab\")",
            "elsewhere comes from Some(\"registry+https://example.org/index\")",
            "serde comes in 2 versions",
        ]
    );
}

/// Fewer crates are fewer people to trust: at most 180 become part of the program.
#[test]
fn the_program_is_made_of_few_crates() {
    let own = |name: &String| name.starts_with("hjemmel");
    let linked = used("normal,no-proc-macro").expect("cargo tree");
    let built = used("normal,build").expect("cargo tree");
    let count = linked.iter().filter(|name| !own(name)).count();
    let building = built.difference(&linked).count();
    println!("FIGURE;G2;crates of others linked into the program;{count}");
    println!("FIGURE;G2;crates of others that run only while it is built;{building}");
    assert!((100..=180).contains(&count), "{count} crates");
    assert!(linked.is_subset(&built));
}
