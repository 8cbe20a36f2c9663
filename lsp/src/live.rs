//! What the server tells without being asked, beside diagnostics.

use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::ls_types::notification::Notification;

/// `hjemmel/outcomesChanged`
struct OutcomesChanged;

impl Notification for OutcomesChanged {
    type Params = Value;
    const METHOD: &'static str = "hjemmel/outcomesChanged";
}

/// Some outcome may have changed without any diagnostic having changed.
pub(crate) async fn outcomes_changed(client: &Client) {
    client.send_notification::<OutcomesChanged>(json!({})).await;
}
