//! `hjemmel/examples`, `hjemmel/timelines`, `hjemmel/explain`, `hjemmel/compare`,
//! `hjemmel/translate`: see `lsp/editors/PROTOCOL.md`. Also the words of a command about them.

use crate::folders;
use crate::requests::edits::text_edits;
use crate::view::{Place, View};
use hjemmel_ide::{Document, ExampleOutcome, Language, RuleTimeline, Run};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use tower_lsp::ls_types::{TextDocumentIdentifier, TextDocumentPositionParams, TextEdit, Uri};

/// The document that a request names, if it names one.
fn document(params: &Value) -> Option<TextDocumentIdentifier> {
    serde_json::from_value(params.get("textDocument")?.clone()).ok()
}

fn at(params: Value) -> Option<TextDocumentPositionParams> {
    serde_json::from_value(params).ok()
}

/// The examples of one file, or of all.
pub(crate) fn examples(view: &View, params: Value) -> Value {
    if let Some(document) = document(&params) {
        let one = view.place(&document);
        let one = one.and_then(|place| of_file(&place));
        return Value::Array(one.into_iter().collect());
    }
    let files = view.sets.iter().flat_map(|analysis| {
        let files = analysis.files();
        files.map(move |file| Place {
            view,
            analysis,
            file,
        })
    });
    let all = files.filter_map(|place| of_file(&place));
    // A file without examples says nothing where all are asked for.
    let all = all.filter(|it| {
        it["examples"]
            .as_array()
            .is_some_and(|them| !them.is_empty())
    });
    Value::Array(all.collect())
}

fn of_file(place: &Place<'_>) -> Option<Value> {
    let uri = place.uri_of(place.file)?;
    let lines = place.lines();
    let example = |it: ExampleOutcome| {
        let each = it.lines.iter().map(|line| {
            let mut told = json!({
                "range": lines.range(line.span),
                "passed": line.passed,
                "expected": line.expected,
            });
            if let (Some(actual), Some(fields)) = (&line.actual, told.as_object_mut()) {
                fields.insert("actual".to_owned(), json!(actual));
            }
            told
        });
        let each: Vec<Value> = each.collect();
        json!({
            "title": it.title,
            "range": lines.range(it.span),
            "passed": it.passed,
            "lines": each,
        })
    };
    let found = place.analysis.examples(place.file);
    let examples: Vec<Value> = found.into_iter().map(example).collect();
    Some(json!({ "uri": uri, "examples": examples }))
}

/// What every rule says of the case of the example at a position.
pub(crate) fn timelines(view: &View, params: Value) -> Value {
    let found = || {
        let at = at(params)?;
        let place = view.place(&at.text_document)?;
        let offset = place.offset(at.position);
        let found = place.analysis.timelines(place.file, offset)?;
        let rules = found.rules.iter().map(|rule| of_rule(&place, rule));
        let rules: Vec<Value> = rules.collect();
        Some(json!({ "title": found.title, "rules": rules }))
    };
    found().unwrap_or_default()
}

fn of_rule(place: &Place<'_>, rule: &RuleTimeline) -> Value {
    let runs: Vec<Value> = rule.runs.iter().map(of_run).collect();
    let mut told = json!({ "name": rule.name, "kind": rule.kind, "runs": runs });
    if let Some(fields) = told.as_object_mut() {
        if let Some(title) = &rule.title {
            fields.insert("title".to_owned(), json!(title));
        }
        if let Some(location) = rule.site.and_then(|site| place.location(site)) {
            fields.insert("location".to_owned(), json!(location));
        }
    }
    told
}

fn of_run(run: &Run) -> Value {
    json!({
        "from": run.from,
        "to": run.to,
        "state": run.state,
        "basis": run.basis,
        "due": run.due,
        "missing": run.missing,
    })
}

/// The reasons for what the rules say of the example at a position.
pub(crate) fn explain(view: &View, params: Value) -> Value {
    let found = || {
        let at = at(params)?;
        let place = view.place(&at.text_document)?;
        let offset = place.offset(at.position);
        let language = language(&place);
        place.analysis.explain(place.file, offset, language)
    };
    told(found())
}

/// What the edits in a document change.
pub(crate) fn compare(view: &View, params: Value) -> Value {
    let none = BTreeMap::new();
    let found = || {
        let place = view.place(&document(&params)?)?;
        let path = Path::new(place.analysis.path(place.file));
        if !path.is_absolute() {
            return None;
        }
        let saved = folders::read(path.parent()?, path, view.limits)?;
        if saved == place.analysis.text(place.file) {
            return None;
        }
        let before = place.analysis.with_text(place.file, saved);
        let language = language(&place);
        let cases = place.counts().unwrap_or(&none);
        place.analysis.compare(&before, place.file, cases, language)
    };
    told(found())
}

/// The edits that give a document the keywords of a language.
pub(crate) fn translate(view: &View, params: Value) -> Value {
    let edits = || {
        let to = parsed(params.get("language")?.as_str()?)?;
        translated(view, &document(&params)?, to)
    };
    edits().map_or(Value::Null, |(_, edits)| json!(edits))
}

/// The same, with the address of the document.
pub(crate) fn translated(
    view: &View,
    document: &TextDocumentIdentifier,
    to: Language,
) -> Option<(Uri, Vec<TextEdit>)> {
    let place = view.place(document)?;
    let edits = place.analysis.translate(place.file, to)?;
    Some((place.uri_of(place.file)?, text_edits(edits, &place.lines())))
}

/// A language by its code.
pub(crate) fn parsed(code: &str) -> Option<Language> {
    match code.split(['-', '_']).next() {
        Some("da") => Some(Language::Danish),
        Some("en") => Some(Language::English),
        _ => None,
    }
}

/// The client's language; if it has not said, the file's.
pub(crate) fn language(place: &Place<'_>) -> Language {
    let told = place.view.abilities.language;
    told.unwrap_or_else(|| place.analysis.language(place.file))
}

fn told(document: Option<Document>) -> Value {
    document.map_or(
        Value::Null,
        |it| json!({ "title": it.title, "text": it.text }),
    )
}
