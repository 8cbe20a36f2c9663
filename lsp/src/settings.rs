//! What the user has set: `initializationOptions`, see `lsp/editors/PROTOCOL.md`.

use crate::commands;
use crate::requests::outcomes::parsed;
use hjemmel_ide::Language;
use serde_json::Value;
use std::path::PathBuf;
use tower_lsp::ls_types::{ExecuteCommandOptions, InitializeParams};

/// What the user has set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The language of messages.
    pub(crate) language: Option<Language>,
    /// The extract whose cases are counted. A path in a workspace's own words is none: only a full
    /// path is taken.
    pub(crate) extract: Option<PathBuf>,
}

/// What is set at the start: of the language what the user set, else the client's own.
pub(crate) fn at_start(params: &InitializeParams) -> Settings {
    let none = Value::Null;
    let options = params.initialization_options.as_ref().unwrap_or(&none);
    read(options, params.locale.as_deref().and_then(parsed))
}

/// What has been set since: `settings.hjemmel`.
pub(crate) fn changed(settings: &Value, language: Option<Language>) -> Option<Settings> {
    settings.get("hjemmel").map(|all| read(all, language))
}

fn read(options: &Value, otherwise: Option<Language>) -> Settings {
    let text = |key: &str| options.get(key).and_then(Value::as_str);
    let extract = text("extract").map(PathBuf::from);
    Settings {
        language: text("language").and_then(parsed).or(otherwise),
        extract: extract.filter(|path| path.is_absolute()),
    }
}

/// The commands that the client has itself; others the server must have.
pub(crate) fn commands(params: &InitializeParams) -> Vec<String> {
    let options = params.initialization_options.as_ref();
    let named = options.and_then(|options| options.get("commands")?.as_array());
    let named = named.into_iter().flatten().filter_map(Value::as_str);
    named.map(str::to_owned).collect()
}

/// The commands that the server offers.
pub(crate) fn offered(params: &InitializeParams) -> Option<ExecuteCommandOptions> {
    let commands = commands::offered(&self::commands(params));
    (!commands.is_empty()).then(|| ExecuteCommandOptions {
        commands,
        ..ExecuteCommandOptions::default()
    })
}
