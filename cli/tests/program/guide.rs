//! The user guide in `vejledning/`: its commands are run, and must say what stands below them.
//!
//! A block `sh` holds command lines; a block `text` that comes next holds all they say, with what
//! `vejledning/README.md` agrees on: `[…]` for any lines left out, `…` for a hash, `[slutkode N]`
//! last where the exit code is not 0. A block without such text must end with 0. Blocks `regel`
//! stand word for word in the files of the exercise.
//!
//! `HJEMMEL_GUIDE=write cargo test -p hjemmel --test program guide` writes the outputs anew.

use crate::account::copy;
use crate::{program, without_hashes};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LEFT_OUT: &str = "[…]";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A fenced block: what it says it is, and the lines of the page between its fences.
struct Block {
    info: String,
    lines: Range<usize>,
}

fn blocks(page: &[String]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (number, line) in page.iter().enumerate() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        open = match open.take() {
            None => Some((info.to_owned(), number + 1)),
            Some((info, first)) => {
                let lines = first..number;
                found.push(Block { info, lines });
                None
            }
        };
    }
    assert!(open.is_none(), "a block has no end");
    found
}

/// The words of a command line; what stands in double quotes is one word.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (part, text) in line.split('"').enumerate() {
        if part % 2 == 1 {
            words.push(text.to_owned());
        } else {
            words.extend(text.split_whitespace().map(ToOwned::to_owned));
        }
    }
    words
}

/// A place where the commands of a page may write: the rules and the exercise, as a reader has them.
fn place() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for folder in ["rules", "vejledning/øvelse"] {
        copy(&root().join(folder), &place.path().join(folder));
    }
    place
}

/// All that the command lines say, as a page shows it.
fn said(lines: &[String], place: &Path) -> Vec<String> {
    let mut text = String::new();
    for line in lines {
        let words = words(line);
        let (name, arguments) = words.split_first().expect("a command");
        assert_eq!(name, "hjemmel", "{line}");
        let mut command = program();
        let output = command.current_dir(place).args(arguments).output();
        let output = output.expect("the program runs");
        text += &String::from_utf8_lossy(&output.stdout);
        text += &String::from_utf8_lossy(&output.stderr);
        if output.status.code() != Some(0) {
            let code = output.status.code().unwrap_or(-1);
            text += &format!("[slutkode {code}]\n");
        }
    }
    let text = without_hashes(&text).replace("<hash>", "…");
    text.trim_end()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Where the parts stand in what was said, in order: the first at its beginning, the last at its end.
fn places(parts: &[&[String]], said: &[String]) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (number, part) in parts.iter().enumerate() {
        let last = said.len().checked_sub(part.len())?;
        let mut tries = match (number, number + 1 == parts.len()) {
            (0, true) if last != 0 => return None,
            (0, _) => 0..=0,
            (_, true) => last..=last,
            _ => from..=last,
        };
        let at = tries.find(|&at| from <= at && said.get(at..at + part.len()) == Some(*part))?;
        from = at + part.len();
        found.push(at..from);
    }
    Some(found)
}

/// Lines of a page.
fn part(page: &[String], lines: Range<usize>) -> &[String] {
    page.get(lines).expect("lines of the page")
}

/// The block anew: where lines were left out, as many as before at the beginning and at the end.
fn anew(parts: &[&[String]], said: Vec<String>) -> Vec<String> {
    assert!(
        parts.len() <= 2,
        "more than one {LEFT_OUT}: write this by hand:\n{}",
        said.join("\n")
    );
    let [first, last] = parts else {
        return said;
    };
    let (first, last) = (first.len(), last.len());
    let Some(tail) = said.len().checked_sub(last).filter(|tail| first < *tail) else {
        return said;
    };
    let left_out = [LEFT_OUT.to_owned()];
    [
        part(&said, 0..first),
        &left_out,
        part(&said, tail..said.len()),
    ]
    .concat()
}

