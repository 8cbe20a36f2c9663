//! What the user has set: `initializationOptions`, see `lsp/editors/PROTOCOL.md`.

use crate::commands;
use crate::requests::outcomes::parsed;
use hjemmel_ide::Language;
use serde_json::Value;
use tower_lsp::ls_types::{ExecuteCommandOptions, InitializeParams};

/// The language of messages: what the user set, else the client's own.
pub(crate) fn language(params: &InitializeParams) -> Option<Language> {
    let options = params.initialization_options.as_ref();
    let wanted = options.and_then(|options| options.get("language")?.as_str());
    let wanted = wanted.or(params.locale.as_deref());
    wanted.and_then(parsed)
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
