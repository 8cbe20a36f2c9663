//! Where things are, what belongs to what, and parts of answers: over the wire.

use crate::client::{Client, position, text, uri_of};
use serde_json::{Value, json};

const URI: &str = "untitled:regler";

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

fn ranges(found: &Value) -> Vec<String> {
    let found = found.as_array().unwrap().iter();
    found.map(|it| range(&it["range"])).collect()
}

#[tokio::test]
async fn highlights_behind_danish_letters_and_an_emoji() {
    let marked = "begreb $0æ \"😀\"\r\n  når og\r\nterm b\r\n  when (not æ) and 😀 æ\r\n";
    let mut client = with(marked).await;
    let found = client
        .at("textDocument/documentHighlight", URI, marked)
        .await;
    assert_eq!(ranges(&found), ["0:7-0:8", "3:12-3:13", "3:22-3:23"]);
    assert_eq!(
        (&found[0]["kind"], &found[1]["kind"]),
        (&json!(3), &json!(2))
    );
}

#[tokio::test]
async fn what_is_typed_together() {
    let marked = "# 😀\r\nbegreb $0æ \"😀\"\r\n  når og\r\nbegreb b # 😀\r\n  når æ eller æ\r\n";
    let mut client = with(marked).await;
    let method = "textDocument/linkedEditingRange";
    let found = client.at(method, URI, marked).await;
    let found: Vec<String> = found["ranges"]
        .as_array()
        .unwrap()
        .iter()
        .map(range)
        .collect();
    assert_eq!(found, ["1:7-1:8", "4:6-4:7", "4:14-4:15"]);
    let of_a_use = text(marked).replace("eller æ", "eller $0æ");
    assert_eq!(client.at(method, URI, &of_a_use).await, Value::Null);
}

#[tokio::test]
async fn symbols_of_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ø.regel");
    std::fs::write(&path, "pligt tilbudspligt\n  hjemmel LAB § 92\n  for og\n").unwrap();
    let mut client = Client::in_folder(folder.path()).await;
    let found = client
        .request("workspace/symbol", json!({ "query": "TILB" }))
        .await;
    assert_eq!(found[0]["name"], "tilbudspligt");
    let by_provision = client
        .request("workspace/symbol", json!({ "query": "§ 92" }))
        .await;
    assert_eq!(by_provision, found);
    assert_eq!(found[0]["location"]["uri"], uri_of(&path));
    assert_eq!(range(&found[0]["location"]["range"]), "0:6-0:18");
}

#[tokio::test]
async fn type_definition_and_implementation() {
    let marked = "data ydelse \"😀\"\n  art er en af a, b\npligt $0p\n  for ydelse.art er a\nfritagelse f fra p\n  når og\n";
    let mut client = with(marked).await;
    let found = client.at("textDocument/implementation", URI, marked).await;
    assert_eq!(ranges(&found), ["4:11-4:12"]);
    let at = marked.replace("$0", "").replace("er a\n", "er $0a\n");
    let found = client.at("textDocument/typeDefinition", URI, &at).await;
    assert_eq!(ranges(&found), ["1:2-1:5"]);
}

#[tokio::test]
async fn uses_and_used_by() {
    let marked =
        "term æ\n  when age is over 3\nterm $0b \"😀\"\n  when æ and æ\nterm c\n  when b and\n";
    let mut client = with(marked).await;
    let items = client
        .at("textDocument/prepareCallHierarchy", URI, marked)
        .await;
    assert_eq!(items[0]["name"], "b");
    let item = json!({ "item": items[0] });
    let out = client
        .request("callHierarchy/outgoingCalls", item.clone())
        .await;
    assert_eq!(out[0]["to"]["name"], "æ");
    let from = out[0]["fromRanges"].as_array().unwrap();
    let from: Vec<String> = from.iter().map(range).collect();
    assert_eq!(from, ["3:7-3:8", "3:13-3:14"]);
    let users = client.request("callHierarchy/incomingCalls", item).await;
    assert_eq!(users[0]["from"]["name"], "c");
    assert_eq!(range(&users[0]["fromRanges"][0]), "5:7-5:8");
}

/// The rules in one file, an example in another, the cursor on a line of it.
const REASONS: [&str; 2] = [
    "data ydelse\n  perioder fuldstændig\nbegreb hjælp \"😀\"\n  hjemmel kilde \"Prøve\"\n  når ydelse dog ikke når fravær\ndata fravær\n  perioder fuldstændig\n",
    "eksempel \"æøå 😀\"\n  givet\n    ydelse fra 1. maj 2017, fortsat\n  så\n    hjælp $0er ja den 2. maj 2017\n",
];

