//! Every question at every kind of damage: an answer, never a panic, and places that are places.

#![expect(
    clippy::expect_used,
    reason = "a test stops at the first thing that is not as it should be"
)]

use hjemmel_grammar::diagnostic::Language;
use hjemmel_ide::{
    Analysis, FileEdits, FileId, Host, LawDate, SignaturePart, Site, Span, TextEdit, apply,
};
use std::collections::BTreeMap;

/// The rules of the reference, which hold everything the language has.
fn reference() -> String {
    let page = include_str!("../../dsl-grammar/LANGUAGE.md");
    let blocks = page.split("\n```regel").skip(1);
    let blocks = blocks.filter_map(|block| {
        let (head, rest) = block.split_once('\n')?;
        let text = rest.split("\n```").next()?;
        (!head.contains("fejl")).then(|| format!("{text}\n"))
    });
    blocks.collect()
}

/// The text, damaged somewhere: a word doubled, a stretch lost, a line cut, marks in between.
fn damaged(text: &str, seed: usize) -> String {
    let boundary = |mut at: usize| {
        at %= text.len();
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(seed.wrapping_mul(7_919));
    let to = boundary(from + seed % 61).max(from);
    let between = [
        "", "\"", "(", "æ ", "\n", "\t", " er ", "\u{202E}", "#", "\r",
    ];
    let between = between.get(seed % between.len()).copied().unwrap_or("");
    let part = |from: usize, to: usize| text.get(from..to).expect("boundaries");
    format!("{}{between}{}", part(0, from), part(to, text.len()))
}

fn ask_everything(analysis: &Analysis, file: FileId, offset: u32) {
    let inside = |site: Site| {
        let text = analysis.text(site.file);
        let (start, end) = (site.span.start as usize, site.span.end as usize);
        assert!(text.get(start..end).is_some(), "{site:?} is no place");
    };
    let here = |span| inside(Site { file, span });
    analysis
        .hover(file, offset)
        .iter()
        .for_each(|it| here(it.span));
    for it in analysis.highlight(file, offset) {
        here(it.span);
    }
    let linked = analysis.linked_editing(file, offset);
    assert!(linked.is_sorted_by(|one, two| one.end <= two.start));
    linked.into_iter().for_each(here);
    for target in analysis.type_definition(file, offset) {
        inside(target.focus);
    }
    for target in analysis.implementation(file, offset) {
        inside(target.focus);
    }
    // These are about much more than one place.
    if offset.is_multiple_of(8) {
        ask_widely(analysis, file, offset);
    }
    for target in analysis.definition(file, offset) {
        inside(target.focus);
        here(target.origin);
    }
    analysis
        .references(file, offset, true)
        .into_iter()
        .for_each(inside);
    for it in analysis.completion(file, offset) {
        here(it.replace);
        // An offset inside a character or beyond the text is moved to a place that is one.
        let is_place = analysis.text(file).is_char_boundary(offset as usize);
        assert!(
            !is_place || it.replace.touches(offset),
            "{it:?} at {offset}"
        );
    }
    for rule in analysis
        .timelines(file, offset)
        .into_iter()
        .flat_map(|found| found.rules)
    {
        rule.site.into_iter().for_each(inside);
        let ordered = rule.runs.is_sorted_by(|one, two| one.from < two.from);
        assert!(ordered, "runs of {} are not in order", rule.name);
    }
    for language in [Language::Danish, Language::English] {
        let told = analysis.explain(file, offset, language);
        assert!(told.is_none_or(|told| !told.text.is_empty()));
    }
    if let Some(signature) = analysis.signature(file, offset) {
        let holes = signature.parts.iter();
        let holes = holes.filter(|part| matches!(part, SignaturePart::Hole(_)));
        assert!(signature.active < holes.count(), "{signature:?}");
    }
    if let Ok((span, word)) = analysis.prepare_rename(file, offset) {
        here(span);
        assert!(!word.is_empty());
    }
}

fn ask_widely(analysis: &Analysis, file: FileId, offset: u32) {
    let inside = |site: Site| {
        let text = analysis.text(site.file);
        let (start, end) = (site.span.start as usize, site.span.end as usize);
        assert!(text.get(start..end).is_some(), "{site:?} is no place");
    };
    let here = |span| inside(Site { file, span });
    for item in analysis.call_hierarchy(file, offset) {
        inside(item.focus);
        let calls = [analysis.uses(item.focus), analysis.used_by(item.focus)];
        for call in calls.iter().flatten() {
            inside(call.item.focus);
            assert!(!call.places.is_empty());
        }
        let below = item.reason.map(|place| analysis.because(file, &place));
        for step in below.iter().flatten() {
            inside(step.focus);
            assert!(!step.name.is_empty());
        }
    }
    let wider = analysis.selection(file, offset);
    assert!(
        wider.is_sorted_by(|one, two| two.start <= one.start && one.end <= two.end),
        "{wider:?}"
    );
    wider.into_iter().for_each(here);
    for action in analysis.code_actions(file, Span::new(offset, offset)) {
        changes_the_texts(analysis, &action.edits, &action.title);
    }
    let typed = analysis.on_type_formatting(file, offset);
    typed.iter().for_each(|it| here(it.span));
}

/// Edits are in order, do not overlap, lie between characters and change something.
fn changes_the_texts(analysis: &Analysis, files: &[FileEdits], title: &str) {
    assert!(!files.is_empty(), "{title}");
    for FileEdits { file, edits } in files {
        changes_the_text(analysis.text(*file), edits, title);
    }
}

fn changes_the_text(text: &str, edits: &[TextEdit], title: &str) {
    let apart = edits.is_sorted_by(|one, two| one.span.end <= two.span.start);
    assert!(apart, "{title}: {edits:?}");
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        assert!(text.get(start..end).is_some(), "{title}: {edit:?}");
    }
    assert_ne!(apply(text, edits), text, "{title}");
}

