//! Fixes and other ways to write things: over the wire.

use crate::client::{Client, position, text, uri_of};
use serde_json::{Value, json};

const URI: &str = "untitled:regler";

/// The actions of a kind at the cursor of a document.
async fn actions(marked: &str, only: Option<&str>) -> Vec<Value> {
    let mut client = Client::ready().await;
    client.open(URI, &text(marked)).await;
    let at = position(marked);
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [], "only": only.map(|kind| vec![kind]) },
    });
    let found = client.request("textDocument/codeAction", params).await;
    found.as_array().unwrap().clone()
}

/// The texts that an action writes, and where each begins.
fn written(action: &Value) -> Vec<String> {
    let edits = action["edit"]["changes"][URI].as_array().unwrap().iter();
    let edits = edits.map(|edit| {
        let at = &edit["range"]["start"];
        let text = edit["newText"].as_str().unwrap();
        format!("{}:{} {text}", at["line"], at["character"])
    });
    edits.collect()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"] == title);
    found.expect("an action with this title")
}

#[tokio::test]
async fn bullets_behind_an_emoji_with_windows_ends_of_lines() {
    let marked = "# 😀\r\nbegreb æ \"😀\"\r\n  når ø og å $0eller ø\r\n";
    let found = actions(marked, Some("quickfix")).await;
    let action = titled(&found, "Skriv som punkter under `mindst én af:`");
    assert_eq!(
        written(action),
        ["2:6 mindst én af:\r\n    - ø og å\r\n    - ø"]
    );
}

#[tokio::test]
async fn versions_are_split_in_english() {
    let marked = "term a\n  basis source \"😀\"\n  when age is over 3\nterm $0a\n  in force from 1 June 2017\n  basis source \"x\"\n  when age is over 3\n";
    let found = actions(marked, Some("quickfix")).await;
    let action = titled(&found, "Let the older end on 31 May 2017");
    assert_eq!(written(action), ["0:6 \n  in force to 31 May 2017"]);
    assert_eq!(action["isPreferred"], true);
}

#[tokio::test]
async fn all_that_is_certain_at_once() {
    let marked = "begreb æ\n\thjemmel kilde \"😀\"\n\tnår$0 b\nbegreb c\n  når og\n";
    let found = actions(marked, Some("source.fixAll")).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["kind"], "source.fixAll");
    assert_eq!(written(&found[0]), ["1:0   ", "2:0   "]);
    assert!(actions("begreb $0æ\n", Some("source")).await.is_empty());
}

#[tokio::test]
async fn the_file_in_the_other_language() {
    let marked = "$0begreb æ \"😀\"\r\n  når b i mindst 2 uger\r\n";
    let found = actions(marked, Some("refactor.rewrite")).await;
    assert_eq!(
        written(titled(&found, "Skriv filen på engelsk")),
        ["0:0 term æ \"😀\"\r\n  when b for at least 2 weeks\r\n"]
    );
    let broken = "$0begreb æ\n  når og\n";
    assert!(actions(broken, Some("refactor.rewrite")).await.is_empty());
}

#[tokio::test]
async fn the_actual_outcome_is_accepted() {
    let marked = "data ydelse\n  perioder fuldstændig\nbegreb æ\n  hjemmel kilde \"😀\"\n  når ydelse\neksempel \"😀\"\n  givet\n    ydelse fra 1. maj 2017, fortsat\n  så\n    æ er $0nej den 2. maj 2017\n";
    let found = actions(marked, Some("quickfix")).await;
    let action = titled(&found, "Vent det som reglerne siger");
    assert_eq!(written(action), ["9:9 ja"]);
    let mut client = Client::ready().await;
    client.open(URI, &text(marked)).await;
    let told = client.diagnostics(URI, Some(1)).await;
    let mut told = told.as_array().unwrap().iter();
    let told = told.find(|it| it["code"] == "H0801").unwrap();
    let sentence = told["message"].as_str().unwrap();
    let wanted = "eksemplet venter `nej` den 2. maj 2017 for `æ`; reglerne siger `nej` til og med 30. april 2017, `ja` fra 1. maj 2017";
    assert!(sentence.starts_with(wanted), "{sentence}");
}