#[tokio::test]
async fn a_result_unfolds_into_its_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let [rules, example] = ["r.regel", "æ.regel"].map(|name| uri_of(&folder.path().join(name)));
    let mut client = Client::in_folder(folder.path()).await;
    client.open(&rules, REASONS[0]).await;
    client.open(&example, &text(REASONS[1])).await;
    let items = client
        .at("textDocument/prepareCallHierarchy", &example, REASONS[1])
        .await;
    let item = &items[0];
    assert_eq!(item["name"], "begreb hjælp er ja siden 1. maj 2017");
    assert_eq!(
        (&item["uri"], range(&item["selectionRange"])),
        (&json!(rules), "2:7-2:12".into())
    );
    // The tree is found again when something else in the file of the example has changed.
    client
        .replace(&example, 2, &format!("# 😀\n\n{}", text(REASONS[1])))
        .await;
    let below = client
        .request("callHierarchy/outgoingCalls", json!({ "item": item }))
        .await;
    let told: Vec<&str> = below
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["to"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(told[0], "✓ reglen med dens undtagelser: ja");
    assert_eq!(range(&below[0]["fromRanges"][0]), "4:6-4:32");
    let step = json!({ "item": below[0]["to"] });
    let deeper = client
        .request("callHierarchy/outgoingCalls", step.clone())
        .await;
    assert_eq!(deeper[0]["to"]["name"], "✓ ydelse: ja");
    assert_eq!(deeper[1]["to"]["name"], "✗ dog ikke når fravær: nej");
    let above = client.request("callHierarchy/incomingCalls", step).await;
    assert_eq!(above[0]["from"], *item);
    for data in [json!({}), json!({ "uri": 1 }), json!("x")] {
        let mut strange = item.clone();
        strange["data"] = data;
        let none = client
            .request("callHierarchy/outgoingCalls", json!({ "item": strange }))
            .await;
        assert_eq!(none, Value::Null);
    }
}

#[tokio::test]
async fn selection_grows() {
    let marked = "# 😀\r\nbegreb æ\r\n  når a og $0øl\r\n";
    let mut client = with(marked).await;
    let params = json!({ "textDocument": { "uri": URI }, "positions": [position(marked)] });
    let found = client.request("textDocument/selectionRange", params).await;
    assert_eq!(range(&found[0]["range"]), "2:11-2:13");
    assert_eq!(range(&found[0]["parent"]["range"]), "2:6-2:13");
    assert_eq!(range(&found[0]["parent"]["parent"]["range"]), "2:2-2:13");
}

#[tokio::test]
async fn links_to_acts_and_pages() {
    let mut client = with("lov LAB\nbegreb æ # 😀 H0201\n  hjemmel LAB § 2\n  når og\n").await;
    let links = client.about("textDocument/documentLink", URI).await;
    assert_eq!(ranges(&links), ["1:14-1:19", "2:10-2:13"]);
    assert_eq!(links[0]["target"], "hjemmel-page:H0201");
    assert_eq!(links[1]["target"], format!("{URI}#L1"));
}

#[tokio::test]
async fn formatting_of_a_range_and_of_the_line_above() {
    let marked = "begreb æ\r\n     når b\r\n\r\nbegreb c\r\n$0      når   d\r\n";
    let mut client = with(marked).await;
    let at = position(marked);
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": URI }, "options": options,
        "range": { "start": at, "end": at } });
    let edits = client.request("textDocument/rangeFormatting", params).await;
    assert_eq!(ranges(&edits), ["4:0-5:0"]);
    assert_eq!(edits[0]["newText"], "  når d\r\n");
    let params = json!({ "textDocument": { "uri": URI }, "options": options, "ch": "\n",
        "position": { "line": 2, "character": 0 } });
    let edits = client
        .request("textDocument/onTypeFormatting", params)
        .await;
    assert_eq!(ranges(&edits), ["1:0-2:0"]);
    assert_eq!(edits[0]["newText"], "  når b\r\n");
}

/// The numbers of tokens after an edit of them.
fn spliced(old: &Value, delta: &Value) -> Vec<Value> {
    let mut data = old.as_array().unwrap().clone();
    for edit in delta["edits"].as_array().unwrap() {
        let number = |name: &str| usize::try_from(edit[name].as_u64().unwrap()).unwrap();
        let (start, count) = (number("start"), number("deleteCount"));
        let new = edit["data"].as_array().unwrap().clone();
        data.splice(start..start + count, new);
    }
    data
}