fn ask_of_file(analysis: &Analysis, file: FileId) {
    let text = analysis.text(file);
    let here = |span: Span| {
        let place = text.get(span.start as usize..span.end as usize);
        place.expect("a place").to_owned()
    };
    analysis.document_symbols(file).iter().for_each(|it| {
        here(it.span);
        here(it.focus);
        assert!(it.span.start <= it.focus.start && it.focus.end <= it.span.end);
    });
    analysis
        .folding(file)
        .iter()
        .for_each(|it| drop(here(it.span)));
    for example in analysis.examples(file) {
        here(example.span);
        example.lines.iter().for_each(|line| drop(here(line.span)));
    }
    for hint in analysis.inlay_hints(file, Span::new(0, u32::MAX)) {
        here(Span::new(hint.offset, hint.offset));
    }
    for lens in analysis.action_lenses(file) {
        here(lens.span);
        here(lens.whole);
    }
    for mark in analysis.as_of(LawDate::parse("2016-07-01")).law_marks(file) {
        here(mark.span);
    }
    let other = analysis.with_text(file, "");
    let told = analysis.compare(&other, file, &BTreeMap::new(), Language::Danish);
    assert!(told.is_none_or(|told| !told.text.is_empty()));
    let tokens = analysis.semantic_tokens(file);
    for token in &tokens {
        assert!(!here(token.span).contains('\n'), "a token on two lines");
    }
    let ordered = tokens.is_sorted_by(|one, two| one.span.end <= two.span.start);
    assert!(ordered, "tokens overlap");
    for link in analysis.links(file) {
        here(link.span);
    }
    let formatted = apply(text, &analysis.formatting(file));
    let words = |text: &str| text.split_whitespace().map(str::len).sum::<usize>();
    assert!(
        words(&formatted) + 64 >= words(text) / 2,
        "formatting loses text"
    );
}

#[test]
fn questions_about_damaged_files_have_answers() {
    let danish = reference();
    let english = hjemmel_grammar::translate(&danish, Language::English).text;
    for (seed, text) in (0..16).zip([&danish, &english].into_iter().cycle()) {
        let mut host = Host::new();
        host.set_file("/a.regel", damaged(text, seed * 31 + 7));
        host.set_file("/b.regel", text.as_str());
        let analysis = host.snapshot();
        let file = analysis.file("/a.regel").expect("the file is there");
        ask_of_file(&analysis, file);
        let length = u32::try_from(analysis.text(file).len()).expect("a short text");
        for offset in (0..=length + 3).step_by(61 + seed) {
            ask_everything(&analysis, file, offset);
        }
    }
}

#[test]
fn checks_of_damaged_files_feed_every_question() {
    let text = reference();
    for seed in 0..6 {
        let mut host = Host::new();
        host.set_file("/a.regel", damaged(&text, seed * 131 + 3));
        let analysis = host.snapshot();
        let all = Span::new(0, u32::MAX);
        for it in analysis.diagnostics(FileId(0)) {
            let place = it.span.start as usize..it.span.end as usize;
            assert!(analysis.text(FileId(0)).get(place).is_some(), "{it:?}");
        }
        for action in analysis.code_actions(FileId(0), all) {
            assert!(!action.title.is_empty());
            changes_the_texts(&analysis, &action.edits, &action.title);
        }
        for lens in analysis.code_lens(FileId(0)) {
            assert!(!lens.title.is_empty());
        }
    }
}

#[test]
fn the_reference_is_without_errors_here_too() {
    let mut host = Host::new();
    host.set_file("/a.regel", reference());
    let analysis = host.snapshot();
    let examples = analysis.examples(FileId(0));
    assert!(examples.iter().all(|it| it.passed == Some(true)));
    let length = u32::try_from(analysis.text(FileId(0)).len()).expect("a short text");
    for offset in (0..length).step_by(499) {
        ask_everything(&analysis, FileId(0), offset);
    }
    ask_of_file(&analysis, FileId(0));
    let lenses = analysis.code_lens(FileId(0));
    assert!(!lenses.is_empty());
    for lens in lenses {
        assert_eq!(lens.passes, Some(true), "{}", lens.title);
    }
}
