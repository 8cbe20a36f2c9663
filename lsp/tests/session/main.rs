//! Whole sessions with the server, over the protocol.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod client;
mod commands;
mod documents;
mod encodings;
mod live;
mod outcomes;
mod process;
mod progress;
mod questions;
mod wire;

mod fixes;
mod navigation;
