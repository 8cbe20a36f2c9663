//! The language as its users meet it: text in, tree, messages and formatted text out.
#![expect(
    clippy::string_slice,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it does not expect, in its helpers too"
)]

mod common;
mod format;
mod language;
mod messages;
mod prefixes;
mod robust;
mod tree;
