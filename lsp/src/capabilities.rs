//! What the client and the server tell each other of what they can do.

use crate::convert::{Encoding, path_of};
use crate::requests::{code_actions, semantic_tokens};
use crate::view::Abilities;
use std::path::PathBuf;
use tower_lsp::ls_types::*;

/// What the client can do.
pub(crate) fn of_client(client: &ClientCapabilities) -> Abilities {
    let general = client.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_deref());
    let document = client.text_document.as_ref();
    let published = document.and_then(|document| document.publish_diagnostics.as_ref());
    let pulled = document.and_then(|document| document.diagnostic.as_ref());
    let completion = document.and_then(|document| document.completion.as_ref());
    let item = completion.and_then(|completion| completion.completion_item.as_ref());
    let definition = document.and_then(|document| document.definition);
    let window = client.window.as_ref();
    let workspace = client.workspace.as_ref();
    let refreshed = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
    let watch = workspace.and_then(|workspace| workspace.did_change_watched_files);
    let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
    let lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref());
    let hints = workspace.and_then(|workspace| workspace.inlay_hint.as_ref());
    Abilities {
        pages: published.and_then(|it| it.code_description_support) == Some(true)
            || pulled.and_then(|it| it.code_description_support) == Some(true),
        pulls: pulled.is_some(),
        refreshes: refreshed.and_then(|it| it.refresh_support) == Some(true),
        encoding: Encoding::negotiated(offered),
        snippets: item.and_then(|item| item.snippet_support) == Some(true),
        links: definition.and_then(|definition| definition.link_support) == Some(true),
        versioned_edits: edits.and_then(|edits| edits.document_changes) == Some(true),
        watches: watch.and_then(|watch| watch.dynamic_registration) == Some(true),
        language: None,
        own_messages: false,
        progress: window.and_then(|window| window.work_done_progress) == Some(true),
        lens_refresh: lenses.and_then(|lenses| lenses.refresh_support) == Some(true),
        hint_refresh: hints.and_then(|hints| hints.refresh_support) == Some(true),
    }
}

/// The folders the client works in.
///
/// With `"rules": ["regler"]` among the options, only these folders below them are rule sets.
pub(crate) fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    let mut roots = params
        .workspace_folders
        .as_deref()
        .map_or_else(Vec::new, paths);
    if roots.is_empty() {
        roots.extend(old_root(params));
    }
    let options = params.initialization_options.as_ref();
    let rules = options.and_then(|options| options.get("rules")?.as_array());
    let Some(rules) = rules else {
        return roots;
    };
    let below = roots.iter().flat_map(|root| {
        let named = rules.iter().filter_map(|rule| rule.as_str());
        named.map(move |rule| root.join(rule))
    });
    below.collect()
}

/// The one folder that older clients tell.
#[expect(
    deprecated,
    reason = "clients without workspace folders tell their folder so"
)]
fn old_root(params: &InitializeParams) -> Option<PathBuf> {
    params
        .root_uri
        .as_ref()
        .map(|uri| PathBuf::from(path_of(uri)))
}

/// The folders of a workspace that are on disk.
pub(crate) fn paths(folders: &[WorkspaceFolder]) -> Vec<PathBuf> {
    let paths = folders
        .iter()
        .map(|folder| PathBuf::from(path_of(&folder.uri)));
    paths.filter(|path| path.is_absolute()).collect()
}

/// What the server can do.
pub(crate) fn of_server(abilities: Abilities) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    InitializeResult {
        server_info: Some(ServerInfo {
            name: "hjemmel".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        capabilities: ServerCapabilities {
            position_encoding: Some(abilities.encoding.kind()),
            text_document_sync: Some(sync.into()),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(folders),
                ..WorkspaceServerCapabilities::default()
            }),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(vec![".".to_owned()]),
                resolve_provider: Some(true),
                ..CompletionOptions::default()
            }),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(code_actions::KINDS.to_vec()),
                ..CodeActionOptions::default()
            })),
            inlay_hint_provider: Some(OneOf::Left(true)),
            signature_help_provider: Some(SignatureHelpOptions {
                trigger_characters: Some(vec![" ".to_owned(), ",".to_owned()]),
                ..SignatureHelpOptions::default()
            }),
            hover_provider: Some(true.into()),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(true.into()),
            document_highlight_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            type_definition_provider: Some(true.into()),
            implementation_provider: Some(true.into()),
            call_hierarchy_provider: Some(true.into()),
            linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
            selection_range_provider: Some(true.into()),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            document_range_formatting_provider: Some(OneOf::Left(true)),
            document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
                first_trigger_character: "\n".to_owned(),
                more_trigger_character: None,
            }),
            diagnostic_provider: abilities.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    inter_file_dependencies: true,
                    workspace_diagnostics: true,
                    ..DiagnosticOptions::default()
                })
            }),
            document_formatting_provider: Some(OneOf::Left(true)),
            semantic_tokens_provider: Some(semantic_tokens::options().into()),
            code_lens_provider: Some(CodeLensOptions {
                resolve_provider: Some(false),
            }),
            ..ServerCapabilities::default()
        },
        ..InitializeResult::default()
    }
}

/// The request to be told when rule files change on disk.
pub(crate) fn watched_files() -> Vec<Registration> {
    vec![Registration {
        id: "rule-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(serde_json::json!({
            "watchers": [{ "globPattern": "**/*.regel" }]
        })),
    }]
}