#[tokio::test]
async fn a_term_is_extracted_and_inlined() {
    let marked =
        "term b\n  when age is over 3\nterm æ\n  when b and (not$0 b)\nterm x\n  when and\n";
    let found = actions(marked, Some("refactor.extract")).await;
    assert_eq!(
        written(titled(&found, "Make the condition the term `new_term`")),
        [
            "2:0 term new_term\n  basis source \"fill in the source\"\n  unverified \"The basis is not found yet\"\n  when not b\n\n",
            "3:13 new_term"
        ]
    );
    let marked = marked.replace("$0", "").replace("when b", "when $0b");
    let found = actions(&marked, Some("refactor.inline")).await;
    assert_eq!(
        written(titled(&found, "Write the condition instead of `b`")),
        ["3:7 age is over 3"]
    );
}

#[tokio::test]
async fn exemptions_versions_and_examples() {
    let marked = "pligt $0p \"😀\"\n  gælder fra 1. maj 2018\n  for a\n    dog ikke når å\n";
    let found = actions(marked, Some("refactor")).await;
    let version = titled(&found, "Ny version af `p` fra 1. januar 2019");
    assert_eq!(written(version)[0], "1:24  til 31. december 2018");
    let example = titled(&found, "Tilføj et eksempel for `p`");
    assert!(written(example)[0].starts_with("3:18 \n\neksempel"));
    let marked = marked.replace("$0", "").replace("når å", "når $0å");
    let found = actions(&marked, Some("refactor.rewrite")).await;
    let title = "Gør undtagelsen til en fritagelse (dagene bliver `fritaget`)";
    assert!(written(titled(&found, title))[1].contains("fritagelse ny_fritagelse fra p"));
}

/// The actions at the cursor of an open document, beside a file that is closed, and their addresses.
async fn beside(closed: &str, marked: &str, versions: bool) -> (Vec<Value>, [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["lukket.regel", "åben.regel"].map(|name| folder.path().join(name));
    std::fs::write(&paths[0], closed).unwrap();
    let uris = paths.map(|path| uri_of(&path));
    let edits = json!({ "workspace": { "workspaceEdit": { "documentChanges": versions } } });
    let root = json!([{ "uri": uri_of(folder.path()), "name": "regler" }]);
    let mut client = Client::with(json!({ "capabilities": edits, "workspaceFolders": root })).await;
    client.open(&uris[1], &text(marked)).await;
    let at = position(marked);
    let params = json!({
        "textDocument": { "uri": uris[1] },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [] },
    });
    let found = client.request("textDocument/codeAction", params).await;
    (found.as_array().unwrap().clone(), uris)
}

#[tokio::test]
async fn a_value_is_added_to_the_table_in_a_closed_file() {
    let table = "data ydelse \"😀\"\r\n  perioder\r\n  art er en af æ, \u{F8}\r\n";
    let rule = "term a\n  basis source \"𝕊\"\n  when ydelse.art is $0xyz\n";
    let (found, [closed, open]) = beside(table, rule, false).await;
    let action = titled(&found, "Add the value `xyz` in `lukket.regel`");
    let changes = &action["edit"]["changes"];
    assert!(changes[&open].is_null());
    let at = json!({ "line": 2, "character": 19 });
    assert_eq!(
        changes[&closed],
        json!([{ "range": { "start": at, "end": at }, "newText": ", xyz" }])
    );
}

#[tokio::test]
async fn one_fix_edits_two_files_at_once() {
    let rule = |word: &str| {
        format!("begreb {word} \"😀\"\n  hjemmel kilde \"a\"\n  når alder er over 3\n")
    };
    for versions in [false, true] {
        let (found, [closed, open]) = beside(&rule("æ"), &rule("$0æ"), versions).await;
        let action = titled(&found, "Skriv hvornår hver af dem gælder");
        let edits = if versions {
            let [two, one] = [0, 1].map(|n| &action["edit"]["documentChanges"][n]);
            assert_eq!(
                one["textDocument"],
                json!({ "uri": closed, "version": null })
            );
            assert_eq!(two["textDocument"], json!({ "uri": open, "version": 1 }));
            [&one["edits"], &two["edits"]]
        } else {
            let changes = &action["edit"]["changes"];
            [&changes[&closed], &changes[&open]]
        };
        let told = edits.map(|edits| edits[0]["newText"].as_str().unwrap().to_owned());
        assert_eq!(told, ["\n  gælder til …", "\n  gælder fra …"]);
        assert_eq!(
            edits[0][0]["range"]["start"],
            json!({ "line": 0, "character": 13 })
        );
    }
}
