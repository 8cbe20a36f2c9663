//! Requests: one answer each, as an editor reads it.

use crate::client::{Client, position, text, uri_of};
use serde_json::{Value, json};

const URI: &str = "untitled:regler";

/// A server with one open document, which may hold a cursor.
async fn with(marked: &str) -> Client {
    let mut client = Client::ready().await;
    client.open(URI, &text(marked)).await;
    client
}

/// `line:column-line:column`
fn range(range: &Value) -> String {
    let at = |at: &Value| format!("{}:{}", at["line"], at["character"]);
    format!("{}-{}", at(&range["start"]), at(&range["end"]))
}

/// The text after edits, which are given from the first to the last.
fn edited(text: &str, edits: &Value) -> String {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let byte = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let Some(start) = starts.get(line) else {
            return text.len();
        };
        let (mut at, mut left) = (*start, position["character"].as_u64().unwrap());
        for c in text[at..].chars() {
            if left == 0 {
                break;
            }
            left -= u64::try_from(c.len_utf16()).unwrap();
            at += c.len_utf8();
        }
        at
    };
    let mut out = String::new();
    let mut done = 0;
    for edit in edits.as_array().unwrap() {
        out.push_str(&text[done..byte(&edit["range"]["start"])]);
        out.push_str(edit["newText"].as_str().unwrap());
        done = byte(&edit["range"]["end"]);
    }
    out + &text[done..]
}

#[tokio::test]
async fn hover_behind_danish_letters_and_an_emoji() {
    let marked =
        "# 😀\r\nbegreb æøå \"😀𝕊\"\r\n  når alder er over 3\r\nbegreb b\r\n  når (æ$0øå)\r\n";
    let mut client = with(marked).await;
    let hover = client.at("textDocument/hover", URI, marked).await;
    assert_eq!(range(&hover["range"]), "4:7-4:10");
    let told = hover["contents"]["value"].as_str().unwrap();
    assert!(told.starts_with("**begreb** `æøå`\n\n*😀𝕊*"), "{told}");
}

#[tokio::test]
async fn hover_draws_the_timeline_of_an_example() {
    let marked = "data ydelse\r\n  perioder fuldstændig\r\nbegreb æ \"😀\"\r\n  hjemmel kilde \"😀\"\r\n  når ydelse\r\neksempel \"ø $0😀\"\r\n  givet\r\n    ydelse fra 1. maj 2017 til 31. maj 2017\r\n  så\r\n    æ er ja fra 1. maj 2017\r\n";
    let mut client = with(marked).await;
    let hover = client.at("textDocument/hover", URI, marked).await;
    assert_eq!(range(&hover["range"]), "5:0-5:15");
    let told = hover["contents"]["value"].as_str().unwrap();
    assert!(told.contains('█') && told.contains("1. maj 2017"), "{told}");
    let broken = text(marked).replace("når ydelse", "når og");
    client.replace(URI, 2, &broken).await;
    let hover = client.at("textDocument/hover", URI, marked).await;
    assert!(!hover.to_string().contains('█'), "{hover}");
}

#[tokio::test]
async fn definition_in_both_encodings() {
    let marked = "begreb æ\n  når alder er over 3\nbegreb b \"😀\"\n  når (ikke æ) eller $0æ\n";
    for (encoding, character) in [("utf-16", 21), ("utf-8", 23)] {
        let general = json!({ "general": { "positionEncodings": [encoding, "utf-16"] } });
        let mut client = Client::with(json!({ "capabilities": general })).await;
        client.open(URI, &text(marked)).await;
        let params = json!({
            "textDocument": { "uri": URI },
            "position": { "line": 3, "character": character },
        });
        let targets = client.request("textDocument/definition", params).await;
        let end = if encoding == "utf-8" { 9 } else { 8 };
        assert_eq!(
            range(&targets[0]["range"]),
            format!("0:7-0:{end}"),
            "{encoding}"
        );
    }
}

#[tokio::test]
async fn definition_with_links() {
    let marked = "begreb a\n  når alder er over 3\nbegreb b\n  når $0a\n";
    let links = json!({ "textDocument": { "definition": { "linkSupport": true } } });
    let mut client = Client::with(json!({ "capabilities": links })).await;
    client.open(URI, &text(marked)).await;
    let links = client.at("textDocument/definition", URI, marked).await;
    assert_eq!(range(&links[0]["originSelectionRange"]), "3:6-3:7");
    assert_eq!(range(&links[0]["targetSelectionRange"]), "0:7-0:8");
    assert_eq!(range(&links[0]["targetRange"]), "0:0-1:21");
}

