//! Every column of a text in which no two ways to count are the same, for every question that has a
//! place: no breakdown, no place in an answer that is not in the text, and a column inside a
//! character or beyond a line means the one before it.

use crate::desk::about;
use crate::editor::Editor;
use crate::places::{Lines, byte};
use crate::questions::{self, PLACES, STRETCHES};
use crate::{figure, is_night};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// æ, é in one and in two characters, a family in one picture, 𝕊, tabs, CRLF.
const TEXT: &str = "# é e\u{301} 👩‍👩‍👧\tæ\r\n\
data ydelse \"👩‍👩‍👧\"\r\n  perioder fuldstændig\r\n  ærø_é is\tfejl\r\n  art er en af å, ført # 𝕊\r\n\
begreb øre \"e\u{301} 👩‍👩‍👧\"\r\n  hjemmel kilde \"é\t𝕊\"\r\n  når (ydelse.art er ført) i mindst 2 uger\r\n\
pligt tilbud \"Å 𝕊\"\r\n  hjemmel kilde \"👩‍👩‍👧\"\r\n  for øre dog ikke når ydelse.art er å\r\n  regnet fra øre\r\n\
  frist 2 uger\r\n  opfyldes af øre\r\n\
eksempel \"æ 👩‍👩‍👧 e\u{301}\"\r\n  givet\r\n    ydelse ført fra 1. maj 2017 til 31. maj 2017\r\n\
  så\r\n    øre er ja den 20. maj 2017\r\n";

#[test]
fn every_column_means_the_same_to_both() {
    let step = if is_night() { 1 } else { 6 };
    let folder = tempfile::Builder::new()
        .prefix("hjemmel-")
        .tempdir()
        .unwrap();
    let path = folder.path().join("é æ.regel").to_str().unwrap().to_owned();
    let mut editor = Editor::start(&[folder.path()]);
    editor.open(&path, 1, TEXT);
    let (mut columns, mut asked, mut wrong) = (0_u64, 0_u64, Vec::new());
    let lines = Lines::new(TEXT);
    let mut nth = 0;
    for (line, text) in TEXT.split("\r\n").enumerate() {
        let width = text.encode_utf16().count();
        let mut nearest: BTreeMap<&str, Value> = BTreeMap::new();
        for column in 0..width + 3 {
            let real = column <= width && lines.byte(line, column).is_some();
            nth += 1;
            // All that follow a column that is asked about and are none themselves are asked too.
            if nth % step != 0 && (real || nearest.is_empty()) {
                nearest.clear();
                continue;
            }
            columns += 1;
            let place = json!({ "line": line, "character": column });
            let end = json!({ "line": line + 1, "character": column });
            for method in PLACES.iter().chain(&STRETCHES) {
                let answer = editor.ask(method, questions::at(&path, place.clone(), end.clone()));
                let answer = editor.answer(answer);
                asked += 1;
                let mut places = Vec::new();
                ranges(&answer["result"], &mut places);
                if let Some(place) = places.iter().find(|range| !is_real(range)) {
                    wrong.push(format!("{method} {line}:{column}: {place}"));
                }
                if real {
                    nearest.insert(method, answer["result"].clone());
                } else if nearest.get(method).is_some_and(|before| {
                    !STRETCHES.contains(method) && *before != answer["result"]
                }) {
                    wrong.push(format!(
                        "{method} {line}:{column}: not what the column before it means"
                    ));
                }
            }
        }
    }
    let edits = edits_come_back(&mut editor, &path, step);
    figure("E9", "columns asked about", columns);
    figure("E9", "questions asked", asked);
    figure("E9", "edits made and taken back", edits);
    figure(
        "E9",
        "answers that break down or mean another text",
        wrong.len() + editor.faults.len(),
    );
    assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(20)]);
    assert!(editor.faults.is_empty(), "{:#?}", editor.faults);
    assert!(editor.end().0.success());
}

/// Makes an edit at every place where a cursor can be, and takes it back.
fn edits_come_back(editor: &mut Editor, path: &str, step: usize) -> u64 {
    let lines = Lines::new(TEXT);
    let (mut version, mut edits) = (1, 0);
    for (at, _) in TEXT.char_indices().step_by(step) {
        if crate::places::cursor(TEXT, at) != at {
            continue;
        }
        let (line, column) = lines.position(at);
        let start = json!({ "line": line, "character": column });
        // Five units: two for the picture, one for the letter, two for the letter and its mark.
        let end = json!({ "line": line, "character": column + 5 });
        for (range, text, expected) in [
            (
                json!({ "start": start, "end": start }),
                "😀ée\u{301}",
                [&TEXT[..at], "😀ée\u{301}", &TEXT[at..]].concat(),
            ),
            (json!({ "start": start, "end": end }), "", TEXT.to_owned()),
        ] {
            version += 1;
            editor.change(path, version, vec![json!({ "range": range, "text": text })]);
            let told = editor.request("hjemmel/fileText", about(path));
            assert_eq!(told["text"], *expected, "{line}:{column}");
        }
        edits += 1;
    }
    edits
}

/// All ranges in an answer, wherever they stand.
fn ranges(answer: &Value, found: &mut Vec<Value>) {
    match answer {
        Value::Object(fields) => {
            if fields
                .get("start")
                .is_some_and(|start| start["line"].is_number())
            {
                found.push(answer.clone());
            }
            fields.values().for_each(|each| ranges(each, found));
        }
        Value::Array(all) => all.iter().for_each(|each| ranges(each, found)),
        _ => {}
    }
}

/// Whether a range is one of the text.
fn is_real(range: &Value) -> bool {
    match (byte(TEXT, &range["start"]), byte(TEXT, &range["end"])) {
        (Some(start), Some(end)) => start <= end,
        _ => false,
    }
}