#[tokio::test]
async fn tokens_as_what_is_different_and_of_a_range() {
    let before = "begreb æ\n  når alder er over 3\nbegreb b\n  når æ\n";
    let mut client = with(before).await;
    let full = client.about("textDocument/semanticTokens/full", URI).await;
    let after = before.replace("over 3", "over 3 eller og");
    client.replace(URI, 2, &after).await;
    let ask = |id: &Value| json!({ "textDocument": { "uri": URI }, "previousResultId": id });
    let method = "textDocument/semanticTokens/full/delta";
    let delta = client.request(method, ask(&full["resultId"])).await;
    let now = client.about("textDocument/semanticTokens/full", URI).await;
    assert_eq!(json!(spliced(&full["data"], &delta)), now["data"]);
    assert_eq!(delta["resultId"], now["resultId"]);
    let nothing = client.request(method, ask(&now["resultId"])).await;
    assert_eq!(nothing["edits"], json!([]));
    let unknown = client.request(method, ask(&json!("x"))).await;
    assert_eq!(unknown["data"], now["data"]);
    let part = json!({ "textDocument": { "uri": URI }, "range": {
        "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 8 } } });
    let part = client
        .request("textDocument/semanticTokens/range", part)
        .await;
    assert_eq!(part["data"], json!([2, 0, 6, 0, 0, 0, 7, 1, 9, 1]));
}

/// A client that asks for diagnostics.
async fn pulling(refresh: bool) -> Client {
    let capabilities = json!({
        "textDocument": { "diagnostic": {}, "publishDiagnostics": { "codeDescriptionSupport": true } },
        "workspace": { "diagnostics": { "refreshSupport": refresh } },
    });
    Client::with(json!({ "capabilities": capabilities })).await
}

#[tokio::test]
async fn diagnostics_that_are_asked_for() {
    let mut client = pulling(false).await;
    client.open(URI, "begreb æ\n  når og\n").await;
    let ask = |id: &Value| json!({ "textDocument": { "uri": URI }, "previousResultId": id });
    let method = "textDocument/diagnostic";
    let full = client.request(method, ask(&json!(null))).await;
    assert_eq!(full["kind"], "full");
    assert_eq!(full["items"][0]["code"], "H0101");
    let page = &full["items"][0]["codeDescription"]["href"];
    assert_eq!(page, "hjemmel-page:H0101");
    let same = client.request(method, ask(&full["resultId"])).await;
    assert_eq!(same["kind"], "unchanged");
    client.replace(URI, 2, "begreb æ\n").await;
    let full = client.request(method, ask(&full["resultId"])).await;
    assert_eq!(full["kind"], "full");
    let told = client.rest().await;
    let pushed = |it: &Value| it["method"] == "textDocument/publishDiagnostics";
    assert!(!told.iter().any(pushed), "{told:?}");
}

#[tokio::test]
async fn diagnostics_of_the_workspace_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("æ.regel");
    std::fs::write(&path, "begreb a\n  når og\n").unwrap();
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let root = json!([{ "uri": uri_of(folder.path()), "name": "regler" }]);
    let mut client =
        Client::with(json!({ "capabilities": capabilities, "workspaceFolders": root })).await;
    let ask = |ids: Value| json!({ "previousResultIds": ids });
    let method = "workspace/diagnostic";
    let report = client.request(method, ask(json!([]))).await;
    let item = &report["items"][0];
    assert_eq!(
        (&item["kind"], &item["uri"]),
        (&json!("full"), &json!(uri_of(&path)))
    );
    let known = json!([
        { "uri": item["uri"], "value": item["resultId"] },
        { "uri": "file:///gone.regel", "value": "gammel" },
    ]);
    let report = client.request(method, ask(known)).await;
    assert_eq!(report["items"][0]["kind"], "unchanged");
    assert_eq!(report["items"][1]["items"], json!([]));
}

#[tokio::test]
async fn a_client_that_asks_is_told_when_to_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let uris = ["a.regel", "b.regel"].map(|name| uri_of(&folder.path().join(name)));
    let mut client = pulling(true).await;
    client
        .open(&uris[0], "begreb a\n  hjemmel kilde \"x\"\n  når ydelse\n")
        .await;
    client.open(&uris[1], "data ydelse\n  perioder\n").await;
    let refresh = client
        .wait(|message| message["method"] == "workspace/diagnostic/refresh")
        .await;
    assert!(!refresh["id"].is_null());
}

/// An edit of a rule changes what is shown beside examples in other files.
#[tokio::test]
async fn outcomes_of_other_files_are_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let uris = ["a.regel", "b.regel"].map(|name| uri_of(&folder.path().join(name)));
    let refreshes = json!({ "refreshSupport": true });
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "codeLens": refreshes, "inlayHint": refreshes },
    });
    let mut client = Client::with(json!({
        "capabilities": capabilities,
        "initializationOptions": { "commands": ["hjemmel.runExample"] },
    }))
    .await;
    let rules = "data ydelse\n  perioder fuldstændig\n\nbegreb hjælp\n  hjemmel kilde \"x\"\n  når ydelse\n";
    let example = "eksempel \"a\"\n  givet\n    ydelse fra 1. maj 2017, fortsat\n  så\n    hjælp er ja fra 1. maj 2017\n";
    client.open(&uris[0], rules).await;
    client.open(&uris[1], example).await;
    client.rest().await;
    let other = rules.replace("når ydelse", "når ikke ydelse");
    client.replace(&uris[0], 2, &other).await;
    for method in [
        "workspace/codeLens/refresh",
        "workspace/inlayHint/refresh",
        "hjemmel/outcomesChanged",
    ] {
        client.wait(|it| it["method"] == method).await;
    }
}
