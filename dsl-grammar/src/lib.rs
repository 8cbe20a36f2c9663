//! The text of rule files and its syntax tree.

pub mod diagnostic;
mod explain;
mod format;
mod grammar;
pub mod keyword;
mod layout;
mod lower;
mod parse;
mod sources;
pub mod span;
pub mod syntax;
mod syntax_errors;

pub use diagnostic::{Code, Diagnostic, Language, Severity, Text};
pub use format::{Formatted, format, translate};
pub use lower::Word;
pub use parse::{Parse, parse, parse_bytes};
pub use sources::{Source, Sources};
pub use span::{FileId, Site, Span};
