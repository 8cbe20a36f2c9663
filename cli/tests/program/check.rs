//! `hjemmel check` and its formats.

use crate::{code, run, told};
use serde_json::Value;

#[test]
fn valid_rules() {
    insta::assert_snapshot!(told("check dansk"));
}

#[test]
fn errors_with_every_place_involved() {
    insta::assert_snapshot!(told("check fejl"));
}

#[test]
fn the_same_in_english() {
    insta::assert_snapshot!(told("check fejl --lang en"));
}

#[test]
fn english_rules_speak_english() {
    insta::assert_snapshot!(told("check english"));
}

#[test]
fn what_is_not_verified() {
    insta::assert_snapshot!(told("check dansk --unverified"));
}

#[test]
fn as_json() {
    insta::assert_snapshot!(told("check fejl --format json"));
}

#[test]
fn as_workflow_commands() {
    insta::assert_snapshot!(told("check fejl --format github"));
}

#[test]
fn a_file_that_is_not_utf_8() {
    insta::assert_snapshot!(told("check latin1.regel"));
}

#[test]
fn the_page_of_a_code() {
    insta::assert_snapshot!(told("check --page h0204"));
    insta::assert_snapshot!(told("check --page H0204 --lang en"));
    assert_eq!(code("check --page H9999"), Some(2));
}

/// What SARIF 2.1.0 requires of the properties that are used (sections 3.13 to 3.30).
#[test]
fn as_sarif() {
    let output = run("check fejl --format sarif");
    assert_eq!(output.status.code(), Some(1));
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].is_string());
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "hjemmel");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("index")).expect("small");
        assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
        assert!(driver["rules"][index]["shortDescription"]["text"].is_string());
        assert_eq!(result["level"], "error");
        assert!(!result["message"]["text"].as_str().expect("text").is_empty());
        let related = result["relatedLocations"].as_array();
        let locations = result["locations"].as_array().expect("locations");
        assert_eq!(locations.len(), 1);
        for location in locations.iter().chain(related.into_iter().flatten()) {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("uri");
            assert!(uri.is_ascii() && uri.starts_with("fejl/"), "{uri}");
            for bound in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(place["region"][bound].as_u64() > Some(0), "{bound}");
            }
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0];
            assert!(change["artifactLocation"]["uri"].is_string());
            assert!(change["replacements"][0]["deletedRegion"]["startLine"].is_u64());
        }
    }
    insta::assert_snapshot!(told("check fejl --format sarif"));
}

#[test]
fn exit_codes() {
    assert_eq!(code("check dansk"), Some(0));
    assert_eq!(code("check fejl"), Some(1));
    assert_eq!(code("check latin1.regel"), Some(1));
    assert_eq!(code("check findes_ikke"), Some(2));
    assert_eq!(code("check tom"), Some(2));
    assert_eq!(code("check dansk dansk/data.regel"), Some(2));
}
