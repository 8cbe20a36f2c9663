//! When cases are counted: after each check that nothing has overtaken.

use super::{Event, Session};
use crate::live::{Counted, outcomes_changed};
use crate::progress::{Progress, Work};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tower_lsp::ls_types::MessageType;

/// How long the client may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

impl Session {
    /// Counts the cases in the background, one count at a time.
    pub(super) fn count(&mut self) {
        if self.counting || !self.live.is_ready() {
            return;
        }
        self.counting = true;
        let (view, queue, generation) = (self.view(), self.queue.clone(), self.generation);
        let live = self.live.clone();
        let progress = Progress::of(Work::Counting, &self.client, self.abilities);
        tokio::spawn(async move {
            let counted = spawn_blocking(move || live.count(&view, generation)).await;
            drop(progress);
            let counted = counted.unwrap_or(Counted::Nothing);
            // The server may have ended meanwhile.
            if let Some(queue) = queue.upgrade() {
                let _ = queue.send(Event::Counted {
                    generation,
                    counted,
                });
            }
        });
    }

    /// Has the numbers shown, unless something has changed since.
    pub(super) async fn counted(&mut self, generation: u64, counted: Counted) {
        self.counting = false;
        if generation != self.generation {
            // A check that is under way is followed by a count.
            if !self.checking {
                self.count();
            }
            return;
        }
        match counted {
            Counted::Counts(counts) => {
                self.counts = Some(Arc::new(counts));
                self.view = None;
                if self.abilities.lens_refresh {
                    let client = self.client.clone();
                    tokio::spawn(async move {
                        let asked = client.code_lens_refresh();
                        let _ = tokio::time::timeout(PATIENCE, asked).await;
                    });
                }
                if self.abilities.own_messages {
                    outcomes_changed(&self.client).await;
                }
            }
            Counted::Unreadable if !self.complained => {
                self.complained = true;
                let told = "hjemmel: udtrækket kan ikke bruges; der tælles ikke";
                self.client.log_message(MessageType::WARNING, told).await;
            }
            Counted::Unreadable | Counted::Nothing => {}
        }
    }
}
