//! The list of what the program is made of says what the lock file says.

use crate::lock;
use hjemmel_supply::sbom::{Known, sbom};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_list_is_the_lock_file() {
    let crates = lock();
    let known = Known::asked().expect("cargo");
    let list = sbom(&crates, &known, "0.1.0");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let all = list["components"].as_array().expect("components");

    // Name, version and checksum, the program itself apart: the same set, none twice.
    let listed: Vec<(Option<String>, Option<String>, Option<String>)> = all
        .iter()
        .map(|one| {
            (
                text(&one["name"]),
                text(&one["version"]),
                text(&one["hashes"][0]["content"]),
            )
        })
        .collect();
    let locked: BTreeSet<_> = crates
        .iter()
        .filter(|found| found.name != "hjemmel")
        .map(|found| {
            (
                Some(found.name.clone()),
                Some(found.version.clone()),
                found.checksum.clone(),
            )
        })
        .collect();
    let differ = listed.iter().cloned().collect::<BTreeSet<_>>();
    let differ = differ.symmetric_difference(&locked).count();
    println!("FIGURE;G4;crates in the list;{}", listed.len());
    println!("FIGURE;G4;crates in the list or in Cargo.lock and not in both;{differ}");
    assert_eq!((differ, listed.len()), (0, locked.len()));

    // What is linked is what Cargo links, and what is linked has a licence.
    let required: Vec<&Value> = all
        .iter()
        .filter(|one| one["scope"] == "required")
        .collect();
    assert_eq!(required.len() + 1, known.linked.len());
    for one in required {
        let own = one["name"]
            .as_str()
            .is_some_and(|name| name.starts_with("hjemmel"));
        assert!(one["licenses"][0]["expression"].is_string(), "{one}");
        assert!(
            own || one["hashes"][0]["content"]
                .as_str()
                .is_some_and(|hash| hash.len() == 64)
        );
    }

    // Every dependency of the lock file points at a component.
    let references: BTreeSet<&str> = all
        .iter()
        .filter_map(|one| one["bom-ref"].as_str())
        .collect();
    let edges = list["dependencies"].as_array().expect("dependencies");
    let pointed: Vec<&str> = edges
        .iter()
        .flat_map(|edge| edge["dependsOn"].as_array().expect("a list"))
        .filter_map(Value::as_str)
        .collect();
    let told: usize = crates.iter().map(|found| found.dependencies.len()).sum();
    assert_eq!(pointed.len(), told);
    assert!(pointed.iter().all(|name| references.contains(name)));

    // Made again, it is the same to the byte: no time, no random number.
    assert_eq!(list.to_string(), sbom(&crates, &known, "0.1.0").to_string());
}
