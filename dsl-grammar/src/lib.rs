//! The text of rule files: parsing, formatting, translation, and the messages about it.
//!
//! `LANGUAGE.md` in this folder says what may stand in a rule file. This crate turns such a text
//! into a [syntax tree](syntax) that says what is written, and nothing about what it means; that
//! is the engine's business. It reads no files and knows no clock.
//!
//! # A tour
//!
//! Parsing never fails: what can be read is in the tree, what cannot is a [`Diagnostic`] beside it.
//!
//! ```
//! use hjemmel_grammar::{Language, Sources, format, parse, translate};
//!
//! let mut sources = Sources::new();
//! let file = sources.add("tilbud.regel", "\
//! begreb tilbud \"Et tilbud der tæller\"
//!   hjemmel LAB § 91 a, stk. 2
//!   når indsats.art er løntilskud
//!
//! begreb mentor
//!   hjemel LAB § 93
//!   når indsats.art er mentor
//! ");
//!
//! let parsed = parse(file, sources.text(file));
//! let [tilbud, mentor] = parsed.file.declarations.as_slice() else { panic!() };
//! assert!(!tilbud.broken && mentor.broken);
//!
//! // One clause was misspelt. The message names the place, and what to write instead.
//! let message = &parsed.diagnostics[0];
//! assert_eq!(message.code.0, "H0118");
//! assert_eq!(message.message.get(Language::English), "“hjemel” begins no clause");
//! assert_eq!(sources.slice(message.labels[0].site), "hjemel");
//! assert_eq!(message.replacement.as_deref(), Some("hjemmel"));
//!
//! // The formatter moves lines and blanks; comments stay, and so does what it cannot read.
//! assert_eq!(format("begreb a\n    når b   # hvorfor").text, "begreb a\n  når b  # hvorfor\n");
//!
//! // A translation changes keywords, units and dates, and never names or citations.
//! let english = translate("begreb a\n  når b i mindst 2 uger\n", Language::English);
//! assert_eq!(english.text, "term a\n  when b for at least 2 weeks\n");
//! ```
//!
//! # From text to tree
//!
//! `layout` cuts a text into headers, clauses and rows and puts marks where lists of bullets begin
//! and end; `dispatch` tells which rule of `grammar.pest` reads a clause; `parse` reads each piece
//! on its own; `lower` makes the tree of it, or `explain` and `syntax_errors` the message.

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod diagnostic;
pub mod keyword;
pub mod outside;
pub mod span;
pub mod syntax;

mod sources;

mod dispatch;
mod explain;
mod format;
mod grammar;
mod layout;
mod limits;
mod lower;
mod nearest;
mod parse;
mod pieces;
mod share;
mod syntax_errors;

pub use diagnostic::{Code, Diagnostic, Label, Language, Severity, Tag, Text};
pub use format::{Formatted, format, format_within, translate};
pub use limits::Limits;
pub use lower::Word;
pub use parse::{Parse, parse, parse_bytes, parse_provisions};
pub use pieces::{Piece, Pieces, Placed};
pub use share::share;
pub use sources::{Source, Sources};
pub use span::{FileId, Site, Span};

/// The version of the language that `LANGUAGE.md` describes: raised when a file that could be read
/// means something else or can no longer be read.
pub const LANGUAGE_VERSION: &str = "1";
