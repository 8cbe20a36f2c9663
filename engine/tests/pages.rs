//! The diagnostic pages of `engine/diagnostics/` run: what a page says goes wrong goes wrong, just
//! there, and what it says is right is right.
//!
//! `UPDATE_PAGES=1 cargo test -p hjemmel-engine --test pages` redraws all pages; read the diff.

#![cfg(test)]

mod blocks;
mod drawing;

use blocks::{Block, blocks};
use drawing::{draw, marks, undrawn};
use hjemmel_engine::check;
use hjemmel_grammar::{
    Diagnostic, FileId, Language, Sources, Text, format, parse_bytes, translate,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

const PAGE: FileId = FileId(0);

/// A page: its code, its text, where it stands.
struct Page {
    code: String,
    text: String,
    path: PathBuf,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    files.sort();
    files
}

fn pages() -> Vec<Page> {
    let named = |path: PathBuf| {
        let code = path.file_stem()?.to_str()?.to_owned();
        let text = read(&path);
        (code != "README").then_some(Page { code, text, path })
    };
    files(&folder()).into_iter().filter_map(named).collect()
}

/// The codes that the sources make, found in the text of the functions that make diagnostics.
fn codes() -> BTreeSet<String> {
    let engine = Path::new(env!("CARGO_MANIFEST_DIR"));
    let grammar = engine.join("../dsl-grammar/src");
    let mut sources = files(&engine.join("src/diagnostics"));
    sources.extend(files(&grammar.join("syntax_errors")));
    sources.push(grammar.join("syntax_errors.rs"));
    let text: String = sources.iter().map(|path| read(path)).collect();
    let found = text.split("Code(\"").skip(1);
    found
        .map(|rest| rest.split('"').next().unwrap_or("").to_owned())
        .collect()
}

/// The shared tables of the pages, without those that the block declares itself.
fn schema(block: &str) -> String {
    let readme = read(&folder().join("README.md"));
    let schema = blocks(&readme)
        .into_iter()
        .find(|block| block.info == "regel skema");
    let schema = schema.expect("README.md has a block `regel skema`").text;
    let name = |declaration: &str| {
        declaration
            .split([' ', '\n'])
            .nth(1)
            .unwrap_or("")
            .to_owned()
    };
    let begins = |line: &&str| line.starts_with(char::is_alphabetic);
    let own: BTreeSet<String> = block.lines().filter(begins).map(name).collect();
    let declarations = schema.split("\n\n").map(str::trim);
    let kept = declarations.filter(|declaration| !own.contains(&name(declaration)));
    kept.map(|declaration| format!("{declaration}\n\n"))
        .collect()
}

/// A block as it is written, and the text that it stands for.
struct Source {
    bytes: Vec<u8>,
    /// Where each piece stands in the block and in the bytes; the last says whether as written.
    pieces: Vec<(Range<usize>, Range<usize>, bool)>,
}

/// Replaces `‹…›`: a character or a byte by its number, or a text so many times.
fn source(block: &str) -> Source {
    let mut source = Source {
        bytes: Vec::new(),
        pieces: Vec::new(),
    };
    let mut at = 0;
    let mut rest = block;
    let mut add = |written: &str, bytes: Vec<u8>, plain: bool| {
        let start = source.bytes.len();
        source.bytes.extend(bytes);
        let end = at + written.len();
        source
            .pieces
            .push((at..end, start..source.bytes.len(), plain));
        at = end;
    };
    while let Some((before, after)) = rest.split_once('‹') {
        let (inside, after) = after.split_once('›').expect("a `‹` is closed by a `›`");
        add(before, before.as_bytes().to_vec(), true);
        add(&format!("‹{inside}›"), placeholder(inside), false);
        rest = after;
    }
    add(rest, rest.as_bytes().to_vec(), true);
    source
}

fn placeholder(inside: &str) -> Vec<u8> {
    if let Some(point) = inside.strip_prefix("U+") {
        let point = u32::from_str_radix(point, 16).expect("U+ and four hexadecimal digits");
        return char::from_u32(point)
            .expect("a character")
            .to_string()
            .into_bytes();
    }
    if let Some(byte) = inside.strip_prefix("0x") {
        return vec![u8::from_str_radix(byte, 16).expect("0x and two hexadecimal digits")];
    }
    let (range, text) = inside.split_once(" × ").expect("a count, × and a text");
    let (first, last) = range.split_once('–').unwrap_or(("1", range));
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let copies = (number(first)..=number(last)).map(|n| {
        text.replace("{n}", &n.to_string())
            .replace("{n-1}", &n.saturating_sub(1).to_string())
    });
    copies.collect::<String>().into_bytes()
}

impl Source {
    /// Where bytes of the text stand in the block; all of a placeholder, if they come from one.
    fn in_block(&self, span: &Range<usize>) -> Range<usize> {
        let last = self.pieces.last().map_or(0, |(block, _, _)| block.end);
        let holds = |text: &Range<usize>| {
            text.contains(&span.start) || (text.end == span.start && span.is_empty())
        };
        let start = self.pieces.iter().find(|(_, text, _)| holds(text));
        let start = start.map_or(last, |(block, text, plain)| {
            if *plain {
                block.start + span.start - text.start
            } else {
                block.start
            }
        });
        let end = self
            .pieces
            .iter()
            .find(|(_, text, _)| text.start < span.end && span.end <= text.end);
        let end = end.map_or(last, |(block, text, plain)| {
            if *plain {
                block.start + span.end - text.start
            } else {
                block.end
            }
        });
        if span.is_empty() {
            start..start
        } else {
            start..end
        }
    }
}

/// What is said of a block that stands beside the shared tables.
fn diagnostics(source: &Source, block: &str) -> Vec<Diagnostic> {
    let Ok(text) = str::from_utf8(&source.bytes) else {
        return parse_bytes(PAGE, &source.bytes).diagnostics;
    };
    let mut sources = Sources::new();
    sources.add("side.regel", text);
    // A page may speak of what is wrong with a rule set that has nothing in it.
    if text
        .lines()
        .any(|line| !line.starts_with('#') && !line.is_empty())
    {
        sources.add("skema.regel", schema(block));
    }
    let unused_table = |diagnostic: &Diagnostic| {
        diagnostic.code.0 == "H0701" && diagnostic.site().is_some_and(|site| site.file != PAGE)
    };
    let found = check(&sources).diagnostics;
    found
        .into_iter()
        .filter(|diagnostic| !unused_table(diagnostic))
        .collect()
}

/// A block and all that is said of it, drawn into it.
fn drawn(block: &str) -> (String, Vec<Diagnostic>) {
    let plain = undrawn(block);
    let source = source(&plain);
    let found = diagnostics(&source, &plain);
    for diagnostic in &found {
        let elsewhere = diagnostic
            .labels
            .iter()
            .find(|label| label.site.file != PAGE);
        assert!(
            elsewhere.is_none(),
            "the page must show all places of\n{diagnostic:#?}\nfor\n{plain}"
        );
    }
    let mut marks = marks(&found, PAGE);
    for mark in &mut marks {
        mark.span = source.in_block(&mark.span);
    }
    (draw(&plain, &marks), found)
}

/// What a page says wrongly; nothing, if it is right.
fn mistakes(page: &Page) -> Option<String> {
    let blocks = blocks(&page.text);
    let kinds: Vec<&str> = blocks.iter().map(|block| block.info.as_str()).collect();
    if kinds != ["regel fejl", "regel"] {
        return Some(format!("{}: the blocks are {kinds:?}", page.path.display()));
    }
    let wanted = [BTreeSet::from([page.code.as_str()]), BTreeSet::new()];
    let mistake = |(block, wanted): (&Block, BTreeSet<&str>)| {
        let (actual, found) = drawn(&block.text);
        let codes: BTreeSet<_> = found.iter().map(|diagnostic| diagnostic.code.0).collect();
        let place = format!("{}:{}", page.path.display(), block.line);
        let written = &block.text;
        (*written != actual || codes != wanted).then(|| {
            format!("{place}: codes {codes:?}\n\n--- the page says\n{written}\n--- the rules say\n{actual}\n")
        })
    };
    blocks.iter().zip(wanted).find_map(mistake)
}

#[test]
fn every_page_says_what_happens() {
    if std::env::var_os("UPDATE_PAGES").is_some() {
        pages().iter().for_each(update);
        return;
    }
    let pages = pages();
    assert!(40 <= pages.len(), "{} pages", pages.len());
    let mistakes: Vec<_> = pages.iter().filter_map(mistakes).collect();
    assert!(mistakes.is_empty(), "\n\n{}", mistakes.join("\n"));
}

fn update(page: &Page) {
    let mut text = page.text.clone();
    for block in blocks(&page.text) {
        let fenced = |text: &str| format!("```{}\n{text}```", block.info);
        text = text.replace(&fenced(&block.text), &fenced(&drawn(&block.text).0));
    }
    std::fs::write(&page.path, text).expect("the page can be written");
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> = pages().into_iter().map(|page| page.code).collect();
    assert_eq!(pages, codes());
}

/// Title, Danish, wrong, English and what to do stand where they should.
#[test]
fn every_page_has_its_parts() {
    for page in pages() {
        let Page { code, text, path } = &page;
        let path = path.display();
        let title = text.lines().next().unwrap_or("");
        let title = title
            .strip_prefix(&format!("# {code} "))
            .unwrap_or_else(|| panic!("{path}: the title is `# {code} …`"));
        let (da, en) = title
            .split_once(" / ")
            .unwrap_or_else(|| panic!("{path}: the title is `Dansk / English`"));
        assert!(!da.is_empty() && !en.is_empty() && da != en, "{path}");
        let mut in_block = false;
        let prose = text.split("\n\n").filter(|part| {
            let fences = part.matches("```").count();
            let outside = !in_block && fences == 0;
            in_block ^= fences % 2 == 1;
            outside
        });
        // Title, Danish and English above the error; Danish and English between the blocks.
        assert_eq!(
            prose.count(),
            5,
            "{path}: title, two paragraphs, block, two paragraphs, block"
        );
    }
}

/// What is said is said in both languages, with a place and with advice.
#[test]
fn every_diagnostic_is_complete() {
    for page in pages() {
        for block in blocks(&page.text) {
            for diagnostic in drawn(&block.text).1 {
                let code = diagnostic.code;
                let hint = diagnostic
                    .hint
                    .as_ref()
                    .unwrap_or_else(|| panic!("{code} has no hint"));
                assert!(!diagnostic.labels.is_empty(), "{code} has no label");
                for text in diagnostic
                    .labels
                    .iter()
                    .map(|label| &label.text)
                    .chain([&diagnostic.message, hint])
                {
                    assert!(
                        !text.da.is_empty() && !text.en.is_empty(),
                        "{code}: {text:?}"
                    );
                    assert!(
                        text.da != text.en || only_names(text),
                        "{code} is not translated: {text:?}"
                    );
                }
            }
        }
    }
}

fn only_names(text: &Text) -> bool {
    text.da
        .split('`')
        .step_by(2)
        .all(|outside| !outside.contains(char::is_alphabetic))
}

/// The right blocks are as `hjemmel fmt` leaves them, and as right in English.
#[test]
fn right_blocks_are_formatted_and_translate() {
    for page in pages() {
        for block in blocks(&page.text)
            .iter()
            .filter(|block| block.info == "regel")
        {
            let source = source(&block.text);
            let text = str::from_utf8(&source.bytes).expect("right blocks are text");
            assert_eq!(text, format(text).text, "{}", page.path.display());
            let mut english = Sources::new();
            english.add("page.regel", translate(text, Language::English).text);
            english.add(
                "schema.regel",
                translate(&schema(&block.text), Language::English).text,
            );
            let found = check(&english).diagnostics;
            let found: Vec<_> = found.iter().filter(|it| it.code.0 != "H0701").collect();
            assert!(found.is_empty(), "{}: {found:#?}", page.path.display());
        }
    }
}

/// One code is one situation, so the titles tell the pages apart.
#[test]
fn titles_are_different() {
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for page in pages() {
        let title = page.text.lines().next().unwrap_or("");
        let title = title.replace(&page.code, "");
        if let Some(other) = titles.insert(title, page.code.clone()) {
            panic!("{} and {other} have the same title", page.code);
        }
    }
}
