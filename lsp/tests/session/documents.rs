//! What the server makes of documents and files that come, change and go.

use crate::client::{Client, position, uri_of};
use serde_json::json;
use std::fs;
use std::path::Path;

const URI: &str = "untitled:regler";
const BASIS: &str = "  hjemmel kilde \"Prøve\"\n";

fn rule(condition: &str) -> String {
    format!("begreb æ\n{BASIS}  når {condition}\n")
}

#[tokio::test]
async fn diagnostics_follow_an_edit() {
    let mut client = Client::ready().await;
    client.open(URI, &rule("ukendt_ord")).await;
    let before = client.codes(URI, Some(1)).await;
    assert_eq!(before, ["H0201"]);
    let marked = rule("$0ukendt_ord");
    let (start, end) = (position(&marked), position(&rule("ukendt_ord$0")));
    let change = json!({ "range": { "start": start, "end": end }, "text": "æ" });
    client.change(URI, 2, change).await;
    assert!(
        !client
            .codes(URI, Some(2))
            .await
            .contains(&"H0701".to_owned())
    );
}

#[tokio::test]
async fn diagnostics_tell_their_page_other_places_and_how_to_be_drawn() {
    let pages =
        json!({ "textDocument": { "publishDiagnostics": { "codeDescriptionSupport": true } } });
    let mut client = Client::with(json!({ "capabilities": pages })).await;
    let of = |told: &serde_json::Value, code: &str| {
        let mut all = told.as_array().unwrap().iter();
        all.find(|it| it["code"] == code).cloned().unwrap()
    };
    let rules = format!("begreb æ \"😀\"\n{BASIS}  når ydelse\ndata ydelse\n  perioder\n");
    client
        .open(URI, &format!("{rules}data æ\n  perioder\n"))
        .await;
    let taken = of(&client.diagnostics(URI, Some(1)).await, "H0202");
    assert_eq!(taken["codeDescription"]["href"], "hjemmel-page:H0202");
    let other = &taken["relatedInformation"][0];
    assert_eq!(other["location"]["uri"], URI);
    let at = json!({ "line": 0, "character": 7 });
    assert_eq!(other["location"]["range"]["start"], at);
    assert_eq!(other["message"], "første gang her");
    client.replace(URI, 2, &rules).await;
    let unused = of(&client.diagnostics(URI, Some(2)).await, "H0701");
    assert_eq!(unused["tags"], json!([1]));
}

#[tokio::test]
async fn folders_are_rule_sets_of_their_own() {
    let outer = tempfile::tempdir().unwrap();
    let folders = ["en", "to"].map(|name| outer.path().join(name));
    for folder in &folders {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("æ.regel"), rule("alder er over 3")).unwrap();
    }
    let told = |n: usize| json!({ "uri": uri_of(&folders[n]), "name": "regler" });
    let params = json!({ "capabilities": {}, "workspaceFolders": [told(0)] });
    let mut client = Client::with(params).await;
    let event = json!({ "event": { "added": [told(1)], "removed": [] } });
    client
        .notify("workspace/didChangeWorkspaceFolders", event)
        .await;
    let marked = format!("begreb b\n{BASIS}  når $0æ\n");
    for folder in &folders {
        // One name in two folders is no mistake, and leads to its own folder.
        let closed = uri_of(&folder.join("æ.regel"));
        assert_eq!(client.codes(&closed, None).await, ["H0307"]);
        let open = uri_of(&folder.join("b.regel"));
        client.open(&open, &crate::client::text(&marked)).await;
        let found = client.at("textDocument/definition", &open, &marked).await;
        assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
        assert_eq!(found[0]["uri"], closed);
    }
}

#[tokio::test]
async fn settings_count_from_when_they_change() {
    let mut client = Client::ready().await;
    let example = format!(
        "data ydelse\n  perioder fuldstændig\nbegreb æ\n{BASIS}  når ydelse\neksempel \"e\"\n  så\n    æ er ne$0j den 1. maj 2017\n"
    );
    client.open(URI, &crate::client::text(&example)).await;
    for (language, word) in [("en", "The example says"), ("da", "Eksemplet siger")] {
        let settings = json!({ "settings": { "hjemmel": { "language": language } } });
        client
            .notify("workspace/didChangeConfiguration", settings)
            .await;
        let told = client.at("hjemmel/explain", URI, &example).await;
        let told = told["text"].as_str().unwrap();
        assert!(told.contains(word), "{told}");
    }
}

#[tokio::test]
async fn only_the_newest_version_is_told_of_last() {
    let mut client = Client::ready().await;
    client.open(URI, &rule("x1")).await;
    for version in 2..=60 {
        client
            .replace(URI, version, &rule(&format!("x{version}")))
            .await;
    }
    let told = client.diagnostics(URI, Some(60)).await;
    assert!(told.to_string().contains("`x60`"), "{told}");
    let later = client.rest().await;
    let versions: Vec<i64> = later
        .iter()
        .filter_map(|message| message["params"]["version"].as_i64())
        .collect();
    assert!(versions.is_sorted(), "{versions:?}");
    assert!(!versions.contains(&60), "told twice");
}

