//! This project's own rules, as tests: the walls between the crates, the size of files, and that the
//! README's map is true. What may come in from others is held in `tests/supply`.

use std::path::{Path, PathBuf};

/// The crates, lowest first. A crate may use those below it and none above.
const STACK: [(&str, &str, &[&str]); 10] = [
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
    // It builds with little, so that a release can list what it is made of.
    ("tests/supply", "hjemmel-supply", &[]),
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

/// Where a process is started in what is shipped, and why stands there.
const STARTS_A_PROCESS: [&str; 4] = [
    "cli/src/account/verify.rs",
    "cli/src/compare/git.rs",
    "cli/src/guarded.rs",
    "cli/src/lsp.rs",
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

#[test]
fn a_crate_uses_only_those_below_it() {
    for (folder, package, allowed) in STACK {
        let manifest = read(&root().join(folder).join("Cargo.toml"));
        assert!(
            manifest.contains(&format!("name = \"{package}\"")),
            "{folder} is {package}"
        );
        let (shipped, tested) = manifest
            .split_once("[dev-dependencies]")
            .unwrap_or((&manifest, ""));
        // What is invented for tests is for tests, of any crate.
        for (part, invented) in [(shipped, ""), (tested, "hjemmel-tests")] {
            for line in part.lines().filter(|line| line.starts_with("hjemmel")) {
                let used = line.split(['.', ' ', '=']).next().unwrap_or_default();
                let is_allowed = allowed.contains(&used) || used == invented;
                assert!(is_allowed, "{folder} must not use {used}");
            }
        }
    }
}

#[test]
fn the_engine_reads_no_file_and_no_clock() {
    let mut read_through = 0;
    for folder in ["dsl-grammar/src", "engine/src", "ide/src"] {
        for file in files(&root().join(folder), ".rs") {
            read_through += 1;
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
    println!(
        "FIGURE;B5;files of the engine, the grammar and the editor's part looked through;{read_through}"
    );
    println!("FIGURE;B5;files of them that ask the clock;0");
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

/// No code of ours that is shipped names a socket, and where one starts a process, it is named above. Clippy refuses
/// what is in `clippy.toml` wherever the root of a crate says so; here is that they all do.
#[test]
fn what_is_shipped_starts_no_process_and_opens_no_socket() {
    let clippy = read(&root().join("clippy.toml"));
    for banned in [
        "std::process::Command::new",
        "std::env::set_var",
        "std::env::remove_var",
        "std::net::TcpStream",
        "std::net::TcpListener",
        "std::net::UdpSocket",
        "std::os::unix::net::UnixStream",
    ] {
        let line = format!("path = \"{banned}\"");
        assert!(clippy.contains(&line), "clippy.toml lacks {banned}");
    }
    let denied =
        "#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]";
    let (mut starts, mut crates) = (Vec::new(), 0);
    for (folder, package, _) in STACK {
        // These are no part of the program.
        if ["hjemmel-bench", "hjemmel-fuzz", "hjemmel-supply"].contains(&package) {
            continue;
        }
        crates += 1;
        let source = root().join(folder).join("src");
        let roots = ["lib.rs", "main.rs"].map(|name| source.join(name));
        let top = roots.iter().find(|path| path.exists()).expect("a root");
        assert!(
            read(top).contains(denied),
            "{} does not deny",
            top.display()
        );
        for file in files(&source, ".rs") {
            let text = read(&file);
            let name = file
                .strip_prefix(root())
                .expect("ours")
                .display()
                .to_string();
            let own = text.replace(denied, "");
            for banned in ["std::net", "TcpStream", "UdpSocket", "UnixStream"] {
                assert!(!own.contains(banned), "{name} names {banned}");
            }
            if own.contains("clippy::disallowed") {
                starts.push(name);
            }
        }
    }
    starts.sort();
    assert_eq!(starts, STARTS_A_PROCESS, "another process is started");
    println!("FIGURE;F9;crates whose lints refuse to start a process or open a socket;{crates}");
    println!(
        "FIGURE;F9;places that start a process, each with its reason;{}",
        starts.len()
    );
}

/// `unsafe` is refused by the compiler in all that is ours, and so is what ends a program in the middle.
#[test]
fn no_code_of_ours_is_unsafe() {
    let workspace = read(&root().join("Cargo.toml"));
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    for lint in [
        "unwrap_used",
        "expect_used",
        "panic",
        "unreachable",
        "todo",
        "unimplemented",
        "indexing_slicing",
        "string_slice",
        "allow_attributes",
        "allow_attributes_without_reason",
    ] {
        let line = format!("{lint} = \"deny\"");
        assert!(workspace.contains(&line), "{lint} is not denied");
    }
    let members = workspace.split("members = [").nth(1).expect("members");
    let members = members.split(']').next().expect("members").split(',');
    let members: Vec<&str> = members.map(|name| name.trim().trim_matches('"')).collect();
    let (mut unsafe_code, mut allowed) = (0, 0);
    for member in &members {
        let manifest = read(&root().join(member).join("Cargo.toml"));
        let own = manifest.contains("[lints]\nworkspace = true");
        let forbids = own || manifest.contains("unsafe_code = \"forbid\"");
        assert!(forbids, "{member} may be unsafe");
        for file in files(&root().join(member), ".rs") {
            let text = read(&file);
            let attribute = |line: &&str| {
                let line = line.trim_start();
                line.starts_with("#[") || line.starts_with("#![")
            };
            unsafe_code += text.matches("unsafe {").count();
            let attributes = text.lines().filter(attribute);
            allowed += attributes.filter(|line| line.contains("[allow(")).count();
        }
    }
    // These very lines say both.
    assert_eq!(
        (unsafe_code, allowed),
        (1, 0),
        "an exception without a named reason"
    );
    println!("FIGURE;F8;crates that forbid unsafe code;{}", members.len());
    println!("FIGURE;F8;exceptions without a named reason;0");
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
