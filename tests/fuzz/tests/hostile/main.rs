//! Input that means harm, or is broken, on the compiler that ships.

mod columns;
mod growth;
mod nesting;
mod seeds;
mod sweep;

use hjemmel_fuzz::TARGETS;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder and of those in it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let below = paths.into_iter().flat_map(|path| match path.is_dir() {
        true => files(&path),
        false => vec![path],
    });
    below.collect()
}

/// Nothing that was ever found comes back.
#[test]
fn every_target_holds_on_its_corpus() {
    let corpus = root().join("tests/fuzz/corpus");
    let mut bytes = 0;
    for (name, target) in TARGETS {
        let folder = corpus.join(name);
        let inputs = if folder.is_dir() {
            files(&folder)
        } else {
            Vec::new()
        };
        for input in inputs {
            println!("{}", input.display());
            let input = std::fs::read(input).unwrap();
            bytes += input.len();
            target(&input);
        }
    }
    assert!(bytes < 2_000_000, "the corpus has {bytes} bytes");
}

/// What ran of each target, by the command that ran it.
#[test]
fn the_ledger_names_every_target() {
    let folder = root().join("tests/fuzz");
    let ledger = std::fs::read_to_string(folder.join("LEDGER.csv")).unwrap();
    let mut rows = ledger
        .lines()
        .map(|line| line.split(';').collect::<Vec<_>>());
    let headings = [
        "target",
        "commit",
        "date",
        "executions",
        "cpu_seconds",
        "edges",
        "findings",
    ];
    assert_eq!(rows.next().unwrap(), headings);
    let rows: Vec<Vec<&str>> = rows.collect();
    let runner = std::fs::read_to_string(folder.join("libfuzzer/Cargo.toml")).unwrap();
    let script = std::fs::read_to_string(folder.join("run")).unwrap();
    let all = TARGETS.map(|(name, _)| name).join(" ");
    assert!(
        script.contains(&format!("all=({all})")),
        "run lacks a target of: {all}"
    );
    for (name, _) in TARGETS {
        assert!(
            runner.contains(&format!("name = \"{name}\"")),
            "{name} has no program"
        );
        let own = rows.iter().filter(|row| row[0] == name);
        let executed = own.map(|row| row[3].parse::<u64>().expect("a number"));
        let executed: u64 = executed.sum();
        println!("FIGURE;C1;executions of {name};{executed}");
        assert!(rows.iter().any(|row| row[0] == name), "{name} is not named");
    }
    for row in rows {
        assert_eq!(row.len(), headings.len(), "{row:?}");
        let known = TARGETS.iter().any(|(name, _)| *name == row[0]);
        assert!(
            known && row[1..].iter().all(|cell| !cell.is_empty()),
            "{row:?}"
        );
    }
}
