//! What has locked up other servers for good: messages in one go, a client that does not read, and
//! a thousand requests that are taken back.

use crate::desk::{about, rule_files};
use crate::editor::Editor;
use crate::memory::status;
use crate::{figure, is_night};
use serde_json::json;
use std::time::{Duration, Instant};

/// A session with one large file open (of so many files of the rules), and its path.
fn session(files: usize) -> (tempfile::TempDir, Editor, String) {
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let rules = rule_files(&crate::folder("rules")).into_iter().take(files);
    let text: String = rules.map(|(_, text)| text).collect();
    let path = folder.path().join("alt.regel").to_str().unwrap().to_owned();
    let mut editor = Editor::start(&[folder.path()]);
    editor.open(&path, 1, &text);
    editor.settle();
    (folder, editor, path)
}

#[test]
fn a_document_that_is_opened_and_changed_at_once_is_told_of_as_it_is_now() {
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let path = folder.path().join("a.regel").to_str().unwrap().to_owned();
    let mut editor = Editor::start(&[folder.path()]);
    let began = Instant::now();
    for round in 0..50 {
        editor.open(&path, 1, "begreb a\n");
        for version in 2..5 {
            editor.change(
                &path,
                version,
                vec![json!({ "text": format!("begreb b{version}\n") })],
            );
        }
        let told = editor.request("hjemmel/fileText", about(&path));
        assert_eq!(
            told,
            json!({ "text": "begreb b4\n", "version": 4 }),
            "round {round}"
        );
        editor.close(&path);
    }
    figure("E5", "documents opened and changed at once", 50);
    figure("E5", "ms for all of them", began.elapsed().as_millis());
    assert!(editor.faults.is_empty(), "{:#?}", editor.faults);
}

#[test]
fn a_client_that_does_not_read_for_a_while_is_answered_when_it_does() {
    let (_folder, mut editor, path) = session(if is_night() { 99 } else { 8 });
    editor.be_deaf(true);
    for n in 0..400 {
        editor.wonder("textDocument/documentSymbol", about(&path));
        if n % 20 == 0 {
            editor.change(&path, 2 + n, vec![json!({ "range": {
                "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "# æ\n" })]);
        }
    }
    std::thread::sleep(Duration::from_secs(1));
    let peak = status(editor.process(), "VmHWM") / 1024;
    let waiting = editor.open_requests();
    editor.be_deaf(false);
    let began = Instant::now();
    editor.settle();
    figure("E5", "requests while nothing is read", 400);
    figure(
        "E5",
        "of them answered once it is read",
        400 - editor.open_requests(),
    );
    figure(
        "E5",
        "ms until all are answered",
        began.elapsed().as_millis(),
    );
    figure("E5", "MiB at most while nothing is read", peak);
    assert!(
        300 < waiting,
        "the pipe holds more than was thought: {waiting}"
    );
    assert!(editor.faults.is_empty(), "{:#?}", editor.faults);
    assert!(peak < 512, "{peak} MiB");
    assert!(editor.end().0.success());
}

#[test]
fn a_thousand_requests_that_are_taken_back_are_answered_at_once() {
    let (_folder, mut editor, path) = session(99);
    let ids: Vec<i64> = (0..1000)
        .map(|_| editor.wonder("textDocument/codeLens", about(&path)))
        .collect();
    let began = Instant::now();
    for id in ids {
        editor.cancel(id);
    }
    editor.settle();
    let took = began.elapsed();
    figure("E5", "requests taken back", 1000);
    figure("E5", "of them not answered", editor.open_requests());
    figure(
        "E5",
        "ms until all are answered or taken back",
        took.as_millis(),
    );
    assert!(editor.faults.is_empty(), "{:#?}", editor.faults);
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert!(editor.end().0.success());
}
