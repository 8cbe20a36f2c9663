//! Work that takes long, as a client that shows it hears of it.

use crate::client::{Client, uri_of};
use crate::live::RULES;
use hjemmel_lsp::population::{Model, People, Population};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};

const CREATE: &str = "window/workDoneProgress/create";

/// Answers the server's next request for a place to show progress; the token.
async fn place(client: &mut Client) -> Value {
    let asked = client.wait(|it| it["method"] == CREATE).await;
    let answer = json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null });
    client.send(&answer).await;
    asked["params"]["token"].clone()
}

/// The next that is told of a token.
async fn told(client: &mut Client, token: &Value) -> Value {
    let told = client
        .wait(|it| it["method"] == "$/progress" && it["params"]["token"] == *token)
        .await;
    told["params"]["value"].clone()
}

fn showing(shows: bool) -> Value {
    json!({ "window": { "workDoneProgress": shows } })
}

#[tokio::test]
async fn the_first_reading_of_folders_begins_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let root = json!([{ "uri": uri_of(folder.path()), "name": "regler" }]);
    for (locale, title) in [
        ("da", "hjemmel: læser reglerne"),
        ("en", "hjemmel: reading the rules"),
    ] {
        let mut client = Client::with(json!({
            "capabilities": showing(true), "workspaceFolders": root, "locale": locale,
        }))
        .await;
        let token = place(&mut client).await;
        let begun = told(&mut client, &token).await;
        assert_eq!(
            (&begun["kind"], &begun["title"]),
            (&json!("begin"), &json!(title))
        );
        assert_eq!(told(&mut client, &token).await["kind"], "end");
    }
}

#[tokio::test]
async fn a_client_that_shows_none_is_asked_nothing_and_one_that_does_not_answer_holds_nothing_up() {
    for shows in [false, true] {
        let mut client = Client::with(json!({ "capabilities": showing(shows) })).await;
        client.open("untitled:a", "begreb a\n").await;
        let outline = client
            .about("textDocument/documentSymbol", "untitled:a")
            .await;
        assert_eq!(outline[0]["name"], "a");
        let rest = client.rest().await;
        let asked = rest.iter().any(|it| it["method"] == CREATE);
        assert_eq!(asked, shows);
        assert!(
            !rest.iter().any(|it| it["method"] == "$/progress"),
            "{rest:?}"
        );
    }
}

/// An extract that takes as long to read as the test wants.
struct Slow(Mutex<mpsc::Receiver<()>>);

impl Population for Slow {
    fn load(&self, _: &Path, model: &Model) -> Option<People> {
        self.0.lock().unwrap().recv().ok()?;
        let cases = model.examples.iter().map(|it| it.case.clone());
        Some(People {
            cases: cases.collect(),
            day: None,
        })
    }
}

#[tokio::test]
async fn a_count_that_lasts_is_told_until_it_ends() {
    let (go_on, waits) = mpsc::channel();
    let mut client = Client::with_population(Arc::new(Slow(Mutex::new(waits))));
    let params = json!({
        "capabilities": showing(true), "locale": "da",
        "initializationOptions": { "extract": "/data/udtræk" },
    });
    client.request("initialize", params).await;
    client.notify("initialized", json!({})).await;
    place(&mut client).await;
    client.open("untitled:a", RULES).await;
    let token = place(&mut client).await;
    let begun = told(&mut client, &token).await;
    assert_eq!(begun["title"], "hjemmel: tæller sagerne");
    go_on.send(()).unwrap();
    assert_eq!(told(&mut client, &token).await["kind"], "end");
    let lenses = client.about("textDocument/codeLens", "untitled:a").await;
    assert!(lenses.to_string().contains("omfatter 1 af 2"), "{lenses}");
}
