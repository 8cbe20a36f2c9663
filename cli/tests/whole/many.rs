//! Memory with many files: the shipped rules, over and over, each time as a folder of its own.

use crate::desk::rule_files;
use crate::editor::Editor;
use crate::figure;
use crate::memory::resident;
use crate::questions;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many folders make more than two hundred files.
const COPIES: usize = 5;

#[ignore = "minutes: tests/whole/soak runs it"]
#[test]
fn two_hundred_files_fit() {
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let rules = rule_files(&crate::folder("rules"));
    let (mut files, mut lines) = (Vec::new(), 0);
    let roots: Vec<PathBuf> = (0..COPIES)
        .map(|n| folder.path().join(format!("regler {n}")))
        .collect();
    for root in &roots {
        for (name, text) in &rules {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            lines += text.lines().count();
            files.push(path.to_str().unwrap().to_owned());
        }
    }
    let roots: Vec<&Path> = roots.iter().map(PathBuf::as_path).collect();
    let mut editor = Editor::start(&roots);
    for path in &files {
        questions::all_about(path, &mut editor);
        editor.settle();
    }
    while editor.quiet() < Duration::from_millis(500) {
        editor.listen(Duration::from_millis(50));
    }
    let mebibytes = resident(editor.process()) / 1024;
    figure("E6", "rule files that are warm", files.len());
    figure("E6", "lines in them", lines);
    figure("E6", "MiB when they are warm", mebibytes);
    assert!(editor.faults.is_empty(), "{:#?}", editor.faults);
    assert!(mebibytes <= 300, "{mebibytes} MiB");
    assert!(editor.end().0.success());
}
