//! A client that sends anything: the server answers with whole messages or is silent, and ends.

use crate::frames;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::runtime::{Builder, Runtime};

thread_local! {
    static RUNTIME: Runtime = {
        let mut builder = Builder::new_current_thread();
        builder.enable_all();
        #[cfg(feature = "paused")]
        builder.start_paused(true);
        builder.build().unwrap()
    };
}

/// Runs a future on this thread's runtime.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// Bytes as they are; or if they begin with `{`, a message on each line, to a server that is ready.
pub fn frames(data: &[u8]) {
    let input = if data.starts_with(b"{") {
        let ready = [
            json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": {} } }),
            json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        ];
        let ready = ready.iter().map(frames::message);
        let lines = data.split(|byte| *byte == b'\n').map(frames::frame);
        ready.chain(lines).collect::<Vec<_>>().concat()
    } else {
        data.to_vec()
    };
    run(served(input));
}

async fn served(input: Vec<u8>) {
    let (output, mut told) = tokio::io::duplex(1 << 16);
    let server = hjemmel_lsp::serve(std::io::Cursor::new(input), output);
    let listening = async {
        let mut all = Vec::new();
        told.read_to_end(&mut all).await.unwrap();
        all
    };
    let ended = async { tokio::join!(server, listening) };
    // Its own patience with a client that is gone is a second.
    let ended = tokio::time::timeout(Duration::from_secs(60), ended).await;
    let (_, mut all) = ended.expect("the server ends when the client is gone");
    while let Some(message) = frames::take(&mut all) {
        assert_ne!(message["error"]["code"], Value::from(-32603), "{message}");
    }
    // The last one may be cut when the client is gone; it is a message as far as it goes.
    assert!(all.is_empty() || b"Content-Length: ".starts_with(&all[..all.len().min(16)]));
}
