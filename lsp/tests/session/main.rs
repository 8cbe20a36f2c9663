//! Whole sessions with the server, over the protocol.

mod client;
mod documents;
mod process;
mod questions;
mod wire;
