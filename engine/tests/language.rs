//! The language reference runs: every block of `dsl-grammar/LANGUAGE.md` means what it says.

#![cfg(test)]

mod blocks;

use blocks::{Block, blocks};
use hjemmel_engine::check;
use hjemmel_grammar::{Diagnostic, Sources};

fn reference() -> Vec<Block> {
    blocks(include_str!("../../dsl-grammar/LANGUAGE.md"))
}

/// The codes of what is said of blocks that stand in one folder, each with its place and message.
fn said(blocks: &[&Block]) -> Vec<(&'static str, String)> {
    let mut sources = Sources::new();
    for block in blocks {
        sources.add(format!("LANGUAGE.md:{}", block.line), block.text.as_str());
    }
    let line = |diagnostic: &Diagnostic| {
        let site = diagnostic.site().expect("a diagnostic has a place");
        format!(
            "{} at `{}`: {}",
            sources.path(site.file),
            sources.slice(site),
            diagnostic.message.en
        )
    };
    let found = check(&sources).diagnostics;
    found
        .iter()
        .map(|diagnostic| (diagnostic.code.0, line(diagnostic)))
        .collect()
}

#[test]
fn the_blocks_check_together_and_their_examples_pass() {
    let all = reference();
    let plain: Vec<&Block> = all
        .iter()
        .filter(|block| ["regel", "regel skema"].contains(&block.info.as_str()))
        .collect();
    assert!(5 <= plain.len());
    let found: Vec<_> = said(&plain)
        .into_iter()
        .filter(|(code, _)| *code != "H0701")
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_wrong_blocks_give_the_message_they_name() {
    let all = reference();
    let schema: Vec<&Block> = all
        .iter()
        .filter(|block| block.info == "regel skema")
        .collect();
    for block in &all {
        let Some(code) = block.info.strip_prefix("regel fejl=") else {
            continue;
        };
        let with_schema: Vec<&Block> = schema.iter().copied().chain([block]).collect();
        let found: Vec<_> = said(&with_schema)
            .into_iter()
            .filter(|(code, _)| *code != "H0701")
            .collect();
        let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [code], "LANGUAGE.md:{}: {found:#?}", block.line);
    }
}

#[test]
fn every_block_is_one_that_runs() {
    for block in reference() {
        let known = ["regel", "regel skema"].contains(&block.info.as_str())
            || block.info.starts_with("regel fejl=");
        assert!(known, "LANGUAGE.md:{}: `{}`", block.line, block.info);
    }
}
