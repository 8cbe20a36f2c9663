//! The protocol's methods, one line each.
//!
//! A notification is put on the session's queue before anything is awaited, and handlers are
//! first run in the order in which their messages came: that keeps the order. A request asks for
//! a view through the same queue and is answered off this task, which also reads and writes.

use crate::Setup;
use crate::capabilities;
use crate::commands;
use crate::convert::path_of;
use crate::live::Live;
use crate::requests as ask;
use crate::session::{self, Event};
use crate::settings;
use crate::view::{Abilities, View};
use hjemmel_ide::Language;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

/// How long the client may take to answer what the server asks of it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many answers may be worked out at once. Some only wait for the check that is under way, so
/// there are more than there are cores.
const WORKERS: usize = 8;

/// The server as the library sees it.
pub(crate) struct Server {
    /// The colours that clients were told last, to tell only what is different.
    told_tokens: Arc<ask::semantic_tokens::Told>,
    client: Client,
    queue: mpsc::UnboundedSender<Event>,
    session: Mutex<Option<JoinHandle<()>>>,
    /// A place for each answer that may be worked out at once.
    workers: Arc<Semaphore>,
    parent: Arc<OnceLock<u32>>,
    /// The language of the client itself.
    locale: OnceLock<Option<Language>>,
    /// What `initialize` told, until `initialized`.
    start: Mutex<Option<(Abilities, Vec<PathBuf>)>>,
}

impl Server {
    /// A server that has not heard anything yet.
    pub(crate) fn new(client: Client, setup: Setup) -> Self {
        let (queue, session) =
            session::start(client.clone(), Live::new(setup.population), setup.limits);
        Self {
            told_tokens: Arc::default(),
            client,
            queue,
            session: Mutex::new(Some(session)),
            workers: Arc::new(Semaphore::new(WORKERS)),
            parent: Arc::default(),
            locale: OnceLock::new(),
            start: Mutex::default(),
        }
    }

    /// The process that started the server, once the client has told.
    pub(crate) fn parent(&self) -> Arc<OnceLock<u32>> {
        self.parent.clone()
    }

    /// Waits for the end of the session, without which there are no answers. May be asked once.
    pub(crate) fn session_ends(&self) -> impl Future<Output = ()> + use<> {
        let session = self.session.lock();
        let session = session.unwrap_or_else(PoisonError::into_inner).take();
        async {
            match session {
                // However it ended.
                Some(task) => drop(task.await),
                None => std::future::pending().await,
            }
        }
    }

    /// `hjemmel/examples`
    pub(crate) async fn examples(&self, params: Value) -> Result<Value> {
        self.ask(params, ask::outcomes::examples).await
    }

    /// `hjemmel/timelines`
    pub(crate) async fn timelines(&self, params: Value) -> Result<Value> {
        self.ask(params, ask::outcomes::timelines).await
    }

    /// `hjemmel/explain`
    pub(crate) async fn explain(&self, params: Value) -> Result<Value> {
        self.ask(params, ask::outcomes::explain).await
    }

    /// `hjemmel/compare`
    pub(crate) async fn compare(&self, params: Value) -> Result<Value> {
        self.ask(params, ask::outcomes::compare).await
    }

    /// `hjemmel/fileText`
    pub(crate) async fn file_text(&self, params: Value) -> Result<Value> {
        self.ask(params, ask::file_text::file_text).await
    }

    /// `hjemmel/translate`
    pub(crate) async fn translate(&self, params: Value) -> Result<Value> {
        self.ask(params, ask::outcomes::translate).await
    }

    /// `hjemmel/lawDate`
    pub(crate) async fn law_date(&self, params: Value) -> Result<Value> {
        let date = ask::law_date::law_date(&params)?;
        self.tell(Event::Law(date));
        Ok(ask::law_date::told(date))
    }

    /// Answers a frame that could not be read.
    pub(crate) async fn unreadable(&self, code: Vec<i64>) -> Result<()> {
        let code = code
            .first()
            .copied()
            .map_or(ErrorCode::ParseError, ErrorCode::from);
        Err(Error::new(code))
    }

    fn tell(&self, event: Event) {
        // Without a session there is nobody to tell: the server is ending.
        let _ = self.queue.send(event);
    }

    /// Answers a request from a view of everything said before it. A panic is an error to the
    /// one who asked, and says nothing of what is in a file.
    async fn ask<P, T>(
        &self,
        params: P,
        answer: impl FnOnce(&View, P) -> T + Send + 'static,
    ) -> Result<T>
    where
        P: Send + 'static,
        T: Send + 'static,
    {
        let (send, view) = oneshot::channel();
        // No await before this line.
        self.tell(Event::Ask(send));
        let view = view.await.map_err(|_| Error::internal_error())?;
        let permit = self.workers.clone().acquire_owned().await;
        let answer = spawn_blocking(move || {
            let answer = answer(&view, params);
            drop(permit);
            answer
        });
        answer.await.map_err(|_| Error::internal_error())
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(parent) = params.process_id {
            // Told once; a second `initialize` does not get here.
            let _ = self.parent.set(parent);
        }
        let mut abilities = capabilities::of_client(&params.capabilities);
        let settings = settings::at_start(&params);
        abilities.language = settings.language;
        // What the client speaks itself counts again when a setting goes away.
        let _ = self
            .locale
            .set(params.locale.as_deref().and_then(ask::outcomes::parsed));
        self.tell(Event::Set(settings));
        abilities.own_messages = !settings::commands(&params).is_empty();
        let roots = capabilities::roots(&params);
        *self.start.lock().unwrap_or_else(PoisonError::into_inner) = Some((abilities, roots));
        let mut told = capabilities::of_server(abilities);
        told.capabilities.execute_command_provider = settings::offered(&params);
        Ok(told)
    }

