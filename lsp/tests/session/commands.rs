//! Lenses, code actions and commands for what can be done with rules and examples.

use crate::client::{Client, position, text};
use crate::outcomes::DANISH;
use serde_json::{Value, json};

const URI: &str = "untitled:regler";

async fn open() -> Client {
    let mut client = Client::ready().await;
    client.open(URI, &text(DANISH)).await;
    client
}

fn titles(all: &Value, at: impl Fn(&Value) -> &Value) -> Vec<String> {
    let all = all.as_array().unwrap().iter();
    all.map(|it| at(it)["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn execute(client: &mut Client, command: &str, arguments: Value) -> Value {
    let params = json!({ "command": command, "arguments": arguments });
    client.request("workspace/executeCommand", params).await
}

#[tokio::test]
async fn every_lens_is_a_code_action_too() {
    let mut client = open().await;
    let lenses = client.about("textDocument/codeLens", URI).await;
    let told = titles(&lenses, |it| &it["command"]);
    let wanted = ["✓ holder (1)", "1 eksempel", "kør", "forklar", "tidslinjer"];
    assert_eq!(told, wanted);
    let at = json!({ "line": 11, "character": 8 });
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params).await;
    let told = titles(&actions, |it| it);
    for title in ["✓ holder (1)", "kør", "forklar", "tidslinjer"] {
        assert!(told.iter().any(|it| it == title), "{told:?}");
    }
    for lens in lenses.as_array().unwrap() {
        let command = &lens["command"];
        let name = command["command"].as_str().unwrap();
        let arguments = command.get("arguments").cloned().unwrap_or(json!([]));
        let done = execute(&mut client, name, arguments).await;
        assert!(!done.is_null(), "{command}");
        client.wait(|it| it["method"] == "window/showMessage").await;
    }
    let all = actions.as_array().unwrap().iter();
    let explain = all.rev().find(|it| it["title"] == "forklar").unwrap();
    let command = &explain["command"];
    let result = execute(
        &mut client,
        command["command"].as_str().unwrap(),
        command["arguments"].clone(),
    )
    .await;
    assert_eq!(result["title"], "Begrundelse: æøå");
    let shown = client.wait(|it| it["method"] == "window/showMessage").await;
    let shown = shown["params"]["message"].as_str().unwrap();
    assert!(shown.starts_with("# æøå"), "{shown}");
}

#[tokio::test]
async fn the_server_offers_what_the_client_has_not() {
    for (own, wanted) in [
        (json!([]), 6),
        (json!(["hjemmel.explain", "hjemmel.timelines"]), 4),
    ] {
        let mut client = Client::new();
        let params = json!({ "capabilities": {}, "initializationOptions": { "commands": own } });
        let told = client.request("initialize", params).await;
        let offered = &told["capabilities"]["executeCommandProvider"]["commands"];
        assert_eq!(offered.as_array().unwrap().len(), wanted);
    }
}

#[tokio::test]
async fn commands_run_examples_translate_and_set_the_day() {
    let mut client = open().await;
    execute(&mut client, "hjemmel.runExamples", json!([])).await;
    let shown = client.wait(|it| it["method"] == "window/showMessage").await;
    assert_eq!(shown["params"]["message"], "✓ 1/1");
    execute(&mut client, "hjemmel.translate", json!(["en"])).await;
    let edit = client
        .wait(|it| it["method"] == "workspace/applyEdit")
        .await;
    assert!(edit.to_string().contains("for at least 2 days"), "{edit}");
    let told = execute(&mut client, "hjemmel.lawDate", json!(["2017-07-01"])).await;
    assert_eq!(told["date"], "2017-07-01");
    let told = execute(&mut client, "hjemmel.lawDate", json!([""])).await;
    assert_eq!(told["date"], Value::Null);
    let params = json!({ "command": "rm", "arguments": ["-rf"] });
    let unknown = client.response("workspace/executeCommand", params).await;
    assert_eq!(unknown["error"]["code"], -32601);
}

#[tokio::test]
async fn inlay_hints_and_signatures() {
    let rules = "parameter æ\n  værdi 2 uger\nbegreb 😀\nbegreb a\n  når b i mindst æ\n  når b inden for de seneste $0";
    let mut client = Client::ready().await;
    client.open(URI, &text(rules)).await;
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": { "line": 4, "character": 0 }, "end": { "line": 4, "character": 99 } },
    });
    let hints = client.request("textDocument/inlayHint", params).await;
    assert_eq!(hints[0]["label"], "= 2 uger");
    assert_eq!(hints[0]["position"], json!({ "line": 4, "character": 18 }));
    let params = json!({ "textDocument": { "uri": URI }, "position": position(rules) });
    let help = client.request("textDocument/signatureHelp", params).await;
    let told = &help["signatures"][0];
    assert_eq!(
        told["label"],
        "betingelse inden for de seneste længde: 6 måneder"
    );
    assert_eq!(told["parameters"][1]["label"], json!([32, 49]));
    assert_eq!(help["activeParameter"], 1);
}
