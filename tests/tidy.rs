//! This project's own rules, as tests: the walls between the crates, the licences of what is used,
//! the size of files, and that the README's map is true.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates, lowest first. A crate may use those below it and none above.
const STACK: [(&str, &str, &[&str]); 9] = [
    ("dsl-grammar", "hjemmel-grammar", &[]),
    ("engine", "hjemmel-engine", &["hjemmel-grammar"]),
    (
        "extracts",
        "hjemmel-extracts",
        &["hjemmel-grammar", "hjemmel-engine"],
    ),
    (
        "reports",
        "hjemmel-reports",
        &["hjemmel-grammar", "hjemmel-engine", "hjemmel-extracts"],
    ),
    ("ide", "hjemmel-ide", &["hjemmel-grammar", "hjemmel-engine"]),
    ("lsp", "hjemmel-lsp", &["hjemmel-ide"]),
    (
        "cli",
        "hjemmel",
        &[
            "hjemmel-grammar",
            "hjemmel-engine",
            "hjemmel-extracts",
            "hjemmel-reports",
            "hjemmel-ide",
            "hjemmel-lsp",
        ],
    ),
    // Nobody uses it.
    (
        "tests/bench",
        "hjemmel-bench",
        &["hjemmel-grammar", "hjemmel-engine", "hjemmel-extracts"],
    ),
    (
        "tests/fuzz",
        "hjemmel-fuzz",
        &[
            "hjemmel-grammar",
            "hjemmel-engine",
            "hjemmel-extracts",
            "hjemmel-ide",
            "hjemmel-lsp",
        ],
    ),
];

/// Licences that ask for no more than their own text.
const LICENCES: [&str; 12] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
    "0BSD",
    "CC0-1.0",
    "MIT-0",
    "BSL-1.0",
];

/// Crates that must never come in: they open connections, or are no longer kept.
const BANNED: [&str; 8] = [
    "reqwest",
    "hyper",
    "ureq",
    "openssl",
    "native-tls",
    "curl",
    "serde_yaml",
    "lsp-types",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder whose name ends so, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() && !path.ends_with("target") {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The packages that Cargo resolves, as the JSON of `cargo metadata`.
fn metadata() -> serde_json::Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    // Only what is built here has been fetched here.
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("a host");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("cargo metadata speaks JSON")
}

#[test]
fn a_crate_uses_only_those_below_it() {
    for (folder, package, allowed) in STACK {
        let manifest = read(&root().join(folder).join("Cargo.toml"));
        assert!(
            manifest.contains(&format!("name = \"{package}\"")),
            "{folder} is {package}"
        );
        for line in manifest.lines().filter(|line| line.starts_with("hjemmel")) {
            let used = line.split(['.', ' ', '=']).next().unwrap_or_default();
            assert!(allowed.contains(&used), "{folder} must not use {used}");
        }
    }
}

#[test]
fn the_engine_reads_no_file_and_no_clock() {
    for folder in ["dsl-grammar/src", "engine/src", "ide/src"] {
        for file in files(&root().join(folder), ".rs") {
            for banned in [
                "std::fs",
                "std::env",
                "std::net",
                "Local::now",
                "Utc::now",
                "SystemTime",
            ] {
                let found = read(&file)
                    .lines()
                    .any(|line| line.contains(banned) && !line.trim_start().starts_with("//"));
                assert!(!found, "{} names {banned}", file.display());
            }
        }
    }
}

#[test]
fn only_lsp_knows_the_protocol() {
    for folder in ["dsl-grammar", "engine", "extracts", "reports", "ide", "cli"] {
        for file in files(&root().join(folder), ".rs") {
            for protocol in ["tower_lsp", "ls_types", "lsp_types"] {
                assert!(
                    !read(&file).contains(protocol),
                    "{} names {protocol}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn every_file_says_what_lives_in_it() {
    for (folder, _, _) in STACK {
        for file in files(&root().join(folder).join("src"), ".rs") {
            assert!(
                read(&file).starts_with("//!"),
                "{} has no heading",
                file.display()
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    let mut long = Vec::new();
    for (folder, _, _) in STACK {
        for file in files(&root().join(folder).join("src"), ".rs") {
            let lines = read(&file).lines().count();
            if 800 < lines {
                long.push(format!("{} has {lines} lines", file.display()));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn licences_are_permissive_and_nothing_banned_comes_in() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(
        50 < packages.len(),
        "too few packages to be true: {}",
        packages.len()
    );
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        assert!(!BANNED.contains(&name), "{name} is banned");
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(permissive(licence), "{name} has the licence {licence:?}");
        let source = package["source"].as_str().unwrap_or("path");
        assert!(
            !source.starts_with("git"),
            "{name} comes from a git repository"
        );
    }
}

/// Whether an SPDX expression can be met with permissive licences: every part joined by `AND` has
/// an alternative that is one.
fn permissive(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    let and: Vec<&str> = plain.split(" AND ").collect();
    !expression.is_empty()
        && and.iter().all(|part| {
            part.split(" OR ").any(|licence| {
                let licence = licence.split(" WITH ").next().unwrap_or_default();
                LICENCES.contains(&licence.trim())
            })
        })
}

#[test]
fn one_version_of_each_library_that_we_name() {
    let metadata = metadata();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let (name, version) = (package["name"].as_str(), package["version"].as_str());
        versions
            .entry(name.unwrap_or_default())
            .or_default()
            .extend(version);
    }
    for name in [
        "chrono", "pest", "serde", "miette", "calamine", "clap", "tokio",
    ] {
        let found = versions.get(name).map_or(0, Vec::len);
        assert!(found <= 1, "{name} comes in {found} versions");
    }
}

#[test]
fn the_readme_names_what_is_there() {
    let readme = read(&root().join("README.md"));
    for (folder, _, _) in STACK {
        assert!(
            readme.contains(&format!("`{folder}/`")),
            "the map lacks {folder}"
        );
    }
    for link in readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        let path = link.split('#').next().unwrap_or_default();
        if !path.is_empty() && !path.contains("://") {
            assert!(
                root().join(path).exists(),
                "README links to {path}, which is not there"
            );
        }
    }
}

/// What the README shows of a rule file stands there word for word.
#[test]
fn the_readme_quotes_the_rules() {
    let readme = read(&root().join("README.md"));
    let mut quoted = 0;
    for (before, rest) in readme
        .match_indices(".regel):\n\n```\n")
        .map(|(at, found)| {
            let (before, rest) = readme.split_at(at);
            (before, &rest[found.len()..])
        })
    {
        let path = before.rsplit("](").next().expect("a link").to_owned() + ".regel";
        let quote = rest.split("\n```").next().expect("a block");
        assert!(
            read(&root().join(&path)).contains(quote),
            "the README quotes what {path} does not say"
        );
        quoted += 1;
    }
    assert_eq!(quoted, 2, "the README quotes a rule and an example");
}
