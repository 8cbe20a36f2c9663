//! What the rules say of examples: the project's own requests, as an editor reads them.

use crate::client::{Client, position, text, uri_of};
use serde_json::{Value, json};

const URI: &str = "untitled:regler";

pub(crate) const DANISH: &str = "data ydelse
  perioder fuldstændig

begreb hjælp \"Hjælp 😀\"
  hjemmel kilde \"Prøve\"
  når ydelse i mindst 2 dage

eksempel \"æøå\"
  givet
    ydelse fra 1. maj 2017 til 31. maj 2017
  så
    hjælp er ja fra $03. maj 2017
";

const ENGLISH: &str = "data benefit
  periods complete

term help
  basis source \"Test\"
  when benefit

example \"one\"
  given
    benefit from 1 May 2017 to 31 May 2017
  then
    help is $0no on 3 May 2017
";

async fn with(marked: &str) -> Client {
    let mut client = Client::ready().await;
    client.open(URI, &text(marked)).await;
    client
}

fn at(marked: &str) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": position(marked) })
}

#[tokio::test]
async fn examples_of_all_files_and_of_one() {
    let mut client = with(ENGLISH).await;
    for params in [json!({}), json!({ "textDocument": { "uri": URI } })] {
        let all = client.request("hjemmel/examples", params).await;
        let example = &all[0]["examples"][0];
        assert_eq!(all[0]["uri"], URI);
        assert_eq!(example["title"], "one");
        assert_eq!(example["passed"], false);
        assert_eq!(example["range"]["start"]["line"], 7);
        let line = &example["lines"][0];
        assert_eq!(line["expected"], "no on 3 May 2017");
        let actual = line["actual"].as_str().unwrap();
        assert!(actual.contains("yes from 1 May 2017"), "{actual}");
    }
    client
        .replace(URI, 2, "begreb a\n  når og\neksempel \"b\"\n")
        .await;
    let all = client.request("hjemmel/examples", json!({})).await;
    assert_eq!(all[0]["examples"][0]["passed"], Value::Null);
}

#[tokio::test]
async fn timelines_lead_to_the_rule() {
    let mut client = with(DANISH).await;
    let found = client.request("hjemmel/timelines", at(DANISH)).await;
    assert_eq!(found["title"], "æøå");
    let rule = &found["rules"][0];
    assert_eq!(
        (&rule["name"], &rule["kind"]),
        (&json!("hjælp"), &json!("begreb"))
    );
    assert_eq!(rule["location"]["range"]["start"]["line"], 3);
    let run = &rule["runs"][1];
    assert_eq!(
        (&run["from"], &run["to"], &run["state"], &run["basis"]),
        (
            &json!("2017-05-03"),
            &json!("2017-05-31"),
            &json!("ja"),
            &json!(["Prøve"])
        )
    );
    assert_eq!(rule["runs"][2]["to"], Value::Null);
    let outside = client.request("hjemmel/timelines", at("$0")).await;
    assert_eq!(outside, Value::Null);
}

#[tokio::test]
async fn explain_speaks_the_language_of_the_client() {
    for (options, word) in [
        (json!({}), "Eksemplet siger"),
        (json!({ "language": "en" }), "The example says"),
    ] {
        let params = json!({ "capabilities": {}, "initializationOptions": options });
        let mut client = Client::with(params).await;
        client.open(URI, &text(DANISH)).await;
        let found = client.request("hjemmel/explain", at(DANISH)).await;
        let told = found["text"].as_str().unwrap();
        assert!(told.starts_with("# æøå\n") && told.contains(word), "{told}");
    }
    let mut client = with("begreb $0a\n  når og\n").await;
    let none = client.request("hjemmel/explain", at("$0")).await;
    assert_eq!(none, Value::Null);
}

