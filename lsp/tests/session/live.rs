//! Live numbers: counted in the background from an extract that a fake reads.

use crate::client::{Client, position, uri_of};
use hjemmel_lsp::population::{Model, People, Population};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// The cases of the examples, if the path is the one that was set.
struct Fake;

impl Population for Fake {
    fn load(&self, path: &Path, model: &Model) -> Option<People> {
        let cases = model.examples.iter().map(|it| it.case.clone());
        (path == Path::new("/data/udtræk")).then(|| People {
            cases: cases.collect(),
            day: None,
        })
    }
}

pub(crate) const RULES: &str = "lov LAB \"Lov\"
  udgave LBK 1342/2016 gælder fra 1. januar 1900

data ydelse
  perioder fuldstændig

begreb hjælp
  hjemmel kilde \"Prøve\"
  når ydelse

pligt tilbud \"😀\"
  hjemmel LAB § 92
  for ydelse
  regnet fra ydelse
  frist 2 uger
  opfyldes af hjælp i mindst 1 år

eksempel \"a\"
  givet
    ydelse fra 1. maj 2017, fortsat
  så
    hjælp er ja fra 1. maj 2017

eksempel \"b\"
  givet
    ydelse fra 1. maj 2016 til 31. maj 2016
  så
    hjælp er nej fra 1. juni 2016
";

async fn ready(options: Value) -> Client {
    let mut client = Client::with_population(Arc::new(Fake));
    let params = json!({
        "capabilities": { "workspace": { "codeLens": { "refreshSupport": true } } },
        "initializationOptions": options,
    });
    client.request("initialize", params).await;
    client.notify("initialized", json!({})).await;
    client
}

/// Waits for new numbers; the lens that tells them.
async fn counted(client: &mut Client, uri: &str, wanted: &str) {
    for _ in 0..20 {
        client
            .wait(|it| it["method"] == "workspace/codeLens/refresh")
            .await;
        let lenses = client.about("textDocument/codeLens", uri).await;
        if lenses.to_string().contains(wanted) {
            return;
        }
    }
    assert_eq!(wanted, "", "no lens tells it");
}

#[tokio::test]
async fn lenses_follow_edits_and_saves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("æ.regel");
    std::fs::write(&path, RULES).unwrap();
    let uri = uri_of(&path);
    let mut client = ready(json!({ "extract": "/data/udtræk" })).await;
    client.open(&uri, RULES).await;
    counted(&mut client, &uri, "\"omfatter 1 af 2\"").await;
    let edited = RULES.replace("2 uger", "8 uger");
    client.replace(&uri, 2, &edited).await;
    counted(&mut client, &uri, "\"omfatter 1 af 2; 1 ændret\"").await;
    // Also for editors that show no lenses.
    let marked = edited.replace("pligt tilbud", "pligt $0tilbud");
    let at = position(&marked);
    let params = json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at },
        "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", params).await;
    let mut actions = actions.as_array().unwrap().iter();
    let count = actions.find(|it| it["title"] == "omfatter 1 af 2; 1 ændret");
    assert_eq!(count.unwrap()["command"]["command"], "hjemmel.compare");
    let hover = client.at("textDocument/hover", &uri, &marked).await;
    let hover = hover["contents"]["value"].as_str().unwrap();
    assert!(hover.ends_with("\n\nomfatter 1 af 2; 1 ændret"), "{hover}");
    std::fs::write(&path, &edited).unwrap();
    let saved = json!({ "textDocument": { "uri": uri } });
    client.notify("textDocument/didSave", saved).await;
    counted(&mut client, &uri, "\"omfatter 1 af 2\"").await;
}

#[tokio::test]
async fn an_extract_named_later_is_counted_too() {
    let uri = "untitled:a";
    let mut client = ready(json!({})).await;
    client.open(uri, RULES).await;
    client.diagnostics(uri, Some(1)).await;
    let lenses = client.about("textDocument/codeLens", uri).await;
    assert!(!lenses.to_string().contains("omfatter"), "{lenses}");
    let settings = json!({ "settings": { "hjemmel": { "extract": "/data/udtræk" } } });
    client
        .notify("workspace/didChangeConfiguration", settings)
        .await;
    counted(&mut client, uri, "\"omfatter 1 af 2\"").await;
}

#[tokio::test]
async fn what_cannot_be_counted_is_not_told() {
    let uri = "untitled:a";
    let mut client = ready(json!({ "extract": "/findes/ikke" })).await;
    client.open(uri, RULES).await;
    let told = client.wait(|it| it["method"] == "window/logMessage").await;
    let told = told["params"]["message"].as_str().unwrap();
    assert!(told.contains("udtrækket kan ikke bruges"), "{told}");
    // A path that is not full is none, and broken rules are not counted.
    let mut client = ready(json!({ "extract": "data/udtræk" })).await;
    client
        .open(uri, &RULES.replace("når ydelse", "når og"))
        .await;
    let rest = client.rest().await;
    let asked = rest
        .iter()
        .any(|it| it["method"] == "workspace/codeLens/refresh");
    assert!(!asked, "{rest:?}");
}
