use super::{check, sources};

/// What is offered instead of the first place of the only error.
#[track_caller]
fn offered(text: &str) -> (String, String) {
    let text = format!("måling m\n  hjemmel kilde \"Loven\"\n  {text}\n  ud af ydelse\n");
    let sources = sources(&text);
    let found = check(&sources).diagnostics;
    assert_eq!(found.len(), 1, "{found:#?}");
    let site = found[0].site().expect("a diagnostic has a place");
    let offered = found[0].replacement.clone().unwrap_or_default();
    (sources.slice(site).to_owned(), offered)
}

#[test]
fn of_tables_fields_values_and_states() {
    let pair = |wrong: &str, right: &str| (wrong.to_owned(), right.to_owned());
    assert_eq!(offered("tæl indsat"), pair("indsat", "indsats"));
    assert_eq!(offered("tæl ydelse.at er kontanthjælp"), pair("at", "art"));
    assert_eq!(
        offered("tæl ydelse.art er kontanthjælpen"),
        pair("kontanthjælpen", "kontanthjælp")
    );
    assert_eq!(
        offered("tæl tilbudspligt er overskreden"),
        pair("overskreden", "overskredet")
    );
}

#[test]
fn nothing_is_offered_that_is_not_near() {
    assert_eq!(offered("tæl ferielov").1, "");
}
