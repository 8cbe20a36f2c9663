//! The list of what the program is made of, as CycloneDX 1.5: every crate of `Cargo.lock`, no more and no fewer.
//!
//! It holds no time and no random number: the same lock file gives the same bytes.

use crate::Locked;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is known beside the lock file.
#[derive(Debug, Default)]
pub struct Known {
    /// Crates, as `name version`, that are linked into the program.
    pub linked: BTreeSet<String>,
    /// Crates that run while it is built; the others serve tests, tools and other kinds of machines.
    pub building: BTreeSet<String>,
    /// The licences of crates, as SPDX expressions.
    pub licences: BTreeMap<String, String>,
}

impl Known {
    /// Asks Cargo.
    ///
    /// # Errors
    ///
    /// What Cargo says when it cannot tell.
    pub fn asked() -> Result<Self, String> {
        let metadata = crate::metadata()?;
        let packages = metadata.get("packages").and_then(Value::as_array);
        let licences = packages.into_iter().flatten().filter_map(|package| {
            let field = |name| package.get(name).and_then(Value::as_str);
            let licence = field("license")?.replace('/', " OR ");
            Some((format!("{} {}", field("name")?, field("version")?), licence))
        });
        Ok(Self {
            linked: crate::used("normal,no-proc-macro")?,
            building: crate::used("normal,build")?,
            licences: licences.collect(),
        })
    }
}

/// The list. `version` is the program's.
#[must_use]
pub fn sbom(crates: &[Locked], known: &Known, version: &str) -> Value {
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": reference("hjemmel", version),
            "name": "hjemmel",
            "version": version,
            "licenses": [{"expression": "MIT OR Apache-2.0"}],
        }},
        "components": crates
            .iter()
            .filter(|found| found.name != "hjemmel")
            .map(|found| component(found, known))
            .collect::<Vec<_>>(),
        "dependencies": crates
            .iter()
            .map(|found| json!({
                "ref": reference(&found.name, &found.version),
                "dependsOn": found
                    .dependencies
                    .iter()
                    .filter_map(|dependency| resolved(dependency, crates))
                    .collect::<Vec<_>>(),
            }))
            .collect::<Vec<_>>(),
    })
}

/// One crate.
fn component(found: &Locked, known: &Known) -> Value {
    let id = format!("{} {}", found.name, found.version);
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(&found.name, &found.version),
        "name": found.name,
        "version": found.version,
        "scope": if known.linked.contains(&id) { "required" } else { "excluded" },
        "properties": [{"name": "hjemmel:use", "value": purpose(&id, known)}],
    });
    let Some(fields) = component.as_object_mut() else {
        return component;
    };
    if found.source.is_some() {
        fields.insert(
            "purl".to_owned(),
            json!(reference(&found.name, &found.version)),
        );
    }
    if let Some(checksum) = &found.checksum {
        fields.insert(
            "hashes".to_owned(),
            json!([{"alg": "SHA-256", "content": checksum}]),
        );
    }
    if let Some(licence) = known.licences.get(&id) {
        fields.insert("licenses".to_owned(), json!([{"expression": licence}]));
    }
    component
}

/// What a crate is here for.
fn purpose(id: &str, known: &Known) -> &'static str {
    if known.linked.contains(id) {
        "linked into the program"
    } else if known.building.contains(id) {
        "runs while the program is built"
    } else {
        "tests, tools or other kinds of machines"
    }
}

/// A crate as a package URL, which is also its name within the list.
fn reference(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// What a dependency in the lock file points at: `name`, `name version` or `name version (source)`.
fn resolved(dependency: &str, crates: &[Locked]) -> Option<String> {
    let mut words = dependency.split(' ');
    let (name, version) = (words.next()?, words.next());
    let found = crates.iter().find(|found| {
        found.name == name && version.is_none_or(|version| found.version == version)
    })?;
    Some(reference(&found.name, &found.version))
}