#[tokio::test]
async fn references_and_outline() {
    let marked = "begreb $0a\n  når alder er over 3\nbegreb b\n  når a og a\n";
    let mut client = with(marked).await;
    let found = client.at("textDocument/references", URI, marked).await;
    let ranges: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| range(&it["range"]))
        .collect();
    assert_eq!(ranges, ["0:7-0:8", "3:6-3:7", "3:11-3:12"]);
    let outline = client.about("textDocument/documentSymbol", URI).await;
    assert_eq!(range(&outline[1]["range"]), "2:0-3:12");
    let folds = client.about("textDocument/foldingRange", URI).await;
    assert_eq!(
        (&folds[1]["startLine"], &folds[1]["endLine"]),
        (&json!(2), &json!(3))
    );
}

#[tokio::test]
async fn formatting_keeps_the_ends_of_lines() {
    for end in ["\n", "\r\n"] {
        let broken = [
            "begreb æ \"😀\"",
            "      når   b",
            "",
            "",
            "begreb c",
            "  når og",
            "",
        ]
        .join(end);
        let mut client = with(&broken).await;
        let edits = client.about("textDocument/formatting", URI).await;
        let wanted = ["begreb æ \"😀\"", "  når b", "", "begreb c", "  når og", ""].join(end);
        assert_eq!(edited(&broken, &edits), wanted);
    }
}

#[tokio::test]
async fn semantic_tokens_count_from_the_one_before() {
    let mut client = with("begreb æ \"😀\" # b\n  når alder er over 3\n").await;
    let tokens = client.about("textDocument/semanticTokens/full", URI).await;
    let data: Vec<i64> = tokens["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_i64().unwrap())
        .collect();
    let start: Vec<&[i64]> = data.chunks(5).take(5).collect();
    assert_eq!(
        start,
        [
            [0, 0, 6, 0, 0],
            [0, 7, 1, 9, 1],
            [0, 2, 4, 2, 0],
            [0, 5, 3, 3, 0],
            [1, 2, 3, 0, 0]
        ]
    );
}

#[tokio::test]
async fn lenses_tell_what_came_of_examples() {
    let marked = "data ydelse\n  perioder fuldstændig\nbegreb a\n  hjemmel kilde \"Prøve\"\n  når ydelse\n$0eksempel \"ø\"\n  så\n    a er nej den 1. maj 2017\n";
    let mut client = with(marked).await;
    let lenses = client.about("textDocument/codeLens", URI).await;
    assert_eq!(lenses[0]["command"]["title"], "✓ holder (1)");
    assert_eq!(lenses[0]["range"]["start"], position(marked));
}

#[tokio::test]
async fn a_question_sees_every_edit_before_it() {
    let mut client = with("begreb a0\n").await;
    for version in 2..40 {
        client
            .replace(URI, version, &format!("begreb a{version}\n"))
            .await;
        let outline = client.about("textDocument/documentSymbol", URI).await;
        assert_eq!(outline[0]["name"], format!("a{version}"));
    }
}

#[tokio::test]
async fn a_document_that_nobody_opened_has_no_answers() {
    let mut client = Client::ready().await;
    for method in [
        "textDocument/documentSymbol",
        "textDocument/formatting",
        "textDocument/codeLens",
    ] {
        assert!(
            client
                .about(method, "file:///findes/ikke.regel")
                .await
                .is_null()
        );
    }
    assert!(
        client
            .at("textDocument/hover", "http://example.org/a", "$0")
            .await
            .is_null()
    );
}

#[tokio::test]
async fn completion_replaces_the_word_begun() {
    let marked =
        "data ydelse \"😀\"\n  art er en af kontant, æ\nbegreb b\n  når (ydelse.art er ko$0\n";
    let mut client = with(marked).await;
    let items = client.at("textDocument/completion", URI, marked).await;
    assert_eq!(
        (&items[0]["label"], &items[1]["label"]),
        (&json!("kontant"), &json!("æ"))
    );
    assert_eq!(range(&items[0]["textEdit"]["range"]), "3:21-3:23");
}

#[tokio::test]
async fn of_very_much_only_what_fits_is_offered() {
    let terms = (0..700).map(|n| format!("begreb støtte_{n}\n  når a\n"));
    let marked = terms.collect::<String>() + "begreb b\n  når sTØ69$0\n";
    let mut client = with(&marked).await;
    let found = client.at("textDocument/completion", URI, &marked).await;
    assert_eq!(found["isIncomplete"], true);
    let labels = found["items"].as_array().unwrap().iter();
    let labels: Vec<&str> = labels.map(|it| it["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"støtte_69") && labels.contains(&"støtte_619"));
    assert!(!labels.contains(&"støtte_96"), "{labels:?}");
}

#[tokio::test]
async fn a_completion_tells_more_when_it_is_looked_at() {
    let marked = "lov LAB\ndata ydelse \"😀\"\n  art er en af kontant, æ\nbegreb b\n  hjemmel LAB § 3 # 😀\n  når (ydelse.art er ko$0\n";
    let mut client = with(marked).await;
    let method = "textDocument/completion";
    let items = client.at(method, URI, marked).await;
    assert!(items[0]["documentation"].is_null());
    let resolve = "completionItem/resolve";
    let told = client.request(resolve, items[0].clone()).await;
    let told = told["documentation"]["value"].as_str().unwrap();
    assert!(
        told.starts_with("`kontant` · en værdi af `ydelse.art`"),
        "{told}"
    );
    let strange = json!({ "label": "x", "data": { "kind": 1 } });
    assert_eq!(client.request(resolve, strange).await["label"], "x");
    // A whole declaration shows itself.
    let begun = format!("{}be$0", text(marked));
    client.replace(URI, 2, &text(&begun)).await;
    let items = client.at(method, URI, &begun).await;
    let shown = items[0]["documentation"]["value"].as_str().unwrap();
    assert!(
        shown.starts_with("```regel\nbegreb navn \"Titel\"\n"),
        "{shown}"
    );
    // A provision that is cited already.
    let begun = format!("{}begreb c\n  hjemmel L$0", text(marked));
    client.replace(URI, 3, &text(&begun)).await;
    let items = client.at(method, URI, &begun).await;
    assert_eq!(
        (&items[0]["label"], &items[0]["kind"]),
        (&json!("LAB § 3"), &json!(18))
    );
    assert_eq!(range(&items[0]["textEdit"]["range"]), "7:10-7:11");
}

#[tokio::test]
async fn completion_has_places_to_fill_in_if_the_client_knows_them() {
    let item = json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } });
    for (capabilities, start) in [(item, "begreb ${1:navn}"), (json!({}), "begreb navn")] {
        let mut client = Client::with(json!({ "capabilities": capabilities })).await;
        client.open(URI, "").await;
        let items = client.at("textDocument/completion", URI, "$0").await;
        let text = items[0]["textEdit"]["newText"].as_str().unwrap();
        assert!(text.starts_with(start), "{text}");
    }
}

