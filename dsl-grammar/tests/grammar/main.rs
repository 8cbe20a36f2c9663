//! The language as its users meet it: text in, tree, messages and formatted text out.

mod common;
mod format;
mod language;
mod messages;
mod tree;
