//! Long work is told to a client that can show it, while it lasts.
//!
//! The client is asked for a place to show it in a task of its own: whether and when it answers,
//! nothing waits for it.

use crate::view::Abilities;
use hjemmel_ide::Language;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tower_lsp::Client;
use tower_lsp::ls_types::ProgressToken;

/// How long the client may take to make a place for it.
const PATIENCE: Duration = Duration::from_secs(10);
/// Work that comes again and again is told of only if it lasts this long.
const LONG: Duration = Duration::from_millis(300);

/// Work that may take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// The rule files of folders are read.
    Reading,
    /// The cases of the extract are counted.
    Counting,
}

impl Work {
    fn title(self, language: Option<Language>) -> &'static str {
        match (self, language) {
            (Self::Reading, Some(Language::English)) => "hjemmel: reading the rules",
            (Self::Reading, _) => "hjemmel: læser reglerne",
            (Self::Counting, Some(Language::English)) => "hjemmel: counting the cases",
            (Self::Counting, _) => "hjemmel: tæller sagerne",
        }
    }

    fn unnoticed(self) -> Duration {
        match self {
            Self::Reading => Duration::ZERO,
            Self::Counting => LONG,
        }
    }
}

/// Work that is under way; when this is let go of, it has ended.
#[derive(Debug)]
pub(crate) struct Progress(
    #[expect(dead_code, reason = "its end is what tells")] oneshot::Sender<()>,
);

impl Progress {
    /// Tells the client of work that begins, if it can show it.
    pub(crate) fn of(work: Work, client: &Client, abilities: Abilities) -> Option<Self> {
        if !abilities.progress {
            return None;
        }
        let (going_on, ended) = oneshot::channel();
        let title = work.title(abilities.language);
        tokio::spawn(tell(client.clone(), title, work.unnoticed(), ended));
        Some(Self(going_on))
    }
}

async fn tell(
    client: Client,
    title: &'static str,
    unnoticed: Duration,
    mut ended: oneshot::Receiver<()>,
) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    if !unnoticed.is_zero() && timeout(unnoticed, &mut ended).await.is_ok() {
        return;
    }
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let token = ProgressToken::String(format!("hjemmel-{number}"));
    let place = client.create_work_done_progress(token.clone());
    if !matches!(timeout(PATIENCE, place).await, Ok(Ok(()))) {
        return;
    }
    let shown = client.progress(token, title).begin().await;
    // The other end is only let go of, never sent to.
    let _ = ended.await;
    shown.finish().await;
}