#[tokio::test]
async fn rename_in_open_and_closed_files() {
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("æ.regel");
    std::fs::write(&closed, "begreb c\n  når 𝕊 og gammel\n").unwrap();
    let uri = uri_of(&folder.path().join("b.regel"));
    let marked = "begreb $0gammel\n  når alder er over 3\n";
    for versioned in [false, true] {
        let edits = json!({ "workspace": { "workspaceEdit": { "documentChanges": versioned } } });
        let root = json!([{ "uri": uri_of(folder.path()), "name": "regler" }]);
        let params = json!({ "capabilities": edits, "workspaceFolders": root });
        let mut client = Client::with(params).await;
        client.open(&uri, &text(marked)).await;
        let prepared = client.at("textDocument/prepareRename", &uri, marked).await;
        assert_eq!(prepared["placeholder"], "gammel");
        let params = json!({ "textDocument": { "uri": uri }, "position": position(marked), "newName": "ny" });
        let edit = client.request("textDocument/rename", params).await;
        let (own, other) = if versioned {
            assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1);
            assert!(edit["documentChanges"][1]["textDocument"]["version"].is_null());
            (
                &edit["documentChanges"][0]["edits"],
                &edit["documentChanges"][1]["edits"],
            )
        } else {
            (&edit["changes"][&uri], &edit["changes"][uri_of(&closed)])
        };
        assert_eq!(
            edited(&text(marked), own),
            "begreb ny\n  når alder er over 3\n"
        );
        assert_eq!(range(&other[0]["range"]), "1:12-1:18");
    }
}

#[tokio::test]
async fn a_rename_that_cannot_be_is_refused_with_a_sentence() {
    let marked = "begreb $0a\n  når alder er over 3\nbegreb b\n  når a\n";
    let mut client = with(marked).await;
    let params =
        json!({ "textDocument": { "uri": URI }, "position": position(marked), "newName": "b" });
    let response = client.response("textDocument/rename", params).await;
    assert_eq!(response["error"]["code"], -32803);
    assert_eq!(response["error"]["message"], "`b` er taget");
}

#[tokio::test]
async fn a_quick_fix_mends_what_was_told() {
    let marked = "begreb å\n  hjemmel kilde \"😀\"\n  når (alder er over 3) og (langtnavn$0)\nbegreb langt_navn\n  hjemmel kilde \"ø\"\n  når alder er over 3\n";
    let mut client = with(marked).await;
    let told = client.diagnostics(URI, Some(1)).await;
    let at = position(marked);
    for (only, count) in [
        (json!(null), 2),
        (json!(["quickfix"]), 2),
        (json!(["refactor"]), 0),
    ] {
        let params = json!({
            "textDocument": { "uri": URI },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": told, "only": only },
        });
        let actions = client.request("textDocument/codeAction", params).await;
        assert_eq!(actions.as_array().unwrap().len(), count, "{actions}");
        if count == 2 {
            let action = &actions[0];
            assert_eq!(action["title"], "Ret til `langt_navn`");
            assert_eq!(action["diagnostics"][0]["code"], "H0201");
            let mended = edited(&text(marked), &action["edit"]["changes"][URI]);
            assert!(mended.contains("og (langt_navn)"), "{mended}");
        }
    }
}