    async fn initialized(&self, _: InitializedParams) {
        let start = self
            .start
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some((abilities, roots)) = start else {
            return;
        };
        self.tell(Event::Start { abilities, roots });
        if abilities.watches {
            let client = self.client.clone();
            // Never awaited in a handler: the answer would have to be read by the same task.
            tokio::spawn(async move {
                let watch = client.register_capability(capabilities::watched_files());
                let _ = tokio::time::timeout(PATIENCE, watch).await;
            });
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem {
            uri, version, text, ..
        } = params.text_document;
        let path = path_of(&uri);
        self.tell(Event::Open {
            path,
            uri,
            version,
            text,
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::Change {
            path: path_of(&params.text_document.uri),
            version: params.text_document.version,
            changes: params.content_changes,
        });
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.tell(Event::Saved);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let language = self.locale.get().copied().flatten();
        if let Some(settings) = settings::changed(&params.settings, language) {
            self.tell(Event::Set(settings));
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let path = path_of(&params.text_document.uri);
        self.tell(Event::Close { path });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths = params.changes.iter().map(|change| path_of(&change.uri));
        self.tell(Event::Disk(paths.collect()));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::Roots {
            added: capabilities::paths(&params.event.added),
            removed: capabilities::paths(&params.event.removed),
        });
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.ask(params, ask::hover::hover).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.ask(params, ask::definition::definition).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.ask(params, ask::references::references).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.ask(params, ask::highlight::highlight).await
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        self.ask(params, ask::linked_editing::linked_editing).await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        self.ask(params, ask::workspace_symbols::workspace_symbols)
            .await
    }

    async fn goto_type_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.ask(params, ask::relations::type_definition).await
    }

    async fn goto_implementation(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.ask(params, ask::relations::implementation).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.ask(params, ask::calls::prepare).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.ask(params, ask::calls::incoming).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.ask(params, ask::calls::outgoing).await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.ask(params, ask::selection::selection).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(params, ask::links::links).await
    }

    async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        self.ask(params, ask::formatting::range).await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        self.ask(params, ask::formatting::on_type).await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        self.ask(params, ask::pull_diagnostics::document).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        self.ask(params, ask::pull_diagnostics::workspace).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let told = self.told_tokens.clone();
        self.ask(params, move |view, params| {
            ask::semantic_tokens::delta(view, params, &told)
        })
        .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.ask(params, ask::semantic_tokens::range).await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(params, ask::document_symbols::document_symbols)
            .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(params, ask::folding::folding).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(params, ask::formatting::formatting).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let told = self.told_tokens.clone();
        self.ask(params, move |view, params| {
            ask::semantic_tokens::semantic_tokens(view, params, &told)
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(params, ask::code_lens::code_lens).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.ask(params, ask::completion::completion).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.ask(item, ask::completion::resolved).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(params, ask::inlay_hints::inlay_hints).await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.ask(params, ask::signature::signature).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        if params.command == commands::LAW_DATE {
            let date = params.arguments.first().cloned().unwrap_or_default();
            let date = Some(date).filter(|date| date != "");
            let told = self.law_date(serde_json::json!({ "date": date })).await;
            return told.map(Some);
        }
        let done = self.ask(params, commands::run).await??;
        let client = self.client.clone();
        // Never awaited in a handler: the answer would have to be read by the same task.
        tokio::spawn(async move {
            if let Some(message) = done.message {
                client.show_message(MessageType::INFO, message).await;
            }
            if let Some(edit) = done.edit {
                let _ = tokio::time::timeout(PATIENCE, client.apply_edit(edit)).await;
            }
        });
        Ok(Some(done.result))
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        self.ask(params, ask::rename::prepare).await?
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.ask(params, ask::rename::rename).await?
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask(params, ask::lens_actions::with_lenses).await
    }
}

#[cfg(test)]
mod tests {
    use super::{Server, View};
    use crate::Setup;
    use std::sync::Mutex;
    use tower_lsp::LspService;
    use tower_lsp::jsonrpc::Error;

    #[tokio::test]
    async fn a_panic_is_an_error_to_the_one_who_asked() {
        let (service, _socket) = LspService::new(|client| Server::new(client, Setup::default()));
        let server = service.inner();
        let secret = Mutex::new("CPR 010190-1234");
        let answer = server
            .ask(secret, |_: &View, secret| -> () { panic!("{secret:?}") })
            .await;
        assert_eq!(answer, Err(Error::internal_error()));
        let answer = server.ask(1, |_, one| one + 1).await;
        assert_eq!(answer, Ok(2));
    }
}
