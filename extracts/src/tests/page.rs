//! Runs every example of `EXTRACT.md`: the files of a section, and the `text` that must come out.

use super::*;

const PAGE: &str = include_str!("../../EXTRACT.md");

#[test]
fn every_example_of_the_page_holds() {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut examples = 0;
    for (info, body) in blocks() {
        match info.split_once(' ') {
            Some(("csv" | "toml" | "jsonl", name)) => files.push((name.to_owned(), body)),
            _ if info == "text" => {
                let given: Vec<(&str, &str)> = files
                    .iter()
                    .map(|(name, text)| (name.as_str(), text.as_str()))
                    .collect();
                assert_eq!(read(&given).trim_end(), body.trim_end());
                files.clear();
                examples += 1;
            }
            _ => assert!(files.is_empty() && info == "regel", "what is ```{info}?"),
        }
    }
    assert!(files.is_empty() && examples >= 6, "{examples} examples");
}

#[test]
fn the_page_names_every_key() {
    for key in crate::mapping::KEYS {
        let named = PAGE.contains(&format!("`{key}`")) || PAGE.contains(&format!("{key} = "));
        assert!(named || key == "tabel", "{key}");
    }
}

/// The code blocks: what stands after the backticks, and the text.
fn blocks() -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((info.to_owned(), body.join("\n") + "\n"));
        }
    }
    blocks
}
