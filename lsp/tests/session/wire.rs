//! What the server makes of frames and messages that are not as they should be.

use crate::client::Client;
use serde_json::json;

const URI: &str = "untitled:regler";

fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

#[tokio::test]
async fn a_body_that_is_no_json_is_answered_and_the_server_lives() {
    let mut client = Client::ready().await;
    for (body, code) in [
        ("{\"jsonrpc\":\"2.0\",\"method\":", -32700),
        ("", -32700),
        ("[]", -32600),
        ("{\"jsonrpc\":\"2.0\",\"method\":7}", -32600),
        ("{\"jsonrpc\":\"1.0\",\"method\":\"a\",\"id\":9}", -32600),
    ] {
        client.send_bytes(&frame(body.as_bytes())).await;
        let answer = client.wait(|message| message["error"].is_object()).await;
        assert_eq!(answer["error"]["code"], code, "{body}");
        assert!(answer["id"].is_null());
    }
    client.open(URI, "begreb a\n").await;
    let outline = client.about("textDocument/documentSymbol", URI).await;
    assert_eq!(outline[0]["name"], "a");
}

#[tokio::test]
async fn frames_may_come_in_any_pieces() {
    let mut client = Client::ready().await;
    client.open(URI, "begreb æ\n").await;
    let body = json!({ "jsonrpc": "2.0", "id": "ø", "method": "textDocument/documentSymbol",
        "params": { "textDocument": { "uri": URI } } });
    for byte in frame(body.to_string().as_bytes()) {
        client.send_bytes(&[byte]).await;
        tokio::task::yield_now().await;
    }
    let answer = client.wait(|message| message["id"] == "ø").await;
    assert_eq!(answer["result"][0]["name"], "æ");
}

#[tokio::test]
async fn half_an_emoji_does_not_end_the_session() {
    let mut client = Client::ready().await;
    let body = format!(
        "{{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{{\"textDocument\":{{\"uri\":\"{URI}\",\"languageId\":\"hjemmel\",\"version\":1,\"text\":\"# \\ud83d\\nbegreb a\\n\"}}}}}}"
    );
    client.send_bytes(&frame(body.as_bytes())).await;
    let outline = client.about("textDocument/documentSymbol", URI).await;
    assert_eq!(outline[0]["name"], "a");
}

#[tokio::test]
async fn requests_before_the_start_after_the_end_and_of_no_kind_are_errors() {
    let mut client = Client::new();
    let early = client.response("textDocument/hover", json!({})).await;
    assert_eq!(early["error"]["code"], -32002);
    client
        .request("initialize", json!({ "capabilities": {} }))
        .await;
    client.notify("initialized", json!({})).await;
    let unknown = client.response("hjemmel/findes_ikke", json!({})).await;
    assert_eq!(unknown["error"]["code"], -32601);
    let wrong = client
        .response("textDocument/hover", json!({ "a": 1 }))
        .await;
    assert_eq!(wrong["error"]["code"], -32602);
    client.request("shutdown", json!(null)).await;
    let late = client.response("textDocument/hover", json!({})).await;
    assert_eq!(late["error"]["code"], -32600);
}

#[tokio::test]
async fn a_cancelled_request_is_answered() {
    let mut client = Client::ready().await;
    let text = "begreb a\n  når b\n".repeat(200);
    client.open(URI, &text).await;
    let id = client
        .ask(
            "textDocument/codeLens",
            json!({ "textDocument": { "uri": URI } }),
        )
        .await;
    client.notify("$/cancelRequest", json!({ "id": id })).await;
    let answer = client.wait(|message| message["id"] == id).await;
    let cancelled = answer["error"]["code"] == -32800;
    assert!(cancelled || answer["result"].is_array(), "{answer}");
}

#[tokio::test]
async fn a_client_that_never_answers_holds_nothing_up() {
    let watch =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::with(json!({ "capabilities": watch })).await;
    client.open(URI, "begreb a\n").await;
    for _ in 0..300 {
        let changes = json!({ "changes": [{ "uri": "file:///findes/ikke.regel", "type": 2 }] });
        client
            .notify("workspace/didChangeWatchedFiles", changes)
            .await;
    }
    let outline = client.about("textDocument/documentSymbol", URI).await;
    assert_eq!(outline[0]["name"], "a");
    let asked = client
        .wait(|message| message["method"] == "client/registerCapability")
        .await;
    assert_eq!(
        asked["params"]["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
}

#[tokio::test]
async fn the_end_is_orderly_or_not() {
    let mut client = Client::ready().await;
    client.request("shutdown", json!(null)).await;
    client.notify("exit", json!(null)).await;
    assert!(client.leave().await);

    let mut client = Client::ready().await;
    client.open(URI, &"begreb a\n  når b\n".repeat(200)).await;
    assert!(!client.leave().await);
}
