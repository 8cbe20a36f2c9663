//! The page of each diagnostic shows a mistake: which of them the editor can mend, in both languages.

#![expect(
    clippy::expect_used,
    reason = "a test stops at the first thing that is not as it should be"
)]

use hjemmel_grammar::diagnostic::Language;
use hjemmel_ide::{ActionKind, FileEdits, FileId, Host, Span, apply};
use std::collections::BTreeSet;
use std::path::Path;

/// The mistake on each page: its code and the rules.
fn mistakes() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/diagnostics");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the pages") {
        let path = entry.expect("a page").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let code = name.expect("a name").to_owned();
        let page = std::fs::read_to_string(&path).expect("a text");
        let block = page.split("\n```regel fejl\n").nth(1);
        let block = block.and_then(|rest| rest.split("\n```").next());
        if let Some(block) = block {
            found.push((code, format!("{}\n", without_marks(block))));
        }
    }
    found.sort();
    found
}

/// Without the lines that point at what is wrong.
fn without_marks(block: &str) -> String {
    let lines = block.lines().filter(|line| {
        let mark = line.strip_prefix('#').unwrap_or("x").trim_start();
        !mark.starts_with(['^', '-'])
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The tables that the pages use.
fn schema() -> String {
    let page = include_str!("../../dsl-grammar/LANGUAGE.md");
    let block = page.split("```regel skema\n").nth(1);
    let block = block.and_then(|rest| rest.split("\n```").next());
    format!("{}\n", block.expect("the schema"))
}

/// How often a code is told of these rules.
fn count([rules, schema]: &[String; 2], code: &str) -> usize {
    let mut host = Host::new();
    host.set_file("/a.regel", rules.as_str());
    host.set_file("/b.regel", schema.as_str());
    let found = host.snapshot().diagnostics(FileId(0));
    found.iter().filter(|it| it.code == code).count()
}

#[test]
fn mistakes_that_can_be_mended() {
    let mut mended = BTreeSet::new();
    for (code, danish) in mistakes() {
        let english = hjemmel_grammar::translate(&danish, Language::English).text;
        for text in [danish, english] {
            let mut host = Host::new();
            host.set_file("/a.regel", text);
            host.set_file("/b.regel", schema());
            let analysis = host.snapshot();
            for action in analysis.code_actions(FileId(0), Span::new(0, u32::MAX)) {
                if let ActionKind::Fix(it) = &action.kind {
                    let texts = |edits: &[FileEdits]| {
                        [FileId(0), FileId(1)].map(|file| {
                            let edits = edits.iter().find(|it| it.file == file);
                            apply(analysis.text(file), edits.map_or(&[], |it| &it.edits))
                        })
                    };
                    let (old, new) = (texts(&[]), texts(&action.edits));
                    assert_ne!(new, old, "{code}: {}", action.title);
                    // What is left to the author, says so itself.
                    if !new.concat().contains('…') {
                        let (before, after) = (count(&old, it.code), count(&new, it.code));
                        assert!(after < before, "{code}: {}\n{new:?}", action.title);
                    }
                    mended.insert(it.code);
                }
            }
        }
    }
    let mended: Vec<&str> = mended.into_iter().collect();
    // Not shown on a page in a way that can be read here: H0109, H0110, H0111, H0121.
    assert_eq!(
        mended.join(" "),
        "H0102 H0103 H0104 H0105 H0106 H0107 H0108 H0118 H0122 H0201 H0203 H0204 H0205 H0206 \
         H0208 H0209 H0210 H0303 H0305 H0401 H0402 H0501 H0502 H0503 H0504 H0505 H0601 H0602 H0603 H0605 H0606 H0607 \
         H0701 H0704 H0705 H0801 H0802 H0803 H0804 H0805 H0807"
    );
}
