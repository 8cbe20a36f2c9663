//! The questions an editor asks about rule files, answered in plain types: byte offsets, strings.
//!
//! [`Host`] takes the texts of the files; [`Host::snapshot`] gives an [`Analysis`], which never
//! changes and answers. Every feature is one module with one public function behind a method of
//! [`Analysis`]; all of them work on broken files, in Danish and in English. No protocol here.
//!
//! ```
//! use hjemmel_ide::Host;
//!
//! let mut host = Host::new();
//! host.set_file("a.regel", "begreb voksen\n  når alder er mindst 18\n");
//! host.set_file("b.regel", "begreb barn\n  når ikke voksen\n");
//! let analysis = host.snapshot();
//! let b = analysis.file("b.regel").unwrap();
//! let target = analysis.definition(b, 25)[0];
//! assert_eq!(analysis.path(target.focus.file), "a.regel");
//! ```

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod population;

mod analysis;
mod calls;
mod code_actions;
mod code_lens;
mod completion;
mod definition;
mod diagnostics;
mod document_symbols;
mod folding;
mod formatting;
mod highlight;
mod hover;
mod linked_editing;
mod links;
mod quick_fixes;
mod refactorings;
mod references;
mod relations;
mod rename;
mod semantic_tokens;

mod bars;
mod compare;
mod days;
mod examples;
mod explain;
mod inlay_hints;
mod law;
mod lenses;
mod outcomes;
mod reasons;
mod signature;
mod timelines;
mod translate;

mod lines;
mod memo;
mod occurrence;
mod rule_set;
mod selection;
mod text_edit;
mod tokens;
mod unread;
mod walk;
mod words;
mod workspace_symbols;

#[cfg(test)]
mod fixture;

pub use workspace_symbols::WorkspaceSymbol;

pub use analysis::{Analysis, Host};
pub use calls::{Call, Item};
pub use code_actions::{Action, ActionKind};
pub use code_lens::Lens;
pub use completion::{Completion, CompletionKind, Piece};
pub use definition::Target;
pub use diagnostics::Diagnostic;
pub use document_symbols::{DocumentSymbol, SymbolKind};
pub use folding::{Fold, FoldKind};
pub use highlight::Highlight;
pub use hjemmel_grammar::Limits;
pub use hjemmel_grammar::diagnostic::{Language, Severity, Tag};
pub use hjemmel_grammar::span::{FileId, Site, Span, slice};
pub use hjemmel_grammar::syntax::Kind;
pub use hover::Hover;
pub use lines::LineStarts;
pub use links::{Destination, Link};
pub use rename::Refusal;
pub use semantic_tokens::{SemanticToken, TokenType};
pub use text_edit::{FileEdits, TextEdit, apply};

pub use examples::{ExampleOutcome, LineOutcome};
pub use explain::Document;
pub use inlay_hints::InlayHint;
pub use law::{LawDate, LawMark};
pub use lenses::{ActionLens, LensAction};
pub use reasons::ReasonPlace;
pub use signature::{Signature, SignaturePart};
pub use timelines::{RuleTimeline, Run, Timelines};