#[tokio::test]
async fn changes_out_of_order_are_put_in_order() {
    let mut client = Client::ready().await;
    client.open(URI, "begreb a\n").await;
    let insert = |text: &str, column: u32| {
        let at = json!({ "line": 0, "character": column });
        json!({ "range": { "start": at, "end": at }, "text": text })
    };
    // 2: begreb aæ, 3: begreb aæ😀, 4: begreb aæ😀x
    client.change(URI, 4, insert("x", 11)).await;
    client.change(URI, 2, insert("æ", 8)).await;
    client.change(URI, 3, insert("😀", 9)).await;
    client.diagnostics(URI, Some(4)).await;
    let symbols = client.about("textDocument/documentSymbol", URI).await;
    assert_eq!(symbols[0]["name"], "aæ");
    let end = &symbols[0]["selectionRange"]["end"];
    assert_eq!(end, &json!({ "line": 0, "character": 9 }));
}

#[tokio::test]
async fn files_of_the_folder_are_known_and_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("løn")).unwrap();
    let closed = root.join("løn/æ.regel");
    fs::write(&closed, rule("findes_ikke")).unwrap();
    let mut client = Client::in_folder(root).await;
    let closed_uri = uri_of(&closed);
    assert_eq!(client.codes(&closed_uri, None).await, ["H0201"]);

    // Opened, mended, closed without saving: the disk counts again.
    client.open(&closed_uri, &rule("alder er over 3")).await;
    assert_eq!(client.codes(&closed_uri, Some(1)).await, ["H0307"]);
    let document = json!({ "textDocument": { "uri": closed_uri } });
    client.notify("textDocument/didClose", document).await;
    assert_eq!(client.codes(&closed_uri, None).await, ["H0201"]);

    // Written by someone else, then removed.
    fs::write(&closed, rule("æ_er_væk")).unwrap();
    let changes = json!({ "changes": [{ "uri": closed_uri, "type": 2 }] });
    client
        .notify("workspace/didChangeWatchedFiles", changes.clone())
        .await;
    let told = client.diagnostics(&closed_uri, None).await;
    assert!(told.to_string().contains("`æ_er_væk`"), "{told}");
    fs::remove_file(&closed).unwrap();
    client
        .notify("workspace/didChangeWatchedFiles", changes)
        .await;
    assert_eq!(client.codes(&closed_uri, None).await, [""; 0]);
}

#[tokio::test]
async fn a_document_outside_all_folders_goes_with_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.regel"),
        format!("begreb nabo\n{BASIS}  når alder er over 3\n"),
    )
    .unwrap();
    let uri = uri_of(&folder.path().join("b.regel"));
    let mut client = Client::ready().await;
    let marked = format!("begreb b\n{BASIS}  når na$0bo\n");
    client.open(&uri, &crate::client::text(&marked)).await;
    let targets = client.at("textDocument/definition", &uri, &marked).await;
    assert_eq!(targets[0]["uri"], uri_of(&folder.path().join("a.regel")));
}

#[tokio::test]
async fn a_document_beside_the_folder_leaves_the_folder_alone() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("regler");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("a.regel"), rule("alder er over 3")).unwrap();
    let mut client = Client::in_folder(&root).await;
    let inside = uri_of(&root.join("a.regel"));
    assert_eq!(client.codes(&inside, None).await, ["H0307"]);
    // The same name again, but in a rule set of its own.
    let beside = uri_of(&outer.path().join("b.regel"));
    client.open(&beside, &rule("alder er over 4")).await;
    assert_eq!(client.codes(&beside, Some(1)).await, ["H0307"]);

    // The folder goes, and then it is all the same who wrote it.
    let event = json!({ "added": [], "removed": [{ "uri": uri_of(&root), "name": "regler" }] });
    client
        .notify(
            "workspace/didChangeWorkspaceFolders",
            json!({ "event": event }),
        )
        .await;
    assert_eq!(client.codes(&inside, None).await, [""; 0]);
}

#[tokio::test]
async fn a_folder_can_be_named_among_the_options() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["regler", "andet"] {
        fs::create_dir(root.join(name)).unwrap();
        fs::write(root.join(name).join("a.regel"), rule(name)).unwrap();
    }
    let params = json!({
        "capabilities": {},
        "workspaceFolders": [{ "uri": uri_of(root), "name": "alt" }],
        "initializationOptions": { "rules": ["regler"] },
    });
    let mut client = Client::with(params).await;
    let uri = uri_of(&root.join("regler/a.regel"));
    assert_eq!(client.codes(&uri, None).await, ["H0201"]);
    assert!(client.rest().await.is_empty());
}

/// As Kate writes it: letters and blanks stand for themselves.
#[tokio::test]
async fn an_address_that_is_not_escaped_is_that_of_the_same_file() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("prøve på æøå [1]");
    fs::create_dir(&root).unwrap();
    let file = root.join("å 1.regel");
    fs::write(&file, rule("findes_ikke")).unwrap();
    let bare = |path: &Path| format!("file://{}", path.to_str().unwrap());
    let params = json!({ "capabilities": {}, "rootUri": bare(&root) });
    let mut client = Client::with(params).await;
    let uri = uri_of(&file);
    assert_eq!(client.codes(&uri, None).await, ["H0201"]);
    let marked = rule("alder er over 3").replace("begreb æ", "begreb $0æ");
    client
        .open(&bare(&file), &crate::client::text(&marked))
        .await;
    assert_eq!(client.codes(&uri, Some(1)).await, ["H0307"]);
    let places = client
        .at("textDocument/references", &bare(&file), &marked)
        .await;
    assert_eq!(places[0]["uri"], uri, "{places}");
    // Another way to write it is another message about the same document.
    client.replace(&uri, 2, &rule("findes_ikke")).await;
    assert_eq!(client.codes(&uri, Some(2)).await, ["H0201"]);
}
