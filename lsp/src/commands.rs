//! `workspace/executeCommand`: what an editor without commands of its own can have done.

use crate::requests::edits::workspace_edit;
use crate::requests::outcomes::{self, parsed};
use crate::view::View;
use hjemmel_ide::{FileEdits, LensAction};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    Command, ExecuteCommandParams, Position, TextDocumentIdentifier, Uri, WorkspaceEdit,
};

/// Shows the law of a day; the only command that changes what the server shows.
pub(crate) const LAW_DATE: &str = "hjemmel.lawDate";
const EXPLAIN: &str = "hjemmel.explain";
const TIMELINES: &str = "hjemmel.timelines";
const RUN_EXAMPLES: &str = "hjemmel.runExamples";
const COMPARE: &str = "hjemmel.compare";
const TRANSLATE: &str = "hjemmel.translate";

/// All commands.
const ALL: [&str; 6] = [
    EXPLAIN,
    TIMELINES,
    RUN_EXAMPLES,
    COMPARE,
    TRANSLATE,
    LAW_DATE,
];

/// What came of a command.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The result for the one who asked.
    pub(crate) result: Value,
    /// What a person is to be told.
    pub(crate) message: Option<String>,
    /// What the client is asked to edit.
    pub(crate) edit: Option<WorkspaceEdit>,
}

/// The commands that the server offers: those that the client has not itself.
pub(crate) fn offered(own: &[String]) -> Vec<String> {
    let all = ALL.iter().map(|name| (*name).to_owned());
    all.filter(|name| !own.contains(name)).collect()
}

/// The command behind a lens.
pub(crate) fn of_lens(title: String, does: Does, uri: &Uri, at: Position) -> Command {
    let place = || vec![json!({ "textDocument": { "uri": uri }, "position": at })];
    let (command, arguments) = match does {
        Does::Action(LensAction::RunExamples) => (RUN_EXAMPLES, None),
        Does::Action(LensAction::Explain) | Does::TellOutcome => (EXPLAIN, Some(place())),
        Does::Action(LensAction::Timelines) => (TIMELINES, Some(place())),
        Does::TellCount => (
            COMPARE,
            Some(vec![json!({ "textDocument": { "uri": uri } })]),
        ),
    };
    Command {
        title,
        command: command.to_owned(),
        arguments,
    }
}

/// What a lens does when it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// What it says.
    Action(LensAction),
    /// It tells what came of an example: the reasons.
    TellOutcome,
    /// It tells how many cases a rule covers: what the edits change.
    TellCount,
}

/// Does what a command says.
pub(crate) fn run(view: &View, params: ExecuteCommandParams) -> Result<Done> {
    let mut arguments = params.arguments.into_iter();
    let first = arguments.next().unwrap_or_default();
    match params.command.as_str() {
        EXPLAIN => Ok(read(outcomes::explain(view, first))),
        TIMELINES => {
            let result = outcomes::timelines(view, first);
            Ok(Done {
                message: drawn(&result),
                result,
                edit: None,
            })
        }
        RUN_EXAMPLES => {
            let result = outcomes::examples(view, json!({}));
            Ok(Done {
                message: Some(counted(&result)),
                result,
                edit: None,
            })
        }
        COMPARE => {
            let document = named(view, &first)?;
            let params = json!({ "textDocument": document });
            Ok(read(outcomes::compare(view, params)))
        }
        TRANSLATE => {
            let document = named(view, &arguments.next().unwrap_or_default())?;
            let to = first.as_str().and_then(parsed);
            let to = to.ok_or_else(|| Error::invalid_params("\"da\", \"en\""))?;
            let place = view.place(&document);
            let edit = place.and_then(|place| {
                let edits = place.analysis.translate(place.file, to)?;
                let file = place.file;
                Some(workspace_edit(&place, vec![FileEdits { file, edits }]))
            });
            Ok(Done {
                edit,
                ..Done::default()
            })
        }
        _ => Err(Error::method_not_found()),
    }
}

/// The document that an argument names; else the one that is open, if there is only one.
fn named(view: &View, argument: &Value) -> Result<TextDocumentIdentifier> {
    let told = argument.get("textDocument").unwrap_or(argument);
    if let Ok(document) = serde_json::from_value(told.clone()) {
        return Ok(document);
    }
    let mut open = view.open.values();
    match (open.next(), open.next()) {
        (Some((uri, _)), None) => Ok(TextDocumentIdentifier { uri: uri.clone() }),
        _ => Err(Error::invalid_params("textDocument")),
    }
}

fn read(result: Value) -> Done {
    let text = result.get("text").and_then(Value::as_str);
    Done {
        message: text.map(str::to_owned),
        result,
        edit: None,
    }
}

/// The timelines as lines of text.
fn drawn(found: &Value) -> Option<String> {
    let text = |value: &Value, key: &str| {
        let told = value.get(key).and_then(Value::as_str);
        told.unwrap_or("…").to_owned()
    };
    let mut out = text(found, "title");
    for rule in found.get("rules")?.as_array()? {
        out += &format!("\n{}", text(rule, "name"));
        for run in rule.get("runs")?.as_array()? {
            let (from, to) = (text(run, "from"), text(run, "to"));
            out += &format!("\n  {from} – {to}: {}", text(run, "state"));
        }
    }
    Some(out)
}

/// How many examples hold, and which do not.
fn counted(found: &Value) -> String {
    let files = found.as_array().into_iter().flatten();
    let all = files.filter_map(|file| file.get("examples")?.as_array());
    let all: Vec<&Value> = all.flatten().collect();
    let failed = all.iter().filter(|it| it["passed"] != Value::Bool(true));
    let titles = failed.map(|it| format!("\n✗ {}", it["title"].as_str().unwrap_or_default()));
    let titles: Vec<String> = titles.collect();
    let hold = all.len().saturating_sub(titles.len());
    format!("✓ {hold}/{}{}", all.len(), titles.concat())
}
