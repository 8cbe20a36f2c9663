//! `TRUST_REQUIREMENTS.md` names tests; all of them exist.

use std::fs;
use std::path::Path;

/// The file and the names of a test cell: `file` `name` `name`; `file` `name`.
fn tests(cell: &str) -> Vec<(String, String)> {
    let mut file = String::new();
    let mut found = Vec::new();
    for code in cell.split('`').skip(1).step_by(2) {
        if code.ends_with(".rs") {
            file = code.to_owned();
        } else {
            found.push((file.clone(), code.to_owned()));
        }
    }
    found
}

/// Whether the text has a test of that name.
fn has_test(text: &str, name: &str) -> bool {
    let declared = format!("fn {name}()");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut pairs = lines.iter().zip(lines.iter().skip(1));
    pairs.any(|(marked, next)| marked.starts_with("#[test]") && next.starts_with(&declared))
}

#[test]
fn every_requirement_has_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("TRUST_REQUIREMENTS.md")).expect("the table");
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let (mut requirements, mut named) = (0, 0);
    for row in rows.skip(2) {
        requirements += 1;
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [requirement, from, cell] = cells[..] else {
            panic!("three cells: {row}");
        };
        assert!(!requirement.is_empty() && !from.is_empty(), "{row}");
        let tests = tests(cell);
        assert!(!tests.is_empty(), "no test: {requirement}");
        for (file, name) in tests {
            let text = fs::read_to_string(root.join(&file)).expect(&file);
            assert!(has_test(&text, &name), "{file} has no test {name}");
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
    println!("FIGURE;H10;requirements of the law with tests;{requirements}");
    println!("FIGURE;H10;tests they name, each there;{named}");
}