#[tokio::test]
async fn compare_is_with_the_file_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("æ.regel");
    std::fs::write(&path, text(DANISH)).unwrap();
    let uri = uri_of(&path);
    let mut client = Client::in_folder(folder.path()).await;
    client.open(&uri, &text(DANISH)).await;
    let about = json!({ "textDocument": { "uri": uri } });
    let same = client.request("hjemmel/compare", about.clone()).await;
    assert_eq!(same, Value::Null);
    let edited = text(DANISH).replace("2 dage", "1 uge");
    client.replace(&uri, 2, &edited).await;
    let changed = client.request("hjemmel/compare", about).await;
    let told = changed["text"].as_str().unwrap();
    assert!(told.contains("## æøå ✓ → ✗"), "{told}");
    assert!(told.contains("nu: nej til og med 7. maj 2017"), "{told}");
}

#[tokio::test]
async fn translate_gives_edits_or_nothing() {
    let mut client = with(DANISH).await;
    let params = |to: &str| json!({ "textDocument": { "uri": URI }, "language": to });
    let edits = client.request("hjemmel/translate", params("en")).await;
    let all = edits.to_string();
    assert!(
        all.contains("periods complete") && all.contains("for at least 2 days"),
        "{all}"
    );
    client.replace(URI, 2, "begreb a\n  når og\n").await;
    let none = client.request("hjemmel/translate", params("en")).await;
    assert_eq!(none, Value::Null);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_answered_with_nothing() {
    let mut client = with(DANISH).await;
    for method in ["timelines", "explain", "compare", "translate"] {
        let method = format!("hjemmel/{method}");
        let answer = client.request(&method, json!({ "position": "æ" })).await;
        assert_eq!(answer, Value::Null, "{method}");
    }
}

const VERSIONS: &str = "begreb ung
  hjemmel kilde \"a\"
  gælder til 31. december 2016
  når alder er under 25

begreb u$0ng
  hjemmel kilde \"a\"
  gælder fra 1. januar 2017
  når alder er under 30
";

#[tokio::test]
async fn the_law_of_a_day_is_shown_until_it_is_taken_back() {
    let mut client = with(VERSIONS).await;
    client.diagnostics(URI, Some(1)).await;
    let day = json!({ "date": "2016-07-01" });
    assert_eq!(client.request("hjemmel/lawDate", day.clone()).await, day);
    let told = client.diagnostics(URI, Some(1)).await;
    let grey = told.as_array().unwrap().iter();
    let grey: Vec<_> = grey
        .filter(|it| it["tags"] == json!([1]) && it["severity"] == 4)
        .collect();
    assert_eq!(grey.len(), 1, "{told}");
    assert_eq!(grey[0]["range"]["start"]["line"], 5);
    assert_eq!(grey[0]["message"], "ikke i kraft den 1. juli 2016");
    let hover = client.request("textDocument/hover", at(VERSIONS)).await;
    let hover = hover["contents"]["value"].as_str().unwrap();
    assert!(hover.contains("+ når alder er under 30"), "{hover}");
    let all = client
        .request("hjemmel/lawDate", json!({ "date": null }))
        .await;
    assert_eq!(all, json!({ "date": null }));
    let told = client.diagnostics(URI, Some(1)).await;
    assert!(!told.to_string().contains("ikke i kraft"), "{told}");
    let wrong = client
        .response("hjemmel/lawDate", json!({ "date": "i går" }))
        .await;
    assert_eq!(wrong["error"]["code"], -32602);
}

#[tokio::test]
async fn only_our_own_clients_hear_that_outcomes_changed() {
    for (options, wanted) in [
        (json!({ "commands": ["hjemmel.explain"] }), true),
        (json!({}), false),
    ] {
        let params = json!({ "capabilities": {}, "initializationOptions": options });
        let mut client = Client::with(params).await;
        client.open(URI, &text(DANISH)).await;
        client.diagnostics(URI, Some(1)).await;
        client.rest().await;
        // The law of a day in which nothing differs: no diagnostic changes.
        let day = json!({ "date": "2017-07-01" });
        client.request("hjemmel/lawDate", day).await;
        let rest = client.rest().await;
        let heard = rest
            .iter()
            .any(|it| it["method"] == "hjemmel/outcomesChanged");
        assert_eq!(heard, wanted, "{rest:?}");
    }
}
