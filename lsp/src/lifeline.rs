//! When the server has to end: the client is gone, or the process that started it.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::oneshot;

/// How often the parent is looked for.
const PULSE: Duration = Duration::from_millis(500);

/// Some time after a signal; also if whoever should give it is gone.
pub(crate) async fn after(signal: oneshot::Receiver<()>, grace: Duration) {
    let _ = signal.await;
    tokio::time::sleep(grace).await;
}

/// When the process with this number, once it is known, has ended.
///
/// Its number may mean nothing here (a client in another container or on another machine), so a
/// process that was never seen is never missed. Where there is no `/proc`, only the input tells.
pub(crate) async fn process_ends(parent: Arc<OnceLock<u32>>) {
    let mut seen = false;
    loop {
        tokio::time::sleep(PULSE).await;
        let Some(id) = parent.get() else {
            continue;
        };
        let alive = PathBuf::from("/proc").join(id.to_string()).exists();
        if seen && !alive {
            return;
        }
        seen = alive;
    }
}
