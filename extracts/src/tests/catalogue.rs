//! Every folder of `test_data/bad` is an extract with something wrong, beside what is said of it.
//!
//! `HJEMMEL_UPDATE=1 cargo test -p hjemmel-extracts` writes the `expected.txt` anew.

use super::{model, read_path, show};
use hjemmel_grammar::diagnostic::Language;
use std::path::{Path, PathBuf};

#[test]
fn every_bad_extract_is_answered_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("test_data/bad");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    assert!(folders.len() >= 50, "the catalogue has shrunk");
    let mut wrong = String::new();
    for folder in folders {
        let expected_path = folder.join("expected.txt");
        let found = answer(&folder);
        if std::env::var_os("HJEMMEL_UPDATE").is_some() {
            std::fs::write(&expected_path, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if expected != found {
            wrong += &format!("── {}\n{found}", folder.display());
        }
        assert!(
            !found.contains("0101701234"),
            "a key stands in a message: {found}"
        );
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What is said in Danish, then in English.
fn answer(folder: &Path) -> String {
    let workbook = folder.join("udtræk.xlsx");
    let path = if workbook.is_file() {
        &workbook
    } else {
        folder
    };
    let model = model();
    let result = read_path(&model, path);
    let (problems, mut text) = match &result {
        Ok(extract) => (&extract.problems, show(&model, &result)),
        Err(refused) => (&refused.problems, show(&model, &result) + "\n"),
    };
    text = text.replace("0101701234", "KEY");
    text += "--\n";
    for problem in problems {
        text += &problem.render(Language::English);
        text += "\n";
    }
    // Messages about the whole extract name the path as it was given.
    text.replace(&path.display().to_string(), "EXTRACT")
}
