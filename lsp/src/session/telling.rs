//! Telling the client what a check found: only what is different, and only of the newest texts.

use super::{PATIENCE, Session};
use crate::findings::Findings;
use crate::live::outcomes_changed;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_lsp::ls_types::{self as lsp, MessageType, Uri};

/// What is different from what the client was told last.
#[derive(Clone, Copy, Default)]
struct Change {
    /// Anything, be it the version.
    anything: bool,
    /// Something in a file that the client has not edited.
    elsewhere: bool,
}

/// What the client was told of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Told {
    uri: Uri,
    version: Option<i32>,
    diagnostics: Vec<lsp::Diagnostic>,
}

impl Session {
    /// Tells the client what a check found, unless something has changed since it began.
    pub(super) async fn checked(&mut self, generation: u64, found: Option<Vec<Findings>>) {
        self.tell(generation, found).await;
        let retired = std::mem::take(&mut self.retired);
        spawn_blocking(move || drop(retired));
    }

    async fn tell(&mut self, generation: u64, found: Option<Vec<Findings>>) {
        self.checking = false;
        if generation != self.generation {
            self.skipped = true;
            return self.check();
        }
        let Some(found) = found else {
            let sorry = "hjemmel: intern fejl under kontrollen af reglerne";
            return self.client.log_message(MessageType::ERROR, sorry).await;
        };
        let change = self.publish_all(found).await;
        // A check that was passed over may have been about two documents.
        let skipped = std::mem::take(&mut self.skipped);
        self.refresh(skipped || change.elsewhere, change.elsewhere);
        // New diagnostics are a sign by themselves, for those who are sent them.
        if (!change.anything || self.abilities.pulls) && self.abilities.own_messages {
            outcomes_changed(&self.client).await;
        }
        self.count();
    }

    /// Tells of every file what is different from what the client was told last.
    async fn publish_all(&mut self, found: Vec<Findings>) -> Change {
        let mut change = Change::default();
        let mut before = std::mem::take(&mut self.told);
        for Findings {
            path,
            uri,
            version,
            diagnostics,
        } in found
        {
            let now = Told {
                uri,
                version,
                diagnostics,
            };
            let told = before.remove(&path);
            let edited = told.as_ref().is_none_or(|told| told.version != now.version);
            if told.as_ref() != Some(&now) {
                change.anything = true;
                change.elsewhere |= !edited;
                self.publish(&now.uri, &now.diagnostics, now.version).await;
            }
            self.told.insert(path, now);
        }
        // What is left has been closed or is in order now.
        before.retain(|_, gone| !gone.diagnostics.is_empty());
        for gone in before.into_values() {
            change.anything = true;
            change.elsewhere = true;
            self.publish(&gone.uri, &[], None).await;
        }
        change
    }

    async fn publish(&self, uri: &Uri, diagnostics: &[lsp::Diagnostic], version: Option<i32>) {
        if self.abilities.pulls {
            return;
        }
        self.client
            .publish_diagnostics(uri.clone(), diagnostics.to_vec(), version)
            .await;
    }

    /// Asks the client to ask again for what may be different in files that it has not edited: the
    /// diagnostics, and what is shown of outcomes.
    fn refresh(&self, diagnostics: bool, outcomes: bool) {
        let (able, client) = (self.abilities, self.client.clone());
        let diagnostics = diagnostics && able.pulls && able.refreshes;
        let lenses = outcomes && able.lens_refresh;
        let hints = outcomes && able.hint_refresh;
        if !diagnostics && !lenses && !hints {
            return;
        }
        // Not awaited: the answers say nothing.
        tokio::spawn(async move {
            let diagnostics = async {
                if diagnostics {
                    let _ = timeout(PATIENCE, client.workspace_diagnostic_refresh()).await;
                }
            };
            let lenses = async {
                if lenses {
                    let _ = timeout(PATIENCE, client.code_lens_refresh()).await;
                }
            };
            let hints = async {
                if hints {
                    let _ = timeout(PATIENCE, client.inlay_hint_refresh()).await;
                }
            };
            tokio::join!(diagnostics, lenses, hints);
        });
    }
}