/// Runs a page; the number of its commands.
fn follow(name: &str) -> usize {
    let path = root().join("vejledning").join(name);
    let text = fs::read_to_string(&path).expect("the page");
    let page: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let write = std::env::var("HJEMMEL_GUIDE").is_ok_and(|mode| mode == "write");
    let (blocks, place) = (blocks(&page), place());
    let mut written: Vec<String> = Vec::new();
    let (mut kept, mut count) = (0, 0);
    for (number, block) in blocks.iter().enumerate() {
        if block.info != "sh" {
            continue;
        }
        let commands = part(&page, block.lines.clone());
        let said = said(commands, place.path());
        count += commands.len();
        let answer = blocks.get(number + 1).filter(|next| next.info == "text");
        let Some(answer) = answer else {
            let failed = said.iter().any(|line| line.starts_with("[slutkode"));
            assert!(!failed, "{name}: {commands:?}\n{}", said.join("\n"));
            continue;
        };
        let expected = part(&page, answer.lines.clone());
        let parts: Vec<&[String]> = expected.split(|line| line == LEFT_OUT).collect();
        if places(&parts, &said).is_some() {
            continue;
        }
        assert!(
            write,
            "{name}: {commands:?} says (HJEMMEL_GUIDE=write writes it anew)\n{}",
            said.join("\n")
        );
        written.extend_from_slice(part(&page, kept..answer.lines.start));
        written.extend(anew(&parts, said));
        kept = answer.lines.end;
    }
    if kept != 0 {
        written.extend_from_slice(part(&page, kept..page.len()));
        fs::write(&path, written.join("\n") + "\n").expect("the page is written");
    }
    count
}

#[test]
fn the_author() {
    assert!(10 <= follow("forfatter.md"));
}

#[test]
fn the_caseworker() {
    assert!(6 <= follow("sagsbehandler.md"));
}

#[test]
fn the_analyst() {
    assert!(8 <= follow("analytiker.md"));
}

#[test]
fn the_first_page() {
    assert!(1 <= follow("README.md"));
}

/// What a page shows of a rule file stands in the exercise, and what it links to is there.
#[test]
fn what_the_pages_quote_is_there() {
    let folder = root().join("vejledning");
    let rules = rule_files(&folder.join("øvelse"));
    for name in [
        "README.md",
        "forfatter.md",
        "sagsbehandler.md",
        "analytiker.md",
    ] {
        let text = fs::read_to_string(folder.join(name)).expect("the page");
        let page: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
        for block in blocks(&page).iter().filter(|block| block.info == "regel") {
            let quote = part(&page, block.lines.clone()).join("\n");
            let stands = rules.iter().any(|file| file.contains(&quote));
            assert!(stands, "{name} quotes what no file says:\n{quote}");
        }
        for rest in text.split("](").skip(1) {
            let link = rest.split([')', '#']).next().unwrap_or_default();
            let there = link.is_empty() || link.contains("://") || folder.join(link).exists();
            assert!(there, "{name} links to {link}");
        }
    }
}

fn rule_files(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts.extend(rule_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "regel") {
            texts.push(fs::read_to_string(&path).expect("a rule file"));
        }
    }
    texts
}

/// The comparison itself: it must not let anything through.
#[test]
fn lines_left_out_are_between_lines_that_stand_there() {
    let lines = |text: &str| -> Vec<String> { text.lines().map(ToOwned::to_owned).collect() };
    let fits = |block: &str, said: &str| {
        let block = lines(block);
        let parts: Vec<&[String]> = block.split(|line| line == LEFT_OUT).collect();
        places(&parts, &lines(said)).is_some()
    };
    for (block, said, expected) in [
        ("a\nb", "a\nb", true),
        ("a\nb", "a\nb\nc", false),
        ("a", "b\na", false),
        ("", "a", false),
        ("a\n[…]\nd", "a\nb\nc\nd", true),
        ("a\n[…]\nd", "a\nd", true),
        ("a\n[…]\nc", "a\nb\nc\nd", false),
        ("a\n[…]\nc\n[…]\ne", "a\nb\nc\nd\ne", true),
        ("a\n[…]\nd\n[…]\nc\n[…]\ne", "a\nb\nc\nd\ne", false),
        ("a\n[…]\na", "a", false),
        ("[…]\nb", "a\nb", true),
        ("a\n[…]", "a\nb", true),
    ] {
        assert_eq!(fits(block, said), expected, "{block:?} of {said:?}");
    }
}
