//! What the program tells of persons: nothing, but in the output that was asked for and with the fields that
//! it is documented to hold. And what text from outside can do to a terminal, a log or a spreadsheet: nothing.
//!
//! `cargo test -p hjemmel --test privacy`; `tests/privacy/check` has what needs other programs (strace, a
//! namespace without a network).

#![cfg(unix)]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it does not expect, in its helpers too"
)]

mod canary;
mod commands;
mod contents;
mod damage;
mod editor;
mod forms;
mod formulas;
mod hostile;
mod network;
mod others;
mod process;
mod traces;
mod world;
