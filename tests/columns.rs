//! The Helsingør extract, read by cases and in columns: the same cases come out.

#![cfg(test)]

use hjemmel_engine::columns::{Batch, Reads};
use hjemmel_extracts::{ColumnOptions, Options, read, read_columns};
use hjemmel_grammar::Sources;
use std::ops::ControlFlow;
use std::path::Path;

/// Adds the rule files of a folder and of those in it.
fn add(sources: &mut Sources, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(sources, &path);
        } else if path.extension().is_some_and(|ending| ending == "regel") {
            let text = std::fs::read_to_string(&path).unwrap();
            sources.add(path.display().to_string(), text);
        }
    }
}

#[test]
fn the_extract_of_helsingør_says_the_same_in_columns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = Sources::new();
    add(&mut sources, &root.join("rules"));
    let model = hjemmel_engine::check_rules(&sources).model;
    let (path, reads) = (root.join("tests/helsingor/udtræk"), Reads::all(&model));
    let extract = read(&path, &model, &Options::default()).unwrap();
    assert!(extract.cases.len() > 800);
    for sorted in [false, true] {
        let options = ColumnOptions {
            extract: Options::default(),
            reads: &reads,
            sorted,
            cases: 200,
            progress: None,
        };
        let mut expected = extract.cases.chunks(200);
        let columns = read_columns(&path, &model, &options, &mut |slice| {
            let cases = expected.next().unwrap();
            assert_eq!(slice.batch, Batch::from_cases(&model, cases).unwrap());
            assert!(
                slice
                    .keys
                    .iter()
                    .eq(cases.iter().map(|case| case.id.reveal()))
            );
            ControlFlow::Continue(())
        });
        let columns = columns.unwrap();
        assert!(expected.next().is_none());
        assert_eq!(columns.problems, extract.problems);
        assert_eq!(
            (columns.hash, columns.rows),
            (extract.hash.clone(), extract.rows.clone())
        );
    }
}
